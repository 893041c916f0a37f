package desk

import (
	"context"
	"strings"

	"vedette"
	"vedette/advise"
	"vedette/match"
	"vedette/roster"
	"vedette/store"
)

// Why answers why someone is, or is not, concerned by an update, and which
// of its advice applies to them.
type Why struct {
	Person   vedette.Person
	Update   *vedette.Update
	Exposure vedette.Exposure
	Advised  advise.Advised
	Told     []vedette.Delivery // what the ledger holds for them
	Noticed  bool               // a notice was made
}

// Why explains one person's relation to an update. A draft or an update just
// published is judged as of now, a published one by what was recorded when
// it went out.
func (d *Desk) Why(ctx context.Context, person string, update vedette.ID) (*Why, error) {
	u, err := d.Update(ctx, update)
	if err != nil {
		return nil, err
	}
	p, err := d.Person(ctx, person)
	if err != nil {
		return nil, err
	}
	at := d.Now()
	if u.State != vedette.UpdateDraft {
		at = u.PublishedAt
	}
	ps, err := d.rows.PresencesOf(ctx, p.Key, at)
	if err != nil {
		return nil, err
	}
	for i := range ps {
		ps[i] = roster.Unseal(&p.Record, ps[i])
	}
	p.Presence = ps
	w := &Why{Person: p, Update: u, Exposure: match.Relate(d.Gaz, u, ps, at),
		Advised: advise.For(d.Gaz, u, advise.Person{Citizenship: p.Record.Citizenship, Presences: ps}, at)}
	if _, w.Noticed, err = d.rows.Notice(ctx, u.Key, p.Key); err != nil {
		return nil, err
	}
	for _, a := range p.Record.Addresses {
		dl, ok, err := d.rows.Delivery(ctx, u.Key, p.Key, a.No)
		if err != nil {
			return nil, err
		}
		if ok {
			w.Told = append(w.Told, dl)
		}
	}
	return w, nil
}

// Person finds someone by id, e-mail address or name. Several of one name
// are CodeInvalid, with their addresses.
func (d *Desk) Person(ctx context.Context, query string) (vedette.Person, error) {
	query = strings.TrimSpace(query)
	var sp store.SealedPerson
	var err error
	switch {
	case vedette.ID(query).Valid():
		sp, err = d.rows.Person(ctx, vedette.ID(query))
	case strings.Contains(query, "@"):
		sp, err = d.rows.PersonByExternal(ctx, d.Key.Hash("email", query))
	default:
		return d.personByName(ctx, query)
	}
	if vedette.ErrorCode(err) == vedette.CodeNotFound {
		return vedette.Person{}, vedette.Errorf(vedette.CodeNotFound, "nobody here is %q", query)
	}
	if err != nil {
		return vedette.Person{}, err
	}
	return d.open(&sp)
}

func (d *Desk) open(sp *store.SealedPerson) (vedette.Person, error) {
	rec, err := d.Key.OpenRecord(sp.ID, sp.WrappedKey, sp.Record)
	if err != nil {
		return vedette.Person{}, err
	}
	return vedette.Person{Key: sp.Key, ID: sp.ID, Record: *rec, Presence: sp.Presences}, nil
}

func (d *Desk) personByName(ctx context.Context, name string) (vedette.Person, error) {
	var found []vedette.Person
	err := d.EachPerson(ctx, func(p vedette.Person) error {
		if strings.EqualFold(p.Record.Name, name) {
			found = append(found, p)
		}
		return nil
	})
	switch {
	case err != nil:
		return vedette.Person{}, err
	case len(found) == 0:
		return vedette.Person{}, vedette.Errorf(vedette.CodeNotFound, "nobody here is called %q; give a whole name, an e-mail address or an id", name)
	case len(found) > 1:
		var who []string
		for i, p := range found {
			if i == 5 {
				who = append(who, "…")
				break
			}
			who = append(who, p.Record.Email()+" ("+string(p.ID)+")")
		}
		return vedette.Person{}, vedette.Errorf(vedette.CodeInvalid, "%d people are called %q; name one by address or id: %s", len(found), name, strings.Join(who, ", "))
	}
	return found[0], nil
}

// EachPerson goes through everyone, unsealed.
func (d *Desk) EachPerson(ctx context.Context, fn func(vedette.Person) error) error {
	return d.rows.People(ctx, func(sp *store.SealedPerson) error {
		p, err := d.open(sp)
		if err != nil {
			return err
		}
		return fn(p)
	})
}
