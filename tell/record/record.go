// Package record reads what a telling goes by: what else stands, how
// conditions were declared, the board, and what everyone was told last.
package record

import (
	"context"
	"slices"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/advise/until"
	"vedette/gazetteer"
	"vedette/match"
	"vedette/store"
	"vedette/tell"
)

// Order says what is told, and why.
type Order struct {
	Update   *vedette.Update // a draft's Situation is the one it will be published into
	Mode     tell.Mode
	Settings vedette.Settings
	Now      time.Time
	Memory   *Memory // of what was read before; nil reads all anew
}

// Record is a telling with what people were told last.
type Record struct {
	*tell.Telling
	*told

	memory *Memory // that the telling is of, and its turn there; nil for none
	turn   int
}

// variant names a variant of an update.
type variant struct {
	update int64
	no     int
}

func record(t *tell.Telling) *Record { return &Record{Telling: t, told: newTold()} }

// Bare is the record of an update that nothing is held against: what else
// stands, and what anybody was told, is not asked for.
func Bare(g *gazetteer.Gazetteer, u *vedette.Update, set vedette.Settings, now time.Time) *Record {
	return record(tell.Prepare(g, tell.Given{Update: u, Settings: set, Now: now}))
}

// Open reads the record of an update, with what everyone was told last in its
// situation.
func Open(ctx context.Context, rows *store.Org, g *gazetteer.Gazetteer, o Order) (*Record, error) {
	r, err := ready(ctx, rows, g, o)
	if err != nil {
		return nil, err
	}
	if o.Update.Clears != nil {
		return r, r.openClear(ctx, rows, g)
	}
	if o.Update.Asks != "" {
		members, err := rows.RollMembers(ctx, o.Update.Asks)
		for _, m := range members {
			r.keep(m, held{})
		}
		return r, err
	}
	if o.Update.Situation.ID == "" || o.Update.Number == 1 && o.Mode == tell.Published {
		return r, nil // nobody was told of the situation before
	}
	r.told, err = o.Memory.of(ctx, rows, g, o.Update.Situation.ID)
	return r, err
}

// ready makes an update ready over all that stands.
func ready(ctx context.Context, rows *store.Org, g *gazetteer.Gazetteer, o Order) (*Record, error) {
	if o.Memory != nil && o.Update.State == vedette.UpdateDraft && o.Update.Clears == nil {
		t, turn, err := o.Memory.states.telling(ctx, rows, g, o)
		return &Record{Telling: t, told: newTold(), memory: o.Memory, turn: turn}, err
	}
	s, err := stands(ctx, rows, g, o.Now, o.Update)
	if err != nil {
		return nil, err
	}
	in := s.given()
	in.Update, in.Mode, in.Drawing, in.Settings, in.Now = o.Update, o.Mode, s.drawing(g, o.Settings), o.Settings, o.Now
	if o.Update.State != vedette.UpdateDraft {
		if in.Declared, err = rows.Declared(ctx, o.Update.Key); err != nil {
			return nil, err
		}
	}
	return record(tell.Prepare(g, in)), nil
}

// As is the record of another state of the update, in the same situation: what
// else stands and what people were told is the same, and is shared.
func (r *Record) As(g *gazetteer.Gazetteer, u *vedette.Update) *Record {
	as := *r
	as.Telling = nil
	if r.memory != nil {
		as.Telling = r.memory.states.as(g, r.Telling, r.turn, u)
	}
	if as.Telling == nil {
		in := r.Given
		in.Update = u
		as.Telling = tell.Prepare(g, in)
	}
	return &as
}

// Declare makes the record what it would be with one more declaration.
func (r *Record) Declare(g *gazetteer.Gazetteer, d vedette.Declared) {
	in := r.Given
	in.Declared = slices.DeleteFunc(slices.Clone(in.Declared), func(x vedette.Declared) bool { return x.Group == d.Group && x.Item == d.Item })
	in.Declared = append(in.Declared, d)
	r.Telling = tell.Prepare(g, in)
}

