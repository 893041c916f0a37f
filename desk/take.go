package desk

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver/sms"
	"vedette/store"
)

// OfferPage is what the page of an offer may show: to whom it was made, and how
// the case stands. What the person said, and how they are reached, is for
// whoever has it.
type OfferPage struct {
	CaseRow
	Status vedette.Status
	Duty   string // to whom the offer was made
	Mine   bool   // they have it
	Over   bool   // another has it, and is late: it may be taken over
	Card   *CaseCard
	pass   auth.Pass
}

// OpenOffer reads the link of an offer. It changes nothing. Altered links are
// CodeForbidden, old ones CodeExpired.
func (d *Desk) OpenOffer(ctx context.Context, token string) (*OfferPage, error) {
	inside(&ctx)
	pass, err := d.Key.OpenPass(token, d.Now())
	if err != nil {
		return nil, err
	}
	if pass.Org != d.Org.Key {
		return nil, vedette.Errorf(vedette.CodeForbidden, "this link is not for this organisation")
	}
	c, err := d.rows.CaseByKey(ctx, pass.Case)
	if err != nil {
		return nil, gone(err)
	}
	of, err := d.rows.DutiesByKey(ctx, []int64{pass.Duty})
	if err != nil {
		return nil, err
	}
	duty, ok := of[pass.Duty]
	if !ok || !duty.Removed.IsZero() {
		return nil, vedette.Errorf(vedette.CodeForbidden, "this link is of somebody who is not on the rota any more")
	}
	if err := d.mayTake(ctx, &duty); err != nil {
		return nil, err
	}
	u, err := d.rows.Update(ctx, c.Update)
	if err != nil {
		return nil, err
	}
	if ctx, err = d.forDuty(ctx, &duty); err != nil {
		return nil, err
	}
	card, err := d.CaseOf(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	pg := &OfferPage{CaseRow: card.CaseRow, Status: u.Status, Duty: duty.Name, pass: pass}
	pg.Over = mayTakeOver(&c, duty.Name, d.Now())
	if pg.Mine = c.State == vedette.CaseTaken && vedette.SameName(c.Owner, duty.Name); pg.Mine {
		pg.Card = card
	}
	return pg, nil
}

// mayTake refuses whoever has an address that somebody compromised has: whoever
// holds it would read who called.
func (d *Desk) mayTake(ctx context.Context, duty *store.SealedDuty) error {
	shut, err := d.rows.Shut(ctx)
	if err != nil || len(shut.Addresses) == 0 {
		return err
	}
	list, err := d.Key.OpenAddresses(duty.ID, duty.WrappedKey, duty.Sealed)
	for _, a := range list {
		if shut.Addresses[string(d.Key.Hash(vedette.DeadAddressKind, a.Value))] {
			return noLonger()
		}
	}
	return err
}

// TakeOffer takes the case of an offer for whoever it was made to. Where
// another has it already the error says who.
func (d *Desk) TakeOffer(ctx context.Context, token string) (*OfferPage, error) {
	inside(&ctx)
	pg, err := d.OpenOffer(ctx, token)
	if err != nil {
		return nil, err
	}
	if pg.Mine { // the button pressed twice
		return pg, nil
	}
	if err := d.take(ctx, &pg.Case, pg.pass.Duty, pg.Duty); err != nil {
		return nil, err
	}
	return d.OpenOffer(ctx, token)
}

// mayTakeOver says whether somebody may take over what another has: only while
// contact is late.
func mayTakeOver(c *vedette.Case, name string, now time.Time) bool {
	return c.State == vedette.CaseTaken && c.Late(now) && !vedette.SameName(c.Owner, name)
}

func (d *Desk) take(ctx context.Context, c *vedette.Case, duty int64, name string) error {
	kind := vedette.CaseTake
	if mayTakeOver(c, name, d.Now()) {
		kind = vedette.CaseHandOver
	}
	_, err := d.rows.ActOnCase(ctx, store.CaseAct{Case: c.ID, Kind: kind, By: name, Owner: name, Duty: duty, Over: d.letterChannels()}, d.Now())
	return err
}

// What whoever is on the rota is told who writes to us.
const (
	sayTake   = "We could not read that. To take a case answer TAKE and its number."
	sayTaken  = "You have case %d. Next contact is due by %s. Ring them now."
	sayForced = "You have case %d, of DURESS. Note what is done by %s. Do not ring or write to them."
	sayNoCase = "There is no case %d that is offered to you."
	sayWhich  = "Several cases wait. Answer TAKE and the number of one: %s."
)

// takeWord reads "take", or "take 7"; false for anything else. number is 0
// where none is named.
func takeWord(text string) (number int64, ok bool) {
	f := strings.Fields(strings.ToLower(text))
	if len(f) == 0 || len(f) > 2 || strings.Trim(f[0], ".,!:#") != "take" {
		return 0, false
	}
	if len(f) == 1 {
		return 0, true
	}
	n, err := strconv.ParseInt(strings.Trim(f[1], ".,!:#"), 10, 64)
	return n, err == nil && n > 0
}

// textTake hears somebody on the rota: that they take a case, or want no more
// messages. False where the number is nobody's on the rota, or it may be meant
// otherwise.
func (d *Desk) textTake(ctx context.Context, number, text string, owned bool) (say string, ok bool, err error) {
	turns, err := d.rows.DutiesOf(ctx, d.Key.Hash("number", number))
	if err != nil || len(turns) == 0 {
		return "", false, err
	}
	turn := turns[0]
	for _, t := range turns {
		if t.On(d.Now()) {
			turn = t
			break
		}
	}
	if stop, _ := sms.Wish(text); stop {
		err := d.bid(ctx, vedette.TaskStopped, "Agree another way with "+turn.Name+" on the rota: they wrote STOP, so no text message reaches them")
		return "", !owned, err
	}
	want, take := takeWord(text)
	switch {
	case !take && owned:
		return "", false, nil // said as one of the people
	case !take:
		return sayTake, true, nil
	case want == 0:
		if want, say, err = d.onlyOffer(ctx, turns); err != nil || say != "" {
			return say, true, err
		}
	}
	say, err = d.takeByNumber(ctx, want, &turn)
	return say, true, err
}

// takeByNumber takes a case, and says who has it then.
func (d *Desk) takeByNumber(ctx context.Context, number int64, turn *store.SealedDuty) (string, error) {
	c, err := d.rows.CaseByKey(ctx, number)
	if vedette.ErrorCode(err) == vedette.CodeNotFound {
		return fmt.Sprintf(sayNoCase, number), nil
	}
	if err != nil {
		return "", err
	}
	if c.State != vedette.CaseTaken || !vedette.SameName(c.Owner, turn.Name) {
		err := d.take(ctx, &c, turn.Key, turn.Name)
		var known *vedette.Error
		if vedette.ErrorCode(err) == vedette.CodeConflict && errors.As(err, &known) {
			return "Not taken: " + known.Sentence + ".", nil
		}
		if err != nil {
			return "", err
		}
		if c, err = d.rows.CaseByKey(ctx, number); err != nil {
			return "", err
		}
	}
	if c.Duress {
		return fmt.Sprintf(sayForced, number, c.DueAt.UTC().Format("15:04 UTC")), nil
	}
	return fmt.Sprintf(sayTaken, number, c.DueAt.UTC().Format("15:04 UTC")), nil
}

// onlyOffer is the case that is meant where no number is given, or what to say.
func (d *Desk) onlyOffer(ctx context.Context, turns []store.SealedDuty) (number int64, say string, err error) {
	keys := make([]int64, len(turns))
	for i, t := range turns {
		keys[i] = t.Key
	}
	open, err := d.rows.Offered(ctx, keys)
	switch {
	case err != nil:
		return 0, "", err
	case len(open) == 0:
		return 0, "Nothing that was offered to you waits to be taken.", nil
	case len(open) == 1:
		return open[0], "", nil
	}
	var list []string
	for _, key := range open {
		list = append(list, strconv.FormatInt(key, 10))
	}
	return 0, fmt.Sprintf(sayWhich, strings.Join(list, ", ")), nil
}
