package desk

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"vedette"
	"vedette/archive"
	"vedette/auth/rights"
	"vedette/posture"
)

// World is where travel advice of ours stands and situations are open.
type World struct {
	Rows   []WorldRow      // worst first
	Open   []OpenSituation // worst first, then the newest
	More   int             // open situations besides
	Drills int             // exercises and tests that stand: not among them
	Behind bool            // some updates are not on the shelf yet, so situations may be missing
}

// WorldRow is a country, or a sea that something was set for.
type WorldRow struct {
	Area   vedette.AreaID
	Name   string
	Stands vedette.Posture // Action "" where none of ours does
	From   vedette.AreaID  // the area it is set for: this one or one that holds it
	Within []PostureRow    // what of ours is set for places inside it
	Open   int             // situations that concern it, or a part of it
}

// OpenSituation is a situation that stands: nobody has ended it.
type OpenSituation struct {
	Update *vedette.Update // its newest, which stands; shown, and not to be changed
	Places []Spot          // where it is, the first above all; none where it names no place that is known
}

// Spot is a place on a map.
type Spot struct {
	At   vedette.Point
	Area vedette.AreaID // "" for one that was drawn
}

// Bounds of what is told of open situations.
const (
	mostOpen  = 60
	mostSpots = 6 // of one
)

// keptWorld keeps what was last found, as long as the log does not go on.
type keptWorld struct {
	mu    sync.Mutex
	seq   int64
	world *World
}

// World gives where advice stands and situations are open. It is shared, and not to be
// changed.
func (d *Desk) World(ctx context.Context) (*World, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	d.world.mu.Lock()
	defer d.world.mu.Unlock()
	seq, err := d.rows.Seq(ctx) // before what is read: what comes meanwhile is read again
	if err != nil {
		return nil, err
	}
	if d.world.world != nil && d.world.seq == seq && !d.world.world.Behind {
		return d.world.world, nil
	}
	w, err := d.lookAround(ctx)
	if err == nil {
		d.world.seq, d.world.world = seq, w
	}
	return w, err
}

func (d *Desk) lookAround(ctx context.Context) (*World, error) {
	board, err := d.rows.Postures(ctx)
	if err != nil {
		return nil, err
	}
	briefs, behind, err := d.standing(ctx)
	if err != nil {
		return nil, err
	}
	w := &World{Behind: behind}
	n := len(briefs)
	briefs = slices.DeleteFunc(briefs, func(b archive.Brief) bool { return b.Status != vedette.StatusActual })
	w.Drills = n - len(briefs)
	slices.SortStableFunc(briefs, func(a, b archive.Brief) int { return cmp.Compare(gravity(b.Risk), gravity(a.Risk)) })
	w.More = max(len(briefs)-mostOpen, 0)
	if w.Open, err = d.openOf(ctx, briefs[:len(briefs)-w.More]); err != nil {
		return nil, err
	}
	w.Rows = d.worldRows(board, briefs)
	return w, nil
}

// gravity is by what risk open situations are in order. One that has none may be
// anything: it comes after what is high.
func gravity(r vedette.Risk) int {
	if r == vedette.RiskUnknown {
		return 2*int(vedette.RiskHigh) - 1
	}
	return 2 * int(r)
}

// standing gives the cards of what stands, the newest first.
func (d *Desk) standing(ctx context.Context) (briefs []archive.Brief, behind bool, err error) {
	among, err := d.standingKeys(ctx)
	if err != nil {
		return nil, false, err
	}
	cards, behind, err := d.archived(ctx)
	if err != nil {
		return nil, false, err
	}
	return cards.Briefs(among), behind, nil
}

// openOf reads some that stand, in their order.
func (d *Desk) openOf(ctx context.Context, briefs []archive.Brief) ([]OpenSituation, error) {
	keys := make([]int64, len(briefs))
	for i := range briefs {
		keys[i] = briefs[i].Key
	}
	list, err := d.updatesShown(ctx, keys)
	out := make([]OpenSituation, len(list))
	for i, u := range list {
		out[i] = OpenSituation{u, d.spots(u)}
	}
	return out, err
}

