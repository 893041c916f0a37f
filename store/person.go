package store

import (
	"context"
	"database/sql"
	"time"

	"vedette"
	"vedette/store/code"
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
}

// Slot is an address without its value: the number ledger rows refer to.
type Slot struct {
	No      int
	Channel vedette.Channel
}

// peoplePage is how many people are read at a time.
const peoplePage = 2000

const personSelect = `SELECT p.id, r.uuid, p.external, p.erased_at, pr.wrapped_key, pr.sealed
	FROM persons p JOIN recipients r ON r.id = p.id
	LEFT JOIN person_records pr ON pr.person_id = p.id AND pr.recorded_to = 0
	WHERE p.org = $1 AND `

// people reads persons with their slots, ascending by key.
func (t *tx) people(where string, args ...any) (list []*SealedPerson, err error) {
	err = t.Each(func(r *sql.Rows) error {
		p := &SealedPerson{}
		var erased int64
		err := r.Scan(&p.Key, &p.ID, &p.External, &erased, &p.WrappedKey, &p.Record)
		p.Erased = erased != 0
		list = append(list, p)
		return err
	}, personSelect+where, args...)
	if err != nil || len(list) == 0 {
		return list, err
	}
	byKey, keys := keyed(list)
	return list, t.Each(func(r *sql.Rows) error {
		var person int64
		var s Slot
		err := r.Scan(&person, &s.No, code.Channel.Into(&s.Channel))
		byKey[person].Slots = append(byKey[person].Slots, s)
		return err
	}, `SELECT person_id, no, channel FROM addresses WHERE recorded_to = 0 AND person_id {in $1} ORDER BY person_id, no`, keys)
}

// keyed gives people by key, and their keys as an argument of {in}.
func keyed(people []*SealedPerson) (byKey map[int64]*SealedPerson, keys string) {
	byKey = make(map[int64]*SealedPerson, len(people))
	nums := make([]int64, len(people))
	for i, p := range people {
		byKey[p.Key], nums[i] = p, p.Key
	}
	return byKey, ground.List(nums)
}

const presenceSelect = `SELECT pr.id, pr.person_id, pr.area, pr.because, coalesce(s.name, ''), pr.point_ref, pr.from_us, pr.to_us, pr.recorded_from
	FROM presences pr LEFT JOIN sites s ON s.id = pr.site_id WHERE `

func presenceInto(p *vedette.Presence) []any {
	return []any{&p.Key, &p.Person, &p.Area, code.Because.Into(&p.Because), &p.Site, &p.PointRef,
		ground.Time(&p.From), ground.Time(&p.To), ground.Time(&p.Recorded)}
}

// addPresences loads the live presences of people.
func (t *tx) addPresences(people []*SealedPerson) error {
	byKey, keys := keyed(people)
	presences, err := ground.All(t.Tx, presenceInto, presenceSelect+`pr.recorded_to = 0 AND pr.person_id {in $1} ORDER BY pr.person_id, pr.id`, keys)
	for _, p := range presences {
		byKey[p.Person].Presences = append(byKey[p.Person].Presences, p)
	}
	return err
}

// People calls fn for every live person, ascending by key, with slots and
// live presences, all as of one moment. fn may use the store.
func (o *Org) People(ctx context.Context, fn func(*SealedPerson) error) error {
	return o.s.read(ctx, "reading the people", func(t *tx) error {
		for after := int64(0); ; {
			page, err := t.peopleAfter(o.org, after)
			if err != nil || len(page) == 0 {
				return err
			}
			if err := t.addPresences(page); err != nil {
				return err
			}
			for _, p := range page {
				if err := fn(p); err != nil {
					return err
				}
			}
			after = page[len(page)-1].Key
		}
	})
}

// peopleAfter reads the next page of live persons: their keys first, which
// leaves no engine a choice of ways.
func (t *tx) peopleAfter(org, after int64) ([]*SealedPerson, error) {
	keys, err := t.Keys(`SELECT id FROM persons WHERE org = $1 AND id > $2 AND erased_at = 0 ORDER BY id LIMIT $3`, org, after, int64(peoplePage))
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	return t.people(`p.id {in $2} ORDER BY p.id`, org, ground.List(keys))
}

// Person gives a person by id, with slots and live presences; an erased one
// has neither key nor record.
func (o *Org) Person(ctx context.Context, id vedette.ID) (SealedPerson, error) {
	return o.person(ctx, `r.uuid = $2`, string(id))
}

// PersonByKey gives a person by key, as Person does.
func (o *Org) PersonByKey(ctx context.Context, key int64) (SealedPerson, error) {
	return o.person(ctx, `p.id = $2`, key)
}

// PersonByExternal gives a person by the keyed hash of what the organisation
// calls them.
func (o *Org) PersonByExternal(ctx context.Context, hash []byte) (SealedPerson, error) {
	return o.person(ctx, `p.external = $2`, hash)
}

func (o *Org) person(ctx context.Context, where string, arg any) (p SealedPerson, err error) {
	err = o.s.read(ctx, "reading a person", func(t *tx) error {
		found, err := t.people(where, o.org, arg)
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
func (o *Org) PersonsByKey(ctx context.Context, keys []int64) (map[int64]SealedPerson, error) {
	out := make(map[int64]SealedPerson, len(keys))
	if len(keys) == 0 {
		return out, nil
	}
	err := o.s.read(ctx, "reading persons", func(t *tx) error {
		found, err := t.people(`p.id {in $2} ORDER BY p.id`, o.org, ground.List(keys))
		for _, p := range found {
			out[p.Key] = *p
		}
		return err
	})
	return out, err
}

// PresencesOf gives the presences of a person as they were recorded at a
// time, whatever was learned since. An erased person's are closed, and
// without their points.
func (o *Org) PresencesOf(ctx context.Context, person int64, recordedAt time.Time) (list []vedette.Presence, err error) {
	err = o.s.read(ctx, "reading presences", func(t *tx) error {
		if err := t.mustHave("person", `SELECT 1 FROM persons WHERE org = $1 AND id = $2`, o.org, person); err != nil {
			return err
		}
		list, err = ground.All(t.Tx, presenceInto, presenceSelect+`pr.person_id = $1 AND pr.recorded_from <= $2 AND (pr.recorded_to = 0 OR pr.recorded_to > $2) ORDER BY pr.id`,
			person, ground.Micros(recordedAt))
		return err
	})
	return list, err
}
