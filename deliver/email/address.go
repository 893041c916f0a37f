package email

import (
	"net/mail"
	"strings"
	"unicode"

	"vedette"
)

// CheckAddress says whether a mail address can be written to: local@domain,
// bare, no quoting, no comment, no address literal, at most 254 bytes
// (RFC 5321 section 4.5.3.1, as mended by erratum 1690). The error does not
// repeat the address.
func CheckAddress(s string) error {
	bad := func(why string) error {
		return vedette.Errorf(vedette.CodeInvalid, "the e-mail address %s; write it like anna@example.org", why)
	}
	at := strings.LastIndexByte(s, '@')
	switch {
	case s == "":
		return bad("is empty")
	case len(s) > 254 || at > 64:
		return bad("is too long")
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) || r == unicode.ReplacementChar }):
		return bad("holds a space, a line break or a control character")
	case at < 1:
		return bad("has no name or no @")
	}
	for label := range strings.SplitSeq(s[at+1:], ".") {
		if !hostLabel(label) {
			return bad("has no proper domain after the @")
		}
	}
	if a, err := mail.ParseAddress("<" + s + ">"); err != nil || a.Address != s || a.Name != "" {
		return bad("is malformed")
	}
	return nil
}

func hostLabel(s string) bool {
	if s == "" || len(s) > 63 || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for _, r := range s {
		if r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			return false
		}
	}
	return true
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0
}
