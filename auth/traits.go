package auth

import (
	"bytes"
	"encoding/json"
	"hash/fnv"
	"strconv"
	"strings"

	"vedette"
)

// Traits are what the rules need to know of a person's private record, and no
// more: neither name nor address.
type Traits struct {
	Citizenship []vedette.AreaID
	Standing    vedette.Standing
	Dependants  bool // there are some
	Led         vedette.Led
	Boss        uint32 // what names their manager, as BossHash has it; 0 for nobody
	Wishes      vedette.Wishes
	Restricted  bool
	points      []place
}

// BossHash is what a word that names a manager is looked up by: the same for the same
// word, whatever its case and blanks around it; 0 for none. Two words may have one, so
// whoever looks up by it compares the word, too.
func BossHash(manager string) uint32 {
	manager = strings.ToLower(strings.TrimSpace(manager))
	if manager == "" {
		return 0
	}
	h := fnv.New32a()
	h.Write([]byte(manager))
	return max(h.Sum32(), 1)
}

// place is an exact point by its name.
type place struct {
	ref string
	at  vedette.Point
}

// Point gives the exact point of a name.
func (t *Traits) Point(ref string) (vedette.Point, bool) {
	for i := range t.points {
		if t.points[i].ref == ref {
			return t.points[i].at, true
		}
	}
	return vedette.Point{}, false
}

// Opener opens the records of many people, one after the other, and keeps
// nothing of them but room. It is not safe for concurrent use.
type Opener struct {
	key              *Key
	purpose          []byte
	label, own, rest []byte
}

// Opener makes one for the records sealed under an installation's key.
func (k *Key) Opener() *Opener { return &Opener{key: k, purpose: []byte(recordPurpose)} }

// Traits opens a person's record as [Key.OpenRecord] does, and reads only
// their traits.
func (o *Opener) Traits(id vedette.ID, wrapped, sealed []byte) (t Traits, err error) {
	o.label = append(append(o.label[:0], keyLabel...), id...)
	if o.own, err = o.key.openInto(o.own[:0], o.label, wrapped); err != nil || len(o.own) != 32 {
		return t, wrongKey(id)
	}
	defer clear(o.own)
	if o.rest, err = aead(o.own).Open(o.rest[:0], nil, sealed, o.purpose); err != nil {
		return t, damaged()
	}
	defer clear(o.rest)
	return readTraits(id, o.rest)
}

// readTraits reads a record, the slow way where it is not as this program
// writes it.
func readTraits(id vedette.ID, record []byte) (t Traits, err error) {
	if t.read(record) {
		return t, nil
	}
	var r vedette.PersonRecord
	if err := json.Unmarshal(record, &r); err != nil {
		return t, vedette.Wrap(err, vedette.CodeInternal, "the record of %s does not read", id)
	}
	t = Traits{Citizenship: r.Citizenship, Standing: r.Standing, Dependants: len(r.Dependants) > 0, Led: r.Led(), Boss: BossHash(r.Manager), Wishes: r.Wishes, Restricted: r.Restricted}
	for ref, at := range r.Points {
		t.points = append(t.points, place{ref, at})
	}
	return t, nil
}

// read reads the traits from a record as json.Marshal writes it, ten times as
// fast as json does; false where it is anything else. It is sealed and opened
// by us: nobody else has written it.
func (t *Traits) read(record []byte) bool {
	w := words{rest: record}
	var who vedette.PersonRecord
	var called, reached []byte // where name and addresses begin
	for name := range w.members {
		switch string(name) {
		case "name":
			called = w.rest
			w.skip()
		case "manager":
			who.Manager = w.text()
		case "addresses":
			reached = w.rest
			w.skip()
		case "citizenship":
			for w.next('[', ']') {
				t.Citizenship = append(t.Citizenship, vedette.AreaID(w.text()))
			}
		case "standing":
			t.Standing = vedette.Standing(w.text())
		case "restricted":
			t.Restricted = w.truth()
		case "wishes":
			t.Wishes = w.wishes()
		case "dependants":
			for w.next('[', ']') {
				t.Dependants = true
				w.skip()
			}
		case "points":
			for ref := range w.members {
				p := place{ref: string(ref)}
				for axis := range w.members {
					switch string(axis) {
					case "lat":
						p.at.Lat = w.number()
					case "lon":
						p.at.Lon = w.number()
					default:
						w.skip()
					}
				}
				t.points = append(t.points, p)
			}
		default:
			w.skip()
		}
	}
	if who.Manager != "" && (!readName(called, &who) || !readAddresses(reached, &who)) || w.odd || len(w.rest) > 0 {
		*t = Traits{}
		return false
	}
	t.Led, t.Boss = who.Led(), BossHash(who.Manager)
	return true
}

