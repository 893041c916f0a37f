package mark_test

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse"
	"vedette/parse/mark"
	"vedette/testdata/reports"
)

func read(text string) []mark.Line {
	rd := parse.Read(gazetteer.Default(), []byte(text), parse.Options{Received: time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)})
	return mark.Lines([]byte(text), &rd)
}

// drawn writes lines as they are marked: [claim: …], and ‹place: …› within.
func drawn(lines []mark.Line) string {
	var b strings.Builder
	for _, l := range lines {
		at := 0
		for _, s := range l.Spans {
			b.WriteString(l.Text[at:s.From] + "[" + string(s.Role) + ": ")
			at = s.From
			for _, m := range s.Marks {
				b.WriteString(l.Text[at:m.From] + "‹" + string(m.Kind) + ": " + l.Text[m.From:m.To] + "›")
				at = m.To
			}
			b.WriteString(l.Text[at:s.To] + "]")
			at = s.To
		}
		b.WriteString(l.Text[at:] + "\n")
	}
	return b.String()
}

const report = `Iraq Alert: Strikes near Basra

AFFECTED AREA
Iraq

CURRENT SITUATION
- Two officials said on 4 February that the port of
  Umm Qasr was struck, and that Basra airport is closed.

ASSESSMENT
- FORECAST: Further strikes are likely in Baghdad.

RECOMMENDATIONS
Iraq
- Avoid all travel to Basra until 9 February.
`

func TestWordsAreMarkedWhereTheyStand(t *testing.T) {
	got := drawn(read(report))
	for _, want := range []string{
		"‹place: Iraq›",
		"- [claim: Two officials said on ‹date: 4 February› that the port of]",
		"[claim: ‹place: Umm Qasr› was struck, and that ‹place: Basra airport› is closed.]",
		"- FORECAST: [judgement: Further strikes are ‹odds: likely› in ‹place: Baghdad›.]",
		"- [advice: Avoid all travel to ‹place: Basra›",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// HTML is shown as it is read: by its blocks, each at the line of its source.
func TestHTMLIsMarkedByItsBlocks(t *testing.T) {
	got := drawn(read("<html><body><h1>Iraq Alert: Strikes</h1><h2>Current Situation</h2><ul><li>Shelling hit <b>Basra</b> &amp; Baghdad.</li></ul><script>x</script></body></html>"))
	if !strings.Contains(got, "- [claim: Shelling hit ‹place: Basra› & ‹place: Baghdad›.]") || strings.Contains(got, "x\n") {
		t.Error(got)
	}
}

// A reading that is of another text marks nothing that is not there.
func TestAReadingOfAnotherTextLosesNoWord(t *testing.T) {
	rd := parse.Read(gazetteer.Default(), []byte(report), parse.Options{})
	for _, text := range []string{"", "x", "é\n\x00\xff\n" + strings.Repeat("ö", 300), strings.ToUpper(report)} {
		for _, l := range mark.Lines([]byte(text), &rd) {
			for _, s := range l.Spans {
				_ = l.Text[s.From:s.To]
				for _, m := range s.Marks {
					_ = l.Text[m.From:m.To]
				}
			}
		}
	}
}

// Every statement of real reports is found word for word on its lines.
func TestEveryStatementIsFound(t *testing.T) {
	text := reports.Gulf
	rd := parse.Read(gazetteer.Default(), []byte(text), parse.Options{})
	n := map[mark.Role]int{}
	for _, l := range mark.Lines([]byte(text), &rd) {
		for _, s := range l.Spans {
			n[s.Role]++
		}
	}
	claims := 0
	for _, topic := range rd.Topics {
		claims += len(topic.Claims)
	}
	if n[mark.Claim] < claims || n[mark.Judgement] < len(rd.Assessments) || claims == 0 {
		t.Errorf("%v of %d claims, %d judgements", n, claims, len(rd.Assessments))
	}
}

func FuzzLines(f *testing.F) {
	f.Add([]byte(report), 1, 7, 0, 9)
	f.Add([]byte("<p>é</p>\n<p>x"), 0, 2, 1, 2)
	f.Fuzz(func(t *testing.T, text []byte, from, to, a, b int) {
		rd := vedette.Reading{Content: vedette.Content{Summary: []vedette.Statement{{Text: "é x", Lines: vedette.Lines{from, to},
			Places: []vedette.Place{{Text: "x", Span: vedette.Span{a, b}}}, When: []vedette.When{{Text: "x"}}}}},
			Accounting: []vedette.Accounting{{Lines: vedette.Lines{from, to}, As: vedette.AsStatement}}}
		drawn(mark.Lines(text, &rd))
	})
}
