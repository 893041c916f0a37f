package desk

import (
	"cmp"
	"context"
	"slices"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/auth/rights"
	"vedette/tell"
)

// Preview is what publishing would do, as things stand.
type Preview struct {
	Concerned      int // in or may be in
	In, MayBe      int
	Watching       int // neither, but asked to be told
	Bare           int // concerned and told, but no advice is for where they are
	Told           map[vedette.News]int
	Count          int       // of them all
	CountAbove     int       // whoever publishes types Count where it is more
	Omitted        []Omitted // who is not told, and why
	Countries      []CountryCount
	Sites          []SiteCount
	Arriving, Days int     // neither in nor may be in yet, but arriving within so many days
	Unreachable    People  // to be told, without an address any channel sends to
	Clashes        Clashes // trips into a place it says to avoid
	Contradictions []advise.Contradiction
	Broken         []vedette.ID     // whose record cannot be opened: they are told by hand or not at all
	Again          *vedette.Update  // published before from the very same text
	Ended          []EndedAdvice    // over before it is published: told to nobody
	Unplaced       []vedette.Advice // told to nobody: no action or no place was read in it
	Posture        *Adopted         // what it would do to the posture board
	Shifts         []Shift          // against each earlier state that was asked about
	Hooks          int
	Reminders      Reminders         // what follows the first sending at most
	Wished         Wished            // of those told, who is told otherwise than at once
	Shut           []Compromised     // get nothing of it, also where they are counted above
	Texts          *Texts            // about what its text messages take, nil where none go out
	Calls          *Calls            // and its calls
	ToldIn         []ToldIn          // of a flash: in which languages, and what
	Blocking       []vedette.Finding // keep it from being published until accepted
}

// Omitted is a reason for which people are not told, and how many they are.
type Omitted struct {
	News   vedette.News
	Reason string
	People
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

func (w *Where) add(r vedette.Relation, n int, reached bool) {
	if r == vedette.RelationIn {
		w.In += n
	} else {
		w.MayBe += n
	}
	if !reached {
		w.Unreachable += n
	}
}

func (w *Where) sum(o *Where) {
	w.In, w.MayBe, w.Unreachable = w.In+o.In, w.MayBe+o.MayBe, w.Unreachable+o.Unreachable
}

// SiteCount is how many who are told are based at a site that is concerned.
type SiteCount struct {
	Area vedette.AreaID
	Name string
	Where
}

// Preview tells whom a draft would concern, by the decision that the fan-out
// itself calls, and who falls out against earlier states of it. An order that
// cannot be followed is refused here already.
func (d *Desk) Preview(ctx context.Context, dr *Draft, o PublishOrder, earlier ...*vedette.Update) (Preview, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return Preview{}, err
	}
	o = o.of(dr.Update)
	if err := d.checkOrder(ctx, dr.Update.Status, o); err != nil {
		return Preview{}, err
	}
	pv := Preview{Blocking: dr.open()}
	hooks, err := d.rows.Hooks(ctx)
	if err == nil {
		pv.Shut, err = d.Compromised(ctx)
	}
	if err != nil {
		return pv, err
	}
	pv.Hooks, pv.Unplaced, pv.Ended = len(hooks), unplaced(dr.Update), d.ended(dr.Update, d.Now())
	c, err := d.census(ctx, dr.Update, o, tell.Published)
	if err != nil {
		return pv, err
	}
	c.beside(earlier)
	pv.Broken = c.people.Broken()
	n := c.count()
	n.into(&pv)
	pv.Wished = c.wished()
	if d.Voice != nil {
		if pv.Calls, err = d.calls(ctx, dr.Update, &n.calls); err != nil {
			return pv, err
		}
	}
	if d.SMS != nil {
		if pv.Texts, err = d.texts(ctx, dr.Update, &n.texts); err != nil {
			return pv, err
		}
	}
	if dr.Update.Flash != "" {
		if pv.ToldIn, err = d.toldIn(ctx, dr.Update, &n.flash); err != nil {
			return pv, err
		}
	}
	if pv.Reminders, err = n.reminders(ctx); err != nil {
		return pv, err
	}
	pv.Contradictions = c.record.Contradictions(n.places.list())
	if err := d.arriving(ctx, dr.Update, &pv); err != nil {
		return pv, err
	}
	if pv.Posture, err = d.WouldAdopt(ctx, dr, o); err != nil {
		return pv, err
	}
	pv.Again, err = d.again(ctx, dr)
	return pv, err
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

// lately is among how many of the last updates a text is looked for; sameTexts
// bounds the reports that are the very same one.
const (
	lately    = 50
	sameTexts = 1000
)

// again finds an update of the same status that was published from the very
// same text, or the same flash of a moment ago, nil for none: a command repeated by
// mistake tells everyone twice.
func (d *Desk) again(ctx context.Context, dr *Draft) (*vedette.Update, error) {
	if dr.Update.Flash != "" {
		return d.flashed(ctx, dr.Update)
	}
	same, err := d.rows.ReportsOf(ctx, dr.Report.Digest, sameTexts)
	if err != nil {
		return nil, err
	}
	same = slices.DeleteFunc(same, func(id vedette.ID) bool { return id == dr.Report.ID })
	if len(same) == 0 {
		return nil, nil
	}
	us, err := d.rows.Updates(ctx, lately, time.Time{})
	for _, u := range us {
		if u.Status == dr.Update.Status && u.State != vedette.UpdateStopped && slices.ContainsFunc(u.Reports, func(id vedette.ID) bool { return slices.Contains(same, id) }) {
			return u, err
		}
	}
	return nil, err
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