// spots says where an update is: what it draws, else the places it affects, else those
// its advice is for.
func (d *Desk) spots(u *vedette.Update) (out []Spot) {
	for i := range u.Shapes {
		out = append(out, Spot{At: middle(&u.Shapes[i])})
	}
	add := func(id vedette.AreaID) {
		if a, ok := d.Gaz.Area(id); ok && !slices.ContainsFunc(out, func(s Spot) bool { return s.Area == id }) {
			out = append(out, Spot{a.Center, id})
		}
	}
	if len(out) == 0 {
		for _, p := range u.Content.Affected {
			add(p.Area)
		}
	}
	if len(out) == 0 {
		for _, id := range u.Areas() {
			add(id)
		}
	}
	return out[:min(len(out), mostSpots)]
}

// middle is about where a shape is.
func middle(s *vedette.Shape) vedette.Point {
	if s.Circle != nil {
		return s.Circle.Center
	}
	flat, _ := vedette.Unroll(s.Polygon)
	west, east, south, north := flat[0].Lon, flat[0].Lon, flat[0].Lat, flat[0].Lat
	for _, p := range flat {
		west, east, south, north = min(west, p.Lon), max(east, p.Lon), min(south, p.Lat), max(north, p.Lat)
	}
	lon := (west + east) / 2
	for lon > 180 {
		lon -= 360
	}
	for lon < -180 {
		lon += 360
	}
	return vedette.Point{Lat: (south + north) / 2, Lon: lon}
}

// worldRows gives a row to each country and sea where a posture of ours stands, or stood
// aside of one, and to each that an open situation names.
func (d *Desk) worldRows(board []vedette.Posture, briefs []archive.Brief) []WorldRow {
	own := posture.OwnOf(board)
	open, named := d.openIn(briefs)
	within, self := map[vedette.AreaID][]PostureRow{}, map[vedette.AreaID]bool{}
	for _, r := range d.postureRows(board) {
		if r.Own.Action == "" && !r.Out {
			continue // only others say something
		}
		for _, land := range d.landsOf(r.Area) {
			switch {
			case land == r.Area:
				self[land] = true
			case !d.Gaz.Contains(r.Area, land):
				within[land] = append(within[land], r)
			}
		}
	}
	var rows []WorldRow
	for _, a := range append(d.Gaz.Countries(), d.Gaz.Seas()...) {
		row := WorldRow{Area: a.ID, Name: a.Name, Within: within[a.ID], Open: open[a.ID]}
		row.Stands, row.From = own.At(d.Gaz, a.ID)
		stands := row.Stands.Action != "" && (a.Kind == vedette.AreaCountry || self[a.ID])
		if stands || self[a.ID] || named[a.ID] || len(row.Within) > 0 {
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(a, b WorldRow) int {
		return cmp.Or(b.worst()-a.worst(), b.Stands.Action.Posture()-a.Stands.Action.Posture(), cmp.Compare(b.Open, a.Open), cmp.Compare(a.Name, b.Name))
	})
	return rows
}

// worst is the rank of the strongest advice there.
func (r *WorldRow) worst() int {
	rank := r.Stands.Action.Posture()
	for i := range r.Within {
		rank = max(rank, r.Within[i].Own.Action.Posture())
	}
	return rank
}

// openIn counts for each country and sea the situations that concern it: that name it,
// a part of it, or what it is a part of. named are those that are named, or a part of
// which is.
func (d *Desk) openIn(briefs []archive.Brief) (open map[vedette.AreaID]int, named map[vedette.AreaID]bool) {
	open, named = map[vedette.AreaID]int{}, map[vedette.AreaID]bool{}
	lands := map[vedette.AreaID][]vedette.AreaID{}
	for i := range briefs {
		seen := map[vedette.AreaID]bool{}
		for _, id := range briefs[i].Areas {
			list, known := lands[id]
			if !known {
				list = d.landsOf(id)
				lands[id] = list
			}
			for _, land := range list {
				seen[land] = true
			}
			if len(list) == 1 {
				named[list[0]] = true
			}
		}
		for land := range seen {
			open[land]++
		}
	}
	return open, named
}

// landsOf gives the countries and seas an area is in or holds.
func (d *Desk) landsOf(id vedette.AreaID) (out []vedette.AreaID) {
	a, ok := d.Gaz.Area(id)
	if !ok {
		return nil
	}
	if a.Kind != vedette.AreaRegion {
		return []vedette.AreaID{d.Gaz.Land(id)}
	}
	for _, m := range d.Gaz.Members(id) {
		if land := d.Gaz.Land(m); !slices.Contains(out, land) {
			out = append(out, land)
		}
	}
	return out
}
