package fact

import (
	"context"
	"encoding/json"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/ground"
)

// watchBody is what a watch asks for, as one JSON text.
type watchBody struct {
	Areas      []vedette.AreaID       `json:"areas,omitempty"`
	Shape      *vedette.Shape         `json:"shape,omitempty"`
	Risk       vedette.Risk           `json:"risk,omitempty"`
	Urgency    vedette.Urgency        `json:"urgency,omitempty"`
	Source     vedette.SourceStrength `json:"source,omitempty"`
	Categories []string               `json:"categories,omitempty"`
}

// SaveWatch adds a watch, or changes the one its Key names, which stays the
// same watch of the same person. It comes back with key and id.
func (f *Facts) SaveWatch(ctx context.Context, w vedette.Watch, now time.Time) (vedette.Watch, error) {
	if err := w.Validate(); err != nil {
		return w, err
	}
	b, err := json.Marshal(watchBody{w.Areas, w.Shape, w.Risk, w.Urgency, w.Source, w.Categories})
	if err != nil {
		return w, vedette.Wrap(err, vedette.CodeInternal, "the watch cannot be written as JSON")
	}
	var out vedette.Watch
	err = f.write(ctx, "saving a watch", func(t *tx) error {
		out = w
		id, err := t.lockPerson(out.Person)
		if err != nil {
			return err
		}
		same, err := t.nameWatch(&out, string(b), now)
		if err != nil || same {
			return err
		}
		record, err := t.keys("fact", 1)
		if err != nil {
			return err
		}
		if _, err := t.Exec(`INSERT INTO watches (person_id, id, org, watch, uuid, recorded_from, body) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			out.Person, record, t.org, out.Key, string(out.ID), ground.Micros(now), string(b)); err != nil {
			return err
		}
		return t.log(id, "watch saved", []int64{out.Person}, now)
	})
	return out, err
}

// nameWatch gives a new watch key and id, and closes what is recorded of one
// that is there, unless it says the same.
func (t *tx) nameWatch(w *vedette.Watch, body string, now time.Time) (same bool, err error) {
	if w.Key == 0 {
		if w.ID == "" {
			w.ID = vedette.NewID(now)
		}
		w.Key, err = t.keys("watch", 1)
		return false, err
	}
	var have string
	found, err := t.Found([]any{&w.ID, &have}, `SELECT uuid, body FROM watches WHERE org = $1 AND person_id = $2 AND watch = $3 AND recorded_to = 0`,
		t.org, w.Person, w.Key)
	switch {
	case err != nil:
		return false, err
	case !found:
		return false, noWatch()
	case have == body:
		return true, nil
	}
	return false, t.closeWatch(w.Person, w.Key, now)
}

func (t *tx) closeWatch(person, watch int64, now time.Time) error {
	_, err := t.Exec(`UPDATE watches SET recorded_to = $3 WHERE person_id = $1 AND watch = $2 AND recorded_to = 0`, person, watch, ground.Micros(now))
	return err
}

func noWatch() error { return vedette.Errorf(vedette.CodeNotFound, "there is no such watch") }

// RemoveWatch closes a watch.
func (f *Facts) RemoveWatch(ctx context.Context, id vedette.ID, now time.Time) error {
	return f.write(ctx, "removing a watch", func(t *tx) error {
		var person, watch int64
		found, err := t.Found([]any{&person, &watch}, `SELECT person_id, watch FROM watches WHERE org = $1 AND uuid = $2 AND recorded_to = 0`, t.org, string(id))
		if err != nil {
			return err
		}
		if !found {
			return noWatch()
		}
		owner, err := t.lockPerson(person)
		if err != nil {
			return err
		}
		if err := t.closeWatch(person, watch, now); err != nil {
			return err
		}
		return t.log(owner, "watch removed", []int64{person}, now)
	})
}

// WatchesOf gives the watches of a person as they were recorded at a time,
// oldest first; the zero time is now.
func (f *Facts) WatchesOf(ctx context.Context, person int64, recordedAt time.Time) (list []vedette.Watch, err error) {
	err = f.read(ctx, "reading watches", func(t *tx) error {
		list = nil
		if err := t.mustHavePerson(person); err != nil {
			return err
		}
		return t.watches(func(w vedette.Watch) error { list = append(list, w); return nil },
			`w.person_id = $2 AND `+book.Recorded("w", "$3"), person, book.At(recordedAt))
	})
	return list, err
}

const liveWatches = `w.recorded_to = 0 AND p.retired_at = 0 AND p.erased_at = 0`

// Watches calls fn for every watch of the live people, by person, oldest
// first. fn must not use the store.
func (f *Facts) Watches(ctx context.Context, fn func(vedette.Watch) error) error {
	return f.read(ctx, "reading the watches", func(t *tx) error {
		return t.watches(fn, liveWatches)
	})
}

// WatchesOfAll is Watches for some people.
func (f *Facts) WatchesOfAll(ctx context.Context, keys []int64, fn func(vedette.Watch) error) error {
	return f.read(ctx, "reading some watches", func(t *tx) error {
		return pages(keys, func(page []int64) error {
			return t.watches(fn, liveWatches+` AND w.person_id {in $2}`, ground.List(page))
		})
	})
}

func (r *reading) watches(fn func(vedette.Watch) error, where string, args ...any) error {
	return r.Rows(func(row ground.Row) error {
		w := vedette.Watch{Key: row.Int(0), ID: vedette.ID(row.Text(1)), Person: row.Int(2)}
		var b watchBody
		if err := json.Unmarshal([]byte(row.Text(3)), &b); err != nil {
			return err
		}
		w.Areas, w.Shape, w.Risk, w.Urgency, w.Source, w.Categories = b.Areas, b.Shape, b.Risk, b.Urgency, b.Source, b.Categories
		return fn(w)
	}, `SELECT w.watch, w.uuid, w.person_id, w.body FROM watches w JOIN persons p ON p.id = w.person_id
		WHERE w.org = $1 AND `+where+` ORDER BY w.person_id, w.watch`, append([]any{r.org}, args...)...)
}
