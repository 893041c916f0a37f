package sms

import (
	"strings"
	"unicode"

	"vedette"
)

// stops and starts are the words by which a number wants no more, or wants
// them again; carriers and gateways act on the same.
var (
	stops  = words("stop stopall unsubscribe cancel end quit optout revoke arret stopp")
	starts = words("start unstop")
	safe   = words("safe ok okay fine")
	help   = words("help sos emergency unsafe danger")
)

func words(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// Wish says whether a text asks for no more messages, or for them again.
func Wish(text string) (stop, start bool) {
	w := spoken(text)
	if len(w) != 1 {
		return false, false
	}
	return stops[w[0]], starts[w[0]]
}

// Answer reads what somebody wrote: a digit first, else the words; false where
// it says none of the three. "Help" anywhere is a call for help, for one that
// was none costs less than one that was not heard. "Safe" beside any not is no
// answer.
func Answer(text string) (kind vedette.ReplyKind, ok bool) {
	w := spoken(text)
	if len(w) == 0 {
		return "", false
	}
	if kind, err := vedette.ParseReplyKind(w[0]); err == nil && len(w[0]) == 1 {
		return kind, true
	}
	all := " " + strings.Join(w, " ") + " "
	denied := strings.Contains(all, " not ") || strings.Contains(all, " no ") || strings.Contains(all, "n't ") || strings.Contains(all, " never ")
	for _, word := range w {
		if help[word] {
			return vedette.ReplyHelp, true
		}
	}
	if strings.Contains(all, " not safe ") || strings.Contains(all, " not ok ") {
		return vedette.ReplyHelp, true
	}
	for _, s := range []string{" not there ", " not in ", " not here "} {
		if strings.Contains(all, s) {
			return vedette.ReplyNotThere, true
		}
	}
	for _, word := range w {
		if safe[word] && !denied {
			return vedette.ReplySafe, true
		}
	}
	return "", false
}

// spoken gives the words of a text, small and without marks; digits of any
// script are ours.
func spoken(text string) []string {
	text = strings.ReplaceAll(strings.ToLower(text), "’", "'")
	var b strings.Builder
	for _, r := range text {
		switch {
		case unicode.IsDigit(r):
			b.WriteByte('0' + digit(r))
		case unicode.IsLetter(r) || unicode.Is(unicode.M, r) || r == '\'':
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Fields(b.String())
}

// digit gives the value of a decimal digit: Unicode lays them out in runs of
// ten that begin with zero.
func digit(r rune) byte {
	n := byte(0)
	for n < 9 && unicode.IsDigit(r-rune(n)-1) {
		n++
	}
	return n
}
