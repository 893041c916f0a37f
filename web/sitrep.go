package web

import (
	"net/http"
	"strings"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// sitrepView is what is known of a situation now, on a page to be printed.
type sitrepView struct {
	boardView
	Headline, Call   string
	Source           string
	Summary          [][]run
	Topics           []topicView
	Judgements       []judgementView
	Gaps             []messages.Said
	Cases            desk.SitrepCases
	Due              moment
	Decisions        []stepView
	NextBy, By, Note string // as typed
	PDF              string // address of the same as a document
	Keep             sitrepKeep
}

// mostNote bounds what is typed for a report of the situation, in bytes.
const mostNote = 1000

// showSitrep puts a report of the situation together, as it is now. What is typed for it
// stands in the address, and nothing is kept.
func (p *portal) showSitrep(w http.ResponseWriter, r *http.Request) error {
	v, err := p.sitrep(r)
	if err != nil {
		return err
	}
	if err := p.keepable(r, v); err != nil {
		return err
	}
	return p.show(w, http.StatusOK, "sitrep", v)
}

func (p *portal) sitrep(r *http.Request) (*sitrepView, error) {
	s, err := p.Desk.Sitrep(desk.Unnamed(r.Context()), vedette.ID(r.PathValue("id")))
	if err != nil {
		return nil, err
	}
	u, q := s.Board.Update, r.URL.Query()
	zone, c := p.zone(&u.Content), &u.Content
	v := sitrepView{boardView: p.boardView(r, s.Board), Headline: safe(firstOf(c.Headline, c.Title)), Call: safe(c.CallToAction), Source: sourceWords[c.SourceStrength],
		Cases: s.Cases, Due: when(s.Cases.Due, p.Now(), zone), NextBy: typed(q.Get("next")), By: firstOf(typed(q.Get("name")), userOf(r)), Note: typed(q.Get("note"))}
	v.Title = safe("Situation report: " + firstOf(u.Situation.Title, c.Headline))
	v.Titled = messages.Of("Situation report: %s", safe(firstOf(u.Situation.Title, c.Headline)))
	if len(q.Get("next"))+len(q.Get("name"))+len(q.Get("note")) > mostNote {
		return nil, vedette.Errorf(vedette.CodeInvalid, "what is typed for the report is longer than %d bytes; say it shorter", mostNote)
	}
	year := issued(u).Year()
	for i := range c.Summary {
		v.Summary = append(v.Summary, cutRuns(c.Summary[i].Text, odds(c.Summary[i].Likelihoods)))
	}
	v.Topics, v.Judgements = topics(c, year), judgements(c)
	v.Gaps = p.gaps(s)
	for i := range s.Decisions {
		v.Decisions = append(v.Decisions, p.stepView(&s.Decisions[i], u.ID, zone, p.Now(), false))
	}
	if v.PDF = v.Address + "/sitrep.pdf"; r.URL.RawQuery != "" {
		v.PDF += "?" + r.URL.RawQuery
	}
	return &v, nil
}

// gaps says what is not known, plainly.
func (p *portal) gaps(s *desk.Sitrep) (list []messages.Said) {
	b := s.Board
	t, c := b.Tally, &b.Update.Content
	say := func(n int, one, many messages.Said) {
		switch {
		case n == 1:
			list = append(list, one)
		case n > 1:
			list = append(list, many)
		}
	}
	n := t.Silent
	say(n, messages.Of("%d person has not answered", n), messages.Of("%d people have not answered", n))
	n = t.Unreachable
	say(n, messages.Of("%d of them has no way to be reached", n), messages.Of("%d of them have no way to be reached", n))
	n = t.Deliveries[vedette.DeliveryQueued]
	say(n, messages.Of("%d person still waits for the message", n), messages.Of("%d people still wait for the message", n))
	n = t.Deliveries[vedette.DeliveryFailed]
	say(n, messages.Of("%d person was reached by no channel", n), messages.Of("%d people were reached by no channel", n))
	n = t.Deliveries[vedette.DeliveryUnknown]
	say(n, messages.Of("%d person may or may not have it", n), messages.Of("%d people may or may not have it", n))
	n = len(b.Shut)
	say(n, messages.Of("%d person gets nothing of it, for they are compromised", n), messages.Of("%d people get nothing of it, for they are compromised", n))
	n = s.Cases.Untaken
	say(n, messages.Of("%d call for help is with nobody", n), messages.Of("%d calls for help are with nobody", n))
	n = s.Cases.Late
	say(n, messages.Of("%d call for help is late", n), messages.Of("%d calls for help are late", n))
	for _, q := range b.Quiet {
		list = append(list, worded(q.Says))
	}
	if !b.Sending {
		list = append(list, messages.Of("nothing is being sent"))
	}
	if c.SourceStrength == vedette.SourceUnknown || c.SourceStrength == vedette.SourceUnconfirmed {
		list = append(list, messages.Of("how good the source is: %s", messages.Said{English: sourceWords[c.SourceStrength]}))
	}
	if c.Risk == vedette.RiskUnknown {
		list = append(list, messages.Of("no risk was set"))
	}
	for _, f := range b.Update.Accepted {
		list = append(list, messages.Of("a doubt that was accepted: %s", readFinding(strings.TrimSuffix(f.Message, "."))))
	}
	return list
}
