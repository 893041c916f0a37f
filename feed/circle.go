package feed

import (
	"strconv"
	"strings"

	"vedette"
)

// ReadCircle reads a circle as people type one: latitude, longitude and
// kilometres, then perhaps the risk in it, then perhaps its name:
// "30.5,47.8,25" or "30.5, 47.8, 25, extreme, the port".
func ReadCircle(text string) (vedette.Shape, error) {
	parts := strings.SplitN(text, ",", 5)
	if len(parts) < 3 {
		return vedette.Shape{}, vedette.Errorf(vedette.CodeInvalid, "%q is no circle; write latitude,longitude,kilometres: 33.31,44.36,25", opening(text, 60))
	}
	var n [3]float64
	for i, what := range []string{"latitude", "longitude", "number of kilometres"} {
		v, err := strconv.ParseFloat(strings.TrimSpace(parts[i]), 64)
		if err != nil {
			return vedette.Shape{}, vedette.Errorf(vedette.CodeInvalid, "the circle's %s is %q; write it in digits, with a point: 33.31,44.36,25", what, opening(strings.TrimSpace(parts[i]), 40))
		}
		n[i] = v
	}
	s := vedette.Shape{Circle: &vedette.Circle{Center: vedette.Point{Lat: n[0], Lon: n[1]}, KM: n[2]}}
	if len(parts) > 3 {
		r, ok := riskNamed(parts[3])
		if !ok {
			return s, vedette.Errorf(vedette.CodeInvalid, "the circle's risk is %q; say low, moderate, high or extreme, or nothing", opening(strings.TrimSpace(parts[3]), 40))
		}
		s.Risk = r
	}
	if len(parts) > 4 {
		s.Name = oneLine(parts[4])
	}
	return s, s.Validate()
}
