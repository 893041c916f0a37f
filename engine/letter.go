package engine

import (
	"cmp"
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver"
	"vedette/store"
)

// lettersAtOnce is how many letters are on their way at once over a channel:
// the most that a kill repeats.
const lettersAtOnce = 16

// passLife is how long the link of an offer is good.
const passLife = 48 * time.Hour

// letters sends what is due over a channel, and waits until it is settled. Where a
// claim failed astray says so until what it may have brought is given back.
func (b *branch) letters(ctx context.Context, over vedette.Channel, astray *bool) (more bool, err error) {
	if *astray {
		now := b.Now()
		n, err := b.rows.GiveBackLetters(ctx, b.Worker.ID, over, b.unwritten.Load(), now, time.UnixMicro(1))
		if err != nil {
			return false, err
		}
		*astray = false
		b.gaveBack(n)
	}
	claimed, err := b.rows.ClaimLetters(ctx, b.Worker.ID, over, lettersAtOnce, b.Now(), sendLease)
	if err != nil {
		*astray = true
		return false, err
	}
	var wg sync.WaitGroup
	errs := make([]error, len(claimed))
	for i, c := range claimed {
		wg.Go(func() { errs[i] = b.post(ctx, c) })
	}
	wg.Wait()
	for _, e := range errs {
		if e != nil {
			return false, e
		}
	}
	return len(claimed) == lettersAtOnce, nil
}

// post makes a letter, tries once to send it, and settles it. What is begun is let
// finish when ctx ends; each try has its limit.
func (b *branch) post(ctx context.Context, c store.ClaimedLetter) error {
	o, err := b.tryLetter(context.WithoutCancel(ctx), c)
	return cmp.Or(b.untilWritten(ctx, c.DueAt, !o.Untried, func(ctx context.Context) error {
		return b.rows.SettleLetter(ctx, b.Worker.ID, o, b.Now())
	}), err)
}

// tryLetter says what became of a letter; an error is why it could not be made, and
// it is due again.
func (b *branch) tryLetter(ctx context.Context, c store.ClaimedLetter) (store.LetterOutcome, error) {
	o := store.LetterOutcome{Key: c.Key, Doubts: c.Doubts}
	m, event, why, err := b.letter(ctx, &c)
	if err != nil {
		// It was not sent: it stays due, and is tried again a little later.
		o.Event, o.Detail, o.Untried, o.DueAt = "retry", c.Detail, true, b.Now().Add(time.Second)
		return o, err
	}
	if event != "" {
		o.Event, o.Detail, o.Untried = event, why, true
		if c.Doubts > 0 {
			o.Event, o.Detail = "doubt", why+"; an earlier try may have been accepted"
		}
		return o, nil
	}
	if c.Channel == vedette.ChannelVoice {
		m = deliver.Message{To: m.To} // what a call says is asked for when somebody has pressed a key
	}
	m.ID, m.Return = b.Key.Identity("letter", string(c.ID)), b.Key.SignReturn(auth.Return{Org: b.org.Key, Recipient: c.Key})
	m.Answer = c.Kind.ToPerson()
	limited, end, why := b.halts.begin(ctx, 0, c.Recipient, sendLimit)
	if why != "" { // or was, a moment ago: whoever claims it next asks the store
		o.Event, o.Detail, o.Untried, o.DueAt = "retry", c.Detail, true, b.Now().Add(time.Second)
		return o, nil
	}
	defer end()
	res := b.senders[c.Channel].Send(limited, m)
	var wait time.Duration
	o.Event, wait = deliver.Decide(res, c.Attempts+1, c.Doubts, rand.Float64())
	o.Detail = res.Detail
	if res.Kind == deliver.Doubt {
		o.Doubts++
	}
	if o.Event == "retry" {
		o.DueAt = b.Now().Add(wait)
	}
	return o, nil
}

