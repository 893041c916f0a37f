package deliver

import (
	"fmt"
	"strings"
	"time"

	"vedette"
)

// Trip is what the manager of a traveller is told: that a trip of theirs goes
// where the update says not to, or that none does any more. Of the traveller
// it names nothing else; told discreetly, not even them.
type Trip struct {
	Notice                                                // Update, Org, Cause, Correction, Discreet, AreaName and PageURL count
	Traveller string                                      // their name
	Clashes   []vedette.Clash                             // none: no clash is left
	Day       func(at vedette.AreaID, t time.Time) string // a day there
	Former    bool                                        // they are not the traveller's manager any more, and hear of a correction or an end alone
	Known     Known                                       // how far the word got to the traveller
}

// Known is how far the word of an update got to somebody.
type Known int

// How far it got; the zero value is the least.
const (
	NotTold    Known = iota // no notice, or no address that a channel sends to
	NotReached              // what was sent came back or was given up
	OnItsWay                // nothing says yet that they have it
	HasIt                   // there is proof that it reached them
)

// RenderTrip makes the mail to a manager, in the same shape as all others.
func RenderTrip(n Trip) (*Rendered, error) {
	n.Language = trips.Language
	if n.Discreet {
		return n.discreet()
	}
	c := &n.Update.Content
	w := n.words()
	head, word := n.head()
	s := &sheet{
		Words: w, Mark: n.status(), WhatToDo: trips.Trips, AlsoStands: trips.Known, Line: cut(head, maxLineHead), RiskWord: word,
		Place: w.Isolate(Clean(n.Traveller)), Headline: n.marked(cut(Clean(firstOf(c.Headline, c.Title)), maxLineHead)),
		Urgency: w.Say("urgency." + c.Urgency.String()), Source: w.Say("source." + c.SourceStrength.String()),
		PageURL: Clean(n.PageURL), Org: Clean(n.Org), Footer: n.footer(),
	}
	if !n.Former { // how far the word got to the traveller is theirs no more
		s.Also = []alsoGroup{{From: n.mark() + n.known()}}
	}
	if c.IssuedAt != nil {
		s.Issued = w.Say("short.issued", n.time(*c.IssuedAt))
	}
	if why := trips.Cause[n.Cause]; why != "" {
		s.Cause = n.mark() + why
	}
	if err := n.lines(s); err != nil {
		return nil, err
	}
	page, err := s.html()
	if err != nil {
		return nil, err
	}
	return &Rendered{Subject: cut(head, maxSubjectHead), Line: s.Line, text: newMould(s.text()), html: newMould(page),
		header: map[string]string{"Content-Language": w.Language}, org: Clean(n.Org), words: w}, nil
}

// discreet makes a mail that bids the manager ask the desk, which knows of whom by
// the update's number, and says no more.
func (n Trip) discreet() (*Rendered, error) {
	w, says := n.words(), trips.Ask
	switch {
	case n.cancels() == vedette.CancelError:
		says = trips.AskError
	case len(n.Clashes) == 0 || n.cancels() != "":
		says = trips.AskNoMore
	}
	s := &discreetSheet{Words: w, Told: []string{n.mark() + fmt.Sprintf(says, n.Update.Number)}, Subject: n.mark() + w.Say("discreet.subject")}
	page, err := s.html()
	if err != nil {
		return nil, err
	}
	return &Rendered{Subject: s.Subject, Line: s.Told[0], text: newMould(s.text()), html: newMould(page),
		header: map[string]string{"Content-Language": w.Language}, words: w, discreet: true}, nil
}

// head is the notice in one line, and its first words.
func (n Trip) head() (line, word string) {
	word = trips.Clash
	places := n.places()
	switch {
	case n.Former:
		word, places = trips.Before, ""
	case len(n.Clashes) == 0:
		word, places = trips.NoMore, ""
	}
	if x := n.Correction; x != nil {
		word = n.words().Say(n.corrects()) + ": " + strings.ToLower(word[:1]) + word[1:]
	}
	line = n.mark() + word + ", " + Clean(n.Traveller)
	if places != "" {
		line += ": " + places
	}
	return line, word
}

// corrects is the key of what opens the line of a correction or cancellation.
func (n Trip) corrects() string {
	if ends := n.cancels(); ends != "" {
		return "head." + string(ends)
	}
	return "head.correction"
}

// places names where the trips go.
func (n Trip) places() string {
	var names []string
	seen := map[vedette.AreaID]bool{}
	for _, c := range n.Clashes {
		if !seen[c.Area] {
			seen[c.Area], names = true, append(names, n.area(c.Area))
		}
	}
	return n.listed(names)
}

// lines says each clash, or that none is left and why.
func (n Trip) lines(s *sheet) error {
	g := adviceGroup{}
	for _, c := range n.Clashes {
		a, err := n.advice(vedette.NoticeLine{Group: c.Group, Item: c.Item})
		if err != nil {
			return err
		}
		g.Lines = append(g.Lines, adviceLine{Opening: n.mark() + n.trip(c), Text: Clean(a.Text)})
	}
	if len(g.Lines) > 0 {
		s.Groups = []adviceGroup{g}
	}
	none := fmt.Sprintf(trips.Gone, Clean(n.Traveller))
	if n.Former {
		none = fmt.Sprintf(trips.Former, Clean(n.Traveller))
	}
	if x := n.Correction; x != nil {
		w, at := n.words(), n.time(x.At)
		form := "corrects"
		if why := trips.Cancels[x.Cancels]; why != "" {
			form, none = "cancels", fmt.Sprintf(why, at, Clean(n.Traveller))
		}
		s.Corrects = n.mark() + w.Say(form, x.Number, at)
	}
	if len(n.Clashes) == 0 {
		s.NoAdvice = n.mark() + none
	}
	return nil
}

// trip says where a trip goes and when, and what is advised there.
func (n Trip) trip(c vedette.Clash) string {
	form := trips.Stay
	if c.Leg {
		form = trips.Leg
	}
	goes := n.words().Say("posture." + string(c.Action))
	if c.MayBe {
		form = trips.MayBe + form
	}
	out := fmt.Sprintf(form, n.area(c.Area), n.days(c), n.against(c), goes)
	if c.Asks {
		out += trips.Asks
	}
	return out + " — "
}

// against names what a trip goes into: the area of the advice, or what is drawn.
func (n Trip) against(c vedette.Clash) string {
	if name := cut(Clean(c.Shape), maxLineHead); name != "" {
		return fmt.Sprintf(trips.Drawn, n.words().Isolate(name))
	}
	return n.area(c.Target)
}

// days says from when to when somebody is at a place.
func (n Trip) days(c vedette.Clash) string {
	from, to := "", ""
	if !c.From.IsZero() {
		from = n.Day(c.Area, c.From)
	}
	if !c.To.IsZero() {
		to = n.Day(c.Area, c.To.Add(-time.Second)) // a stay until the 14th ends at midnight
	}
	switch {
	case from == "" || from == to:
		return to
	case to == "":
		return fmt.Sprintf(trips.From, from)
	}
	return fmt.Sprintf(trips.Days, from, to)
}

// known says whether the traveller has it: nobody may take it for granted.
func (n Trip) known() string { return fmt.Sprintf(trips.Told[n.Known], Clean(n.Traveller)) }
