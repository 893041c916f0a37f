package address

import (
	"strings"

	"vedette/intake/sheet"
)

// Email brings a plain mail address into one form: its domain in lower case.
// The second result is the reason why it is none, nil where it is one; it
// reads on from the value. Allowed is what any mail server takes: RFC 5321
// without quoted local parts, address literals and SMTPUTF8.
func Email(s string) (string, error) {
	if len(s) > 7 && strings.EqualFold(s[:7], "mailto:") {
		s = s[7:]
	}
	if strings.ContainsAny(s, "<>") {
		return "", sheet.Reason("is not a plain address: write only what stands between < and >")
	}
	if strings.ContainsAny(s, ";,") {
		return "", sheet.Reason("holds more than an address: give one")
	}
	if strings.ContainsAny(s, " \t\r\n") {
		return "", sheet.Reason("is not an address: it holds a space")
	}
	local, domain, ok := strings.Cut(s, "@")
	switch {
	case !ok:
		return "", sheet.Reason("is not an address: it has no @")
	case strings.Contains(domain, "@"):
		return "", sheet.Reason("is not an address: it has more than one @")
	case local == "":
		return "", sheet.Reason("is not an address: nothing stands before the @")
	case domain == "":
		return "", sheet.Reason("is not an address: nothing stands after the @")
	}
	if reason := localPart(local); reason != nil {
		return "", reason
	}
	if reason := domainPart(domain); reason != nil {
		return "", reason
	}
	if len(s) > 254 {
		return "", sheet.Reason("is not an address: it is longer than 254 characters")
	}
	return local + "@" + strings.ToLower(domain), nil
}

func localPart(s string) error {
	if len(s) > 64 {
		return sheet.Reason("is not an address: more than 64 characters stand before the @")
	}
	if s[0] == '.' || s[len(s)-1] == '.' || strings.Contains(s, "..") {
		return sheet.Reason("is not an address: a dot stands first, last or twice before the @")
	}
	for _, r := range s {
		if r > '~' {
			return sheet.Reason("cannot be mailed: %q stands before the @, where most mail servers take only plain letters", r)
		}
		if r < '!' || strings.ContainsRune(`"(),:;<>@[\]`, r) {
			return sheet.Reason("is not an address: %q may not stand before the @", r)
		}
	}
	return nil
}

func domainPart(s string) error {
	labels := strings.Split(s, ".")
	if len(labels) < 2 {
		return sheet.Reason("is not an address: the domain after the @ has no dot")
	}
	for _, l := range labels {
		if l == "" {
			return sheet.Reason("is not an address: a dot stands first, last or twice after the @")
		}
		if len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' {
			return sheet.Reason("is not an address: %q is no part of a domain", sheet.Cut(l))
		}
		for _, r := range l {
			if r > '~' {
				return sheet.Reason("cannot be mailed: write the domain in its xn-- form")
			}
			if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-') {
				return sheet.Reason("is not an address: %q may not stand after the @", r)
			}
		}
	}
	if last := labels[len(labels)-1]; strings.Trim(last, "0123456789") == "" {
		return sheet.Reason("is not an address: a domain does not end in a number")
	}
	return nil
}
