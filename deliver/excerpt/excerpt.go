// Package excerpt shortens a report's words without changing what they tell:
// only at the end of a sentence, and only where what is left out takes nothing
// back. "Leave Basra now. Carry water." may be cut to its first sentence;
// "Shelter in place. If you cannot, leave." may not.
package excerpt

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Beginnings gives the beginnings of a text that say nothing which the rest of
// it narrows, turns or dates, the longest first. The whole text is not among
// them.
func Beginnings(text string) []string {
	ends := ends(text)
	slices.Reverse(ends)
	var out []string
	for _, at := range ends {
		if Turns(text[at:]) {
			break // what leaves out more leaves this out too
		}
		out = append(out, strings.TrimSpace(text[:at]))
	}
	return out
}

// ends gives where sentences end, that others follow. It rather overlooks an
// end than takes "St. Helens" for two sentences.
func ends(text string) (out []int) {
	for at, r := range text {
		if !strings.ContainsRune(".!?;؟۔", r) {
			continue
		}
		end := at + utf8.RuneLen(r)
		rest := text[end:]
		next, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(rest, unicode.IsSpace))
		if !strings.HasPrefix(rest, " ") || next == utf8.RuneError || unicode.IsLower(next) {
			continue
		}
		if r == '.' && abbreviates(text[:at]) {
			continue
		}
		out = append(out, end)
	}
	return out
}

// short are words that a stop abbreviates.
var short = words(`approx no nos vs etc dr st mt ft mr mrs ms prof gen col lt sgt capt gov sen rep dept est incl min max hrs hr km kms
	jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun ave blvd rd intl int govt natl corp inc ltd co fig al`)

// abbreviates says whether the stop after a text may be that of a short form:
// of a single letter, of a word known for it, of initials.
func abbreviates(before string) bool {
	word := before[strings.LastIndexFunc(before, unicode.IsSpace)+1:]
	word = strings.TrimLeftFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return utf8.RuneCountInString(word) < 2 || strings.ContainsRune(word, '.') || short[strings.ToLower(word)]
}

// turning are the words by which a sentence turns, narrows or dates what another
// tells. They are many on purpose: one too many costs a longer message.
var turning = words(`not no never nor none neither cannot can't don't won't isn't aren't doesn't shouldn't mustn't nobody nothing nowhere
	unless or except excepting excluding exempt excludes other besides apart without instead rather only solely merely limited but however although though
	whereas while yet otherwise if when whenever where once should provided depending case event after before until till between during by via
	through night nights overnight dark dusk dawn daylight hour hours minutes weekend tonight tomorrow day days week within least
	residents nationals citizens staff personnel employees those who exception exceptions applies apply
	ne pas sauf si sans sin no excepto salvo jusqu hasta nicht kein keine außer wenn nur`)

// adding are words that only point at part of what is told, or say who does
// what is feared.
var adding = regexp.MustCompile(`\b(especially|particularly|in particular|above all|including|notably)\b[^.;,]*|` +
	`\bby (the )?(\pL+ )?(authorities|forces|police|militants|troops|government)\b`)

// narrowing are words that adding does not take away.
var narrowing = regexp.MustCompile(`\b(except|excluding|unless|but|not|other than|if|only)\b`)

// Turns says whether a text holds a word that may turn, narrow or date what is
// said elsewhere, or a number.
func Turns(text string) bool {
	text = adding.ReplaceAllStringFunc(strings.ReplaceAll(strings.ToLower(text), "’", "'"), func(part string) string {
		if narrowing.MatchString(part) {
			return part
		}
		return ""
	})
	if strings.ContainsFunc(text, unicode.IsDigit) {
		return true
	}
	return slices.ContainsFunc(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }),
		func(w string) bool { return turning[w] || turning[strings.Trim(w, "'")] || strings.HasSuffix(w, "n't") })
}

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}
