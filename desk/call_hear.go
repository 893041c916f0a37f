package desk

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver"
	"vedette/deliver/gateway"
	"vedette/deliver/voice"
	"vedette/store"
)

// callLife is for how long after a call went out the gateway may ask what to
// say: what was signed once is no key to somebody's message for ever.
const callLife = 30 * time.Minute

// ringAgain is after how long a phone is rung again that nobody took, and the
// second time.
var ringAgain = [vedette.MaxRings - 1]time.Duration{time.Minute, 2 * time.Minute}

// HearCall takes what a gateway tells of a call at one of its steps, or gives
// what the call says next, and in which form the gateway reads it. What was told
// before changes nothing. What could not be kept is an error with words for who
// listens. A gateway that is not configured and a call that was
// never made are CodeNotFound, what is not the gateway's own is CodeForbidden,
// what is old CodeExpired.
func (d *Desk) HearCall(ctx context.Context, name string, step voice.Step, ref string, c gateway.Call) (form string, say voice.Talk, err error) {
	inside(&ctx)
	var g *gateway.Gateway
	if d.Voice != nil {
		g, _ = d.Voice.Gateway(name)
	}
	if g == nil {
		return "", say, vedette.Errorf(vedette.CodeNotFound, "no such gateway is configured here")
	}
	told, err := voice.Hear(g, step, c, d.Now())
	if err != nil {
		return "", say, err
	}
	of, err := d.Key.OpenReturn(ref)
	if err != nil {
		return "", say, err
	}
	if of.Org != d.Org.Key {
		return "", say, vedette.Errorf(vedette.CodeForbidden, "this call is not for this organisation")
	}
	if of.Update == 0 {
		say, err = d.hearLetter(ctx, name, step, of.Recipient, &told, voice.At(c.URL, name, step, ref))
		return g.Form, say, err
	}
	r, err := d.rows.Ring(ctx, of.Update, of.Recipient, of.Round, of.Address)
	if err != nil {
		return "", say, err
	}
	key := d.Key.Hash("heard", name+" call "+told.Key)
	known, err := d.rows.Heard(ctx, key)
	if err != nil {
		return "", say, err
	}
	if step == voice.StepStatus {
		if !known {
			err = d.callState(ctx, &r, &told)
		}
	} else {
		say, err = d.converse(ctx, step, &of, &r, &told, voice.At(c.URL, name, step, ref), known)
	}
	if err != nil || known {
		return g.Form, say, err
	}
	return g.Form, say, d.rows.NoteHeard(ctx, key, d.Now())
}

// converse gives what a call says next. A gateway that asks twice is told the
// same, and what was pressed counts once. Where something cannot be kept it gives
// what to say all the same: somebody listens.
func (d *Desk) converse(ctx context.Context, step voice.Step, of *auth.Return, r *store.Ring, told *voice.Told, at voice.Place, known bool) (say voice.Talk, err error) {
	if d.Now().Sub(r.At) > callLife {
		return say, vedette.Errorf(vedette.CodeExpired, "the call was made %s ago; what it says is not told any more", d.Now().Sub(r.At).Round(time.Minute))
	}
	s, err := d.spoken(ctx, r)
	if err != nil {
		return say, err
	}
	shut, err := d.rows.IsShut(ctx, r.Recipient)
	if err != nil {
		return say, err
	}
	if step == voice.StepHello && !shut {
		return d.Voice.Hello(*s, at), nil
	}
	u, err := d.rows.UpdateByKey(ctx, of.Update)
	if err != nil {
		return say, err
	}
	if shut {
		return d.Voice.Gone(*s), d.pressedShut(ctx, step, u, r, s, at, told, known)
	}
	if u.State == vedette.UpdateStopped {
		return d.Voice.Gone(*s), nil
	}
	if step == voice.StepTold {
		if !known {
			err = d.heardIt(ctx, r)
		}
		return d.Voice.Tell(*s, at), err
	}
	digit, words := told.Digit, ""
	if is, err := d.duress(ctx, r.Recipient, digit); err != nil {
		return say, err
	} else if is { // it sounds as "safe" does
		digit, words = "1", told.Digit
	}
	kind, say := d.Voice.Answer(*s, at, digit)
	if kind == "" || known {
		return say, nil
	}
	if err := d.answerBy(ctx, vedette.WayVoice, u, r.Recipient, r.Address, kind, words); err != nil {
		return d.Voice.Trouble(*s, at), err
	}
	return say, nil
}

