// Package row packs presences into bytes and takes them out as they were.
package row

import (
	"encoding/binary"
	"math"
	"time"

	"vedette"
)

// A row is a presence as bytes, and holds all of it but whose it is: it comes
// out as it went in, times to the nanosecond (in UTC) and points to the last bit, so
// that the rule decides by the index as it would by the store.
//
// Its first byte has the reason and what follows; then, each where it is
// there, a second byte of what follows, area, From, To, Recorded, point and
// the rest, numbers as varints, a string after its length.

// becauses numbers the reasons. Any other is kept in words.
var becauses = [...]vedette.Because{vedette.BecauseHome, vedette.BecauseSite, vedette.BecauseTrip, vedette.BecauseLeg, vedette.BecauseCheckin,
	vedette.BecauseAnswer, vedette.BecauseDesk}

const otherBecause = 7

// What follows, in the first byte.
const (
	hasFrom = 1 << (3 + iota)
	hasTo
	hasRecorded
	hasPoint
	hasMore
)

// What follows, in the second byte.
const (
	hasKey = 1 << iota
	hasSite
	hasTrip
	hasRef
	hasSpread
	hasEnded
)

// Append writes a row. Area and site are numbers that stand for them.
func Append(b []byte, p *vedette.Presence, area, site uint32) []byte {
	first, more := flags(p)
	b = append(b, first)
	if more != 0 {
		b = append(b, more)
	}
	if first&7 == otherBecause {
		b = appendText(b, string(p.Because))
	}
	b = binary.AppendUvarint(b, uint64(area))
	for _, t := range [...]time.Time{p.From, p.To, p.Recorded} {
		if !t.IsZero() {
			b = appendTime(b, t)
		}
	}
	if p.Point != nil {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p.Point.Lat))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p.Point.Lon))
	}
	if p.Key != 0 {
		b = binary.AppendVarint(b, p.Key)
	}
	if p.Site != "" {
		b = binary.AppendUvarint(b, uint64(site))
	}
	if p.Trip != 0 {
		b = binary.AppendVarint(b, p.Trip)
	}
	if p.PointRef != "" {
		b = appendText(b, p.PointRef)
	}
	if p.Spread != 0 {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p.Spread))
	}
	if p.Ended != "" {
		b = appendText(b, p.Ended)
	}
	return b
}

func flags(p *vedette.Presence) (first, more byte) {
	set := func(b *byte, bit byte, is bool) {
		if is {
			*b |= bit
		}
	}
	set(&more, hasKey, p.Key != 0)
	set(&more, hasSite, p.Site != "")
	set(&more, hasTrip, p.Trip != 0)
	set(&more, hasRef, p.PointRef != "")
	set(&more, hasSpread, p.Spread != 0)
	set(&more, hasEnded, p.Ended != "")
	first = otherBecause
	for i, b := range becauses {
		if b == p.Because {
			first = byte(i)
		}
	}
	set(&first, hasFrom, !p.From.IsZero())
	set(&first, hasTo, !p.To.IsZero())
	set(&first, hasRecorded, !p.Recorded.IsZero())
	set(&first, hasPoint, p.Point != nil)
	set(&first, hasMore, more != 0)
	return first, more
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// era makes the seconds of our times small numbers: 2026 begins.
const era = 1_767_225_600

// appendTime writes seconds, doubled, and one more where a fraction follows:
// micro- or nanoseconds, doubled, and one more for nanoseconds.
func appendTime(b []byte, t time.Time) []byte {
	secs, nanos := t.Unix()-era, uint64(t.Nanosecond())
	switch {
	case nanos == 0:
		return binary.AppendVarint(b, secs*2)
	case nanos%1000 == 0:
		return binary.AppendUvarint(binary.AppendVarint(b, secs*2+1), nanos/1000*2)
	}
	return binary.AppendUvarint(binary.AppendVarint(b, secs*2+1), nanos*2+1)
}

// Reader takes apart rows that Append wrote.
type Reader struct{ Rows []byte }

func (r *Reader) uint() uint64 {
	v, n := binary.Uvarint(r.Rows)
	r.Rows = r.Rows[n:]
	return v
}

func (r *Reader) int() int64 {
	v, n := binary.Varint(r.Rows)
	r.Rows = r.Rows[n:]
	return v
}

func (r *Reader) float() float64 {
	v := math.Float64frombits(binary.LittleEndian.Uint64(r.Rows))
	r.Rows = r.Rows[8:]
	return v
}

func (r *Reader) text() string {
	n := r.uint()
	s := string(r.Rows[:n])
	r.Rows = r.Rows[n:]
	return s
}

func (r *Reader) time() time.Time {
	v := r.int()
	if v&1 == 0 {
		return time.Unix(v/2+era, 0).UTC()
	}
	nanos := r.uint()
	if nanos&1 == 0 {
		return time.Unix(v>>1+era, int64(nanos/2)*1000).UTC()
	}
	return time.Unix(v>>1+era, int64(nanos/2)).UTC()
}

// Next reads a row. The presence has no area, and no site but its number,
// which is there where named says so.
func (r *Reader) Next() (p vedette.Presence, area, site uint32, named bool) {
	first, more := r.Rows[0], byte(0)
	r.Rows = r.Rows[1:]
	if first&hasMore != 0 {
		more = r.Rows[0]
		r.Rows = r.Rows[1:]
	}
	if c := first & 7; c == otherBecause {
		p.Because = vedette.Because(r.text())
	} else {
		p.Because = becauses[c]
	}
	area = uint32(r.uint())
	for i, t := range [...]*time.Time{&p.From, &p.To, &p.Recorded} {
		if first&(hasFrom<<i) != 0 {
			*t = r.time()
		}
	}
	if first&hasPoint != 0 {
		p.Point = &vedette.Point{Lat: r.float(), Lon: r.float()}
	}
	if more&hasKey != 0 {
		p.Key = r.int()
	}
	if named = more&hasSite != 0; named {
		site = uint32(r.uint())
	}
	r.rest(more, &p)
	return p, area, site, named
}

func (r *Reader) rest(more byte, p *vedette.Presence) {
	if more&hasTrip != 0 {
		p.Trip = r.int()
	}
	if more&hasRef != 0 {
		p.PointRef = r.text()
	}
	if more&hasSpread != 0 {
		p.Spread = r.float()
	}
	if more&hasEnded != 0 {
		p.Ended = r.text()
	}
}
