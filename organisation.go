package vedette

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Organisation is who people, settings and updates belong to. Several on one
// installation know nothing of each other but what one offers and another takes.
type Organisation struct {
	Key    int64
	ID     ID
	Name   string
	Handle string // its short name: what is typed to say which is meant; see CleanHandle
	Offers bool   // others here may subscribe to what it publishes
	Made   time.Time
	Closed time.Time // since when nobody signs in and nothing is sent, zero for not
}

// The bounds of an organisation's names.
const (
	maxOrganisationName = 100 // characters
	minHandle           = 2   // bytes
	maxHandle           = 40
)

// CleanHandle is a short name as it is compared: without blanks around it, in small
// letters.
func CleanHandle(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// Validate says what is wrong with an organisation's names, as CodeInvalid.
func (o *Organisation) Validate() error {
	switch {
	case strings.TrimSpace(o.Name) == "" || utf8.RuneCountInString(o.Name) > maxOrganisationName || !utf8.ValidString(o.Name) || strings.ContainsFunc(o.Name, unicode.IsControl):
		return Errorf(CodeInvalid, "an organisation needs a name: at most %d characters, in one line", maxOrganisationName)
	case !goodHandle(o.Handle):
		return Errorf(CodeInvalid, "%q is no short name; write %d to %d small letters a to z, figures and hyphens, a letter first and no hyphen last", o.Handle, minHandle, maxHandle)
	}
	return nil
}

func goodHandle(s string) bool {
	if len(s) < minHandle || len(s) > maxHandle || s[0] < 'a' || s[0] > 'z' || s[len(s)-1] == '-' {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' })
}

// HandleOf makes a short name of a name, as far as it has letters for one; the id is
// of one that has none.
func HandleOf(name string, id ID) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	s := strings.TrimLeft(b.String(), "0123456789-")
	if s = strings.TrimRight(s[:min(len(s), maxHandle)], "-"); goodHandle(s) {
		return s
	}
	tail := strings.ReplaceAll(string(id), "-", "")
	return "org-" + tail[max(len(tail)-8, 0):]
}
