package store

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"vedette"
	"vedette/store/board"
	"vedette/store/code"
	"vedette/store/ground"
)

// Receiver is how a hook has done lately.
type Receiver struct {
	Hook     int64
	Failures int       // tries on end that it did not take
	Since    time.Time // of the first of them
	Last     time.Time // of the last of them
	TookAt   time.Time // when it took something last, up to tookLately before; the zero time for never
	Detail   string    // what the last try came to
}

// failingFor is how long a receiver has taken nothing when it becomes a task,
// over at least so many tries.
const (
	failingFor   = time.Hour
	failingTries = 5
)

// tried is what came of a try to tell a receiver.
type tried struct {
	hook   int64
	took   bool
	detail string
}

// tookLately is how old what is noted of a receiver that is well may be.
const tookLately = time.Second

// noteReceivers notes what came of some tries, in their order: whoever took one
// is well again, and what failed after that counts. Of those that are well it is
// noted no oftener than tookLately, for most take many a second.
func (t *tx) noteReceivers(org int64, list []tried, now time.Time) error {
	last := map[int64]int{} // by hook: the last it took
	for i, r := range list {
		if r.took {
			last[r.hook] = i
		}
	}
	if len(last) > 0 {
		var took [][]any
		for _, hook := range slices.Sorted(maps.Keys(last)) {
			took = append(took, []any{hook})
		}
		if _, err := t.Exec(`INSERT INTO receivers (hook_id, org, failures, since, last, took_at, asked, detail)
				SELECT v.hook, $2, 0, 0, 0, $3, 0, '' FROM ({rows $1 hook:key}) AS v
				WHERE NOT EXISTS (SELECT 1 FROM receivers r WHERE r.hook_id = v.hook AND r.failures = 0 AND r.asked = 0 AND r.detail = '' AND r.took_at > $4 AND r.took_at <= $3) ORDER BY v.hook
			ON CONFLICT (hook_id) DO UPDATE SET failures = 0, since = 0, last = 0, took_at = excluded.took_at, asked = 0, detail = ''`, ground.List(took), org, ground.Micros(now), ground.Micros(now.Add(-tookLately))); err != nil {
			return err
		}
	}
	for i, r := range list {
		if at, some := last[r.hook]; some && i <= at {
			continue
		}
		if err := t.noteFailing(org, r, now); err != nil {
			return err
		}
	}
	return nil
}

// noteFailing notes a try that a receiver did not take. One that has taken nothing
// for long becomes a task, once.
func (t *tx) noteFailing(org int64, r tried, now time.Time) error {
	at := ground.Micros(now)
	var failures int
	var since time.Time
	var asked int64
	if err := t.Row([]any{&failures, ground.Time(&since), &asked}, `INSERT INTO receivers (hook_id, org, failures, since, last, took_at, asked, detail) VALUES ($1, $2, 1, $3, $3, 0, 0, $4)
		ON CONFLICT (hook_id) DO UPDATE SET failures = receivers.failures + 1, since = CASE receivers.failures WHEN 0 THEN excluded.since ELSE receivers.since END,
			last = excluded.last, detail = excluded.detail RETURNING failures, since, asked`, r.hook, org, at, ground.Plain(r.detail, 300)); err != nil {
		return err
	}
	if asked != 0 || failures < failingTries || now.Sub(since) < failingFor {
		return nil
	}
	var id vedette.ID
	if err := t.Row([]any{&id}, `SELECT uuid FROM recipients WHERE id = $1`, r.hook); err != nil {
		return err
	}
	if _, err := t.Exec(`UPDATE receivers SET asked = 1 WHERE hook_id = $1`, r.hook); err != nil {
		return err
	}
	return board.Ask(t.Tx, org, 0, vedette.Task{Kind: vedette.TaskReceiver, State: vedette.TaskOpen, Default: "it is tried every ten minutes", DueAt: now.Add(4 * time.Hour),
		Question: fmt.Sprintf("See to the system of webhook %s: it has taken nothing since %s (%s); when it is well again: vedette hooks replay %s", id,
			since.UTC().Format("2 Jan 2006 15:04 UTC"), cmp.Or(ground.Plain(r.detail, 120), "no answer"), id)}, now)
}

// Receivers gives how the hooks have done lately, by their keys; of one that
// was never tried there is none.
func (o *Org) Receivers(ctx context.Context) (map[int64]Receiver, error) {
	out := map[int64]Receiver{}
	err := o.s.read(ctx, "reading how systems have done", func(t *tx) error {
		list, err := ground.All(t.Tx, func(r *Receiver) []any {
			return []any{&r.Hook, &r.Failures, ground.Time(&r.Since), ground.Time(&r.Last), ground.Time(&r.TookAt), &r.Detail}
		}, `SELECT hook_id, failures, since, last, took_at, detail FROM receivers WHERE org = $1`, o.org)
		clear(out)
		for _, r := range list {
			out[r.Hook] = r
		}
		return err
	})
	return out, err
}

// Replay says what a hook is to be told again.
type Replay struct {
	Hook   int64
	Update int64     // of it alone, 0 for all
	Since  time.Time // published then or later, the zero time for all
	All    bool      // what it took, too
}

// Missed is an update that a hook is told again.
type Missed struct {
	Update int64
	State  vedette.DeliveryState
	Detail string
}

const replayed = ` d.org = $1 AND d.recipient_id = $2 AND (d.state IN ({on replay}) AND ($3 <> 0 OR d.state IN ({failed}, {unknown})))
	AND d.update_id IN (SELECT u.id FROM updates u WHERE u.org = $1 AND u.published_at >= $4 AND ($5 = 0 OR u.id = $5)
		AND NOT EXISTS (SELECT 1 FROM marks m WHERE m.update_id = u.id AND m.state = {update stopped}))`

func (r *Replay) args(org int64) []any {
	since := int64(0)
	if !r.Since.IsZero() {
		since = ground.Micros(r.Since)
	}
	return []any{org, r.Hook, ground.Bit(r.All), since, r.Update}
}

// Missed lists what a replay would tell, in the order it was published. What
// waits is told anyway, and of what was stopped nothing is.
func (o *Org) Missed(ctx context.Context, r Replay) (list []Missed, err error) {
	err = o.s.read(ctx, "listing what a system missed", func(t *tx) error {
		list, err = ground.All(t.Tx, func(m *Missed) []any { return []any{&m.Update, code.Delivery.Into(&m.State), &m.Detail} },
			`SELECT d.update_id, d.state, coalesce(d.detail, '') FROM deliveries d WHERE`+replayed+` ORDER BY d.update_id`, r.args(o.org)...)
		return err
	})
	return list, err
}

// Replay queues what a hook is to be told again, each under the identity it
// has, and lets it be tried at once. It gives their number.
func (o *Org) Replay(ctx context.Context, r Replay, now time.Time) (n int, err error) {
	err = o.s.write(ctx, "telling a system again", func(t *tx) error {
		touched, err := t.Keys(`UPDATE deliveries AS d SET state = {queued}, due_at = 0, attempts = 0, accepted_at = 0, leased_by = NULL, detail = 'told again' WHERE`+replayed+` RETURNING update_id`, r.args(o.org)...)
		if err != nil {
			return err
		}
		n = len(touched)
		if _, err := t.Exec(`UPDATE receivers SET failures = 0 WHERE hook_id = $1 AND org = $2`, r.Hook, o.org); err != nil {
			return err
		}
		return t.logUpdates(o.org, touched, vedette.LogDelivery, "replayed", now)
	})
	return n, err
}
