package advise

import (
	"cmp"
	"strings"

	"vedette"
	"vedette/wording"
)

// says puts a contradiction into words: "“Leave Iraq …” (update 2 of Iran
// crisis) beside “Shelter in place …” (this draft), for people in Basra".
func (f *finder) says(c *Contradiction) wording.Said {
	return wording.Of("%s beside %s, for people in %s", f.cite(c.A), f.cite(c.B), f.places(c.Areas))
}

func (f *finder) cite(r Ref) wording.Said {
	for _, p := range f.all {
		if u := p.update; u.ID == r.Update {
			return wording.Of("“%s” (%s)", quote(u.Content.Recommendations[r.Group].Advice[r.Item].Text), called(u))
		}
	}
	return wording.Said{}
}

// called is what the desk calls an update.
func called(u *vedette.Update) wording.Said {
	title := cmp.Or(u.Situation.Title, u.Content.Title)
	switch {
	case u.State == vedette.UpdateDraft:
		return wording.Of("this draft")
	case u.Number > 0 && title != "":
		return wording.Of("update %d of %s", u.Number, title)
	case u.Number > 0:
		return wording.Of("update %d##the one of that number", u.Number)
	case title != "":
		return wording.AsItIs(title)
	}
	return wording.Of("an update")
}

// named is how many places a text names.
const named = 4

func (f *finder) places(areas []vedette.AreaID) wording.Said {
	var names []wording.Said
	for _, a := range areas[:min(named, len(areas))] {
		names = append(names, wording.Named(f.all[0].g.Called(a)))
	}
	out := wording.Commas(names)
	if more := len(areas) - named; more > 0 {
		return wording.Of("%s and %d more places", out, more)
	}
	return out
}

// quoted is how many bytes of an advice a text quotes at most.
const quoted = 72

// quote gives the first words of an advice.
func quote(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > quoted {
		cut := strings.LastIndexByte(text[:quoted], ' ')
		if cut < 1 {
			cut = strings.IndexByte(text+" ", ' ')
		}
		text = strings.TrimRight(text[:cut], ",;: ") + " …"
	}
	return text
}
