package fact

import (
	"slices"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// keyFrom moves at on to the first key of the organisation's persons that is
// not before it, and says whether there is one.
func (r *reading) keyFrom(at *int64) (bool, error) {
	key, found, err := ground.One(r, `SELECT id FROM persons WHERE org = $1 AND id >= $2 ORDER BY id LIMIT 1`, r.org, *at)
	*at = max(*at, key)
	return found, err
}

// stretch reads the persons of so many keys, as a page has, from one on, who
// are not erased, with all that [SealedPerson] holds of the live. Each table
// is read by itself, along its keys: that is quickest, and leaves no engine a
// choice of ways. So does the plus, which keeps the index of organisations out.
func (r *reading) stretch(which string, from int64) ([]*SealedPerson, error) {
	people, err := r.persons(`SELECT p.id, n.uuid, p.external, p.retired_at FROM persons p JOIN recipients n ON n.id = p.id
		WHERE +p.org = $1 AND p.id >= $2 AND p.id < $3 AND n.id >= $2 AND n.id < $3 AND p.erased_at = 0 AND `+which+` ORDER BY p.id`,
		[]any{r.org, from, from + peoplePage}, nil)
	if err != nil || len(people) == 0 {
		return nil, err
	}
	if err := r.addRecords(people); err != nil {
		return nil, err
	}
	if err := r.addSlots(people); err != nil {
		return nil, err
	}
	return people, r.addPresences(people)
}

// which names some people, ascending by key, in a condition on a column, of a
// text whose only parameters these are. Keys that lie close together are
// named as a range: an engine reads on from where it is, instead of looking
// each up, and who is not meant is passed over by [among].
func which(column string, people []*SealedPerson) (condition string, args []any) {
	first, last := people[0].Key, people[len(people)-1].Key
	if last-first < 2*int64(len(people)) {
		return column + ` BETWEEN $1 AND $2`, []any{first, last}
	}
	keys := make([]int64, len(people))
	for i, p := range people {
		keys[i] = p.Key
	}
	return column + ` {in $1}`, []any{ground.List(keys)}
}

// among finds people, ascending by key, by keys that ascend as well; nil for
// whoever is not among them.
func among(people []*SealedPerson) func(key int64) *SealedPerson {
	return func(key int64) *SealedPerson {
		for len(people) > 0 && people[0].Key < key {
			people = people[1:]
		}
		if len(people) == 0 || people[0].Key != key {
			return nil
		}
		return people[0]
	}
}

// persons reads persons by a text that selects their key, id, external and
// when they retired; more takes what it selects besides.
func (r *reading) persons(text string, args []any, more func(*SealedPerson, ground.Row)) (list []*SealedPerson, err error) {
	room := make([]SealedPerson, 0, 8) // for many made together, and more for more
	return list, r.Rows(func(row ground.Row) error {
		if len(room) == cap(room) {
			room = make([]SealedPerson, 0, min(16*cap(room), peoplePage))
			list = slices.Grow(list, cap(room))
		}
		room = append(room, SealedPerson{Key: row.Int(0), ID: vedette.ID(row.Text(1)), External: row.Bytes(2), Retired: row.Int(3) != 0})
		p := &room[len(room)-1]
		if more != nil {
			more(p, row)
		}
		list = append(list, p)
		return nil
	}, text, args...)
}

// addRecords loads the live records of people.
func (r *reading) addRecords(people []*SealedPerson) error {
	next := among(people)
	condition, args := which("person_id", people)
	return r.Rows(func(row ground.Row) error {
		if p := next(row.Int(0)); p != nil {
			p.WrappedKey, p.Record = row.Bytes(1), row.Bytes(2)
		}
		return nil
	}, `SELECT person_id, wrapped_key, sealed FROM person_records WHERE recorded_to = 0 AND `+condition+` ORDER BY person_id`, args...)
}

// addSlots loads the live slots of people.
func (r *reading) addSlots(people []*SealedPerson) error {
	room, next := make([]Slot, 0, len(people)+len(people)/4), among(people)
	condition, args := which("person_id", people)
	return r.Rows(func(row ground.Row) error {
		p := next(row.Int(0))
		if p == nil {
			return nil
		}
		at := len(room) - len(p.Slots)
		room = append(room, Slot{int(row.Int(1)), code.Channel.Word(row.Int(2))})
		p.Slots = room[at:len(room):len(room)]
		if n := len(p.Slots); n > 1 && p.Slots[n-2].No > p.Slots[n-1].No {
			slices.SortFunc(p.Slots, func(a, b Slot) int { return a.No - b.No })
		}
		return nil
	}, `SELECT person_id, no, channel FROM addresses WHERE recorded_to = 0 AND `+condition+` ORDER BY person_id`, args...)
}

// addPresences loads the live presences of people.
func (r *reading) addPresences(people []*SealedPerson) error {
	room, next := make([]vedette.Presence, 0, len(people)+len(people)/4), among(people)
	var atSites []sited
	condition, args := which("pr.person_id", people)
	err := r.Rows(func(row ground.Row) error {
		p := next(row.Int(0))
		if p == nil {
			return nil
		}
		at := len(room) - len(p.Presences)
		room = append(room, vedette.Presence{Person: p.Key, Key: row.Int(1), Area: vedette.AreaID(row.Text(2)), Because: code.Because.Word(row.Int(3)),
			PointRef: row.Text(4), Spread: row.Real(5), From: ground.Moment(row.Int(6)), To: ground.Moment(row.Int(7)), Recorded: ground.Moment(row.Int(8)),
			Ended: row.Text(9), Trip: row.Int(10)})
		p.Presences = room[at:len(room):len(room)]
		if site := row.Int(11); site != 0 {
			atSites = append(atSites, sited{p, len(p.Presences) - 1, site})
		}
		return nil
	}, `SELECT pr.person_id, pr.id, pr.area, pr.because, pr.point_ref, pr.spread, pr.from_us, pr.to_us, pr.recorded_from, pr.ended, pr.trip_id, pr.site_id
		FROM presences pr WHERE `+live+` AND `+condition+` ORDER BY pr.person_id, pr.id`, args...)
	if err != nil {
		return err
	}
	return r.nameSites(atSites)
}

// sited is a presence of somebody at a site.
type sited struct {
	person *SealedPerson
	no     int
	site   int64
}

// nameSites gives presences the names of their sites. Sites are few: what one
// transaction has read of them it does not read again.
func (r *reading) nameSites(list []sited) error {
	if r.sitenames == nil {
		r.sitenames = map[int64]string{}
	}
	var unknown []int64
	for _, s := range list {
		if _, known := r.sitenames[s.site]; !known {
			r.sitenames[s.site], unknown = "", append(unknown, s.site)
		}
	}
	if len(unknown) > 0 {
		err := r.Rows(func(row ground.Row) error {
			r.sitenames[row.Int(0)] = row.Text(1)
			return nil
		}, `SELECT site_id, name FROM site_records WHERE recorded_to = 0 AND site_id {in $1}`, ground.List(unknown))
		if err != nil {
			return err
		}
	}
	for _, s := range list {
		s.person.Presences[s.no].Site = r.sitenames[s.site]
	}
	return nil
}
