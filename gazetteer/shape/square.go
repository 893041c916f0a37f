package shape

import (
	"math"
	"slices"

	"vedette"
)

// squares lists the shapes by where their boxes lie, so that a point is held
// against the few around it and not against every island on earth.
type squares struct {
	all []keyed                 // every shape, in the order of the keys
	at  [rows * columns][]int32 // by square: numbers of those whose box meets it, ascending
}

type keyed struct {
	key string
	shape
}

// A square is so many degrees wide and high.
const (
	side    = 5
	rows    = 180 / side
	columns = 360 / side
)

func (q *squares) square(order []string, shapes map[string][]shape) {
	for _, key := range order {
		for _, s := range shapes[key] {
			n := int32(len(q.all))
			q.all = append(q.all, keyed{key, s})
			for sq := range meeting(s.Box) {
				q.at[sq] = append(q.at[sq], n)
			}
		}
	}
}

// meeting gives the squares that a box meets. A box may go on beyond the
// antimeridian.
func meeting(b Box) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		west, east := column(b.West), column(b.East)
		for r := row(b.South); r <= row(b.North); r++ {
			for c := west; c <= east && c < west+columns; c++ {
				if !yield(r*columns + (c%columns+columns)%columns) {
					return
				}
			}
		}
	}
}

func row(lat float64) int    { return min(max(int(math.Floor((lat+90)/side)), 0), rows-1) }
func column(lon float64) int { return int(math.Floor((lon + 180) / side)) }

// around gives the shapes whose box may hold a point.
func (q *squares) around(p vedette.Point) []int32 {
	return q.at[row(p.Lat)*columns+(column(p.Lon)%columns+columns)%columns]
}

// within gives the shapes whose box may be within so many kilometres.
func (q *squares) within(p vedette.Point, km float64) []int32 {
	var out []int32
	for sq := range meeting(Box{p.Lon, p.Lat, p.Lon, p.Lat}.wider(p, km)) {
		out = append(out, q.at[sq]...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
