package paper

import (
	"errors"
	"math"
	"strconv"
)

// box is how far something spreads on the page.
type box struct{ x0, y0, x1, y1 float64 }

func (b *box) hold(x, y float64) {
	b.x0, b.y0, b.x1, b.y1 = min(b.x0, x), min(b.y0, y), max(b.x1, x), max(b.y1, y)
}

func noBox() box {
	return box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
}

// path adds what an attribute d says: moves, lines and closes, as draw writes them.
func (p *picture) path(d string) (b box, err error) {
	b = noBox()
	var x, y, x0, y0 float64 // where the pen is, and where its figure began
	command, rest := byte(0), d
	for {
		rest = skip(rest)
		if rest == "" {
			return b, nil
		}
		if c := rest[0]; c >= 'A' {
			command, rest = c, rest[1:]
			if c == 'z' || c == 'Z' {
				p.s.pdf.ClosePath()
				x, y = x0, y0
			}
			continue
		}
		var v [2]float64
		n := 2
		if command == 'h' || command == 'H' || command == 'v' || command == 'V' {
			n = 1
		}
		for i := range n {
			if v[i], rest, err = next(rest); err != nil {
				return b, err
			}
		}
		switch command {
		case 'M', 'L':
			x, y = v[0], v[1]
		case 'm', 'l':
			x, y = x+v[0], y+v[1]
		case 'H':
			x = v[0]
		case 'h':
			x += v[0]
		case 'V':
			y = v[0]
		case 'v':
			y += v[0]
		default:
			return b, errors.New("unknown command " + strconv.Quote(string(command)) + " in a path")
		}
		px, py := p.at(x, y)
		b.hold(px, py)
		if command == 'M' || command == 'm' {
			p.s.pdf.MoveTo(px, py)
			x0, y0 = x, y
			command-- // what follows are lines: L, l
		} else {
			p.s.pdf.LineTo(px, py)
		}
	}
}

func skip(s string) string {
	for s != "" && (s[0] == ' ' || s[0] == ',' || s[0] == '\n') {
		s = s[1:]
	}
	return s
}

// next reads a number off the beginning.
func next(s string) (float64, string, error) {
	s = skip(s)
	n := 0
	for n < len(s) && (s[n] >= '0' && s[n] <= '9' || s[n] == '.' || s[n] == '-' && n == 0) {
		n++
	}
	f, err := strconv.ParseFloat(s[:n], 64)
	return f, s[n:], err
}

func (p *picture) rect(n *node) box {
	x, y := p.at(n.number("x"), n.number("y"))
	w, h := n.number("width")*p.scale, n.number("height")*p.scale
	p.s.pdf.MoveTo(x, y)
	p.s.pdf.LineTo(x+w, y)
	p.s.pdf.LineTo(x+w, y+h)
	p.s.pdf.LineTo(x, y+h)
	p.s.pdf.ClosePath()
	return box{x, y, x + w, y + h}
}

// circle adds a circle as four curves.
func (p *picture) circle(n *node) box {
	const k = 0.5523 // how far the points of a quarter's curve lie out, of its radius
	x, y := p.at(n.number("cx"), n.number("cy"))
	r := n.number("r") * p.scale
	p.s.pdf.MoveTo(x+r, y)
	for _, q := range [][2]float64{{1, 0}, {0, 1}, {-1, 0}, {0, -1}} {
		c, s := q[0], q[1]
		p.s.pdf.CurveBezierCubicTo(x+r*(c-s*k), y+r*(s+c*k), x+r*(c*k-s), y+r*(s*k+c), x-r*s, y+r*c)
	}
	p.s.pdf.ClosePath()
	return box{x - r, y - r, x + r, y + r}
}

// lines draws parallel lines over a box, turned about the page's corner, so that those
// of neighbours meet.
func (p *picture) lines(b box, degrees, apart float64) {
	if b.x1 < b.x0 || apart <= 0 {
		return
	}
	b = b.within(box{p.x, p.y, p.x + p.w*p.scale, p.y + p.h*p.scale})
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	from, to := math.Inf(1), math.Inf(-1)
	along0, along1 := math.Inf(1), math.Inf(-1)
	for _, c := range [][2]float64{{b.x0, b.y0}, {b.x1, b.y0}, {b.x0, b.y1}, {b.x1, b.y1}} {
		across, along := -c[0]*sin+c[1]*cos, c[0]*cos+c[1]*sin
		from, to = min(from, across), max(to, across)
		along0, along1 = min(along0, along), max(along1, along)
	}
	for a := math.Ceil(from/apart) * apart; a <= to; a += apart {
		p.s.pdf.Line(along0*cos-a*sin, along0*sin+a*cos, along1*cos-a*sin, along1*sin+a*cos)
	}
}

// dots puts dots over a box.
func (p *picture) dots(b box) {
	b = b.within(box{p.x, p.y, p.x + p.w*p.scale, p.y + p.h*p.scale})
	apart := 8 * p.scale
	for y := math.Ceil(b.y0/apart) * apart; y <= b.y1; y += apart {
		for x := math.Ceil(b.x0/apart) * apart; x <= b.x1; x += apart {
			p.s.pdf.Circle(x, y, p.scale, "F")
		}
	}
}

func (b box) within(o box) box {
	return box{max(b.x0, o.x0), max(b.y0, o.y0), min(b.x1, o.x1), min(b.y1, o.y1)}
}
