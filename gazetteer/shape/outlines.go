// Package shape keeps outlines as arcs that neighbours share, and answers
// which of them holds a point or lies near it.
package shape

import (
	"encoding/binary"
	"math"
	"slices"

	"vedette"
)

// Outlines are the countries' borders as arcs that neighbours share.
type Outlines struct {
	arcs   []arc
	shapes map[string][]shape // by country; "!" and a name for a dispute
	order  []string           // keys of shapes, sorted
	squares
}

// arc is a line shared by the rings that refer to it.
type arc struct {
	points []vedette.Point
	Box
}

// shape is a polygon: rings of arc numbers, the outer one first. A number
// below zero is the arc ^n read backwards.
type shape struct {
	rings [][]int32
	Box
}

// Decode reads what the build program's encode writes, unpacked.
func Decode(b []byte) (*Outlines, error) {
	d := decoder{b: b}
	o := d.outlines()
	if d.broken {
		return nil, vedette.Errorf(vedette.CodeInternal, "the Outlines are broken")
	}
	return o, nil
}

// decoder reads varints; the first that is broken ends it.
type decoder struct {
	b      []byte
	broken bool
}

func (d *decoder) float() float64 {
	if len(d.b) < 8 {
		d.broken = true
		return 0
	}
	v := math.Float64frombits(binary.LittleEndian.Uint64(d.b))
	d.b = d.b[8:]
	return v
}

func (d *decoder) uint() int {
	v, n := binary.Uvarint(d.b)
	if n <= 0 || v > uint64(len(d.b)) { // no count can exceed what is left
		d.b, d.broken = nil, true
		return 0
	}
	d.b = d.b[n:]
	return int(v)
}

func (d *decoder) int() int64 {
	v, n := binary.Varint(d.b)
	if n <= 0 {
		d.b, d.broken = nil, true
		return 0
	}
	d.b = d.b[n:]
	return v
}

func (d *decoder) outlines() *Outlines {
	sx, sy, tx, ty := d.float(), d.float(), d.float(), d.float()
	o := &Outlines{shapes: map[string][]shape{}}
	o.arcs = make([]arc, d.uint())
	for i := range o.arcs {
		a := arc{points: make([]vedette.Point, d.uint()), Box: Nowhere}
		var x, y int64
		for k := range a.points {
			x, y = x+d.int(), y+d.int()
			a.points[k] = vedette.Point{Lat: float64(y)*sy + ty, Lon: float64(x)*sx + tx}
			a.Include(a.points[k])
		}
		o.arcs[i] = a
	}
	for range d.uint() {
		n := min(d.uint(), len(d.b))
		key := string(d.b[:n])
		d.b = d.b[n:]
		o.order = append(o.order, key)
		o.shapes[key] = d.shapesOf(o)
	}
	o.square(o.order, o.shapes)
	return o
}

func (d *decoder) shapesOf(o *Outlines) []shape {
	shapes := make([]shape, d.uint())
	for i := range shapes {
		s := shape{rings: make([][]int32, d.uint()), Box: Nowhere}
		for k := range s.rings {
			s.rings[k] = make([]int32, d.uint())
			for j := range s.rings[k] {
				ref := d.int()
				if n := max(ref, ^ref); n >= int64(len(o.arcs)) {
					d.broken = true
					return nil
				}
				s.rings[k][j] = int32(ref)
				s.join(o.arcs[max(ref, ^ref)].Box)
			}
		}
		shapes[i] = s
	}
	return shapes
}

// Piece is one polygon of an outline. Its rings, closed, are made when they are
// asked for: most pieces are too far away to be of interest.
type Piece struct {
	Box
	Rings func() [][]vedette.Point
}

// Pieces gives a key's shapes.
func (o *Outlines) Pieces(key string) []Piece {
	shapes := o.shapes[key]
	out := make([]Piece, len(shapes))
	for i := range shapes {
		out[i] = Piece{shapes[i].Box, func() [][]vedette.Point { return o.rings(&shapes[i]) }}
	}
	return out
}

func (o *Outlines) rings(s *shape) [][]vedette.Point {
	rings := make([][]vedette.Point, len(s.rings))
	for i, refs := range s.rings {
		rings[i] = o.ring(refs)
	}
	return rings
}

// Polygons gives a key's shapes as rings of points, each closed: the last point is
// the first again.
func (o *Outlines) Polygons(key string) [][][]vedette.Point {
	var out [][][]vedette.Point
	for i := range o.shapes[key] {
		out = append(out, o.rings(&o.shapes[key][i]))
	}
	return out
}

func (o *Outlines) ring(refs []int32) []vedette.Point {
	n := 1
	for _, ref := range refs {
		n += len(o.arcs[max(ref, ^ref)].points) - 1
	}
	out := make([]vedette.Point, 0, n)
	for _, ref := range refs {
		if len(out) > 0 {
			out = out[:len(out)-1] // the next arc begins where this one ends
		}
		from := len(out)
		out = append(out, o.arcs[max(ref, ^ref)].points...)
		if ref < 0 {
			slices.Reverse(out[from:])
		}
	}
	return out
}
