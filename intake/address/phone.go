package address

import (
	"strings"
	"unicode"

	"vedette/intake/sheet"
)

// Phone brings a number that begins with + or 00 into E.164 ("+442079460000").
// The second result is the reason why it cannot, nil where it can; it reads on
// from the value. A national number is not guessed at.
func Phone(s string) (string, error) {
	s = strings.TrimPrefix(s, "'") // the mark with which spreadsheets keep a number as text
	if len(s) > 4 && strings.EqualFold(s[:4], "tel:") {
		s = s[4:]
	}
	s = strings.ReplaceAll(s, "(0)", "") // +44 (0)20 …: dialled only within the country
	var digits strings.Builder
	plus := false
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits.WriteByte('0' + byte(digitValue(r)))
		case (r == '+' || r == '＋') && !plus && digits.Len() == 0:
			plus = true
		case unicode.IsSpace(r) || strings.ContainsRune("-‐‑‒–.()/", r):
		case (r == 'E' || r == 'e') && digits.Len() > 0:
			return "", sheet.Reason("was shortened by a spreadsheet: format the column as text and write all digits")
		default:
			return "", sheet.Reason("is not a phone number: write it as + country code and digits, without anything else")
		}
	}
	n := digits.String()
	if !plus && strings.HasPrefix(n, "00") {
		plus, n = true, n[2:]
	}
	switch {
	case n == "":
		return "", sheet.Reason("is not a phone number: it has no digits")
	case !plus:
		return "", sheet.Reason("has no country code: add the country code, as in +44 …")
	case n[0] == '0':
		return "", sheet.Reason("is not a phone number: no country code begins with 0")
	case len(n) < 7:
		return "", sheet.Reason("is too short for a phone number with its country code")
	case len(n) > 15:
		return "", sheet.Reason("is too long for a phone number: at most 15 digits")
	}
	return "+" + n, nil
}

// digitValue gives the value of a decimal digit of any script: Unicode lays
// them out in runs of ten that begin with zero.
func digitValue(r rune) int {
	if r <= '9' {
		return int(r - '0')
	}
	n := 0
	for n < 9 && unicode.IsDigit(r-rune(n)-1) {
		n++
	}
	return n
}
