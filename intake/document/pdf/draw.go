package pdf

import "bytes"

// matrix is where a point comes to be: [a b c d e f].
type matrix [6]float64

var unmoved = matrix{1, 0, 0, 1, 0, 0}

// after is m, and then n.
func (m matrix) after(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// state is how text is drawn.
type state struct {
	ctm                           matrix
	font                          *font
	size, char, word, scale, lead float64
	rise                          float64
}

// pen obeys a content stream.
type pen struct {
	r          *reader
	out        *paper
	resources  dict
	s          state
	saved      []state
	text, line matrix
	depth      int
}

// draw draws a page's text onto paper.
func (r *reader) draw(p page, out *paper) {
	var body []byte
	for _, c := range r.list(p.dict["Contents"]) {
		r.step()
		if s, ok := r.get(c).(stream); ok {
			body = append(append(body, r.counted(r.decode(s))...), '\n') // what is not packed counts, too
		}
	}
	pen := pen{r: r, out: out, resources: r.dictOf(p.resources), s: state{ctm: unmoved, scale: 1}}
	pen.obey(body)
}

func (p *pen) obey(body []byte) {
	l := lexer{r: p.r, b: body}
	var held []any
	for {
		v, ok := l.value(0)
		if !ok {
			return
		}
		op, isOp := v.(operator)
		if !isOp {
			if held = append(held, v); len(held) > 100 {
				held = held[50:]
			}
			continue
		}
		if op == "ID" {
			l.picture()
		} else {
			p.do(op, args{p.r, held})
		}
		held = held[:0]
	}
}

// picture passes a picture that stands in the stream.
func (l *lexer) picture() {
	for l.at < len(l.b) {
		i := bytes.Index(l.b[l.at:], []byte("EI"))
		if i < 0 {
			l.at = len(l.b)
			return
		}
		l.at += i + 2
		if i > 0 && white(l.b[l.at-3]) && (l.at == len(l.b) || white(l.b[l.at])) {
			return
		}
	}
}

// args are what stands before an operator.
type args struct {
	r *reader
	v []any
}

// n gives the number that is the i-th of the last so many, 0 where it is none.
func (a args) n(i, of int) float64 {
	if at := len(a.v) - of + i; at >= 0 && at < len(a.v) {
		n, _ := a.v[at].(float64)
		return n
	}
	return 0
}

func (a args) last() any {
	if len(a.v) == 0 {
		return nil
	}
	return a.v[len(a.v)-1]
}

func (a args) matrix() matrix {
	return matrix{a.n(0, 6), a.n(1, 6), a.n(2, 6), a.n(3, 6), a.n(4, 6), a.n(5, 6)}
}

func (p *pen) do(op operator, a args) {
	switch op {
	case "q":
		if p.saved = append(p.saved, p.s); len(p.saved) > 1000 {
			panic(errMuch)
		}
	case "Q":
		if n := len(p.saved); n > 0 {
			p.s, p.saved = p.saved[n-1], p.saved[:n-1]
		}
	case "cm":
		p.s.ctm = a.matrix().after(p.s.ctm)
	case "BT":
		p.text, p.line = unmoved, unmoved
	case "Tf":
		if len(a.v) >= 2 {
			called, _ := a.v[len(a.v)-2].(name)
			p.s.font, p.s.size = p.r.font(p.r.dictOf(p.resources["Font"])[called]), a.n(0, 1)
		}
	case "Tc":
		p.s.char = a.n(0, 1)
	case "Tw":
		p.s.word = a.n(0, 1)
	case "Tz":
		p.s.scale = a.n(0, 1) / 100
	case "TL":
		p.s.lead = a.n(0, 1)
	case "Ts":
		p.s.rise = a.n(0, 1)
	case "Td":
		p.move(a.n(0, 2), a.n(1, 2))
	case "TD":
		p.s.lead = -a.n(1, 2)
		p.move(a.n(0, 2), a.n(1, 2))
	case "Tm":
		p.text = a.matrix()
		p.line = p.text
	case "T*":
		p.move(0, -p.s.lead)
	case "Tj", "'", "\"", "TJ":
		p.show(op, a)
	case "Do":
		if called, ok := a.last().(name); ok {
			p.form(p.r.dictOf(p.resources["XObject"])[called])
		}
	}
}

func (p *pen) move(x, y float64) {
	p.line = matrix{1, 0, 0, 1, x, y}.after(p.line)
	p.text = p.line
}

func (p *pen) show(op operator, a args) {
	if op == "\"" {
		p.s.word, p.s.char = a.n(0, 3), a.n(1, 3)
	}
	if op != "Tj" && op != "TJ" {
		p.move(0, -p.s.lead)
	}
	list, ok := a.last().(array)
	if !ok {
		list = array{a.last()}
	}
	for _, x := range list {
		switch x := x.(type) {
		case float64:
			p.text = matrix{1, 0, 0, 1, -x / 1000 * p.s.size * p.s.scale, 0}.after(p.text)
		case str:
			p.write(x)
		}
	}
}

// write writes a string, sign by sign.
func (p *pen) write(s str) {
	f := p.s.font
	if f == nil {
		f = p.r.newFont(nil)
	}
	for _, c := range f.read(p.r, s) {
		at := matrix{p.s.size * p.s.scale, 0, 0, p.s.size, 0, p.s.rise}.after(p.text).after(p.s.ctm)
		w := c.width/1000*p.s.size + p.s.char
		if c.blank {
			w += p.s.word
		}
		w *= p.s.scale
		p.text = matrix{1, 0, 0, 1, w, 0}.after(p.text)
		end := p.text.after(p.s.ctm)
		p.out.put(c.text, at, end[4], end[5])
	}
}

// form draws what a page uses as a whole: text, not pictures.
func (p *pen) form(v any) {
	s, ok := p.r.get(v).(stream)
	if !ok {
		return
	}
	if p.r.get(s.dict["Subtype"]) != name("Form") {
		p.out.pictures++
		return
	}
	if p.depth > maxDepth {
		return
	}
	inner := pen{r: p.r, out: p.out, resources: p.resources, s: p.s, depth: p.depth + 1}
	if res := p.r.dictOf(s.dict["Resources"]); res != nil {
		inner.resources = res
	}
	if m, ok := p.r.get(s.dict["Matrix"]).(array); ok && len(m) == 6 {
		inner.s.ctm = args{p.r, m}.matrix().after(inner.s.ctm)
	}
	inner.obey(p.r.decode(s))
}
