package web

import (
	"fmt"
	"net/http"
	"strings"

	"vedette/paper"
)

// printSitrep gives a report of the situation as PDF, in the order of its page. It names
// nobody who is cared for.
func (p *portal) printSitrep(w http.ResponseWriter, r *http.Request) error {
	v, err := p.sitrep(r)
	if err != nil {
		return err
	}
	b, err := p.print(r.Context(), func() ([]byte, error) { return p.sitrepPaper(v) })
	if err != nil {
		return err
	}
	name := "situation-report-" + p.Now().UTC().Format("20060102-1504Z") + ".pdf"
	if v.Status != "" {
		name = v.Status + "-" + name
	}
	return p.sendDocument(w, name, b)
}

func (p *portal) sitrepPaper(v *sitrepView) ([]byte, error) {
	about := paper.About{Title: v.Title, Language: "en", At: p.Now(), Foot: v.Title, Head: fmt.Sprintf("%s · as of %s %s", v.Org, v.AsOf.Day, v.AsOf.Clock)}
	if v.Status != "" {
		about.Band = v.Status + ": " + v.Drill()
	}
	if v.Keep.Signer != "" {
		about.Foot += " · kept and signed by " + v.Keep.Signer
	}
	s, err := paper.New(about)
	if err != nil {
		return nil, err
	}
	v.printTop(s)
	v.printNumbers(s)
	s.Text(paper.Heading, plainly("What is not known"))
	for _, g := range v.Gaps {
		s.Item("•", plainly(g.String()+"."))
	}
	if len(v.Gaps) == 0 {
		s.Text(paper.Body, plainly("Nothing that this report counts."))
	}
	printSituation(s, v.Summary, v.Topics)
	printAssessment(s, v.Judgements)
	v.printDecisions(s)
	return s.Bytes()
}

func (v *sitrepView) printTop(s *paper.Sheet) {
	s.Text(paper.Body, bold(strings.ToUpper(v.Update.Risk.Word)+" "), plainly(" "+joinSome([]string{"Situation report", v.Update.Areas, fmt.Sprintf("by update %d, published %s", v.Update.Number, v.Update.Published.words())})))
	s.Text(paper.Title, plainly(v.Headline))
	if v.Call != "" {
		s.Text(paper.Body, bold("→ "+v.Call))
	}
	next := "no time is set for the next"
	if v.NextBy != "" {
		next = "next by " + v.NextBy
	}
	drawn := ""
	if v.By != "" {
		drawn = "drawn up by " + v.By
	}
	s.Text(paper.Body, plainly(joinSome([]string{"as of " + v.AsOf.Day.String() + " " + v.AsOf.Clock, drawn, next})))
	if v.Note != "" {
		s.Text(paper.Body, bold(v.Note))
	}
}

func (v *sitrepView) printNumbers(s *paper.Sheet) {
	s.Text(paper.Heading, plainly("Numbers"))
	parts := []string{fmt.Sprintf("%d concerned", v.Concerned), fmt.Sprintf("%d in", v.In.N), fmt.Sprintf("%d may be in", v.MayBe.N)}
	for _, a := range v.Answers {
		parts = append(parts, fmt.Sprintf("%d %s", a.N, a.Word))
	}
	s.Text(paper.Body, bold(joinSome(append(parts, fmt.Sprintf("%d silent", v.Silent.N)))))
	last := "nothing received from anyone yet"
	if v.Last.Shown() {
		last = "last heard from them " + v.Last.words()
	}
	calls := fmt.Sprintf("calls for help not closed: %d", v.Cases.Open)
	if v.Due.Shown() {
		calls += ", next contact due " + v.Due.words()
	}
	s.Text(paper.Body, plainly(joinSome([]string{last, calls})))
	for _, c := range v.Countries {
		parts := []string{fmt.Sprintf("%d concerned", c.Concerned)}
		for _, n := range c.Counts {
			if n.N > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", n.N, n.Word))
			}
		}
		s.Item("•", bold(c.Name+": "), plainly(strings.Join(parts, ", ")))
	}
}

func (v *sitrepView) printDecisions(s *paper.Sheet) {
	s.Text(paper.Heading, plainly("Decisions"))
	for _, d := range v.Decisions {
		line := ""
		if d.Line > 0 {
			line = fmt.Sprintf("line %d ", d.Line)
		}
		spans := []paper.Span{plainly(d.At.words() + " " + line), bold(d.What.String())}
		if d.By.English != "" {
			spans = append(spans, plainly(" by "+d.By.String()))
		}
		if d.Why != "" {
			spans = append(spans, plainly(": "+d.Why))
		}
		if d.Corrects > 0 {
			spans = append(spans, plainly(fmt.Sprintf(" (corrects line %d)", d.Corrects)))
		}
		if d.Corrected.English != "" {
			spans = append(spans, plainly(" (corrected by "+d.Corrected.String()+")"))
		}
		if d.Altered {
			spans = append(spans, bold(" What is kept of this line is not what was written down: go through the record."))
		}
		s.Item("•", spans...)
	}
	if len(v.Decisions) == 0 {
		s.Text(paper.Body, plainly("None is on record."))
	}
}
