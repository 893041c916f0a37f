package fact

import (
	"context"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
)

// held is a presence as it stands in its row.
type held struct {
	vedette.Presence
	site  int64     // key, 0 for none
	wasTo time.Time // of one that ended before its time: when it would have ended
}

// same says whether a presence to be kept says what the row says, whenever
// that was learned. A row that was ended says still what it said before: to
// say it again does not bring it back.
func (h *held) same(w *vedette.Presence) bool {
	to := h.To
	if h.Ended != "" && w.Ended == "" {
		to = h.wasTo
	}
	return h.Area == w.Area && h.Because == w.Because && h.Site == w.Site && h.PointRef == w.PointRef && h.Spread == w.Spread &&
		(w.Ended == "" || h.Ended == w.Ended) && ground.Micros(h.From) == ground.Micros(w.From) && ground.Micros(to) == ground.Micros(w.To)
}

// over says whether the presence is past at a time.
func (h *held) over(now time.Time) bool { return !h.To.IsZero() && !h.To.After(now) }

// heldSelect reads presences; the name of their site is that of a moment,
// which is the first argument.
var heldSelect = `SELECT pr.id, pr.person_id, pr.area, pr.because, coalesce(s.name, ''), pr.point_ref, pr.spread, pr.from_us, pr.to_us,
	pr.recorded_from, pr.ended, coalesce(pr.site_id, 0), coalesce(pr.trip_id, 0), pr.was_to
	FROM presences pr LEFT JOIN site_records s ON s.site_id = pr.site_id AND ` + book.Recorded("s", "$1") + ` WHERE `

// somewhen leaves out a presence that ended before it began: it holds at no
// time, so the rules are never shown it. Its row stays, for whoever says the
// same again.
const somewhen = `(pr.to_us = 0 OR pr.to_us > pr.from_us)`

const live = `pr.recorded_to = 0 AND ` + somewhen

func (t *tx) held(at time.Time, where string, args ...any) ([]held, error) {
	return ground.All(t.Tx, func(h *held) []any {
		return []any{&h.Key, &h.Person, &h.Area, code.Because.Into(&h.Because), &h.Site, &h.PointRef, &h.Spread,
			ground.Time(&h.From), ground.Time(&h.To), ground.Time(&h.Recorded), &h.Ended, &h.site, &h.Trip, ground.Time(&h.wasTo)}
	}, heldSelect+where+` ORDER BY pr.person_id, pr.id`, append([]any{book.At(at)}, args...)...)
}

// PresencesOf gives the presences of a person as they were recorded at a
// time, whatever was learned since; the zero time is now. An erased person's
// are closed, and without their points.
func (f *Facts) PresencesOf(ctx context.Context, person int64, recordedAt time.Time) (list []vedette.Presence, err error) {
	err = f.read(ctx, "reading presences", func(t *tx) error {
		list = nil
		if err := t.mustHavePerson(person); err != nil {
			return err
		}
		rows, err := t.held(recordedAt, book.Recorded("pr", "$1")+` AND pr.person_id = $2 AND `+somewhen, person)
		for i := range rows {
			list = append(list, rows[i].Presence)
		}
		return err
	})
	return list, err
}

// PresencesAt gives the presences of some people as they were recorded at a
// time, by person.
func (f *Facts) PresencesAt(ctx context.Context, people []int64, recordedAt time.Time) (out map[int64][]vedette.Presence, err error) {
	err = f.read(ctx, "reading presences", func(t *tx) error {
		out = make(map[int64][]vedette.Presence, len(people))
		rows, err := t.held(recordedAt, book.Recorded("pr", "$1")+` AND pr.person_id {in $3} AND EXISTS (SELECT 1 FROM persons p WHERE p.id = pr.person_id AND p.org = $2) AND `+somewhen, t.org, ground.List(people))
		for i := range rows {
			out[rows[i].Person] = append(out[rows[i].Person], rows[i].Presence)
		}
		return err
	})
	return out, err
}

func (t *tx) mustHavePerson(key int64) error {
	return book.MustHave(t.Tx, "person", `SELECT 1 FROM persons WHERE org = $1 AND id = $2`, t.org, key)
}

