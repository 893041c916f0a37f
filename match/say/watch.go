package say

import (
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/wording"
)

// Watch is a watch in words: its places, and the least it asks for.
func Watch(g *gazetteer.Gazetteer, w *vedette.Watch) wording.Said {
	var places, least []wording.Said
	for i, id := range w.Areas {
		if i == 3 && len(w.Areas) > 4 {
			places = append(places, wording.Of("%d more areas", len(w.Areas)-3))
			break
		}
		places = append(places, wording.Named(The(g, id)))
	}
	if w.Shape != nil {
		places = append(places, Shape(g, w.Shape))
	}
	text := wording.Of("the whole world")
	if len(places) > 0 {
		text = wording.Commas(places)
	}
	if w.Risk != vedette.RiskUnknown {
		least = append(least, wording.Of("risk %s or more", wording.Word(w.Risk.String())))
	}
	if w.Urgency != vedette.UrgencyUnknown {
		least = append(least, wording.Of("urgency %s or more", wording.Word(w.Urgency.String()+"##urgency")))
	}
	if w.Source != vedette.SourceUnknown {
		least = append(least, wording.Of("source %s or better", wording.Word(w.Source.String())))
	}
	if c := categories(w.Categories); !c.Nothing() {
		least = append(least, c)
	}
	if len(least) == 0 {
		return text
	}
	return wording.Of("%s (%s)", text, wording.Commas(least))
}

// categories are what a watch asks for, any of them.
func categories(list []string) (all wording.Said) {
	for i, c := range list {
		one := wording.Word(strings.ReplaceAll(c, "_", " "))
		if i == 0 {
			all = one
			continue
		}
		all = wording.Of("%s or %s##in a list", all, one)
	}
	return all
}
