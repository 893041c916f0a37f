package parse

import (
	"slices"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse/layout"
	"vedette/parse/page"
)

// Heading is what the heading of a group of advice says of all that stands under it.
type Heading struct {
	Areas     []vedette.Place // that it names; none where it names none
	Except    []vedette.Place // that it leaves out
	Condition string          // all of it, where it is one: "In the event of strikes"
	Audience  string          // "US citizens" of "For US citizens"
	Doubts    []vedette.Finding
}

// ReadHeading reads a heading by itself, as one of what affects some areas. That it is no
// place at all is no doubt: it is words.
func ReadHeading(g *gazetteer.Gazetteer, heading string, affected []vedette.Place) Heading {
	r := newReader(g, page.Page{}, Options{})
	r.out.Affected = affected
	for _, a := range affected {
		if a.Area != "" {
			r.finder.Context = append(r.finder.Context, a.Area)
		}
	}
	in := r.group(&layout.Block{Kind: layout.Item, Section: layout.Advice, Group: heading})
	out := Heading{Except: in.except, Condition: in.condition, Audience: in.audience, Doubts: r.out.Findings}
	if in.named {
		out.Areas = in.areas
	}
	if _, rest := leftOut(heading); rest == "" {
		out.Doubts = slices.DeleteFunc(out.Doubts, func(f vedette.Finding) bool { return f.Code == vedette.FindUnknownPlace })
	}
	return out
}
