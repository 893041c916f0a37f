package deliver

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxDetail bounds a Result's Detail, in bytes.
const MaxDetail = 300

const minSecret = 4

// Clean makes foreign text fit to stand in one line: valid UTF-8, every run
// of white space, line breaks and control characters one space, and none of
// the Unicode controls that turn the direction of what follows (a mail's
// frame must not be reversed by a report). Marks and joiners that Arabic,
// Hebrew and Persian need stay.
func Clean(s string) string {
	if isClean(s) {
		return s // as nearly all is, and most of it for every mail anew
	}
	return cleaned(s)
}

func cleaned(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			space = b.Len() > 0
			continue
		case turns(r):
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// turns says whether a character turns the direction of what follows.
func turns(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0xFEFF
}

// isClean says whether Clean leaves a text as it is.
func isClean(s string) bool {
	space := true // so that none may stand first
	for i, r := range s {
		switch {
		case r > ' ' && r <= '~':
		case r == ' ' && !space && i < len(s)-1:
			space = true
			continue
		case r <= ' ', unicode.IsSpace(r), unicode.IsControl(r), turns(r), r == utf8.RuneError:
			return false
		}
		space = false
	}
	return true
}

// anyAddress is whatever looks like a mail address in a relay's answer.
var anyAddress = regexp.MustCompile(`[^\s<>"'(),;:*]+@[^\s<>"'(),;:*]+`)

// Detail makes a channel's answer fit for the ledger: one clean line of at
// most MaxDetail bytes in which every secret (password, address, signed
// link) is replaced by "***". Secrets are found in any letter case; what is
// shorter than four bytes is none, for it would tear up other words.
func Detail(answer string, secrets ...string) string {
	s := Clean(answer)
	for _, secret := range secrets {
		if secret = Clean(secret); len(secret) >= minSecret {
			s = replaceFold(s, secret, "***")
		}
		if local, _, ok := strings.Cut(secret, "@"); ok && len(local) >= minSecret {
			s = replaceFold(s, local, "***") // a relay may name the mailbox alone
		}
	}
	if strings.Contains(s, "@") {
		s = anyAddress.ReplaceAllString(s, "***") // or an alias we have never heard of
	}
	if len(s) <= MaxDetail {
		return s
	}
	cut := MaxDetail - len("…")
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

// replaceFold replaces old by to, ASCII letters compared without case.
func replaceFold(s, old, to string) string {
	if len(old) > len(s) {
		return s
	}
	low, find := lowerASCII(s), lowerASCII(old)
	var b strings.Builder
	for {
		i := strings.Index(low, find)
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		b.WriteString(to)
		s, low = s[i+len(find):], low[i+len(find):]
	}
	b.WriteString(s)
	return b.String()
}

// lowerASCII keeps every byte in its place, which strings.ToLower does not.
func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// cut shortens s to at most n characters, at a word where there is one.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)[:n-1]
	if i := lastSpace(r); i > n/2 {
		r = r[:i]
	}
	return strings.TrimRight(string(r), " ,;:.") + "…"
}

func lastSpace(r []rune) int {
	for i := len(r) - 1; i >= 0; i-- {
		if r[i] == ' ' {
			return i
		}
	}
	return -1
}
