package desk

import (
	"context"
	"fmt"
	"time"

	"vedette"
	"vedette/store"
)

// StopAddress notes that nothing more is taken for an address of a person: its
// owner said STOP to a gateway of text messages, or a device is subscribed no
// more.
func (d *Desk) StopAddress(ctx context.Context, person int64, address int) error {
	inside(&ctx)
	sp, err := d.rows.PersonByKey(ctx, person)
	if err != nil || sp.Erased {
		return err
	}
	p := d.unveiled(&sp)
	a, ok := p.Record.Address(address)
	switch {
	case !ok || p.Broken:
		return nil
	case a.Channel == vedette.ChannelPush:
		// Of one that was added just now the word is not: it was of its slot's
		// last device. If it is gone too, the next message says so.
		before := d.Now().Add(-time.Minute)
		_, err := d.dropDevice(ctx, person, address, "gone", func(added time.Time) bool { return added.Before(before) })
		return err
	}
	return d.wish(ctx, person, a.Value, true)
}

// wish blocks a number of a person for text messages, or lifts that. Blocked,
// it reaches nobody: its owner shows as unreachable where they have no other
// address, and the desk is asked to find a way.
func (d *Desk) wish(ctx context.Context, person int64, number string, stop bool) error {
	var changed bool
	var id vedette.ID
	edit := func(p *vedette.Person) (bool, error) {
		changed, id = false, p.ID
		for i := range p.Record.Addresses {
			a := &p.Record.Addresses[i]
			if a.Channel == vedette.ChannelSMS && a.Value == number && (a.Blocked != "") != stop {
				changed, a.Blocked = true, ""
				if stop {
					a.Blocked = fmt.Sprintf("STOP, %s", d.Now().UTC().Format("2 Jan 2006"))
				}
			}
		}
		return changed, nil
	}
	if err := d.amend(ctx, person, edit, d.saveOne(ctx)); err != nil || !changed || !stop {
		return err
	}
	return d.bid(ctx, vedette.TaskStopped, "Agree another way with person "+string(id)+": they wrote STOP, so no text message reaches them")
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
