package desk

import (
	"context"
	"strings"
	"time"

	"vedette"
)

// duress says whether somebody's answer says that they were made to give it.
func (d *Desk) duress(ctx context.Context, person int64, text string) (bool, error) {
	if strings.TrimSpace(text) == "" {
		return false, nil
	}
	set, err := d.rows.Settings(ctx)
	if err != nil {
		return false, err
	}
	sp, err := d.rows.PersonByKey(ctx, person)
	if err != nil {
		return false, err
	}
	p := d.unveiled(&sp)
	return vedette.SaysDuress(text, p.Record.Duress, set.DuressDigit), nil
}

// anyDuress gives those of some people whose duress answer a text is.
func (d *Desk) anyDuress(ctx context.Context, people []int64, text string) (out []int64, err error) {
	for _, key := range people {
		is, err := d.duress(ctx, key, text)
		if err != nil {
			return nil, err
		}
		if is {
			out = append(out, key)
		}
	}
	return out, nil
}

// underDuress gives of whom a case of duress was open at a moment. Only the desk takes
// that away, by closing it: not who accounts for them, nor what they answer later.
func (d *Desk) underDuress(ctx context.Context, at time.Time) (map[int64]bool, error) {
	cases, err := d.rows.Cases(ctx, true)
	out := map[int64]bool{}
	for i := range cases {
		if c := &cases[i]; c.Duress && !c.OpenedAt.After(at) && (c.State != vedette.CaseClosed || c.ClosedAt.After(at)) {
			out[c.Person] = true
		}
	}
	return out, err
}

// unplaced asks the desk about a duress answer that a rule answers as if it were
// "safe", and that is kept for nobody: the number is of several, or it is not
// known to what they answer. It is due at once, for the rota to hear of it.
func (d *Desk) unplaced(ctx context.Context, people []int64) error {
	var ids []string
	for _, key := range people {
		sp, err := d.rows.PersonByKey(ctx, key)
		if err != nil {
			return err
		}
		ids = append(ids, string(sp.ID))
	}
	if len(ids) == 0 {
		return nil
	}
	now := d.Now()
	return d.rows.AddTask(ctx, vedette.Task{Kind: vedette.TaskDuress, Default: "nothing is done", DueAt: now,
		Question: "DURESS by a text message from the number of person " + strings.Join(ids, " or ") + ": somebody makes them answer. Do not ring or write to them"}, now)
}
