package paper

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/go-text/typesetting/di"

	"vedette"
)

// Picture puts a map on the page that draw made to stand alone, as wide as the column at
// most, and no higher than given, in points, and under it what its hatches mean. It knows
// what draw writes, and no other SVG: what it does not know is an error, so that no part of
// a map is left out in silence.
func (s *Sheet) Picture(svg []byte, height float64, key ...Key) error {
	p := &picture{s: s, rules: map[string]style{}, hatched: map[string]string{}}
	err := p.read(svg, height, float64(len(key))*(looks[Small].line+looks[Small].before))
	for i := range key {
		if err == nil {
			err = p.explain(&key[i])
		}
	}
	if err != nil {
		return vedette.Errorf(vedette.CodeInternal, "the map cannot be put on paper: %v", err)
	}
	return nil
}

// Key says under a map what one of its hatches means.
type Key struct {
	Level string // of the hatch: "extreme"
	Says  string
}

// The size of a hatch in a key, and how far it sets its words in, in points.
const swatchWide, swatchHigh, swatchRoom = 20.0, 9.0, 28.0

// explain sets a line of the key, a piece of the hatch before it.
func (p *picture) explain(k *Key) (err error) {
	p.s.set(Small, &mark{swatchRoom, func(edge, foot float64, dir di.Direction) {
		if dir == di.DirectionRTL {
			edge -= swatchWide
		}
		err = p.swatch(k.Level, box{edge, foot - swatchHigh + 1, edge + swatchWide, foot + 1})
	}}, p.s.own(), []Span{{Text: k.Says}})
	return err
}

// swatch draws a piece of a hatch on the page.
func (p *picture) swatch(level string, b box) error {
	look, pdf := p.rules["fill-"+level], p.s.pdf
	frame := func() (box, error) {
		pdf.MoveTo(b.x0, b.y0)
		pdf.LineTo(b.x1, b.y0)
		pdf.LineTo(b.x1, b.y1)
		pdf.LineTo(b.x0, b.y1)
		pdf.ClosePath()
		return b, nil
	}
	p.x, p.y, p.w, p.h = b.x0, b.y0, (b.x1-b.x0)/p.scale, (b.y1-b.y0)/p.scale // hatches are drawn within the picture
	if err := p.hatch(level, frame); err != nil {
		return err
	}
	if edge, ok := colour(look["stroke"]); ok {
		pdf.SetDrawColor(edge[0], edge[1], edge[2])
		pdf.SetLineWidth(.8)
		frame()
		pdf.DrawPath("D")
	}
	return nil
}

// picture is a map on its way to the page.
type picture struct {
	s       *Sheet
	rules   map[string]style  // by class
	hatched map[string]string // id of a pattern → its level
	x, y    float64           // of its corner on the page
	scale   float64
	w, h    float64 // of the map, in its own units
}

// style is what a rule says, property by property.
type style map[string]string

// node is an element.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Nodes   []node     `xml:",any"`
}