// Standing makes the records of all that stands, without what people were
// told: Remember reads that for some.
func Standing(ctx context.Context, rows *store.Org, g *gazetteer.Gazetteer, set vedette.Settings, now time.Time) ([]*Record, error) {
	ts, err := prepare(ctx, rows, g, set, now)
	out := make([]*Record, len(ts))
	for i, t := range ts {
		out[i] = record(t)
	}
	return out, err
}

// prepare makes all that stands ready.
func prepare(ctx context.Context, rows *store.Org, g *gazetteer.Gazetteer, set vedette.Settings, now time.Time) ([]*tell.Telling, error) {
	s, err := stands(ctx, rows, g, now, nil)
	if err != nil {
		return nil, err
	}
	out, drawing := make([]*tell.Telling, len(s.updates)), s.drawing(g, set)
	for i, u := range s.updates {
		out[i] = tell.Prepare(g, tell.Given{Update: u, Declared: s.declared[i], Clears: s.clears, Others: s.prepared, Drawing: drawing, Board: s.board, Settings: set, Now: now})
	}
	return out, nil
}

// standing is all that stands.
type standing struct {
	updates  []*vedette.Update
	declared [][]vedette.Declared
	prepared []*advise.Prepared
	clears   []*vedette.Update
	board    []vedette.Posture
}

// given is what stands as a telling goes by it.
func (s *standing) given() tell.Given {
	return tell.Given{Clears: s.clears, Others: s.prepared, Board: s.board}
}

// drawing makes those of them ready that draw shapes.
func (s *standing) drawing(g *gazetteer.Gazetteer, set vedette.Settings) (out []*match.Prepared) {
	for _, u := range s.updates {
		if len(u.Shapes) > 0 {
			out = append(out, match.Prepare(g, u, set))
		}
	}
	return out
}

// stands reads it; with an all-clear that is not published yet it is what would
// stand then.
func stands(ctx context.Context, rows *store.Org, g *gazetteer.Gazetteer, now time.Time, u *vedette.Update) (s standing, err error) {
	if s.updates, err = rows.Standing(ctx); err != nil {
		return s, err
	}
	if s.clears, err = rows.AllClears(ctx); err != nil {
		return s, err
	}
	if u != nil && u.Clears != nil && u.State == vedette.UpdateDraft {
		s.clears = append(s.clears, u)
	}
	declared, err := rows.DeclaredOf(ctx, s.updates)
	if err != nil {
		return s, err
	}
	for _, u := range s.updates {
		d := declared[u.Key]
		s.declared, s.prepared = append(s.declared, d), append(s.prepared, advise.Prepare(g, until.Live(g, u, now), d, s.clears...))
	}
	s.board, err = rows.Postures(ctx)
	return s, err
}

// Stands gives what stands at a moment, ready to advise by.
func Stands(ctx context.Context, rows *store.Org, g *gazetteer.Gazetteer, now time.Time) ([]*vedette.Update, []*advise.Prepared, error) {
	s, err := stands(ctx, rows, g, now, nil)
	return s.updates, s.prepared, err
}

// Remember reads what some people were told last in the update's situation,
// and hands each to fn too.
func (r *Record) Remember(ctx context.Context, rows *store.Org, g *gazetteer.Gazetteer, people []int64, fn func(store.LastTold)) error {
	err := rows.LastToldTo(ctx, r.Update.Situation.ID, people, func(l store.LastTold) error {
		r.hold(&l)
		fn(l)
		return nil
	})
	if err != nil {
		return err
	}
	return r.resolve(ctx, rows, g)
}

// Contradictions gives what of the update is at odds with itself or with what
// else stands, for people at these places. What was at odds before it was
// decided before.
func (r *Record) Contradictions(at []advise.Spot) []advise.Contradiction {
	return slices.DeleteFunc(advise.Contradictions(r.Standing(), at), func(c advise.Contradiction) bool {
		return c.A.Update != r.Update.ID && c.B.Update != r.Update.ID
	})
}
