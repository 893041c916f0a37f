package row_test

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/match/index/row"
)

// A presence comes out as it went in, whatever it is.
func FuzzRow(f *testing.F) {
	f.Add("home", "", "", int64(0), int64(0), int64(5), int64(7), uint32(0), uint32(0), 0.0, 0.0, false)
	f.Add("told by a friend", "home", "they left", int64(-62135596799), int64(999_999_999), int64(-3), int64(1<<40), uint32(1<<29-1), uint32(9), -90.0, 180.0, true)
	f.Fuzz(func(t *testing.T, because, ref, ended string, secs, nanos, key, trip int64, area, site uint32, lat, spread float64, point bool) {
		if secs < -1<<56 || secs > 1<<56 || lat != lat || spread != spread {
			return
		}
		p := vedette.Presence{Because: vedette.Because(because), PointRef: ref, Ended: ended, Key: key, Trip: trip, Spread: spread,
			From: time.Unix(secs, nanos%1e9).UTC(), Recorded: time.Unix(secs/3, 1000*(nanos%1000)).UTC()}
		if point {
			p.Point, p.Site = &vedette.Point{Lat: lat, Lon: -lat}, "named"
		}
		b := row.Append(row.Append(nil, &p, area, site), &vedette.Presence{To: p.From}, 3, 0)
		r := row.Reader{Rows: b}
		got, at, no, named := r.Next()
		if named {
			got.Site = "named"
		}
		if !reflect.DeepEqual(got, p) || at != area || named && no != site {
			t.Fatalf("%+v at %d of %d\nwant %+v at %d of %d", got, at, no, p, area, site)
		}
		if second, at, _, _ := r.Next(); !second.To.Equal(p.From) || at != 3 || len(r.Rows) != 0 {
			t.Fatalf("then %+v at %d", second, at)
		}
	})
}

// Pages hold each person's rows, in whatever order people come and go.
func TestPagesHoldEachPersonsRows(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var p row.Pages
	want := map[uint32][]byte{}
	draw := func() []byte { return []byte(strings.Repeat("x", []int{0, 1, 20, 127, 128, 400}[r.IntN(6)])) }
	next := uint32(0)
	for range 60 {
		f := p.Fill(next)
		for range r.IntN(150) {
			want[next] = draw()
			f.Add(want[next])
			next++
		}
		f.End()
		if next += uint32(r.IntN(3) * 40); r.IntN(2) == 0 { // people without rows
			want[next] = draw()
			p.Put(next, want[next])
			next++
		}
		for range 30 {
			n := uint32(r.IntN(int(next)))
			want[n] = draw()
			p.Put(n, want[n])
		}
	}
	for n := range next + 100 {
		if got := p.Rows(n); !bytes.Equal(got, want[n]) {
			t.Fatalf("person %d has %d bytes, want %d", n, len(got), len(want[n]))
		}
	}
}
