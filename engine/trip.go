package engine

import (
	"bytes"
	"context"
	"slices"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver"
	"vedette/match"
	"vedette/match/say"
	"vedette/roster"
	"vedette/store"
)

// trip makes the mail to the manager of somebody whose trip clashes. Both
// names are unsealed here and nowhere earlier.
func (p *press) trip(ctx context.Context, c store.Claimed, pr *pressed, told store.SuperiorTold, sp store.SealedPerson, ok bool) (job, error) {
	if !ok || sp.Erased || told.SealedSuperior.Sealed == nil {
		return withheld(c, "the traveller was erased"), nil
	}
	rec, err := p.Key.OpenRecord(sp.ID, sp.WrappedKey, sp.Record)
	if err != nil {
		return failed(c, err.Error()), nil
	}
	pk, err := p.Key.Unwrap(sp.ID, sp.WrappedKey)
	if err != nil {
		return failed(c, err.Error()), nil
	}
	who, err := roster.OpenSuperior(pk, &told)
	if err != nil {
		return failed(c, err.Error()), nil
	}
	clashes, err := roster.OpenClashes(pk, &told)
	if err != nil {
		return failed(c, err.Error()), nil
	}
	// Whoever is not their manager any more is told of no trip, only that what
	// they were told before does not stand.
	now, named, err := p.roll.Superior(ctx, rec)
	if err != nil {
		return job{}, err
	}
	former := !named || !bytes.Equal(p.Key.Hash("superior", folded(now)), told.Hash)
	if former && !told.Gone {
		return withheld(c, "they are not the traveller's manager any more"), nil
	}
	if p.shut.Addresses[string(p.Key.Hash(vedette.DeadAddressKind, who.Email))] {
		return failed(c, sharedShut), nil
	}
	name, err := p.travellerFor(ctx, rec, who.Email)
	if err != nil {
		return job{}, err
	}
	because := "our records name you as the manager of " + deliver.Clean(name)
	if former {
		because = "we told you before of a trip of " + deliver.Clean(name)
	}
	n := deliver.Trip{Former: former, Traveller: name, Clashes: clashes, Day: func(at vedette.AreaID, t time.Time) string { return say.DayAt(p.Gaz, at, t) },
		Notice: deliver.Notice{Update: pr.update, Org: p.orgName(), Cause: c.Cause, Correction: pr.correction,
			AreaName: func(id vedette.AreaID, language string) string { return say.PlaceIn(p.Gaz, id, language) }}}
	if n.Known, err = p.known(ctx, pr.update, sp.Key); err != nil {
		return job{}, err
	}
	n.Discreet = rec.Discreet || p.veil[sp.Key]
	if !n.Discreet {
		if n.Discreet, err = p.veiledTrip(ctx, pr.update, pk, &told, clashes); err != nil {
			return job{}, err
		}
	}
	if !n.Discreet {
		if n.Discreet, err = p.veiledReader(ctx, who.Email); err != nil {
			return job{}, err
		}
	}
	r, err := deliver.RenderTrip(n)
	if err != nil {
		return failed(c, err.Error()), nil
	}
	return job{claim: c, message: r.Message(deliver.Personal{ID: p.identity(c), Return: p.Key.SignReturn(p.back(c)), Name: who.Name, To: who.Email,
		Because: because})}, nil
}

// travellerFor is how a traveller is called to a manager: one who is restricted by name
// to whoever signs in with the address and may know it.
func (p *press) travellerFor(ctx context.Context, rec *vedette.PersonRecord, email string) (string, error) {
	if !rec.Restricted {
		return rec.Name, nil
	}
	privy, err := p.rows.Privy(ctx, []vedette.Address{{Channel: vedette.ChannelEmail, Value: email}})
	if err != nil || !privy {
		return "a restricted person", err
	}
	return rec.Name, nil
}

// veiledTrip says whether a trip goes, or one that their manager was told of in the
// situation went, where people are told discreetly: what ends a word says no more
// than the word did.
func (p *press) veiledTrip(ctx context.Context, u *vedette.Update, pk auth.PersonKey, told *store.SuperiorTold, clashes []vedette.Clash) (bool, error) {
	set, err := p.rows.Settings(ctx)
	if err != nil || len(set.DiscreetIn) == 0 {
		return false, err
	}
	veiled := func(list []vedette.Clash) bool {
		return slices.ContainsFunc(list, func(c vedette.Clash) bool { return match.Meets(p.Gaz, set.DiscreetIn, c.Area) })
	}
	if veiled(clashes) {
		return true, nil
	}
	before, err := p.rows.SuperiorsToldOf(ctx, u.Situation.ID, []int64{told.Person})
	for i := range before {
		if b := &before[i]; b.Key == told.Key {
			if list, err := roster.OpenClashes(pk, b); err != nil || veiled(list) {
				return true, nil // what cannot be read may have been
			}
		}
	}
	return false, err
}

// veiledReader says whether an address is of somebody here who is told discreetly,
// by their record or for where they are. Whoever is kept under a personnel number is
// not found by it.
func (p *press) veiledReader(ctx context.Context, email string) (bool, error) {
	sp, err := p.rows.PersonByExternal(ctx, p.Key.Hash("email", email))
	if vedette.ErrorCode(err) == vedette.CodeNotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if rec, err := p.Key.OpenRecord(sp.ID, sp.WrappedKey, sp.Record); err != nil || rec.Discreet {
		return true, nil // what cannot be read may say so
	}
	there, err := p.discreetThere(ctx, sp.Key)
	return there[sp.Key], err
}

// known says how far the word of a situation got to the traveller.
func (p *press) known(ctx context.Context, u *vedette.Update, person int64) (known deliver.Known, err error) {
	err = p.rows.LastToldTo(ctx, u.Situation.ID, []int64{person}, func(l store.LastTold) error {
		switch l.State {
		case "":
		case vedette.DeliveryFailed, vedette.DeliveryWithheld:
			known = deliver.NotReached
		case vedette.DeliveryReceived, vedette.DeliverySeen, vedette.DeliveryAnswered:
			known = deliver.HasIt
		default:
			known = deliver.OnItsWay
		}
		return nil
	})
	return known, err
}
