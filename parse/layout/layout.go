package layout

import (
	"fmt"

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

	t     *words.Tables
	count int
}

// Read takes a page apart. isArea says whether words are the name of an area,
// or of several, and nothing else.
func Read(p page.Page, t *words.Tables, isArea func(string) bool) *Layout {
	l := &Layout{t: t, count: p.Count}
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
	first := -1
	for i := range l.Blocks {
		b := &l.Blocks[i]
		if b.Kind != TitleLine {
			continue
		}
		if first < 0 || b.key() == l.Blocks[first].key() {
			if first < 0 {
				first = i
			}
			continue
		}
		if !l.headedAfter(i) {
			l.Blocks[i].Kind, l.Blocks[i].Reason = Aside, vedette.AsidePageFurniture
			continue
		}
		for i > 0 && (l.Blocks[i-1].Kind == Issued || l.Blocks[i-1].Kind == Blank) {
			i--
		}
		l.find(vedette.FindSeveralReports, vedette.Lines{l.Blocks[i].Lines[0], l.count}, true, "another report begins here: %q; only the first was read", b.Text)
		for j := i; j < len(l.Blocks); j++ {
			if l.Blocks[j].Kind != Blank {
				l.Blocks[j].Kind = Unread
			}
		}
		return
	}
}

func (l *Layout) headedAfter(i int) bool {
	for _, b := range l.Blocks[i+1:] {
		if b.Kind == Heading && b.Section != None || b.Inline {
			return true
		}
	}
	return false
}
