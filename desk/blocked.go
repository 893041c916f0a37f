package desk

import (
	"context"
	"fmt"
	"time"

	"vedette"
	"vedette/store"
)

// StopTexts notes that a gateway refuses an address of a person, because its
// owner said STOP.
func (d *Desk) StopTexts(ctx context.Context, person int64, address int) error {
	sp, err := d.rows.PersonByKey(ctx, person)
	if err != nil || sp.Erased {
		return err
	}
	p := d.open(&sp)
	a, ok := p.Record.Address(address)
	if !ok || p.Broken {
		return nil
	}
	return d.wish(ctx, person, a.Value, true)
}

// wish blocks a number of a person for text messages, or lifts that. Blocked,
// it reaches nobody: its owner shows as unreachable where they have no other
// address, and the desk is asked to find a way.
func (d *Desk) wish(ctx context.Context, person int64, number string, stop bool) error {
	for try := 1; ; try++ {
		changed, id, err := d.block(ctx, person, number, stop)
		if vedette.ErrorCode(err) == vedette.CodeConflict && try < importTries {
			continue
		}
		if err != nil || !changed || !stop {
			return err
		}
		return d.bid(ctx, vedette.TaskStopped, "Agree another way with person "+string(id)+": they wrote STOP, so no text message reaches them")
	}
}

func (d *Desk) block(ctx context.Context, person int64, number string, stop bool) (changed bool, id vedette.ID, err error) {
	sp, err := d.rows.PersonByKey(ctx, person)
	if err != nil || sp.Erased {
		return false, "", err
	}
	p := d.open(&sp)
	if p.Broken {
		return false, "", vedette.Errorf(vedette.CodeWrongKey, "the record of %s cannot be opened with this installation key; import them anew", p.ID)
	}
	for i := range p.Record.Addresses {
		a := &p.Record.Addresses[i]
		if a.Channel == vedette.ChannelSMS && a.Value == number && (a.Blocked != "") != stop {
			changed, a.Blocked = true, ""
			if stop {
				a.Blocked = fmt.Sprintf("STOP, %s", d.Now().UTC().Format("2 Jan 2006"))
			}
		}
	}
	if !changed {
		return false, p.ID, nil
	}
	pk, err := d.Key.Unwrap(sp.ID, sp.WrappedKey)
	if err != nil {
		return false, p.ID, err
	}
	c := store.PersonChange{Was: sp.Record}
	c.Key, c.ID, c.WrappedKey = sp.Key, sp.ID, sp.WrappedKey
	d.addresses(&c, &p.Record)
	if c.Record, err = pk.SealRecord(&p.Record); err != nil {
		return false, p.ID, err
	}
	_, err = d.rows.SavePeople(ctx, []store.PersonChange{c}, d.Now())
	return true, p.ID, err
}

// askFor is by when the desk is to have done what people's wishes ask of it.
const askFor = 4 * time.Hour

// bid makes a task of a question, unless it is open already.
func (d *Desk) bid(ctx context.Context, kind vedette.TaskKind, question string) error {
	open, err := d.rows.Tasks(ctx, store.TaskFilter{State: vedette.TaskOpen, Kind: kind})
	if err != nil {
		return err
	}
	for i := range open {
		if open[i].Question == question {
			return nil
		}
	}
	return d.rows.AddTask(ctx, vedette.Task{Kind: kind, Question: question, Default: "nothing is done", DueAt: d.Now().Add(askFor)}, d.Now())
}

// asked counts what asks the desk to find a way to somebody.
func (d *Desk) asked(ctx context.Context) (n int, err error) {
	for _, kind := range []vedette.TaskKind{vedette.TaskStopped, vedette.TaskUnread, vedette.TaskUnreached} {
		open, err := d.rows.Tasks(ctx, store.TaskFilter{State: vedette.TaskOpen, Kind: kind})
		if err != nil {
			return 0, err
		}
		n += len(open)
	}
	return n, nil
}
