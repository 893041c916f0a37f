package deliver

import (
	"fmt"
	"strings"
	"time"

	"vedette"
)

// Notice is what is to be told to everyone who shares a variant.
type Notice struct {
	Update     *vedette.Update
	Variant    vedette.Variant
	Org        string                      // the organisation's name
	Cause      vedette.Cause               // why it is told now; "" and published say nothing of it
	Correction *Correction                 // nil unless the update corrects or cancels another
	Gone       bool                        // they were told of the situation before, and nothing of this concerns them
	Others     []*vedette.Update           // whose lines Variant.Others names
	AreaName   func(vedette.AreaID) string // nil: ids are shown
	PageURL    string                      // the whole update, "" for no link
}

// Correction names the update that is corrected or cancelled.
type Correction struct {
	Number  int // in the situation
	At      time.Time
	Cancels vedette.Cancel // "" where it is corrected
}

// Personal is what differs between the people who share a variant.
type Personal struct {
	ID       string // the delivery's identity
	Name, To string
	ReplyURL string // the page with the three buttons, "" for none
	Because  string // why they get it, in words, never empty: "you are based in Basra, Iraq"
	Relation vedette.Relation
}

// AdviceText is the wording of one line of the variant: the status mark,
// then what the line depends on (audience, trip, nearness), then the
// report's own words, whole. It is what a mail shows after the bullet.
func (n Notice) AdviceText(l vedette.NoticeLine) (string, error) {
	a, err := n.adviceLine(l)
	return a.Opening + a.Text, err
}

// adviceLine is one advice as it is shown: our opening, the report's words.
type adviceLine struct{ Opening, Text string }

func (n Notice) adviceLine(l vedette.NoticeLine) (adviceLine, error) {
	a, err := n.advice(l)
	if err != nil {
		return adviceLine{}, err
	}
	area := n.where(l)
	if area == "" {
		area = n.place()
	}
	opening := n.mark() + english.opening(l)
	text := Clean(a.Text)
	// Whom it is for stands first; most reports say so themselves.
	if who := Clean(a.Audience); l.Asks && who != "" && !strings.HasPrefix(text, who) {
		opening += fmt.Sprintf(english.IfOneOf, who)
	}
	if l.Trip {
		opening += fmt.Sprintf(english.ForTrip, area)
	}
	if l.MayBe {
		opening += fmt.Sprintf(english.IfNear, area)
	}
	return adviceLine{opening, text}, nil
}

// Line is the notice in one line: status mark, risk of their area, place,
// headline. The headline is cut to at most max characters.
func (n Notice) Line(max int) string {
	c := &n.Update.Content
	head := Clean(c.Headline)
	if head == "" {
		head = Clean(c.Title)
	}
	word, _ := n.word()
	if n.Correction != nil && n.Correction.Cancels == "" {
		word = english.Correction[""] + ": " + word
	}
	place := n.place()
	if place != "" {
		place = ", " + place
	}
	return n.mark() + word + place + ": " + cut(head, max)
}

// word is what the notice is, first of all: the risk of their area, or that
// it ends what they were told, with the risk it is coloured by.
func (n Notice) word() (string, vedette.Risk) {
	switch {
	case n.Correction != nil && n.Correction.Cancels != "":
		return english.Correction[n.Correction.Cancels], vedette.RiskUnknown
	case n.withdrawn():
		return english.NotHere, vedette.RiskUnknown
	}
	return english.risk(n.Variant.Risk), n.Variant.Risk
}

// withdrawn says whether it tells somebody, whom nothing of it concerns, that
// what an earlier update of it told them no longer stands.
func (n Notice) withdrawn() bool {
	return n.Correction == nil && n.Gone
}

// mark is "EXERCISE " or "TEST ", "" when it is real.
func (n Notice) mark() string {
	if m := n.Update.Status.Mark(); m != "" {
		return m + " "
	}
	return ""
}

func (n Notice) advice(l vedette.NoticeLine) (*vedette.Advice, error) {
	u := n.update(l.Update)
	if u == nil {
		return nil, vedette.Errorf(vedette.CodeInternal, "the variant names a line of update %s, which is not at hand", l.Update)
	}
	groups := u.Content.Recommendations
	if l.Group < 0 || l.Group >= len(groups) || l.Item < 0 || l.Item >= len(groups[l.Group].Advice) {
		return nil, vedette.Errorf(vedette.CodeInternal,
			"the variant names advice %d of group %d, which the update does not have", l.Item, l.Group)
	}
	return &groups[l.Group].Advice[l.Item], nil
}

// update is the one a line is of, nil where it is not at hand.
func (n Notice) update(id vedette.ID) *vedette.Update {
	if id == "" || id == n.Update.ID {
		return n.Update
	}
	for _, u := range n.Others {
		if u.ID == id {
			return u
		}
	}
	return nil
}

// place names where they are or will be; what the update is about where
// that is not known.
func (n Notice) place() string {
	ids := n.Variant.Areas
	if len(ids) == 0 {
		for _, p := range n.Update.Content.Affected {
			ids = append(ids, p.Area)
		}
	}
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		if name := n.area(id); name != "" {
			names = append(names, name)
		}
	}
	if len(n.Variant.Areas) == 0 && len(names) == 0 {
		names = drawn(n.Update)
	}
	return listed(names)
}

// listed joins names, the first few of many.
func listed(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	case 2:
		return fmt.Sprintf(english.And, names[0], names[1])
	}
	return fmt.Sprintf(english.AndMore, names[0]+", "+names[1], len(names)-2)
}

// where names what a line is for: an area, or what its update draws.
func (n Notice) where(l vedette.NoticeLine) string {
	if u := n.update(l.Update); l.Area == "" && u != nil {
		return listed(drawn(u))
	}
	return n.area(l.Area)
}

// drawn names the shapes of an update.
func drawn(u *vedette.Update) (names []string) {
	for i := range u.Shapes {
		if name := Clean(u.Shapes[i].Name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

func (n Notice) area(id vedette.AreaID) string {
	if id == "" || n.AreaName == nil {
		return Clean(string(id))
	}
	if name := Clean(n.AreaName(id)); name != "" {
		return name
	}
	return Clean(string(id))
}

// posture is the strongest travel advice in plain words, "" for none.
func (n Notice) posture() string {
	p := english.Posture[n.Variant.Posture]
	if p == "" {
		return ""
	}
	name := n.area(n.Variant.Area)
	if n.Variant.Area == "" {
		name = listed(drawn(n.Update))
	}
	if name != "" {
		p = name + ": " + p
	}
	return n.mark() + p
}