// pressedShut keeps what was pressed on the phone of somebody who is
// compromised, untrusted; the call tells nothing.
func (d *Desk) pressedShut(ctx context.Context, step voice.Step, u *vedette.Update, r *store.Ring, s *deliver.Spoken, at voice.Place, told *voice.Told, known bool) error {
	if step == voice.StepHello || step == voice.StepTold || known {
		return nil
	}
	kind, _ := d.Voice.Answer(*s, at, told.Digit)
	if kind == "" {
		return nil
	}
	return d.answerBy(ctx, vedette.WayVoice, u, r.Recipient, r.Address, kind, "")
}

// spoken opens what a call says.
func (d *Desk) spoken(ctx context.Context, r *store.Ring) (*deliver.Spoken, error) {
	sp, err := d.rows.PersonByKey(ctx, r.Recipient)
	if err != nil {
		return nil, err
	}
	if sp.Erased || len(r.Sealed) == 0 {
		return nil, vedette.Errorf(vedette.CodeNotFound, "there is no such call")
	}
	pk, err := d.Key.Unwrap(sp.ID, sp.WrappedKey)
	if err != nil {
		return nil, err
	}
	plain, err := pk.Open(deliver.SpokenPurpose, r.Sealed)
	if err != nil {
		return nil, err
	}
	s := &deliver.Spoken{}
	if err := json.Unmarshal(plain, s); err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInternal, "what the call says does not read")
	}
	return s, nil
}

// heardIt notes that somebody pressed a key and is told now: no machine does.
func (d *Desk) heardIt(ctx context.Context, r *store.Ring) error {
	b := store.Bounce{Update: r.Update, Recipient: r.Recipient, Round: r.Round, Address: r.Address, Arrived: true, At: d.Now(), Detail: "somebody took the call and pressed a key"}
	_, err := d.rows.Bounce(ctx, b) // not waited for: they listen
	return err
}

// callState moves a delivery by what became of its call.
func (d *Desk) callState(ctx context.Context, r *store.Ring, told *voice.Told) error {
	of := store.Rung{Update: r.Update, Recipient: r.Recipient, Round: r.Round, Address: r.Address, At: d.Now()}
	call := store.Mailed{Update: r.Update, Recipient: r.Recipient, Round: r.Round, Address: r.Address}
	switch told.Outcome {
	case voice.Busy, voice.NoAnswer:
		of.Detail = map[voice.Outcome]string{voice.Busy: "the line was engaged", voice.NoAnswer: "nobody took the call"}[told.Outcome]
		of.Again = d.Now().Add(ringAgain[min(r.Missed, len(ringAgain)-1)])
		return d.patiently(ctx, call, false, func() (bool, error) { return d.rows.RingAgain(ctx, of) })
	case voice.Failed:
		another, err := d.anotherWay(ctx, r)
		if err != nil {
			return err
		}
		if another {
			of.Detail, of.Again = strings.TrimSpace("the gateway says the call failed "+told.Code), d.Now()
			return d.patiently(ctx, call, false, func() (bool, error) { return d.rows.RingAgain(ctx, of) })
		}
		b := store.Bounce{Update: of.Update, Recipient: of.Recipient, Round: of.Round, Address: of.Address, At: of.At,
			Detail: strings.TrimSpace("came back: the gateway says the call failed " + told.Code)}
		return d.patiently(ctx, call, false, func() (bool, error) { return d.rows.Bounce(ctx, b) })
	case voice.Ended:
		of.Detail = "answered without a key: a machine, or somebody who did not press"
	default:
		if !told.Machine {
			return nil // on its way
		}
	}
	if told.Machine {
		of.Detail = "answered without a key: by a machine, as the gateway holds"
	}
	_, err := d.rows.Unheard(ctx, of)
	return err
}

// anotherWay says whether more than one gateway serves the number of a call.
func (d *Desk) anotherWay(ctx context.Context, r *store.Ring) (bool, error) {
	sp, err := d.rows.PersonByKey(ctx, r.Recipient)
	if err != nil || sp.Erased {
		return false, err
	}
	p := d.unveiled(&sp)
	a, ok := p.Record.Address(r.Address)
	return ok && len(d.Voice.Serving(a.Value)) > 1, nil
}
