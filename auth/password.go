package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"vedette"
)

// The bounds of a password: what NIST SP 800-63B-4 asks of one that stands alone is
// 15 characters; no rule about kinds of them.
const (
	MinPassword = 15   // characters
	maxPassword = 1024 // bytes
)

// cost is what a hash costs: argon2id with the second of the settings that RFC 9106
// names for little memory, less of that and more rounds, as OWASP gives it
// (19 MiB, 2 rounds, 1 lane).
type cost struct {
	memory uint32 // KiB
	rounds uint32
	lanes  uint8
}

var today = cost{19 * 1024, 2, 1}

// most bounds what a stored hash may ask for.
var most = cost{256 * 1024, 10, 4}

// CheckPassword says what is wrong with a new password, as CodeInvalid.
func CheckPassword(password, login, name string) error {
	n := utf8.RuneCountInString(password)
	switch low := strings.ToLower(password); {
	case !utf8.ValidString(password) || len(password) > maxPassword:
		return vedette.Errorf(vedette.CodeInvalid, "that password is too long, or holds what is no text; at most %d bytes are read", maxPassword)
	case n < MinPassword:
		return vedette.Errorf(vedette.CodeInvalid, "a password has at least %d characters; a few words that do not belong together are good, and easy to keep", MinPassword)
	case few(low):
		return vedette.Errorf(vedette.CodeInvalid, "that password is the same few characters again and again; take others")
	case login != "" && strings.Contains(low, login) && len(login) > 3, name != "" && low == strings.ToLower(name):
		return vedette.Errorf(vedette.CodeInvalid, "that password holds what you sign in with, or is your name; take another")
	}
	return nil
}

// few says whether there are fewer than five different characters.
func few(s string) bool {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen) < 5
}

// HashPassword makes what is kept of a password.
func HashPassword(password string) string {
	var salt [16]byte
	rand.Read(salt[:])
	return today.text(salt[:], today.hash(password, salt[:]))
}

func (c cost) hash(password string, salt []byte) []byte {
	return argon2.IDKey([]byte(norm.NFKC.String(password)), salt, c.rounds, c.memory, c.lanes, sha256.Size)
}

func (c cost) text(salt, sum []byte) string {
	enc := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.rounds, c.lanes, enc(salt), enc(sum))
}

// VerifyPassword says whether a password is the one that was hashed, and whether the
// hash is to be made anew: it costs less than one does today. What is kept may be
// "", of somebody who is not known or has no password: that takes as long, and is
// wrong.
func VerifyPassword(kept, password string) (right, old bool) {
	c, salt, sum, ok := parseHash(kept)
	if !ok {
		c, salt, sum = today, make([]byte, 16), make([]byte, sha256.Size)
	}
	if len(password) > maxPassword {
		password = "" // and is wrong: no such password is ever kept
	}
	right = subtle.ConstantTimeCompare(c.hash(password, salt), sum) == 1 && ok && password != ""
	return right, right && c != today
}

func parseHash(kept string) (c cost, salt, sum []byte, ok bool) {
	parts := strings.Split(kept, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, false
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.rounds, &c.lanes); err != nil || n != 3 {
		return c, nil, nil, false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return c, nil, nil, false
	}
	sum, err = base64.RawStdEncoding.DecodeString(parts[5])
	fits := c.memory > 0 && c.rounds > 0 && c.lanes > 0 && c.memory <= most.memory && c.rounds <= most.rounds && c.lanes <= most.lanes
	return c, salt, sum, err == nil && fits && len(salt) >= 8 && len(sum) == sha256.Size
}
