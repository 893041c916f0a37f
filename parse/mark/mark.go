// Package mark lays a reading over the lines of its report: which words are a
// claim, a judgement or an advice, and which of them a place, a date or odds.
//
// It is pure and total: a reading that is of another text, or of none, marks
// nothing, and the words of the report are always all there.
package mark

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"vedette"
	"vedette/parse/page"
)

// Role is what a statement is in a reading.
type Role string

// The roles of a statement.
const (
	Summary   Role = "summary"
	Claim     Role = "claim"
	Judgement Role = "judgement"
	Advice    Role = "advice"
)

// Kind is what a mark is of.
type Kind string

// The kinds of marks.
const (
	Place Kind = "place"
	Date  Kind = "date"
	Odds  Kind = "odds"
)

// Line is a line as the reader saw it: trimmed, of HTML without its markup.
type Line struct {
	No    int // of the source, from 1
	Text  string
	As    string // what it was accounted as, one of vedette.As…
	Aside string // why it was set aside, "" where it was not
	Spans []Span // of statements, in order, none over another
}

// Span is the part of a line that is of a statement.
type Span struct {
	From, To int // bytes of the line's text, half open
	Role     Role
	Marks    []Mark // within it, in order, none over another
}

// Mark is a word or some that the reader took for something.
type Mark struct {
	From, To   int // bytes of the line's text, half open
	Kind       Kind
	Place      vedette.Place      // of a place
	When       vedette.When       // of a date
	Likelihood vedette.Likelihood // of odds
}

// Lines gives the lines of a report with what its reading says of them. Lines
// beyond what is read (page.MaxBytes, page.MaxLines) and of what is no text are
// left out; blank ones in a row are one.
func Lines(text []byte, rd *vedette.Reading) []Line {
	p := page.Decode(text)
	out := make([]Line, 0, len(p.Lines))
	for _, l := range p.Lines {
		if l.Furniture {
			continue
		}
		out = append(out, Line{No: l.First, Text: l.Text})
	}
	if rd == nil {
		return out
	}
	account(out, rd)
	for _, s := range statements(rd) {
		lay(between(out, s.Lines), s.role, s.Statement)
	}
	for _, a := range rd.Affected {
		affected(out, a)
	}
	for i := range out {
		out[i].tidy()
	}
	return out
}

// statement is one of a reading, with what it is.
type statement struct {
	*vedette.Statement
	role Role
}

func statements(rd *vedette.Reading) (out []statement) {
	for i := range rd.Summary {
		out = append(out, statement{&rd.Summary[i], Summary})
	}
	for i := range rd.Topics {
		for j := range rd.Topics[i].Claims {
			out = append(out, statement{&rd.Topics[i].Claims[j].Statement, Claim})
		}
	}
	for i := range rd.Assessments {
		out = append(out, statement{&rd.Assessments[i].Statement, Judgement})
	}
	for i := range rd.Recommendations {
		for j := range rd.Recommendations[i].Advice {
			out = append(out, statement{&rd.Recommendations[i].Advice[j].Statement, Advice})
		}
	}
	return out
}

// account says of each line what it was taken as.
func account(lines []Line, rd *vedette.Reading) {
	for _, a := range rd.Accounting {
		for i := range between(lines, a.Lines) {
			between(lines, a.Lines)[i].As = a.As
		}
	}
	for _, s := range rd.SetAside {
		for i := range between(lines, s.Lines) {
			between(lines, s.Lines)[i].Aside = s.Reason
		}
	}
}

// between gives the lines of a range; of HTML several may be of one source line.
func between(lines []Line, ls vedette.Lines) []Line {
	from, _ := slices.BinarySearchFunc(lines, ls[0], func(l Line, n int) int { return cmp.Compare(l.No, n) })
	to, _ := slices.BinarySearchFunc(lines, ls[1]+1, func(l Line, n int) int { return cmp.Compare(l.No, n) })
	return lines[from:max(from, to)]
}

