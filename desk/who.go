package desk

import (
	"context"
	"iter"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/match"
	"vedette/match/index"
	"vedette/roster"
	"vedette/wording"
)

// WhoQuestion asks who is somewhere, without any update.
type WhoQuestion struct {
	Areas  []vedette.AreaID
	Shapes []vedette.Shape
	Days   int // arrivals within so many days; 0 is the organisation's figure
}

// MostPlaces bounds the places of one question.
const MostPlaces = 50

// Validate says whether the question can be answered.
func (q *WhoQuestion) Validate() error {
	switch n := len(q.Areas) + len(q.Shapes); {
	case n == 0:
		return vedette.Errorf(vedette.CodeInvalid, "name an area, or give a shape")
	case n > MostPlaces:
		return vedette.Errorf(vedette.CodeInvalid, "%d places are asked about at once; at most %d", n, MostPlaces)
	case q.Days < 0 || q.Days > 365:
		return vedette.Errorf(vedette.CodeInvalid, "arrivals within %d days: give 1 to 365", q.Days)
	}
	for i := range q.Shapes {
		if err := q.Shapes[i].Validate(); err != nil {
			return err
		}
	}
	return nil
}

// WhoCount counts people, each once: whoever is in, else may be in, else
// arrives soon.
type WhoCount struct {
	In, MayBe, Arriving int
	Unreachable         int // of all these, without an address any channel sends to
}

// All is everyone counted.
func (c WhoCount) All() int { return c.In + c.MayBe + c.Arriving }

// Stand is how somebody stands to a question.
type Stand int8

// The stands, weakest first.
const (
	StandsOut Stand = iota
	StandsArriving
	StandsMayBe
	StandsIn
)

var standWords = [...]string{"not there", "arriving", "may be in", "in"}

func (s Stand) String() string { return standWords[s] }

func (c *WhoCount) add(s Stand, reached bool) {
	switch s {
	case StandsIn:
		c.In++
	case StandsMayBe:
		c.MayBe++
	case StandsArriving:
		c.Arriving++
	}
	if !reached {
		c.Unreachable++
	}
}

// WhoPlace is how many of the people counted are in a country, at sea or at a
// site. Somebody in two is counted in both.
type WhoPlace struct {
	Area vedette.AreaID
	Name string
	WhoCount
}

// Who is the answer to a question, as of a moment.
type Who struct {
	AsOf time.Time
	Days int
	WhoCount
	Countries []WhoPlace
	Sites     []WhoPlace
	Broken    []vedette.ID // whose record cannot be opened: counted where they are kept
}

// asking is a question held against the people.
type asking struct {
	*match.Question
	roster *roster.Roster
	find   index.Query
}

func (d *Desk) ask(ctx context.Context, q WhoQuestion) (*asking, error) {
	if err := q.Validate(); err != nil {
		return nil, err
	}
	r, err := d.people.Current(ctx)
	if err != nil {
		return nil, err
	}
	return d.askOf(r, q), nil
}

// askOf holds a question against some people, however many places it names.
func (d *Desk) askOf(r *roster.Roster, q WhoQuestion) *asking {
	p := match.ForAreas(d.Gaz, q.Areas, q.Shapes, r.Settings())
	a := &asking{Question: p.Ask(d.Now(), q.Days), roster: r}
	a.find = a.Query()
	return a
}

// stand is how one presence answers.
func (a *asking) stand(ps []vedette.Presence, i int) Stand {
	switch here, soon := a.Of(ps, i); {
	case here == vedette.RelationIn:
		return StandsIn
	case here == vedette.RelationMayBe:
		return StandsMayBe
	case soon != vedette.RelationOut && ps[i].Because.Trust() != vedette.TrustKept:
		return StandsArriving // nobody arrives at a home that their answer interrupted
	}
	return StandsOut
}

// WhoPerson is somebody who answers a question, with why in words.
type WhoPerson struct {
	Person  vedette.Person
	Stand   Stand
	Reached bool // an address that a channel sends to is kept
	Reasons []wording.Said
}

// Words say how they stand, in one line.
func (w *WhoPerson) Words() string {
	if !w.Reached {
		return w.Stand.String() + "; NO ADDRESS"
	}
	return w.Stand.String()
}

// whoPage is how many people are unsealed at a time.
const whoPage = 500

// EachWho goes through everyone who answers a question, ascending by key.
func (d *Desk) EachWho(ctx context.Context, q WhoQuestion, fn func(WhoPerson) error) error {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return err
	}
	a, err := d.ask(ctx, q)
	if err != nil {
		return err
	}
	for keys := range paged(a.roster.Index.Find(a.find).Persons(), whoPage) {
		people, err := d.rows.PersonsByKey(ctx, keys)
		if err != nil {
			return err
		}
		for _, key := range keys {
			sp, ok := people[key]
			if !ok || sp.Erased {
				continue
			}
			ps := a.roster.Index.Presences(key, nil)
			w := WhoPerson{Person: d.open(ctx, &sp), Reached: a.roster.Reached(key)}
			for i := range ps {
				w.Stand = max(w.Stand, a.stand(ps, i))
			}
			if w.Stand == StandsOut {
				continue
			}
			if w.Person.Presence = whereSeen(&w.Person, w.Person.Presence); !w.Person.Veiled { // a reason says how far they are
				for _, r := range a.Reasons(ps).Reasons {
					w.Reasons = append(w.Reasons, r.Says)
				}
			}
			if err := fn(w); err != nil {
				return err
			}
		}
	}
	return nil
}

// paged cuts a sequence into slices of up to n.
func paged(seq iter.Seq[int64], n int) iter.Seq[[]int64] {
	return func(yield func([]int64) bool) {
		page := make([]int64, 0, n)
		for k := range seq {
			if page = append(page, k); len(page) == n {
				if !yield(page) {
					return
				}
				page = page[:0]
			}
		}
		if len(page) > 0 {
			yield(page)
		}
	}
}
