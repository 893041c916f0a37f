package vedette

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Entry is somebody whom an identity provider has just signed in, as it says who they are.
type Entry struct {
	Issuer  string    // who says so, its address
	Subject string    // what it calls them, for ever
	Mail    string    // their mail address, as a login is written; "" where it did not verify one
	Name    string    // "" where it said none
	Follows bool      // their role is to be what its groups say
	Role    UserRole  // that is it, "" where they are in no group that has one
	Adds    bool      // whoever is not known is to be added
	Strong  time.Time // when they showed a second factor there, zero for not
}

// The bounds of what a provider says, in bytes; that of a subject is the standard's.
const (
	maxIssuer  = 500
	maxSubject = 255
)

// Validate says what is wrong with an entry, as CodeInvalid.
func (e *Entry) Validate() error {
	for _, x := range []struct {
		s    string
		most int
	}{{e.Issuer, maxIssuer}, {e.Subject, maxSubject}} {
		if x.s == "" || len(x.s) > x.most || !utf8.ValidString(x.s) || strings.ContainsFunc(x.s, unicode.IsControl) {
			return Errorf(CodeInvalid, "the identity provider did not say who they are in words that can be kept; whoever runs it should look at the claim sub")
		}
	}
	return nil
}

// Called is the name that somebody new has in the record: what the provider said, else
// the address.
func (e *Entry) Called() string {
	if name := strings.Join(strings.Fields(strings.ToValidUTF8(e.Name, "")), " "); name != "" && utf8.RuneCountInString(name) <= maxUserName {
		return name
	}
	return e.Mail
}
