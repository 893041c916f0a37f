package engine

import (
	"context"
	"encoding/json"
	"fmt"

	"vedette"
	"vedette/deliver"
	"vedette/store"
)

// ring makes a call to a person: what it says is kept sealed, for the gateway
// asks for it when somebody has pressed a key.
func (p *press) ring(ctx context.Context, c store.Claimed, pr *pressed, sp *store.SealedPerson, to string, is edition, late *deliver.Late) (job, error) {
	if p.Speaks != nil {
		is.language = p.Speaks(is.language, deliver.Language(&p.set, ""))
	}
	spoken, err := p.spoken(ctx, pr, is, late)
	if err != nil {
		return job{}, err
	}
	pk, err := p.Key.Unwrap(sp.ID, sp.WrappedKey)
	if err != nil {
		return failed(c, err.Error()), nil
	}
	plain, err := json.Marshal(spoken)
	if err != nil {
		return job{}, err
	}
	return job{claim: c, message: deliver.Message{ID: p.identity(c), To: to, Return: p.Key.SignReturn(p.back(c))},
		ring: &store.Ring{Update: c.Update, Recipient: c.Recipient, Round: c.Round, Address: c.Address, Sealed: pk.Seal(deliver.SpokenPurpose, plain)}}, nil
}

// spoken renders what a call says.
func (p *press) spoken(ctx context.Context, pr *pressed, is edition, late *deliver.Late) (*deliver.Spoken, error) {
	say := func(n deliver.Notice) (*deliver.Spoken, error) {
		if pr.frozen != nil {
			if b := pr.frozen.Brief(is.language, is.discreet, p.Segments); b != nil {
				return b.Spoken(), nil
			}
		}
		return deliver.RenderSpoken(n)
	}
	return rendered(p.calls, is, say, func() (deliver.Notice, error) { return p.notice(ctx, pr, is, late) })
}

// keepRings keeps what calls say before any of them goes out. A phone that is
// rung again is a call of its own: it must not be taken for a repeat of the one
// before.
func (p *press) keepRings(ctx context.Context, jobs []job) error {
	var of []int
	var rings []store.Ring
	for i := range jobs {
		if jobs[i].ring != nil {
			of, rings = append(of, i), append(rings, *jobs[i].ring)
		}
	}
	if err := p.rows.KeepRings(ctx, rings, p.Now()); err != nil {
		return err
	}
	for i, at := range of {
		if n := rings[i].Missed; n > 0 {
			jobs[at].message.ID += fmt.Sprintf("-%d", n)
			jobs[at].message.Turn = n
		}
	}
	return nil
}

// rung are the addresses at which an update tells somebody: whoever can be told
// in writing is called only where it cannot wait until they read it.
func rung(u *vedette.Update, v *vedette.Variant, slots []store.Slot) (over []store.Slot) {
	rings := u.Rings(v)
	for _, s := range slots {
		if rings || s.Channel != vedette.ChannelVoice {
			over = append(over, s)
		}
	}
	if len(over) == 0 {
		return slots
	}
	return over
}
