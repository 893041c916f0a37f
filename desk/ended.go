package desk

import (
	"context"
	"slices"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/advise/until"
	"vedette/wording"
)

// EndedAdvice is advice of a draft that ended before it was published: it is
// told to nobody.
type EndedAdvice struct {
	vedette.Advice
	At   time.Time
	Says wording.Said // "ended at 6 Feb 2026 21:00 UTC"
}

func (d *Desk) ended(u *vedette.Update, now time.Time) (out []EndedAdvice) {
	for gi := range u.Content.Recommendations {
		for ai, a := range u.Content.Recommendations[gi].Advice {
			if end, ok := until.End(d.Gaz, u, gi, ai); ok && !end.After(now) {
				out = append(out, EndedAdvice{a, end, until.Says(end)})
			}
		}
	}
	return out
}

// clearedBy gives the all-clears in force of an update that were given by a
// moment.
func (d *Desk) clearedBy(ctx context.Context, u *vedette.Update, at time.Time) ([]*vedette.Update, error) {
	all, err := d.AllClearsOf(ctx, u)
	return slices.DeleteFunc(all, func(c *vedette.Update) bool { return c.PublishedAt.After(at) }), err
}

// advisedThen is what applied to somebody at the moment that is asked about;
// what would have applied, had it not ended, is among what was kept from them.
func (d *Desk) advisedThen(w *Why, declared []vedette.Declared, clears []*vedette.Update, who advise.Person) advise.Advised {
	live := until.Live(d.Gaz, w.Update, w.AsOf)
	now := advise.Prepare(d.Gaz, live, declared, clears...).For(who, w.AsOf)
	if live == w.Update {
		return now
	}
	now.Withheld = slices.Clone(now.Withheld) // shared
	for _, l := range advise.For(d.Gaz, w.Update, declared, who, w.AsOf).Variant.Lines {
		if end, ok := until.End(d.Gaz, w.Update, l.Group, l.Item); ok && !end.After(w.AsOf) {
			now.Withheld = append(now.Withheld, advise.Withheld{Group: l.Group, Item: l.Item, Reason: wording.Of("it ended at %s", wording.Minute(end))})
		}
	}
	return now
}