func checkSaid(p *vedette.Presence) error {
	switch {
	case p.Because.Trust() != vedette.TrustSaid:
		return vedette.Errorf(vedette.CodeInvalid, "a presence because of %q is not one that was said; save it with its person or trip", p.Because)
	case p.Area == "":
		return vedette.Errorf(vedette.CodeInvalid, "the presence has no area; name a place")
	case !p.To.IsZero() && !p.From.Before(p.To):
		return vedette.Errorf(vedette.CodeInvalid, "the presence ends before it begins")
	}
	return nil
}

// overtakeCheckins closes the check-ins that are older than one to be added,
// and ends that one where a newer one begins.
func (t *tx) overtakeCheckins(h *held, now time.Time) error {
	list, err := t.held(time.Time{}, live+` AND pr.person_id = $2 AND pr.because = $3`, h.Person, code.Because.Of(vedette.BecauseCheckin))
	if err != nil {
		return err
	}
	var older []pair
	for i := range list {
		switch have := &list[i]; {
		case !have.From.After(h.From):
			older = append(older, pair{have.Person, have.Key})
		case h.To.IsZero() || have.From.Before(h.To):
			h.To = have.From
		}
	}
	return t.closePresences(older, now)
}

// EndPresence ends a presence before its time: the row is closed and recorded
// anew with the time it ended and why. One that had not begun yet holds at no
// time then. It is a conflict where the presence is over already, or is no
// longer held so.
func (f *Facts) EndPresence(ctx context.Context, person, presence int64, at time.Time, why string, now time.Time) (vedette.Presence, error) {
	why = ground.Plain(why, 500)
	if why == "" || at.IsZero() {
		return vedette.Presence{}, vedette.Errorf(vedette.CodeInvalid, "a presence is ended with a time and a reason; give both")
	}
	var out vedette.Presence
	err := f.write(ctx, "ending a presence", func(t *tx) error {
		id, err := t.lockPerson(person)
		if err != nil {
			return err
		}
		h, err := t.toEnd(person, presence, at)
		if err != nil {
			return err
		}
		if err := t.closePresences([]pair{{person, presence}}, now); err != nil {
			return err
		}
		if h.Ended == "" {
			h.wasTo = h.To
		}
		h.To, h.Ended = at, why
		if h.Ahead(at) {
			h.To = h.From
		}
		if h.Key, err = t.insertPresences([]held{h}, now); err != nil {
			return err
		}
		out = h.Presence
		return t.log(id, "presence ended", []int64{person}, now)
	})
	out.Recorded = now
	return out, err
}

// toEnd loads a presence that can be ended at a time.
func (t *tx) toEnd(person, presence int64, at time.Time) (held, error) {
	list, err := t.held(time.Time{}, `pr.person_id = $2 AND pr.id = $3 AND pr.recorded_to = 0`, person, presence)
	switch {
	case err != nil:
		return held{}, err
	case len(list) == 0:
		if err := book.MustHave(t.Tx, "presence", `SELECT 1 FROM presences WHERE person_id = $1 AND id = $2`, person, presence); err != nil {
			return held{}, err
		}
		return held{}, vedette.Errorf(vedette.CodeConflict, "the presence is no longer held so; look again")
	case list[0].over(at), list[0].Ended != "" && !list[0].From.Before(list[0].To):
		return held{}, vedette.Errorf(vedette.CodeConflict, "the presence was over at %s already", list[0].To.UTC().Format("2 Jan 2006 15:04 UTC"))
	}
	return list[0], nil
}

// lockPerson locks a live person against another change, and gives their id.
func (t *tx) lockPerson(key int64) (id vedette.ID, err error) {
	var retired int64
	found, err := t.Found([]any{&retired}, `SELECT retired_at FROM persons WHERE org = $1 AND id = $2 AND erased_at = 0 {lock}`, t.org, key)
	switch {
	case err != nil:
		return "", err
	case !found:
		return "", noPerson()
	case retired != 0:
		return "", vedette.Errorf(vedette.CodeConflict, "the person has left the organisation; save them anew first")
	}
	return id, t.Row([]any{&id}, `SELECT uuid FROM recipients WHERE id = $1`, key)
}
