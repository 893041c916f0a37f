package desk

import (
	"context"
	"fmt"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/match"
)

// RollcallOrder says of whom a roll-call is: everyone in any of its places or
// concerned by its update, and whoever is named.
type RollcallOrder struct {
	Areas   []vedette.AreaID
	Shapes  []vedette.Shape
	Update  vedette.ID // "" for none
	Persons []string   // by name, e-mail address or id
	Title   string     // "" is made of the above
	Status  vedette.Status
	By      string
}

// OpenRollcall opens a roll-call of who is there now. Nobody is written to by
// it: about an update they were told, without one they are to be called.
func (d *Desk) OpenRollcall(ctx context.Context, o RollcallOrder) (*Roll, error) {
	if err := d.asks(&ctx, rights.Account); err != nil {
		return nil, err
	}
	by, err := named(o.By)
	if err != nil {
		return nil, err
	}
	now := d.Now()
	c := vedette.Rollcall{ID: vedette.NewID(now), Status: o.Status, Areas: o.Areas, Update: o.Update, OpenedAt: now, OpenedBy: by}
	if c.Shapes, err = d.drawn(o.Shapes); err != nil {
		return nil, err
	}
	first := vedette.RollRound{No: 1, At: now, Asked: now, By: by}
	var u *vedette.Update
	if o.Update != "" {
		if u, err = d.rollUpdate(ctx, o.Update); err != nil {
			return nil, err
		}
		// What it asks was asked by the update itself.
		c.Status, first.Asked, first.Told = u.Status, u.PublishedAt, true
	}
	members, err := d.rollMembers(ctx, &c, u, o.Persons)
	if err != nil {
		return nil, err
	}
	if len(members) == 0 {
		return nil, vedette.Errorf(vedette.CodeInvalid, "nobody is there, or may be there, as far as is recorded: there is nobody to ask for; see `vedette who`")
	}
	if c.Title = strings.Join(strings.Fields(o.Title), " "); c.Title == "" {
		c.Title = d.rollTitle(&c, u, len(o.Persons))
	}
	if err := c.Validate(); err != nil {
		return nil, err
	}
	if err := d.rows.OpenRollcall(ctx, c, members, first); err != nil {
		return nil, err
	}
	return d.Rollcall(ctx, c.ID)
}

// rollUpdate gives the update that a roll-call is to be about.
func (d *Desk) rollUpdate(ctx context.Context, id vedette.ID) (*vedette.Update, error) {
	u, err := d.Update(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case u.State == vedette.UpdateDraft:
		return nil, vedette.Errorf(vedette.CodeConflict, "update %s is a draft: nobody was told of it; publish it, or open the roll-call by its areas", id)
	}
	return u, nil
}

// rollTitle calls a roll-call by what it is of.
func (d *Desk) rollTitle(c *vedette.Rollcall, u *vedette.Update, named int) string {
	var parts []string
	if u != nil {
		parts = append(parts, u.Content.Headline)
	}
	for _, a := range c.Areas {
		parts = append(parts, d.placeName(a))
	}
	for i := range c.Shapes {
		parts = append(parts, c.Shapes[i].Name)
	}
	if named == 1 {
		parts = append(parts, "one person by name")
	} else if named > 1 {
		parts = append(parts, fmt.Sprintf("%d people by name", named))
	}
	title := []rune(strings.Join(strings.Fields(strings.Join(parts, "; ")), " "))
	if len(title) > vedette.MaxTitle {
		title = append(title[:vedette.MaxTitle-1], '…')
	}
	return string(title)
}

// rollMembers finds who is, or may be, in the places of a roll-call or
// concerned by its update now, and those named. Whoever was told of the update
// is of it, wherever they are by now.
func (d *Desk) rollMembers(ctx context.Context, c *vedette.Rollcall, u *vedette.Update, names []string) ([]vedette.RollMember, error) {
	g := gathered{at: map[int64]int{}}
	if len(c.Areas)+len(c.Shapes) > 0 {
		q := WhoQuestion{Areas: c.Areas, Shapes: c.Shapes}
		if err := q.Validate(); err != nil {
			return nil, err
		}
		a, err := d.ask(ctx, q)
		if err != nil {
			return nil, err
		}
		for key := range a.roster.Index.Find(a.find).Persons() {
			ps := a.roster.Presences(key)
			best := StandsOut
			for i := range ps {
				best = max(best, a.stand(ps, i))
			}
			switch best {
			case StandsIn:
				g.add(key, vedette.RelationIn)
			case StandsMayBe:
				g.add(key, vedette.RelationMayBe)
			}
		}
	}
	if u != nil {
		if err := d.gatherConcerned(ctx, u, &g); err != nil {
			return nil, err
		}
	}
	for _, name := range names {
		p, err := d.Person(ctx, name)
		if err != nil {
			return nil, err
		}
		if p.Erased {
			return nil, vedette.Errorf(vedette.CodeInvalid, "%q was erased", name)
		}
		g.add(p.Key, "")
	}
	return g.list, nil
}

// gatherConcerned adds who is concerned by an update now, and who was told.
func (d *Desk) gatherConcerned(ctx context.Context, u *vedette.Update, g *gathered) error {
	r, err := d.people.Current(ctx)
	if err != nil {
		return err
	}
	rule, now := match.Prepare(d.Gaz, u, r.Settings()), d.Now()
	for key := range r.Candidates(rule, now) {
		if rel := rule.Relation(r.Presences(key), nil, now); rel == vedette.RelationIn || rel == vedette.RelationMayBe {
			g.add(key, rel)
		}
	}
	told, err := d.rows.Rows(ctx, u.Key, RowFilter{})
	for _, row := range told {
		if row.Relation == vedette.RelationIn || row.Relation == vedette.RelationMayBe {
			g.add(row.Recipient, row.Relation)
		}
	}
	return err
}

// gathered are members, each once: in before may be in before by name.
type gathered struct {
	list []vedette.RollMember
	at   map[int64]int
}

func (g *gathered) add(key int64, rel vedette.Relation) {
	i, known := g.at[key]
	switch {
	case !known:
		g.at[key], g.list = len(g.list), append(g.list, vedette.RollMember{Person: key, Relation: rel})
	case rel == vedette.RelationIn || g.list[i].Relation == "":
		g.list[i].Relation = rel
	}
}
