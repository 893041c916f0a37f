package store

import (
	"fmt"
	"time"

	"vedette"
	"vedette/store/board"
	"vedette/store/code"
	"vedette/store/ground"
)

// reachWithin is by when somebody is to be reached another way.
const reachWithin = time.Hour

// askUnreached makes it a task to reach those another way to whom an update did
// not get, if any of some people is such a one: their newest round failed, or
// may have, and nothing of it is on its way or further. There is one such task
// of an update at a time, and none of a drill.
func (t *tx) askUnreached(org, update int64, people []int64, now time.Time) error {
	if len(people) == 0 {
		return nil
	}
	lost, err := t.Exists(`SELECT 1 FROM deliveries d JOIN persons p ON p.id = d.recipient_id AND p.erased_at = 0
		WHERE d.update_id = $1 AND d.recipient_id {in $2} AND d.state IN ({failed}, {unknown}) AND NOT EXISTS (SELECT 1 FROM deliveries o
			WHERE o.update_id = d.update_id AND o.recipient_id = d.recipient_id AND o.round >= d.round
			AND o.state IN ({queued}, {accepted}, {received}, {seen}, {answered})) LIMIT 1`, update, ground.List(people))
	if err != nil || !lost {
		return err
	}
	return t.askReach(org, update, "failed; --people unknown lists of whom nobody knows", now)
}

// askHalted makes it a task to tell whom an update was never planned for: its
// planning was halted by a newer one, which is stopped now, so that it stands
// again.
func (t *tx) askHalted(org, situation int64, now time.Time) error {
	halted, err := t.Keys(`SELECT s.stands FROM situations s WHERE s.id = $1 AND s.stands > 0
		AND EXISTS (SELECT 1 FROM fanouts f WHERE f.update_id = s.stands AND f.state = {fanout halted})`, situation)
	if err != nil || len(halted) == 0 {
		return err
	}
	return t.askReach(org, halted[0], "all; the others were not planned for when a newer one came that is stopped now: publish it anew", now)
}

func (t *tx) askReach(org, update int64, whom string, now time.Time) error {
	open, err := t.Exists(`SELECT 1 FROM tasks WHERE org = $1 AND update_id = $2 AND kind = $3 AND state = {task open} LIMIT 1`,
		org, update, code.TaskKind.Of(vedette.TaskUnreached))
	if err != nil || open {
		return err
	}
	u, err := t.update(`u.id = $2`, org, update)
	if err != nil || u.Status != vedette.StatusActual {
		return err
	}
	return board.Ask(t.Tx, org, update, vedette.Task{Kind: vedette.TaskUnreached, State: vedette.TaskOpen, About: u.ID, Default: "nobody else tries", DueAt: now.Add(reachWithin),
		Question: fmt.Sprintf("Reach another way whomever update %d of “%s” did not get to: vedette status %s --people %s", u.Number, u.Situation.Title, u.ID, whom)}, now)
}
