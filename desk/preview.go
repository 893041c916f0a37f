package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/match"
	"vedette/roster"
	"vedette/tell"
	"vedette/tell/record"
)

// Preview is what publishing would do, as things stand.
type Preview struct {
	Concerned      int // in or may be in
	In, MayBe      int
	Watching       int // neither, but asked to be told
	Bare           int // concerned and told, but no advice is for where they are
	Told           map[vedette.News]int
	Omitted        []Omitted // who is not told, and why
	Countries      []CountryCount
	Sites          []SiteCount
	Arriving, Days int          // neither in nor may be in yet, but arriving within so many days
	Unreachable    []vedette.ID // to be told, without an address any channel sends to
	Clashes        []Clash      // trips into a place it says to avoid
	Contradictions []advise.Contradiction
	Broken         []vedette.ID     // whose record cannot be opened: they are told by hand or not at all
	Again          *vedette.Update  // published before from the very same text
	Unplaced       []vedette.Advice // told to nobody: no action or no place was read in it
	Posture        *Adopted         // what it would do to the posture board
	Hooks          int
	Blocking       []vedette.Finding // keep it from being published until accepted
}

// Omitted is a reason for which people are not told, and how many they are.
type Omitted struct {
	News   vedette.News
	Reason string
	N      int
	Some   []vedette.ID // the first few
}

// Clash is somebody with a trip into a place that the update says to avoid.
type Clash struct {
	Person vedette.ID
	Trip   match.Clash
}

// CountryCount is how many are concerned in a country or sea. Someone
// concerned in two is counted in both.
type CountryCount struct {
	Area vedette.AreaID
	Name string
	N    int
	Where
}

// Where counts those who are told at a place.
type Where struct {
	In, MayBe   int
	Unreachable int // of them, without an address any channel sends to
}

func (w *Where) add(r vedette.Relation, reached bool) {
	if r == vedette.RelationIn {
		w.In++
	} else {
		w.MayBe++
	}
	if !reached {
		w.Unreachable++
	}
}

// SiteCount is how many who are told are based at a site that is concerned.
type SiteCount struct {
	Area vedette.AreaID
	Name string
	Where
}

// Preview tells whom a draft would concern, by the decision that the fan-out
// itself calls. An order that cannot be followed is refused here already.
func (d *Desk) Preview(ctx context.Context, dr *Draft, o PublishOrder) (Preview, error) {
	o = o.of(dr.Update)
	if err := d.checkOrder(ctx, dr.Update.Status, o); err != nil {
		return Preview{}, err
	}
	pv := Preview{Blocking: blocking(dr.Reading.Findings), Told: map[vedette.News]int{}}
	hooks, err := d.rows.Hooks(ctx)
	if err != nil {
		return pv, err
	}
	pv.Hooks, pv.Unplaced = len(hooks), unplaced(dr.Update)
	c, err := d.census(ctx, dr.Update, o, tell.Published)
	if err != nil {
		return pv, err
	}
	pv.Broken = c.people.Broken()
	c.count(&pv)
	if err := d.arriving(ctx, dr.Update, &pv); err != nil {
		return pv, err
	}
	pv.Contradictions = c.record.Contradictions(c.spots())
	if pv.Posture, err = d.WouldAdopt(ctx, dr, o); err != nil {
		return pv, err
	}
	pv.Again, err = d.again(ctx, dr)
	return pv, err
}

// census holds an update against everyone: what the fan-out will do.
type census struct {
	d      *Desk
	people *roster.Roster
	record *record.Record
	now    time.Time
	at     map[advise.Spot]bool
	omits  map[string]*Omitted
}

// census prepares it for an update as an order would publish it.
func (d *Desk) census(ctx context.Context, u *vedette.Update, o PublishOrder, mode tell.Mode) (*census, error) {
	r, err := d.people.Current(ctx)
	if err != nil {
		return nil, err
	}
	as := *u
	if as.State == vedette.UpdateDraft {
		if as.Situation.ID, err = d.situationOf(ctx, o); err != nil {
			return nil, err
		}
		if as.Corrects == "" {
			as.Corrects = o.Corrects
		}
	}
	c := &census{d: d, people: r, now: d.Now(), at: map[advise.Spot]bool{}, omits: map[string]*Omitted{}}
	c.record, err = record.Open(ctx, d.rows, d.Gaz, record.Order{Update: &as, Mode: mode, Settings: r.Settings(), Now: c.now})
	return c, err
}

// situationOf is the situation that an order publishes into, "" for a new one.
func (d *Desk) situationOf(ctx context.Context, o PublishOrder) (vedette.ID, error) {
	if o.Corrects == "" {
		return o.Situation, nil
	}
	old, err := d.rows.Update(ctx, o.Corrects)
	if err != nil {
		return "", err
	}
	return old.Situation.ID, nil
}

// each goes through everyone whom it may be told: who is concerned, and who
// was told of the situation before.
func (c *census) each(fn func(key int64, who advise.Person, f *roster.Facts, o *tell.Outcome)) {
	holders, seen := c.record.Holders(), map[int64]bool{}
	one := func(key int64) {
		who, f, ok := c.people.Person(key)
		if !ok {
			return
		}
		o := c.of(key, who)
		fn(key, who, &f, &o)
	}
	if c.record.Update.Cancels == "" {
		for key := range c.people.Candidates(c.record.Rule, c.now) {
			if len(holders) > 0 {
				seen[key] = true
			}
			one(key)
		}
	}
	for _, key := range holders {
		if !seen[key] {
			one(key)
		}
	}
}

