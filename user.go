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

// The roles there are so far: all of them see everyone of the organisation.
const (
	RoleAnalyst       UserRole = "analyst"
	RoleApprover      UserRole = "approver"
	RoleAdministrator UserRole = "administrator"
)

// UserRoles are the roles, least first.
var UserRoles = []UserRole{RoleAnalyst, RoleApprover, RoleAdministrator}

// User is somebody who signs in.
type User struct {
	Key      int64
	ID       ID
	Name     string // as the record names them
	Login    string // what they sign in with, in small letters
	Role     UserRole
	Made     time.Time
	By       string    // who made them
	SignedIn time.Time // the last time, zero for never
	Closed   time.Time // since when they may not sign in any more, zero for not
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
	return nil
}

func roleWords() string {
	list := make([]string, len(UserRoles))
	for i, r := range UserRoles {
		list[i] = string(r)
	}
	return strings.Join(list, ", ")
}
