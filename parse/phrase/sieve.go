package phrase

// sieve tells quickly that a word is surely not among those put in: a bit for
// each of 8,192 marks. Most words of a text open no phrase of a table, and this
// is far cheaper than looking each up.
type sieve [128]uint64

func (s *sieve) put(mark uint16)      { s[mark>>6&127] |= 1 << (mark & 63) }
func (s *sieve) has(mark uint16) bool { return s[mark>>6&127]&(1<<(mark&63)) != 0 }

// marks are what the tables know a word by: made once for each word of a text,
// since every table asks for them.
type marks struct {
	word uint32 // of all of it
	stem uint16 // of its beginning
}

func (t *Token) marks() marks { return marks{t.mark, t.stem} }

func marksOf(w string) marks {
	h := uint32(0)
	for i := range len(w) {
		h = hashOn(h, w[i])
	}
	return marks{h, stemMark(w)}
}

func hashOn(h uint32, c byte) uint32 { return (h ^ uint32(c)) * 0x01000193 }

func fold16(h uint32) uint16 { return uint16(h ^ h>>16) }

// stemMark is the mark of a word's first three bytes; that of a shorter word
// stands for none.
func stemMark(w string) uint16 {
	if len(w) < stem {
		return 0
	}
	return fold16((uint32(w[0]) | uint32(w[1])<<8 | uint32(w[2])<<16) * 0x9e3779b1 >> 3)
}

// index finds forms by their first word: a hash table over the marks that words
// have already.
type index []slot

type slot struct {
	word  string
	mark  uint32
	forms []*form
}

func newIndex(of map[string][]*form) index {
	size := 8
	for size < 2*len(of) {
		size *= 2
	}
	x := make(index, size)
	for w, forms := range of {
		m := marksOf(w).word
		i := m & uint32(size-1)
		for x[i].word != "" {
			i = (i + 1) & uint32(size-1)
		}
		x[i] = slot{w, m, forms}
	}
	return x
}

func (x index) find(w string, mark uint32) []*form {
	for i := mark & uint32(len(x)-1); x[i].word != ""; i = (i + 1) & uint32(len(x)-1) {
		if s := &x[i]; s.mark == mark && s.word == w {
			return s.forms
		}
	}
	return nil
}
