package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/posture"
	"vedette/tell"
)

// Condition is one that advice of an update waits for, as it was declared.
type Condition struct {
	No          int // in the update, from 1
	Group, Item int
	Text        string // the advice, whole
	Condition   string
	State       vedette.ConditionState
	At          time.Time // when it was declared, the zero time if it never was
	By, Reason  string
}

// Conditions lists the conditions of an update's advice, in its order.
func (d *Desk) Conditions(ctx context.Context, id vedette.ID) ([]Condition, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	u, err := d.Update(ctx, id)
	if err != nil {
		return nil, err
	}
	return d.conditions(ctx, u)
}

func (d *Desk) conditions(ctx context.Context, u *vedette.Update) (out []Condition, err error) {
	declared, err := d.rows.Declared(ctx, u.Key)
	if err != nil {
		return nil, err
	}
	for gi, g := range u.Content.Recommendations {
		for ai, a := range g.Advice {
			if a.Condition == "" {
				continue
			}
			c := Condition{No: len(out) + 1, Group: gi, Item: ai, Text: a.Text, Condition: a.Condition, State: vedette.ConditionAwaited}
			for _, x := range declared {
				if x.Group == gi && x.Item == ai {
					c.State, c.At, c.By, c.Reason = x.State, x.At, x.By, x.Reason
				}
			}
			out = append(out, c)
		}
	}
	return out, nil
}

// ConditionOrder asks for a condition to be declared.
type ConditionOrder struct {
	Update vedette.ID
	No     int // as Conditions numbers them
	State  vedette.ConditionState
	By     string
	Reason string
	Count  int // how many people whoever declares it has typed that it tells; 0: none
}

// ConditionEffect is what a declaration would do.
type ConditionEffect struct {
	Condition Condition
	Told      int      // people it changes something for
	Suspends  []string // advice that is set aside for some of them, in its words
	Board     Adopted  // what it does to the posture board
}

// declaration checks an order, and gives the update and what is declared.
func (d *Desk) declaration(ctx context.Context, o ConditionOrder) (*vedette.Update, Condition, vedette.Declared, error) {
	none := Condition{}
	u, err := d.Update(ctx, o.Update)
	if err != nil {
		return nil, none, vedette.Declared{}, err
	}
	if stands, err := d.stands(ctx, u); err != nil || !stands && u.State != vedette.UpdatePublished {
		if err != nil {
			return nil, none, vedette.Declared{}, err
		}
		return nil, none, vedette.Declared{}, vedette.Errorf(vedette.CodeConflict, "update %s is %s: only the conditions of one that stands are declared", u.ID, u.State)
	}
	list, err := d.conditions(ctx, u)
	switch {
	case err != nil:
		return nil, none, vedette.Declared{}, err
	case o.No < 1 || o.No > len(list):
		return nil, none, vedette.Declared{}, vedette.Errorf(vedette.CodeInvalid, "update %s has %d conditions and none with number %d; `vedette condition list` shows them", u.ID, len(list), o.No)
	case strings.TrimSpace(o.Reason) == "" || strings.TrimSpace(o.By) == "":
		return nil, none, vedette.Declared{}, vedette.Errorf(vedette.CodeInvalid, "a condition is declared by a person, with a reason; say who and why")
	case list[o.No-1].State == o.State:
		return nil, none, vedette.Declared{}, vedette.Errorf(vedette.CodeConflict, "the condition is %s already", o.State)
	}
	c := list[o.No-1]
	return u, c, vedette.Declared{Update: u.Key, Group: c.Group, Item: c.Item, State: o.State, At: d.Now(), By: strings.TrimSpace(o.By), Reason: strings.TrimSpace(o.Reason)}, nil
}