func (c *census) count(pv *Preview) {
	by, sites := map[vedette.AreaID]*Where{}, map[string]*SiteCount{}
	c.each(func(_ int64, who advise.Person, f *roster.Facts, o *tell.Outcome) {
		c.note(&who, o)
		if !o.Tell {
			c.omit(f.ID, o)
			return
		}
		pv.Told[o.News]++
		switch o.Relation {
		case vedette.RelationIn:
			pv.In++
		case vedette.RelationMayBe:
			pv.MayBe++
		case vedette.RelationWatches:
			pv.Watching++
		}
		if !f.Reached() {
			pv.Unreachable = append(pv.Unreachable, f.ID)
		}
		if o.Relation == vedette.RelationIn || o.Relation == vedette.RelationMayBe {
			if len(o.Advised.Variant.Lines) == 0 {
				pv.Bare++
			}
			for _, a := range o.Advised.Variant.Areas {
				at(by, a).add(o.Relation, f.Reached())
			}
			c.sites(sites, &who, f, o)
		}
		for _, clash := range c.record.Rule.Clashes(who.Presences, c.now) {
			pv.Clashes = append(pv.Clashes, Clash{f.ID, clash})
		}
	})
	pv.Concerned = pv.In + pv.MayBe
	pv.Countries, pv.Sites = c.d.where(by), ranks(sites)
	pv.Omitted = c.omitted()
}

// note keeps where people are, for what is at odds there.
func (c *census) note(who *advise.Person, o *tell.Outcome) {
	drawn := map[vedette.AreaID]string{}
	for _, dr := range o.Drawn {
		drawn[dr.Area] = strings.TrimLeft(drawn[dr.Area]+" "+string(dr.Update), " ")
	}
	for area, by := range drawn {
		c.at[advise.Spot{Area: area, Drawn: by}] = true
	}
	for i := range who.Presences {
		pr := &who.Presences[i]
		if pr.Covers(c.now) || pr.Because.Travels() && pr.Ahead(c.now) {
			c.at[advise.Spot{Area: pr.Area, Ahead: pr.Ahead(c.now)}] = true
		}
	}
}

func (c *census) spots() []advise.Spot {
	out := make([]advise.Spot, 0, len(c.at))
	for s := range c.at {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b advise.Spot) int {
		if a.Area == b.Area && a.Ahead == b.Ahead {
			return cmp.Compare(a.Drawn, b.Drawn)
		}
		if a.Area == b.Area {
			if a.Ahead {
				return 1
			}
			return -1
		}
		return cmp.Compare(a.Area, b.Area)
	})
	return out
}

// someOmitted is how many of those left out for a reason are named.
const someOmitted = 5

func (c *census) omit(id vedette.ID, o *tell.Outcome) {
	if o.Reason == "" {
		return
	}
	key := string(o.News) + o.Reason
	if c.omits[key] == nil {
		c.omits[key] = &Omitted{News: o.News, Reason: o.Reason}
	}
	m := c.omits[key]
	if m.N++; len(m.Some) < someOmitted {
		m.Some = append(m.Some, id)
	}
}

// unplaced lists the advice that the rules give to nobody.
func unplaced(u *vedette.Update) (out []vedette.Advice) {
	for _, g := range u.Content.Recommendations {
		for _, a := range g.Advice {
			placed := false
			for i := range a.Actions {
				nowhere := !slices.ContainsFunc(a.Actions[i].Targets, func(p vedette.Place) bool { return p.Text != "" })
				placed = placed || len(a.Actions[i].Areas(g.Area)) > 0 || nowhere && len(u.Shapes) > 0
			}
			if !placed {
				out = append(out, a)
			}
		}
	}
	return out
}

// lately is among how many of the last updates a text is looked for.
const lately = 50

// again finds an update of the same status that was published from the very
// same text, nil for none: a command repeated by mistake tells everyone twice.
func (d *Desk) again(ctx context.Context, dr *Draft) (*vedette.Update, error) {
	us, err := d.rows.Updates(ctx, lately, time.Time{})
	if err != nil {
		return nil, err
	}
	for _, u := range us {
		if u.Status != dr.Update.Status || u.State == vedette.UpdateStopped {
			continue
		}
		for _, id := range u.Reports {
			rep, _, err := d.rows.Report(ctx, id)
			if err != nil {
				return nil, err
			}
			if rep.Digest == dr.Report.Digest {
				return u, nil
			}
		}
	}
	return nil, nil
}

func blocking(fs []vedette.Finding) []vedette.Finding {
	var out []vedette.Finding
	for _, f := range fs {
		if f.Blocks {
			out = append(out, f)
		}
	}
	return out
}

func (d *Desk) countries(by map[vedette.AreaID]int) []CountryCount {
	out := make([]CountryCount, 0, len(by))
	for a, n := range by {
		out = append(out, CountryCount{Area: a, Name: d.Gaz.Name(a), N: n})
	}
	slices.SortFunc(out, func(a, b CountryCount) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name))
	})
	return out
}
