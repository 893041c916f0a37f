package desk

import (
	"slices"

	"vedette"
	"vedette/store"
	"vedette/wish"
	"vedette/wording"
)

// Wished counts, of those who are told, whom it reaches later or by one channel
// after the other, for it merely informs them and they wish so.
type Wished struct {
	Digest, Quiet, Order int
	More                 bool // not all who have a wish were looked at
}

// mostWishing bounds the people looked at one by one.
const mostWishing = 100_000

// wished goes through those who have a wish, as the fan-out will.
func (c *census) wished() (w Wished) {
	var keys []int64
	keys, w.More = c.people.Wishing(mostWishing)
	for _, key := range keys {
		who, f, there := c.people.Person(key)
		if !there {
			continue
		}
		out := c.record.Of(who, c.people.Watches(key), c.record.Held(key))
		shapes := wish.Shapes(c.record.Update, &out.Advised.Variant)
		if out.Tell && (shapes || out.Digest) {
			zones := wish.Zones(c.d.Gaz, who.Presences, c.now)
			mailed := slices.ContainsFunc(f.Slots, func(s store.Slot) bool { return s.Channel == vedette.ChannelEmail })
			_, placed := wish.Next(f.Wishes.Digest, zones, c.now)
			_, quiet := wish.Until(f.Wishes.Quiet, zones, c.now)
			switch {
			case f.Wishes.Digest > 0 && mailed && placed && (out.Digest || vedette.Gathers(out.Advised.Variant.Risk)):
				w.Digest++
			case !shapes:
			case quiet:
				w.Quiet++
			case f.Wishes.Order != "" && len(f.Slots) > 1:
				w.Order++
			}
		}
	}
	return w
}

// Words say it in English.
func (w Wished) Words() string { return w.Says().String() }

// Says is it in a line, nothing where there is nobody.
func (w Wished) Says() (s wording.Said) {
	for _, x := range []struct {
		n    int
		says wording.Said
	}{
		{w.Digest, wording.Of("%d in their digest", w.Digest)}, {w.Quiet, wording.Of("%d when their quiet hours end", w.Quiet)},
		{w.Order, wording.Of("%d over one channel first, and the next if that does not reach them", w.Order)},
	} {
		if x.n > 0 {
			s = s.Then(x.says)
		}
	}
	if s.Nothing() {
		return s
	}
	s = wording.Of("of them, as they wish: %s", s)
	if w.More {
		s = s.Then(wording.Of("at least: not all who have a wish were counted"))
	}
	return s
}
