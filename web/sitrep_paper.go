package web

import (
	"fmt"
	"net/http"
	"strings"

	"vedette/paper"
	"vedette/web/messages"
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
	in := messages.In(v.language())
	title := in.Say(v.Titled.English, v.Titled.Args...)
	about := paper.About{Title: title, At: p.Now(), Foot: title, Head: joinSome([]string{v.Org, in.Say(messages.Mark("as of")) + " " + in.Say("%s %s", v.AsOf.Day, v.AsOf.Clock)})}
	if v.Status != "" {
		about.Band = v.Mark() + ": " + v.Drill()
	}
	if v.Keep.Signer != "" {
		about.Foot = joinSome([]string{title, in.Say(messages.Mark("kept and signed by %s"), v.Keep.Signer)})
	}
	s, err := newPrinted(in, about)
	if err != nil {
		return nil, err
	}
	v.printTop(s)
	v.printNumbers(s)
	s.heading(messages.Mark("What is not known"))
	for _, g := range v.Gaps {
		s.SaidItem("•", plainly(s.said(g)+"."))
	}
	if len(v.Gaps) == 0 {
		s.Said(paper.Body, plainly(s.say(messages.Mark("Nothing that this report counts."))))
	}
	s.situation(v.Summary, v.Topics)
	s.assessment(v.Judgements)
	v.printDecisions(s)
	return s.Bytes()
}

func (v *sitrepView) printTop(s *printed) {
	s.Said(paper.Body, bold(strings.ToUpper(s.say(v.Update.Risk.Word))+" "), plainly(" "+joinSome([]string{s.say(messages.Mark("Situation report")), s.said(v.Update.Areas), s.say(messages.Mark("by update %d, published %s"), v.Update.Number, v.Update.Published.said())})))
	s.Text(paper.Title, plainly(v.Headline))
	s.call(v.Call)
	next := s.say(messages.Mark("no time is set for the next"))
	if v.NextBy != "" {
		next = s.in.Bare(messages.Mark("next by <b>%s</b>##a time"), v.NextBy)
	}
	drawn := ""
	if v.By != "" {
		drawn = s.say(messages.Mark("drawn up by %s"), v.By)
	}
	s.Said(paper.Body, plainly(joinSome([]string{s.say(messages.Mark("as of")) + " " + s.at(v.AsOf), drawn, next})))
	if v.Note != "" {
		s.Text(paper.Body, bold(v.Note))
	}
}

func (v *sitrepView) printNumbers(s *printed) {
	s.heading(messages.Mark("Numbers"))
	concerned := messages.Mark("<b>%d</b> concerned")
	parts := []string{s.in.Bare(concerned, v.Concerned), s.in.Bare(messages.Mark("<b>%d</b> in##the area"), v.In.N), s.in.Bare(messages.Mark("<b>%d</b> may be in##the area"), v.MayBe.N)}
	for _, a := range v.Answers {
		parts = append(parts, fmt.Sprintf("%d %s", a.N, s.say(a.Word)))
	}
	s.Said(paper.Body, bold(joinSome(append(parts, s.in.Bare(messages.Mark("<b>%d</b> silent"), v.Silent.N)))))
	last := s.say(messages.Mark("nothing received from anyone yet"))
	if v.Last.Shown() {
		last = s.say(messages.Mark("last heard from them %s"), v.Last.said())
	}
	calls := s.in.Bare(messages.Mark("<b>%d</b> calls for help not closed"), v.Cases.Open)
	if v.Cases.Open == 1 {
		calls = s.in.Bare(messages.Mark("<b>%d</b> call for help not closed"), 1)
	}
	if v.Due.Shown() {
		calls += ", " + s.say(messages.Mark("next contact due %s"), v.Due.said())
	}
	s.Said(paper.Body, plainly(joinSome([]string{last, calls})))
	for _, c := range v.Countries {
		parts := []string{s.in.Bare(concerned, c.Concerned)}
		for _, n := range c.Counts {
			if n.N > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", n.N, s.say(n.Word)))
			}
		}
		s.SaidItem("•", bold(s.said(c.Name)+": "), plainly(strings.Join(parts, ", ")))
	}
}

func (v *sitrepView) printDecisions(s *printed) {
	s.heading(messages.Mark("Decisions"))
	for _, d := range v.Decisions {
		line := ""
		if d.Line > 0 {
			line = s.say(messages.Mark("line %d"), d.Line) + " "
		}
		spans := []paper.Span{plainly(s.ago(d.At) + " " + line), bold(s.said(d.What))}
		if d.By.English != "" {
			spans = append(spans, plainly(" "+s.say(messages.Mark("by %s##who decided"), d.By)))
		}
		if d.Why != "" {
			spans = append(spans, plainly(": "+s.name(d.Why)))
		}
		if d.Corrects > 0 {
			spans = append(spans, plainly(" ("+s.say(messages.Mark("corrects line %d"), d.Corrects)+")"))
		}
		if d.Corrected.English != "" {
			spans = append(spans, plainly(" ("+s.say(messages.Mark("corrected by %s"), d.Corrected)+")"))
		}
		if d.Altered {
			spans = append(spans, bold(" "+s.say(messages.Mark("What is kept of this line is not what was written down: go through the record."))))
		}
		s.SaidItem("•", spans...)
	}
	if len(v.Decisions) == 0 {
		s.Said(paper.Body, plainly(s.say(messages.Mark("None is on record."))))
	}
}
