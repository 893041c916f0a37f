package place

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/intake/sheet"
)

// point reads the row's point: two cells, or one with both. The cell is the
// one to name in a problem. It is false where there is one already.
func (b *Book) point(in *sheet.Reader, c *Cells) (*vedette.Point, sheet.Cell, bool) {
	lat, lon := c.Lat, c.Lon
	if both := c.Point; lat.Value == "" && lon.Value == "" && both.Value != "" {
		a, o, ok := splitPoint(both.Value)
		if !ok {
			in.Problem(both, `is not a point: write latitude and longitude in degrees, as in "33.31, 44.36"`)
			return nil, both, false
		}
		lat, lon = sheet.Cell{Value: a, Column: both.Column}, sheet.Cell{Value: o, Column: both.Column}
	}
	switch {
	case lat.Value == "" && lon.Value == "":
		return nil, lat, true
	case lat.Value == "" || lon.Value == "":
		if c.Lat.Column.Header != "" && c.Lon.Column.Header != "" {
			in.Problem(lat, "latitude and longitude go together: give both or none")
		} else {
			in.Problem(lat, "latitude and longitude go together: a column is missing")
		}
		return nil, lat, false
	}
	p, ok := vedette.Point{}, false
	if p.Lat, ok = degrees(lat.Value, "NS"); !ok {
		in.Problem(lat, `is not a latitude: write degrees, as in "33.31" or "-33.87"`)
		return nil, lat, false
	}
	if p.Lon, ok = degrees(lon.Value, "EW"); !ok {
		in.Problem(lon, `is not a longitude: write degrees, as in "44.36" or "-77.04"`)
		return nil, lon, false
	}
	if p.Lat < -90 || p.Lat > 90 {
		in.Problem(lat, "is not a latitude: it is not between -90 and 90; are latitude and longitude swapped?")
		return nil, lat, false
	}
	if p.Lon < -180 || p.Lon > 180 {
		in.Problem(lon, "is not a longitude: it is not between -180 and 180")
		return nil, lon, false
	}
	if p == (vedette.Point{}) {
		in.Problem(lat, "is the point 0, 0, which is what is written where none is known: leave both empty")
		return nil, lat, false
	}
	return &p, lat, true
}

// splitPoint parts "33.31, 44.36", "33.31 44.36", "33,31; 44,36".
func splitPoint(s string) (string, string, bool) {
	s = strings.Trim(s, "()[] ")
	for _, by := range []string{";", ", ", ",", "/", " "} {
		if a, b, ok := strings.Cut(s, by); ok && !strings.Contains(b, by) {
			return strings.TrimSpace(a), strings.TrimSpace(b), true
		}
	}
	return "", "", false
}

// degrees reads "33.31", "33,31", "-33.31°" or "33.31 S"; hemispheres are the
// letters for more and less than zero.
func degrees(s, hemispheres string) (float64, bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	sign := 1.0
	if n := len(s); n > 0 {
		switch s[n-1] {
		case hemispheres[0]:
			s = s[:n-1]
		case hemispheres[1]:
			s, sign = s[:n-1], -1
		}
	}
	s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), "°"))
	s = strings.ReplaceAll(strings.ReplaceAll(s, "−", "-"), ",", ".")
	if len(s) > 30 || strings.Trim(s, "+-.0123456789") != "" || sign < 0 && strings.HasPrefix(s, "-") {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return sign * v, err == nil
}

// Around is the area a point alone stands for: the city near it, unless that
// lies across a border, else its country, else its sea. "" where none is known.
func (b *Book) Around(p vedette.Point) vedette.AreaID {
	key := placedPoint{point: p}
	a, ok := b.agreed[key]
	if !ok {
		a.area = b.lookAround(p)
		b.agreed[key] = a
	}
	return a.area
}

func (b *Book) lookAround(p vedette.Point) vedette.AreaID {
	country, onLand := b.g.At(p)
	if city, ok := b.cityAt(p); ok && (!onLand || city.Country == country) {
		return city.ID
	}
	if onLand {
		return country
	}
	if seas := b.g.SeasAt(p); len(seas) > 0 {
		return seas[0]
	}
	return ""
}

// choose lets a point decide between places of one name, and stand in for a
// city that is not known.
func (b *Book) choose(f found, p vedette.Point) found {
	if f.reason == nil || !f.atCity {
		return f
	}
	for _, a := range f.others {
		if gazetteer.Distance(a.Center, p) <= awayKM/2 {
			return found{area: a.ID}
		}
	}
	if len(f.others) == 0 && f.area != "" {
		return found{area: f.area} // the country, which the point must agree with
	}
	return f
}

