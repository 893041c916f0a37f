package store

import (
	"context"
	"encoding/json"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// AddSignal keeps a signal as it came, and has those that it refers to overtaken where
// nobody has looked yet; it is overtaken itself where the one that refers to it came
// before. One that came before is kept once, and given as it is; another text by the same
// name is a conflict.
func (o *Org) AddSignal(ctx context.Context, s vedette.Signal, body []byte) (kept vedette.Signal, fresh bool, err error) {
	words, err := json.Marshal(s.SignalWords)
	if err != nil {
		return kept, false, vedette.Wrap(err, vedette.CodeInternal, "the signal cannot be written as JSON")
	}
	err = o.s.write(ctx, "keeping a signal", func(t *tx) error {
		var seq int64 // first: two of one name come one after the other
		if err := t.Row([]any{&seq}, `SELECT seq FROM organisations WHERE id = $1 {lock}`, o.org); err != nil {
			return err
		}
		there, err := t.signals(o.org, ` AND s.sender = $2 AND s.identifier = $3 AND s.sent_at = $4`, s.Sender, s.Identifier, ground.Micros(s.Sent))
		if err != nil {
			return err
		}
		if len(there) > 0 {
			if kept = there[0]; kept.Digest != s.Digest {
				return vedette.Errorf(vedette.CodeConflict, "%s sent another signal by the name %s, with the same time; it is kept as that came", s.Sender, s.Identifier)
			}
			return nil
		}
		kept, fresh = s, true
		return t.addSignal(o.org, &kept, words, body)
	})
	return kept, fresh, err
}

func (t *tx) addSignal(org int64, s *vedette.Signal, words, body []byte) (err error) {
	if s.Key, err = t.keys("signal", 1); err != nil {
		return err
	}
	s.State, s.ReceivedAt = vedette.SignalOpen, ground.Moment(ground.Micros(s.ReceivedAt))
	later, err := t.Exists(`SELECT 1 FROM signal_refers WHERE org = $1 AND sender = $2 AND identifier = $3 AND sent_at = $4`, org, s.Sender, s.Identifier, ground.Micros(s.Sent))
	if err != nil {
		return err
	}
	if later {
		s.State, s.At = vedette.SignalOvertaken, s.ReceivedAt
	}
	if _, err = t.Exec(`INSERT INTO signals (id, org, uuid, received_at, sender, identifier, sent_at, digest, words, body, state, decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		s.Key, org, string(s.ID), ground.Micros(s.ReceivedAt), s.Sender, s.Identifier, ground.Micros(s.Sent), s.Digest, ground.Plain(string(words), 0), body, code.Signal.Of(s.State), ground.Micros(s.At)); err != nil {
		return err
	}
	for _, r := range s.Refers {
		if err := t.refer(org, s, r); err != nil {
			return err
		}
	}
	return t.log(org, vedette.LogSignal, s.ID, "received", s.ReceivedAt)
}

// refer keeps that a signal takes the place of another, and has that overtaken where it
// still waits.
func (t *tx) refer(org int64, s *vedette.Signal, r vedette.SignalName) error {
	if _, err := t.Exec(`INSERT INTO signal_refers (signal_id, org, sender, identifier, sent_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
		s.Key, org, r.Sender, r.Identifier, ground.Micros(r.Sent)); err != nil {
		return err
	}
	_, err := t.Exec(`UPDATE signals SET state = {signal overtaken}, decided_at = $6 WHERE org = $1 AND sender = $2 AND identifier = $3 AND sent_at = $4 AND id <> $5 AND state IN ({signal on overtake})`,
		org, r.Sender, r.Identifier, ground.Micros(r.Sent), s.Key, ground.Micros(s.ReceivedAt))
	return err
}

// Signals lists what came from outside feeds: what waits for somebody to look, else all,
// the newest first and at most so many.
func (o *Org) Signals(ctx context.Context, open bool, most int) (list []vedette.Signal, err error) {
	err = o.s.read(ctx, "listing signals", func(t *tx) error {
		where := ` ORDER BY s.id DESC LIMIT $2`
		if open {
			where = ` AND s.state = {signal open}` + where
		}
		list, err = t.signals(o.org, where, ground.Most(most))
		return err
	})
	return list, err
}

// Signal gives one with its bytes as they came, and those that refer to it, or that it
// refers to, as far as they are here.
func (o *Org) Signal(ctx context.Context, id vedette.ID) (s vedette.Signal, body []byte, others []vedette.Signal, err error) {
	err = o.s.read(ctx, "reading a signal", func(t *tx) error {
		list, err := t.signals(o.org, ` AND s.uuid = $2`, string(id))
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return vedette.Errorf(vedette.CodeNotFound, "there is no such signal")
		}
		s = list[0]
		if err := t.Row([]any{&body}, `SELECT body FROM signals WHERE id = $1`, s.Key); err != nil {
			return err
		}
		others, err = t.signals(o.org, ` AND s.id <> $2 AND (s.id IN (SELECT signal_id FROM signal_refers WHERE org = $1 AND sender = $3 AND identifier = $4 AND sent_at = $5)
			OR EXISTS (SELECT 1 FROM signal_refers r WHERE r.signal_id = $2 AND r.sender = s.sender AND r.identifier = s.identifier AND r.sent_at = s.sent_at)) ORDER BY s.id DESC LIMIT 20`,
			s.Key, s.Sender, s.Identifier, ground.Micros(s.Sent))
		return err
	})
	return s, body, others, err
}

// DecideSignal sets a signal aside with a reason, or opens it again.
func (o *Org) DecideSignal(ctx context.Context, id vedette.ID, event, by, why string, now time.Time) error {
	return o.s.write(ctx, "deciding a signal", func(t *tx) error { return t.decideSignal(o.org, id, event, by, why, "", now) })
}

// TakeSignal keeps the draft that was made of a signal. One of which another was made
// meanwhile is a conflict, and nothing is kept.
func (o *Org) TakeSignal(ctx context.Context, id vedette.ID, u *vedette.Update, by string, now time.Time) error {
	return o.saveDraft(ctx, u, now, func(t *tx, _ int64) error { return t.decideSignal(o.org, id, "take", by, "", u.ID, now) })
}

func (t *tx) decideSignal(org int64, id vedette.ID, event, by, why string, draft vedette.ID, now time.Time) error {
	if _, err := t.Exists(`SELECT 1 FROM signals WHERE org = $1 AND uuid = $2 {lock}`, org, string(id)); err != nil {
		return err
	}
	list, err := t.signals(org, ` AND s.uuid = $2`, string(id))
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return vedette.Errorf(vedette.CodeNotFound, "there is no such signal")
	}
	s := &list[0]
	next, ok := vedette.Signals.Next(s.State, event)
	if !ok {
		return decidedAlready(s)
	}
	if _, err := t.Exec(`UPDATE signals SET state = $2, decided_by = $3, why = $4, draft = $5, decided_at = $6 WHERE id = $1`,
		s.Key, code.Signal.Of(next), ground.Plain(by, 0), ground.Plain(why, maxReason), string(draft), ground.Micros(now)); err != nil {
		return err
	}
	return t.log(org, vedette.LogSignal, id, event, now)
}

