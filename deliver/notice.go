package deliver

import (
	"strings"
	"time"

	"vedette"
	"vedette/deliver/words"
)

// Notice is what is to be told to everyone who shares a variant.
type Notice struct {
	Update     *vedette.Update
	Variant    vedette.Variant
	Org        string                                          // the organisation's name
	Cause      vedette.Cause                                   // why it is told now; "" and published say nothing of it
	Correction *Correction                                     // nil unless the update corrects or cancels another
	Gone       bool                                            // they were told of the situation before, and nothing of this concerns them
	Late       *Late                                           // nil where it is sent when it was to be
	Others     []*vedette.Update                               // whose lines Variant.Others names
	AreaName   func(id vedette.AreaID, language string) string // what it is called there; nil: ids are shown
	PageURL    string                                          // the whole update, "" for no link
	Language   string                                          // BCP 47, of whoever is told: the frame is in it where there is a table, else in English
	Discreet   bool                                            // say only what to do: no organisation, reason, risk or names
	Unreviewed bool                                            // say short forms of actions that nobody who speaks the language has reviewed
}

// Languages are those that people are told in, by their tags.
func Languages() []string { return words.Languages() }

// LanguageName is what a language is called in English, its tag where there is no table.
func LanguageName(tag string) string { return words.Name(tag) }

// words are those of the frame.
func (n Notice) words() *words.Table { return words.In(n.Language) }

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
	Return   string // names the delivery in a mail that comes back, "" for none
	ReplyURL string // the page with the three buttons, "" for none
	Because  string // why they get it, in words, never empty: "you are based in Basra, Iraq"
	Relation vedette.Relation
}

// AdviceText is the wording of one line of the variant: the status mark,
// then what the line depends on (audience, trip, nearness), then the
// report's own words, whole. It is what a mail shows after the bullet.
func (n Notice) AdviceText(l vedette.NoticeLine) (string, error) {
	a, err := n.adviceLine(l)
	return a.wording(n.words()), err
}

// adviceLine is one advice as it is shown: our opening, the report's words.
// Language is that of the text, "" for a report's words.
type adviceLine struct{ Opening, Text, Language string }

// wording is an advice as a plain text shows it. Where nothing of ours stands
// before it, it has its own direction.
func (a adviceLine) wording(w *words.Table) string {
	if a.Opening == "" {
		return a.Text
	}
	return a.Opening + w.Isolate(a.Text)
}

func (n Notice) adviceLine(l vedette.NoticeLine) (adviceLine, error) {
	a, err := n.advice(l)
	if err != nil {
		return adviceLine{}, err
	}
	text, language := n.says(l, a)
	return adviceLine{n.mark() + n.opening(l, a), text, language}, nil
}

// opening says what a line depends on, before the report's own words.
func (n Notice) opening(l vedette.NoticeLine, a *vedette.Advice) string {
	w, area := n.words(), n.where(l)
	if area == "" {
		area = n.place()
	}
	out := declared(w, l)
	if at, ok := n.ended(l); ok {
		out = w.Say("open.ended", n.time(at))
	}
	// Whom it is for stands first; most reports say so themselves.
	if who := Clean(a.Audience); l.Asks && who != "" && !strings.HasPrefix(Clean(a.Text), who) {
		out += w.Say("open.one_of", w.Isolate(who))
	}
	if l.Trip {
		out += w.Say("open.trip", w.Isolate(area))
	}
	if l.MayBe {
		out += w.Say("open.near", w.Isolate(area))
	}
	return out
}

// declared says what a declared condition makes of a line.
func declared(w *words.Table, l vedette.NoticeLine) string {
	switch {
	case l.Cleared:
		return w.Say("open.cleared")
	case l.Suspended:
		return w.Say("open.suspended")
	case l.Met:
		return w.Say("open.met")
	}
	return ""
}

