package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"time"

	"vedette"
	"vedette/store/board"
	"vedette/store/code"
	"vedette/store/ground"
)

// Pending is an escalation that is due, with all that decides what is done.
type Pending struct {
	vedette.Escalation
	Variant   int
	Relation  vedette.Relation
	Answered  bool
	Accounted bool      // others account for them
	Over      string    // why it ends without an answer, "" where it goes on
	Held      bool      // a newer update of the situation is being planned, or its word to them still waits: they may have that in a moment
	HeldTo    time.Time // when the word that waits is due, zero where none does
	Waits     bool      // the first word is still on its way, by every channel: nobody is reminded of it before
	FirstAt   time.Time // when a gateway took it first, zero where none did
}

// grounds are those of a decision: as long as they are the same it stands.
type grounds struct {
	done, variant             int
	answered, accounted, held bool
	over                      string
}

func (p *Pending) grounds() grounds {
	return grounds{p.Done, p.Variant, p.Answered, p.Accounted, p.Held, p.Over}
}

// EscalationStep is what is to be done of one that is due.
type EscalationStep struct {
	Pending                       // as it was decided by
	Event      string             // act, answer, lapse or end, of vedette.Escalations
	Deliveries []vedette.Delivery // of a reminder, one at least; none where nobody is told. Round is set here
	Asks       bool               // the desk is asked to call them
	To         int                // Done is then
	Next       time.Time          // when the next act is due
	Why        string             // of an end
}

// EscalationsDue gives up to limit escalations that are due, the longest due
// first.
func (o *Org) EscalationsDue(ctx context.Context, now time.Time, limit int) (list []Pending, err error) {
	err = o.s.read(ctx, "looking for who does not answer", func(t *tx) error {
		list, err = t.pending("", `escalations e`, `e.org = $1 AND e.state = {escalation running} AND e.due_at <= $2 ORDER BY e.due_at LIMIT $3`, o.org, ground.Micros(now), int64(limit))
		return err
	})
	return list, err
}

// Escalate does what was decided, all in one transaction: reminders are written
// with their deliveries, and with them how far each policy is, so that a kill
// neither repeats an act nor loses one. What has changed since it was decided
// (an answer, a stop, another worker was first) is left alone, for it is looked
// at again. tasks gives, by update, how the desk is asked; it is asked once
// while that waits. done is how many were moved.
func (o *Org) Escalate(ctx context.Context, steps []EscalationStep, tasks map[int64]vedette.Task, now time.Time) (done int, err error) {
	err = o.s.write(ctx, "telling again who does not answer", func(t *tx) error {
		done = 0
		valid, err := t.stillValid(o.org, steps)
		if err != nil || len(valid) == 0 {
			return err
		}
		by := map[int64][]*EscalationStep{}
		for _, s := range valid {
			by[s.Update] = append(by[s.Update], s)
		}
		var reminded []int64
		for _, update := range slices.Sorted(maps.Keys(by)) {
			told, err := t.remind(o.org, update, by[update], now)
			if err != nil {
				return err
			}
			if told {
				reminded = append(reminded, update)
			}
			if k, ok := tasks[update]; ok && slices.ContainsFunc(by[update], func(s *EscalationStep) bool { return s.Asks }) {
				if err := board.AskOnce(t.Tx, o.org, update, k, now); err != nil {
					return err
				}
			}
		}
		if err := t.move(valid, now); err != nil {
			return err
		}
		done = len(valid)
		return t.logUpdates(o.org, reminded, vedette.LogDelivery, "reminded", now)
	})
	return done, err
}

// stillValid locks what decisions rest on, and gives those whose grounds are
// what they were.
func (t *tx) stillValid(org int64, steps []EscalationStep) (valid []*EscalationStep, err error) {
	var keys [][]any
	updates := map[int64]bool{}
	for i := range steps {
		s := &steps[i]
		updates[s.Update] = true
		keys = append(keys, []any{s.Update, s.Recipient, int64(s.Round)})
	}
	if err := t.lockPlanning(slices.Sorted(maps.Keys(updates))...); err != nil {
		return nil, err
	}
	// Whoever answers locks their notice too.
	if _, err := t.Keys(named+` SELECT n.recipient_id FROM v JOIN notices n ON n.update_id = v.of_update AND n.recipient_id = v.recipient
		ORDER BY n.update_id, n.recipient_id, n.round {lock}`, ground.List(keys)); err != nil {
		return nil, err
	}
	list, err := t.pending(named, `v JOIN escalations e ON e.update_id = v.of_update AND e.recipient_id = v.recipient AND e.round = v.round`,
		`e.org = $2 AND e.state = {escalation running}`, ground.List(keys), org)
	if err != nil {
		return nil, err
	}
	is := map[place]grounds{}
	for i := range list {
		is[place{list[i].Update, list[i].Recipient, list[i].Round}] = list[i].grounds()
	}
	for i := range steps {
		s := &steps[i]
		if g, running := is[place{s.Update, s.Recipient, s.Round}]; running && g == s.grounds() {
			valid = append(valid, s)
		}
	}
	return valid, nil
}

