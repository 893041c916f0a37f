package desk

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
	"vedette/wording"
)

// CompromiseOrder says that somebody is compromised, detained or without their
// phone, or that this is over.
type CompromiseOrder struct {
	Person string // id, personnel number, e-mail address or name
	Over   bool
	Reason string
	By     string
	Since  time.Time // since when, or when it was over; zero is now
}

// Compromised is somebody who is, or was, compromised.
type Compromised struct {
	vedette.Compromise
	Person vedette.Person
}

// Compromise stops all that is sent to somebody, or ends that. Nothing that
// was withheld is sent when it is over.
func (d *Desk) Compromise(ctx context.Context, o CompromiseOrder) (*Compromised, error) {
	if err := d.asks(&ctx, rights.TakeCases); err != nil {
		return nil, err
	}
	by, err := named(o.By)
	if err != nil {
		return nil, err
	}
	now := d.Now()
	if o.Reason, err = reasoned(o.Reason); err != nil {
		return nil, err
	}
	if o.Since.IsZero() {
		o.Since = now
	}
	if o.Since.After(now) {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%s is yet to come; say since when it has been so", o.Since.UTC().Format(time.RFC3339))
	}
	p, err := d.Person(ctx, o.Person)
	if err != nil {
		return nil, err
	}
	c := store.CompromiseOrder{Person: p.Key, By: by, From: o.Since, Task: shutTask(&p, o.Over, now)}
	if c.Sealed, err = d.sealedFor(ctx, p.Key, shutLabel, o.Reason); err != nil {
		return nil, err
	}
	if c.Noted, err = d.sealedFor(ctx, p.Key, caseLabel, o.Reason); err != nil {
		return nil, err
	}
	sp, err := d.rows.PersonByKey(ctx, p.Key)
	if err != nil {
		return nil, err
	}
	for _, a := range d.unveiled(&sp).Record.Addresses {
		c.Hashes = append(c.Hashes, d.Key.Hash(vedette.DeadAddressKind, a.Value))
	}
	act := d.rows.Compromise
	if o.Over {
		act = d.rows.TrustAgain
	}
	if err := act(ctx, c, now); err != nil {
		return nil, err
	}
	list, err := d.CompromisesOf(ctx, &p)
	if err != nil {
		return nil, err
	}
	return &list[len(list)-1], nil
}

// shutLabel seals why somebody is compromised.
const shutLabel = "compromise"

// reasoned is a reason that can be kept.
func reasoned(s string) (string, error) {
	s = strings.TrimSpace(s)
	switch n := utf8.RuneCountInString(s); {
	case s == "":
		return "", vedette.Errorf(vedette.CodeInvalid, "say why; the reason is kept on record")
	case !utf8.ValidString(s):
		return "", vedette.Errorf(vedette.CodeInvalid, "the reason is not text")
	case n > vedette.MaxReplyText:
		return "", vedette.Errorf(vedette.CodeInvalid, "the reason has %d characters; at most %d are kept, please shorten it", n, vedette.MaxReplyText)
	}
	return s, nil
}

// shutWithin is how long the desk is given to do what a compromise, or its end,
// asks of it, before the rota is asked.
const shutWithin = 10 * time.Minute

func shutTask(p *vedette.Person, over bool, now time.Time) vedette.Task {
	k := vedette.Task{Kind: vedette.TaskShut, Default: "they are not told", DueAt: now.Add(shutWithin),
		Question: fmt.Sprintf("Reach person %s another way: they are compromised, and nothing is sent to their own phone and mail. Ring whom they gave as second contacts; take them off the rota if they are on it", p.ID)}
	if over {
		k.Question = fmt.Sprintf("Tell person %s what they missed: they are trusted again, and what was withheld meanwhile is not sent by itself", p.ID)
	}
	return k
}

// Compromised lists who is held to be compromised now.
func (d *Desk) Compromised(ctx context.Context) ([]Compromised, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	list, err := d.rows.Compromised(ctx)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	keys := make([]int64, len(list))
	for i := range list {
		keys[i] = list[i].Person
	}
	people, err := d.rows.PersonsByKey(ctx, keys)
	if err != nil {
		return nil, err
	}
	out := make([]Compromised, len(list))
	for i := range list {
		sp := people[list[i].Person]
		out[i] = d.compromised(ctx, &sp, &list[i])
	}
	return out, nil
}

// CompromisesOf lists when somebody was compromised, the first first.
func (d *Desk) CompromisesOf(ctx context.Context, p *vedette.Person) ([]Compromised, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	list, err := d.rows.CompromisesOf(ctx, p.Key)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	sp, err := d.rows.PersonByKey(ctx, p.Key)
	if err != nil {
		return nil, err
	}
	out := make([]Compromised, len(list))
	for i := range list {
		out[i] = d.compromised(ctx, &sp, &list[i])
	}
	return out, nil
}

func (d *Desk) compromised(ctx context.Context, sp *store.SealedPerson, s *store.SealedCompromise) Compromised {
	c := Compromised{s.Compromise, d.open(ctx, sp)}
	c.Reason, c.EndedFor = hushed(&c.Person, d.unsealed(sp, shutLabel, s.Sealed)), hushed(&c.Person, d.unsealed(sp, shutLabel, s.SealedEnd))
	return c
}

// Words say it in English.
func (c *Compromised) Words() string { return c.Says().String() }

// Says is since when they are, by whom and why, in a line.
func (c *Compromised) Says() wording.Said {
	s := wording.Of("compromised since %s, by %s, %s", wording.Minute(c.From), c.By, c.Reason)
	if c.From.Before(c.Recorded.Add(-time.Minute)) {
		s = wording.Of("compromised since %s, by %s, %s (noted %s)", wording.Minute(c.From), c.By, c.Reason, wording.Minute(c.Recorded))
	}
	if !c.Ended.IsZero() {
		s = s.Then(wording.Of("over %s, by %s, %s##they are not compromised any more", wording.Minute(c.To), c.EndedBy, c.EndedFor))
	}
	return s
}

// shutNow gives those of some people who are compromised.
func (d *Desk) shutNow(ctx context.Context) (map[int64]wording.Said, error) {
	list, err := d.Compromised(ctx)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	out := make(map[int64]wording.Said, len(list))
	for i := range list {
		out[list[i].Compromise.Person] = list[i].Says()
	}
	return out, nil
}

// shutOf names who was left out of an update, or had messages of it withheld,
// for they are compromised.
func (d *Desk) shutOf(ctx context.Context, update int64) ([]Compromised, error) {
	keys, err := d.rows.ShutOf(ctx, update)
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	people, err := d.rows.PersonsByKey(ctx, keys)
	if err != nil {
		return nil, err
	}
	var out []Compromised
	for _, key := range keys {
		sp := people[key]
		p := d.open(ctx, &sp)
		list, err := d.CompromisesOf(ctx, &p)
		if err != nil {
			return nil, err
		}
		if n := len(list); n > 0 {
			out = append(out, list[n-1])
		}
	}
	return out, nil
}
