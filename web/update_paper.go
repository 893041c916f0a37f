package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"vedette"
	"vedette/paper"
	"vedette/web/messages"
)

// highestMap is how high a map stands on paper, in points.
const highestMap = 280

// printUpdate gives an update as PDF, in the order and in the language of its page. It
// names nobody.
func (p *portal) printUpdate(w http.ResponseWriter, r *http.Request) error {
	u, err := p.Desk.Update(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := p.updateView(r, u)
	if _, err := p.befallen(r, u, &v); err != nil {
		return err
	}
	return p.sendPaper(w, r, u, &v, fateOf(messages.In(v.language()), &v))
}

// sendPaper sends an update's view as PDF; fate is what has become of it.
func (p *portal) sendPaper(w http.ResponseWriter, r *http.Request, u *vedette.Update, v *updateView, fate []string) error {
	b, err := p.print(r.Context(), func() ([]byte, error) { return p.updatePaper(u, v, fate) })
	if err != nil {
		return err
	}
	return p.sendDocument(w, paperName(u, v), b)
}

// sendDocument sends a PDF under a name.
func (p *portal) sendDocument(w http.ResponseWriter, name string, b []byte) error {
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Disposition", fmt.Sprintf(`inline; filename="%s"`, name))
	if _, err := w.Write(b); err != nil {
		p.Log.Debug("a document was not read to its end", "err", err)
	}
	return nil
}

// paperName is what the file is called: what it is not comes first.
func paperName(u *vedette.Update, v *updateView) string {
	parts := []string{"update", string(u.ID)}
	if v.Draft {
		parts[0] = "draft"
	}
	if v.Status != "" {
		parts = append([]string{v.Status}, parts...)
	}
	return strings.Join(parts, "-") + ".pdf"
}

// mostPrinting is how many documents are made at a time; one more waits for its turn, as
// long as whoever asked for it does.
const mostPrinting = 2

// print makes a document, when it is its turn.
func (p *portal) print(ctx context.Context, make func() ([]byte, error)) ([]byte, error) {
	select {
	case p.printing <- struct{}{}:
		defer func() { <-p.printing }()
		return make()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// updatePaper puts an update on paper.
func (p *portal) updatePaper(u *vedette.Update, v *updateView, fate []string) ([]byte, error) {
	in := messages.In(v.language())
	made := when(p.Now(), p.Now(), "")
	s, err := newPrinted(in, paper.About{Title: v.Headline, Band: band(in, v), At: p.Now(), Foot: in.Words().Isolate(string(u.ID)),
		Head: in.Say(messages.Mark("%s · made %s %s; what was corrected since is not in it"), v.Org, made.Day, made.Clock)})
	if err != nil {
		return nil, err
	}
	s.head(v, fate)
	s.advice(v)
	if err := p.paperMap(s, u); err != nil {
		return nil, err
	}
	s.facts(v)
	s.situation(v.Summary, v.Topics)
	s.assessment(v.Judgements)
	s.record(v)
	return s.Bytes()
}

// paperMap puts the map of an update's page on paper, and what its hatches mean in the
// words of the page.
func (p *portal) paperMap(s *printed, u *vedette.Update) error {
	m, stand, ok := p.mapOf(s.in, u, "", "")
	if !ok {
		return nil
	}
	m.NoLegend = true
	svg := m.Standalone(p.Gaz)
	var key []paper.Key
	for _, step := range p.mapSteps(u, stand, svg) {
		key = append(key, paper.Key{Level: step.Level, Says: strings.Join(s.all(step.Said), "; ")})
	}
	return s.Picture(svg, highestMap, key...)
}

// band is what no page of it may lose.
func band(in *messages.Tongue, v *updateView) string {
	parts := []string{}
	if v.Status != "" {
		parts = append(parts, v.Mark()+": "+v.Drill())
	}
	if v.Draft {
		parts = append(parts, in.Say(messages.Mark("DRAFT: nobody has been told")))
	}
	return strings.Join(parts, " · ")
}

func (s *printed) head(v *updateView, fate []string) {
	facts := []string{s.said(v.Areas), s.ordinal(v), s.at(v.Issued), s.say(messages.Mark("source: %s"), messages.Said{English: v.Source})}
	if v.From != "" {
		facts = append(facts, s.say(messages.Mark("first published by %s"), v.From))
	}
	s.Said(paper.Body, bold(strings.ToUpper(s.say(v.Risk.Word))+" "), plainly(" "+joinSome(facts)))
	s.Text(paper.Title, plainly(v.Headline))
	s.call(v.Call)
	for _, b := range fate {
		s.Said(paper.Body, bold(b))
	}
}

// call is what a report calls for, after an arrow.
func (s *printed) call(of string) {
	if of != "" {
		s.Item("→", bold(of))
	}
}

// ordinal is where an update is in its situation: "update 4 of US–Iran talks".
func (s *printed) ordinal(v *updateView) string {
	var parts []string
	if v.Kind != "" {
		parts = append(parts, s.say(v.Kind))
	}
	if v.Number > 0 {
		parts = append(parts, fmt.Sprint(v.Number))
	}
	if v.Situation != "" {
		parts = append(parts, s.say(messages.Mark("of##a situation")), s.name(v.Situation))
	}
	return strings.Join(parts, " ")
}

// fateOf is what has become of an update, which the page says at its head, too.
func fateOf(in *messages.Tongue, v *updateView) (out []string) {
	s, rec := &printed{in: in}, &v.Record
	if rec.StoppedAt.Shown() {
		why := ""
		if rec.StopReason != "" {
			why = ": " + s.name(rec.StopReason)
		}
		out = append(out, s.say(messages.Mark("Stopped"))+" "+s.ago(rec.StoppedAt)+why+". "+s.say(messages.Mark("Nothing more of it is sent.")))
	}
	if rec.OvertakenBy != "" {
		out = append(out, s.say(messages.Mark("Overtaken by a newer update %s. Ask for that one."), rec.OvertakenAt.said()))
	}
	switch {
	case rec.Cancels != "":
		out = append(out, s.say(rec.Cancels)+". "+in.Bare(messages.Mark("This ends <1>an earlier update</1>: what it told people to do no longer stands.")))
	case rec.Corrects != "":
		out = append(out, in.Bare(messages.Mark("<strong>Correction</strong> of <1>an earlier update</1>"))+".")
	}
	for _, c := range rec.Conditions {
		state := messages.Mark("Passed##a condition")
		if c.State == string(vedette.ConditionMet) {
			state = messages.Mark("Met##a condition")
		}
		if c.State != string(vedette.ConditionAwaited) {
			out = append(out, strings.ToUpper(s.say(state))+": "+s.name(c.Text)+", "+s.say(messages.Mark("declared##a condition"))+" "+s.ago(c.At)+" "+s.by(c.By, c.Reason))
		}
	}
	for _, d := range rec.Decided {
		out = append(out, s.say(messages.Mark("At odds, and published all the same:"))+" "+s.said(d))
	}
	for _, c := range v.Cleared {
		line := in.Bare(messages.Mark("<strong>All-clear</strong> for")) + " " + s.said(c.Area) + " " + s.ago(c.At) + " " + s.by(c.By, c.Basis)
		if c.Despite != "" {
			line += ". " + s.say(messages.Mark("Given though something immediate stood there:")) + " " + s.name(c.Despite)
		}
		out = append(out, line)
	}
	return out
}

// by is who decided something, and why.
func (s *printed) by(who, why string) string {
	return s.say(messages.Mark("by##somebody")) + " " + s.name(who) + ": " + s.name(why)
}

func (s *printed) advice(v *updateView) {
	s.heading(messages.Mark("What to do"))
	for i := range v.Glance {
		s.SaidItem("■", s.posture(&v.Glance[i])...)
	}
	for _, g := range v.Groups {
		if g.Everywhere {
			s.Said(paper.Under, plainly(s.say(g.Heading)))
		} else {
			s.Text(paper.Under, plainly(g.Heading))
		}
		for _, it := range g.Items {
			s.Item("•", s.spans(it.Runs)...)
			for _, only := range s.all(it.Only) {
				s.Said(paper.Small, plainly(only))
			}
		}
	}
	if len(v.Groups) == 0 {
		s.Said(paper.Body, plainly(s.say(messages.Mark("This update asks nothing of anyone."))))
	}
}

func (s *printed) posture(l *postureLine) (out []paper.Span) {
	if len(l.Areas) > 0 {
		out = append(out, bold(s.said(commas(l.Areas))+": "))
	}
	return append(out, plainly(strings.TrimSpace(s.say(l.Words)+" "+s.said(l.Only))))
}

func (s *printed) facts(v *updateView) {
	risk := s.say(v.Risk.Word)
	if v.RiskText != "" {
		risk += ", " + s.say(messages.Mark("the report says")) + " “" + s.name(v.RiskText) + "”"
	}
	s.fact(s.say(messages.Mark("Affected area")), firstOf(strings.Join(s.all(v.Whole), ", "), s.say(messages.Mark("not given"))))
	for _, d := range v.Shapes {
		line := joinSome([]string{s.name(d.Name), s.said(d.Unsure)})
		if d.Risk != nil {
			line += ", " + s.say(d.Risk.Word)
		}
		s.fact(s.say(messages.Mark("Drawn")), line)
	}
	s.fact(s.say(messages.Mark("Risk")), risk)
	s.fact(s.say(messages.Mark("Country risk")), s.say(v.CountryRisk))
	for _, a := range v.AreaRisks {
		s.fact(s.say(messages.Mark("Risk in %s"), a.Area), s.say(a.Risk.Word))
	}
	s.fact(s.say(messages.Mark("Urgency")), s.say(v.Urgency))
	s.fact(s.say(messages.Mark("Source")), s.say(v.Source))
	s.fact(s.say(messages.Mark("About")), s.words(v.Categories))
	s.fact(s.say(messages.Mark("Status")), s.words(v.States))
	s.fact(s.say(messages.Mark("Calendar")), s.words(v.Calendar))
}

func (s *printed) situation(summary [][]run, topics []topicView) {
	if len(summary) > 0 {
		s.heading(messages.Mark("In short"))
	}
	for _, line := range summary {
		s.Item("•", s.spans(line)...)
	}
	if len(topics) > 0 {
		s.heading(messages.Mark("Situation"))
	}
	for _, t := range topics {
		if t.Title != "" {
			s.Text(paper.Under, plainly(t.Title))
		}
		for i := range t.Claims {
			s.claim(&t.Claims[i])
		}
	}
}

func (s *printed) claim(c *claimView) {
	s.Item("•", s.spans(c.Runs)...)
	margin := s.all(c.Dates)
	for _, sp := range c.Voices {
		who := s.name(sp.Speaker)
		if sp.Own {
			who = s.say(sp.Speaker)
		}
		if sp.Unnamed {
			who += " " + s.say(messages.Mark("(unnamed)"))
		}
		margin = append(margin, strings.TrimSpace(who+" "+s.said(sp.Stance)))
	}
	for _, d := range c.Scheduled {
		margin = append(margin, s.say(messages.Mark("set for %s"), d))
	}
	if len(margin) > 0 {
		s.Said(paper.Small, plainly(joinSome(margin)))
	}
}

func (s *printed) assessment(list []judgementView) {
	if len(list) == 0 {
		return
	}
	s.heading(messages.Mark("Assessment"))
	s.Said(paper.Small, plainly(s.say(messages.Mark("What the analyst concludes, not what was said. Odds words carry their range."))))
	for _, j := range list {
		if j.Forecast {
			s.Said(paper.Under, plainly(s.say(messages.Mark("FORECAST"))))
		}
		s.Text(paper.Judged, s.spans(j.Runs)...)
		if j.Confidence != "" {
			s.Said(paper.Small, plainly(s.say(messages.Mark("Confidence: %s"), messages.Said{English: j.Confidence})))
		}
	}
}

func (s *printed) record(v *updateView) {
	s.heading(messages.Mark("Sources and record"))
	if v.Record.Published.Shown() {
		s.fact(s.say(messages.Mark("Published")), s.ago(v.Record.Published))
	} else {
		s.fact(s.say(messages.Mark("Drafted")), s.ago(v.Record.Created))
	}
	s.fact(s.say(messages.Mark("Update")), s.name(v.Record.ID))
	if v.Bare {
		return
	}
	for _, src := range v.Record.Reports {
		s.Text(paper.Under, plainly(src.Origin))
		s.fact(s.say(messages.Mark("Provider")), s.name(src.Provider))
		s.fact(s.say(messages.Mark("Received")), s.ago(src.Received))
		s.fact("SHA-256", s.name(src.Digest))
	}
	if len(v.Record.Reports) == 0 {
		s.Said(paper.Body, plainly(s.say(messages.Mark("Written at the desk, from no report."))))
	}
}

// spans gives the pieces of a statement as they stand on paper: an odds word bold, its
// range after it.
func (s *printed) spans(runs []run) (out []paper.Span) {
	for _, r := range runs {
		switch r.Kind {
		case "odds":
			out = append(out, bold(r.Text), plainly(" ("+s.say(r.Note)+")"))
		case "condition":
			out = append(out, bold(r.Text))
		default:
			out = append(out, plainly(r.Text))
		}
	}
	return out
}
