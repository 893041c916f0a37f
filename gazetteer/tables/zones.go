package tables

import (
	"strconv"
	"strings"

	"vedette"
)

// Zone is a time zone of a country, by a first-level division or by a point.
type Zone struct {
	Country string // ISO 3166-1 alpha-2
	Admin   string // GeoNames code of the division, "*" for all, "" for a point
	At      vedette.Point
	Name    string // IANA
}

// Zones reads zone.tab and zones.txt, in this order.
func Zones() ([]Zone, error) {
	own, err := read("zone.tab", zoneTabLine)
	if err != nil {
		return nil, err
	}
	more, err := read("zones.txt", zoneLine)
	return append(own, more...), err
}

func zoneTabLine(l line) (z Zone, err error) {
	f := strings.Split(l.text, "\t")
	if len(f) != 3 {
		return z, l.errorf("has %d fields, not 3", len(f))
	}
	at, err := iso6709(f[1])
	if err != nil {
		return z, l.errorf("%v", err)
	}
	return Zone{Country: f[0], At: at, Name: f[2]}, nil
}

func zoneLine(l line) (z Zone, err error) {
	f := strings.Fields(l.text)
	switch {
	case len(f) == 2:
		country, admin, _ := strings.Cut(f[0], "/")
		return Zone{Country: country, Admin: admin, Name: f[1]}, nil
	case len(f) == 3:
		lat, lon, _ := strings.Cut(f[1], ",")
		at, err := lonLat(lon + "," + lat)
		if err != nil {
			return z, l.errorf("%v", err)
		}
		return Zone{Country: f[0], At: at, Name: f[2]}, nil
	}
	return z, l.errorf("has %d fields, not 2 or 3", len(f))
}

// iso6709 reads "+DDMM+DDDMM" or "+DDMMSS+DDDMMSS", latitude first.
func iso6709(s string) (p vedette.Point, err error) {
	i := strings.LastIndexAny(s, "+-")
	if i <= 0 {
		return p, vedette.Errorf(vedette.CodeInternal, "%q is no coordinate pair", s)
	}
	if p.Lat, err = sexagesimal(s[:i], 2); err != nil {
		return p, err
	}
	p.Lon, err = sexagesimal(s[i:], 3)
	return p, err
}

func sexagesimal(s string, degrees int) (float64, error) {
	digits := s[1:]
	if len(digits) < degrees+2 {
		return 0, vedette.Errorf(vedette.CodeInternal, "%q is no coordinate", s)
	}
	v, scale := 0.0, 1.0
	for part := range partsOf(digits, degrees) {
		n, err := strconv.Atoi(part)
		if err != nil {
			return 0, vedette.Errorf(vedette.CodeInternal, "%q is no coordinate", s)
		}
		v += float64(n) / scale
		scale *= 60
	}
	if s[0] == '-' {
		v = -v
	}
	return v, nil
}

// partsOf cuts digits into the degrees and pairs after them.
func partsOf(digits string, degrees int) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		n := degrees
		for len(digits) >= n && digits != "" {
			if !yield(digits[:n]) {
				return
			}
			digits, n = digits[n:], 2
		}
	}
}
