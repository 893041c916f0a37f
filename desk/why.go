package desk

import (
	"context"
	"strings"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/match"
	"vedette/store"
)

// Why answers why someone is, or is not, concerned by an update, and which
// of its advice applies to them.
type Why struct {
	Person   vedette.Person
	Update   *vedette.Update
	Exposure vedette.Exposure
	Advised  advise.Advised
	AsOf     time.Time          // what was recorded then decides
	Noticed  bool               // a notice was made: relation and advice are its own
	Changed  vedette.Relation   // what would be decided now, where that differs from the notice
	Told     []vedette.Delivery // what the ledger holds for them
	Answer   BoardRow           // their latest answer; Answer "" for none
	Where    []vedette.Presence // as of now
}

// Why explains one person's relation to an update: as of now while its
// notices are not planned yet, afterwards by what was recorded when they were.
// Of someone who has a notice it tells what that notice says, whatever would
// be said now.
func (d *Desk) Why(ctx context.Context, person string, update vedette.ID) (*Why, error) {
	u, err := d.Update(ctx, update)
	if err != nil {
		return nil, err
	}
	p, err := d.Person(ctx, person)
	if err != nil {
		return nil, err
	}
	at, err := d.judged(ctx, u)
	if err != nil {
		return nil, err
	}
	if p.Presence, err = d.rows.PresencesOf(ctx, p.Key, at); err != nil {
		return nil, err
	}
	w := &Why{Person: p, Update: u, AsOf: at, Exposure: match.Relate(d.Gaz, u, vedette.DefaultSettings(), p.Presence, nil, at),
		Advised: advise.For(d.Gaz, u, nil, advise.Person{Citizenship: p.Record.Citizenship, Presences: p.Presence}, at)}
	return w, d.whatWasTold(ctx, w)
}

// judged is the time an update's people are judged at.
func (d *Desk) judged(ctx context.Context, u *vedette.Update) (time.Time, error) {
	if u.State == vedette.UpdateDraft {
		return d.Now(), nil
	}
	f, err := d.rows.FanoutOf(ctx, u.Key)
	if err != nil || f.FinishedAt.IsZero() {
		return d.Now(), err
	}
	return f.FinishedAt, nil
}

// whatWasTold adds notice and ledger to an answer; where there is a notice,
// its relation and advice are the ones that count.
func (d *Desk) whatWasTold(ctx context.Context, w *Why) error {
	n, ok, err := d.rows.Notice(ctx, w.Update.Key, w.Person.Key)
	if err != nil {
		return err
	}
	roll, err := d.people.Current(ctx)
	if err != nil {
		return err
	}
	ps := roll.Presences(w.Person.Key)
	w.Where = standing(ps, d.Now())
	if w.Noticed = ok; ok {
		rows, err := d.BoardRows(ctx, w.Update.ID, RowFilter{After: w.Person.Key - 1, Limit: 1})
		if err != nil {
			return err
		}
		if len(rows) == 1 && rows[0].Person.Key == w.Person.Key {
			w.Answer = rows[0]
		}
		w.Exposure.Relation = n.Relation
		if now := match.Relate(d.Gaz, w.Update, vedette.DefaultSettings(), ps, nil, d.Now()).Relation; now != n.Relation {
			w.Changed = now
		}
		vs, err := d.rows.Variants(ctx, w.Update.Key)
		if err != nil {
			return err
		}
		for _, v := range vs {
			if v.No == n.Variant {
				w.Advised.Variant = v
			}
		}
	}
	for _, a := range w.Person.Record.Addresses {
		dl, ok, err := d.rows.Delivery(ctx, w.Update.Key, w.Person.Key, a.No)
		if err != nil {
			return err
		}
		if ok {
			w.Told = append(w.Told, dl)
		}
	}
	return nil
}

// Person finds someone by id, personnel number, e-mail address or name.
// Several of one name or address are CodeInvalid, with their addresses.
func (d *Desk) Person(ctx context.Context, query string) (vedette.Person, error) {
	query = strings.TrimSpace(query)
	var sp store.SealedPerson
	var err error
	switch {
	case vedette.ID(query).Valid():
		sp, err = d.rows.Person(ctx, vedette.ID(query))
	case strings.Contains(query, "@"):
		// Whoever has a personnel number is kept under that.
		if sp, err = d.rows.PersonByExternal(ctx, d.Key.Hash("email", query)); vedette.ErrorCode(err) == vedette.CodeNotFound {
			return d.personCalled(ctx, query)
		}
	default:
		if sp, err = d.rows.PersonByExternal(ctx, d.Key.Hash("id", query)); vedette.ErrorCode(err) == vedette.CodeNotFound {
			return d.personCalled(ctx, query)
		}
	}
	if vedette.ErrorCode(err) == vedette.CodeNotFound {
		return vedette.Person{}, vedette.Errorf(vedette.CodeNotFound, "nobody here is %q", query)
	}
	if err != nil {
		return vedette.Person{}, err
	}
	return d.open(&sp), nil
}

// unreadable stands for the name in a record that cannot be opened: one such
// record must not close the pages of all others.
const (
	unreadable = "(record cannot be opened)"
	erased     = "(erased person)"
)

func (d *Desk) open(sp *store.SealedPerson) vedette.Person {
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

// personCalled finds someone by what stands in their record: name or address.
func (d *Desk) personCalled(ctx context.Context, name string) (vedette.Person, error) {
	var found []vedette.Person
	err := d.EachPerson(ctx, func(p vedette.Person) error {
		if strings.EqualFold(p.Record.Name, name) || strings.EqualFold(p.Record.Email(), name) {
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
		return fn(d.open(sp))
	})
}
