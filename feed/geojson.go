package feed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"

	"vedette"
)

// The bounds of what ReadShapes takes in.
const (
	MaxGeoJSON   = 4 << 20 // bytes
	maxNameBytes = 200
)

// ReadShapes reads shapes from GeoJSON (RFC 7946): a geometry, a feature or a
// collection of either. Each polygon is a shape, also each of a MultiPolygon;
// a point is a circle, whose feature says how large: "radius_km", or "radius"
// in metres. A feature's "name" or "title" names its shapes, "unsure_km" says
// how far the event may lie off, "risk" how bad it is there. Heights are left out.
//
// A polygon across the antimeridian may be split in two, as the RFC asks, or go
// on beyond 180 degrees. What a shape cannot hold, a hole or a line, is refused
// and not left out: the error names the feature and the mend.
func ReadShapes(r io.Reader) ([]vedette.Shape, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxGeoJSON+1))
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "the GeoJSON cannot be read")
	}
	if len(b) > MaxGeoJSON {
		return nil, vedette.Errorf(vedette.CodeInvalid, "the GeoJSON is longer than %d MB; send less of it", MaxGeoJSON>>20)
	}
	var top object
	if err := json.Unmarshal(bytes.TrimPrefix(b, []byte("\ufeff")), &top); err != nil {
		return nil, vedette.Errorf(vedette.CodeInvalid, "this is no GeoJSON: %v", err)
	}
	g := geojson{}
	if err := g.top(&top); err != nil {
		return nil, err
	}
	if len(g.shapes) == 0 {
		return nil, vedette.Errorf(vedette.CodeInvalid, "the GeoJSON holds no shape; draw a polygon or a circle")
	}
	return g.shapes, nil
}

// object is any object of GeoJSON.
type object struct {
	Type        string                     `json:"type"`
	Features    []json.RawMessage          `json:"features"` // read one by one: an empty one is two bytes
	Geometry    *object                    `json:"geometry"`
	Geometries  []json.RawMessage          `json:"geometries"`
	Coordinates json.RawMessage            `json:"coordinates"`
	Properties  map[string]json.RawMessage `json:"properties"`
	CRS         json.RawMessage            `json:"crs"`
}

// geojson is a document being read.
type geojson struct {
	shapes []vedette.Shape
	points int
}

func (g *geojson) top(o *object) error {
	if err := knownCRS(o.CRS); err != nil {
		return err
	}
	if o.Type != "FeatureCollection" {
		return g.feature(o, "the GeoJSON")
	}
	if len(o.Features) > vedette.MaxShapes {
		return tooMany()
	}
	for i, raw := range o.Features {
		at := fmt.Sprintf("feature %d", i+1)
		f, err := objectOf(raw, at)
		if err != nil {
			return err
		}
		if name := nameOf(f.Properties); name != "" {
			at += " (“" + name + "”)"
		}
		if f.Type != "Feature" {
			return vedette.Errorf(vedette.CodeInvalid, "%s is of type %q; a collection holds features", at, f.Type)
		}
		if err := g.feature(f, at); err != nil {
			return err
		}
	}
	return nil
}

// knownCRS refuses coordinates on another grid than WGS 84 (GeoJSON of 2008
// could name one).
func knownCRS(raw json.RawMessage) error {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	var crs struct {
		Properties struct {
			Name string `json:"name"`
		} `json:"properties"`
	}
	if json.Unmarshal(raw, &crs) == nil {
		for _, known := range []string{"CRS84", "EPSG::4326", "EPSG:4326"} {
			if strings.HasSuffix(crs.Properties.Name, known) {
				return nil
			}
		}
	}
	return vedette.Errorf(vedette.CodeInvalid, "the GeoJSON's coordinates are on the grid %q; export it in WGS 84 (longitude and latitude in degrees)", opening(crs.Properties.Name, 60))
}

// feature reads a feature, or a geometry that stands alone.
func (g *geojson) feature(o *object, at string) error {
	if o.Type != "Feature" {
		return g.geometry(o, nil, at)
	}
	if o.Geometry == nil {
		return vedette.Errorf(vedette.CodeInvalid, "%s has no geometry; draw it or leave it out", at)
	}
	return g.geometry(o.Geometry, o.Properties, at)
}