// letter makes the message of a letter; or says by what event it ends unsent,
// and why.
func (b *branch) letter(ctx context.Context, c *store.ClaimedLetter) (m deliver.Message, event, why string, err error) {
	if c.Kind == vedette.LetterDevice {
		if shut, err := b.rows.IsShut(ctx, c.Recipient); err != nil || shut {
			return m, "withhold", compromised, err
		}
		return b.deviceLetter(ctx, c)
	}
	if c.Kind == vedette.LetterPage {
		return b.pageLetter(ctx, c)
	}
	if c.Approval != 0 {
		if c.Over {
			return m, "withhold", "it waits for nobody's word any more", nil
		}
		return b.askLetter(ctx, c)
	}
	if c.Kind.ToPerson() {
		return b.toPerson(ctx, c)
	}
	if c.Over {
		return m, "withhold", "somebody has taken it", nil
	}
	of, err := b.rows.DutiesByKey(ctx, []int64{c.Recipient})
	if err != nil {
		return m, "", "", err
	}
	d, ok := of[c.Recipient]
	if !ok || !d.Removed.IsZero() {
		return m, "withhold", "taken off the rota", nil
	}
	list, err := b.Key.OpenAddresses(d.ID, d.WrappedKey, d.Sealed)
	if err != nil {
		return m, "fail", err.Error(), nil
	}
	rec := vedette.PersonRecord{Addresses: vedette.WithCall(list)}
	to, ok := rec.Address(c.Address)
	if !ok {
		return m, "fail", "the turn has no such address", nil
	}
	if why, err := b.mayNotKnow(ctx, c, to.Value); err != nil || why != "" {
		return m, "withhold", why, err
	}
	make := b.offer
	if c.Kind == vedette.LetterTask {
		make = b.taskLetter
	}
	if m, err = make(ctx, c, list); err != nil {
		return m, "", "", err
	}
	m.To, m.ToName = to.Value, deliver.Clean(d.Name)
	return m, "", "", nil
}

// offer makes what an offer of a case says.
func (b *branch) offer(ctx context.Context, c *store.ClaimedLetter, to []vedette.Address) (deliver.Message, error) {
	of, err := b.rows.CaseByKey(ctx, c.Case)
	if err != nil {
		return deliver.Message{}, err
	}
	u, err := b.rows.Update(ctx, of.Update)
	if err != nil {
		return deliver.Message{}, err
	}
	o := deliver.Offer{Org: b.orgName(), Status: u.Status, Number: of.Key, Called: of.CalledAt, All: c.Kind == vedette.LetterOfferAll,
		Link: b.BaseURL + "/r/take/" + b.Key.SignPass(auth.Pass{Org: b.org.Key, Case: of.Key, Duty: c.Recipient, Expires: c.MadeAt.Add(passLife)})}
	sp, err := b.rows.PersonByKey(ctx, of.Person)
	if err != nil {
		return deliver.Message{}, err
	}
	veil, err := b.discreetThere(ctx, of.Person)
	if err != nil {
		return deliver.Message{}, err
	}
	o.Duress = of.Duress
	// A record that cannot be opened keeps nobody from being asked.
	if rec, err := b.Key.OpenRecord(sp.ID, sp.WrappedKey, sp.Record); err == nil && !rec.Discreet && !veil[of.Person] {
		named := !rec.Restricted
		if rec.Restricted { // whoever signs in with their address and may know it is told
			if named, err = b.rows.Privy(ctx, to); err != nil {
				return deliver.Message{}, err
			}
		}
		if named {
			o.Person = rec.Name
		}
	}
	if c.Kind == vedette.LetterLate {
		o.Owner, o.Due = of.Owner, of.DueAt
	}
	return o.Message(c.Channel == vedette.ChannelSMS), nil
}

// taskLetter makes what somebody on the rota is told of a task that lapsed.
func (b *branch) taskLetter(ctx context.Context, c *store.ClaimedLetter, _ []vedette.Address) (deliver.Message, error) {
	k, err := b.rows.TaskByKey(ctx, c.Task)
	if err != nil {
		return deliver.Message{}, err
	}
	return deliver.LateTask{Org: b.orgName(), Question: k.Question, Default: k.Default, Due: k.DueAt}.Message(c.Channel == vedette.ChannelSMS), nil
}
