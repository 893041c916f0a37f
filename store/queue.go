package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// segment is a run of the queue: one lane, channel and update. There are few,
// however many rows wait.
type segment struct {
	lane    vedette.Lane
	channel vedette.Channel
	code    int64 // of the channel
	update  int64
	due     int64  // of its first row
	among   string // a further condition on d, "" for none
}

// runs walks the queue's index from run to run, in one statement: a lookup for
// each lane, channel and update that has one, however many rows wait. Each
// step is a scalar query, which both engines answer from the index's next entry.
const runs = `WITH RECURSIVE
	lanes (lane) AS (SELECT (SELECT d.lane FROM ` + waitingRows + ` ORDER BY d.lane LIMIT 1)
		UNION ALL SELECT (SELECT d.lane FROM ` + waitingRows + ` AND d.lane > l.lane ORDER BY d.lane LIMIT 1) FROM lanes l WHERE l.lane IS NOT NULL),
	ways (lane, channel) AS (SELECT l.lane, (SELECT d.channel FROM ` + waitingRows + ` AND d.lane = l.lane ORDER BY d.channel LIMIT 1) FROM lanes l WHERE l.lane IS NOT NULL
		UNION ALL SELECT w.lane, (SELECT d.channel FROM ` + waitingRows + ` AND d.lane = w.lane AND d.channel > w.channel ORDER BY d.channel LIMIT 1) FROM ways w WHERE w.channel IS NOT NULL),
	runs (lane, channel, update_id) AS (SELECT w.lane, w.channel, (SELECT d.update_id FROM ` + waitingRows + ` AND d.lane = w.lane AND d.channel = w.channel ORDER BY d.update_id LIMIT 1) FROM ways w WHERE w.channel IS NOT NULL
		UNION ALL SELECT r.lane, r.channel, (SELECT d.update_id FROM ` + waitingRows + ` AND d.lane = r.lane AND d.channel = r.channel AND d.update_id > r.update_id ORDER BY d.update_id LIMIT 1) FROM runs r WHERE r.update_id IS NOT NULL)
	SELECT lane, channel, update_id, due_at FROM (SELECT r.lane, r.channel, r.update_id,
		(SELECT d.due_at FROM ` + waitingRows + ` AND d.lane = r.lane AND d.channel = r.channel AND d.update_id = r.update_id ORDER BY d.due_at LIMIT 1) AS due_at
		FROM runs r WHERE r.update_id IS NOT NULL) AS dues
	WHERE due_at IS NOT NULL`

const waitingRows = `deliveries d WHERE d.org = $1 AND d.state = {queued}`

// segments gives the runs of the queue by lane, then by what is due first.
func (t *tx) segments(org int64) (list []segment, err error) {
	err = t.Each(func(r *sql.Rows) error {
		var s segment
		err := r.Scan(&s.lane, &s.code, &s.update, &s.due)
		s.channel = code.Channel.Word(s.code)
		list = append(list, s)
		return err
	}, runs, org)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b segment) int {
		return cmp.Or(cmp.Compare(a.lane, b.lane), cmp.Compare(a.due, b.due), cmp.Compare(a.code, b.code), cmp.Compare(a.update, b.update))
	})
	return list, nil
}

// fate is what befell an update that still has rows in the queue.
type fate struct {
	stopped bool
	reason  string
	held    bool    // overtaken, and not all notices of the newer ones are planned
	newer   []newer // of the situation and not stopped, newest first, when overtaken
	clears  []int64 // all-clears given since, by key
}

type newer struct{ key, number int64 }

// blocked says that nothing of the update may be claimed.
func (f *fate) blocked() bool { return f != nil && (f.stopped || f.held) }

