package store

import (
	"context"
	"database/sql"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
)

// addEscalations writes what is to be done while nobody answers the notices
// that were written just now.
func (t *tx) addEscalations(b *telling) error {
	var list []*vedette.Escalation
	policies := map[string]int64{}
	for i := range b.escalations {
		e := &b.escalations[i]
		s := b.seats[e.Recipient]
		if s == nil || s.made == 0 {
			continue
		}
		words := e.Policy.String()
		if policies[words] == 0 {
			key, err := t.policy(b.org, words)
			if err != nil {
				return err
			}
			policies[words] = key
		}
		list = append(list, e)
	}
	args := make([]any, 8)
	args[0], args[2], args[7] = b.update, b.org, code.Escalation.Of(vedette.EscalationRunning)
	return t.Bulk("escalations", []string{"update_id", "recipient_id", "org", "policy_id", "since", "due_at", "round", "state"}, len(list), func(i int) []any {
		e := list[i]
		args[1], args[3], args[4], args[5] = e.Recipient, policies[e.Policy.String()], ground.Micros(e.Since), ground.Micros(e.DueAt)
		args[6] = int64(b.seats[e.Recipient].made)
		return args
	})
}

// policy gives the key of a policy by its words, and keeps it where it is new.
func (t *tx) policy(org int64, words string) (key int64, err error) {
	found, err := t.Found([]any{&key}, `SELECT id FROM policies WHERE org = $1 AND words = $2`, org, words)
	if err != nil || found {
		return key, err
	}
	if key, err = book.Keys(t.Tx, "policy", 1); err != nil {
		return 0, err
	}
	// Another may have kept it while this waited for the counter.
	if _, err := t.Exec(`INSERT INTO policies (id, org, words) VALUES ($1, $2, $3) ON CONFLICT (org, words) DO NOTHING`, key, org, words); err != nil {
		return 0, err
	}
	return key, t.Row([]any{&key}, `SELECT id FROM policies WHERE org = $1 AND words = $2`, org, words)
}

// EscalationTally counts how an update's policies went.
type EscalationTally struct {
	Running int       // are told again, or the desk is asked, unless they answer
	Next    time.Time // when the next of them is due
	Asked   int       // of all, those whom the desk is asked to call and who have neither answered nor are accounted for
}

// silentStill is the condition that whoever an escalation e is about has not
// answered its word, and that nobody accounts for them.
const silentStill = ` NOT EXISTS (SELECT 1 FROM replies r WHERE r.update_id = e.update_id AND r.recipient_id = e.recipient_id AND r.round >= e.round AND r.trust <> {trust none})
	AND coalesce((` + lastAccount + `), {account taken back}) = {account taken back}`

// lastAccount is what was last said of whoever an escalation e is about, in a
// roll-call of its situation or of none, since they were told. A word in an
// exercise accounts for nobody in earnest.
const lastAccount = `SELECT a.kind FROM roll_accounts a JOIN rollcalls c ON c.id = a.rollcall_id
	JOIN updates u ON u.id = e.update_id
	JOIN notices w ON w.update_id = e.update_id AND w.recipient_id = e.recipient_id AND w.round = e.round
	WHERE a.person_id = e.recipient_id AND a.at >= w.made_at AND c.status = u.status
	AND (c.update_id IS NULL OR c.update_id IN (SELECT v.id FROM updates v WHERE v.situation_id = u.situation_id))
	ORDER BY a.seq DESC LIMIT 1`

// latest is the condition that an escalation e is of the newest word.
const latest = ` NOT EXISTS (SELECT 1 FROM notices l WHERE l.update_id = e.update_id AND l.recipient_id = e.recipient_id AND l.word > e.round)`

// EscalationTally counts an update.
func (o *Org) EscalationTally(ctx context.Context, update int64) (sum EscalationTally, err error) {
	err = o.s.read(ctx, "counting who does not answer", func(t *tx) error {
		sum = EscalationTally{}
		return t.Row([]any{&sum.Running, ground.Time(&sum.Next), &sum.Asked}, `SELECT
				coalesce(sum(CASE e.state WHEN {escalation running} THEN 1 ELSE 0 END), 0),
				min(CASE e.state WHEN {escalation running} THEN e.due_at END),
				coalesce(sum(e.asked), 0)
			FROM escalations e WHERE e.org = $1 AND e.update_id = $2 AND (e.state = {escalation running} OR e.asked = 1) AND `+latest+` AND `+silentStill, o.org, update)
	})
	return sum, err
}

// Waits are the persons for whom a message of an update waits by a wish of
// theirs, and when the first of each kind is due.
type Waits struct {
	Quiet, Digest, Next       int // until their quiet hours end; for their digest; for what becomes of another channel
	QuietAt, DigestAt, NextAt time.Time
}

// Waiting counts them. What is tried again, or waits for its turn, does not count.
func (o *Org) Waiting(ctx context.Context, update int64, now time.Time) (w Waits, err error) {
	err = o.s.read(ctx, "counting who is told later", func(t *tx) error {
		w = Waits{}
		return t.Each(func(r *sql.Rows) error {
			var kind, n int
			var first time.Time
			err := r.Scan(&kind, &n, ground.Time(&first))
			switch kind {
			case 0:
				w.Quiet, w.QuietAt = n, first
			case 1:
				w.Next, w.NextAt = n, first
			case 2:
				w.Digest, w.DigestAt = n, first
			}
			return err
		}, `SELECT kind, count(DISTINCT recipient_id), min(due_at) FROM (
				SELECT CASE WHEN d.lane = $4 THEN 2 ELSE d.held END AS kind, d.recipient_id, d.due_at FROM deliveries d JOIN persons p ON p.id = d.recipient_id
				WHERE d.org = $1 AND d.update_id = $2 AND d.state = {queued} AND d.due_at > $3 AND d.meant_at > $3 AND d.attempts = 0 AND d.doubts = 0 AND d.leased_by IS NULL) AS by_wish
			GROUP BY kind`, o.org, update, ground.Micros(now), int64(vedette.LaneDigest))
	})
	return w, err
}

// EscalationsOf lists what was, and is, done while somebody does not answer an
// update: by round, the first first.
func (o *Org) EscalationsOf(ctx context.Context, update, recipient int64) (list []vedette.Escalation, err error) {
	err = o.s.read(ctx, "reading what is done while somebody does not answer", func(t *tx) error {
		list = nil
		return t.Each(func(r *sql.Rows) error {
			e := vedette.Escalation{Update: update, Recipient: recipient}
			var words string
			err := r.Scan(&e.Round, &e.Done, &e.Asked, ground.Time(&e.Since), ground.Time(&e.DueAt), code.Escalation.Into(&e.State), &e.Detail, &words)
			if err != nil {
				return err
			}
			e.Policy, err = vedette.ParsePolicy(words)
			list = append(list, e)
			return err
		}, `SELECT e.round, e.done, e.asked, e.since, e.due_at, e.state, e.detail, p.words FROM escalations e JOIN policies p ON p.id = e.policy_id
			WHERE e.org = $1 AND e.update_id = $2 AND e.recipient_id = $3 ORDER BY e.round`, o.org, update, recipient)
	})
	return list, err
}
