package desk

import (
	"context"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/roster"
	"vedette/store"
)

// Marks are what people of a list are told apart by.
type Marks = roster.Marks

// The marks of the roster, by the desk's name.
const (
	MarkNoAddress  = roster.MarkNoAddress
	MarkBlocked    = roster.MarkBlocked
	MarkDiscreet   = roster.MarkDiscreet
	MarkCoarse     = roster.MarkCoarse
	MarkBroken     = roster.MarkBroken
	MarkRestricted = roster.MarkRestricted
)

// The orders of a list of people.
const (
	ByName  = roster.ByName
	ByWhere = roster.ByWhere
	ByReach = roster.ByReach
)

// Wanted says who is wanted of all people.
type Wanted = roster.Wanted

// PeopleQuery says which people a list shows, and which page of it.
type PeopleQuery struct {
	Wanted
	Shut bool // those alone who are held to be compromised
}

// PeoplePage is a page of a list of people.
type PeoplePage struct {
	Rows []PersonRow
	Of   int // in all, of those that are wanted
	All  int // people there are
}

// PersonRow is somebody in a list.
type PersonRow struct {
	Reached
	Shut string // that they are compromised, in words; "" where they are not
}

// ListPeople gives a page of the people. Names and addresses are looked for in
// memory; the records of those it shows alone are opened.
func (d *Desk) ListPeople(ctx context.Context, q PeopleQuery) (*PeoplePage, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	r, err := d.people.Register(ctx)
	if err != nil {
		return nil, err
	}
	shut, err := d.shutNow(ctx)
	if err != nil {
		return nil, err
	}
	if q.Shut {
		q.Only = map[int64]bool{}
		for key := range shut {
			q.Only[key] = true
		}
	}
	q.Veiled = !knowsAll(ctx)
	keys, of := r.Find(q.Wanted)
	page := &PeoplePage{Of: of, All: r.Len()}
	list, err := d.reachedNow(ctx, keys, DefaultWithin)
	for _, one := range list {
		page.Rows = append(page.Rows, PersonRow{one, shut[one.Person.Key].String()})
	}
	return page, err
}

// reachedNow says how some people are reached, in the order they are asked for.
func (d *Desk) reachedNow(ctx context.Context, keys []int64, within time.Duration) ([]Reached, error) {
	known, err := d.reachKnown(ctx, keys)
	if err != nil {
		return nil, err
	}
	return d.reachedBy(ctx, keys, known, within, d.Now())
}

// PeopleCounts are the numbers of a house: people, and what is amiss with some.
type PeopleCounts struct {
	People, NoAddress, Blocked, Broken int
	Restricted                         int
	Trips                              int // that are not over
	AtSites                            map[string]int
}

// CountPeople counts them.
func (d *Desk) CountPeople(ctx context.Context) (c PeopleCounts, err error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return PeopleCounts{}, err
	}
	r, err := d.people.Register(ctx)
	if err != nil {
		return c, err
	}
	c = PeopleCounts{People: r.Len(), NoAddress: r.Count(MarkNoAddress), Blocked: r.Count(MarkBlocked), Broken: r.Count(MarkBroken), Restricted: r.Count(MarkRestricted), AtSites: r.AtSites()}
	now := d.Now()
	for _, j := range r.Journeys() {
		if !j.Over(now) {
			c.Trips++
		}
	}
	return c, nil
}

// mailOwners gives those whose record names a mail address, by key.
func (d *Desk) mailOwners(ctx context.Context, mail string) (map[int64]store.SealedPerson, error) {
	r, err := d.people.Register(ctx)
	if err != nil {
		return nil, err
	}
	keys, _ := r.Find(roster.Wanted{Words: mail, Number: 50})
	found, err := d.rows.PersonsByKey(ctx, keys)
	for key, sp := range found {
		if p := d.unveiled(&sp); !vedette.SameName(p.Record.Email(), mail) {
			delete(found, key)
		}
	}
	return found, err
}
