package parse

import (
	"slices"

	"vedette"
	"vedette/parse/layout"
	"vedette/parse/place"
)

// setTitle puts the title into the reading.
func (r *reader) setTitle() {
	b, ok := r.layout.Title()
	if !ok {
		return
	}
	n := layout.ReadTitle(r.t, b.Text)
	r.out.Title, r.out.Kind, r.out.Headline, r.out.CallToAction = b.Text, n.Kind, n.Headline, n.Call
	if n.Update >= 0 {
		r.out.UpdateNumber = &n.Update
	}
	if n.Kind == vedette.KindUnknown {
		r.find(vedette.FindNoTitleType, b.Lines, false, "the title names no type of report")
	}
}

func (r *reader) titleLines() vedette.Lines {
	b, _ := r.layout.Title()
	return b.Lines
}

// affected reads the affected area of the panel; where there is none, the area
// the title names.
func (r *reader) affected() {
	value, lines, given := "", vedette.Lines{}, false
	for _, b := range r.layout.Blocks {
		if b.Kind == layout.Field && b.Label == "affected" && !isBlankValue(b.Text) {
			value, lines, given = b.Text, b.Lines, true
			break
		}
	}
	if name := layout.ReadTitle(r.t, r.out.Title).Area; name != "" {
		for _, p := range r.finder.Named(name) {
			r.finder.Context = append(r.finder.Context, p.Area)
		}
		if !given {
			value, lines = name, r.titleLines()
		}
	}
	if value == "" || !given && len(r.finder.Context) == 0 {
		return
	}
	var doubts []place.Doubt
	r.out.Affected, doubts = r.finder.Read(value)
	for _, d := range doubts {
		r.find(d.Code, lines, true, "%s", d.Message)
	}
	var ids []vedette.AreaID
	for _, p := range r.out.Affected { // what is doubted tells of no other place where it lies
		if !slices.ContainsFunc(doubts, func(d place.Doubt) bool { return d.Area == p.Area }) {
			ids = append(ids, p.Area)
		}
	}
	r.finder.Context = append(ids, r.finder.Context...)
	r.finder.Context = slices.DeleteFunc(r.finder.Context, func(a vedette.AreaID) bool { return a == "" })
}