// wishes reads how somebody wishes to be told.
func (w *words) wishes() (is vedette.Wishes) {
	for wish := range w.members {
		switch string(wish) {
		case "order":
			is.Order = vedette.Order(w.text())
		case "digest":
			is.Digest = vedette.Daily(w.number())
		case "quiet":
			for end := range w.members {
				switch string(end) {
				case "from":
					is.Quiet.From = int(w.number())
				case "to":
					is.Quiet.To = int(w.number())
				default:
					w.skip()
				}
			}
		default:
			w.skip()
		}
	}
	return is
}

func readName(at []byte, into *vedette.PersonRecord) bool {
	w := words{rest: at}
	into.Name = w.text()
	return !w.odd
}

// readAddresses reads the values of addresses; where there are none at is nil.
func readAddresses(at []byte, into *vedette.PersonRecord) bool {
	w := words{rest: at}
	for len(at) > 0 && w.next('[', ']') {
		for name := range w.members {
			if string(name) == "value" {
				into.Addresses = append(into.Addresses, vedette.Address{Value: w.text()})
			} else {
				w.skip()
			}
		}
	}
	return !w.odd
}

// words reads JSON without white space from its beginning on. It does not
// check what it passes over.
type words struct {
	rest []byte
	odd  bool // it is not what was expected, or has escapes where they count
}

// take takes a byte that is to come.
func (w *words) take(c byte) bool {
	if w.odd || len(w.rest) == 0 || w.rest[0] != c {
		w.odd = true
		return false
	}
	w.rest = w.rest[1:]
	return true
}

// next goes to the next item of a list, from before the list or after an
// item, and says whether there is one.
func (w *words) next(open, end byte) bool {
	switch {
	case w.odd || len(w.rest) == 0:
		w.odd = true
		return false
	case w.rest[0] == ',':
		w.rest = w.rest[1:]
		return true
	case w.rest[0] == open && len(w.rest) > 1 && w.rest[1] != end:
		w.rest = w.rest[1:]
		return true
	case w.rest[0] == open:
		w.rest = w.rest[1:]
	}
	w.take(end)
	return false
}

// members goes through an object: each time the value of a name is next, and
// is to be read.
func (w *words) members(yield func(name []byte) bool) {
	for w.next('{', '}') {
		name := w.quoted()
		if !w.take(':') || !yield(name) {
			return
		}
	}
}

// quoted reads a string without escapes.
func (w *words) quoted() []byte {
	if !w.take('"') {
		return nil
	}
	end := bytes.IndexByte(w.rest, '"')
	if end < 0 || bytes.IndexByte(w.rest[:end], '\\') >= 0 {
		w.odd = true
		return nil
	}
	s := w.rest[:end]
	w.rest = w.rest[end+1:]
	return s
}

func (w *words) text() string { return string(w.quoted()) }

// truth reads true or false.
func (w *words) truth() bool {
	for _, is := range []bool{true, false} {
		if rest, ok := bytes.CutPrefix(w.rest, strconv.AppendBool(nil, is)); ok {
			w.rest = rest
			return is
		}
	}
	w.odd = true
	return false
}

func (w *words) number() float64 {
	n := 0
	for n < len(w.rest) && w.rest[n] != ',' && w.rest[n] != '}' {
		n++
	}
	f, err := strconv.ParseFloat(string(w.rest[:n]), 64)
	w.odd, w.rest = w.odd || err != nil, w.rest[n:]
	return f
}

// skip passes over a value.
func (w *words) skip() {
	depth := 0
	for i := 0; i < len(w.rest); i++ {
		switch w.rest[i] {
		case '"':
			for i++; i < len(w.rest) && w.rest[i] != '"'; i++ {
				if w.rest[i] == '\\' {
					i++
				}
			}
		case '{', '[':
			depth++
		case '}', ']', ',':
			if depth == 0 { // of what the value stands in
				w.rest = w.rest[i:]
				return
			}
			if w.rest[i] != ',' {
				depth--
			}
		}
	}
	w.odd = true
}
