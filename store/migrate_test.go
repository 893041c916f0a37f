package store_test

import (
	"bytes"
	"os"
	"testing"
	"time"

	"vedette"
	"vedette/store"
	"vedette/store/code"
	"vedette/store/dump"
	"vedette/store/ground"
)

// firstFacts is a database as the first Vedette left it: two organisations, the
// first with two people at an office of theirs, trips, one taken back, and
// someone who moved. Places in braces are those of the store's own words.
var firstFacts = []struct {
	table string
	cols  []string
	rows  [][]any
}{
	{"installation", []string{"one", "uuid", "key_check", "created_at"}, [][]any{{int64(1), string(vedette.NewID(t0)), []byte("check"), us(0)}}},
	{"organisations", []string{"id", "uuid", "name", "seq", "created_at"}, [][]any{
		{int64(1), string(vedette.NewID(t0)), "Acme", int64(2), us(0)}, {int64(2), string(vedette.NewID(t0)), "Other", int64(0), us(0)}}},
	{"log", []string{"org", "seq", "at", "kind", "ref", "verb"}, [][]any{
		{int64(1), int64(1), us(1), int64(3), "", "sites saved"}, {int64(1), int64(2), us(1), int64(3), "", "saved 2"}}},
	{"recipients", []string{"id", "org", "uuid", "kind"}, [][]any{
		{int64(1), int64(1), string(vedette.NewID(t0)), int64(1)}, {int64(2), int64(1), string(vedette.NewID(t0)), int64(1)}}},
	{"persons", []string{"id", "org", "external"}, [][]any{{int64(1), int64(1), []byte("hash 1")}, {int64(2), int64(1), []byte{0, 255}}}},
	{"person_records", []string{"person_id", "id", "recorded_from", "wrapped_key", "sealed"}, [][]any{
		{int64(1), int64(1), us(1), []byte("key 1"), []byte("record 1")}, {int64(2), int64(2), us(1), []byte("key 2"), []byte("record 2")}}},
	{"addresses", []string{"person_id", "id", "recorded_from", "no", "channel"}, [][]any{{int64(1), int64(3), us(1), int64(1), int64(1)}}},
	{"sites", []string{"id", "org", "uuid", "name", "area", "lat", "lon"}, [][]any{
		{int64(1), int64(1), string(vedette.NewID(t0)), "Basra", "IQ", 30.5, 47.5}, {int64(2), int64(1), string(vedette.NewID(t0)), "Amman", "JO", nil, nil},
		{int64(3), int64(2), string(vedette.NewID(t0)), "Basra", "IQ", nil, nil}}},
	{"trips", []string{"id", "org", "uuid", "person_id", "recorded_from", "recorded_to"}, [][]any{
		{int64(1), int64(1), string(vedette.NewID(t0)), int64(1), us(2), us(0)}, {int64(2), int64(1), string(vedette.NewID(t0)), int64(1), us(2), us(5)}}},
	{"presences", []string{"person_id", "id", "recorded_from", "recorded_to", "from_us", "to_us", "site_id", "trip_id", "because", "area", "point_ref"}, [][]any{
		{int64(1), int64(4), us(1), us(0), us(0), us(0), int64(1), nil, int64(2), "IQ", "home"},
		{int64(1), int64(5), us(2), us(0), us(10), us(20), nil, int64(1), int64(3), "LB", ""},
		{int64(1), int64(6), us(2), us(5), us(30), us(40), nil, int64(2), int64(3), "SY", ""},
		{int64(2), int64(7), us(1), us(3), us(0), us(0), nil, nil, int64(1), "IQ", ""},
		{int64(2), int64(8), us(3), us(0), us(0), us(0), nil, nil, int64(1), "JO", ""}}},
	{"counters", []string{"noun", "last"}, [][]any{{"organisation", int64(2)}, {"recipient", int64(2)}, {"fact", int64(8)}, {"site", int64(3)},
		{"trip", int64(2)}, {"situation", int64(0)}, {"update", int64(0)}, {"fanout", int64(0)}}},
}

// us is a stored time, hours from t0; 0 is none.
func us(hours int) int64 {
	if hours == 0 {
		return 0
	}
	return t0.Add(time.Duration(hours) * time.Hour).UnixMicro()
}

