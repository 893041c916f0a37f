package say

import (
	"fmt"
	"strings"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/match/reach"
	"vedette/wording"
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

// Called is what a place is called within a sentence, in each language that has a name
// for it. In English it is as the sentence needs it: "the Red Sea", "the United Kingdom",
// but "Iraq".
type Called struct {
	g  *gazetteer.Gazetteer
	id vedette.AreaID
}

// The is Place within a sentence.
func The(g *gazetteer.Gazetteer, id vedette.AreaID) Called { return Called{g, id} }

// String is what it is called in English.
func (c Called) String() string {
	name := Place(c.g, c.id)
	if a, ok := c.g.Shared(c.id); ok && (a.Kind == vedette.AreaSea || articled[c.id]) && !strings.HasPrefix(name, "The ") {
		return "the " + name
	}
	return name
}

// In is what it is called in a language, by its BCP 47 tag.
func (c Called) In(language string) string {
	if language == "en" {
		return c.String()
	}
	return PlaceIn(c.g, c.id, language)
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
func Shape(g *gazetteer.Gazetteer, s *vedette.Shape) wording.Said {
	if s.Name != "" {
		return wording.Of("the drawn shape “%s”", strings.Join(strings.Fields(s.Name), " "))
	}
	if s.Circle != nil {
		return wording.Of("the circle of %s drawn near %s", KM(s.Circle.KM), nearby(g, s))
	}
	return wording.Of("the area drawn near %s", nearby(g, s))
}

// Title is a name for a shape that has none. It is kept as its name.
func Title(g *gazetteer.Gazetteer, s *vedette.Shape) string {
	if s.Circle != nil {
		return fmt.Sprintf("circle of %s near %s", KM(s.Circle.KM), nearby(g, s))
	}
	return fmt.Sprintf("area near %s", nearby(g, s))
}

// nearby says where a shape is.
func nearby(g *gazetteer.Gazetteer, s *vedette.Shape) any {
	c := reach.Drawn(s).Center()
	if city, _, ok := g.NearestCity(c, nearbyKM); ok {
		return Called{g, city.ID}
	}
	return fmt.Sprintf("%.2f, %.2f", c.Lat, c.Lon)
}

// KM is a distance in words.
func KM(km float64) wording.Said {
	switch {
	case km < 1:
		return wording.Of("less than 1 km")
	case km < 10 && km != float64(int(km)):
		return wording.Of("%.1f km", km)
	}
	return wording.Of("%.0f km", km)
}

// DayAt is a date by the clock of a place, in UTC where that is not known: a
// stay from 10 February begins there at midnight, which is another day in UTC.
func DayAt(g *gazetteer.Gazetteer, area vedette.AreaID, t time.Time) string {
	return there(g, area, t).Format("2 Jan 2006")
}

func dayAt(g *gazetteer.Gazetteer, area vedette.AreaID, t time.Time) wording.Said {
	return wording.Date(there(g, area, t))
}

// there is a moment by the clock of a place.
func there(g *gazetteer.Gazetteer, area vedette.AreaID, t time.Time) time.Time {
	if zone := g.Zone(area); zone != "" {
		if at, err := gazetteer.Location(zone); err == nil {
			return t.In(at)
		}
	}
	return t.UTC()
}

// quoted is how many bytes of an advice a reason quotes at most.
const quoted = 72

// Quote gives the first words of an advice between marks.
func Quote(text string) wording.Said {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > quoted {
		cut := strings.LastIndexByte(text[:quoted], ' ')
		if cut < 1 {
			cut = strings.IndexByte(text+" ", ' ')
		}
		text = strings.TrimRight(text[:cut], ",;: ") + " …"
	}
	return wording.Of("“%s”", text)
}

// risks are the levels of risk within a sentence.
var risks = map[vedette.Risk]string{
	vedette.RiskLow: wording.Mark("low risk"), vedette.RiskModerate: wording.Mark("moderate risk"),
	vedette.RiskHigh: wording.Mark("high risk"), vedette.RiskExtreme: wording.Mark("extreme risk"),
}

// Risk is a level of risk in words.
func Risk(r vedette.Risk) wording.Said {
	if w, ok := risks[r]; ok {
		return wording.Word(w)
	}
	return wording.Of("risk not given")
}
