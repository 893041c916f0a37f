package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"vedette"
	"vedette/agenda"
	"vedette/archive"
	"vedette/auth/rights"
)

// AreaCard is what is known of a place, but for its people.
type AreaCard struct {
	Place   vedette.Area
	Posture *PostureCard
	Open    []OpenSituation // that concern it, the worst first
	OpenOf  int             // in all
	Updates []*vedette.Update
	Of      int // updates that concern it besides, in all
	Sites   []vedette.Site
	SitesOf int
	Ahead   []vedette.Event // what is announced, the soonest first
	AheadOf int
	Behind  bool // some updates are not on the shelf yet
}

// Bounds of what is told of a place.
const (
	mostOpenHere  = 30
	mostOtherHere = 10
	mostSitesHere = 30
	mostSaidHere  = 200 // updates that are looked through for what is announced
)

// AreaCard gives what is known of a place.
func (d *Desk) AreaCard(ctx context.Context, area vedette.AreaID) (*AreaCard, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	c := &AreaCard{}
	var err error
	if c.Posture, err = d.PostureOf(ctx, area); err != nil {
		return nil, err
	}
	c.Place, _ = d.Gaz.Area(area)
	among, err := d.standingKeys(ctx)
	if err != nil {
		return nil, err
	}
	cards, behind, err := d.archived(ctx)
	if err != nil {
		return nil, err
	}
	c.Behind = behind
	here := archive.Query{Areas: []vedette.AreaID{area}}
	if err := d.openHere(ctx, c, cards, here, among); err != nil {
		return nil, err
	}
	here.Without = among
	keys, of := cards.Find(&here, 0, mostOtherHere)
	if c.Of = of; of > 0 {
		if c.Updates, err = d.updatesShown(ctx, keys); err != nil {
			return nil, err
		}
	}
	return c, d.sitesHere(ctx, c)
}

// openHere adds the situations that are open there, and what their updates announce.
func (d *Desk) openHere(ctx context.Context, c *AreaCard, cards *archive.Archive, here archive.Query, among *archive.Keys) error {
	actual := vedette.StatusActual
	here.Among, here.Status = among, &actual
	keys, of := cards.Find(&here, 0, mostSaidHere)
	list, err := d.updatesShown(ctx, keys)
	if err != nil {
		return err
	}
	c.OpenOf = of
	c.Ahead, c.AheadOf = agenda.Of(d.Gaz, list, c.Place.ID, d.Now())
	worst := slices.Clone(list)
	slices.SortStableFunc(worst, func(a, b *vedette.Update) int { return cmp.Compare(gravity(b.Content.Risk), gravity(a.Content.Risk)) })
	for _, u := range worst[:min(len(worst), mostOpenHere)] {
		c.Open = append(c.Open, OpenSituation{u, d.spots(u)})
	}
	return nil
}

func (d *Desk) sitesHere(ctx context.Context, c *AreaCard) error {
	all, err := d.rows.Sites(ctx)
	for _, s := range all {
		if s.Area == c.Place.ID || d.Gaz.Contains(c.Place.ID, s.Area) {
			c.Sites = append(c.Sites, s)
		}
	}
	c.SitesOf = len(c.Sites)
	slices.SortFunc(c.Sites, func(a, b vedette.Site) int { return strings.Compare(a.Name, b.Name) })
	c.Sites = c.Sites[:min(c.SitesOf, mostSitesHere)]
	return err
}