// Subject is the notice in one line: status mark, risk of their area, place,
// headline. The headline is cut to at most max characters.
func (n Notice) Subject(max int) string {
	w := n.words()
	head, _ := n.head()
	word, _ := n.word()
	if n.Correction != nil && n.Correction.Cancels == "" {
		word = w.Say("head.correction") + w.Say("colon") + word
	}
	if n.over() {
		word = w.Say("head.late") + w.Say("colon") + word
	}
	place := n.place()
	if place != "" {
		place = w.Say("comma") + w.Isolate(place)
	}
	return n.mark() + n.reminder() + word + place + w.Say("colon") + w.Isolate(cut(head, max))
}

// reminder is "Reminder: " before what they were told already and have not
// answered.
func (n Notice) reminder() string {
	if n.Cause != vedette.CauseReminder {
		return ""
	}
	return n.words().Say("head.reminder") + n.words().Say("colon")
}

// word is what the notice is, first of all: the risk of their area, or that
// it ends what they were told, with the risk it is coloured by.
func (n Notice) word() (string, vedette.Risk) {
	w := n.words()
	switch {
	case n.cancels() != "":
		return w.Say("head." + string(n.cancels())), vedette.RiskUnknown
	case n.clears():
		return w.Say("head.all_clear"), vedette.RiskUnknown
	case n.asks():
		return w.Say("answer"), vedette.RiskUnknown
	case n.withdrawn():
		return w.Say("head.not_here"), vedette.RiskUnknown
	}
	return w.Say("risk." + n.Variant.Risk.String()), n.Variant.Risk
}

// cancels says how it ends the word of an update, "" where it does not.
func (n Notice) cancels() vedette.Cancel {
	if n.Correction == nil {
		return ""
	}
	return n.Correction.Cancels
}

// withdrawn says whether it tells somebody, whom nothing of it concerns, that
// what an earlier update of it told them no longer stands.
func (n Notice) withdrawn() bool {
	return n.Correction == nil && n.Gone && !n.clears() && !n.asks()
}

// mark is "EXERCISE " or "TEST ", "" when it is real.
func (n Notice) mark() string {
	if m := n.status(); m != "" {
		return m + " "
	}
	return ""
}

// marked is a report's own text with the status mark before it.
func (n Notice) marked(text string) string {
	if n.status() == "" {
		return text
	}
	return n.mark() + n.words().Isolate(text)
}

// status is the mark alone.
func (n Notice) status() string {
	return n.words().Say("mark." + strings.ToLower(n.Update.Status.Mark()))
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

// place names what it is told for: where they are or will be, the area of an
// all-clear; what the update is about where that is not known.
func (n Notice) place() string { return n.named(n.places()) }

// placed names where they are or will be.
func (n Notice) placed() string { return n.named(n.Variant.Areas) }

func (n Notice) named(ids []vedette.AreaID) string {
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
	return n.listed(names)
}

// listed joins names, the first few of many.
func (n Notice) listed(names []string) string {
	w := n.words()
	for i := range names {
		names[i] = w.Isolate(names[i])
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	case 2:
		return w.Say("and", names[0], names[1])
	}
	return w.Say("and_more", names[0]+w.Say("comma")+names[1], len(names)-2)
}

// where names what a line is for: an area, or what its update draws.
func (n Notice) where(l vedette.NoticeLine) string {
	if u := n.update(l.Update); l.Area == "" && u != nil {
		return n.listed(drawn(u))
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
	if name := Clean(n.AreaName(id, n.words().Language)); name != "" {
		return name
	}
	return Clean(string(id))
}

// posture is the strongest travel advice in plain words, "" for none.
func (n Notice) posture() string {
	w := n.words()
	p := w.Say("posture." + string(n.Variant.Posture))
	if p == "" {
		return ""
	}
	name := n.area(n.Variant.Area)
	if n.Variant.Area == "" {
		name = n.listed(drawn(n.Update))
	}
	if name != "" {
		p = w.Isolate(name) + w.Say("colon") + p
	}
	return n.mark() + p
}