func (g *geojson) geometry(o *object, props map[string]json.RawMessage, at string) error {
	switch o.Type {
	case "Polygon":
		var rings [][]position
		if err := coordinates(o, &rings, at); err != nil {
			return err
		}
		return g.polygon(rings, props, at)
	case "MultiPolygon":
		var polygons [][][]position
		if err := coordinates(o, &polygons, at); err != nil {
			return err
		}
		for i, rings := range polygons {
			if err := g.polygon(rings, props, fmt.Sprintf("%s, polygon %d", at, i+1)); err != nil {
				return err
			}
		}
		return nil
	case "Point":
		var p position
		if err := coordinates(o, &p, at); err != nil {
			return err
		}
		return g.circle(p, props, at)
	case "GeometryCollection":
		return g.collection(o, props, at)
	case "LineString", "MultiLineString", "MultiPoint":
		return vedette.Errorf(vedette.CodeInvalid, "%s is a %s, which is no area; draw a polygon around it", at, o.Type)
	}
	return vedette.Errorf(vedette.CodeInvalid, "%s is of type %q, which GeoJSON does not know; polygons and points are read", at, opening(o.Type, 40))
}

func (g *geojson) collection(o *object, props map[string]json.RawMessage, at string) error {
	if len(o.Geometries) > vedette.MaxShapes {
		return tooMany()
	}
	for i, raw := range o.Geometries {
		at := fmt.Sprintf("%s, geometry %d", at, i+1)
		part, err := objectOf(raw, at)
		if err != nil {
			return err
		}
		if part.Type == "GeometryCollection" {
			return vedette.Errorf(vedette.CodeInvalid, "%s is a collection in a collection; make it one", at)
		}
		if err := g.geometry(part, props, at); err != nil {
			return err
		}
	}
	return nil
}

func objectOf(raw json.RawMessage, at string) (*object, error) {
	var o object
	if err := json.Unmarshal(raw, &o); err != nil {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%s is no object of GeoJSON: %v", at, err)
	}
	return &o, nil
}

func tooMany() error {
	return vedette.Errorf(vedette.CodeInvalid, "the GeoJSON holds more than %d shapes; send fewer", vedette.MaxShapes)
}

func coordinates(o *object, to any, at string) error {
	if len(o.Coordinates) == 0 || json.Unmarshal(o.Coordinates, to) != nil {
		return vedette.Errorf(vedette.CodeInvalid, "%s: the coordinates are not those of a %s", at, o.Type)
	}
	return nil
}

// position is longitude, latitude, and perhaps a height and more.
type position []float64

// at gives the point of a position, its longitude perhaps beyond 180 degrees.
func (p position) at(where string) (vedette.Point, error) {
	if len(p) < 2 {
		return vedette.Point{}, vedette.Errorf(vedette.CodeInvalid, "%s has %d numbers; give longitude and latitude", where, len(p))
	}
	lon, lat := p[0], p[1]
	switch {
	case math.Abs(lat) > 90 && math.Abs(lat) <= 180 && math.Abs(lon) <= 90:
		return vedette.Point{}, vedette.Errorf(vedette.CodeInvalid,
			"%s has the latitude %v: latitude and longitude are swapped; GeoJSON puts the longitude first", where, lat)
	case math.Abs(lat) > 90 || math.Abs(lon) > 360:
		return vedette.Point{}, vedette.Errorf(vedette.CodeInvalid,
			"%s is %v, %v, which is not on earth; give longitude and latitude in degrees (WGS 84)", where, lon, lat)
	}
	return vedette.Point{Lat: lat, Lon: lon}, nil
}

// polygon adds the shape of a polygon's outer ring.
func (g *geojson) polygon(rings [][]position, props map[string]json.RawMessage, at string) error {
	switch {
	case len(rings) == 0:
		return vedette.Errorf(vedette.CodeInvalid, "%s: the polygon has no ring", at)
	case len(rings) > 1:
		return vedette.Errorf(vedette.CodeInvalid, "%s: the polygon has a hole, and a shape has none; fill it, or cut the polygon in two", at)
	}
	points, err := ring(rings[0], at)
	if err != nil {
		return err
	}
	return g.add(vedette.Shape{Polygon: points}, props, at)
}

// ring gives the points of a ring without the last, which is the first again,
// the longitudes brought within 180 degrees.
func ring(ps []position, at string) ([]vedette.Point, error) {
	if len(ps) > vedette.MaxShapesPoints {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%s has %d points; give at most %d", at, len(ps), vedette.MaxPolygonPoints)
	}
	var raw []vedette.Point
	for i, p := range ps {
		q, err := p.at(fmt.Sprintf("%s: point %d", at, i+1))
		if err != nil {
			return nil, err
		}
		raw = append(raw, q)
	}
	if n := len(raw); n < 4 || raw[0] != raw[n-1] {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%s: the ring is not closed; give three points or more, and the first again at the end", at)
	}
	var out []vedette.Point
	for i, q := range raw[:len(raw)-1] {
		if wide := math.Abs(raw[i+1].Lon - q.Lon); wide >= 180 {
			return nil, vedette.Errorf(vedette.CodeInvalid, "%s: the side after point %d spans %.0f degrees of longitude, and it is not clear which way round; "+
				"across the antimeridian go on beyond 180 (170, then 190) or split the polygon there, elsewhere add points between", at, i+1, wide)
		}
		q.Lon = math.Remainder(q.Lon, 360)
		if len(out) == 0 || out[len(out)-1] != q { // points given twice are one
			out = append(out, q)
		}
	}
	if len(out) > 1 && out[0] == out[len(out)-1] {
		out = out[:len(out)-1]
	}
	return out, nil
}

