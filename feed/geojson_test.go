package feed

import (
	"strconv"
	"strings"
	"testing"

	"vedette"
)

// feature is a feature in GeoJSON, its name and its geometry given.
func feature(name, props, geometry string) string {
	if name != "" {
		props = `"name":"` + name + `"` + strings.TrimSuffix(","+props, ",")
	}
	return `{"type":"Feature","properties":{` + props + `},"geometry":` + geometry + `}`
}

func collection(features ...string) string {
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
}

const square = `{"type":"Polygon","coordinates":[[[47,30],[48,30],[48,31],[47,31],[47,30]]]}`

func TestShapesAreRead(t *testing.T) {
	for _, c := range []struct{ what, text, want string }{
		{"a polygon alone", square, "(30 47)(30 48)(31 48)(31 47)"},
		{"a feature with a name", feature("Ring road", `"unsure_km":2.5`, square), "Ring road ±2.5 (30 47)(30 48)(31 48)(31 47)"},
		{"a title, over two lines", feature("", `"title":" South\n of it "`, square), "South of it (30 47)(30 48)(31 48)(31 47)"},
		{"several", collection(feature("A", "", square), feature("", "", square)), "A (30 47)(30 48)(31 48)(31 47); (30 47)(30 48)(31 48)(31 47)"},
		{"a byte order mark", "\ufeff" + square, "(30 47)(30 48)(31 48)(31 47)"},
		{"heights are left out", `{"type":"Polygon","coordinates":[[[47,30,12],[48,30,12],[48,31,9.5],[47,30,12]]]}`, "(30 47)(30 48)(31 48)"},
		{"a point given twice", `{"type":"Polygon","coordinates":[[[47,30],[47,30],[48,30],[48,31],[47,30],[47,30]]]}`, "(30 47)(30 48)(31 48)"},
		{"a multipolygon is several shapes", feature("Both", "", `{"type":"MultiPolygon","coordinates":[[[[1,1],[2,1],[2,2],[1,1]]],[[[5,5],[6,5],[6,6],[5,5]]]]}`),
			"Both (1 1)(1 2)(2 2); Both (5 5)(5 6)(6 6)"},
		{"a circle in kilometres", feature("Blast", `"radius_km":12.5`, `{"type":"Point","coordinates":[44.4,33.3]}`), "Blast 12.5 km about (33.3 44.4)"},
		{"a circle in metres", feature("", `"radius":500`, `{"type":"Point","coordinates":[44.4,33.3]}`), "0.5 km about (33.3 44.4)"},
		{"both, which agree", feature("", `"radius":500,"radius_km":0.5`, `{"type":"Point","coordinates":[44.4,33.3,7]}`), "0.5 km about (33.3 44.4)"},
		{"a collection of geometries", feature("", `"radius_km":1`, `{"type":"GeometryCollection","geometries":[`+square+`,{"type":"Point","coordinates":[1,2]}]}`),
			"(30 47)(30 48)(31 48)(31 47); 1 km about (2 1)"},
		{"split at the antimeridian", `{"type":"MultiPolygon","coordinates":[[[[178,-18],[180,-18],[180,-16],[178,-16],[178,-18]]],[[[-180,-18],[-179,-18],[-179,-16],[-180,-16],[-180,-18]]]]}`,
			"(-18 178)(-18 180)(-16 180)(-16 178); (-18 -180)(-18 -179)(-16 -179)(-16 -180)"},
		{"beyond 180 degrees", `{"type":"Polygon","coordinates":[[[178,-18],[181,-18],[181,-16],[178,-16],[178,-18]]]}`, "(-18 178)(-18 -179)(-16 -179)(-16 178)"},
		{"beyond 180 degrees west", `{"type":"Polygon","coordinates":[[[-181,-18],[-178,-18],[-178,-16],[-181,-18]]]}`, "(-18 179)(-18 -178)(-16 -178)"},
		{"WGS 84 by name", `{"type":"Feature","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"properties":null,"geometry":` + square + `}`, "(30 47)(30 48)(31 48)(31 47)"},
	} {
		shapes, err := ReadShapes(strings.NewReader(c.text))
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		var got []string
		for _, s := range shapes {
			got = append(got, jot(s))
		}
		if g := strings.Join(got, "; "); g != c.want {
			t.Errorf("%s: %s, want %s", c.what, g, c.want)
		}
	}
}

// jot writes a shape on one line.
func jot(s vedette.Shape) string {
	var b strings.Builder
	if s.Name != "" {
		b.WriteString(s.Name + " ")
	}
	if s.Unsure > 0 {
		b.WriteString("±" + plain(s.Unsure) + " ")
	}
	if s.Circle != nil {
		b.WriteString(plain(s.Circle.KM) + " km about (" + plain(s.Circle.Center.Lat) + " " + plain(s.Circle.Center.Lon) + ")")
	}
	for _, p := range s.Polygon {
		b.WriteString("(" + plain(p.Lat) + " " + plain(p.Lon) + ")")
	}
	return b.String()
}

