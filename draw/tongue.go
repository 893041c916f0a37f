package draw

import (
	"fmt"

	"vedette"
)

// Tongue is the language that a map speaks: of its names of places, where the gazetteer has
// them, and of its legend. The zero Tongue is English.
type Tongue struct {
	Language string                          // BCP 47
	Right    bool                            // it is written from right to left
	Levels   [vedette.RiskExtreme + 1]string // what the legend calls a level; "" is the English word
	Untitled string                          // what a map without a title is called; "" is "Map"
}

// called is the name of an area in the map's language.
func (d *drawing) called(id vedette.AreaID) string { return d.g.NameIn(id, d.In.Language) }

// word is a level as the legend says it.
func (t *Tongue) word(r vedette.Risk) string {
	if s := t.Levels[r]; s != "" {
		return s
	}
	return word(r)
}

// rightward says whether a text is read from right to left: by its first letter, as
// browsers do.
func rightward(s string) bool {
	for _, r := range s {
		switch {
		case r >= 0x0590 && r <= 0x08ff, r >= 0xfb1d && r <= 0xfdff, r >= 0xfe70 && r <= 0xfefc:
			return true
		case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r >= 0xc0 && r != 0xd7 && r != 0xf7 && (r < 0x2000 || r > 0x2bff):
			return false
		}
	}
	return false
}

// ends are the anchors by the side of a text that stays where it is, in a text from right
// to left.
var ends = map[string]string{"start": "end", "end": "start", "middle": "middle"}

// text writes a text; anchor is "start" for one whose left edge is at x, whatever it is
// written in, "end" for the right one.
func (d *drawing) text(class string, x, y float64, anchor, s string, right bool) {
	direction := ""
	if right {
		class, anchor, direction = class+" joined", ends[anchor], ` direction="rtl"`
	}
	fmt.Fprintf(&d.b, `<text class="%s" x="%.1f" y="%.1f" text-anchor="%s"%s>%s</text>`, class, x, y, anchor, direction, escape(s))
}
