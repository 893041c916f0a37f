// Package tell decides for each person whether they are told of an update,
// what applies to them, and why: the one decision that preview, fan-out, the
// way back and "why" all take.
package tell

import (
	"sync"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/advise/news"
	"vedette/advise/until"
	"vedette/gazetteer"
	"vedette/match"
)

// Given is what a telling goes by besides the people.
type Given struct {
	Update   *vedette.Update
	Declared []vedette.Declared // the conditions of the update
	Clears   []*vedette.Update  // all-clears in force
	Others   []*advise.Prepared // what else stands, of any status and situation
	Drawing  []*match.Prepared  // those of them that draw shapes
	Board    []vedette.Posture
	Settings vedette.Settings
	Mode     Mode
	Now      time.Time
}

// Mode is why an update is told.
type Mode int8

// The modes.
const (
	Published Mode = iota // for the first time
	Changed               // a condition was declared: only those hear for whom it changes something
	Again                 // the desk tells everyone concerned once more
)

// Held is somebody's last notice in the update's situation; of an all-clear, in
// those that it is of.
type Held struct {
	Told   *news.Told // what it told them; of the question of a roll-call nil: they are a member
	Heard  news.Heard
	Warned bool // of an all-clear: they had an immediate warning for its area
	Digest bool // of an all-clear: all they have of what it ends is in their digests
}

// Outcome is what an update comes to for one person.
type Outcome struct {
	Relation vedette.Relation
	Advised  advise.Advised
	News     vedette.News
	Tell     bool
	Fresh    bool            // something of it is new for them beside their last notice of the situation
	Reason   string          // why told or not, in words
	Drawn    []advise.Drawn  // what is drawn where they are, of anything that stands
	Clashes  []vedette.Clash // trips of theirs to where it says not to go
	Digest   bool            // it belongs in their digest, as what it ends did
}

// Telling is an update made ready to be decided for many people. It is safe
// for concurrent use.
type Telling struct {
	Given
	Rule *match.Prepared
	own  *advise.Prepared

	g    *gazetteer.Gazetteer
	over *advise.Standing
	says *says
}

// says is what each variant of the update tells, worked out once.
type says struct {
	mu sync.Mutex
	of map[string]*news.Told // by the variant's key
}

func (t *Telling) told(a *advise.Advised) *news.Told {
	t.says.mu.Lock()
	defer t.says.mu.Unlock()
	told := t.says.of[a.Key]
	if told == nil {
		told = news.Tell(t.g, t.Update, a.Variant)
		t.says.of[a.Key] = told
	}
	return told
}

// Prepare makes a telling ready. Advice that has ended by then tells nothing;
// until.Next says for how long that holds.
func Prepare(g *gazetteer.Gazetteer, in Given) *Telling {
	live := until.Live(g, in.Update, in.Now)
	own := advise.Prepare(g, live, in.Declared, in.Clears...)
	return &Telling{Given: in, g: g, Rule: match.Prepare(g, live, in.Settings), own: own, over: advise.Over(own, in.Others, in.Board),
		says: &says{of: map[string]*news.Told{}}}
}

// At is the same telling at another moment. The two share what was worked out
// for places, which no time changes.
func (t *Telling) At(now time.Time) *Telling {
	as := *t
	as.Now = now
	return &as
}

// Standing is all that stands for the people of the update: itself, and those
// of its status and other situations.
func (t *Telling) Standing() []*advise.Prepared {
	out := []*advise.Prepared{t.own}
	for _, o := range t.Others {
		if u := o.Update(); u.Status == t.Update.Status && u.ID != t.Update.ID && (t.Update.Situation.ID == "" || u.Situation.ID != t.Update.Situation.ID) {
			out = append(out, o)
		}
	}
	return out
}

// Of decides for one person. held is their last notice of the situation, nil
// for none.
func (t *Telling) Of(who advise.Person, watches []vedette.Watch, held *Held) Outcome {
	o := Outcome{Relation: vedette.RelationOut}
	if t.Update.Cancels == "" {
		o.Relation = t.Rule.Relation(who.Presences, watches, t.Now)
	}
	switch {
	case o.Relation != vedette.RelationOut:
		who.Drawn = t.drawn(who.Presences)
		o.Drawn = who.Drawn
		o.Advised = t.advised(who, o.Relation)
		o.Clashes = t.clashes(&who, o.Advised.Variant.Lines)
	case held == nil:
		o.News, o.Reason = vedette.NewsUnchanged, "nothing of it concerns them"
		return o
	default: // what else stands where they are, so that it does not read as an all-clear
		who.Drawn = t.drawn(who.Presences)
		v := vedette.Variant{Others: t.over.For(who, t.Now).Variant.Others}
		o.Advised = advise.Advised{Variant: v, Key: advise.Key(v)}
	}
	t.judge(&who, &o, held)
	return o
}

// drawn gives what is drawn where somebody is, by the update and by what else
// stands.
func (t *Telling) drawn(ps []vedette.Presence) []advise.Drawn {
	out := Drawn(t.Rule, ps, t.Now)
	for _, rule := range t.Drawing {
		if rule.Update().ID != t.Update.ID {
			out = append(out, Drawn(rule, ps, t.Now)...)
		}
	}
	return out
}