// lay marks a statement on the lines that it is of. Its text is theirs, joined by
// blanks, after a bullet; where it is not (a sentence that a heading begins), its
// lines are of it whole, and its words are marked where they stand.
func lay(block []Line, role Role, st *vedette.Statement) {
	var joined strings.Builder
	starts := make([]int, len(block))
	for i, l := range block {
		if i > 0 {
			joined.WriteByte(' ')
		}
		starts[i] = joined.Len()
		joined.WriteString(l.Text)
	}
	whole := joined.String()
	from, to := strings.Index(whole, st.Text), 0
	exact := from >= 0 && st.Text != ""
	if exact {
		to = from + len(st.Text)
	} else {
		from, to = 0, len(whole)
	}
	marks := found(st, whole, from, exact)
	for i := range block {
		block[i].add(role, marks, starts[i], max(from, starts[i]), min(to, starts[i]+len(block[i].Text)))
	}
}

// found gives the marks of a statement as bytes of its lines' joined text.
func found(st *vedette.Statement, whole string, from int, exact bool) (out []Mark) {
	at := func(span vedette.Span, words string) (int, int, bool) {
		if exact && span != (vedette.Span{}) {
			return from + span[0], from + span[1], span[1] <= len(st.Text)
		}
		i := strings.Index(whole[from:], words)
		return from + i, from + i + len(words), i >= 0 && words != ""
	}
	for _, p := range st.Places {
		if a, b, ok := at(p.Span, p.Text); ok {
			out = append(out, Mark{From: a, To: b, Kind: Place, Place: p})
		}
	}
	for _, w := range st.When {
		if a, b, ok := at(vedette.Span{}, w.Text); ok {
			out = append(out, Mark{From: a, To: b, Kind: Date, When: w})
		}
	}
	for _, l := range st.Likelihoods {
		if a, b, ok := at(l.Span, l.Term); ok {
			out = append(out, Mark{From: a, To: b, Kind: Odds, Likelihood: l})
		}
	}
	return out
}

// add puts a statement's part of a line on it, from and to being bytes of the
// joined text, in which the line begins at start.
func (l *Line) add(role Role, marks []Mark, start, from, to int) {
	if from >= to {
		return
	}
	s := Span{From: from - start, To: to - start, Role: role}
	for _, m := range marks {
		m.From, m.To = max(m.From-start, s.From), min(m.To-start, s.To)
		if m.From < m.To {
			s.Marks = append(s.Marks, m)
		}
	}
	l.Spans = append(l.Spans, s)
}

// affected marks an affected area where the panel of the report names it.
func affected(lines []Line, p vedette.Place) {
	for i := range lines {
		l := &lines[i]
		if l.As != vedette.AsMetadata || p.Text == "" {
			continue
		}
		if at := strings.Index(l.Text, p.Text); at >= 0 {
			l.Spans = append(l.Spans, Span{at, at + len(p.Text), "", []Mark{{From: at, To: at + len(p.Text), Kind: Place, Place: p}}})
		}
	}
}

// tidy brings spans and marks into order, and leaves out what lies over one before
// or parts a character.
func (l *Line) tidy() {
	slices.SortStableFunc(l.Spans, func(a, b Span) int { return cmp.Compare(a.From, b.From) })
	at := 0
	l.Spans = slices.DeleteFunc(l.Spans, func(s Span) bool {
		if s.From < at || !l.whole(s.From, s.To) {
			return true
		}
		at = s.To
		return false
	})
	for i := range l.Spans {
		s := &l.Spans[i]
		slices.SortStableFunc(s.Marks, func(a, b Mark) int { return cmp.Compare(a.From, b.From) })
		at := s.From
		s.Marks = slices.DeleteFunc(s.Marks, func(m Mark) bool {
			if m.From < at || !l.whole(m.From, m.To) {
				return true
			}
			at = m.To
			return false
		})
	}
}

// whole says whether a run of bytes is of the line and parts no character.
func (l *Line) whole(from, to int) bool {
	return from >= 0 && from < to && to <= len(l.Text) && starts(l.Text, from) && starts(l.Text, to)
}

func starts(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }
