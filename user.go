package vedette

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// UserRole is what somebody who signs in may do; package auth/rights says what.
type UserRole string

// The roles. Those of the desk see everyone of the organisation; the others see their
// own people alone, who these are says User.Of.
const (
	RoleTraveller     UserRole = "traveller" // themselves
	RoleManager       UserRole = "manager"   // whoever's record names them as the manager
	RoleWarden        UserRole = "warden"    // whoever is at a site
	RoleRegional      UserRole = "regional"  // whoever is in a region, while they are
	RoleAnalyst       UserRole = "analyst"
	RoleApprover      UserRole = "approver"
	RoleAdministrator UserRole = "administrator"
)

// OwnRoles see their own people alone, DeskRoles everyone, least first; UserRoles are
// all.
var (
	OwnRoles  = []UserRole{RoleTraveller, RoleManager, RoleWarden, RoleRegional}
	DeskRoles = []UserRole{RoleAnalyst, RoleApprover, RoleAdministrator}
	UserRoles = append(slices.Clone(OwnRoles), DeskRoles...)
)

// Own says whether a role sees its own people alone.
func (r UserRole) Own() bool { return slices.Contains(OwnRoles, r) }

// User is somebody who signs in.
type User struct {
	Key      int64
	ID       ID
	Name     string // as the record names them
	Login    string // what they sign in with, in small letters
	Role     UserRole
	Of       []string // whom they see, of a role that sees its own: a person's id; how records name a manager; sites' names; areas
	Privy    bool     // may know who is restricted, in what they see
	Made     time.Time
	By       string    // who made them
	SignedIn time.Time // the last time, zero for never
	Closed   time.Time // since when they may not sign in any more, zero for not
	Issuer   string    // the identity provider that signs them in, "" for none
	Follows  bool      // their role is what its groups say
	EachTime bool      // they want to show a second factor whenever they sign in
	Language string    // of the pages they see, by its tag; "" for what their browser says
}

// Session is a browser that somebody is signed in with.
type Session struct {
	ID         ID // by which it is ended; it is not its secret
	User       User
	Made, Seen time.Time
	Strong     time.Time // when a second factor was shown in it last, zero for never
}

// The bounds of a user's words.
const (
	maxUserName = 100 // characters, as of whoever is named in the record
	maxLogin    = 200 // bytes
)

// CleanLogin is a login as it is compared: without blanks around it, in small
// letters.
func CleanLogin(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// Validate says what is wrong with a user, as CodeInvalid.
func (u *User) Validate() error {
	bad := func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }
	switch {
	case strings.TrimSpace(u.Name) == "" || utf8.RuneCountInString(u.Name) > maxUserName || !utf8.ValidString(u.Name) || strings.ContainsFunc(u.Name, unicode.IsControl):
		return Errorf(CodeInvalid, "a user needs a name that the record can show: at most %d characters, in one line", maxUserName)
	case u.Login == "" || len(u.Login) > maxLogin || !utf8.ValidString(u.Login) || strings.ContainsFunc(u.Login, bad) || u.Login != CleanLogin(u.Login):
		return Errorf(CodeInvalid, "%q is nothing to sign in with; write a mail address or a word of small letters, without blanks, at most %d bytes", u.Login, maxLogin)
	case !slices.Contains(UserRoles, u.Role):
		return Errorf(CodeInvalid, "there is no role %q; the roles are %s", u.Role, roleWords())
	}
	return u.validOf()
}

// The bounds of whom somebody sees.
const (
	maxOf     = 50
	maxOfWord = 200 // bytes
)

// ofWhat says what Of has for a role.
var ofWhat = map[UserRole]string{
	RoleTraveller: "the one person they are", RoleManager: "how the records of their people name them: a mail address, a name or a number",
	RoleWarden: "the sites they are the warden of", RoleRegional: "the areas they look after",
}

func (u *User) validOf() error {
	bad := func(s string) bool {
		return strings.TrimSpace(s) == "" || len(s) > maxOfWord || !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl)
	}
	switch {
	case !u.Role.Own() && len(u.Of) > 0:
		return Errorf(CodeInvalid, "%s sees everybody; whom somebody sees is said of the roles %s, %s, %s and %s", u.Role, RoleTraveller, RoleManager, RoleWarden, RoleRegional)
	case u.Role == RoleTraveller && len(u.Of) > 1:
		return Errorf(CodeInvalid, "a traveller is one person; %d were named", len(u.Of))
	case len(u.Of) > maxOf || slices.ContainsFunc(u.Of, bad):
		return Errorf(CodeInvalid, "whom they see is at most %d words in one line each, of at most %d bytes", maxOf, maxOfWord)
	}
	return nil
}

// NeedsOf says, as CodeInvalid, that nobody is named whom somebody sees, of a role that
// sees its own people alone: they see nobody.
func (u *User) NeedsOf() error {
	if !u.Role.Own() || len(u.Of) > 0 {
		return nil
	}
	return Errorf(CodeInvalid, "say whom they see (--of): of the role %s, %s", u.Role, ofWhat[u.Role])
}

func roleWords() string {
	list := make([]string, len(UserRoles))
	for i, r := range UserRoles {
		list[i] = string(r)
	}
	return strings.Join(list, ", ")
}
