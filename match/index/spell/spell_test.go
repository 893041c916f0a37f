package spell_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"vedette/match/index/spell"
)

// A list gives just those whose time a look at all would find, however it was
// changed.
func TestListFindsWhatALookAtAllFinds(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var l spell.List
	var all []spell.Spell
	draw := func() spell.Spell {
		e := spell.Spell{From: r.Int64N(1000), Person: uint32(r.IntN(5)), At: uint32(r.IntN(3))}
		if e.To = e.From + r.Int64N(200) - 20; r.IntN(3) == 0 { // some end before they begin
			e.At |= spell.Travels
		}
		switch r.IntN(20) {
		case 0:
			e.From = spell.Always
		case 1:
			e.To = spell.Forever
		}
		return e
	}
	for range 5000 {
		all = append(all, draw())
	}
	l.AddAll(slices.Clone(all))
	for round := range 300 {
		for range 40 {
			if i := r.IntN(len(all)); r.IntN(2) == 0 && len(all) > 10 {
				l.Remove(all[i])
				all = slices.Delete(all, i, i+1)
			} else {
				e := draw()
				all = append(all, e)
				l.Add(e)
			}
		}
		w := spell.Window{From: r.Int64N(1000), Begins: r.IntN(3) == 0}
		w.To, w.Until = w.From+1+r.Int64N(100), w.From+r.Int64N(300)
		travel := r.IntN(2) == 0
		var got, want []spell.Spell
		l.Each(&w, travel, func(e spell.Spell) { got = append(got, e) })
		for _, e := range all {
			holds := e.From < w.To && e.To > w.From && (!w.Begins || e.From > w.From)
			if holds || travel && e.At&spell.Travels != 0 && e.From > w.From && e.From < w.Until {
				want = append(want, e)
			}
		}
		slices.SortFunc(want, spell.Spell.Compare)
		if !slices.Equal(got, want) {
			t.Fatalf("round %d %+v: %d found, want %d", round, w, len(got), len(want))
		}
	}
	for _, e := range all {
		l.Remove(e)
	}
	l.Each(&spell.Window{From: spell.Always, To: spell.Forever}, false, func(e spell.Spell) { t.Errorf("%+v is left", e) })
}

func TestNanosKeepTheOrderOfTimes(t *testing.T) {
	day := time.Date(2026, 2, 5, 0, 0, 0, 0, time.UTC)
	last := int64(spell.Always)
	for _, d := range []time.Time{day.AddDate(-2000, 0, 0), day.AddDate(-300, 0, 0), day, day.Add(1), day.AddDate(200, 0, 0), day.AddDate(5000, 0, 0)} {
		n := spell.Nanos(d, 0)
		if n <= last || n == spell.Forever {
			t.Errorf("%v is %d, after %d", d, n, last)
		}
		last = n
	}
	if spell.Nanos(time.Time{}, 77) != 77 {
		t.Error("the zero time is not open")
	}
}
