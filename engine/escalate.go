package engine

import (
	"context"
	"fmt"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/escalate"
	"vedette/roster"
	"vedette/store"
)

const (
	escalateChunk = 500
	// heldFor is how long an escalation waits for a newer update to be planned
	// before it is looked at again; heldMost how long for its word that waits to
	// be sent: it may be stopped before.
	heldFor  = 5 * time.Second
	heldMost = 5 * time.Minute
	// callWithin is how soon the desk is to call whoever does not answer.
	callWithin = 15 * time.Minute
)

// patience is what is done while somebody does not answer a notice, where
// anything is: whoever is concerned by what has a policy. A test asks nobody.
func (t *teller) patience(key int64, f *roster.Facts, o *vedette.Notice, v *vedette.Variant) (e vedette.Escalation, some bool) {
	u := t.update
	if !u.Urges(o.Relation) {
		return e, false
	}
	p := t.settings.PolicyFor(f.Restricted, u.UrgencyOf(v), v.Risk)
	over := rung(u, v, f.Slots)
	m, some := escalate.Next(p, escalate.Progress{Since: t.at, Over: channelsOf(over), Named: channelsOf(f.Slots)}, t.at)
	return vedette.Escalation{Update: u.Key, Recipient: key, Policy: p, Since: t.at, DueAt: m.Due}, some
}

func channelsOf(slots []store.Slot) (out []vedette.Channel) {
	for _, s := range slots {
		out = append(out, s.Channel)
	}
	return out
}

// escalate does what is due of those who do not answer: tells them again, or
// asks the desk to call. It holds nothing in memory: how far each is stands
// beside the reminders, in one transaction.
func (b *branch) escalate(ctx context.Context) (bool, error) {
	now := b.Now()
	due, err := b.rows.EscalationsDue(ctx, now, escalateChunk)
	if err != nil || len(due) == 0 {
		return false, err
	}
	people, err := b.roll.Current(ctx)
	if err != nil {
		return false, err
	}
	w := &watch{branch: b, people: people, now: now, updates: map[int64]*vedette.Update{}, variants: map[int64]map[int]vedette.Variant{}, tasks: map[int64]vedette.Task{}}
	steps := make([]store.EscalationStep, len(due))
	for i, p := range due {
		if steps[i], err = w.step(ctx, p); err != nil {
			return false, err
		}
	}
	n, err := b.rows.Escalate(ctx, steps, w.tasks, now)
	if err != nil {
		return false, err
	}
	if w.told > 0 {
		b.Watch.Planned.Add(int64(w.told))
		b.Log.Info("people who did not answer are told again", "reminders", w.told)
		b.nudge()
	}
	return n > 0 && len(due) == escalateChunk, nil
}

// watch is one look at those who do not answer.
type watch struct {
	*branch
	people   *roster.Roster
	now      time.Time
	updates  map[int64]*vedette.Update
	variants map[int64]map[int]vedette.Variant
	tasks    map[int64]vedette.Task
	told     int
}

// step says what is to be done of one that is due.
func (w *watch) step(ctx context.Context, p store.Pending) (store.EscalationStep, error) {
	s := store.EscalationStep{Pending: p, Event: "act", To: p.Done}
	f, there := w.people.Facts(p.Recipient)
	switch {
	case p.Answered:
		s.Event = "answer"
		return s, nil
	case p.Over != "":
		s.Event, s.Why = "end", p.Over
		return s, nil
	case !there:
		s.Event, s.Why = "end", "they are not among our people any more"
		return s, nil
	case p.Held:
		s.Next = w.now.Add(min(max(p.HeldTo.Sub(w.now), heldFor), heldMost))
		return s, nil
	}
	if p.FirstAt.After(p.Since) { // nobody is impatient with whoever heard it just now
		p.Since = p.FirstAt
		s.Since = p.FirstAt
	}
	over, err := w.over(ctx, &p, &f)
	if err != nil {
		return s, err
	}
	named := channelsOf(f.Slots)
	m, more := escalate.Next(p.Policy, escalate.Progress{Done: p.Done, Since: p.Since, Over: over, Named: named, Spare: p.Accounted}, w.now)
	if more && !m.Now {
		s.Next = m.Due
		return s, nil
	}
	// Nobody is reminded of what they were not sent yet: that is still tried. The
	// desk is asked in time all the same.
	tried := p.Waits && m.Act.Do == vedette.DeedTell
	if more && !m.Pass && !tried {
		if err := w.do(ctx, &s, &f, m); err != nil {
			return s, err
		}
	}
	if more {
		s.To = m.No
	}
	// What comes after it counts from now.
	next, more := escalate.Next(p.Policy, escalate.Progress{Done: s.To, Since: w.now, Over: over, Named: named}, w.now)
	s.Next = next.Due
	switch {
	case more:
	case p.Accounted:
		s.Event, s.Why = "end", "accounted for"
	default:
		s.Event = "lapse"
	}
	return s, nil
}

