package main

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"

	"vedette/gazetteer/tables"
)

// topology is a TopoJSON file: shared arcs of quantised, delta-coded points,
// and shapes that refer to them. A reference below zero is the arc ^n read
// backwards.
type topology struct {
	Transform struct {
		Scale     [2]float64 `json:"scale"`
		Translate [2]float64 `json:"translate"`
	} `json:"transform"`
	Arcs    [][][2]int64 `json:"arcs"`
	Objects struct {
		Countries struct {
			Geometries []geometry `json:"geometries"`
		} `json:"countries"`
	} `json:"objects"`
}

// ring is a closed line of arc references; polygon is an outer ring, which
// runs clockwise, and its holes.
type (
	ring    []int
	polygon []ring
)

// outline is a topology with its polygons sorted by country and by dispute.
type outline struct {
	topology
	shapes map[string][]polygon // by country; "!" and a name for a dispute
}

func readOutline(path string, c codes) (*outline, error) {
	o := &outline{shapes: map[string][]polygon{}}
	if err := readJSON(path, &o.topology); err != nil {
		return nil, err
	}
	disputes, err := tables.Disputes()
	if err != nil {
		return nil, err
	}
	byName := map[string]tables.Dispute{}
	for _, d := range disputes {
		if !d.Part {
			byName[d.Source] = d
		}
	}
	for _, g := range o.Objects.Countries.Geometries {
		if err := o.place(g, c, byName); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	for _, d := range disputes {
		if d.Part {
			o.movePart(d)
		}
	}
	for code, shapes := range o.shapes {
		if code[0] != '!' {
			o.shapes[code] = o.dissolve(shapes)
		}
	}
	o.unwrap()
	return o, nil
}

// place counts a shape in its country, and among the disputed if it is.
func (o *outline) place(g geometry, c codes, byName map[string]tables.Dispute) error {
	polygons, err := g.polygons()
	if err != nil {
		return err
	}
	code := c.alpha2[g.ID]
	if code == "" {
		d, ok := byName[g.Properties.Name]
		if !ok {
			return fmt.Errorf("%q has no code and no line in disputed.txt", g.Properties.Name)
		}
		code = d.Country
		if d.Name != "" {
			o.shapes["!"+d.Name] = append(o.shapes["!"+d.Name], polygons...)
		}
	}
	polygons = slices.DeleteFunc(polygons, func(p polygon) bool { return o.speck(p[0]) })
	for i := range polygons {
		polygons[i] = slices.DeleteFunc(polygons[i], o.speck)
	}
	if code != "" {
		o.shapes[code] = append(o.shapes[code], polygons...)
	}
	return nil
}

// speck says whether quantising left nothing of a ring.
func (o *outline) speck(r ring) bool { return len(o.points(r)) < 4 }

// movePart moves the polygons within the box from one country to another.
func (o *outline) movePart(d tables.Dispute) {
	var stay, move []polygon
	for _, p := range o.shapes[d.Source] {
		if o.within(p[0], d.Box) {
			move = append(move, p)
		} else {
			stay = append(stay, p)
		}
	}
	o.shapes[d.Source] = stay
	o.shapes[d.Country] = append(o.shapes[d.Country], move...)
	if d.Name != "" {
		o.shapes["!"+d.Name] = append(o.shapes["!"+d.Name], move...)
	}
}

func (o *outline) within(r ring, box [4]float64) bool {
	for _, p := range o.points(r) {
		if p[0] < box[0] || p[1] < box[1] || p[0] > box[2] || p[1] > box[3] {
			return false
		}
	}
	return true
}

// arc gives an arc's points in degrees, lon before lat, in reading direction.
func (o *outline) arc(ref int) [][2]float64 {
	i := ref
	if ref < 0 {
		i = ^ref
	}
	out := make([][2]float64, len(o.Arcs[i]))
	var x, y int64
	for k, p := range o.Arcs[i] {
		x, y = x+p[0], y+p[1]
		out[k] = [2]float64{
			float64(x)*o.Transform.Scale[0] + o.Transform.Translate[0],
			float64(y)*o.Transform.Scale[1] + o.Transform.Translate[1],
		}
	}
	if ref < 0 {
		slices.Reverse(out)
	}
	return out
}

// points gives a ring's points; the last is the first again.
func (o *outline) points(r ring) [][2]float64 {
	var out [][2]float64
	for i, ref := range r {
		a := o.arc(ref)
		if i > 0 {
			a = a[1:]
		}
		out = append(out, a...)
	}
	return out
}

// encode writes the outline in the form gazetteer's decodeOutline reads:
// scale and translation, arcs, then shapes in the order of their codes.
func (o *outline) encode() []byte {
	var b []byte
	for _, f := range []float64{o.Transform.Scale[0], o.Transform.Scale[1], o.Transform.Translate[0], o.Transform.Translate[1]} {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(f))
	}
	b = binary.AppendUvarint(b, uint64(len(o.Arcs)))
	for _, a := range o.Arcs {
		b = binary.AppendUvarint(b, uint64(len(a)))
		for _, p := range a {
			b = binary.AppendVarint(binary.AppendVarint(b, p[0]), p[1])
		}
	}
	keys := slices.Sorted(maps.Keys(o.shapes))
	b = binary.AppendUvarint(b, uint64(len(keys)))
	for _, key := range keys {
		b = binary.AppendUvarint(b, uint64(len(key)))
		b = append(b, key...)
		b = binary.AppendUvarint(b, uint64(len(o.shapes[key])))
		for _, p := range o.shapes[key] {
			b = binary.AppendUvarint(b, uint64(len(p)))
			for _, r := range p {
				b = binary.AppendUvarint(b, uint64(len(r)))
				for _, ref := range r {
					b = binary.AppendVarint(b, int64(ref))
				}
			}
		}
	}
	return b
}
