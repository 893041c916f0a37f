package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// TallyThen is how an update stood at a moment, as far as what is kept can say. Of its
// Deliveries queued is what was not accepted by then, be it that it waited, was withheld or
// failed; accepted is what was, with no evidence from their end by then; received is what had
// such evidence. Nothing else is told apart. Answers are counted as they are believed now.
type TallyThen struct {
	Tally
	// Doubtful are those of accepted from whose end something was heard later: whether that was
	// the first is not kept, so they may have received it by then.
	Doubtful int
}

// newestThen is newest as of the moment in $2.
const newestThen = `n.word = n.round AND n.made_at <= $2 AND NOT EXISTS (SELECT 1 FROM notices l WHERE l.update_id = n.update_id AND l.recipient_id = n.recipient_id AND l.word > n.round AND l.made_at <= $2)`

// TalliesThen counts an update as it stood at a moment, by variant. Persons alone are
// counted.
func (o *Org) TalliesThen(ctx context.Context, update int64, at time.Time) (by map[int]*TallyThen, err error) {
	err = o.s.read(ctx, "counting what was then", func(t *tx) error {
		by = map[int]*TallyThen{}
		if _, err := t.updateID(o.org, update); err != nil {
			return err
		}
		of := func(variant int) *TallyThen {
			if by[variant] == nil {
				by[variant] = &TallyThen{Tally: newTally()}
			}
			return by[variant]
		}
		if err := t.countThen(update, at, of); err != nil {
			return err
		}
		return t.answersThen(update, at, of)
	})
	return by, err
}

// The stages of a person's messages at a moment, as countThen numbers them.
const (
	thenNone     = iota // no address
	thenWaits           // not accepted yet
	thenAccepted        // nothing heard from them, then or since
	thenDoubtful        // heard from them later
	thenTold            // heard from them by then, or they answered
)

func (t *tx) countThen(update int64, at time.Time, of func(int) *TallyThen) error {
	return t.Each(func(r *sql.Rows) error {
		var variant, stage, n int
		var relation vedette.Relation
		var heard time.Time
		if err := r.Scan(&variant, code.Relation.Into(&relation), &stage, &n, ground.Time(&heard)); err != nil {
			return err
		}
		sum := of(variant)
		state := map[int]vedette.DeliveryState{thenWaits: vedette.DeliveryQueued, thenAccepted: vedette.DeliveryAccepted, thenDoubtful: vedette.DeliveryAccepted, thenTold: vedette.DeliveryReceived}[stage]
		if sum.add(relation, state, 0, n, heard); stage == thenDoubtful {
			sum.Doubtful += n
		}
		return nil
	}, `SELECT variant_no, relation, stage, count(*), max(heard) FROM (
			SELECT n.variant_no, n.relation, max(CASE WHEN EXISTS (SELECT 1 FROM replies r WHERE r.update_id = n.update_id AND r.recipient_id = n.recipient_id AND r.round >= n.round AND r.at <= $2 AND r.trust <> {trust none}) THEN 4
				WHEN d.update_id IS NULL THEN 0 WHEN d.heard_at > 0 AND d.heard_at <= $2 THEN 4
				WHEN d.heard_at > $2 AND d.accepted_at <= $2 THEN 3 WHEN d.accepted_at > 0 AND d.accepted_at <= $2 THEN 2 ELSE 1 END) AS stage,
				max(CASE WHEN d.heard_at <= $2 THEN d.heard_at ELSE 0 END) AS heard
			FROM notices n JOIN persons p ON p.id = n.recipient_id
			LEFT JOIN deliveries d ON d.update_id = n.update_id AND d.recipient_id = n.recipient_id AND d.round >= n.round
				AND EXISTS (SELECT 1 FROM notices m WHERE m.update_id = d.update_id AND m.recipient_id = d.recipient_id AND m.round = d.round AND m.made_at <= $2)
			WHERE n.update_id = $1 AND `+newestThen+` GROUP BY n.recipient_id, n.round, n.variant_no, n.relation) AS each_one
		GROUP BY variant_no, relation, stage`, update, ground.Micros(at))
}

func (t *tx) answersThen(update int64, at time.Time, of func(int) *TallyThen) error {
	return t.Each(answersInto(func(variant int) *Tally { return &of(variant).Tally }), `SELECT n.variant_no, n.relation, r.kind, r.at, CASE WHEN r.round < n.round THEN 1 ELSE 0 END FROM replies r
		JOIN notices n ON n.update_id = r.update_id AND n.recipient_id = r.recipient_id AND `+newestThen+`
		JOIN persons p ON p.id = n.recipient_id
		WHERE r.update_id = $1 AND r.trust = 0 AND r.at <= $2 AND NOT EXISTS (SELECT 1 FROM replies l
			WHERE l.update_id = r.update_id AND l.recipient_id = r.recipient_id AND l.seq > r.seq AND l.at <= $2 AND l.trust <> {trust none})`, update, ground.Micros(at))
}

// StoodThen lists what stood at a moment, as Standing does for now: the newest first.
func (o *Org) StoodThen(ctx context.Context, at time.Time) (list []*vedette.Update, err error) {
	stood := func(u string) string {
		return strings.ReplaceAll(`u.number > 0 AND u.alone = 0 AND u.drill = 0 AND u.published_at > 0 AND u.published_at <= $2
			AND NOT EXISTS (SELECT 1 FROM marks m WHERE m.update_id = u.id AND m.stopped_at > 0 AND m.stopped_at <= $2)`, "u.", u+".")
	}
	err = o.s.read(ctx, "listing what stood then", func(t *tx) error {
		list, err = t.updates(stood("u")+` AND u.cancels = 0
			AND NOT EXISTS (SELECT 1 FROM updates v WHERE v.situation_id = u.situation_id AND v.number > u.number AND `+stood("v")+`)
			AND NOT EXISTS (SELECT 1 FROM all_clears a WHERE a.update_id = u.id)
			AND NOT EXISTS (SELECT 1 FROM roll_questions q WHERE q.update_id = u.id) ORDER BY u.published_at DESC, u.id DESC`, o.org, ground.Micros(at))
		return err
	})
	return list, err
}
