package desk

import (
	"context"
	"slices"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/intake"
	"vedette/store"
	"vedette/wording"
)

// What stands for who a restricted person is, and for what is said of them, to
// whoever may not know it.
const (
	restricted = "(restricted person)"
	notShown   = "(not shown)"
)

// veilKey marks a context in which nobody restricted is named, whoever acts.
type veilKey struct{}

// Unnamed is a context in which nobody restricted is named, whoever acts: for what is
// printed, and given away.
func Unnamed(ctx context.Context) context.Context { return context.WithValue(ctx, veilKey{}, true) }

// knows says whether whoever acts may know who a restricted person is. Travellers
// know themselves.
func knows(ctx context.Context, person vedette.ID) bool {
	a := vedette.ActorIn(ctx)
	if ctx.Value(veilKey{}) != nil {
		return false
	}
	return a.KnowsAll() || a.Role == vedette.RoleTraveller && slices.Contains(a.Of, string(person))
}

// knowsAll is knows for anybody.
func knowsAll(ctx context.Context) bool { return knows(ctx, "") }

// open unseals a person for the eye of whoever acts. Of a restricted person whoever
// may not know them gets that they are one, and where they are by area and site.
func (d *Desk) open(ctx context.Context, sp *store.SealedPerson) vedette.Person {
	p := d.unveiled(sp)
	return veiled(ctx, &p)
}

// veiled is a person as whoever acts may see them.
func veiled(ctx context.Context, p *vedette.Person) vedette.Person {
	if !p.Record.Restricted || knows(ctx, p.ID) {
		return *p
	}
	return vedette.Person{Key: p.Key, ID: p.ID, Veiled: true, Presence: veiledPlaces(p.Presence), Record: vedette.PersonRecord{Name: restricted, Restricted: true}}
}

// unveiled unseals a person for the rules, and to be sealed again: what comes of it
// is shown to nobody.
func (d *Desk) unveiled(sp *store.SealedPerson) vedette.Person {
	p := vedette.Person{Key: sp.Key, ID: sp.ID, Presence: sp.Presences, Erased: sp.Erased}
	if sp.Erased {
		p.Record.Name = erased
		return p
	}
	rec, err := d.Key.OpenRecord(sp.ID, sp.WrappedKey, sp.Record)
	if err != nil {
		p.Broken, p.Record.Name = true, unreadable
		return p
	}
	p.Record = *rec
	return p
}

// veiledPlaces are places without exact points, and without what was said of them.
func veiledPlaces(ps []vedette.Presence) []vedette.Presence {
	out := slices.Clone(ps)
	for i := range out {
		out[i].Point, out[i].PointRef, out[i].Spread = nil, "", 0
		if out[i].Ended != "" {
			out[i].Ended = notShown
		}
	}
	return out
}

// whereSeen are places as somebody is shown.
func whereSeen(p *vedette.Person, ps []vedette.Presence) []vedette.Presence {
	if p.Veiled {
		return veiledPlaces(ps)
	}
	return ps
}

// hushed are words about somebody, as they are shown.
func hushed(p *vedette.Person, words string) string {
	if p.Veiled && words != "" {
		return notShown
	}
	return words
}

// unknown refuses, as CodeForbidden, what whoever may not know a person may not do
// with them; nil where they may.
func (d *Desk) unknown(ctx context.Context, p *vedette.Person) error {
	if !p.Veiled {
		return nil
	}
	return vedette.Errorf(vedette.CodeForbidden, "this is a restricted person: who they are, and what is held of them, is for those who may know it. %s", d.askWhom(ctx))
}

// mayMark refuses, as CodeForbidden, that whoever may not know who is restricted says
// that somebody is, or is not any more.
func (d *Desk) mayMark(ctx context.Context, was, is bool) error {
	if was == is || knowsAll(ctx) {
		return nil
	}
	return vedette.Errorf(vedette.CodeForbidden, "nothing was saved: whether somebody is restricted is said by those who may know it. %s", d.askWhom(ctx))
}

// mayBring refuses, as CodeForbidden, a file that says who is restricted of whoever may
// not know it.
func (d *Desk) mayBring(ctx context.Context, file *intake.People) error {
	for _, field := range file.Columns {
		if field == "restricted" && !knowsAll(ctx) {
			return vedette.Errorf(vedette.CodeForbidden, "nothing was saved: the file has a column that says who is restricted, which is said by those who may know it; take the column out, or let them bring the file. %s", d.askWhom(ctx))
		}
	}
	return nil
}

// knownByKey is unknown for somebody by key.
func (d *Desk) knownByKey(ctx context.Context, person int64) error {
	if knowsAll(ctx) {
		return nil
	}
	sp, err := d.rows.PersonByKey(ctx, person)
	if err != nil {
		return err
	}
	p := d.open(ctx, &sp)
	return d.unknown(ctx, &p)
}

// askWhom says in a sentence whom to ask about a restricted person.
func (d *Desk) askWhom(ctx context.Context) wording.Said {
	inside(&ctx)
	users, err := d.rows.Users(ctx, false)
	if err != nil {
		return wording.Of("Ask an administrator who may.")
	}
	var names []string
	for i := range users {
		if users[i].Privy {
			names = append(names, users[i].Name)
		}
	}
	switch n := len(names); n {
	case 0:
		return wording.Of("Nobody who signs in may yet; an administrator says who does.")
	case 1:
		return wording.Of("Ask %s.", names[0])
	default:
		return wording.Of("Ask %s or %s.", strings.Join(names[:n-1], ", "), names[n-1])
	}
}

// SetPrivy says of a user that they may know who is restricted, or that they may not:
// at once, wherever they are signed in.
func (d *Desk) SetPrivy(ctx context.Context, login string, privy bool) (vedette.User, error) {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return vedette.User{}, err
	}
	return d.rows.SetPrivy(ctx, vedette.CleanLogin(login), privy, d.Now())
}

// forDuty is a context in which somebody on the rota, who comes by a link and signs in
// nowhere, knows what their own account may know: one is theirs that signs in with an
// address of their turn.
func (d *Desk) forDuty(ctx context.Context, duty *store.SealedDuty) (context.Context, error) {
	list, err := d.Key.OpenAddresses(duty.ID, duty.WrappedKey, duty.Sealed)
	if err == nil {
		var privy bool
		if privy, err = d.rows.Privy(ctx, list); err != nil {
			return ctx, err
		}
		if privy {
			return ctx, nil
		}
	}
	return Unnamed(ctx), nil // one that cannot be opened is nobody's who is known
}

// veil takes away the words about somebody who is not to be known.
func (p *RollPerson) veil() {
	if !p.Person.Veiled {
		return
	}
	p.Text = hushed(&p.Person, p.Text)
	if p.Account != nil {
		w := &p.Account.Words
		w.Who, w.Where, w.Text = hushed(&p.Person, w.Who), hushed(&p.Person, w.Where), hushed(&p.Person, w.Text)
	}
	for i := range p.Tries {
		p.Tries[i].Note = hushed(&p.Person, p.Tries[i].Note)
	}
}
