package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"slices"
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
	case few(low) || easy(low):
		return vedette.Errorf(vedette.CodeInvalid, "that password is a row of keys, or the same again and again, or one that many have; take another: a few words that do not belong together")
	case login != "" && strings.Contains(low, login) && len(login) > 3, name != "" && low == strings.ToLower(name):
		return vedette.Errorf(vedette.CodeInvalid, "that password holds what you sign in with, or is your name; take another")
	}
	return nil
}

// rows are what fingers find without thinking.
var rows = []string{"qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "azertyuiopqsdfghjklmwxcvbn", "abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "йцукенгшщзхъфывапролджэячсмитьбю"}

// usual are words that, alone or with digits around them, are tried first.
var usual = []string{"password", "passwort", "motdepasse", "contraseña", "пароль", "welcome", "letmein", "iloveyou", "administrator", "changeme", "correcthorsebatterystaple", "secret", "vedette", "security", "princess", "sunshine", "football", "baseball", "superman"}

// easy says whether somebody who guesses comes to it soon: a piece said again and
// again, a row of keys, or a usual word with little around it.
func easy(low string) bool {
	plain := strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '_' || r == '.' || r == '!' {
			return -1
		}
		return r
	}, low)
	for n := 1; n <= len(plain)/2; n++ {
		if strings.HasPrefix(strings.Repeat(plain[:n], len(plain)/n+1), plain) {
			return true
		}
	}
	for _, row := range rows {
		if longest(plain, row) >= 10 {
			return true
		}
	}
	left := plain
	for _, w := range usual {
		left = strings.ReplaceAll(left, w, "")
	}
	return len(left) < len(plain) && utf8.RuneCountInString(strings.Trim(left, "0123456789@#$?*")) < 6
}

// longest is how many bytes of a row are in a text as they follow each other, either
// way.
func longest(text, row string) (most int) {
	for i := range text {
		for n := most + 1; i+n <= len(text); n++ {
			if !strings.Contains(row, text[i:i+n]) && !strings.Contains(row, reversed(text[i:i+n])) {
				break
			}
			most = n
		}
	}
	return most
}

func reversed(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}

// few says whether there are fewer than five different characters.
func few(s string) bool {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen) < 5
}

// Hasher makes hashes of passwords and looks at them: what HashPassword and VerifyPassword
// do, here or elsewhere.
type Hasher interface {
	Hash(password string) string
	Verify(kept, password string) (right, old bool)
}

// Here makes them where it is asked.
type Here struct{}

// Hash is HashPassword.
func (Here) Hash(password string) string { return HashPassword(password) }

// Verify is VerifyPassword.
func (Here) Verify(kept, password string) (right, old bool) { return VerifyPassword(kept, password) }

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
