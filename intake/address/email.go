package address

import (
	"fmt"
	"strings"

	"vedette/intake/sheet"
)

// Email brings a plain mail address into one form: its domain in lower case.
// The second result is the reason why it is none, "" where it is one; it
// reads on from the value. Allowed is what any mail server takes: RFC 5321
// without quoted local parts, address literals and SMTPUTF8.
func Email(s string) (string, string) {
	if len(s) > 7 && strings.EqualFold(s[:7], "mailto:") {
		s = s[7:]
	}
	if strings.ContainsAny(s, "<>") {
		return "", "is not a plain address: write only what stands between < and >"
	}
	if strings.ContainsAny(s, ";,") {
		return "", "holds more than an address: give one"
	}
	if strings.ContainsAny(s, " \t\r\n") {
		return "", "is not an address: it holds a space"
	}
	local, domain, ok := strings.Cut(s, "@")
	switch {
	case !ok:
		return "", "is not an address: it has no @"
	case strings.Contains(domain, "@"):
		return "", "is not an address: it has more than one @"
	case local == "":
		return "", "is not an address: nothing stands before the @"
	case domain == "":
		return "", "is not an address: nothing stands after the @"
	}
	if reason := localPart(local); reason != "" {
		return "", reason
	}
	if reason := domainPart(domain); reason != "" {
		return "", reason
	}
	if len(s) > 254 {
		return "", "is not an address: it is longer than 254 characters"
	}
	return local + "@" + strings.ToLower(domain), ""
}

func localPart(s string) string {
	if len(s) > 64 {
		return "is not an address: more than 64 characters stand before the @"
	}
	if s[0] == '.' || s[len(s)-1] == '.' || strings.Contains(s, "..") {
		return "is not an address: a dot stands first, last or twice before the @"
	}
	for _, r := range s {
		if r > '~' {
			return fmt.Sprintf("cannot be mailed: %q stands before the @, where most mail servers take only plain letters", r)
		}
		if r < '!' || strings.ContainsRune(`"(),:;<>@[\]`, r) {
			return fmt.Sprintf("is not an address: %q may not stand before the @", r)
		}
	}
	return ""
}

func domainPart(s string) string {
	labels := strings.Split(s, ".")
	if len(labels) < 2 {
		return "is not an address: the domain after the @ has no dot"
	}
	for _, l := range labels {
		if l == "" {
			return "is not an address: a dot stands first, last or twice after the @"
		}
		if len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' {
			return fmt.Sprintf("is not an address: %q is no part of a domain", sheet.Cut(l))
		}
		for _, r := range l {
			if r > '~' {
				return "cannot be mailed: write the domain in its xn-- form"
			}
			if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-') {
				return fmt.Sprintf("is not an address: %q may not stand after the @", r)
			}
		}
	}
	if last := labels[len(labels)-1]; strings.Trim(last, "0123456789") == "" {
		return "is not an address: a domain does not end in a number"
	}
	return ""
}
