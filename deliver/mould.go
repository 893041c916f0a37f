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
	text   string
	quoted string // text in quoted-printable
	hole   field  // written after text
	need   field  // the piece stands only where this is not empty
}

// newPiece makes a piece. Its lines end with \n, whatever they ended with.
func newPiece(text string, hole, need field) piece {
	text = endLines(text)
	return piece{text, quote(text), hole, need}
}

// newMould cuts a marked text up.
func newMould(s string) mould {
	var m mould
	need := fieldNone
	for {
		i := strings.IndexAny(s, "\x00\x01\x02")
		if i < 0 {
			return append(m, newPiece(s, fieldNone, need))
		}
		text, hole, of := s[:i], fieldNone, need
		switch {
		case s[i] == closeMark:
			need = fieldNone
			s = s[i+1:]
		case s[i] == openMark:
			need = field(s[i+1] - '0')
			s = s[i+2:]
		default:
			hole = field(s[i+1] - '0')
			s = s[i+2:]
		}
		m = append(m, newPiece(text, hole, of))
	}
}

// size is how many bytes its texts take, without what fills it.
func (m mould) size() (n int) {
	for _, p := range m {
		n += len(p.text) + len(p.quoted)
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

// quote gives what fill gave, in quoted-printable. q are the values so written.
func (m mould) quote(filled string, v, q *values) Quotation {
	of := Quotation{Of: filled, Pieces: make([]string, 0, 4*len(m))}
	for _, p := range m {
		if p.need != fieldNone && v[p.need] == "" {
			continue
		}
		of.join(p.quoted)
		of.join(q[p.hole])
	}
	return of
}

// quoted are the values in quoted-printable. Those that are as in known are so as
// in written.
func (v *values) quoted(known, written *values) (q values) {
	for i, s := range v {
		if s == known[i] {
			q[i] = written[i]
		} else {
			q[i] = quote(s)
		}
	}
	return q
}
