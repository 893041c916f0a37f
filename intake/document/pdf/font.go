package pdf

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// font says what the bytes of a string are, and how wide.
type font struct {
	wide    int // bytes of a code: 1, or 2 of a composite font; 0 where codes tells
	codes   *cmap
	letters [256]string // of a simple font, "" where it is not known
	utf16   bool
	widths  map[int]float64 // thousandths
	width   float64         // of what widths does not have
}

// unknown stands where a font does not say which letter a sign is.
const unknown = "\ufffd"

// font gives the font that resources name.
func (r *reader) font(v any) *font {
	key, _ := v.(ref)
	if f := r.fonts[key]; f != nil && key != (ref{}) {
		return f
	}
	f := r.newFont(r.dictOf(v))
	if key != (ref{}) {
		r.fonts[key] = f
	}
	return f
}

func (r *reader) newFont(d dict) *font {
	f := &font{wide: 1, widths: map[int]float64{}, width: 500}
	if d == nil { // no such font: nothing says which letters they are
		return f
	}
	if s, ok := r.get(d["ToUnicode"]).(stream); ok {
		f.codes = r.cmap(r.decode(s))
	}
	if d["Subtype"] == name("Type0") {
		r.composite(f, d)
		return f
	}
	r.encode(f, d)
	first := int(r.number(d["FirstChar"], 0))
	widths, _ := r.get(d["Widths"]).(array)
	for i, w := range widths {
		r.entry()
		f.widths[first+i] = r.number(w, 0)
	}
	if len(widths) > 0 {
		f.width = r.number(r.dictOf(d["FontDescriptor"])["MissingWidth"], 0)
	}
	if d["Subtype"] == name("Type3") { // its widths are in units of its own
		m, _ := r.get(d["FontMatrix"]).(array)
		if len(m) == 6 {
			for c := range f.widths {
				f.widths[c] *= r.number(m[0], .001) * 1000
			}
		}
	}
	return f
}

// composite reads a font whose codes take two bytes.
func (r *reader) composite(f *font, d dict) {
	f.wide, f.width = 2, 1000
	if n, ok := r.get(d["Encoding"]).(name); ok {
		f.utf16 = strings.Contains(string(n), "UCS2") || strings.Contains(string(n), "UTF16")
	}
	below := r.list(d["DescendantFonts"])
	if len(below) == 0 {
		return
	}
	b := r.dictOf(below[0])
	f.width = r.number(b["DW"], 1000)
	w, _ := r.get(b["W"]).(array)
	for i := 0; i+1 < len(w); {
		r.step()
		from := int(r.number(w[i], 0))
		if list, ok := r.get(w[i+1]).(array); ok {
			for j, x := range list {
				r.entry()
				f.widths[from+j] = r.number(x, 0)
			}
			i += 2
			continue
		}
		if i+2 >= len(w) {
			return
		}
		for c := from; c <= min(int(r.number(w[i+1], 0)), 1<<16); c++ {
			r.entry()
			f.widths[c] = r.number(w[i+2], 0)
		}
		i += 3
	}
}

// encode reads which letters the bytes of a simple font are: by its encoding and what
// differs from that. A font that brings its own signs and names none of them is left
// unknown.
func (r *reader) encode(f *font, d dict) {
	descriptor := r.dictOf(d["FontDescriptor"])
	base, differences := r.get(d["Encoding"]), array(nil)
	if e, ok := base.(dict); ok {
		base = r.get(e["BaseEncoding"])
		differences, _ = r.get(e["Differences"]).(array)
	}
	embedded := descriptor["FontFile"] != nil || descriptor["FontFile2"] != nil || descriptor["FontFile3"] != nil || d["Subtype"] == name("Type3")
	symbolic := int(r.number(descriptor["Flags"], 0))&4 != 0
	called, _ := r.get(d["BaseFont"]).(name)
	switch {
	case base == name("WinAnsiEncoding"):
		f.by(charmap.Windows1252)
	case base == name("MacRomanEncoding"):
		f.by(charmap.Macintosh)
	case base == name("StandardEncoding"), base == nil && !(embedded && symbolic) && !(d["Subtype"] == name("Type3")) && !signs(string(called)):
		f.standard()
	}
	if signs(string(called)) {
		f.letters[' '], f.letters[0xb7], f.letters['l'], f.letters['n'] = " ", "•", "•", "•"
	}
	code := 0
	for _, x := range differences {
		r.step()
		switch x := r.get(x).(type) {
		case float64:
			code = int(x)
		case name:
			if code >= 0 && code < 256 {
				f.letters[code] = glyph(string(x))
			}
			code++
		}
	}
}

// signs says whether a font is of signs alone, of which we know bullets.
func signs(called string) bool {
	return strings.Contains(called, "Symbol") || strings.Contains(called, "Dingbats") || strings.Contains(called, "Wingdings")
}

func (f *font) by(m *charmap.Charmap) {
	for c := ' '; c < 256; c++ {
		if r := m.DecodeByte(byte(c)); r != '\ufffd' {
			f.letters[c] = string(r)
		}
	}
}

// standard is Adobe's standard encoding.
func (f *font) standard() {
	for c := ' '; c < 127; c++ {
		f.letters[c] = string(c)
	}
	f.letters['\''], f.letters['`'] = "’", "‘"
	for i, c := range []rune("¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ") {
		f.letters[0xa1+i] = string(c)
	}
	for c, s := range map[int]string{0xb1: "–", 0xb2: "†", 0xb3: "‡", 0xb4: "·", 0xb6: "¶", 0xb7: "•", 0xb8: "‚", 0xb9: "„", 0xba: "”", 0xbb: "»", 0xbc: "…", 0xbd: "‰", 0xbf: "¿",
		0xd0: "—", 0xe1: "Æ", 0xe3: "ª", 0xe8: "Ł", 0xe9: "Ø", 0xea: "Œ", 0xeb: "º", 0xf1: "æ", 0xf5: "ı", 0xf8: "ł", 0xf9: "ø", 0xfa: "œ", 0xfb: "ß"} {
		f.letters[c] = s
	}
}

