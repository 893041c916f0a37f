package desk

import (
	"context"
	"slices"
	"sync"
	"time"

	"vedette"
)

// How much of the logs stands on the night board, and of how many situations they are kept.
const (
	mostNightSteps = 60
	mostKeptLogs   = 2 * mostNights
)

// NightStep is a step with the situation that it is of.
type NightStep struct {
	Step
	Situation vedette.Situation
	Update    vedette.ID // that stands
}

// keptLogs keeps the logs of situations, as they are shown live, until a row of the one log
// may have changed one.
type keptLogs struct {
	mu  sync.Mutex
	seq int64
	by  map[vedette.ID][]Step
}

// stepsNow are the steps of a situation as of now. They are shown, and not to be changed.
func (d *Desk) stepsNow(ctx context.Context, situation vedette.ID) ([]Step, error) {
	k := &d.logs
	k.mu.Lock()
	defer k.mu.Unlock()
	seq, changed, err := d.rows.WrittenSince(ctx, k.seq)
	if err != nil {
		return nil, err
	}
	if changed || len(k.by) >= mostKeptLogs {
		k.by = nil
	}
	k.seq = seq
	if list, ok := k.by[situation]; ok {
		return list, nil
	}
	list, err := d.steps(ctx, situation, time.Time{})
	if err != nil {
		return nil, err
	}
	if k.by == nil {
		k.by = map[vedette.ID][]Step{}
	}
	k.by[situation] = list
	return list, nil
}

// nightLog adds what was decided in what is open. A change of the shift, or of travel
// advice, that is in the logs of several situations stands there once.
func (d *Desk) nightLog(ctx context.Context, n *Night) error {
	var list []NightStep
	for i := range n.Open {
		u := n.Open[i].Update
		steps, err := d.stepsNow(ctx, u.Situation.ID)
		if err != nil {
			return err
		}
		for _, s := range steps[:min(len(steps), mostNightSteps)] {
			list = append(list, NightStep{s, u.Situation, u.ID})
		}
	}
	slices.SortStableFunc(list, func(x, y NightStep) int { return y.At.Compare(x.At) })
	for _, s := range list {
		if s.Line == 0 && slices.ContainsFunc(n.Log, s.same) {
			continue
		}
		if n.Log = append(n.Log, s); len(n.Log) == mostNightSteps {
			break
		}
	}
	return nil
}

// same says whether another step, of another situation, is this one.
func (s *NightStep) same(o NightStep) bool {
	return o.Line == 0 && o.At.Equal(s.At) && o.What == s.What && o.By == s.By && o.Situation.ID != s.Situation.ID
}
