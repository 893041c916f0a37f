package main

import (
	"fmt"
	"math"
	"math/bits"
	"time"

	"vedette"
	"vedette/match/index"
)

// packed is a presence as small as a scan needs it.
type packed struct {
	from, to int64
	person   uint32
	area     uint32
}

// pack packs the world, and says which of its areas the region is in.
func pack(w *world) (rows []packed, in []bool) {
	areas := map[vedette.AreaID]uint32{}
	rows = make([]packed, len(w.all))
	for i := range w.all {
		p := &w.all[i]
		no, ok := areas[p.Area]
		if !ok {
			no = uint32(len(in))
			areas[p.Area] = no
			in = append(in, w.g.Contains("mena", p.Area) || w.g.Contains(p.Area, "mena"))
		}
		rows[i] = packed{math.MinInt64, math.MaxInt64, uint32(p.Person), no}
		if !p.From.IsZero() {
			rows[i].from = p.From.UnixNano()
		}
		if !p.To.IsZero() {
			rows[i].to = p.To.UnixNano()
		}
	}
	return rows, in
}

// scanned measures a scan of all presences for the region and a bare read of
// the same bytes, beside the index.
func scanned(w *world, x *index.Index, rows []packed, in []bool) []string {
	at, n := now.UnixNano(), 0
	scan, _ := times(11, func(int) {
		found := make([]uint64, w.people/64+1)
		for i := range rows {
			if r := &rows[i]; in[r.area] && r.from <= at && at < r.to {
				found[r.person/64] |= 1 << (r.person % 64)
			}
		}
		n = 0
		for _, b := range found {
			n += bits.OnesCount64(b)
		}
	})
	sum := int64(0)
	read, _ := times(11, func(int) {
		for i := range rows {
			sum += rows[i].from ^ rows[i].to ^ int64(rows[i].person)
		}
	})
	count := 0
	ours, _ := times(101, func(int) { count = x.Find(moment("mena")).Count() })
	return []string{
		fmt.Sprintf("%-50s %10.3f ms  %s", "the region by a scan of packed presences, p50", ms(scan), times10(scan, ours)+same(n, count)),
		fmt.Sprintf("%-50s %10.3f ms  %s", "a bare read of those bytes", ms(read), times10(read, ours)+fmt.Sprintf(" (%.1f GB/s; %d)", float64(24*len(rows))/float64(read.Nanoseconds()), sum&1)),
	}
}

func times10(other, ours time.Duration) string {
	return fmt.Sprintf("%.1f times the index", float64(other)/float64(ours))
}

func same(a, b int) string {
	if a == b {
		return fmt.Sprintf("; the same %d people", a)
	}
	return fmt.Sprintf("; DIFFERENT: %d people, the index %d", a, b)
}
