package words

import (
	"unicode"
	"unicode/utf8"
)

// Gap is what stands between a word and the one before it.
type Gap int8

const (
	GapOther Gap = iota // a stop, a line's end, the text's beginning
	GapSpace            // spaces, one hyphen, a slash, the dot of an abbreviation
	GapComma            // a comma and spaces
)

// MaxBytes is the longest folded word kept; a longer one matches nothing.
const MaxBytes = 40

// Word is one word of a text.
type Word struct {
	Start, End int // bytes in the text
	Gap        Gap
	Upper      bool // begins with a capital, a digit or a letter without case
	AllUpper   bool // two letters or more, none of them small
	Long       bool // longer than MaxBytes, folded is cut
	Cut        int  // where a possessive 's begins in the text, 0 for none
	cutFolded  int  // length of folded without it
	n          int
	buf        [MaxBytes + utf8.UTFMax*3]byte
}

// Key is the folded word; valid until the word is read into again.
func (w *Word) Key() []byte { return w.buf[:w.n] }

// Short is the key without a possessive.
func (w *Word) Short() []byte { return w.buf[:w.cutFolded] }

// token is the view of a word that Fold needs.
type token struct {
	folded []byte
	gap    Gap
}

// Scanner reads the words of a text from left to right.
type Scanner struct {
	text   string
	table  []string
	at     int
	abbrev bool // the last word is an abbreviation whose dot does not end a phrase
	w      Word
}

// NewScanner begins at the start of a text.
func NewScanner(text string) Scanner { return Scanner{text: text, table: foldTable()} }

// next reads a word into the scanner and gives it; valid until the next call.
func (s *Scanner) next() (token, bool) {
	if !s.Read(&s.w) {
		return token{}, false
	}
	return token{s.w.Key(), s.w.Gap}, true
}

// Read reads the next word into w; false at the end.
func (s *Scanner) Read(w *Word) bool {
	s.gapTo(w)
	if s.at >= len(s.text) {
		return false
	}
	w.Start, w.n, w.Cut, w.cutFolded = s.at, 0, 0, 0
	w.Upper, w.AllUpper, w.Long = false, false, false
	s.abbrev = false
	if n := acronym(s.text[s.at:]); n > 0 {
		s.readAcronym(w, n)
		return true
	}
	if s.text[s.at] == '&' {
		w.n = copy(w.buf[:], "and")
		s.at++
		w.End = s.at
		return true
	}
	s.readWord(w)
	return true
}

// gapTo moves to the beginning of the next word and judges what lies between.
func (s *Scanner) gapTo(w *Word) {
	spaces, hyphens, commas, dots := 0, 0, 0, 0
	first := s.at == 0
	w.Gap = GapSpace
	for s.at < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[s.at:])
		switch {
		case isLetter(r) || r == '&':
			if w.Gap == GapSpace {
				w.Gap = judgeGap(spaces, hyphens, commas, dots, s.abbrev)
			}
			if first && s.at == 0 {
				w.Gap = GapOther
			}
			return
		case r == ' ' || r == '\t' || r == '\u00a0' || r == '\u202f':
			spaces++
		case r == '-' || r == '/' || r == '\u2010' || r == '\u2011' || r == '\u2012' || r == '\u2013':
			hyphens++
		case r == ',':
			commas++
		case r == '.':
			dots++
		case isApostrophe(r):
		default:
			w.Gap = GapOther
		}
		s.at += n
	}
}

func judgeGap(spaces, hyphens, commas, dots int, abbrev bool) Gap {
	switch {
	case spaces > 3 || hyphens > 1 || commas > 1 || dots > 1:
		return GapOther
	case dots == 1 && (!abbrev || hyphens+commas > 0):
		return GapOther
	case commas == 1 && hyphens == 0:
		return GapComma
	case commas > 0:
		return GapOther
	}
	return GapSpace
}

// isLetter says whether the rune is part of a word.
func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)) && !isApostrophe(r)
}

func isSmall(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z'
	}
	return unicode.IsLower(r)
}

// maxAcronym is the most letters of an acronym with dots.
const maxAcronym = 8

// acronym gives the length of "U.S.", "U.S" or "D.P.R.K." at the beginning of
// s, 0 where there is none.
func acronym(s string) int {
	letters, i := 0, 0
	for letters < maxAcronym && i < len(s) && s[i] >= 'A' && s[i] <= 'Z' {
		letters++
		if i+1 >= len(s) || s[i+1] != '.' {
			i++
			break
		}
		i += 2
	}
	if letters < 2 || s[1] != '.' {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(s[i:]); isLetter(r) {
		return 0
	}
	return i
}

// readAcronym reads an acronym of n bytes, and a possessive after it.
func (s *Scanner) readAcronym(w *Word, n int) {
	for _, c := range []byte(s.text[s.at : s.at+n]) {
		if c != '.' {
			w.buf[w.n] = c + 'a' - 'A'
			w.n++
		}
	}
	w.Upper, w.AllUpper = true, true
	w.Cut, w.cutFolded = s.at+n, w.n
	s.at += n
	r, size := utf8.DecodeRuneInString(s.text[s.at:])
	if rest := s.text[s.at+size:]; isApostrophe(r) && len(rest) > 0 && rest[0] == 's' {
		if after, _ := utf8.DecodeRuneInString(rest[1:]); !isLetter(after) {
			s.at += size + 1
			w.buf[w.n] = 's'
			w.n++
		}
	}
	w.End = s.at
}

// readWord reads letters, and apostrophes between letters.
func (s *Scanner) readWord(w *Word) {
	letters, small, lastApostrophe, keyBefore := 0, 0, -1, 0
	for s.at < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[s.at:])
		if isApostrophe(r) {
			if after, _ := utf8.DecodeRuneInString(s.text[s.at+n:]); !isLetter(after) {
				break
			}
			lastApostrophe, keyBefore = s.at, w.n
			s.at += n
			continue
		}
		if !isLetter(r) {
			break
		}
		if letters == 0 {
			w.Upper = !isSmall(r)
		}
		letters++
		if isSmall(r) {
			small++
		}
		s.put(w, r)
		s.at += n
	}
	w.End = s.at
	w.AllUpper = letters > 1 && small == 0
	s.possessive(w, lastApostrophe, keyBefore)
	switch string(w.Key()) {
	case "st", "mt", "ft":
		s.abbrev = true
	}
}

// put appends the folded rune to the word's key.
func (s *Scanner) put(w *Word, r rune) {
	if w.n >= MaxBytes {
		w.Long = true
		return
	}
	w.n = len(appendFold(w.buf[:w.n], s.table, r))
}

// possessive notes an 's (or ’S) at the end of the word.
func (s *Scanner) possessive(w *Word, apostrophe, keyBefore int) {
	if apostrophe <= w.Start || w.Long || w.n != keyBefore+1 || w.buf[w.n-1] != 's' {
		return
	}
	w.Cut, w.cutFolded = apostrophe, keyBefore
	// "US’s" and "UAE’s" are in capitals but for the s.
	letters := 0
	w.AllUpper = true
	for _, r := range s.text[w.Start:apostrophe] {
		letters++
		w.AllUpper = w.AllUpper && !isSmall(r)
	}
	w.AllUpper = w.AllUpper && letters > 1
}