// PreviewCondition says what a declaration would do: to how many it changes
// something, and what it would set aside.
func (d *Desk) PreviewCondition(ctx context.Context, o ConditionOrder) (*ConditionEffect, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return nil, err
	}
	u, c, x, err := d.declaration(ctx, o)
	if err != nil {
		return nil, err
	}
	h, err := d.changed(ctx, u, x)
	if err != nil {
		return nil, err
	}
	e := &ConditionEffect{Condition: c}
	aside := map[vedette.NoticeLine]bool{}
	h.all(func(j *judged) {
		out := j.out()
		if !out.Tell {
			return
		}
		e.Told += j.n
		for _, l := range append(append([]vedette.NoticeLine{}, out.Advised.Variant.Lines...), out.Advised.Variant.Others...) {
			if l.Suspended {
				aside[vedette.NoticeLine{Update: l.Update, Group: l.Group, Item: l.Item}] = true
			}
		}
	})
	if err := d.quoteAside(ctx, u, aside, e); err != nil {
		return nil, err
	}
	rows, tasks, err := d.brings(ctx, u, x)
	if err != nil {
		return nil, err
	}
	before, err := d.rows.Postures(ctx)
	e.Board = Adopted{Rises: d.rises(before, rows), Tasks: tasks}
	return e, err
}

// changed is the census of those for whom a declaration changes something.
func (d *Desk) changed(ctx context.Context, u *vedette.Update, x vedette.Declared) (*census, error) {
	h, err := d.census(ctx, u, PublishOrder{}, tell.Changed)
	if err != nil {
		return nil, err
	}
	h.record.Declare(d.Gaz, x)
	return h, nil
}

// quoteAside gives the words of what is set aside.
func (d *Desk) quoteAside(ctx context.Context, own *vedette.Update, aside map[vedette.NoticeLine]bool, e *ConditionEffect) error {
	for l := range aside {
		u := own
		if l.Update != "" {
			var err error
			if u, err = d.rows.Update(ctx, l.Update); err != nil {
				return err
			}
		}
		e.Suspends = append(e.Suspends, u.Content.Recommendations[l.Group].Advice[l.Item].Text)
	}
	return nil
}

// DeclareCondition declares a condition met, passed, or awaited again; those
// for whom that changes something are told, before all else when it is met.
// What advice whose condition is met says of travel goes on the posture board
// in the same transaction.
func (d *Desk) DeclareCondition(ctx context.Context, o ConditionOrder) error {
	if err := d.asks(&ctx, rights.Publish); err != nil {
		return err
	}
	u, _, x, err := d.declaration(ctx, o)
	if err != nil {
		return err
	}
	h, err := d.changed(ctx, u, x)
	if err != nil {
		return err
	}
	if err := d.counted(ctx, h.told(), o.Count); err != nil {
		return err
	}
	urgency := u.Content.Urgency
	if o.State == vedette.ConditionMet {
		urgency = vedette.UrgencyImmediate
	}
	rows, tasks, err := d.brings(ctx, u, x)
	if err != nil {
		return err
	}
	return d.rows.DeclareBringing(ctx, x, true, vedette.LaneFor(u.Status, urgency, u.Content.Risk), rows, tasks)
}

// brings is what a declaration brings to the posture board: of a condition
// that is met what its advice says; of one that no longer is, the question
// whether what it had brought is kept.
func (d *Desk) brings(ctx context.Context, u *vedette.Update, x vedette.Declared) ([]vedette.Posture, []vedette.Task, error) {
	in, err := d.meeting(ctx, u, u.Situation.ID)
	if err != nil || u.Status != vedette.StatusActual {
		return nil, nil, err
	}
	in.Declared = slices.DeleteFunc(in.Declared, func(o vedette.Declared) bool { return o.Update == x.Update && o.Group == x.Group && o.Item == x.Item })
	in.Declared = append(in.Declared, x)
	if x.State == vedette.ConditionMet {
		rows, tasks := posture.Met(d.Gaz, *in, x.Group, x.Item, d.Now())
		return rows, tasks, nil
	}
	return nil, posture.NotMet(d.Gaz, *in, x.Group, x.Item, d.Now()), nil
}
