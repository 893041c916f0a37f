package set_test

import (
	"maps"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"vedette/match/index/set"
)

// A set holds what was put in and not taken out, few or many, apart or close.
func TestSetHoldsWhatWasPutIn(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, c := range []struct{ below, changes int }{{50, 200}, {300_000, 1500}, {300_000, 40_000}, {20_000, 60_000}, {70_000, 300_000}} {
		var s set.Set
		want := map[uint32]bool{}
		check := func() {
			t.Helper()
			var got []uint32
			s.Each(func(n uint32) { got = append(got, n) })
			words, n := make([]uint64, (c.below+63)/64), 0
			s.Mark(words)
			for _, w := range words {
				n += bits.OnesCount64(w)
			}
			if !slices.Equal(got, slices.Sorted(maps.Keys(want))) || s.Len() != len(want) || n != len(want) {
				t.Fatalf("below %d: %d in it, %d counted, %d marked, want %d", c.below, len(got), s.Len(), n, len(want))
			}
		}
		for i := range c.changes {
			n := uint32(r.IntN(c.below))
			if grow := i < c.changes*2/3; r.IntN(4) == 0 == grow {
				delete(want, n)
				s.Remove(n)
			} else {
				want[n] = true
				s.Add(n)
			}
		}
		check()
		s.Trim()
		check()
		for n := range want {
			if r.IntN(10) > 0 {
				delete(want, n)
				s.Remove(n)
			}
		}
		check()
	}
}

func TestAddAllTakesAListWithRepeats(t *testing.T) {
	for _, n := range []int{3, 1000, 50_000} {
		var s set.Set
		var list []uint32
		for i := range n {
			list = append(list, uint32(i*3), uint32(i*3))
		}
		s.AddAll(list)
		s.AddAll(list[:2])
		if s.Len() != n {
			t.Errorf("%d numbers in it, want %d", s.Len(), n)
		}
	}
}
