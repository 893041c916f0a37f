package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/roll"
)

// RollAsk asks of a roll-call once more, and says by which message.
type RollAsk struct {
	Rollcall vedette.ID
	Update   vedette.ID    // stands: everyone concerned is told again; "" for none
	Question *PublishOrder // the draft of a question of its own, which its members are sent; nil for none
	Lane     vedette.Lane  // of telling again
	By       string
	At       time.Time
	Seen     int // the newest round that whoever asks has seen; a newer one is a conflict. 0: not looked at
}

// AskRollcall keeps a further round of a roll-call and queues its messages, all
// or nothing. A question that is published with it is the roll-call's update
// from then on.
func (o *Org) AskRollcall(ctx context.Context, a RollAsk) (round vedette.RollRound, err error) {
	err = o.s.write(ctx, "asking a roll-call again", func(t *tx) error {
		c, err := roll.Lock(t.Tx, o.org, a.Rollcall, "ask")
		if err != nil {
			return err
		}
		last, err := roll.Newest(t.Tx, c.Key)
		if err == nil {
			err = last.Unseen(a.Seen)
		}
		if err != nil {
			return err
		}
		switch {
		case a.Question != nil && c.Update != "":
			return vedette.Errorf(vedette.CodeConflict, "the roll-call has its question already; look again")
		case a.Question != nil:
			u, err := t.publish(o.org, *a.Question)
			if err != nil {
				return err
			}
			if _, err := t.Exec(`INSERT INTO roll_questions (update_id, rollcall_id) VALUES ($1, $2)`, u.Key, c.Key); err != nil {
				return err
			}
			if _, err := t.Exec(`UPDATE rollcalls SET update_id = $2 WHERE id = $1`, c.Key, u.Key); err != nil {
				return err
			}
		case a.Update != "":
			u, err := t.update(`u.uuid = $2`, o.org, string(a.Update))
			if err != nil {
				return err
			}
			if err := t.lockPlanning(u.Key); err != nil {
				return err
			}
			if _, err := t.tellAgain(o.org, u.Key, vedette.CauseAgain, a.At, a.Lane); err != nil {
				return err
			}
			if err := t.log(o.org, vedette.LogFanout, u.ID, "queued", a.At); err != nil {
				return err
			}
		}
		round, err = roll.Ask(t.Tx, o.org, a.Rollcall, a.Question != nil || a.Update != "", a.By, a.At)
		return err
	})
	return round, err
}

// AccountHelp is AccountFor of people who need help: each has a case with it,
// as their own call would have opened. words are the desk's, sealed for each as
// "case". It gives those without one: of whom no update is known that it could
// be about.
func (o *Org) AccountHelp(ctx context.Context, id vedette.ID, a vedette.Account, list, words []SealedWords) (without []int64, err error) {
	err = o.s.write(ctx, "accounting for people", func(t *tx) error {
		without = nil
		c, err := roll.Lock(t.Tx, o.org, id, "account")
		if err != nil {
			return err
		}
		var cases []vedette.ID
		for i, s := range list {
			about, err := t.calledFor(o.org, &c, s.Person, a, words[i].Words)
			if err != nil {
				return err
			}
			if about == "" {
				without = append(without, s.Person)
			} else {
				cases = append(cases, about)
			}
		}
		if err := roll.Account(t.Tx, o.org, id, a, list); err != nil {
			return err
		}
		for _, about := range cases {
			if err := t.log(o.org, vedette.LogCase, about, string(vedette.CaseCall), a.At); err != nil {
				return err
			}
		}
		return nil
	})
	return without, err
}

// calledFor opens the case of somebody of whom it was said that they need help,
// or notes it in the one they have. It is about the roll-call's update, else
// the last that they were told of.
func (t *tx) calledFor(org int64, c *vedette.Rollcall, person int64, a vedette.Account, words []byte) (vedette.ID, error) {
	if here, err := t.Exists(`SELECT 1 FROM persons WHERE org = $1 AND id = $2 AND erased_at = 0 {lock}`, org, person); err != nil || !here {
		return "", err
	}
	r := vedette.Reply{Recipient: person, Kind: vedette.ReplyHelp, At: a.At}
	found, err := t.Found([]any{&r.Update}, `SELECT id FROM updates WHERE org = $1 AND uuid = $2`, org, string(c.Update))
	if err == nil && !found {
		found, err = t.Found([]any{&r.Update}, `SELECT update_id FROM notices WHERE recipient_id = $1 ORDER BY made_at DESC, update_id DESC LIMIT 1`, person)
	}
	if err != nil {
		return "", err
	}
	if !found {
		open, err := t.cases(` AND c.person_id = $2 AND c.state <> {case closed}`, org, person)
		if err != nil || len(open) == 0 {
			return "", err
		}
	}
	k, err := t.call(org, &r)
	if err != nil {
		return "", err
	}
	_, err = t.enter(k.Key, vedette.CaseEntry{At: a.At, Kind: vedette.CaseNote, By: a.By}, words)
	return k.ID, err
}
