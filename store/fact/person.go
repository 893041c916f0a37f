package fact

import (
	"context"

	"vedette"
	"vedette/store/ground"
)

// SealedPerson is a person as the store holds them: the record is sealed
// bytes, the key it is sealed under is wrapped.
type SealedPerson struct {
	Key        int64
	ID         vedette.ID
	External   []byte // keyed hash of what the organisation calls them, nil for none
	WrappedKey []byte // of the live record; nil when erased
	Record     []byte // nil when erased
	Slots      []Slot // the live addresses
	Presences  []vedette.Presence
	Erased     bool
	Retired    bool // left the organisation: not among its people any more
}

// Slot is an address without its value: the number ledger rows refer to.
type Slot struct {
	No      int
	Channel vedette.Channel
}

// peoplePage is how many people are read at a time.
const peoplePage = 2000

const personSelect = `SELECT p.id, r.uuid, p.external, p.retired_at, p.erased_at, pr.wrapped_key, pr.sealed
	FROM persons p JOIN recipients r ON r.id = p.id
	LEFT JOIN person_records pr ON pr.person_id = p.id AND pr.recorded_to = 0
	WHERE p.org = $1 AND `

// people reads persons with their records and slots, ascending by key.
func (t *tx) people(where string, args ...any) ([]*SealedPerson, error) {
	list, err := t.persons(personSelect+where, args, func(p *SealedPerson, row ground.Row) {
		p.Erased, p.WrappedKey, p.Record = row.Int(4) != 0, row.Bytes(5), row.Bytes(6)
	})
	if err != nil || len(list) == 0 {
		return list, err
	}
	return list, t.addSlots(list)
}

// People calls fn for every live person, ascending by key, with slots and
// live presences, all as of one moment: no one erased or retired. fn may use
// the store.
func (f *Facts) People(ctx context.Context, fn func(*SealedPerson) error) error {
	return f.each(ctx, `retired_at = 0`, fn)
}

// PeopleOf is People for some: who is erased or retired, or not the
// organisation's, is left out.
func (f *Facts) PeopleOf(ctx context.Context, keys []int64, fn func(*SealedPerson) error) error {
	return f.read(ctx, "reading some people", func(t *tx) error {
		return pages(keys, func(page []int64) error {
			found, err := t.people(`p.erased_at = 0 AND p.retired_at = 0 AND p.id {in $2} ORDER BY p.id`, t.org, ground.List(page))
			if err != nil || len(found) == 0 {
				return err
			}
			if err := t.addPresences(found); err != nil {
				return err
			}
			for _, p := range found {
				if err := fn(p); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// Retired is People for those who left the organisation.
func (f *Facts) Retired(ctx context.Context, fn func(*SealedPerson) error) error {
	return f.each(ctx, `retired_at > 0`, fn)
}

func (f *Facts) each(ctx context.Context, which string, fn func(*SealedPerson) error) error {
	return f.read(ctx, "reading the people", func(t *tx) error {
		for at := int64(0); ; at += peoplePage {
			found, err := t.keyFrom(&at)
			if err != nil || !found {
				return err
			}
			people, err := t.stretch(which, at)
			if err != nil {
				return err
			}
			for _, p := range people {
				if err := fn(p); err != nil {
					return err
				}
			}
		}
	})
}

// ExternalKey is a person by the keyed hash of what the organisation calls
// them.
type ExternalKey struct {
	Key      int64
	External []byte
}

// ExternalKeys lists the live persons who have an External, ascending by key.
// It is cheap: nothing else is read of them.
func (f *Facts) ExternalKeys(ctx context.Context) (list []ExternalKey, err error) {
	err = f.read(ctx, "listing the people", func(t *tx) error {
		list, err = ground.All(t.Tx, func(k *ExternalKey) []any { return []any{&k.Key, &k.External} },
			`SELECT id, external FROM persons WHERE org = $1 AND erased_at = 0 AND retired_at = 0 AND external IS NOT NULL ORDER BY id`, t.org)
		return err
	})
	return list, err
}

// Person gives a person by id, with slots and live presences; an erased one
// has neither key nor record.
func (f *Facts) Person(ctx context.Context, id vedette.ID) (SealedPerson, error) {
	return f.person(ctx, `r.uuid = $2`, string(id))
}

// PersonByKey gives a person by key, as Person does.
func (f *Facts) PersonByKey(ctx context.Context, key int64) (SealedPerson, error) {
	return f.person(ctx, `p.id = $2`, key)
}

// PersonByExternal gives a person by the keyed hash of what the organisation
// calls them.
func (f *Facts) PersonByExternal(ctx context.Context, hash []byte) (SealedPerson, error) {
	return f.person(ctx, `p.external = $2`, hash)
}

func (f *Facts) person(ctx context.Context, where string, arg any) (p SealedPerson, err error) {
	err = f.read(ctx, "reading a person", func(t *tx) error {
		found, err := t.people(where, t.org, arg)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return noPerson()
		}
		if err := t.addPresences(found); err != nil {
			return err
		}
		p = *found[0]
		return nil
	})
	return p, err
}

func noPerson() error {
	return vedette.Errorf(vedette.CodeNotFound, "there is no such person")
}

// PersonsByKey gives persons with their slots, without presences. Keys that
// are not there, or not this organisation's, are left out.
func (f *Facts) PersonsByKey(ctx context.Context, keys []int64) (map[int64]SealedPerson, error) {
	out := make(map[int64]SealedPerson, len(keys))
	if len(keys) == 0 {
		return out, nil
	}
	err := f.read(ctx, "reading persons", func(t *tx) error {
		found, err := t.people(`p.id {in $2} ORDER BY p.id`, t.org, ground.List(keys))
		for _, p := range found {
			out[p.Key] = *p
		}
		return err
	})
	return out, err
}
