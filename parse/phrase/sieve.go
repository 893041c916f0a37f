package phrase

// sieve tells quickly that a word is surely not among those put in: a bit for
// each of 4,096 marks, which a word gets by a few of its bytes. Most words of a
// text open no phrase of a table, and this is far cheaper than looking each up.
type sieve [64]uint64

func (s *sieve) put(mark uint32)      { s[mark>>6&63] |= 1 << (mark & 63) }
func (s *sieve) has(mark uint32) bool { return s[mark>>6&63]&(1<<(mark&63)) != 0 }

// wordMark is the mark of a word, by its length, first, middle and last byte.
func wordMark(w string) uint32 {
	n := len(w)
	return uint32(n)*0x9e5 + uint32(w[0])*0x61 + uint32(w[n/2])*0x1f7 + uint32(w[n-1])*0x3b
}

// stemMark is the mark of a word's first three bytes.
func stemMark(w string) uint32 { return uint32(w[0])*0x61 + uint32(w[1])*0x1f7 + uint32(w[2])*0x3b }