// named are the notices named by the first argument.
const named = `WITH v AS MATERIALIZED ({rows $1 of_update:key recipient:key round:key})`

// place names a notice.
type place struct {
	update, recipient int64
	round             int
}

// firstWord are the deliveries of the notice that an escalation began with.
const firstWord = `d.update_id = e.update_id AND d.recipient_id = e.recipient_id AND d.round = e.round`

// pending reads escalations, and what decides of them.
func (t *tx) pending(with, from, where string, args ...any) (list []Pending, err error) {
	err = t.Each(func(r *sql.Rows) error {
		var p Pending
		var words string
		var again, erased bool
		var account vedette.AccountKind
		var queued bool
		err := r.Scan(&p.Update, &p.Recipient, &p.Round, &p.Done, &p.Asked, ground.Time(&p.Since), ground.Time(&p.DueAt), &words,
			&p.Variant, code.Relation.Into(&p.Relation), &p.Answered, code.Account.Into(&account), &again, &erased, &queued, ground.Time(&p.FirstAt))
		if err != nil {
			return err
		}
		p.State, p.Waits = vedette.EscalationRunning, queued && p.FirstAt.IsZero()
		p.Accounted = account != "" && account != vedette.AccountBack
		switch {
		case erased:
			p.Over = "they were erased"
		case again:
			p.Over = toldAnew
		}
		p.Policy, err = vedette.ParsePolicy(words)
		list = append(list, p)
		return err
	}, with+` SELECT e.update_id, e.recipient_id, e.round, e.done, e.asked, e.since, e.due_at, p.words, n.variant_no, n.relation,
			CASE WHEN EXISTS (SELECT 1 FROM replies r WHERE r.update_id = e.update_id AND r.recipient_id = e.recipient_id AND r.round >= e.round AND r.trust <> {trust none}) THEN 1 ELSE 0 END,
			coalesce((`+lastAccount+`), 0), CASE WHEN `+latest+` THEN 0 ELSE 1 END, CASE x.erased_at WHEN 0 THEN 0 ELSE 1 END,
			CASE WHEN EXISTS (SELECT 1 FROM deliveries d WHERE `+firstWord+` AND d.state = {queued}) THEN 1 ELSE 0 END,
			coalesce((SELECT min(d.accepted_at) FROM deliveries d WHERE `+firstWord+` AND d.accepted_at > 0), 0)
		FROM `+from+` JOIN policies p ON p.id = e.policy_id JOIN persons x ON x.id = e.recipient_id
		JOIN notices n ON n.update_id = e.update_id AND n.recipient_id = e.recipient_id AND n.round = e.round
		WHERE `+where, args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list, t.overtake(list)
}

// overtake says of which the update's word is over for their recipients.
func (t *tx) overtake(list []Pending) error {
	by := map[int64][]*Pending{}
	for i := range list {
		by[list[i].Update] = append(by[list[i].Update], &list[i])
	}
	var segments []segment
	for update := range by {
		segments = append(segments, segment{update: update})
	}
	fates, err := t.fates(segments)
	if err != nil {
		return err
	}
	corrected := map[int64]int64{}
	if err := t.Each(func(r *sql.Rows) error {
		var update, number int64
		err := r.Scan(&update, &number)
		corrected[update] = number
		return err
	}, `SELECT corrects_id, min(number) FROM updates WHERE corrects_id {in $1} AND number > 0 GROUP BY corrects_id`, ground.List(slices.Collect(maps.Keys(by)))); err != nil {
		return err
	}
	for update, ps := range by {
		f := fates[update]
		switch {
		case f != nil && f.stopped:
			over(ps, func(*Pending) string { return "stopped: " + f.reason })
		case corrected[update] > 0:
			// What is known to be wrong is not said again, though the correction be stopped.
			over(ps, func(*Pending) string { return fmt.Sprintf("corrected by update %d", corrected[update]) })
		case f != nil:
			if err := t.replaced(f, ps); err != nil {
				return err
			}
		}
	}
	return nil
}

// over ends those that do not end already.
func over(ps []*Pending, why func(*Pending) string) {
	for _, p := range ps {
		if p.Over == "" {
			p.Over = why(p)
		}
	}
}

// replaced ends those whose recipients have had the word of a newer update, or
// of an all-clear given since. While that word waits, or the newer update is
// still being planned, they are held: it may yet be stopped, and then theirs
// goes on.
func (t *tx) replaced(f *fate, ps []*Pending) error {
	keys := make([]int64, len(ps))
	for i, p := range ps {
		keys[i], p.Held = p.Recipient, f.held
	}
	for _, n := range f.newer {
		why := fmt.Sprintf("overtaken by update %d", n.number)
		err := t.supersede(ps, why, `SELECT DISTINCT n.recipient_id, `+waitsOf("n")+` FROM notices n WHERE n.update_id = $1 AND n.recipient_id {in $2}`, n.key, ground.List(keys))
		if err != nil {
			return err
		}
	}
	for _, key := range f.clears {
		err := t.supersede(ps, "an all-clear was given", `SELECT DISTINCT w.recipient_id, `+waitsOf("n")+` FROM notices n JOIN notices w ON w.recipient_id = n.recipient_id AND w.word = w.round
			WHERE n.update_id = $1 AND w.update_id = $3 AND w.recipient_id {in $2} AND n.made_at >= w.made_at
				AND NOT EXISTS (SELECT 1 FROM notices l WHERE l.update_id = w.update_id AND l.recipient_id = w.recipient_id AND l.word > w.round)`,
			key, ground.List(keys), ps[0].Update)
		if err != nil {
			return err
		}
	}
	return nil
}

// waitsOf is when the first of what waits of the newest round of an update to
// somebody is due, by a notice of theirs, 0 where nothing waits; and whether any
// of it may have reached them, or went to no address.
func waitsOf(n string) string {
	return fmt.Sprintf(`coalesce((SELECT min(d.due_at) FROM deliveries d WHERE d.update_id = %[1]s.update_id AND d.recipient_id = %[1]s.recipient_id AND d.state = {queued}
		AND d.round = (SELECT max(l.round) FROM notices l WHERE l.update_id = %[1]s.update_id AND l.recipient_id = %[1]s.recipient_id)), 0),
		CASE WHEN EXISTS (SELECT 1 FROM deliveries d WHERE d.update_id = %[1]s.update_id AND d.recipient_id = %[1]s.recipient_id AND d.state IN ({accepted}, {received}, {seen}, {answered}, {unknown}))
			OR NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.update_id = %[1]s.update_id AND d.recipient_id = %[1]s.recipient_id) THEN 1 ELSE 0 END`, n)
}

// newerWord is how far a newer word to somebody is.
type newerWord struct {
	due time.Time // when it is sent, zero where it does not wait
	had bool
}

// supersede ends those whom a query names and who had the newer word, and holds
// those of them to whom it waits to be sent. Whom it reached at no address goes
// on: they have the older word alone.
func (t *tx) supersede(ps []*Pending, why, query string, args ...any) error {
	have := map[int64]newerWord{}
	err := t.Each(func(r *sql.Rows) error {
		var key, had int64
		var w newerWord
		err := r.Scan(&key, ground.Time(&w.due), &had)
		w.had = had == 1
		have[key] = w
		return err
	}, query, args...)
	if err != nil {
		return err
	}
	over(ps, func(p *Pending) string {
		switch w, is := have[p.Recipient]; {
		case is && !w.due.IsZero():
			p.Held, p.HeldTo = true, w.due
		case is && w.had:
			return why
		}
		return ""
	})
	return nil
}

// remind writes the reminders of an update, and says whether there are any.
func (t *tx) remind(org, update int64, steps []*EscalationStep, now time.Time) (bool, error) {
	b := telling{org: org, update: update, at: now}
	for _, s := range steps {
		if len(s.Deliveries) == 0 {
			continue
		}
		b.notices = append(b.notices, vedette.Notice{Update: update, Recipient: s.Recipient, Word: s.Round, Cause: vedette.CauseReminder,
			Relation: s.Relation, Variant: s.Variant})
		b.deliveries = append(b.deliveries, s.Deliveries...)
	}
	if len(b.notices) == 0 {
		return false, nil
	}
	_, err := t.tell(&b)
	return true, err
}

// move writes how far the policies are.
func (t *tx) move(steps []*EscalationStep, now time.Time) error {
	rows := make([][]any, len(steps))
	for i, s := range steps {
		state, ok := vedette.Escalations.Next(vedette.EscalationRunning, s.Event)
		if !ok {
			return vedette.Errorf(vedette.CodeInternal, "an escalation takes no %q", s.Event)
		}
		since, due := s.Since, time.Time{}
		if s.To > s.Done {
			since = now
		}
		if state == vedette.EscalationRunning {
			due = s.Next
		}
		rows[i] = []any{s.Update, s.Recipient, int64(s.Round), int64(s.To), ground.Micros(since), ground.Micros(due), ground.Bit(s.Asked || s.Asks),
			code.Escalation.Of(state), ground.Plain(s.Why, maxDetail)}
	}
	_, err := t.Exec(`WITH v AS MATERIALIZED ({rows $1 of_update:key recipient:key round:key behind:key since:key due:key asked:key state:key why:text})
		UPDATE escalations SET done = v.behind, since = v.since, due_at = v.due, asked = v.asked, state = v.state, detail = v.why FROM v
		WHERE escalations.update_id = v.of_update AND escalations.recipient_id = v.recipient AND escalations.round = v.round
			AND escalations.state = {escalation running}`, ground.List(rows))
	return err
}