func TestShapesThatAreRefused(t *testing.T) {
	ring := func(points string) string { return `{"type":"Polygon","coordinates":[[` + points + `]]}` }
	many := strings.Repeat(feature("", "", square)+",", vedette.MaxShapes) + feature("", "", square)
	dots := strings.Repeat("[0,0],", 1001)
	for _, c := range []struct{ what, text, want string }{
		{"nothing", "", "this is no GeoJSON"},
		{"words", "Basra", "this is no GeoJSON"},
		{"two documents", square + square, "this is no GeoJSON"},
		{"an empty collection", collection(), "the GeoJSON holds no shape; draw a polygon or a circle"},
		{"a map of another kind", `{"type":"Topology"}`, `the GeoJSON is of type "Topology", which GeoJSON does not know`},
		{"a feature that draws nothing", collection(feature("A", "", square), feature("Camp", "", "null")), "feature 2 (“Camp”) has no geometry; draw it or leave it out"},
		{"a geometry among the features", collection(square), `feature 1 is of type "Polygon"; a collection holds features`},
		{"a number among the features", collection("7"), "feature 1 is no object of GeoJSON"},
		{"a line", feature("Route 8", "", `{"type":"LineString","coordinates":[[1,1],[2,2]]}`), "is a LineString, which is no area; draw a polygon around it"},
		{"a hole", collection(feature("Green zone", "", `{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[4,1],[5,1],[5,2],[4,1]]]}`)),
			"feature 1 (“Green zone”): the polygon has a hole, and a shape has none; fill it, or cut the polygon in two"},
		{"a hole in the second of two", feature("", "", `{"type":"MultiPolygon","coordinates":[[[[1,1],[2,1],[2,2],[1,1]]],[[[0,0],[9,0],[9,9],[0,0]],[[4,1],[5,1],[5,2],[4,1]]]]}`), "polygon 2: the polygon has a hole"},
		{"no ring", `{"type":"Polygon","coordinates":[]}`, "the polygon has no ring"},
		{"an open ring", ring("[47,30],[48,30],[48,31],[47,31]"), "the ring is not closed; give three points or more, and the first again at the end"},
		{"latitude first", collection(feature("Basra", "", ring("[30,147],[30,148],[31,148],[30,147]"))),
			"feature 1 (“Basra”): point 1 has the latitude 147: latitude and longitude are swapped; GeoJSON puts the longitude first"},
		{"metres", ring("[447000,3300000],[448000,3300000],[448000,3310000],[447000,3300000]"), "not on earth; give longitude and latitude in degrees (WGS 84)"},
		{"another grid", `{"type":"FeatureCollection","crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::32638"}},"features":[]}`, "on the grid \"urn:ogc:def:crs:EPSG::32638\"; export it in WGS 84"},
		{"the antimeridian without a word", ring("[170,0],[-170,0],[-170,5],[170,5],[170,0]"), "the side after point 1 spans 340 degrees of longitude, and it is not clear which way round"},
		{"round the world", ring("[-180,50],[180,50],[180,60],[-180,60],[-180,50]"), "spans 360 degrees"},
		{"one number", ring("[47],[48,30],[48,31],[47]"), "point 1 has 1 numbers; give longitude and latitude"},
		{"a word for a number", ring(`["47",30],[48,30],[48,31],["47",30]`), "the coordinates are not those of a Polygon"},
		{"a bow tie", collection(feature("Tie", "", ring("[0,0],[2,2],[2,0],[0,2],[0,0]"))), "feature 1 (“Tie”): the polygon crosses itself"},
		{"a point without a radius", feature("", "", `{"type":"Point","coordinates":[44,33]}`), `is a point without a radius; give it "radius_km", or "radius" in metres`},
		{"a radius in words", feature("", `"radius":"large"`, `{"type":"Point","coordinates":[44,33]}`), `radius is "large"; give a number`},
		{"radii that differ", feature("", `"radius":50,"radius_km":50`, `{"type":"Point","coordinates":[44,33]}`), "a radius_km of 50 and a radius of 50 metres, which differ"},
		{"a circle too large", feature("", `"radius_km":9000`, `{"type":"Point","coordinates":[44,33]}`), "the circle's radius is 9000 km"},
		{"too unsure", feature("", `"unsure_km":900`, square), "unsure by 900 km"},
		{"too many shapes", collection(many), "more than 200 shapes; send fewer"},
		{"too many points", ring(dots + "[1,1],[0,0]"), "give"},
		{"too long", square + strings.Repeat(" ", MaxGeoJSON), "longer than 4 MB"},
		{"a collection in a collection", `{"type":"GeometryCollection","geometries":[{"type":"GeometryCollection","geometries":[]}]}`, "geometry 1 is a collection in a collection"},
	} {
		shapes, err := ReadShapes(strings.NewReader(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) || shapes != nil || vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("%s: %d shapes, %v, want %q", c.what, len(shapes), err, c.want)
		}
	}
}

// Whatever comes in, there are valid shapes, few, or an error in words.
func FuzzReadShapes(f *testing.F) {
	for _, s := range []string{square, collection(feature("A", `"radius":9`, `{"type":"Point","coordinates":[179.9,89]}`)), `{"type":"Polygon","coordinates":[[[178,-18],[181,-18],[181,-16],[178,-18]]]}`,
		`{"type":"GeometryCollection","geometries":[{}]}`, feature("", "", "null"), "[[[[", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		shapes, err := ReadShapes(strings.NewReader(s))
		if (err == nil) == (len(shapes) == 0) || len(shapes) > vedette.MaxShapes {
			t.Fatalf("%d shapes and %v", len(shapes), err)
		}
		if err != nil && (err.Error() == "" || vedette.ErrorCode(err) != vedette.CodeInvalid) {
			t.Fatalf("error %q of code %q", err, vedette.ErrorCode(err))
		}
		for i := range shapes {
			if err := shapes[i].Validate(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
