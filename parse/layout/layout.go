package layout

import (
	"fmt"
	"slices"

	"vedette"
	"vedette/parse/page"
	"vedette/parse/when"
	"vedette/parse/words"
)

// Layout is a report taken apart.
type Layout struct {
	Blocks   []Block
	Stamp    when.Stamp    // of issue, as far as the top of the text gives it
	Dated    vedette.Lines // where it stands, zero when there is none
	Findings []vedette.Finding
	Starts   []int // indexes into the page's lines where further reports begin

	next string // the title of the first of them
	t    *words.Tables
	last int // last source line
}

// Read takes a page apart. isArea says whether words are the name of an area,
// or of several, and nothing else.
func Read(p page.Page, t *words.Tables, isArea func(string) bool) *Layout {
	l := &Layout{t: t, last: p.Last()}
	l.scan(p, isArea)
	l.otherReports()
	l.setAsideNoise()
	l.secondCopy()
	return l
}

// Title gives the block of the title, false when there is none.
func (l *Layout) Title() (Block, bool) {
	for _, b := range l.Blocks {
		if b.Kind == TitleLine {
			return b, true
		}
	}
	return Block{Lines: vedette.Lines{1, 1}}, false
}

func (l *Layout) find(code vedette.FindingCode, lines vedette.Lines, blocks bool, format string, args ...any) {
	l.Findings = append(l.Findings, vedette.Finding{Code: code, Lines: lines, Message: fmt.Sprintf(format, args...), Blocks: blocks})
}

// otherReports leaves all but the first report of a text unread, and says so.
func (l *Layout) otherReports() {
	first, headed := -1, l.headedAfter()
	for i := range l.Blocks {
		b := &l.Blocks[i]
		switch {
		case b.Kind != TitleLine:
		case first < 0:
			first = i
		case b.key() == l.Blocks[first].key(): // a second copy
		case !headed[i]:
			b.Kind, b.Reason = Aside, vedette.AsidePageFurniture
		default:
			l.begins(i)
			first = i
		}
	}
	if len(l.Starts) == 0 {
		return
	}
	from := slices.IndexFunc(l.Blocks, func(b Block) bool { return b.at >= l.Starts[0] })
	l.find(vedette.FindSeveralReports, vedette.Lines{l.Blocks[from].Lines[0], l.last}, true, "another report begins here: %q; only the first was read", l.next)
	for i := from; i < len(l.Blocks); i++ {
		if l.Blocks[i].Kind != Blank {
			l.Blocks[i].Kind = Unread
		}
	}
}

// begins notes that the title of block i begins another report, with the date
// above it.
func (l *Layout) begins(i int) {
	if len(l.Starts) == 0 {
		l.next = l.Blocks[i].Text
	}
	for i > 0 && (l.Blocks[i-1].Kind == Issued || l.Blocks[i-1].Kind == Blank) {
		i--
	}
	for l.Blocks[i].Kind == Blank {
		i++
	}
	l.Starts = append(l.Starts, l.Blocks[i].at)
}

// headedAfter says of each block whether a heading of a section follows before
// the next title.
func (l *Layout) headedAfter() []bool {
	out, headed := make([]bool, len(l.Blocks)), false
	for i := len(l.Blocks) - 1; i >= 0; i-- {
		b := &l.Blocks[i]
		out[i] = headed
		headed = b.Kind != TitleLine && (headed || b.Kind == Heading && b.Section != None || b.Inline)
	}
	return out
}