// decidedAlready says what became of a signal that waits no more.
func decidedAlready(s *vedette.Signal) error {
	at := s.At.UTC().Format("2 Jan 15:04 UTC")
	switch s.State {
	case vedette.SignalTaken:
		return vedette.Errorf(vedette.CodeConflict, "%s made a draft of it at %s; go on with that one", s.By, at)
	case vedette.SignalAside:
		return vedette.Errorf(vedette.CodeConflict, "%s set it aside at %s: %s", s.By, at, s.Why)
	case vedette.SignalOvertaken:
		return vedette.Errorf(vedette.CodeConflict, "its sender sent another in its place, at %s; look at that one", at)
	}
	return vedette.Errorf(vedette.CodeConflict, "the signal waits already")
}

const signalSelect = `SELECT s.id, s.uuid, s.received_at, s.digest, s.words, s.state, s.decided_at, s.decided_by, s.why, s.draft FROM signals s WHERE s.org = $1`

func (t *tx) signals(org int64, where string, args ...any) ([]vedette.Signal, error) {
	type row struct {
		vedette.Signal
		words string
	}
	rows, err := ground.All(t.Tx, func(r *row) []any {
		s := &r.Signal
		return []any{&s.Key, &s.ID, ground.Time(&s.ReceivedAt), &s.Digest, &r.words, code.Signal.Into(&s.State), ground.Time(&s.At), &s.By, &s.Why, &s.Draft}
	}, signalSelect+where, append([]any{org}, args...)...)
	list := make([]vedette.Signal, len(rows))
	for i := range rows {
		if err == nil {
			err = json.Unmarshal([]byte(rows[i].words), &rows[i].SignalWords)
		}
		list[i] = rows[i].Signal
	}
	return list, err
}
