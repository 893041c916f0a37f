package fact

import (
	"bytes"
	"context"
	"time"

	"vedette"
	"vedette/store/ground"
)

// Said is where a person said, or the desk was told, they are.
type Said struct {
	vedette.Presence
	Was    []byte // their sealed record this was worked out by; nil for any
	Record []byte // their record with what belongs to it, its point; nil keeps what is there
}

// AddPresence is Say of a presence alone.
func (f *Facts) AddPresence(ctx context.Context, p vedette.Presence, now time.Time) (vedette.Presence, error) {
	return f.Say(ctx, Said{Presence: p}, now)
}

// Say records where a person is said to be, with the record that holds its
// point, both or neither. The presence comes back with its key. Where the
// record is another than it was worked out by it is a conflict: they may wish
// to be kept less closely by now. A check-in closes what older check-ins are
// live; one that began before a live one, and is heard of late, ends where
// that begins. What is said does not end anything else: that is
// [Facts.EndPresence].
func (f *Facts) Say(ctx context.Context, said Said, now time.Time) (vedette.Presence, error) {
	p := said.Presence
	if p.From.IsZero() {
		p.From = now
	}
	if err := checkSaid(&p); err != nil {
		return p, err
	}
	var out vedette.Presence
	err := f.write(ctx, "adding a presence", func(t *tx) error {
		h := held{Presence: p}
		id, err := t.lockPerson(p.Person)
		if err != nil {
			return err
		}
		if err := t.replaceRecord(&said, now); err != nil {
			return err
		}
		if h.site, err = t.siteKey(p.Site); err != nil {
			return err
		}
		if p.Because == vedette.BecauseCheckin {
			if err := t.overtakeCheckins(&h, now); err != nil {
				return err
			}
		}
		if h.Key, err = t.insertPresences([]held{h}, now); err != nil {
			return err
		}
		out = h.Presence
		return t.log(id, "presence added", []int64{p.Person}, now)
	})
	out.Recorded = now
	return out, err
}

// replaceRecord writes the record that comes with what was said, under the key
// of the one it replaces.
func (t *tx) replaceRecord(said *Said, now time.Time) error {
	if said.Was == nil && said.Record == nil {
		return nil
	}
	var key, sealed []byte
	found, err := t.Found([]any{&key, &sealed}, `SELECT wrapped_key, sealed FROM person_records WHERE person_id = $1 AND recorded_to = 0`, said.Person)
	switch {
	case err != nil:
		return err
	case !found || !bytes.Equal(sealed, said.Was):
		return vedette.Errorf(vedette.CodeConflict, "the record of this person was changed by someone else meanwhile; look again")
	case said.Record == nil:
		return nil
	}
	if _, err := t.Exec(`UPDATE person_records SET recorded_to = $2 WHERE person_id = $1 AND recorded_to = 0`, said.Person, ground.Micros(now)); err != nil {
		return err
	}
	no, err := t.keys("fact", 1)
	if err != nil {
		return err
	}
	_, err = t.Exec(`INSERT INTO person_records (person_id, id, recorded_from, wrapped_key, sealed) VALUES ($1, $2, $3, $4, $5)`,
		said.Person, no, ground.Micros(now), key, said.Record)
	return err
}
