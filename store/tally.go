package store

import (
	"context"
	"database/sql"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// Tally counts how an update went. Persons are counted once, by the newest
// word to them: by the delivery of it, or of a reminder of it, that got furthest; a person without any is
// unreachable. Concerned is In and MayBe together; Silent are those of them
// who have not answered since they were told last. An answer of before counts
// among the answers all the same, until there is a newer one: a call for help
// does not end because somebody is told anew. An answer that is not believed
// does not count; one under duress takes the place of those before it.
type Tally struct {
	Concerned, In, MayBe int
	Unreachable          int
	Silent               int
	Deliveries           map[vedette.DeliveryState]int // persons
	Hooks                map[vedette.DeliveryState]int
	Superiors            map[vedette.DeliveryState]int // managers told of a trip; "" has no address
	Answers              map[vedette.ReplyKind]int     // the latest of each person
	Stale                int                           // answers that are older than the person's newest round
	LastReceived         time.Time                     // last evidence from anybody's own end, of any round
	Fanout               Fanout                        // of the publication
}

func newTally() Tally {
	return Tally{Deliveries: map[vedette.DeliveryState]int{}, Hooks: map[vedette.DeliveryState]int{}, Superiors: map[vedette.DeliveryState]int{}, Answers: map[vedette.ReplyKind]int{}}
}

// Told is how many persons received it, or did more.
func (t *Tally) Told() int {
	return t.Deliveries[vedette.DeliveryReceived] + t.Deliveries[vedette.DeliverySeen] + t.Deliveries[vedette.DeliveryAnswered]
}

// Tally counts an update.
func (o *Org) Tally(ctx context.Context, update int64) (sum Tally, err error) {
	err = o.s.read(ctx, "counting", func(t *tx) error {
		sum = newTally()
		f, err := t.fanoutOf(o.org, update)
		if err != nil {
			return err
		}
		sum.Fanout = *f
		return t.count(o.org, update, func(int) *Tally { return &sum })
	})
	return sum, err
}

// VariantTally counts an update by variant, without hooks and managers.
func (o *Org) VariantTally(ctx context.Context, update int64) (map[int]Tally, error) {
	by := map[int]*Tally{}
	err := o.s.read(ctx, "counting", func(t *tx) error {
		clear(by)
		f, err := t.fanoutOf(o.org, update)
		if err != nil {
			return err
		}
		return t.count(o.org, update, func(variant int) *Tally {
			if by[variant] == nil {
				sum := newTally()
				sum.Fanout = *f
				by[variant] = &sum
			}
			return by[variant]
		})
	})
	out := make(map[int]Tally, len(by))
	for no, sum := range by {
		if sum.Concerned > 0 || len(sum.Deliveries) > 0 || sum.Unreachable > 0 {
			sum.Hooks, sum.Superiors = map[vedette.DeliveryState]int{}, map[vedette.DeliveryState]int{}
			out[no] = *sum
		}
	}
	return out, err
}

// count adds up notices, deliveries and answers, each to the tally of its
// variant.
func (t *tx) count(org, update int64, of func(variant int) *Tally) error {
	err := t.Each(func(r *sql.Rows) error {
		var variant, n int
		var kind int // of recipient
		var relation vedette.Relation
		var state vedette.DeliveryState
		var heard time.Time
		if err := r.Scan(&variant, code.Relation.Into(&relation), &kind, code.Delivery.Into(&state), &n, ground.Time(&heard)); err != nil {
			return err
		}
		of(variant).add(relation, state, kind, n, heard)
		return nil
	}, `SELECT variant_no, relation, kind, state, count(*), max(heard) FROM (
			SELECT n.variant_no, n.relation, CASE WHEN h.id > 0 THEN 1 WHEN s.id > 0 THEN 2 ELSE 0 END AS kind,
				coalesce(max(CASE WHEN d.round >= n.round THEN d.state END), 0) AS state, coalesce(max(d.heard_at), 0) AS heard
			FROM notices n LEFT JOIN deliveries d ON d.update_id = n.update_id AND d.recipient_id = n.recipient_id
			LEFT JOIN hooks h ON h.id = n.recipient_id LEFT JOIN superiors s ON s.id = n.recipient_id
			WHERE n.update_id = $1 AND `+newest+` GROUP BY n.update_id, n.recipient_id, n.round, n.variant_no, n.relation, h.id, s.id) AS each_one
		GROUP BY variant_no, relation, kind, state`, update)
	if err != nil {
		return err
	}
	return t.Each(answersInto(of), `SELECT n.variant_no, n.relation, r.kind, r.at, CASE WHEN r.round < n.round THEN 1 ELSE 0 END FROM replies r
		JOIN notices n ON n.update_id = r.update_id AND n.recipient_id = r.recipient_id AND `+newest+`
		WHERE r.update_id = $1 AND r.trust = 0 AND NOT EXISTS (SELECT 1 FROM replies l
			WHERE l.update_id = r.update_id AND l.recipient_id = r.recipient_id AND l.seq > r.seq AND l.trust <> {trust none})`, update)
}

func concerned(r vedette.Relation) bool {
	return r == vedette.RelationIn || r == vedette.RelationMayBe
}

// Add adds another tally up, but for Fanout: for sums over variants.
func (t *Tally) Add(o Tally) {
	t.Concerned, t.In, t.MayBe = t.Concerned+o.Concerned, t.In+o.In, t.MayBe+o.MayBe
	t.Unreachable, t.Silent, t.Stale = t.Unreachable+o.Unreachable, t.Silent+o.Silent, t.Stale+o.Stale
	if o.LastReceived.After(t.LastReceived) {
		t.LastReceived = o.LastReceived
	}
	t.Deliveries, t.Hooks, t.Answers = sum(t.Deliveries, o.Deliveries), sum(t.Hooks, o.Hooks), sum(t.Answers, o.Answers)
	t.Superiors = sum(t.Superiors, o.Superiors)
}

func sum[K comparable](a, b map[K]int) map[K]int {
	out := make(map[K]int, len(a)+len(b))
	for k, n := range a {
		out[k] += n
	}
	for k, n := range b {
		out[k] += n
	}
	return out
}

// add counts n recipients who are alike: persons, hooks (kind 1) or superiors (2).
func (t *Tally) add(relation vedette.Relation, state vedette.DeliveryState, kind, n int, heard time.Time) {
	if heard.After(t.LastReceived) {
		t.LastReceived = heard
	}
	switch kind {
	case 1:
		t.Hooks[state] += n
		return
	case 2:
		t.Superiors[state] += n
		return
	}
	switch relation {
	case vedette.RelationIn:
		t.In += n
	case vedette.RelationMayBe:
		t.MayBe += n
	}
	if t.Concerned = t.In + t.MayBe; concerned(relation) {
		t.Silent += n
	}
	if state == "" {
		t.Unreachable += n
	} else {
		t.Deliveries[state] += n
	}
}

// answersInto counts answers as they are read.
func answersInto(of func(variant int) *Tally) func(r *sql.Rows) error {
	return func(r *sql.Rows) error {
		var variant int
		var relation vedette.Relation
		var kind vedette.ReplyKind
		var at time.Time
		var stale bool
		if err := r.Scan(&variant, code.Relation.Into(&relation), code.Reply.Into(&kind), ground.Time(&at), &stale); err != nil {
			return err
		}
		sum := of(variant)
		sum.Answers[kind]++
		switch {
		case stale:
			sum.Stale++
		case concerned(relation):
			sum.Silent--
		}
		if at.After(sum.LastReceived) {
			sum.LastReceived = at
		}
		return nil
	}
}
