package desk

import (
	"fmt"
	"strings"

	"vedette"
)

// Table is the sheets as a table with a header, a row for everyone who is to be
// called, but for restricted people: a last row says how many they are. where puts into
// words where somebody is held to be.
func (c *CallSheets) Table(where func([]vedette.Presence) string) [][]string {
	rows := [][]string{{"caller", "name", "where", "stands", "ring", "whose", "due", "others", "tries", "id"}}
	left := 0
	for i := range c.Sheets {
		for j := range c.Sheets[i].Rows {
			r := &c.Sheets[i].Rows[j]
			if r.Person.Record.Restricted {
				left++
				continue
			}
			rows = append(rows, append([]string{c.Sheets[i].Caller, r.Name(), where(r.Where), strings.ReplaceAll(string(r.Is), "_", " ")}, r.cells()...))
		}
	}
	if s := LeftOut(left); s != "" {
		rows = append(rows, append([]string{"", s}, make([]string, len(rows[0])-2)...))
	}
	return rows
}

// LeftOut says how many restricted people an export leaves out, "" for none.
func LeftOut(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 restricted person is left out"
	}
	return fmt.Sprintf("%d restricted people are left out", n)
}

// cells say which number is rung, the others, and how it went so far.
func (r *CallRow) cells() []string {
	ring, whose, at := "", "NO NUMBER that may be right is kept", ""
	if r.Rings {
		ring, whose, at = r.Next.Line.Phone, r.Next.Line.Whose(), r.Next.Due.UTC().Format("2006-01-02 15:04Z")
	}
	var others, tries []string
	for _, l := range r.Lines {
		switch {
		case l.Wrong:
			others = append(others, l.Called()+" (wrong)")
		case !r.Rings || l.Line != r.Next.Line:
			others = append(others, l.Called())
		}
	}
	for _, t := range r.Tries {
		tries = append(tries, fmt.Sprintf("%s %s by %s", t.At.UTC().Format("15:04Z"), strings.ReplaceAll(string(t.Outcome), "_", " "), t.By))
	}
	return []string{ring, whose, at, strings.Join(others, "; "), strings.Join(tries, "; "), string(r.Person.ID)}
}
