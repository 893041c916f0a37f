package say

import (
	"fmt"
	"strings"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/match/reach"
)

// Place names an area with its country: "Basra, Iraq"; an airport with its
// code.
func Place(g *gazetteer.Gazetteer, id vedette.AreaID) string { return PlaceIn(g, id, "") }

// PlaceIn is Place in a language, by its BCP 47 tag, as far as the names have one there.
func PlaceIn(g *gazetteer.Gazetteer, id vedette.AreaID, language string) string {
	a, ok := g.Area(id)
	if !ok || a.Name == "" {
		return string(id)
	}
	name := g.NameIn(id, language)
	if code, ok := strings.CutPrefix(string(id), "iata:"); ok {
		name += " (" + code + ")"
	}
	if a.Country != "" && a.Country != id {
		if c := g.NameIn(a.Country, language); c != "" && c != name {
			return name + ", " + c
		}
	}
	return name
}

// The is Place within a sentence: "the Red Sea", "the Levant", "the United
// Kingdom", but "Iraq".
func The(g *gazetteer.Gazetteer, id vedette.AreaID) string {
	name := Place(g, id)
	if a, ok := g.Shared(id); ok && (a.Kind == vedette.AreaSea || articled[id]) && !strings.HasPrefix(name, "The ") {
		return "the " + name
	}
	return name
}

// articled are the countries and regions that English gives an article.
var articled = map[vedette.AreaID]bool{
	"AE": true, "BS": true, "CD": true, "CF": true, "CG": true, "DO": true, "GB": true, "KM": true, "KY": true, "MH": true,
	"MV": true, "NL": true, "PH": true, "SB": true, "SC": true, "US": true, "VI": true,
	"balkans": true, "baltics": true, "caribbean": true, "caucasus": true, "gulf-states": true, "horn-of-africa": true, "levant": true, "maghreb": true,
	"middle-east": true, "nordics": true, "sahel": true, "indo-pacific": true,
}

// nearbyKM is how far a city may be to say where a shape is.
const nearbyKM = 300

// Shape names a shape: by its name, else by what is drawn and the next city.
func Shape(g *gazetteer.Gazetteer, s *vedette.Shape) string {
	if s.Name != "" {
		return "the drawn shape “" + strings.Join(strings.Fields(s.Name), " ") + "”"
	}
	if s.Circle != nil {
		return fmt.Sprintf("the circle of %s drawn near %s", KM(s.Circle.KM), nearby(g, s))
	}
	return "the area drawn near " + nearby(g, s)
}

// Title is a name for a shape that has none.
func Title(g *gazetteer.Gazetteer, s *vedette.Shape) string {
	if s.Circle != nil {
		return fmt.Sprintf("circle of %s near %s", KM(s.Circle.KM), nearby(g, s))
	}
	return "area near " + nearby(g, s)
}

// nearby says where a shape is.
func nearby(g *gazetteer.Gazetteer, s *vedette.Shape) string {
	c := reach.Drawn(s).Center()
	if city, _, ok := g.NearestCity(c, nearbyKM); ok {
		return Place(g, city.ID)
	}
	return fmt.Sprintf("%.2f, %.2f", c.Lat, c.Lon)
}

// KM is a distance in words.
func KM(km float64) string {
	switch {
	case km < 1:
		return "less than 1 km"
	case km < 10 && km != float64(int(km)):
		return fmt.Sprintf("%.1f km", km)
	}
	return fmt.Sprintf("%.0f km", km)
}

// Day is a date as reasons give it, in UTC.
func Day(t time.Time) string { return t.UTC().Format("2 Jan 2006") }

// DayAt is a date by the clock of a place, in UTC where that is not known: a
// stay from 10 February begins there at midnight, which is another day in UTC.
func DayAt(g *gazetteer.Gazetteer, area vedette.AreaID, t time.Time) string {
	if zone := g.Zone(area); zone != "" {
		if at, err := gazetteer.Location(zone); err == nil {
			t = t.In(at)
			return t.Format("2 Jan 2006")
		}
	}
	return Day(t)
}

// quoted is how many bytes of an advice a reason quotes at most.
const quoted = 72

// Quote gives the first words of an advice between marks.
func Quote(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > quoted {
		cut := strings.LastIndexByte(text[:quoted], ' ')
		if cut < 1 {
			cut = strings.IndexByte(text+" ", ' ')
		}
		text = strings.TrimRight(text[:cut], ",;: ") + " …"
	}
	return "“" + text + "”"
}

// Risk is a level of risk in words.
func Risk(r vedette.Risk) string {
	if r == vedette.RiskUnknown {
		return "risk not given"
	}
	return r.String() + " risk"
}

// Watch is a watch in words: its places, and the least it asks for.
func Watch(g *gazetteer.Gazetteer, w *vedette.Watch) string {
	var places, least []string
	for i, id := range w.Areas {
		if i == 3 && len(w.Areas) > 4 {
			places = append(places, fmt.Sprintf("%d more areas", len(w.Areas)-3))
			break
		}
		places = append(places, The(g, id))
	}
	if w.Shape != nil {
		places = append(places, Shape(g, w.Shape))
	}
	text := "the whole world"
	if len(places) > 0 {
		text = strings.Join(places, ", ")
	}
	if w.Risk != vedette.RiskUnknown {
		least = append(least, "risk "+w.Risk.String()+" or more")
	}
	if w.Urgency != vedette.UrgencyUnknown {
		least = append(least, "urgency "+w.Urgency.String()+" or more")
	}
	if w.Source != vedette.SourceUnknown {
		least = append(least, "source "+w.Source.String()+" or better")
	}
	if len(w.Categories) > 0 {
		least = append(least, strings.ReplaceAll(strings.Join(w.Categories, " or "), "_", " "))
	}
	if len(least) == 0 {
		return text
	}
	return text + " (" + strings.Join(least, ", ") + ")"
}
