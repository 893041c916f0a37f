package deliver

import "strings"

// field is something personal that a mould leaves room for.
type field byte

const (
	fieldNone field = iota
	fieldName
	fieldURL
	fieldBecause
	fieldMayBe // set when the person may be in; it has no text of its own
	fields
)

// values are the personal parts, fit for the kind of text they go into.
type values [fields]string

// In the text a mould is cut from, holeMark and a field is a hole; openMark
// and a field begins a run that is left out where the field is empty,
// closeMark ends it. Clean keeps these bytes out of foreign text.
const (
	holeMark  = '\x00'
	openMark  = '\x01'
	closeMark = '\x02'
)

func hole(f field) string             { return string([]byte{holeMark, byte(f) + '0'}) }
func only(f field, run string) string { return string([]byte{openMark, byte(f) + '0'}) + run + "\x02" }

// mould is a text with holes, cut up once so that filling it is cheap.
type mould []piece

type piece struct {
	text string
	hole field // written after text
	need field // the piece stands only where this is not empty
}

// newMould cuts a marked text up.
func newMould(s string) mould {
	var m mould
	need := fieldNone
	for {
		i := strings.IndexAny(s, "\x00\x01\x02")
		if i < 0 {
			return append(m, piece{text: s, need: need})
		}
		p := piece{text: s[:i], need: need}
		switch {
		case s[i] == closeMark:
			need = fieldNone
			s = s[i+1:]
		case s[i] == openMark:
			need = field(s[i+1] - '0')
			s = s[i+2:]
		default:
			p.hole = field(s[i+1] - '0')
			s = s[i+2:]
		}
		m = append(m, p)
	}
}

// size is the length of the text without what fills it.
func (m mould) size() (n int) {
	for _, p := range m {
		n += len(p.text)
	}
	return n
}

// fill gives the text with its holes filled.
func (m mould) fill(v *values) string {
	size := 0
	for _, p := range m {
		size += len(p.text) + len(v[p.hole])
	}
	var b strings.Builder
	b.Grow(size)
	for _, p := range m {
		if p.need != fieldNone && v[p.need] == "" {
			continue
		}
		b.WriteString(p.text)
		b.WriteString(v[p.hole])
	}
	return b.String()
}
