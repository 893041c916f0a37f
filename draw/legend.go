package draw

import (
	"fmt"
	"strings"

	"vedette"
)

// Measures of the legend in pixels.
const (
	legendRow    = 22.0
	legendSwatch = 28.0
	legendPad    = 10.0
	legendSize   = 13.0
)

// legendBox is where the legend stands: the left lower corner, the right one in a language
// that is written from there.
func (d *drawing) legendBox() (box, []string) {
	if len(d.levels) == 0 || d.NoLegend {
		return box{}, nil
	}
	rows := make([]string, len(d.levels))
	width := 0.0
	for i, r := range d.levels {
		rows[i] = d.In.word(r)
		if names := d.namesOf(r); names != "" {
			rows[i] += " · " + names
		}
		rows[i] = short(rows[i])
		width = max(width, textWidth(rows[i], legendSize))
	}
	width = min(width+legendSwatch+3*legendPad, float64(d.Width)-16)
	height := float64(len(rows))*legendRow + legendPad
	top := float64(d.Height) - height - 8
	left := 8.0
	if d.In.Right {
		left = float64(d.Width) - width - 8
	}
	return box{left, top, left + width, top + height}, rows
}

// word is a level as the legend says it in English.
func word(r vedette.Risk) string {
	if r == vedette.RiskUnknown {
		return "Risk not given"
	}
	s := r.String()
	return strings.ToUpper(s[:1]) + s[1:]
}

// namesOf gives the labels of the fills of a level.
func (d *drawing) namesOf(r vedette.Risk) string {
	var names []string
	for _, f := range d.Fills {
		if _, ok := d.g.Area(f.Area); !ok || f.Risk != r {
			continue
		}
		if f.Label != "" {
			names = append(names, f.Label)
		} else {
			names = append(names, d.called(f.Area))
		}
	}
	for _, g := range d.rings {
		if g.risk == r && g.name != "" {
			names = append(names, g.name)
		}
	}
	return strings.Join(names, ", ")
}

// reserveLegend keeps labels out of the legend's place.
func (d *drawing) reserveLegend() {
	if b, rows := d.legendBox(); rows != nil {
		d.boxes = append(d.boxes, b)
	}
}

// legend says in words what the hatches mean.
func (d *drawing) legend() {
	b, rows := d.legendBox()
	if rows == nil {
		return
	}
	d.b.WriteString(`<g class="legend">` + "\n")
	fmt.Fprintf(&d.b, `<rect class="legend-ground" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="6"/>`+"\n", b.x0, b.y0, b.x1-b.x0, b.y1-b.y0)
	for i, r := range d.levels {
		y := b.y0 + legendPad/2 + float64(i)*legendRow
		swatch, text, edge := b.x0+legendPad, b.x0+2*legendPad+legendSwatch, "start"
		if d.In.Right {
			swatch, text, edge = b.x1-legendPad-legendSwatch, b.x1-2*legendPad-legendSwatch, "end"
		}
		fmt.Fprintf(&d.b, `<rect class="fill-%s" fill="url(#%s-%s)" x="%.1f" y="%.1f" width="%.0f" height="14"/>`, r, d.id, r, swatch, y+4, legendSwatch)
		d.text("legend-label", text, y+15.5, edge, rows[i], d.In.Right)
		d.b.WriteByte('\n')
	}
	d.b.WriteString("</g>\n")
}
