package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/rota"
	"vedette/store"
)

// callOut asks the rota, step by step, to take what waits to be taken. When the
// next step is due stands in the store: whoever runs then takes it.
func (b *branch) callOut(ctx context.Context) error {
	if _, err := b.rows.CallLate(ctx, b.Now()); err != nil {
		return err
	}
	due, err := b.rows.Callouts(ctx, b.Now())
	if err != nil || len(due) == 0 {
		return err
	}
	list, err := b.duties(ctx)
	if err != nil {
		return err
	}
	set, err := b.rows.Settings(ctx)
	if err != nil {
		return err
	}
	for _, c := range due {
		if err := b.ask(ctx, c, list, set.TakeWithin()); err != nil {
			return err
		}
	}
	return nil
}

// duties reads the turns that can be reached. Whoever cannot is asked nothing,
// so that nobody waits for them.
func (b *branch) duties(ctx context.Context) (out []vedette.Duty, err error) {
	reach, err := b.reach(ctx, ofDesk)
	if err != nil {
		return nil, err
	}
	shut, err := b.rows.Shut(ctx)
	if err != nil {
		return nil, err
	}
	list, err := b.rows.Duties(ctx, time.Time{})
	for _, s := range list {
		d := s.Duty
		if d.Addresses, err = b.Key.OpenAddresses(s.ID, s.WrappedKey, s.Sealed); err != nil {
			b.Log.Error("a turn on the rota cannot be opened: put them on it anew", "turn", s.ID, "err", err)
			continue
		}
		d.Addresses = slices.DeleteFunc(vedette.WithCall(d.Addresses), func(a vedette.Address) bool {
			return !slices.Contains(reach, a.Channel) || shut.Addresses[string(b.Key.Hash(vedette.DeadAddressKind, a.Value))]
		})
		if len(d.Addresses) > 0 {
			out = append(out, d)
		}
	}
	return out, err
}

// reach is over which of some channels letters go out: from here, or from another
// process that works.
func (b *branch) reach(ctx context.Context, among []vedette.Channel) ([]vedette.Channel, error) {
	out := b.carries(among)
	ws, err := b.Store.Workers(ctx, b.Now().Add(-store.WorkerGone))
	for _, w := range ws {
		for _, word := range strings.Fields(w.Kind) {
			if c := vedette.Channel(word); slices.Contains(among, c) && !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out, err
}

// carries are those of some channels over which letters go out from here.
func (e *Engine) carries(among []vedette.Channel) (out []vedette.Channel) {
	for _, c := range among {
		if slices.Contains(e.channels, c) {
			out = append(out, c)
		}
	}
	return out
}

// Over what letters go: those to people are written, the desk's own are called, too, where
// it cannot wait until they read.
var (
	writable = []vedette.Channel{vedette.ChannelEmail, vedette.ChannelSMS}
	ofDesk   = append(slices.Clip(writable), vedette.ChannelVoice)
)

// unrung leaves out the numbers that are called; whoever has nothing else is not asked.
func unrung(list []vedette.Duty) (out []vedette.Duty) {
	for _, d := range list {
		if d.Addresses = written(d.Addresses); len(d.Addresses) > 0 {
			out = append(out, d)
		}
	}
	return out
}

func written(list []vedette.Address) []vedette.Address {
	return slices.DeleteFunc(slices.Clone(list), func(a vedette.Address) bool { return a.Channel == vedette.ChannelVoice })
}

// ask takes the next step of a call-out.
func (b *branch) ask(ctx context.Context, c vedette.Callout, list []vedette.Duty, wait time.Duration) error {
	now := b.Now()
	kind, owner := vedette.LetterOffer, ""
	if c.Task != 0 {
		k, err := b.rows.TaskByKey(ctx, c.Task)
		if err != nil {
			return err
		}
		if kind, owner = vedette.LetterTask, k.Owner; c.Case != 0 {
			kind = vedette.LetterLate
		}
	}
	if !kind.Rings() {
		list = unrung(list)
	}
	a := rota.Next(&c, list, owner, wait, now)
	if a.Alone && c.Case != 0 {
		// Also where others are asked: nobody is expected to be awake.
		if err := b.bid(ctx, vedette.TaskUntended, fmt.Sprintf("Nobody is on duty to take case %d; see that somebody does, and put somebody on the rota", c.Case)); err != nil {
			return err
		}
	}
	s := store.Step{Callout: c.Key, Was: c.Step, All: a.All, Due: a.Next, Idle: len(a.Who) == 0}
	if s.Idle {
		s.Due = now.Add(time.Minute) // whoever comes on the rota meanwhile is asked
	}
	if a.All && kind == vedette.LetterOffer {
		kind = vedette.LetterOfferAll
	}
	var names []string
	for _, d := range a.Who {
		names = append(names, d.Name)
		for _, to := range d.Addresses {
			s.Letters = append(s.Letters, vedette.Letter{Kind: kind, Recipient: d.Key, Case: c.Case, Task: c.Task, Callout: c.Key, Address: to.No, Channel: to.Channel})
		}
	}
	var over []vedette.Channel // once all are asked, who called is to know whom to ring
	if c.Task == 0 && c.Alls == 0 && (a.All || s.Idle && c.Step == 0) && !c.Told {
		var err error
		s.Tells = true
		if over, err = b.reach(ctx, writable); err != nil {
			return err
		}
	}
	_, err := b.rows.StepCallout(ctx, c, s, names, over, now)
	return err
}

// bidFor is by when somebody is to have done what the engine asks of the desk.
const bidFor = 10 * time.Minute

// bid makes a task of a question, unless it is open already.
func (b *branch) bid(ctx context.Context, kind vedette.TaskKind, question string) error {
	open, err := b.rows.Tasks(ctx, store.TaskFilter{State: vedette.TaskOpen, Kind: kind})
	if err != nil || slices.ContainsFunc(open, func(t vedette.Task) bool { return t.Question == question }) {
		return err
	}
	now := b.Now()
	return b.rows.AddTask(ctx, vedette.Task{Kind: kind, Question: question, Default: "nothing is done", DueAt: now.Add(bidFor)}, now)
}
