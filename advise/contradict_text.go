package advise

import (
	"cmp"
	"fmt"
	"strings"

	"vedette"
)

// text puts a contradiction into words: "“Leave Iraq …” (update 2 of Iran
// crisis) beside “Shelter in place …” (this draft), for people in Basra".
func (f *finder) text(c *Contradiction) string {
	return fmt.Sprintf("%s beside %s, for people in %s", f.cite(c.A), f.cite(c.B), f.places(c.Areas))
}

func (f *finder) cite(r Ref) string {
	for _, p := range f.all {
		if u := p.update; u.ID == r.Update {
			return quote(u.Content.Recommendations[r.Group].Advice[r.Item].Text) + " (" + called(u) + ")"
		}
	}
	return ""
}

// called is what the desk calls an update.
func called(u *vedette.Update) string {
	title := cmp.Or(u.Situation.Title, u.Content.Title)
	switch {
	case u.State == vedette.UpdateDraft:
		return "this draft"
	case u.Number > 0 && title != "":
		return fmt.Sprintf("update %d of %s", u.Number, title)
	case u.Number > 0:
		return fmt.Sprintf("update %d", u.Number)
	}
	return cmp.Or(title, "an update")
}

// named is how many places a text names.
const named = 4

func (f *finder) places(areas []vedette.AreaID) string {
	var names []string
	for _, a := range areas[:min(named, len(areas))] {
		names = append(names, f.all[0].g.Name(a))
	}
	out := strings.Join(names, ", ")
	if more := len(areas) - named; more > 0 {
		out += fmt.Sprintf(" and %d more places", more)
	}
	return out
}

// quoted is how many bytes of an advice a text quotes at most.
const quoted = 72

// quote gives the first words of an advice between marks.
func quote(text string) string {
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
