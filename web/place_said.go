package web

import (
	"vedette"
	"vedette/gazetteer"
	"vedette/web/messages"
)

// placed is an area within a sentence: each language calls it by its own name, where it
// has one (messages.Named).
type placed struct {
	gaz  *gazetteer.Gazetteer
	id   vedette.AreaID
	text string // what it is called where the gazetteer does not know it
}

// In is its name in a language.
func (a placed) In(language string) string {
	if a.id != "" {
		if n := a.gaz.NameIn(a.id, language); n != "" {
			return safe(n)
		}
	}
	return safe(firstOf(a.text, string(a.id)))
}

// area is an area by its name in the reader's language, else by the report's words for it.
func (p *portal) area(id vedette.AreaID, text string) messages.Said {
	return messages.Said{English: "%s", Args: []any{placed{p.Gaz, id, text}}}
}

// withCountry names a place and the country it is in.
func (p *portal) withCountry(a vedette.Area) messages.Said {
	at := p.area(a.ID, a.Name)
	if a.Country != "" && a.Country != a.ID && p.Gaz.Name(a.Country) != a.Name {
		return messages.Of("%s, %s", at, p.area(a.Country, ""))
	}
	return at
}

// areaWhole names an area with its country.
func (p *portal) areaWhole(id vedette.AreaID) messages.Said {
	if a, ok := p.Gaz.Area(id); ok {
		return p.withCountry(a)
	}
	return asItIs(safe(string(id)))
}

// areaTyped is an area as it is typed into a field, with its country: by its English name,
// for which it is found again.
func (p *portal) areaTyped(id vedette.AreaID) string {
	a, ok := p.Gaz.Area(id)
	switch country := p.Gaz.Name(a.Country); {
	case !ok:
		return safe(string(id))
	case a.Country != "" && a.Country != a.ID && country != a.Name:
		return safe(a.Name + ", " + country)
	}
	return safe(a.Name)
}

// commas are sentences with commas between, nothing for none.
func commas(list []messages.Said) messages.Said { return between(list, messages.Mark("%s, %s")) }

// semicolons are sentences with semicolons between: places that have commas of their own.
func semicolons(list []messages.Said) messages.Said {
	return between(list, messages.Mark("%s; %s"))
}

func between(list []messages.Said, two string) (all messages.Said) {
	for i, s := range list {
		if i == 0 {
			all = s
		} else {
			all = messages.Said{English: two, Args: []any{all, s}}
		}
	}
	return all
}
