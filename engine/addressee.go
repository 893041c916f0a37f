package engine

import (
	"context"

	"vedette"
	"vedette/deliver"
	"vedette/store"
)

// addressee is a person whom a letter is for, at the address that it goes to.
type addressee struct {
	person   store.SealedPerson
	rec      *vedette.PersonRecord // Discreet also where they are told so for where they are
	at       string
	language string
}

// addressee reads whom a letter is for, as they are now; or says by what event it ends
// unsent, and why.
func (b *branch) addressee(ctx context.Context, c *store.ClaimedLetter) (to addressee, event, why string, err error) {
	shut, err := b.rows.Shut(ctx)
	if err != nil {
		return to, "", "", err
	}
	if shut.Recipients[c.Recipient] {
		return to, "withhold", compromised, nil
	}
	if to.person, err = b.rows.PersonByKey(ctx, c.Recipient); err != nil {
		return to, "", "", err
	}
	if to.person.Erased {
		return to, "withhold", "the person was erased", nil
	}
	if to.rec, err = b.Key.OpenRecord(to.person.ID, to.person.WrappedKey, to.person.Record); err != nil {
		return to, "fail", err.Error(), nil
	}
	veil, err := b.discreetThere(ctx, c.Recipient)
	if err != nil {
		return to, "", "", err
	}
	to.rec.Discreet = to.rec.Discreet || veil[c.Recipient]
	set, err := b.rows.Settings(ctx)
	if err != nil {
		return to, "", "", err
	}
	to.language = deliver.Language(&set, to.rec.Language)
	to.at, why, err = b.mayReach(ctx, to.rec, c.Address)
	if err == nil && why == "" && shut.Addresses[string(b.Key.Hash(vedette.DeadAddressKind, to.at))] {
		why = sharedShut
	}
	if err != nil || why != "" {
		return to, "fail", why, err
	}
	return to, "", "", nil
}

// on addresses a message to them; whoever is told discreetly is not named on it.
func (to *addressee) on(m *deliver.Message) {
	if m.To = to.at; !to.rec.Discreet {
		m.ToName = deliver.Clean(to.rec.Name)
	}
}