func (n *node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (n *node) number(name string) float64 {
	f, _ := strconv.ParseFloat(n.attr(name), 64)
	return f
}

// read draws the map where it has room with so much under it.
func (p *picture) read(svg []byte, height, under float64) error {
	var root node
	d := xml.NewDecoder(bytes.NewReader(svg))
	if err := d.Decode(&root); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	p.w, p.h = root.number("width"), root.number("height")
	if p.w <= 0 || p.h <= 0 {
		return errors.New("it has no size")
	}
	p.scale = min(column/p.w, height/p.h)
	p.s.room(p.h*p.scale + 12 + under)
	p.x, p.y = side, p.s.y+8
	if p.s.about.Right {
		p.x += column - p.w*p.scale
	}
	p.s.y += p.h*p.scale + 12
	for i := range root.Nodes {
		if err := p.node(&root.Nodes[i]); err != nil {
			return err
		}
	}
	return nil
}

func (p *picture) node(n *node) error {
	switch n.XMLName.Local {
	case "title", "desc":
	case "style":
		p.learn(n.Text)
	case "defs":
		for i := range n.Nodes {
			if of := &n.Nodes[i]; of.XMLName.Local == "pattern" {
				_, level, _ := strings.Cut(of.attr("class"), "hatch-")
				p.hatched["url(#"+of.attr("id")+")"] = level
			}
		}
	case "g":
		return p.group(n)
	case "path":
		return p.shape(n, func() (box, error) { return p.path(n.attr("d")) })
	case "rect":
		return p.shape(n, func() (box, error) { return p.rect(n), nil })
	case "circle":
		return p.shape(n, func() (box, error) { return p.circle(n), nil })
	case "text":
		p.text(n)
	default:
		return errors.New("unknown element " + n.XMLName.Local)
	}
	return nil
}

// group draws what is in it; the ground of a map is cut off at its edges.
func (p *picture) group(n *node) error {
	if n.attr("clip-path") != "" {
		p.s.pdf.ClipRect(p.x, p.y, p.w*p.scale, p.h*p.scale, false)
		defer p.s.pdf.ClipEnd()
	}
	for i := range n.Nodes {
		if err := p.node(&n.Nodes[i]); err != nil {
			return err
		}
	}
	return nil
}

// learn reads the rules that stand in the map: ".map .a .b,.map .c{x:y;…}", by the
// classes or elements after the first.
func (p *picture) learn(css string) {
	for rule := range strings.SplitSeq(css, "}") {
		names, body, ok := strings.Cut(rule, "{")
		if !ok {
			continue
		}
		for name := range strings.SplitSeq(names, ",") {
			parts := strings.Fields(strings.ReplaceAll(name, ".", ""))
			if len(parts) < 2 {
				continue
			}
			key := strings.Join(parts[1:], " ")
			if p.rules[key] == nil {
				p.rules[key] = style{}
			}
			for decl := range strings.SplitSeq(body, ";") {
				if prop, value, ok := strings.Cut(decl, ":"); ok {
					p.rules[key][strings.TrimSpace(prop)] = strings.TrimSpace(value)
				}
			}
		}
	}
}

// looks are the rules that hold for an element, later ones over earlier.
func (p *picture) looks(n *node, within ...string) style {
	out := style{}
	for _, key := range append(append([]string{n.XMLName.Local}, within...), strings.Fields(n.attr("class"))...) {
		for prop, value := range p.rules[key] {
			out[prop] = value
		}
	}
	return out
}

// shape fills and strokes what draw adds to the path.
func (p *picture) shape(n *node, draw func() (box, error)) error {
	look, pdf := p.looks(n), p.s.pdf
	if level, ok := p.hatched[n.attr("fill")]; ok {
		if err := p.hatch(level, draw); err != nil {
			return err
		}
		look["fill"] = "none"
	}
	fill, filled := colour(look["fill"])
	stroke, stroked := colour(look["stroke"])
	if filled {
		pdf.SetFillColor(fill[0], fill[1], fill[2])
	}
	if stroked {
		pdf.SetDrawColor(stroke[0], stroke[1], stroke[2])
		pdf.SetLineWidth(number(look["stroke-width"], 1) * p.scale)
		pdf.SetDashPattern(dashes(look["stroke-dasharray"], p.scale), 0)
	}
	ways := []string{"F*", "D"}
	if look["paint-order"] == "stroke" {
		slices.Reverse(ways)
	}
	for _, way := range ways {
		if way == "D" && !stroked || way == "F*" && !filled {
			continue
		}
		if _, err := draw(); err != nil {
			return err
		}
		pdf.DrawPath(way)
	}
	pdf.SetDashPattern(nil, 0)
	return nil
}

// hatches are how the lines of a level lie: the degrees they turn by, how far they are
// apart, and whether others cross them. They are those of package draw.
var hatches = map[string]struct {
	turned, apart float64
	crossed       bool
}{"moderate": {-45, 12, false}, "high": {45, 6, false}, "extreme": {45, 8, true}}

// hatch fills a shape as a level is filled: a tint, and lines over it, or dots where the
// risk is not known.
func (p *picture) hatch(level string, draw func() (box, error)) error {
	pdf := p.s.pdf
	key := "hatch-" + level
	tint, ok := colour(p.rules[key+" tint"]["fill"])
	if !ok {
		return errors.New("unknown hatch " + level)
	}
	pdf.RawWriteStr("q")
	defer pdf.RawWriteStr("Q")
	b, err := draw()
	if err != nil {
		return err
	}
	pdf.RawWriteStr("W* n")
	pdf.SetAlpha(number(p.rules["tint"]["opacity"], .14), "Normal")
	pdf.SetFillColor(tint[0], tint[1], tint[2])
	pdf.Rect(b.x0, b.y0, b.x1-b.x0, b.y1-b.y0, "F")
	pdf.SetAlpha(1, "Normal")
	if level == vedette.RiskUnknown.String() {
		p.dots(b)
		return nil
	}
	if h, ok := hatches[level]; ok {
		pdf.SetDrawColor(tint[0], tint[1], tint[2])
		pdf.SetLineWidth(number(p.rules[key+" line"]["stroke-width"], 1) * p.scale)
		p.lines(b, h.turned, h.apart*p.scale)
		if h.crossed {
			p.lines(b, h.turned+90, h.apart*p.scale)
		}
	}
	return nil
}

// text writes a label, over a halo where its letters are set one by one.
func (p *picture) text(n *node) {
	look := p.looks(n)
	size := number(strings.TrimSuffix(look["font-size"], "px"), 13) * p.scale
	runes, bold := joined([]Span{{n.Text, look["font-weight"] == "600"}}, false)
	if len(runes) == 0 {
		return
	}
	dir, right := di.DirectionLTR, n.attr("direction") == "rtl"
	if right {
		dir = di.DirectionRTL
	}
	line := p.s.lines(runes, bold, size, 10*column, dir)[0]
	x, y := p.at(n.number("x"), n.number("y"))
	switch anchor := n.attr("text-anchor"); {
	case anchor == "middle":
		x -= advance(line) / 2
	case (anchor == "end") != right: // the edge that is named is the right one
		x -= advance(line)
	}
	if halo, ok := colour(look["stroke"]); ok {
		p.s.pdf.SetDrawColor(halo[0], halo[1], halo[2])
		p.s.pdf.SetTextColor(halo[0], halo[1], halo[2])
		p.s.pdf.SetFillColor(halo[0], halo[1], halo[2])
		p.s.halo = number(look["stroke-width"], 3) * p.scale
		p.s.pdf.SetLineWidth(p.s.halo)
		p.s.pdf.RawWriteStr("/Artifact BMC 1 j 1 Tr")
		p.s.draw(runes, line, size, x, y)
		p.s.pdf.RawWriteStr("0 Tr EMC")
		p.s.halo = 0
	}
	ink, _ := colour(look["fill"])
	p.s.pdf.SetTextColor(ink[0], ink[1], ink[2])
	p.s.pdf.SetFillColor(ink[0], ink[1], ink[2])
	p.s.draw(runes, line, size, x, y)
}

// at is a point of the map on the page.
func (p *picture) at(x, y float64) (float64, float64) { return p.x + x*p.scale, p.y + y*p.scale }

// colour reads "#rrggbb".
func colour(s string) (out [3]int, ok bool) {
	n, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 32)
	if err != nil || len(s) != 7 {
		return out, false
	}
	return [3]int{int(n >> 16), int(n >> 8 & 0xff), int(n & 0xff)}, true
}

func number(s string, or float64) float64 {
	if f, err := strconv.ParseFloat(s, 64); err == nil {
		return f
	}
	return or
}

func dashes(s string, scale float64) (out []float64) {
	for f := range strings.FieldsSeq(s) {
		out = append(out, number(f, 1)*scale)
	}
	return out
}
