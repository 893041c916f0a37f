// Package segment says how many segments a short message takes, and cuts a
// text so that it and its link fit.
//
// The facts are those of 3GPP TS 23.038 (before it GSM 03.38), 6.2.1: the
// default alphabet of 7 bits, and its extension table, whose characters take
// two septets; whoever writes anything else writes the whole message in UCS-2
// (here UTF-16, as phones do). A message carries 140 octets: 160 septets or 70
// code units. In a longer one each segment begins with a header of 6 octets
// (3GPP TS 23.040, 9.2.3.24.1), which leaves 153 or 67, and no character is
// torn between two segments. National shift tables are not used: few gateways
// and phones know them.
package segment

import (
	"strings"
	"unicode"
)

// Alphabet is what a message is written in.
type Alphabet int8

// The alphabets.
const (
	GSM7 Alphabet = iota // the default alphabet and its extension table
	UCS2                 // everything else
)

func (a Alphabet) String() string {
	if a == UCS2 {
		return "UCS-2"
	}
	return "GSM-7"
}

// Room gives how many units a message of one segment holds, and each segment
// of a longer one: septets, or code units of 16 bits.
func (a Alphabet) Room() (single, each int) {
	if a == UCS2 {
		return 70, 67
	}
	return 160, 153
}

// basic is the default alphabet, a septet each; extended takes two.
const (
	basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	extended = "\f^{}\\[~]|€"
)

// septets says what a character takes in GSM-7; what is not there takes none.
var septets = func() map[rune]int {
	m := make(map[rune]int, 137)
	for _, r := range basic {
		m[r] = 1
	}
	for _, r := range extended {
		m[r] = 2
	}
	return m
}()

// Of gives the alphabet a text has to be written in.
func Of(text string) Alphabet {
	for _, r := range text {
		if septets[r] == 0 {
			return UCS2
		}
	}
	return GSM7
}

// Count gives the alphabet of a text, and the segments it takes: none where
// it is empty.
func Count(text string) (Alphabet, int) {
	a := Of(text)
	single, each := a.Room()
	units, segments, used := 0, 1, 0
	for _, r := range text {
		w := a.width(r)
		units += w
		if used += w; used > each { // the character opens the next segment, whole
			segments, used = segments+1, w
		}
	}
	switch {
	case units == 0:
		return a, 0
	case units <= single:
		return a, 1
	}
	return a, segments
}

// width is what a character takes. Bytes that are no UTF-8 are sent as the
// replacement character.
func (a Alphabet) width(r rune) int {
	switch {
	case a == GSM7:
		return septets[r]
	case r > 0xFFFF:
		return 2
	}
	return 1
}

// Fits says whether a text takes at most max segments.
func Fits(text string, max int) bool {
	_, n := Count(text)
	return n <= max
}

// plain are the characters of good typography that a phone's alphabet lacks,
// and what stands for them without a change of meaning. No letter is among
// them: a name keeps its spelling.
var plain = strings.NewReplacer("‘", "'", "’", "'", "‚", "'", "‛", "'", "′", "'", "“", `"`, "”", `"`, "„", `"`, "″", `"`,
	"«", `"`, "»", `"`, "‐", "-", "‑", "-", "‒", "-", "–", "-", "—", "-", "―", "-", "−", "-", "…", "...", "•", "-",
	"\u00a0", " ", "\u202f", " ", "\u2009", " ", "\t", " ", "\u00ad", "", "\u200b", "")

// Plain writes a text in GSM-7 where only its quotes, dashes and spaces stand
// against that: a curly quote would make it more than twice as dear. Any other
// text comes back as it is.
func Plain(text string) string {
	if Of(text) == GSM7 {
		return text
	}
	if p := plain.Replace(text); Of(p) == GSM7 {
		return p
	}
	return text
}

// Join puts a link after a text, where it is tapped as it stands.
func Join(text, link string) string {
	if text == "" || link == "" {
		return text + link
	}
	return text + " " + link
}

// Cut shortens a text at a word, so that it and the link after it take at most
// max segments. The link stays whole: where there is no room for more, it stands
// alone, even in more segments than max, for half a link leads nowhere.
func Cut(text, link string, max int) string {
	text = strings.TrimSpace(text)
	if whole := Join(text, link); Fits(whole, max) {
		return whole
	}
	if best := longest(text, link, max, isSpace); best != "" {
		return best
	}
	// No word fits: a very long one, or a script without spaces.
	if best := longest(text, link, max, func(r rune) bool { return !unicode.Is(unicode.M, r) }); best != "" {
		return best
	}
	return link
}

// longest gives the longest beginning of a text that fits with its link, cut
// before a character that may open what is left out.
func longest(text, link string, max int, opens func(rune) bool) (best string) {
	for at, r := range text {
		if !opens(r) {
			continue
		}
		short := strings.TrimRight(text[:at], " \n\t,;:.-–—")
		if short == "" {
			continue
		}
		with := Join(dotted(short), link)
		if !Fits(with, max) {
			break // and so does nothing longer
		}
		best = with
	}
	return best
}

// dotted says that a text goes on, in the alphabet it has.
func dotted(short string) string {
	if Of(short) == GSM7 {
		return short + "..."
	}
	return short + "…"
}

func isSpace(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }
