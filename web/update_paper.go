package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"vedette"
	"vedette/paper"
)

// highestMap is how high a map stands on paper, in points.
const highestMap = 300

// printUpdate gives an update as PDF, in the order of its page. It names nobody.
func (p *portal) printUpdate(w http.ResponseWriter, r *http.Request) error {
	u, err := p.Desk.Update(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := p.updateView(r, u)
	if _, err := p.befallen(r, u, &v); err != nil {
		return err
	}
	return p.sendPaper(w, r, u, &v, fateOf(&v))
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
	made := when(p.Now(), p.Now(), "")
	s, err := paper.New(paper.About{Title: v.Headline, Language: "en", Band: band(v), At: p.Now(), Foot: string(u.ID),
		Head: fmt.Sprintf("%s · made %s %s; what was corrected since is not in it", v.Org, made.Day, made.Clock)})
	if err != nil {
		return nil, err
	}
	printHead(s, v, fate)
	printAdvice(s, v)
	if m, _, ok := p.mapOf(u, "", ""); ok {
		if err := s.Picture(m.Standalone(p.Gaz), highestMap); err != nil {
			return nil, err
		}
	}
	printFacts(s, v)
	printSituation(s, v.Summary, v.Topics)
	printAssessment(s, v.Judgements)
	printRecord(s, v)
	return s.Bytes()
}

// band is what no page of it may lose.
func band(v *updateView) string {
	parts := []string{}
	if v.Status != "" {
		parts = append(parts, v.Status+": "+v.Drill())
	}
	if v.Draft {
		parts = append(parts, "DRAFT: nobody has been told")
	}
	return strings.Join(parts, " · ")
}

func printHead(s *paper.Sheet, v *updateView, fate []string) {
	facts := []string{v.Areas, strings.TrimSpace(v.Kind + " " + ordinal(v)), v.Issued.Day.String() + " " + v.Issued.Clock, "source: " + v.Source}
	if v.From != "" {
		facts = append(facts, "first published by "+v.From)
	}
	s.Text(paper.Body, bold(strings.ToUpper(v.Risk.Word)+" "), plainly(" "+joinSome(facts)))
	s.Text(paper.Title, plainly(v.Headline))
	if v.Call != "" {
		s.Text(paper.Body, bold("→ "+v.Call))
	}
	for _, b := range fate {
		s.Text(paper.Body, bold(b))
	}
}

// ordinal is where an update is in its situation: "4 of US–Iran talks".
func ordinal(v *updateView) string {
	var parts []string
	if v.Number > 0 {
		parts = append(parts, fmt.Sprint(v.Number))
	}
	if v.Situation != "" {
		parts = append(parts, "of "+v.Situation)
	}
	return strings.Join(parts, " ")
}

// fateOf is what has become of an update, which the page says at its head, too.
func fateOf(v *updateView) (out []string) {
	rec := &v.Record
	if rec.StoppedAt.Shown() {
		out = append(out, strings.TrimSuffix("Stopped "+rec.StoppedAt.words()+": "+rec.StopReason, ": ")+". Nothing more of it is sent.")
	}
	if rec.OvertakenBy != "" {
		out = append(out, "Overtaken by a newer update "+rec.OvertakenAt.words()+". Ask for that one.")
	}
	switch {
	case rec.Cancels != "":
		out = append(out, rec.Cancels+". This ends an earlier update: what it told people to do no longer stands.")
	case rec.Corrects != "":
		out = append(out, "Correction of an earlier update.")
	}
	for _, c := range rec.Conditions {
		if c.State != string(vedette.ConditionAwaited) {
			out = append(out, fmt.Sprintf("%s: %s, declared %s by %s: %s", strings.ToUpper(c.State), c.Text, c.At.words(), c.By, c.Reason))
		}
	}
	for _, d := range rec.Decided {
		out = append(out, "At odds, and published all the same: "+d)
	}
	for _, c := range v.Cleared {
		line := fmt.Sprintf("All-clear for %s %s by %s: %s", c.Area, c.At.words(), c.By, c.Basis)
		if c.Despite != "" {
			line += ". Given though something immediate stood there: " + c.Despite
		}
		out = append(out, line)
	}
	return out
}

func printAdvice(s *paper.Sheet, v *updateView) {
	s.Text(paper.Heading, plainly("What to do"))
	for _, g := range v.Glance {
		s.Item("■", postureSpans(g)...)
	}
	for _, g := range v.Groups {
		s.Text(paper.Under, plainly(g.Heading))
		for _, it := range g.Items {
			s.Item("•", spansOf(it.Runs)...)
			for _, only := range english(it.Only) {
				s.Text(paper.Small, plainly(only))
			}
		}
	}
	if len(v.Groups) == 0 {
		s.Text(paper.Body, plainly("This update asks nothing of anyone."))
	}
}

func postureSpans(l postureLine) (out []paper.Span) {
	if l.Areas != "" {
		out = append(out, bold(l.Areas+": "))
	}
	return append(out, plainly(strings.TrimSpace(l.Words+" "+safe(l.Only.String()))))
}

func printFacts(s *paper.Sheet, v *updateView) {
	risk := v.Risk.Word
	if v.RiskText != "" {
		risk += ", the report says “" + v.RiskText + "”"
	}
	fact(s, "Affected area", firstOf(strings.Join(english(v.Whole), ", "), "not given"))
	for _, d := range v.Shapes {
		line := joinSome([]string{d.Name, d.Unsure.String()})
		if d.Risk != nil {
			line += ", " + d.Risk.Word
		}
		fact(s, "Drawn", line)
	}
	fact(s, "Risk", risk)
	fact(s, "Country risk", v.CountryRisk)
	for _, a := range v.AreaRisks {
		fact(s, "Risk in "+a.Area, a.Risk.Word)
	}
	fact(s, "Urgency", v.Urgency)
	fact(s, "Source", v.Source)
	fact(s, "About", strings.Join(v.Categories, ", "))
	fact(s, "Status", strings.Join(v.States, ", "))
	fact(s, "Calendar", strings.Join(v.Calendar, ", "))
}

// fact is a line with its name, left out where there is nothing to say.
func fact(s *paper.Sheet, name, says string) {
	if says != "" {
		s.Text(paper.Body, bold(name+": "), plainly(says))
	}
}

func printSituation(s *paper.Sheet, summary [][]run, topics []topicView) {
	if len(summary) > 0 {
		s.Text(paper.Heading, plainly("In short"))
	}
	for _, line := range summary {
		s.Item("•", spansOf(line)...)
	}
	if len(topics) > 0 {
		s.Text(paper.Heading, plainly("Situation"))
	}
	for _, t := range topics {
		if t.Title != "" {
			s.Text(paper.Under, plainly(t.Title))
		}
		for i := range t.Claims {
			printClaim(s, &t.Claims[i])
		}
	}
}

func printClaim(s *paper.Sheet, c *claimView) {
	s.Item("•", spansOf(c.Runs)...)
	margin := english(c.Dates)
	for _, sp := range c.Voices {
		who := sp.Speaker
		if sp.Unnamed {
			who += " (unnamed)"
		}
		margin = append(margin, strings.TrimSpace(who+" "+sp.Stance.String()))
	}
	for _, d := range english(c.Scheduled) {
		margin = append(margin, "set for "+d)
	}
	if len(margin) > 0 {
		s.Text(paper.Small, plainly(joinSome(margin)))
	}
}

func printAssessment(s *paper.Sheet, list []judgementView) {
	if len(list) == 0 {
		return
	}
	s.Text(paper.Heading, plainly("Assessment"))
	s.Text(paper.Small, plainly("What the analyst concludes, not what was said. Odds words carry their range."))
	for _, j := range list {
		spans := spansOf(j.Runs)
		if j.Forecast {
			spans = append([]paper.Span{bold("FORECAST ")}, spans...)
		}
		if j.Confidence != "" {
			spans = append(spans, plainly(" Confidence: "+j.Confidence+"."))
		}
		s.Text(paper.Judged, spans...)
	}
}

func printRecord(s *paper.Sheet, v *updateView) {
	s.Text(paper.Heading, plainly("Sources and record"))
	if v.Record.Published.Shown() {
		fact(s, "Published", v.Record.Published.words())
	} else {
		fact(s, "Drafted", v.Record.Created.words())
	}
	fact(s, "Update", v.Record.ID)
	if v.Bare {
		return
	}
	for _, src := range v.Record.Reports {
		s.Text(paper.Under, plainly(src.Origin))
		fact(s, "Provider", src.Provider)
		fact(s, "Received", src.Received.words())
		fact(s, "SHA-256", src.Digest)
	}
	if len(v.Record.Reports) == 0 {
		s.Text(paper.Body, plainly("Written at the desk, from no report."))
	}
}

// spansOf gives the pieces of a statement as they stand on paper: an odds word bold, its
// range after it.
func spansOf(runs []run) (out []paper.Span) {
	for _, r := range runs {
		switch r.Kind {
		case "odds":
			out = append(out, bold(r.Text), plainly(" ("+r.Note+")"))
		case "condition":
			out = append(out, bold(r.Text))
		default:
			out = append(out, plainly(r.Text))
		}
	}
	return out
}

func plainly(text string) paper.Span { return paper.Span{Text: text} }

func bold(text string) paper.Span { return paper.Span{Text: text, Bold: true} }

// joinSome joins what is not empty.
func joinSome(parts []string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " · ")
}
