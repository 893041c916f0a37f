package draw

import (
	"fmt"
	"strings"
)

// palette is a theme's colours by name.
type palette []struct{ name, light, dark string }

// colours are the tokens of the house.
var colours = palette{
	{"sea", "#e0eaf3", "#1b2733"},
	{"land", "#f2efe6", "#2a2d2b"},
	{"border", "#b9b5a8", "#565c58"},
	{"ground", "#fbfbf9", "#14171a"},
	{"ink", "#14202b", "#e7ebee"},
	{"muted", "#5d645f", "#a3aaa5"},
	{"line", "#d9dcd6", "#333a40"},
	{"water", "#0b57a4", "#8fc1ff"},
	{"unknown", "#5d645f", "#a3aaa5"},
	{"low", "#1f6f6b", "#6fc7c1"},
	{"moderate", "#8a5a00", "#e8b44a"},
	{"high", "#b3410e", "#ff9a62"},
	{"extreme", "#9b0f3d", "#ff7fa3"},
}

// levels are the names of the risk levels as classes have them.
var levelNames = []string{"unknown", "low", "moderate", "high", "extreme"}

// rules are the style rules; $name stands for a colour.
const rules = `.map .sea{fill:$sea}
.map .land{fill:$land}
.map .border{stroke:$border;stroke-width:.7;stroke-linejoin:round}
.map .disputed{fill:none;stroke:$muted;stroke-width:.9;stroke-dasharray:3 2.5}
.map .drawn{stroke-width:2;stroke-dasharray:7 3}
.map .tint{opacity:.14}
.map .hatch .line{fill:none;stroke-width:1}
.map .hatch-moderate .line{stroke-width:1.3}
.map text{font-family:system-ui,"Noto Sans","DejaVu Sans",sans-serif;font-size:13px;fill:$ink;stroke:$land;stroke-width:3.4;stroke-opacity:.92;stroke-linejoin:round;paint-order:stroke}
.map .city{fill:$ink;stroke:$land;stroke-width:1.6;paint-order:stroke}
.map .mark{fill:$ink;stroke:$ground;stroke-width:1.2}
.map .mark-alert{fill:none;stroke:$ink;stroke-width:2}
.map .mark-label{font-weight:600}
.map .lead{fill:none;stroke:$ink;stroke-width:1}
.map .pin-no{fill:$ground;stroke:none;font-size:11px;font-weight:700}
.map .pin a{cursor:pointer}
.map .sea-label{fill:$water;stroke:$sea;font-style:italic}
.map .country-label{fill:$muted;font-size:11px;letter-spacing:.06em}
.map .joined{letter-spacing:0;font-style:normal}
.map .legend-ground{fill:$ground;stroke:$line;fill-opacity:.94}
.map .legend-label{stroke:none}
`

// levelRules are the rules of one risk level; $level stands for its name.
const levelRules = `.map .fill-$level{stroke:$colour;stroke-width:1.3;stroke-linejoin:round}
.map .pin-$level{fill:$colour;stroke:$ground;stroke-width:1.5}
.map .hatch-$level .tint,.map .hatch-$level .dot{fill:$colour}
.map .hatch-$level .line{stroke:$colour}
`

// CSS gives the rules for maps inlined in a page, light and dark: the reader's
// setting decides, and a data-theme of "light" or "dark" on an element around
// the map overrides it.
func CSS() string {
	light, dark := variables(func(i int) string { return colours[i].light }), variables(func(i int) string { return colours[i].dark })
	return fmt.Sprintf(".map{%s}\n@media (prefers-color-scheme:dark){.map{%s}}\n[data-theme=light] .map{%s}\n[data-theme=dark] .map{%s}\n", light, dark, light, dark) +
		fillIn(func(name string) string { return "var(--map-" + name + ")" })
}

// variables declares a theme's custom properties.
func variables(value func(i int) string) string {
	var b strings.Builder
	for i, c := range colours {
		fmt.Fprintf(&b, "--map-%s:%s;", c.name, value(i))
	}
	return b.String()
}

// standaloneCSS gives the rules with the light colours in them.
func standaloneCSS() string {
	return fillIn(func(name string) string {
		for _, c := range colours {
			if c.name == name {
				return c.light
			}
		}
		return ""
	})
}

// fillIn puts the colours into the rules.
func fillIn(colour func(name string) string) string {
	all := rules
	for _, level := range levelNames {
		all += strings.NewReplacer("$level", level, "$colour", "$"+level).Replace(levelRules)
	}
	var pairs []string
	for _, c := range colours {
		pairs = append(pairs, "$"+c.name, colour(c.name))
	}
	return strings.NewReplacer(pairs...).Replace(all)
}
