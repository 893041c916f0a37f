package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"

	"vedette"
)

// piece is a first-level division as Natural Earth draws it.
type piece struct {
	no       int
	country  string // ISO 3166-1 alpha-2
	name     string
	fips     string
	unit     string // code of the map unit, such as ENG
	names    []string
	polygons [][][]gridPoint // rings of quantised points, the outer one first, closed
	box      [4]int32
	division string // id it belongs to, "" until joined
}

// sourceNames is how many names Natural Earth gives a piece: its own, GeoNames',
// and that of Where on Earth, which is often a larger division's.
const sourceNames = 3

// gridPoint is a point in steps of the grid.
type gridPoint struct{ x, y int32 }

// perDegree is the fineness of the grid: about 11 m. Neighbours' points that
// are the same in the source stay the same.
const perDegree = 10_000

func toGrid(lon, lat float64) gridPoint {
	return gridPoint{int32(math.Round(lon * perDegree)), int32(math.Round(lat * perDegree))}
}

func gridOf(p vedette.Point) gridPoint { return toGrid(p.Lon, p.Lat) }

// readPieces reads the layer states_provinces of the QGIS world map, by way
// of the command ogr2ogr.
func readPieces(world string) ([]*piece, error) {
	dir, err := os.MkdirTemp("", "pieces")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "pieces.jsonl")
	if out, err := exec.Command("ogr2ogr", "-f", "GeoJSONSeq", path, world, "states_provinces").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("ogr2ogr %s: %w: %s", world, err, out)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	var out []*piece
	for lines.Scan() {
		p, err := readPiece(lines.Bytes())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", world, err)
		}
		p.no = len(out)
		out = append(out, p)
	}
	return out, lines.Err()
}

func readPiece(line []byte) (*piece, error) {
	var f struct {
		Properties struct {
			Country string `json:"iso_a2"`
			Name    string `json:"name"`
			FIPS    string `json:"fips"`
			Woe     string `json:"woe_name"`
			GN      string `json:"gn_name"`
			Unit    string `json:"gu_a3"`
		} `json:"properties"`
		Geometry struct {
			Coordinates [][][][]float64 `json:"coordinates"`
		} `json:"geometry"`
	}
	if err := json.Unmarshal(line, &f); err != nil {
		return nil, err
	}
	q := f.Properties
	p := &piece{country: q.Country, name: q.Name, fips: q.FIPS, unit: q.Unit, names: []string{q.Name, q.GN, q.Woe}, box: nothing}
	for _, polygon := range f.Geometry.Coordinates {
		var rings [][]gridPoint
		for _, r := range polygon {
			if ring := gridRing(r); len(ring) >= 4 {
				rings = append(rings, ring)
				p.include(ring)
			} else if len(rings) == 0 {
				break // the outer ring came to nothing
			}
		}
		if len(rings) > 0 {
			p.polygons = append(p.polygons, rings)
		}
	}
	return p, nil
}

var nothing = [4]int32{math.MaxInt32, math.MaxInt32, math.MinInt32, math.MinInt32}

func (p *piece) include(ring []gridPoint) {
	for _, q := range ring {
		p.box = [4]int32{min(p.box[0], q.x), min(p.box[1], q.y), max(p.box[2], q.x), max(p.box[3], q.y)}
	}
}

// gridRing quantises a ring; points that fall together become one.
func gridRing(r [][]float64) []gridPoint {
	var out []gridPoint
	for _, c := range r {
		if q := toGrid(c[0], c[1]); len(out) == 0 || out[len(out)-1] != q {
			out = append(out, q)
		}
	}
	return out
}

// holds says whether the piece holds the point.
func (p *piece) holds(q gridPoint) bool {
	if q.x < p.box[0] || q.y < p.box[1] || q.x > p.box[2] || q.y > p.box[3] {
		return false
	}
	in := false
	for _, polygon := range p.polygons {
		for _, r := range polygon {
			if crossed(r, q) {
				in = !in
			}
		}
	}
	return in
}

// crossed says whether a line from the point to the east crosses the ring an
// odd number of times.
func crossed(r []gridPoint, q gridPoint) bool {
	odd := false
	for i := 1; i < len(r); i++ {
		a, b := r[i-1], r[i]
		if (a.y > q.y) != (b.y > q.y) &&
			float64(q.x) < float64(b.x-a.x)*float64(q.y-a.y)/float64(b.y-a.y)+float64(a.x) {
			odd = !odd
		}
	}
	return odd
}
