package vedette

import (
	"encoding/json"
	"fmt"
)

// AreaID names a place of the gazetteer:
// a country by ISO 3166-1 alpha-2 ("IR"), a first-level division by
// ISO 3166-2 ("IR-23"), a city by "gn:" and its GeoNames number
// ("gn:287286") or, where it has none, by "at:" and where it lies
// ("at:-12.25/40.12"), a region or sea by slug ("mena", "red-sea"), an airport by
// "iata:" and its code ("iata:TLV").
type AreaID string

// MarshalJSON writes null for the empty id: the area is not known, or several.
func (a AreaID) MarshalJSON() ([]byte, error) {
	if a == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(a))
}

// AreaKind is the sort of place an area is.
type AreaKind string

// The kinds of area, coarsest first.
const (
	AreaRegion   AreaKind = "region"
	AreaCountry  AreaKind = "country"
	AreaDivision AreaKind = "division"
	AreaCity     AreaKind = "city"
	AreaSea      AreaKind = "sea"
	AreaAirport  AreaKind = "airport"
)

// Area is a place of the gazetteer. Areas contain areas.
type Area struct {
	ID      AreaID   `json:"area"`
	Kind    AreaKind `json:"kind"`
	Name    string   `json:"name"`              // usual English name
	Country AreaID   `json:"country,omitempty"` // the country that holds a division or city
	Within  []AreaID `json:"within,omitempty"`  // areas that directly contain it
	Zones   []string `json:"zones,omitempty"`   // IANA time zones, the capital's or nearest first
	Center  Point    `json:"center"`
	Capital AreaID   `json:"capital,omitempty"` // a country's capital
	People  int      `json:"people,omitempty"`  // inhabitants, 0 where unknown
}

// Point is a place on the earth in degrees, WGS 84.
type Point struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// Validate says whether the point lies on the earth.
func (p Point) Validate() error {
	if !(p.Lat >= -90 && p.Lat <= 90) {
		return Errorf(CodeInvalid, "latitude %v is not between -90 and 90", p.Lat)
	}
	if !(p.Lon >= -180 && p.Lon <= 180) {
		return Errorf(CodeInvalid, "longitude %v is not between -180 and 180", p.Lon)
	}
	return nil
}

// String prints the point as "12.34567,45.67890".
func (p Point) String() string { return fmt.Sprintf("%.5f,%.5f", p.Lat, p.Lon) }