// unreplaced is the condition that the recipient of d has no notice in a
// newer update of the situation, or is not sent it. Systems get every update.
func (f *fate) unreplaced(c vedette.Channel) string {
	if f == nil || c == vedette.ChannelWebhook {
		return ""
	}
	out := ""
	if len(f.newer) > 0 {
		keys := make([]string, len(f.newer))
		for i, n := range f.newer {
			keys[i] = fmt.Sprint(n.key)
		}
		out = ` AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.update_id IN (` + strings.Join(keys, ", ") + `) AND n.recipient_id = d.recipient_id AND NOT ` + shunned("n") + `)`
	}
	for _, key := range f.clears {
		out += ` AND NOT ` + clearedBy(key)
	}
	return out
}

// shunned is the condition that all of a notice's deliveries were withheld, for it
// may not go there: it replaces nothing.
func shunned(n string) string {
	of := `SELECT 1 FROM deliveries w WHERE w.update_id = ` + n + `.update_id AND w.recipient_id = ` + n + `.recipient_id AND w.state `
	return `(EXISTS (` + of + `= {withheld}) AND NOT EXISTS (` + of + `<> {withheld}))`
}

// clearedBy is the condition that the recipient of d has a notice of an
// all-clear which is no older than theirs, or than what that reminds of: it says
// all that still stands for them, and what they are told after it must not be
// the warning.
func clearedBy(key int64) string {
	return fmt.Sprintf(`EXISTS (SELECT 1 FROM notices n JOIN notices r ON r.update_id = d.update_id AND r.recipient_id = d.recipient_id AND r.round = d.round
		JOIN notices w ON w.update_id = r.update_id AND w.recipient_id = r.recipient_id AND w.round = r.word
		WHERE n.update_id = %d AND n.recipient_id = d.recipient_id AND n.made_at >= w.made_at)`, key)
}

// fates gives the fate of the updates in the queue that have one.
func (t *tx) fates(segments []segment) (map[int64]*fate, error) {
	out := map[int64]*fate{}
	if len(segments) == 0 {
		return out, nil
	}
	keys := make([]int64, len(segments))
	for i, s := range segments {
		keys[i] = s.update
	}
	arg, overtaken := ground.List(keys), false
	err := t.Each(func(r *sql.Rows) error {
		var key int64
		var state vedette.UpdateState
		f := &fate{}
		err := r.Scan(&key, code.Update.Into(&state), &f.reason)
		f.stopped = state == vedette.UpdateStopped
		overtaken = overtaken || !f.stopped
		out[key] = f
		return err
	}, `SELECT update_id, state, stop_reason FROM marks WHERE update_id {in $1}`, arg)
	if err == nil {
		err = t.cleared(out, keys)
	}
	if err != nil || !overtaken {
		return out, err
	}
	return out, t.Each(func(r *sql.Rows) error {
		var key, open int64
		var n newer
		err := r.Scan(&key, &n.key, &n.number, &open)
		if f := out[key]; f != nil {
			f.newer = append(f.newer, n)
			f.held = f.held || open > 0
		}
		return err
	}, `SELECT o.id, n.id, n.number, (SELECT count(*) FROM fanouts f WHERE f.update_id = n.id AND f.finished_at = 0)
		FROM updates o JOIN updates n ON n.situation_id = o.situation_id AND n.number > o.number AND n.alone = 0
		LEFT JOIN marks m ON m.update_id = n.id AND m.state = {update stopped}
		WHERE o.id {in $1} AND m.update_id IS NULL ORDER BY n.number DESC`, arg)
}

// waiting gives the runs of the queue and the fates of their updates.
func (t *tx) waiting(org int64) ([]segment, map[int64]*fate, error) {
	segments, err := t.segments(org)
	if err != nil {
		return nil, nil, err
	}
	fates, err := t.fates(segments)
	return segments, fates, err
}

// Stopped gives the updates that are stopped and still have rows in the
// queue, sent for or not. It is cheap.
func (o *Org) Stopped(ctx context.Context) (map[int64]bool, error) {
	out := map[int64]bool{}
	err := o.s.read(ctx, "looking at the queue", func(t *tx) error {
		_, fates, err := t.waiting(o.org)
		clear(out)
		for key, f := range fates {
			if f.stopped {
				out[key] = true
			}
		}
		return err
	})
	return out, err
}
