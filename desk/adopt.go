package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/posture"
	"vedette/store"
)

// Adopted is what publishing an update does, or did, to the posture board.
type Adopted struct {
	Rises []Rise
	Tasks []vedette.Task // what it asks the desk to keep or lift
	Drawn string         // what it draws and the board does not show, in words; "" where that is nothing
}

// drawn says that what an update draws puts nothing on the board, where it gives
// travel advice: the board is by areas.
func drawn(u *vedette.Update) string {
	ladder := func(a vedette.AdviceAction) bool { return a.Action.Posture() > 0 }
	gives := slices.ContainsFunc(u.Content.Recommendations, func(g vedette.AdviceGroup) bool {
		return slices.ContainsFunc(g.Advice, func(a vedette.Advice) bool { return slices.ContainsFunc(a.Actions, ladder) })
	})
	if len(u.Shapes) == 0 || !gives {
		return ""
	}
	what := "“" + u.Shapes[0].Name + "”"
	if n := len(u.Shapes); n > 1 {
		what = fmt.Sprintf("%d shapes", n)
	}
	return "the board is by areas, so it shows nothing of what is drawn (" + what + "): set a posture for the area that is to have one. Trips into it are found all the same"
}

// Rise is a row that an update writes on the board.
type Rise struct {
	Area vedette.AreaID
	Name string
	To   vedette.Action // "" where a part is left out and nothing stands there
	Was  vedette.Action // what stood there before, "" for nothing
}

// Holds says whether the row only keeps a part from rising with what lies
// around it.
func (r *Rise) Holds() bool { return r.To == r.Was }

// adoption is what publishing an update into its situation brings to the
// board, by the board as it stands.
func (d *Desk) adoption(ctx context.Context, u *vedette.Update, situation vedette.ID) (rows []vedette.Posture, tasks []vedette.Task, err error) {
	if u.Status != vedette.StatusActual {
		return nil, nil, nil
	}
	in, err := d.meeting(ctx, u, situation)
	if err != nil {
		return nil, nil, err
	}
	if u.Clears != nil {
		return nil, posture.Cleared(d.Gaz, *in, d.Now()), nil
	}
	rows, tasks = posture.Adopt(d.Gaz, *in, d.Now())
	return rows, tasks, nil
}

// meeting is an update of a situation, and what it meets on the board.
func (d *Desk) meeting(ctx context.Context, u *vedette.Update, situation vedette.ID) (in *posture.Adoption, err error) {
	as := *u
	as.Situation.ID = situation
	in = &posture.Adoption{Update: &as}
	if in.Board, err = d.rows.Postures(ctx); err != nil {
		return nil, err
	}
	if in.Open, err = d.rows.Tasks(ctx, store.TaskFilter{State: vedette.TaskOpen, Kind: vedette.TaskKeepOrLift}); err != nil {
		return nil, err
	}
	return in, d.meets(ctx, in)
}

// meets fills in what went before: the updates of the situation with what was
// decided and declared of them, and the updates that the board's rows came
// from.
func (d *Desk) meets(ctx context.Context, in *posture.Adoption) error {
	u := in.Update
	if u.State == vedette.UpdateDraft {
		u.Number = 1
	}
	if u.Situation.ID != "" {
		chain, err := d.rows.Chain(ctx, u.Situation.ID) // newest first
		if err != nil {
			return err
		}
		in.Earlier = chain
		if u.State == vedette.UpdateDraft && len(chain) > 0 {
			u.Number = chain[0].Number + 1
		}
	}
	for _, old := range in.Earlier {
		done, err := d.rows.Tasks(ctx, store.TaskFilter{State: vedette.TaskDone, Kind: vedette.TaskKeepOrLift, About: old.ID})
		if err != nil {
			return err
		}
		in.Decided = append(in.Decided, done...)
		said, err := d.rows.Declared(ctx, old.Key)
		if err != nil {
			return err
		}
		in.Declared = append(in.Declared, said...)
	}
	for _, p := range in.Board {
		if p.Update == "" || slices.ContainsFunc(in.Earlier, func(e *vedette.Update) bool { return e.ID == p.Update }) {
			continue
		}
		from, err := d.rows.Update(ctx, p.Update)
		if err != nil {
			return err
		}
		in.Earlier = append(in.Earlier, from)
	}
	return nil
}

// publishes publishes a draft into a situation, with what it brings to the
// board.
func (d *Desk) publishes(ctx context.Context, u *vedette.Update, situation vedette.ID, o store.PublishOrder) (_ *vedette.Update, err error) {
	if o.Postures, o.Tasks, err = d.adoption(ctx, u, situation); err != nil {
		return nil, err
	}
	return d.rows.Publish(ctx, o)
}

// WouldAdopt is what publishing a draft would do to the posture board.
func (d *Desk) WouldAdopt(ctx context.Context, dr *Draft, o PublishOrder) (*Adopted, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return nil, err
	}
	situation, err := d.situationOf(ctx, o)
	if err != nil {
		return nil, err
	}
	rows, tasks, err := d.adoption(ctx, dr.Update, situation)
	if err != nil {
		return nil, err
	}
	before, err := d.rows.Postures(ctx)
	return &Adopted{d.rises(before, rows), tasks, drawn(dr.Update)}, err
}

// Adopted gives what publishing an update did to the posture board, by the
// record: what it raised and still stands, and what it asked.
func (d *Desk) Adopted(ctx context.Context, u *vedette.Update) (*Adopted, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	now, err := d.rows.Postures(ctx)
	if err != nil {
		return nil, err
	}
	rows := slices.DeleteFunc(now, func(p vedette.Posture) bool { return p.Provider != "" || p.Update != u.ID })
	before, err := d.rows.PosturesAt(ctx, u.PublishedAt.Add(-time.Microsecond))
	if err != nil {
		return nil, err
	}
	tasks, err := d.rows.Tasks(ctx, store.TaskFilter{About: u.ID, Kind: vedette.TaskKeepOrLift})
	return &Adopted{d.rises(before, rows), tasks, drawn(u)}, err
}

// rises puts rows against the board before them, the strongest first.
func (d *Desk) rises(before, rows []vedette.Posture) []Rise {
	var out []Rise
	for _, p := range rows {
		was, _ := posture.At(d.Gaz, before, p.Area)
		out = append(out, Rise{p.Area, d.placeName(p.Area), p.Action, was.Action})
	}
	slices.SortFunc(out, func(a, b Rise) int {
		return cmp.Or(b.To.Posture()-a.To.Posture(), cmp.Compare(a.Name, b.Name))
	})
	return out
}
