package phrase

// sieve tells quickly that a word is surely not among those put in: a bit for
// each of 8,192 marks. Most words of a text open no phrase of a table, and this
// is far cheaper than looking each up.
type sieve [128]uint64

func (s *sieve) put(mark uint16)      { s[mark>>6&127] |= 1 << (mark & 63) }
func (s *sieve) has(mark uint16) bool { return s[mark>>6&127]&(1<<(mark&63)) != 0 }

// marks are what the sieves know a word by: made once for each word of a text,
// since every table asks for them.
type marks struct{ word, stem uint16 }

func marksOf(w string) marks {
	h := uint32(0)
	for i := range len(w) {
		h = hashOn(h, w[i])
	}
	return marks{fold16(h), stemMark(w)}
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
