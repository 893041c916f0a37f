package store

import (
	"context"
	"fmt"
	"time"

	"vedette"
	"vedette/store/board"
	"vedette/store/code"
	"vedette/store/ground"
	"vedette/store/rota"
)

// tellWithin is by when somebody is to hear another way what no message tells them.
const tellWithin = 15 * time.Minute

// SettleLetter writes what became of a letter that the worker has leased; one that it
// does not hold any more is left alone. Where what it says reached nobody at any
// address, the desk is asked to see to it.
func (o *Org) SettleLetter(ctx context.Context, worker string, out LetterOutcome, now time.Time) error {
	return o.s.write(ctx, "settling a letter", func(t *tx) error {
		lost, err := rota.Settle(t.Tx, o.org, worker, out, now)
		if err != nil || lost == nil {
			return err
		}
		return t.askUnheard(o.org, lost, now)
	})
}

// LetterBack notes what a receipt, or a mail that came back, says of a letter, as
// SettleLetter does; moved is false where that is no news.
func (o *Org) LetterBack(ctx context.Context, key int64, arrived bool, detail string, at time.Time) (moved bool, err error) {
	err = o.s.write(ctx, "noting what became of a letter", func(t *tx) error {
		var lost *vedette.Letter
		if moved, lost, err = rota.Back(t.Tx, o.org, key, arrived, detail, at); err != nil || lost == nil {
			return err
		}
		return t.askUnheard(o.org, lost, at)
	})
	return moved, err
}

// askUnheard asks the desk about a letter to the person of a case that got nowhere.
func (t *tx) askUnheard(org int64, l *vedette.Letter, now time.Time) error {
	if !l.Kind.ToPerson() || l.Case == 0 {
		return nil
	}
	nowhere, err := rota.GotNowhere(t.Tx, l)
	if err != nil || !nowhere {
		return err
	}
	list, err := t.cases(` AND c.id = $2`, org, l.Case)
	if err != nil || len(list) == 0 || list[0].State == vedette.CaseClosed {
		return err
	}
	return t.askToTell(org, &list[0], l.Kind, l.Entry, now)
}

// askToTell asks the desk to tell the person of a case themselves what no message
// does, once for each word. It is decided by what is noted in the case, as contact
// that is late is. Nobody rings whoever is under duress.
func (t *tx) askToTell(org int64, c *vedette.Case, kind vedette.LetterKind, entry int, now time.Time) error {
	word := "nobody has their call yet, and whom to ring meanwhile"
	switch kind {
	case vedette.LetterTaken:
		word = c.Owner + " has their call, and by when they hear more"
	case vedette.LetterWritten:
		word = fmt.Sprintf("what the desk wrote (entry %d)", entry)
	}
	k := vedette.Task{Kind: vedette.TaskContact, Owner: c.Owner, DueAt: now.Add(tellWithin), Default: "they do not hear it",
		Question: fmt.Sprintf(unheard+" no message reaches them, and they are to hear: %s", c.Key, word)}
	if c.Duress {
		k.Question = fmt.Sprintf(unheardForced+" no message reaches them, and they were to hear: %s", c.Key, word)
	}
	asked, err := t.Exists(`SELECT 1 FROM tasks WHERE org = $1 AND kind = $2 AND question = $3 AND created_at >= $4 LIMIT 1`,
		org, code.TaskKind.Of(k.Kind), ground.Plain(k.Question, 0), ground.Micros(c.CalledAt))
	if err != nil || asked {
		return err
	}
	_, err = board.AddTaskIn(t.Tx, org, k, now)
	return err
}

// How such tasks begin.
const (
	unheard       = "Ring whoever called in case %d:"
	unheardForced = "Decide in case %d, which is of DURESS (do not ring them):"
)

// unheardTasks gives the open tasks to tell the person of a case themselves.
func (t *tx) unheardTasks(org int64, c *vedette.Case) ([]int64, error) {
	return t.Keys(`SELECT id FROM tasks WHERE org = $1 AND kind = $2 AND state = {task open} AND (question LIKE $3 OR question LIKE $4) ORDER BY id`,
		org, code.TaskKind.Of(vedette.TaskContact), fmt.Sprintf(unheard, c.Key)+"%", fmt.Sprintf(unheardForced, c.Key)+"%")
}
