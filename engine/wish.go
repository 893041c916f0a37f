package engine

import (
	"fmt"
	"slices"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/roster"
	"vedette/tell"
	"vedette/wish"
)

// waits says until when a message waits by its reader's wishes, and why; zero is
// not at all. Only what merely informs does.
func waits(g *gazetteer.Gazetteer, u *vedette.Update, v *vedette.Variant, f *roster.Facts, ps []vedette.Presence, now time.Time) (due time.Time, why string) {
	if f.Wishes.Quiet.IsZero() || !wish.Shapes(u, v) {
		return time.Time{}, ""
	}
	end, quiet := wish.Until(f.Wishes.Quiet, wish.Zones(g, ps, now), now)
	if !quiet {
		return time.Time{}, ""
	}
	return end, fmt.Sprintf("their quiet hours end at %s there, %s", end.Format("15:04"), end.UTC().Format("2 Jan 15:04 UTC"))
}

// ways makes the deliveries of a notice to somebody's addresses, as they wish
// where it merely informs: into their digest, after their quiet hours, over their
// first channel and over the next only if that does not reach them. An
// all-clear goes at once, or into their digest where what it ends did.
func (t *teller) ways(key int64, f *roster.Facts, ps []vedette.Presence, o *tell.Outcome) []vedette.Delivery {
	v := &o.Advised.Variant
	ds := make([]vedette.Delivery, 0, len(f.Slots))
	for _, s := range rung(t.update, v, f.Slots) {
		ds = append(ds, t.delivery(key, s, v.Risk))
	}
	shapes := wish.Shapes(t.update, v)
	if f.Wishes == (vedette.Wishes{}) || len(ds) == 0 || !shapes && !o.Digest {
		return ds
	}
	if o.Digest || vedette.Gathers(v.Risk) {
		if d, ok := t.gathered(f, ps, ds); ok {
			return []vedette.Delivery{d}
		}
	}
	if !shapes {
		return ds
	}
	due, why := waits(t.gaz, t.update, v, f, ps, t.at)
	for i := range ds {
		ds[i].DueAt, ds[i].MeantAt, ds[i].Detail = due, due, why
	}
	if f.Wishes.Order != "" {
		t.oneByOne(f.Wishes.Order, ds)
	}
	return ds
}

// gathered is the delivery of a notice that waits for somebody's digest, which
// is a mail.
func (t *teller) gathered(f *roster.Facts, ps []vedette.Presence, ds []vedette.Delivery) (d vedette.Delivery, ok bool) {
	i := slices.IndexFunc(ds, func(d vedette.Delivery) bool { return d.Channel == vedette.ChannelEmail })
	if f.Wishes.Digest <= 0 || i < 0 {
		return d, false
	}
	at, ok := wish.Next(f.Wishes.Digest, wish.Zones(t.gaz, ps, t.at), t.at)
	if !ok {
		return d, false
	}
	d = ds[i]
	d.Lane, d.DueAt, d.MeantAt = vedette.LaneDigest, at, at
	d.Detail = fmt.Sprintf("it is in their digest at %s there, %s", at.Format("15:04"), at.UTC().Format("2 Jan 15:04 UTC"))
	return d, true
}

// oneByOne lets each channel but the first wait for what becomes of the one
// before it.
func (t *teller) oneByOne(order vedette.Order, ds []vedette.Delivery) {
	slices.SortStableFunc(ds, func(a, b vedette.Delivery) int { return order.Compare(a.Channel, b.Channel) })
	due := ds[0].DueAt
	if due.IsZero() {
		due = t.at
	}
	for i := 1; i < len(ds); i++ {
		d := &ds[i]
		if d.Channel == ds[i-1].Channel { // another address of it
			d.DueAt, d.MeantAt, d.Held, d.Detail = ds[i-1].DueAt, ds[i-1].MeantAt, ds[i-1].Held, ds[i-1].Detail
			continue
		}
		due = due.Add(t.settings.NextAfter())
		d.DueAt, d.MeantAt, d.Held = due, due, true
		d.Detail = fmt.Sprintf("goes if they are not reached over %s before, at %s", ds[i-1].Channel, due.UTC().Format("2 Jan 15:04 UTC"))
	}
}