// Drawn gives what of an update's shapes is drawn where somebody is.
func Drawn(rule *match.Prepared, ps []vedette.Presence, now time.Time) (out []advise.Drawn) {
	u := rule.Update()
	if len(u.Shapes) == 0 {
		return nil
	}
	for i := range ps {
		d := rule.Drawn(ps, i, now)
		if d.Relation != vedette.RelationOut && ps[i].Area != "" {
			out = append(out, advise.Drawn{Update: u.ID, Area: ps[i].Area, MayBe: d.Relation == vedette.RelationMayBe, Ahead: d.Ahead, Risk: d.Risk, Own: !d.Bare})
		}
	}
	return out
}

// judge says whether somebody hears of it.
func (t *Telling) judge(who *advise.Person, o *Outcome, held *Held) {
	switch {
	case t.Update.Clears != nil:
		t.clear(o, held)
		return
	case t.Update.Asks != "":
		t.asks(o, held)
		return
	case o.Relation == vedette.RelationWatches:
		o.News, o.Tell, o.Reason = vedette.NewsNew, t.Mode != Changed, "they asked to be told"
		if held != nil {
			o.News = vedette.NewsChanged
		}
		return
	case t.Mode == Again && o.Relation != vedette.RelationOut:
		o.News = vedette.NewsUnchanged
		o.Tell, o.Reason = t.tells(who, o)
		return
	case t.Mode == Again:
		o.News, o.Reason = vedette.NewsUnchanged, "nothing of it concerns them any more"
		return
	case held == nil:
		o.News = vedette.NewsNew
		o.Tell, o.Reason = t.tells(who, o)
		return
	}
	after := t.told(&o.Advised)
	o.Fresh, o.Reason = news.Fresh(held.Told, after)
	if t.Mode == Changed {
		o.News, o.Tell = vedette.NewsUnchanged, o.Fresh
		if o.Tell {
			o.News = vedette.NewsChanged
		}
		return
	}
	v := news.Compare(held.Told, after, held.Heard, t.Settings.Review, t.Now)
	o.News, o.Tell, o.Reason = v.News, v.Tell, v.Reason
}

// tells says whether somebody of this relation is told, by the update's own
// urgency and its own risk where they are: what else stands there is told
// besides, and makes this no worse.
func (t *Telling) tells(who *advise.Person, o *Outcome) (bool, string) {
	risk := o.Advised.Variant.Risk
	if own := t.own.For(*who, t.Now).Variant; o.Relation == vedette.RelationMayBe && len(own.Areas) > 0 {
		risk = own.Risk
	}
	told, why := t.Rule.Tells(vedette.Exposure{Relation: o.Relation}, risk, t.Update.Content.Urgency)
	if !told && len(o.Clashes) > 0 {
		return true, "a trip of theirs goes, or may go, where it says not to"
	}
	return told, why
}

// advised is what applies to somebody. Who is concerned by a distance, a shape
// or a watch, where no area of the advice meets them, has no lines; the notice
// says where and how bad.
func (t *Telling) advised(who advise.Person, r vedette.Relation) advise.Advised {
	a := t.over.For(who, t.Now)
	if len(a.Variant.Areas) > 0 {
		return a
	}
	t.place(&a.Variant, &who, r)
	a.Key = advise.Key(a.Variant)
	return a
}

// place says of a variant that no area of the advice meets where it is and how
// bad.
func (t *Telling) place(v *vedette.Variant, who *advise.Person, r vedette.Relation) {
	if r == vedette.RelationWatches {
		for _, p := range t.Update.Content.Affected {
			v.Areas = t.note(v.Areas, p.Area)
		}
		v.Risk = t.Update.Content.Risk
		return
	}
	unknown := false
	for i := range who.Presences {
		pr := who.Presences[i : i+1]
		if t.Rule.Relation(pr, nil, t.Now) == vedette.RelationOut {
			continue
		}
		at := pr[0].Area
		v.Areas = t.note(v.Areas, at)
		risk := t.Update.RiskAt(append([]vedette.AreaID{at}, t.g.Ancestors(at)...))
		v.Risk = max(v.Risk, risk)
		unknown = unknown || risk == vedette.RiskUnknown
	}
	if unknown { // passes every threshold
		v.Risk = vedette.RiskUnknown
	}
}

// note adds the land of an area to a list, once, in order.
func (t *Telling) note(list []vedette.AreaID, id vedette.AreaID) []vedette.AreaID {
	return insert(list, t.g.Land(id))
}

func insert(list []vedette.AreaID, id vedette.AreaID) []vedette.AreaID {
	if id == "" {
		return list
	}
	for i, have := range list {
		switch {
		case have == id:
			return list
		case have > id:
			return append(append(append([]vedette.AreaID{}, list[:i]...), id), list[i:]...)
		}
	}
	return append(append([]vedette.AreaID{}, list...), id)
}
