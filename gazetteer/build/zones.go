package main

import (
	"vedette"
	"vedette/gazetteer"
	"vedette/gazetteer/tables"
)

// zoneTable says which time zone a place of a country keeps.
type zoneTable map[string][]tables.Zone

func readZones() (zoneTable, error) {
	zones, err := tables.Zones()
	t := zoneTable{}
	for _, z := range zones {
		t[z.Country] = append(t[z.Country], z)
	}
	return t, err
}

// of gives the zone of a place: its division's, else the nearest point's.
func (t zoneTable) of(country, admin string, at vedette.Point) string {
	best, name := -1.0, ""
	for _, z := range t[country] {
		if z.Admin != "" {
			if z.Admin == "*" || z.Admin == admin {
				return z.Name
			}
			continue
		}
		if d := gazetteer.Distance(at, z.At); best < 0 || d < best {
			best, name = d, z.Name
		}
	}
	return name
}

// all gives the country's zones, the capital's first.
func (t zoneTable) all(country, first string) []string {
	var out []string
	seen := map[string]bool{"": true}
	add := func(name string) {
		if !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	}
	add(first)
	for _, z := range t[country] {
		add(z.Name)
	}
	return out
}
