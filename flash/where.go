package flash

import (
	"strconv"
	"strings"

	"vedette"
)

// maxDrawn bounds a text of points, in bytes.
const maxDrawn = 16 << 10

// apart is what may stand between two numbers.
const apart = ",; \u00a0\t\r\n"

// Drawn reads what is drawn, where a text is of numbers: "30.51, 47.78, 25" is a circle
// (latitude, longitude, kilometres), three points or more are the corners of a shape:
// "30.4,47.6 30.6,47.6 30.6,47.9". False where it is no such text: then it may be a name.
func Drawn(text string) (s vedette.Shape, is bool, err error) {
	text = strings.TrimSpace(text)
	if text == "" || strings.Trim(text, "0123456789+-−."+apart) != "" || !strings.ContainsAny(text, "0123456789") {
		return s, false, nil
	}
	if len(text) > maxDrawn {
		return s, true, vedette.Errorf(vedette.CodeInvalid, "the shape has more points than can be read; draw it coarser")
	}
	var n []float64
	for f := range strings.FieldsFuncSeq(strings.ReplaceAll(text, "−", "-"), func(r rune) bool { return strings.ContainsRune(apart, r) }) {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil {
			return s, true, vedette.Errorf(vedette.CodeInvalid, "%q is no number; write degrees with a point: 30.51", f)
		}
		n = append(n, v)
	}
	switch {
	case len(n) == 3:
		s.Circle = &vedette.Circle{Center: vedette.Point{Lat: n[0], Lon: n[1]}, KM: n[2]}
	case len(n) >= 6 && len(n)%2 == 0:
		for i := 0; i < len(n); i += 2 {
			s.Polygon = append(s.Polygon, vedette.Point{Lat: n[i], Lon: n[i+1]})
		}
		if last := len(s.Polygon) - 1; last > 2 && s.Polygon[0] == s.Polygon[last] {
			s.Polygon = s.Polygon[:last]
		}
	case len(n) == 2:
		return s, true, vedette.Errorf(vedette.CodeInvalid, "that is a point; say how far around it, in kilometres: %s, 25", strings.TrimRight(text, " ,;"))
	default:
		return s, true, vedette.Errorf(vedette.CodeInvalid, "%d numbers are no place; write latitude, longitude, kilometres, or three points or more, each latitude,longitude", len(n))
	}
	return s, true, s.Validate()
}

// Text writes a shape as Drawn reads it.
func Text(s *vedette.Shape) string {
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	if c := s.Circle; c != nil {
		return number(c.Center.Lat) + ", " + number(c.Center.Lon) + ", " + number(c.KM)
	}
	var out []string
	for _, p := range s.Polygon {
		out = append(out, number(p.Lat)+","+number(p.Lon))
	}
	return strings.Join(out, " ")
}