// agree holds a point against the place named beside it and gives the finer
// of the two, or the reason why they contradict each other.
func (b *Book) agree(id vedette.AreaID, p vedette.Point) (vedette.AreaID, error) {
	key := placedPoint{id, p}
	a, ok := b.agreed[key]
	if !ok {
		a.area, a.reason = b.weigh(id, p)
		b.agreed[key] = a
	}
	return a.area, a.reason
}

// weigh is agree, for a pair not seen before.
func (b *Book) weigh(id vedette.AreaID, p vedette.Point) (vedette.AreaID, error) {
	area, ok := b.g.Area(id)
	if !ok {
		return id, nil
	}
	if area.Kind == vedette.AreaSea {
		if !near(p, func(q vedette.Point) bool { return slices.Contains(b.g.SeasAt(q), id) }) {
			return "", sheet.Reason("contradicts the place: the point is not in or near %s", area.Name)
		}
		return id, nil
	}
	country := area.ID
	if area.Kind != vedette.AreaCountry {
		country = area.Country
	}
	in := func(q vedette.Point) bool {
		if !b.inBox(country, q) {
			return false
		}
		at, ok := b.g.At(q)
		return ok && at == country
	}
	if !near(p, in) {
		return "", b.contradiction(country, p, in)
	}
	if area.Kind == vedette.AreaCity && gazetteer.Distance(area.Center, p) > awayKM {
		return "", sheet.Reason("contradicts the city: the point is %.0f km from %s", gazetteer.Distance(area.Center, p), b.Label(id))
	}
	if area.Kind == vedette.AreaCountry {
		if city, ok := b.cityAt(p); ok && city.Country == country {
			return city.ID, nil
		}
	}
	return id, nil
}

func (b *Book) contradiction(country vedette.AreaID, p vedette.Point, in func(vedette.Point) bool) error {
	reason := sheet.Reason("contradicts the country: the point is at sea, not in %s", b.g.Name(country))
	if at, ok := b.g.At(p); ok {
		reason = sheet.Reason("contradicts the country: the point is in %s, not in %s", b.g.Name(at), b.g.Name(country))
	}
	if p.Lon >= -90 && p.Lon <= 90 && in(vedette.Point{Lat: p.Lon, Lon: p.Lat}) {
		reason = sheet.Reason("%s; are latitude and longitude swapped?", reason)
	}
	return reason
}

// inBox says whether a point lies in the box around a country, with a degree
// to spare. It spares looking closer at points that are far away.
func (b *Book) inBox(country vedette.AreaID, p vedette.Point) bool {
	box, ok := b.boxes[country]
	if !ok {
		box = [2]vedette.Point{{Lat: 90, Lon: 180}, {Lat: -90, Lon: -180}}
		for _, polygon := range b.g.Outline(country, true) {
			for _, q := range polygon[0] {
				if q.Lon < -180 || q.Lon > 180 { // across the antimeridian: all the way round
					box[0].Lon, box[1].Lon = -180, 180
				}
				box[0] = vedette.Point{Lat: min(box[0].Lat, q.Lat), Lon: min(box[0].Lon, q.Lon)}
				box[1] = vedette.Point{Lat: max(box[1].Lat, q.Lat), Lon: max(box[1].Lon, q.Lon)}
			}
		}
		if box[1].Lon-box[0].Lon > 350 { // one that goes round a pole has it, whose outline does not reach it
			if box[0].Lat < -60 {
				box[0].Lat = -90
			}
			if box[1].Lat > 60 {
				box[1].Lat = 90
			}
		}
		b.boxes[country] = box
	}
	if box[0].Lat > box[1].Lat {
		return true // no outline to go by
	}
	return p.Lat >= box[0].Lat-1 && p.Lat <= box[1].Lat+1 && p.Lon >= box[0].Lon-1 && p.Lon <= box[1].Lon+1
}

// near says whether a rule holds at a point or somewhere slackKM around it.
func near(p vedette.Point, rule func(vedette.Point) bool) bool {
	if rule(p) {
		return true
	}
	const kmPerDegree = 111.2
	for i := range 8 {
		sin, cos := math.Sincos(float64(i) * math.Pi / 4)
		q := vedette.Point{
			Lat: max(-90, min(90, p.Lat+sin*slackKM/kmPerDegree)),
			Lon: p.Lon + cos*slackKM/kmPerDegree/max(0.05, math.Cos(p.Lat*math.Pi/180)),
		}
		if q.Lon > 180 {
			q.Lon -= 360
		} else if q.Lon < -180 {
			q.Lon += 360
		}
		if rule(q) {
			return true
		}
	}
	return false
}
