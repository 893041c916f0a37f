package desk

import (
	"context"
	"slices"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/roster"
	"vedette/store"
	"vedette/wording"
)

// PersonCard is all that is held of somebody.
type PersonCard struct {
	Reached
	Version  string
	Held     map[string]string // field by field
	Where    []vedette.Presence
	Past     []vedette.Presence // over, or ended
	Trips    []vedette.Trip
	Watches  []vedette.Watch
	Notices  []PersonNotice // the newest
	Case     *vedette.Case  // that is not closed, nil for none
	Shut     []Compromised  // when they were held to be compromised
	Superior *roster.Superior
	Ask      wording.Said // whom to ask who they are, nothing where whoever looks may know it
}

// PersonNotice is what somebody was told of an update.
type PersonNotice struct {
	store.PersonNotice
	Title string
}

// noticesShown is how many of the newest notices a card has.
const noticesShown = 20

// PersonCard gives all that is held of somebody who is there.
func (d *Desk) PersonCard(ctx context.Context, id vedette.ID) (*PersonCard, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	sp, err := d.sealed(ctx, id)
	if err != nil {
		return nil, err
	}
	c := &PersonCard{Version: versionOf(&sp)}
	list, err := d.reachedNow(ctx, []int64{sp.Key}, DefaultWithin)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, vedette.Errorf(vedette.CodeNotFound, "they are not among the people any more: they were erased just now")
	}
	c.Reached = list[0]
	known := d.open(ctx, &sp)
	c.Where, c.Past = parted(known.Presence, d.Now())
	if known.Veiled {
		c.Ask = d.askWhom(ctx)
		return c, d.cardHistory(ctx, c)
	}
	c.Held = d.fieldsOf(&known)
	if err := d.cardFacts(ctx, c); err != nil {
		return nil, err
	}
	return c, d.cardHistory(ctx, c)
}

// parted parts where somebody is held to be, now or later, from what is over.
func parted(ps []vedette.Presence, now time.Time) (stand, past []vedette.Presence) {
	stand = standing(ps, now)
	for _, p := range ps {
		if !p.Covers(now) && !p.Ahead(now) {
			past = append(past, p)
		}
	}
	slices.SortStableFunc(past, func(a, b vedette.Presence) int { return b.From.Compare(a.From) })
	return stand, past
}

// cardFacts adds trips, watches, and who their manager is.
func (d *Desk) cardFacts(ctx context.Context, c *PersonCard) (err error) {
	p := &c.Person
	if p.Broken {
		return nil
	}
	if c.Trips, err = d.Trips(ctx, string(p.ID)); err != nil {
		return err
	}
	slices.SortStableFunc(c.Trips, func(a, b vedette.Trip) int { return tripBegins(&b).Compare(tripBegins(&a)) })
	if c.Watches, err = d.Watches(ctx, string(p.ID)); err != nil {
		return err
	}
	s, named, err := d.people.Superior(ctx, &p.Record)
	if named {
		c.Superior = &s
	}
	return err
}

// tripBegins is when a trip takes somebody anywhere first.
func tripBegins(t *vedette.Trip) time.Time {
	var at time.Time
	for _, s := range t.Stays {
		if at.IsZero() || s.From.Before(at) {
			at = s.From
		}
	}
	for _, l := range t.Legs {
		if at.IsZero() || l.Departs.Before(at) {
			at = l.Departs
		}
	}
	return at
}

// cardHistory adds what they were told, and what became of them.
func (d *Desk) cardHistory(ctx context.Context, c *PersonCard) error {
	list, err := d.rows.NoticesOf(ctx, c.Person.Key, noticesShown)
	if err != nil {
		return err
	}
	for _, n := range list {
		u, err := d.rows.Update(ctx, n.Update)
		if err != nil {
			return err
		}
		c.Notices = append(c.Notices, PersonNotice{n, headlineOf(u)})
	}
	open, _, has, err := d.rows.CaseOfPerson(ctx, c.Person.Key)
	if has {
		c.Case = &open
	}
	if err != nil {
		return err
	}
	c.Shut, err = d.CompromisesOf(ctx, &c.Person)
	return err
}

// headlineOf is what an update is called in a list.
func headlineOf(u *vedette.Update) string {
	for _, s := range []string{u.Content.Headline, u.Content.Title, u.Situation.Title} {
		if s != "" {
			return s
		}
	}
	return "update"
}
