package vedette

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Identity is a user as an identity provider knows them.
type Identity struct {
	User
	External string // what the provider calls them, "" where it said nothing
	Names    Names  // as it said them
	Active   bool   // they may sign in
	Closing  Closing
	Changed  time.Time
}

// Names are what an identity provider says somebody is called, "" for what it did not
// say. They are kept as said, for it changes one of them at a time.
type Names struct{ Display, Formatted, Given, Family string }

// Name is what the record has of them.
func (n Names) Name() string {
	for _, s := range []string{n.Display, n.Formatted, n.Given + " " + n.Family} {
		if s = strings.Join(strings.Fields(s), " "); s != "" {
			return s
		}
	}
	return ""
}

// Closing says how somebody came to be closed; "" where it was done here, by hand.
type Closing string

// The ways an identity provider closes somebody.
const (
	ClosingInactive Closing = "inactive" // it said they are not active, and may say they are again
	ClosingRemoved  Closing = "removed"  // it removed them, and knows them no more
)

// IdentityQuery asks for identities: those whose login or external name is given, nil
// for any; from a place on, counting from 0, and at most so many.
type IdentityQuery struct {
	Login, External *string
	From, Most      int
}

// maxSaid bounds what is kept of what a provider says somebody is called, in bytes.
const maxSaid = 300

// Named gives an identity by another set of names, and the name that follows; where
// none does it stays, and of somebody new it is the login.
func (i Identity) Named(n Names) Identity {
	if n == i.Names && i.Name != "" {
		return i
	}
	i.Names = n
	if name := n.Name(); name != "" {
		i.Name = name
	}
	if i.Name == "" {
		i.Name = i.Login
	}
	return i
}

// Validate says what is wrong with an identity, as CodeInvalid.
func (i *Identity) Validate() error {
	for _, s := range []string{i.External, i.Names.Display, i.Names.Formatted, i.Names.Given, i.Names.Family} {
		if len(s) > maxSaid || !utf8.ValidString(s) || strings.Contains(s, "\x00") {
			return Errorf(CodeInvalid, "a name, or an external id, is longer than %d bytes, or no text; send a shorter one", maxSaid)
		}
	}
	return i.User.Validate()
}
