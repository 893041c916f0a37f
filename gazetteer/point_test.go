package gazetteer

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"vedette"
	"vedette/gazetteer/shape"
)

func TestAt(t *testing.T) {
	for _, c := range []struct {
		where    string
		lat, lon float64
		want     vedette.AreaID
	}{
		{"Mogadishu", 2.0469, 45.3182, "SO"}, {"Dubai", 25.2048, 55.2708, "AE"}, {"Tel Aviv", 32.0853, 34.7818, "IL"},
		{"Gaza", 31.5017, 34.4668, "PS"}, {"Rafah", 31.2870, 34.2595, "PS"}, {"Ramallah", 31.9038, 35.2034, "PS"},
		{"Hargeisa", 9.5624, 44.0770, "SO"}, {"Pristina", 42.6629, 21.1655, "XK"}, {"Kyrenia", 35.3364, 33.3173, "CY"},
		{"Simferopol", 44.9521, 34.1024, "UA"}, {"Cayenne", 4.9372, -52.3260, "GF"}, {"Saint-Denis", -20.8789, 55.4481, "RE"},
		{"Longyearbyen", 78.2232, 15.6267, "SJ"}, {"Tromsø", 69.6492, 18.9553, "NO"}, {"Tifariti", 26.158, -10.567, "EH"},
		{"Manama", 26.2285, 50.5860, "BH"}, {"Suva", -18.1416, 178.4419, "FJ"}, {"Taveuni", -16.85, -179.97, "FJ"}, {"Anadyr", 64.7337, 177.4968, "RU"}, {"Provideniya", 64.42, -173.23, "RU"},
		{"Maseru", -29.3101, 27.4786, "LS"}, {"Goma", -1.6741, 29.2284, "CD"}, {"Gisenyi", -1.7028, 29.2564, "RW"}, {"Jerusalem", 31.769, 35.2163, "IL"}, {"Baikonur", 45.6167, 63.3167, "KZ"},
		{"five kilometres off Aden", 12.72, 45.03, "YE"}, {"Vorkuta", 67.4988, 64.0525, "RU"}, {"Wrangel Island", 71.2, -179.4, "RU"}, {"McMurdo", -77.85, 166.67, "AQ"}, {"South Pole", -90, 0, "AQ"},
		{"Red Sea", 20.0, 38.5, ""}, {"mid-Atlantic", 0, -30, ""}, {"nowhere", 91, 0, ""}, {"nowhere", math.NaN(), 0, ""},
	} {
		got, ok := Default().At(vedette.Point{Lat: c.lat, Lon: c.lon})
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q, want %q", c.where, got, c.want)
		}
	}
}

// Looking only at the outlines around a point finds what looking at all does,
// on land, at sea, by the antimeridian and by the poles.
func TestOutlinesAroundAPointAreAllThatCount(t *testing.T) {
	o, r := fineOutlines(), rand.New(rand.NewPCG(2, 3))
	var keys []string
	for a := range everything(Default()) {
		if a.Kind == vedette.AreaCountry {
			keys = append(keys, string(a.ID))
		}
	}
	for n := range 3000 {
		p := vedette.Point{Lat: r.Float64()*180 - 90, Lon: r.Float64()*360 - 180}
		if n%4 == 0 {
			p.Lon = math.Copysign(180-r.Float64()*3, p.Lon)
		}
		got, _ := o.Holding(p)
		near, off := o.Nearest(p, coastKM), float64(coastKM)
		for _, k := range keys {
			if o.Holds(k, p) && got == "" {
				t.Fatalf("%v is in %s, and nothing is found", p, k)
			}
			off = o.Near(k, p, off)
		}
		if got != "" && !o.Holds(string(got), p) {
			t.Fatalf("%v is found in %s, which does not hold it", p, got)
		}
		if (near == "") != (off == coastKM) || near != "" && o.Near(near, p, coastKM) != off {
			t.Fatalf("%v: nearest is %q, at %g km of all", p, near, off)
		}
	}
}

func TestSeasAt(t *testing.T) {
	for _, c := range []struct {
		lat, lon float64
		want     []vedette.AreaID
	}{
		{20.0, 38.5, []vedette.AreaID{"red-sea"}},
		{26.6, 52.0, []vedette.AreaID{"persian-gulf"}},
		{26.57, 56.5, []vedette.AreaID{"persian-gulf", "strait-of-hormuz"}},
		{24.6, 58.6, []vedette.AreaID{"gulf-of-oman"}},
		{12.3, 47.0, []vedette.AreaID{"gulf-of-aden"}},
		{12.6, 43.35, []vedette.AreaID{"red-sea", "bab-el-mandeb"}},
		{28.6, 34.7, []vedette.AreaID{"gulf-of-aqaba"}},
		{28.8, 33.1, []vedette.AreaID{"gulf-of-suez"}},
		{43.0, 34.0, []vedette.AreaID{"black-sea"}},
		{46.0, 36.5, []vedette.AreaID{"sea-of-azov"}},
		{33.5, 32.0, []vedette.AreaID{"eastern-mediterranean", "mediterranean-sea"}},
		{24.5, 119.5, []vedette.AreaID{"taiwan-strait"}},
		{14.0, 114.0, []vedette.AreaID{"south-china-sea"}},
		{28.0, 124.0, []vedette.AreaID{"east-china-sea"}},
		{4.0, 99.8, []vedette.AreaID{"malacca-strait"}},
		{35.95, -5.6, []vedette.AreaID{"mediterranean-sea", "strait-of-gibraltar"}},
		{56.5, 19.0, []vedette.AreaID{"baltic-sea"}},
		{15.0, -75.0, []vedette.AreaID{"caribbean-sea"}},
		{3.0, 3.0, []vedette.AreaID{"gulf-of-guinea"}},
		{15.0, 62.0, []vedette.AreaID{"arabian-sea", "indian-ocean"}},
		{24.0, 45.0, nil}, {30.0, 31.2, nil}, {math.Inf(1), 0, nil},
	} {
		got := Default().SeasAt(vedette.Point{Lat: c.lat, Lon: c.lon})
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("%v,%v: %v, want %v", c.lat, c.lon, got, c.want)
		}
	}
}

