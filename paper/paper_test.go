package paper_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/draw"
	"vedette/gazetteer"
	"vedette/paper"
	"vedette/paper/papertest"
)

var about = paper.About{Title: "A title", Language: "en", Head: "Example Relief", Foot: "update 4", Band: "EXERCISE: nobody is to act on it", At: time.Unix(1770000000, 0)}

// made is a document with what fill puts on it.
func made(t testing.TB, about paper.About, fill func(*paper.Sheet)) []byte {
	t.Helper()
	s, err := paper.New(about)
	if err != nil {
		t.Fatal(err)
	}
	fill(s)
	b, err := s.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What is written is read back, whatever its direction, and letters that change their
// shape or join are the letters that were written.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	for _, line := range []string{
		"Diplomatic success unlikely; the first efficient office",
		"Избегайте любых поездок в Ирак.",
		"Évitez tout voyage",
		"تجنب كل سفر إلى العراق",
		"ابق بعيدا عن النوافذ لا سيما الآن",
		"أُعدّ التقرير وصُحِّح بعد ذلك",
		"از هر سفری به عراق خودداری کنید",
		"הימנעו מכל נסיעה לעיראק",
	} {
		got := papertest.Text(t, made(t, about, func(s *paper.Sheet) {
			s.Text(paper.Heading, paper.Span{Text: line})
			s.Item("•", paper.Span{Text: line})
		}))
		if n := strings.Count(got, line); n != 2 {
			t.Errorf("%q stands %d times in %q", line, n, got)
		}
	}
}

// Every page says what it is, where it is from, and which of how many it is.
func TestEveryPageSaysWhatItIs(t *testing.T) {
	got := papertest.Text(t, made(t, about, func(s *paper.Sheet) {
		for range 90 {
			s.Text(paper.Body, paper.Span{Text: strings.Repeat("words that fill a line ", 12)})
		}
	}))
	for _, want := range []string{"page 1 of 7", "page 7 of 7"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in it", want)
		}
	}
	for _, each := range []string{about.Band, about.Head, about.Foot} {
		if n := strings.Count(got, each); n != 7 {
			t.Errorf("%q stands %d times", each, n)
		}
	}
}

// A letter that the typeface has not is owned up to.
func TestALetterThatIsNotThere(t *testing.T) {
	got := papertest.Text(t, made(t, about, func(s *paper.Sheet) { s.Text(paper.Body, paper.Span{Text: "東京 and more"}) }))
	if !strings.Contains(got, "2 letters or signs are not in the typeface") || !strings.Contains(got, "and more") {
		t.Errorf("%q", got)
	}
}

// A map is on the page with its words; what is no map of ours is refused.
func TestAMap(t *testing.T) {
	m := draw.Map{Fills: []draw.Fill{{Area: "IR", Risk: vedette.RiskExtreme}, {Area: "IQ", Risk: vedette.RiskHigh}, {Area: "KW", Risk: vedette.RiskModerate}, {Area: "TR"}, {Area: "OM", Risk: vedette.RiskLow}},
		Shapes: []vedette.Shape{{Name: "دائرة", Circle: &vedette.Circle{Center: vedette.Point{Lat: 33, Lon: 44}, KM: 80}, Risk: vedette.RiskHigh}},
		Marks:  []draw.Mark{{At: vedette.Point{Lat: 30, Lon: 48}, Label: "Depot", Kind: "site"}, {At: vedette.Point{Lat: 35, Lon: 51}, Label: "Blast", Kind: "alert"}}}
	got := papertest.Text(t, made(t, about, func(s *paper.Sheet) {
		if err := s.Picture(m.Standalone(gazetteer.Default()), 300); err != nil {
			t.Fatal(err)
		}
		for _, odd := range []string{"", "<svg", `<svg width="1" height="1"><image/></svg>`, `<svg width="9" height="9"><style>.map .a{fill:#000000}</style><path class="a" d="M1 1C2 2"/></svg>`} {
			if s.Picture([]byte(odd), 300) == nil {
				t.Errorf("%q is taken for a map", odd)
			}
		}
	}))
	for _, want := range []string{"Extreme · Iran", "Depot", "Blast", "دائرة"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not on it: %q", want, got)
		}
	}
}

// The same document is the same bytes.
func TestTheSameAgain(t *testing.T) {
	fill := func(s *paper.Sheet) { s.Text(paper.Title, paper.Span{Text: "أهلا and the rest"}) }
	if !bytes.Equal(made(t, about, fill), made(t, about, fill)) {
		t.Error("two documents of one thing differ")
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "plain", "تجنب كل سفر (Basra, 10 km) لا", "a\u202eb", "😀\U0010ffff\x00\xff", strings.Repeat("ﷺ ", 300), "e\u0301\u0302\u0303", strings.Repeat("x", 3000)} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, bold bool) {
		if len(s) > 1<<14 {
			return
		}
		b := made(t, paper.About{Title: s, Head: s, Foot: s, Band: s, Language: "en"}, func(p *paper.Sheet) {
			for of := paper.Body; of <= paper.Judged; of++ {
				p.Text(of, paper.Span{Text: s, Bold: bold}, paper.Span{Text: s})
			}
			p.Item(s, paper.Span{Text: s})
		})
		if !bytes.HasPrefix(b, []byte("%PDF-")) {
			t.Fatalf("%q", b[:min(len(b), 20)])
		}
	})
}

// BenchmarkDocument makes one of four pages with a map, half of it in Arabic.
func BenchmarkDocument(b *testing.B) {
	svg := draw.Map{Fills: []draw.Fill{{Area: "IR", Risk: vedette.RiskExtreme}, {Area: "IQ", Risk: vedette.RiskHigh}}, Width: 480, Height: 400}.Standalone(gazetteer.Default())
	latin, arabic := strings.Repeat("Avoid all travel to Iraq until further notice. ", 8), strings.Repeat("تجنب كل سفر إلى العراق حتى إشعار آخر ", 8)
	n := 0
	for b.Loop() {
		n = len(made(b, about, func(s *paper.Sheet) {
			if err := s.Picture(svg, 300); err != nil {
				b.Fatal(err)
			}
			for range 12 {
				s.Item("•", paper.Span{Text: latin})
				s.Item("•", paper.Span{Text: arabic})
			}
		}))
	}
	b.ReportMetric(float64(n)/1000, "kB")
}
