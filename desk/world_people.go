package desk

import (
	"context"
	"strings"

	"vedette"
	"vedette/auth/rights"
)

// WorldPeople counts who is in each of some countries and seas, may be there, or arrives
// soon. It is shared, and not to be changed; it may be a minute old (headsLast).
func (d *Desk) WorldPeople(ctx context.Context, lands []vedette.AreaID) (map[vedette.AreaID]WhoCount, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	r, err := d.people.Current(ctx)
	if err != nil {
		return nil, err
	}
	var asked strings.Builder
	for _, land := range lands {
		asked.WriteString(string(land) + " ")
	}
	return d.heads.give(asked.String(), r.Turn(), d.Now(), func() map[vedette.AreaID]WhoCount {
		t := d.count(d.askOf(r, WhoQuestion{Areas: lands}))
		by := make(map[vedette.AreaID]WhoCount, len(t.countries))
		for land, n := range t.countries {
			by[land] = n.WhoCount
		}
		return by
	}), nil
}

// AreaPeople counts who is in an area, may be there, or arrives within some days. It may
// be a minute old (headsLast).
func (d *Desk) AreaPeople(ctx context.Context, area vedette.AreaID) (n WhoCount, days int, err error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return n, 0, err
	}
	r, err := d.people.Current(ctx)
	if err != nil {
		return n, 0, err
	}
	c := d.areaHeads.give(area, r.Turn(), d.Now(), func() areaCount {
		a := d.askOf(r, WhoQuestion{Areas: []vedette.AreaID{area}})
		return areaCount{d.count(a).WhoCount, a.Days}
	})
	return c.WhoCount, c.days, nil
}

// areaCount is who is in an area, or arrives within some days.
type areaCount struct {
	WhoCount
	days int
}
