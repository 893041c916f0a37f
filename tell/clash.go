package tell

import (
	"cmp"
	"slices"

	"vedette"
	"vedette/advise"
	"vedette/match"
)

// Clashes gives the trips of somebody that clash with what applies to them, as
// Of does: they alone differ between people whose trips go to the same grounds
// at other times.
func (t *Telling) Clashes(who *advise.Person, a advise.Advised) []vedette.Clash {
	return t.clashes(who, a.Variant.Lines)
}

// clashes gives the trips of somebody that go where advice which applies to
// them says not to: of each place of a trip the strongest, in the order of
// their dates. What is not for them, waits for a condition, or is set aside by
// one that is met, is none.
func (t *Telling) clashes(who *advise.Person, lines []vedette.NoticeLine) (out []vedette.Clash) {
	for _, c := range t.Rule.Clashes(who.Presences, t.Now) {
		i := slices.IndexFunc(lines, func(l vedette.NoticeLine) bool { return l.Update == "" && l.Group == c.Group && l.Item == c.Item })
		if i < 0 || lines[i].Suspended || c.Waits && !lines[i].Met {
			continue
		}
		out = strongest(out, clash(&c, &lines[i]))
	}
	slices.SortStableFunc(out, func(a, b vedette.Clash) int {
		return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To), cmp.Compare(a.Area, b.Area))
	})
	return out
}

func clash(c *match.Clash, l *vedette.NoticeLine) vedette.Clash {
	out := vedette.Clash{Area: c.Presence.Area, From: c.Presence.From, To: c.Presence.To, Leg: c.Presence.Because == vedette.BecauseLeg,
		Action: c.Action, Target: c.Area, MayBe: c.Relation == vedette.RelationMayBe, Asks: l.Asks, Group: c.Group, Item: c.Item}
	if c.Shape != nil {
		out.Shape = c.Shape.Name
	}
	return out
}

// strongest adds a clash, or puts it in the place of a weaker one of the same
// place and dates.
func strongest(list []vedette.Clash, c vedette.Clash) []vedette.Clash {
	for i := range list {
		o := &list[i]
		if o.Area != c.Area || !o.From.Equal(c.From) || !o.To.Equal(c.To) {
			continue
		}
		if sure := !c.MayBe && o.MayBe; sure || c.MayBe == o.MayBe && c.Action.Posture() > o.Action.Posture() {
			*o = c
		}
		return list
	}
	return append(list, c)
}

// ToldClashes is what somebody's manager was told last in the situation.
type ToldClashes struct {
	Clashes []vedette.Clash       // none where it was said that there is none any more
	State   vedette.DeliveryState // of the delivery that got furthest, "" where there is no address
}

// reached says that the word went out, as far as is known.
func (l *ToldClashes) reached() bool {
	switch l.State {
	case "", vedette.DeliveryFailed, vedette.DeliveryWithheld, vedette.DeliveryUnknown:
		return false
	}
	return true
}

// Superior says whether somebody's manager hears of their trips that clash;
// last is what they were told last in the situation, nil for nothing. Looking
// is the way back: somebody changed, not the desk's word.
//
// They hear once of each clash, and again when one is new or another. When
// none is left by the desk's word they hear that, for they hold an old one; a
// trip that is over, or was moved out of it, is no news. Whoever was told
// hears of a correction and of a cancellation whatever is left.
func (t *Telling) Superior(last *ToldClashes, clashes []vedette.Clash, looking bool) bool {
	if last == nil || last.State == vedette.DeliveryWithheld {
		return len(clashes) > 0
	}
	fresh := slices.ContainsFunc(clashes, func(c vedette.Clash) bool {
		return !slices.ContainsFunc(last.Clashes, c.Same)
	})
	switch {
	case fresh:
		return true
	case looking:
		return len(clashes) > 0 && last.State != "" && !last.reached()
	case t.Mode == Published && (t.Update.Corrects != "" || t.Update.Cancels != ""):
		return true
	case len(clashes) == 0:
		return last.reached() && slices.ContainsFunc(last.Clashes, func(c vedette.Clash) bool { return !c.Over(t.Now) })
	}
	return t.Mode == Again || !last.reached()
}