// circle adds the shape of a point with a radius.
func (g *geojson) circle(p position, props map[string]json.RawMessage, at string) error {
	c, err := p.at(at)
	if err != nil {
		return err
	}
	km, hasKM, err := number(props, "radius_km", at)
	if err != nil {
		return err
	}
	m, hasM, err := number(props, "radius", at)
	switch {
	case err != nil:
		return err
	case !hasKM && !hasM:
		return vedette.Errorf(vedette.CodeInvalid, "%s is a point without a radius; give it \"radius_km\", or \"radius\" in metres", at)
	case hasKM && hasM && math.Abs(m/1000-km) > 0.001*math.Abs(km):
		return vedette.Errorf(vedette.CodeInvalid, "%s has a radius_km of %v and a radius of %v metres, which differ; give one of them", at, km, m)
	case !hasKM:
		km = m / 1000
	}
	c.Lon = math.Remainder(c.Lon, 360)
	return g.add(vedette.Shape{Circle: &vedette.Circle{Center: c, KM: km}}, props, at)
}

func (g *geojson) add(s vedette.Shape, props map[string]json.RawMessage, at string) error {
	s.Name = nameOf(props)
	var err error
	if s.Unsure, _, err = number(props, "unsure_km", at); err != nil {
		return err
	}
	if s.Risk, err = riskOf(props, at); err != nil {
		return err
	}
	g.points += len(s.Polygon)
	switch {
	case len(g.shapes) == vedette.MaxShapes:
		return tooMany()
	case g.points > vedette.MaxShapesPoints:
		return vedette.Errorf(vedette.CodeInvalid, "the GeoJSON's polygons have more than %d points together; draw them coarser", vedette.MaxShapesPoints)
	}
	if err := s.Validate(); err != nil {
		return vedette.Wrap(err, vedette.CodeInvalid, "%s", at)
	}
	g.shapes = append(g.shapes, s)
	return nil
}

// number reads a property that is a number. A property that is null is none.
func number(props map[string]json.RawMessage, key, at string) (v float64, given bool, err error) {
	raw, ok := props[key]
	if !ok || string(raw) == "null" {
		return 0, false, nil
	}
	if json.Unmarshal(raw, &v) != nil {
		return 0, false, vedette.Errorf(vedette.CodeInvalid, "%s: %s is %s; give a number", at, key, opening(string(raw), 40))
	}
	return v, true, nil
}

// riskOf reads the risk of a feature, unknown for none. A word that is no risk
// is not passed over: it may have been meant as extreme.
func riskOf(props map[string]json.RawMessage, at string) (vedette.Risk, error) {
	raw, ok := props["risk"]
	if !ok || string(raw) == "null" {
		return vedette.RiskUnknown, nil
	}
	var word string
	if json.Unmarshal(raw, &word) == nil {
		if r, ok := riskNamed(word); ok {
			return r, nil
		}
	}
	return vedette.RiskUnknown, vedette.Errorf(vedette.CodeInvalid, "%s: risk is %s; say low, moderate, high or extreme", at, opening(string(raw), 40))
}

// otherRisks are other words for the levels of risk.
var otherRisks = map[string]vedette.Risk{"minor": vedette.RiskLow, "negligible": vedette.RiskLow, "medium": vedette.RiskModerate, "elevated": vedette.RiskModerate,
	"severe": vedette.RiskHigh, "substantial": vedette.RiskHigh, "critical": vedette.RiskExtreme, "very high": vedette.RiskExtreme}

// riskNamed reads a word for a risk, "" for none; false for one that is no
// risk.
func riskNamed(word string) (vedette.Risk, bool) {
	word = strings.ToLower(strings.Join(strings.Fields(word), " "))
	if r, ok := otherRisks[word]; ok {
		return r, true
	}
	r, err := vedette.ParseRisk(word)
	return r, err == nil
}

// oneLine makes a name of any text.
func oneLine(s string) string {
	return opening(strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " "), maxNameBytes)
}

// nameOf gives the name of a feature, on one line, "" for none.
func nameOf(props map[string]json.RawMessage) string {
	for _, key := range []string{"name", "title"} {
		var s string
		if json.Unmarshal(props[key], &s) != nil {
			continue
		}
		if s = oneLine(s); s != "" {
			return s
		}
	}
	return ""
}
