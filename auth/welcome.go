package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"strings"
)

// A welcome code has letters and digits that nobody takes for one another, in groups as
// somebody types them from a terminal. There are 60 bits in it.
const (
	welcomeLetters = "ABCDEFGHJKMNPQRSTVWXYZ0123456789" // 32, by Crockford
	welcomeGroups  = 3
	welcomeGroup   = 4
)

// NewWelcome makes a code by which the first administrator is made, and what is kept of it.
func NewWelcome() (code string, kept []byte) {
	var b [welcomeGroups * welcomeGroup]byte
	rand.Read(b[:])
	var out strings.Builder
	for i, x := range b {
		if i > 0 && i%welcomeGroup == 0 {
			out.WriteByte('-')
		}
		out.WriteByte(welcomeLetters[int(x)%len(welcomeLetters)])
	}
	return out.String(), hashWelcome(out.String())
}

// IsWelcome says whether a code as somebody typed it is the one that was kept: in small
// letters too, with whatever stands between the groups, and I, L and O for what they
// look like.
func IsWelcome(typed string, kept []byte) bool {
	return len(kept) > 0 && len(typed) <= 100 && subtle.ConstantTimeCompare(hashWelcome(typed), kept) == 1
}

var welcomeLooks = strings.NewReplacer("I", "1", "L", "1", "O", "0", "-", "", " ", "", "–", "", "\t", "")

func hashWelcome(code string) []byte {
	sum := sha256.Sum256([]byte("welcome\x00" + welcomeLooks.Replace(strings.ToUpper(code))))
	return sum[:]
}
