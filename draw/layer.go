package draw

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer"
)

// A map that many look at comes in two layers, one over the other: the ground, a file of
// its own that a browser keeps, and what is over it, in the page.

// Ground draws sea, land, fills, disputes and shapes as a document of its own, in the
// light colours or the dark. It has no style rules, so that it is shown under any
// content policy, and no words.
func (m Map) Ground(g *gazetteer.Gazetteer, dark bool) []byte {
	d := m.begun(g)
	d.fine = d.view.scale > finePixels
	d.id = d.name()
	fmt.Fprintf(&d.b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d">`+"\n", d.Width, d.Height, d.Width, d.Height)
	d.defs()
	d.ground()
	d.b.WriteString("</svg>\n")
	return painted(d.b.Bytes(), dark)
}

// Over draws what lies over the ground: pins, marks and names, for a page that has the
// rules of CSS. Names keep clear of each other, and there is no legend.
func (m Map) Over(g *gazetteer.Gazetteer) []byte {
	m.NoLegend = true
	d := m.begun(g)
	d.id = d.name()
	role := "img"
	if slices.ContainsFunc(d.Pins, func(p Pin) bool { return p.Link != "" }) {
		role = "group" // within an image nothing may be pressed
	}
	fmt.Fprintf(&d.b, `<svg xmlns="http://www.w3.org/2000/svg" class="map over" role="%s" direction="ltr" viewBox="0 0 %d %d" aria-labelledby="%s-title %s-desc">`+"\n", role, d.Width, d.Height, d.id, d.id)
	fmt.Fprintf(&d.b, "<title id=\"%s-title\">%s</title>\n<desc id=\"%s-desc\">%s</desc>\n", d.id, escape(cmp.Or(d.Title, d.In.Untitled, "Map")), d.id, escape(d.Desc))
	d.labels()
	d.b.WriteString("</svg>\n")
	return d.b.Bytes()
}

// Hatches gives the hatches of some levels for the key of a page that shows a ground: the
// id of each begins with prefix and ends with its level.
func Hatches(prefix string, levels []vedette.Risk) []byte {
	var b bytes.Buffer
	b.WriteString(`<svg class="map hatches" width="0" height="0" aria-hidden="true"><defs>`)
	for _, r := range levels {
		fmt.Fprintf(&b, `<pattern id="%s-%s" %s</pattern>`, prefix, r, hatches[r])
	}
	b.WriteString("</defs></svg>")
	return b.Bytes()
}

var (
	classes = regexp.MustCompile(` ?class="([^"]*)"`)
	hatched = regexp.MustCompile(`class="hatch hatch-([a-z]+)".*`)
	simple  = regexp.MustCompile(`^\.map \.([a-z-]+)$`)
)

// painted puts colours and lines in the place of classes, by the rules of the house.
func painted(svg []byte, dark bool) []byte {
	looks := looksOf(dark)
	svg = hatched.ReplaceAllFunc(svg, func(line []byte) []byte {
		level := string(hatched.FindSubmatch(line)[1])
		return []byte(strings.NewReplacer(`class="tint"`, `class="tint in-`+level+`"`, `class="dot"`, `class="in-`+level+`"`, `class="line"`, `class="line-`+level+`"`).Replace(string(line)))
	})
	return classes.ReplaceAllFunc(svg, func(at []byte) []byte {
		var b strings.Builder
		for _, class := range strings.Fields(string(classes.FindSubmatch(at)[1])) {
			b.WriteString(looks[class])
		}
		return []byte(b.String())
	})
}

// looksOf gives the attributes of each class.
func looksOf(dark bool) map[string]string {
	out := map[string]string{}
	text := fillIn(func(name string) string {
		for _, c := range colours {
			if c.name == name && dark {
				return c.dark
			} else if c.name == name {
				return c.light
			}
		}
		return ""
	})
	for line := range strings.Lines(text) {
		selector, body, _ := strings.Cut(strings.TrimSpace(line), "{")
		if m := simple.FindStringSubmatch(selector); m != nil {
			out[m[1]] = attributes(strings.TrimSuffix(body, "}"))
		}
	}
	for _, level := range levelNames {
		colour := strings.TrimPrefix(strings.Fields(out["pin-"+level])[0], "fill=")
		out["in-"+level] = " fill=" + colour
		width := "1"
		if level == "moderate" {
			width = "1.3"
		}
		out["line-"+level] = ` fill="none" stroke=` + colour + ` stroke-width="` + width + `"`
	}
	return out
}

// attributes writes declarations as attributes.
func attributes(body string) string {
	var b strings.Builder
	for d := range strings.SplitSeq(body, ";") {
		if name, value, ok := strings.Cut(d, ":"); ok {
			fmt.Fprintf(&b, ` %s="%s"`, name, escape(value))
		}
	}
	return b.String()
}