// writeSchema1 makes that database at a place and gives its backup.
func writeSchema1(t *testing.T, w *world) []byte {
	t.Helper()
	db, err := ground.Open(w.ctx, w.place, code.States())
	w.ok(err)
	defer db.Close()
	steps, err := ground.Steps(os.DirFS("."), "migrations")
	w.ok(err)
	var backup bytes.Buffer
	out, err := dump.NewWriter(&backup, dump.Header{Schema: 1, Engine: db.Engine(), TakenAt: t0, Installation: vedette.NewID(t0), KeyCheck: []byte("check")})
	w.ok(err)
	w.ok(db.Write(w.ctx, "making an old database", func(tx *ground.Tx) error {
		w.ok(tx.Migrate(steps, 1))
		_, err := tx.Exec(`DELETE FROM counters`)
		w.ok(err)
		for _, table := range firstFacts {
			w.ok(tx.Bulk(table.table, table.cols, len(table.rows), func(i int) []any { return table.rows[i] }))
		}
		for _, table := range []string{"installation", "counters", "organisations", "log", "recipients", "persons", "person_records", "addresses", "sites", "trips", "presences"} {
			w.ok(tx.Whole(table, "1", func(cols []string) error { return out.Table(table, cols) }, out.Row))
		}
		return nil
	}))
	_, err = out.Close()
	w.ok(err)
	return backup.Bytes()
}

func TestADatabaseOfTheFirstSchemaComesThroughWhole(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			w := &world{t: t, ctx: t.Context(), place: place(t, engine), org: 1}
			backup := writeSchema1(t, w)
			w.s = w.open()
			w.o = w.s.In(1)
			isWhole(t, w)
			s, _, err := store.Restore(w.ctx, place(t, engine), bytes.NewReader(backup), anyKey)
			w.ok(err)
			defer s.Close()
			w.s, w.o = s, s.In(1)
			isWhole(t, w)
		})
	}
}

// isWhole looks whether all of firstFacts is there, and goes on.
func isWhole(t *testing.T, w *world) {
	t.Helper()
	sites, err := w.o.Sites(w.ctx)
	w.ok(err)
	if len(sites) != 2 || sites[1].Name != "Basra" || sites[1].Area != "IQ" || sites[1].Point == nil || *sites[1].Point != (vedette.Point{Lat: 30.5, Lon: 47.5}) || sites[0].Point != nil {
		t.Errorf("sites: %+v", sites)
	}
	p, err := w.o.PersonByExternal(w.ctx, []byte("hash 1"))
	w.ok(err)
	if p.Key != 1 || string(p.Record) != "record 1" || len(p.Slots) != 1 || p.Retired || p.Presences[0].Site != "Basra" || p.Presences[0].PointRef != "home" || p.Presences[1].Trip != 1 {
		t.Errorf("person: %+v", p)
	}
	equal(t, "where they are", w.now(1), "IQ site –; LB trip 10–20")
	equal(t, "as recorded then", w.where(1, t0.Add(4*hour)), "IQ site –; LB trip 10–20; SY trip 30–40")
	equal(t, "who moved", w.where(2, t0.Add(2*hour))+", "+w.now(2), "IQ home –, JO home –")
	trips, err := w.o.SealedTrips(w.ctx, 1)
	w.ok(err)
	if len(trips) != 1 || trips[0].Key != 1 || !trips[0].Recorded.Equal(t0.Add(2*hour)) {
		t.Errorf("trips: %+v", trips)
	}
	trips, err = w.o.SealedTripsAt(w.ctx, 1, t0.Add(4*hour))
	w.ok(err)
	equal(t, "trips as recorded then", len(trips), 2)
	equal(t, "log", w.log(0), "people sites saved\npeople saved 2")

	// Whoever followed from before reads all again; from here on it is followed.
	_, err = w.o.ChangedPeople(w.ctx, 0, 0, 0)
	w.code(err, vedette.CodeExpired)
	equal(t, "changed since", w.changed(2), "")
	_, err = w.o.SaveSites(w.ctx, []vedette.Site{{Name: "Basra", Area: "IQ-BA"}}, t0.Add(6*hour))
	w.ok(err)
	equal(t, "changed by a move", w.changed(2), "1 1")
	equal(t, "after the move", w.now(1), "IQ-BA site –; LB trip 10–20")
	_, err = w.o.SaveTrips(w.ctx, []store.TripChange{{Key: 1, Person: 1, External: []byte("PNR"), Presences: []vedette.Presence{said(0, "LB", vedette.BecauseTrip, 10*hour, 20*hour)}}}, t0.Add(7*hour))
	w.ok(err)
	equal(t, "the trip keeps its stay", w.where(1, t0.Add(7*hour)), "IQ-BA site –; LB trip 10–20")
	list, err := w.o.PresencesOf(w.ctx, 1, t0.Add(7*hour))
	w.ok(err)
	equal(t, "kept as recorded", list[0].Recorded.Equal(t0.Add(2*hour)), true)
	if w.sql(`INSERT INTO presences (person_id, id, recorded_from, from_us, to_us, site_id, because, area, point_ref) VALUES (1, 999, 1, 0, 0, 77, 1, 'IQ', '')`) == nil && w.place != "" {
		t.Error("a presence at a site that is not there went through")
	}
}
