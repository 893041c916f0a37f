package web

import (
	"fmt"
	"net/http"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// timelineView is an update's place in its situation, and what changed since the one
// before it.
type timelineView struct {
	Entries []timelineEntry // the newest first
	Of      int
	Whole   string // address of the page with the whole of it; "" where it is there
	Since   *sinceView
}

// timelineEntry is one update of a situation, in a line.
type timelineEntry struct {
	Address, Mark, Headline string
	Kind                    string
	Number                  int
	Risk                    badge
	Published, Issued       moment
	Befell                  []string // "correction", "stopped", "all-clear"
	This                    bool
}

// sinceView is what an update says otherwise than another.
type sinceView struct {
	Address string // of the one before
	Number  int
	Heads   []messages.Said // risk, urgency, areas
	Words   []sinceLine     // advice and odds
	More    int             // lines that are not shown
	Stands  bool            // travel advice is not said again, and stands for all that
}

// sinceLine is what became of something somebody wrote.
type sinceLine struct {
	What    string
	Is, Was string // Was is "" where there was nothing else
}

// How much of a situation a page shows, and how many changes.
const (
	timelineShown = 20
	timelineWhole = 500
	sinceShown    = 40
)

// timeline gives the place of a published update in its situation, nil where it is the
// only one.
func (p *portal) timeline(r *http.Request, u *vedette.Update) (*timelineView, error) {
	most := timelineShown
	if r.URL.Query().Get("situation") == "whole" {
		most = timelineWhole
	}
	t, err := p.Desk.ThreadOf(r.Context(), u, most)
	if err != nil || t.Of < 2 {
		return nil, err
	}
	v := &timelineView{Of: t.Of}
	if t.Of > timelineShown && most == timelineShown {
		v.Whole = updatePath + string(u.ID) + "?situation=whole#timeline"
	}
	for i := range t.Entries {
		v.Entries = append(v.Entries, p.timelineEntry(&t.Entries[i], u.ID))
	}
	if t.Since != nil {
		v.Since = p.since(t)
	}
	return v, nil
}

func (p *portal) timelineEntry(e *desk.ThreadEntry, this vedette.ID) timelineEntry {
	u := e.Update
	c := &u.Content
	x := timelineEntry{Address: updatePath + string(u.ID), Mark: u.Status.Mark(), Headline: safe(firstOf(c.Headline, c.Title)), Kind: kindWord(c.Kind), Number: u.Number, Risk: riskBadge(c.Risk),
		Published: when(u.PublishedAt, p.Now(), p.zone(c)), This: u.ID == this}
	if c.IssuedAt != nil {
		x.Issued = when(*c.IssuedAt, p.Now(), p.zone(c))
	}
	say := func(is bool, word string) {
		if is {
			x.Befell = append(x.Befell, word)
		}
	}
	say(u.Cancels == "" && u.Corrects != "", messages.Mark("correction"))
	say(u.Cancels == vedette.CancelError, messages.Mark("says that one was sent in error"))
	say(u.Cancels == vedette.CancelOver, messages.Mark("says that it is over"))
	say(u.Clears != nil, messages.Mark("all-clear"))
	say(u.Asks != "", messages.Mark("question of a roll-call"))
	say(e.Ended == vedette.CancelError, messages.Mark("sent in error"))
	say(e.Ended == vedette.CancelOver, messages.Mark("over"))
	say(u.State == vedette.UpdateStopped, messages.Mark("stopped"))
	say(u.State == vedette.UpdateOvertaken, messages.Mark("overtaken"))
	return x
}

// since puts what changed into lines, the weightiest first.
func (p *portal) since(t *desk.Thread) *sinceView {
	s := t.Since
	v := &sinceView{Address: updatePath + string(t.Before.ID), Number: t.Before.Number}
	v.heads(p, s)
	for _, a := range s.New {
		v.Words = append(v.Words, sinceLine{What: messages.Mark("New advice"), Is: safe(a.Text)})
	}
	for _, m := range s.Changed {
		x := sinceLine{What: messages.Mark("Advice changed"), Is: safe(m.Is.Text), Was: safe(m.Was.Text)}
		if x.Is == x.Was {
			x = sinceLine{What: messages.Mark("Advice in the same words, of another place, time or people"), Is: x.Is}
		}
		v.Words = append(v.Words, x)
	}
	for _, a := range s.Gone {
		v.Words = append(v.Words, sinceLine{What: messages.Mark("Advice not said again"), Is: safe(a.Text)})
		for i := range a.Actions {
			v.Stands = v.Stands || postureWords[a.Actions[i].Action] != ""
		}
	}
	for _, m := range s.Odds {
		v.Words = append(v.Words, sinceLine{What: messages.Mark("Odds changed"), Is: oddsOf(m.Is), Was: oddsOf(m.Was)})
	}
	if v.More = len(v.Words) - sinceShown; v.More > 0 {
		v.Words = v.Words[:sinceShown]
	}
	return v
}

// heads are what changed of risk, urgency and areas.
func (v *sinceView) heads(p *portal, s *desk.Since) {
	add := func(m messages.Said) { v.Heads = append(v.Heads, m) }
	was, is := levelSaid(s.Risk.Was), levelSaid(s.Risk.Is)
	switch {
	case s.Risk.Was == s.Risk.Is:
	case s.Risk.Was == vedette.RiskUnknown || s.Risk.Is == vedette.RiskUnknown:
		add(messages.Of("The risk was: %s, is: %s", was, is))
	case s.Risk.Was < s.Risk.Is:
		add(messages.Of("The risk rose. It was: %s, is: %s", was, is))
	default:
		add(messages.Of("The risk fell. It was: %s, is: %s", was, is))
	}
	if m := s.CountryRisk; m.Was != m.Is {
		add(messages.Of("The country’s risk was: %s, is: %s", levelSaid(m.Was), levelSaid(m.Is)))
	}
	if m := s.Urgency; m.Was != m.Is {
		add(messages.Of("The urgency was: %s, is: %s", urgencySaid(m.Was), urgencySaid(m.Is)))
	}
	for _, m := range s.AreaRisks {
		add(messages.Of("The risk set for %s was: %s, is: %s", p.area(m.Area, ""), levelSaid(m.Was), levelSaid(m.Is)))
	}
	for _, a := range s.Came {
		add(messages.Of("Named now as affected: %s", p.placeNamed(a)))
	}
	for _, name := range s.Drawn.Came {
		add(messages.Of("Drawn now: %s", safe(name)))
	}
	for _, name := range s.Drawn.Changed {
		add(messages.Of("Drawn otherwise: %s", safe(name)))
	}
	for _, a := range s.Went {
		add(messages.Of("Not named as affected any more: %s", p.placeNamed(a)))
	}
	for _, name := range s.Drawn.Went {
		add(messages.Of("Not drawn any more: %s", safe(name)))
	}
}

// placeNamed is a place by its name, else as the report has it.
func (p *portal) placeNamed(a vedette.Place) messages.Said {
	if a.Area == "" {
		return asItIs(safe(a.Text))
	}
	return p.area(a.Area, "")
}

// oddsOf is a judgement with the range of its odds.
func oddsOf(j *vedette.Judgement) string {
	l := desk.Odds(j)
	if l == nil {
		return safe(j.Text)
	}
	return fmt.Sprintf("%s (%s, %s)", safe(j.Text), span(l.Low, l.High), l.Scale.Name())
}

// levelSaid is a risk by its word alone, within a sentence.
func levelSaid(r vedette.Risk) messages.Said {
	if r != vedette.RiskUnknown {
		return messages.Said{English: r.String()}
	}
	return messages.Of("not set##risk or urgency")
}