// over are the channels by which somebody is told of their update where a step
// names none.
func (w *watch) over(ctx context.Context, p *store.Pending, f *roster.Facts) ([]vedette.Channel, error) {
	u, err := w.update(ctx, p.Update)
	if err != nil {
		return nil, err
	}
	v, err := w.variant(ctx, p.Update, p.Variant)
	return channelsOf(rung(u, &v, f.Slots)), err
}

// do is one act of a policy.
func (w *watch) do(ctx context.Context, s *store.EscalationStep, f *roster.Facts, m escalate.Move) error {
	u, err := w.update(ctx, s.Update)
	if err != nil {
		return err
	}
	if m.Act.Do == vedette.DeedTask {
		s.Asks = true
		w.tasks[s.Update] = callThem(u, w.now)
		return nil
	}
	vs, err := w.variant(ctx, s.Update, s.Variant)
	if err != nil {
		return err
	}
	due, why := waits(w.Gaz, u, &vs, f, w.people.Presences(s.Recipient), w.now)
	meant := due
	if due.IsZero() {
		due = w.now
	}
	// No first word that is immediate waits behind a reminder.
	lane := vedette.LaneFor(u.Status, vedette.UrgencyImmediate, vedette.RiskLow)
	for _, slot := range f.Slots {
		for _, c := range m.Over {
			if c == slot.Channel {
				s.Deliveries = append(s.Deliveries, vedette.Delivery{Update: s.Update, Recipient: s.Recipient, Address: slot.No, Channel: c,
					State: vedette.DeliveryQueued, Lane: lane, DueAt: due, MeantAt: meant, Detail: why})
			}
		}
	}
	w.told++
	return nil
}

// variant is what somebody was told of an update.
func (w *watch) variant(ctx context.Context, update int64, no int) (vedette.Variant, error) {
	if w.variants[update] == nil {
		list, err := w.rows.Variants(ctx, update)
		if err != nil {
			return vedette.Variant{}, err
		}
		w.variants[update] = map[int]vedette.Variant{}
		for _, v := range list {
			w.variants[update][v.No] = v
		}
	}
	return w.variants[update][no], nil
}

func (w *watch) update(ctx context.Context, key int64) (u *vedette.Update, err error) {
	if u = w.updates[key]; u == nil {
		u, err = w.rows.UpdateByKey(ctx, key)
		w.updates[key] = u
	}
	return u, err
}

// callThem asks the desk to call those who do not answer an update. It names
// nobody: tasks are not sealed.
func callThem(u *vedette.Update, now time.Time) vedette.Task {
	mark := u.Status.Mark()
	if mark != "" {
		mark += ": "
	}
	head := u.Content.Headline
	if head == "" {
		head = u.Content.Title
	}
	return vedette.Task{Kind: vedette.TaskUnanswered, DueAt: now.Add(callWithin), Default: "nobody calls",
		Question: fmt.Sprintf("%sNobody answers: call whoever is on the call list of update %d, “%s” (vedette status %s --people call)", mark, u.Number, deliver.Clean(head), u.ID)}
}
