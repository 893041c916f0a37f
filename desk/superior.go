package desk

import (
	"context"
	"slices"

	"vedette"
	"vedette/auth/rights"
	"vedette/roster"
	"vedette/store"
	"vedette/wording"
)

// ClashManager is the manager of somebody whose trip clashes, as the preview
// names them.
type ClashManager struct {
	Clash
	Traveller string
	Place     string // where the trip goes, with its country
	Own       bool   // the traveller is their own manager
	Named     bool   // the record names another
	Manager   roster.Superior
}

// Reached says whether somebody who is responsible hears of the trip.
func (c *ClashManager) Reached() bool { return c.Own || c.Manager.Email != "" }

// Words say it in English.
func (c *ClashManager) Words() string { return c.Says().String() }

// Says is whether their manager is told.
func (c *ClashManager) Says() wording.Said {
	switch {
	case c.Own:
		return wording.Of("their own manager")
	case !c.Named:
		return wording.Of("no manager on record")
	case c.Reached():
		return wording.Of("manager told too: %s", c.Manager.Called())
	}
	return wording.Of("manager not reached: %s (%s)", c.Manager.Name, c.Manager.Why)
}

// ClashManagers are the managers of those whose trips clash.
type ClashManagers struct {
	Some []ClashManager // a few, those of whom no manager is reached first
	Lost int            // trips of whose travellers no manager is reached
}

// ClashManagers finds the managers of those whose trips clash: each would be
// told, but for whoever has no address. It names no more than so many of them,
// a few, and of those by name alone looks up all.
func (d *Desk) ClashManagers(ctx context.Context, list *Clashes, most int) (out ClashManagers, err error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return ClashManagers{}, err
	}
	out.Lost = list.Lost
	byName, err := d.clashManagers(ctx, list.Named)
	if err != nil {
		return out, err
	}
	var reached []ClashManager
	if out.Some, err = d.clashManagers(ctx, list.Alone[:min(len(list.Alone), most)]); err != nil {
		return out, err
	}
	for _, m := range byName {
		if m.Reached() {
			reached = append(reached, m)
			continue
		}
		out.Lost++
		out.Some = append(out.Some, m)
	}
	more, err := d.clashManagers(ctx, list.Led[:min(len(list.Led), max(most-len(out.Some), 0))])
	out.Some = append(append(out.Some, reached...), more...)
	out.Some = out.Some[:min(len(out.Some), most)]
	return out, err
}

// clashPage is of how many people managers are looked up at a time.
const clashPage = 1000

func (d *Desk) clashManagers(ctx context.Context, list []Clash) (out []ClashManager, err error) {
	for page := range slices.Chunk(list, clashPage) {
		keys := make([]int64, len(page))
		for i := range page {
			keys[i] = page[i].Key
		}
		people, err := d.rows.PersonsByKey(ctx, keys)
		if err != nil {
			return nil, err
		}
		for _, c := range page {
			sp, ok := people[c.Key]
			if !ok {
				continue // left, or was erased, meanwhile
			}
			p, shown := d.unveiled(&sp), d.open(ctx, &sp)
			m := ClashManager{Clash: c, Traveller: shown.Record.Name, Place: d.placeName(c.Trip.Area), Own: p.Record.Led() == vedette.LedByThemselves}
			if m.Manager, m.Named, err = d.people.Superior(ctx, &p.Record); err != nil {
				return nil, err
			}
			if shown.Veiled { // whose manager somebody is says who they are
				m.Manager = roster.Superior{Name: notShown, Email: hushed(&shown, m.Manager.Email), Why: hushed(&shown, m.Manager.Why)}
			}
			out = append(out, m)
		}
	}
	return out, nil
}

// ToldManager is what the manager of a traveller was told last of an update.
type ToldManager struct {
	Traveller vedette.Person
	Manager   string // name, or the address where that is all that is known
	Clashes   []vedette.Clash
	Gone      bool // they were told that no clash is left
	Rounds    int
	store.SuperiorTold
}

// ToldManagers lists whose managers were told of an update, by traveller.
func (d *Desk) ToldManagers(ctx context.Context, id vedette.ID) ([]ToldManager, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	u, err := d.Update(ctx, id)
	if err != nil {
		return nil, err
	}
	return d.toldManagers(ctx, u.Key, 0)
}

// toldManagers is ToldManagers for one traveller, or with 0 for all.
func (d *Desk) toldManagers(ctx context.Context, update, traveller int64) ([]ToldManager, error) {
	told, err := d.rows.SuperiorsOf(ctx, update)
	if err != nil {
		return nil, err
	}
	var keys []int64
	for _, t := range told {
		keys = append(keys, t.Person)
	}
	people, err := d.rows.PersonsByKey(ctx, keys)
	if err != nil {
		return nil, err
	}
	var out []ToldManager
	for i := range told { // the newest of a superior is the last
		t := &told[i]
		if i+1 < len(told) && told[i+1].Key == t.Key || traveller != 0 && t.Person != traveller {
			continue
		}
		sp, ok := people[t.Person]
		if !ok {
			sp = store.SealedPerson{Key: t.Person, Erased: true}
		}
		out = append(out, d.toldManager(ctx, &sp, t))
	}
	return out, nil
}

func (d *Desk) toldManager(ctx context.Context, sp *store.SealedPerson, t *store.SuperiorTold) ToldManager {
	m := ToldManager{Traveller: d.open(ctx, sp), Manager: unreadable, Gone: t.Gone, Rounds: t.Round, SuperiorTold: *t}
	if sp.Erased {
		m.Manager = "(erased)"
		return m
	}
	pk, err := d.Key.Unwrap(sp.ID, sp.WrappedKey)
	if err != nil {
		return m
	}
	if s, err := roster.OpenSuperior(pk, t); err == nil {
		m.Manager = hushed(&m.Traveller, s.Called())
	}
	m.Detail = hushed(&m.Traveller, m.Detail)
	m.Clashes, _ = roster.OpenClashes(pk, t) // without them the row still says that somebody was told
	return m
}
