package main

import (
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/gazetteer/words"
)

const (
	townKM = 60 // how far an airport may lie from its town
	zoneKM = 400
)

// placePorts finds each airport's town, division and zone, and its names.
func (s *sources) placePorts() {
	inTown := map[int]int{} // large airports of a town
	for i := range s.airports {
		p := &s.airports[i]
		t := s.townOf(p)
		if t != nil {
			p.town = t.id
			if p.large {
				inTown[t.id]++
			}
		}
		p.division = s.divisionAt(p, t)
		if zones := s.nearestZone(p.country, p.at); len(zones) > 0 {
			p.zone = zones[0]
		}
	}
	for i := range s.airports {
		p := &s.airports[i]
		t := s.townByID(p.town)
		p.names = portNames(p, t, p.large && inTown[p.town] == 1)
	}
}

func (s *sources) townByID(id int) *town {
	i, ok := slices.BinarySearchFunc(s.towns, id, func(t *town, id int) int { return t.id - id })
	if !ok {
		return nil
	}
	return s.towns[i]
}

// townOf gives the town an airport is named for: the largest near it of its
// municipality's name, else none.
func (s *sources) townOf(p *airport) *town {
	city, _, _ := strings.Cut(p.city, " (")
	city, _, _ = strings.Cut(city, ",")
	city, _, _ = strings.Cut(city, "/")
	key := words.Fold(strings.TrimSpace(city))
	var best *town
	for _, t := range s.towns {
		if t.country != p.country || key == "" || best != nil && t.people <= best.people {
			continue
		}
		named := words.Fold(t.name) == key || words.Fold(t.ascii) == key || slices.ContainsFunc(t.others, func(n string) bool { return words.Fold(n) == key })
		if named && gazetteer.Distance(t.at, p.at) <= townKM {
			best = t
		}
	}
	return best
}

// divisionAt gives the division an airport lies in: OurAirports' where it is
// one of ours, else by outline, else its town's.
func (s *sources) divisionAt(p *airport, t *town) string {
	_, known := slices.BinarySearchFunc(s.divisions, p.division, func(d *division, id string) int { return strings.Compare(d.id, id) })
	q := gridOf(p.at)
	for _, piece := range s.assigner.pieces[p.country] {
		if piece.division != "" && piece.holds(q) && (!known || s.assigner.parent(piece.division) == p.division) {
			return piece.division
		}
	}
	switch {
	case known:
		return p.division
	case t != nil:
		return t.division
	}
	return ""
}

// nearestZone gives the zone of the nearest town of the country.
func (s *sources) nearestZone(country string, at vedette.Point) []string {
	best, zone := float64(zoneKM*10), ""
	for _, t := range s.towns {
		if t.country == country && t.zone != "" {
			if d := gazetteer.Distance(t.at, at); d < best {
				best, zone = d, t.zone
			}
		}
	}
	if zone == "" && s.zones[country] == nil {
		return bareZones[country]
	}
	if zone == "" {
		return s.zones[country]
	}
	return []string{zone}
}

// portNames gives an airport's names, its own first: as it stands, without
// "International", without its city in front, and the city's where it has
// just one large airport.
func portNames(p *airport, t *town, only bool) []string {
	all := []string{p.name}
	var cities []string
	for _, list := range []string{p.city, cityOf(t)} {
		for _, c := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("(),/", r) }) {
			if c = strings.TrimSpace(c); c != "" {
				cities = append(cities, c)
			}
		}
	}
	for part := range strings.SplitSeq(p.name, "/") {
		if part = strings.TrimSpace(part); strings.Contains(part, "Airport") {
			all = append(all, part)
		} else if len(part) > 3 {
			all = append(all, part+" Airport")
		}
	}
	for _, n := range slices.Clone(all) {
		for _, c := range cities {
			rest, ok := strings.CutPrefix(n, c)
			rest = strings.TrimLeft(rest, " -–")
			if head, _, _ := strings.Cut(rest, " "); ok && head != "Airport" && head != "International" && head != "Regional" && rest != "" {
				all = append(all, rest)
			}
		}
	}
	for _, n := range slices.Clone(all) {
		for _, sort := range []string{" International Airport", " Intl Airport", " Int'l Airport", " Regional Airport"} {
			if head, ok := strings.CutSuffix(n, sort); ok {
				all = append(all, head+" Airport", head+" International Airport")
			}
		}
	}
	if only {
		for _, c := range cities[:min(len(cities), 1)] {
			all = append(all, c+" Airport", c+" International Airport")
		}
		if t != nil {
			all = append(all, t.ascii+" Airport", t.ascii+" International Airport")
		}
	}
	return distinct(slices.DeleteFunc(all, func(n string) bool { return strings.ContainsAny(n, ";\t") || strings.Count(n, " ") > 8 }))
}

func cityOf(t *town) string {
	if t == nil {
		return ""
	}
	return t.ascii
}