func TestEverySeaIsWetAtItsLabel(t *testing.T) {
	g := Default()
	for _, s := range g.Seas() {
		if s.ID == "suez-canal" || s.ID == "panama-canal" || s.ID == "bosporus" || s.ID == "dardanelles" {
			continue // narrower than the coastline shows
		}
		if !slices.Contains(g.SeasAt(s.Center), s.ID) {
			t.Errorf("%s: its label at %v lies on land or outside", s.ID, s.Center)
		}
	}
}

func TestOutline(t *testing.T) {
	g := Default()
	for _, c := range g.Countries() {
		for _, fine := range []bool{false, true} {
			polygons := g.Outline(c.ID, fine)
			if len(polygons) == 0 {
				t.Errorf("%s has no outline", c.ID)
			}
			for _, rings := range polygons {
				for _, r := range rings {
					if len(r) < 4 || r[0] != r[len(r)-1] {
						t.Fatalf("%s: a ring of %d points that is not closed", c.ID, len(r))
					}
				}
			}
		}
	}
	if n := len(g.Outline("SO", false)); n != 1 {
		t.Errorf("Somalia has %d pieces; Somaliland's border should be gone", n)
	}
	if g.Outline("gn:99532", false) != nil || g.Outline("nowhere", true) != nil || len(g.Outline("red-sea", false)) != 1 {
		t.Error("outline of a city, of nothing, or of a sea")
	}
	if len(g.Outline("mena", false)) < 19+8 {
		t.Error("a region's outline lacks members")
	}
}

func TestDisputes(t *testing.T) {
	got := Default().Disputes()
	if len(got) < 6 {
		t.Fatalf("%d disputes", len(got))
	}
	for _, d := range got {
		if len(d.Outline) == 0 || d.Note == "" || len(d.Claimants) == 0 {
			t.Errorf("%s: %d pieces, %q, %v", d.Name, len(d.Outline), d.Note, d.Claimants)
		}
	}
}

func TestDistance(t *testing.T) {
	muscat, tehran := vedette.Point{Lat: 23.5841, Lon: 58.4078}, vedette.Point{Lat: 35.6944, Lon: 51.4215}
	if d := Distance(muscat, tehran); math.Abs(d-1504) > 10 {
		t.Errorf("Muscat to Tehran: %.0f km", d)
	}
	if d := Distance(vedette.Point{Lon: 179.9}, vedette.Point{Lon: -179.9}); math.Abs(d-22.24) > 0.1 {
		t.Errorf("across the antimeridian: %.2f km", d)
	}
	if d := Distance(vedette.Point{Lat: 90}, vedette.Point{Lat: -90}); math.Abs(d-math.Pi*shape.EarthKM) > 1 {
		t.Errorf("pole to pole: %v", d)
	}
}

func TestNearestCity(t *testing.T) {
	g := Default()
	for _, c := range []struct {
		lat, lon, km float64
		want         string
	}{
		{30.5, 47.8, 50, "Basra"}, {24.47, 39.6, 20, "Medina"}, {20, 38.5, 100, ""}, {0, 0, math.NaN(), ""}, {-18.1, -179.9, 500, "Nasinu"}, {89.9, 0, 5000, ""},
	} {
		a, km, ok := g.NearestCity(vedette.Point{Lat: c.lat, Lon: c.lon}, c.km)
		if ok != (c.want != "") || c.want != "" && (a.Name != c.want || km > c.km) {
			t.Errorf("%v,%v: %s %.1f %v, want %s", c.lat, c.lon, a.Name, km, ok, c.want)
		}
	}
	// The grid finds what a search of all cities finds.
	for lat := -80.0; lat <= 80; lat += 16 {
		for lon := -179.0; lon < 180; lon += 31 {
			p := vedette.Point{Lat: lat, Lon: lon}
			nearest := 400.0
			for i := range g.towns.n {
				if g.towns.inhabitants(i) >= small || g.towns.marked(i) {
					nearest = min(nearest, Distance(p, g.towns.at(i)))
				}
			}
			_, km, ok := g.NearestCity(p, 400)
			if ok != (nearest < 400) || ok && km != nearest {
				t.Errorf("%v: %.1f %v, a full search gives %.1f", p, km, ok, nearest)
			}
		}
	}
}

func BenchmarkAt(b *testing.B) {
	g := Default()
	g.At(vedette.Point{})
	for b.Loop() {
		g.At(vedette.Point{Lat: 35.7, Lon: 51.4})
		g.At(vedette.Point{Lat: 20, Lon: 38.5})
	}
}