// sign is one sign of a string.
type sign struct {
	text  string // unknown where the font does not say
	width float64
	blank bool // the code 32 of a simple font, that word spacing widens
}

// read cuts a string into its signs.
func (f *font) read(r *reader, s str) (out []sign) {
	for len(s) > 0 {
		r.step()
		n := f.wide
		if f.codes != nil && f.wide > 1 {
			n = f.codes.length(s, f.wide)
		}
		n = min(n, len(s))
		code := 0
		for _, c := range []byte(s[:n]) {
			code = code<<8 | int(c)
		}
		w, ok := f.widths[code]
		if !ok {
			w = f.width
		}
		out = append(out, sign{f.letter(code, s[:n]), w, n == 1 && code == ' '})
		s = s[n:]
	}
	return out
}

func (f *font) letter(code int, s str) string {
	if f.codes != nil {
		if t, ok := f.codes.text[string(s)]; ok {
			return t
		}
	}
	switch {
	case f.utf16 && len(s) == 2:
		return string(rune(code))
	case len(s) == 1 && f.wide == 1 && f.letters[code] != "":
		return f.letters[code]
	}
	return unknown
}

// cmap says which letters codes are.
type cmap struct {
	text   map[string]string
	ranges []codeRange
}

type codeRange struct{ low, high string }

// length is how many bytes the next code of a string takes.
func (c *cmap) length(s str, or int) int {
	for _, x := range c.ranges {
		if n := len(x.low); n <= len(s) && string(s[:n]) >= x.low && string(s[:n]) <= x.high {
			return n
		}
	}
	return or
}

// cmap reads a table of letters.
func (r *reader) cmap(body []byte) *cmap {
	c := &cmap{text: map[string]string{}}
	l := lexer{r: r, b: body}
	var held []any
	for {
		v, ok := l.value(0)
		if !ok {
			return c
		}
		op, isOp := v.(operator)
		if !isOp {
			if held = append(held, v); len(held) > 1000 {
				held = held[500:]
			}
			continue
		}
		switch op {
		case "endcodespacerange":
			for i := 0; i+1 < len(held); i += 2 {
				low, ok1 := held[i].(str)
				high, ok2 := held[i+1].(str)
				if ok1 && ok2 && len(low) == len(high) && len(low) > 0 && len(low) <= 4 && len(c.ranges) < 100 {
					c.ranges = append(c.ranges, codeRange{string(low), string(high)})
				}
			}
		case "endbfchar":
			for i := 0; i+1 < len(held); i += 2 {
				from, ok1 := held[i].(str)
				to, ok2 := held[i+1].(str)
				if ok1 && ok2 {
					c.text[string(from)] = fromUTF16(to)
				}
			}
		case "endbfrange":
			for i := 0; i+2 < len(held); i += 3 {
				c.span(r, held[i], held[i+1], held[i+2])
			}
		}
		held = held[:0]
	}
}

// span takes a range of codes: their letters one after the other, or each.
func (c *cmap) span(r *reader, low, high, to any) {
	from, ok1 := low.(str)
	last, ok2 := high.(str)
	if !ok1 || !ok2 || len(from) != len(last) || len(from) == 0 || len(from) > 4 {
		return
	}
	a, b := code(from), code(last)
	for n := a; n <= b && n-a < 1<<16; n++ {
		r.entry()
		key := make([]byte, len(from))
		for i, x := len(key)-1, n; i >= 0; i, x = i-1, x>>8 {
			key[i] = byte(x)
		}
		switch to := to.(type) {
		case array:
			if n-a >= len(to) {
				return
			}
			if t, ok := to[n-a].(str); ok {
				c.text[string(key)] = fromUTF16(t)
			}
		case str:
			t := []rune(fromUTF16(to))
			if len(t) == 0 {
				return
			}
			t[len(t)-1] += rune(n - a)
			c.text[string(key)] = string(t)
		}
	}
}

func code(s str) (n int) {
	for _, c := range []byte(s) {
		n = n<<8 | int(c)
	}
	return n
}

func fromUTF16(s str) string {
	if len(s) == 1 {
		return string(rune(s[0]))
	}
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(units))
}

// glyph gives the letters that a name of a sign says, unknown for one we do not know:
// "eacute", "uni00E9", "f_i", "a.alt".
func glyph(called string) string {
	called, _, _ = strings.Cut(called, ".")
	var out strings.Builder
	for part := range strings.SplitSeq(called, "_") {
		switch s := glyphs[part]; {
		case s != "":
			out.WriteString(s)
		case len(part) == 1 && (part[0]|0x20 >= 'a' && part[0]|0x20 <= 'z'):
			out.WriteString(part)
		default:
			out.WriteString(numbered(part))
		}
	}
	return out.String()
}

func numbered(called string) string {
	for _, prefix := range []string{"uni", "u"} {
		digits, ok := strings.CutPrefix(called, prefix)
		if n, err := strconv.ParseUint(digits, 16, 32); ok && err == nil && len(digits) >= 4 && len(digits) <= 6 && n >= ' ' && n <= 0x10ffff {
			return string(rune(n))
		}
	}
	return unknown
}
