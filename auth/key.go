// Package auth holds the secrets of an installation: the key that seals
// private records, the keyed hashes exact look-ups go by, and the signed
// links people answer with. It is pure but for the system's random numbers:
// where the key lies is the caller's matter.
package auth

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"vedette"
)

// Key is an installation's key: 32 random bytes. Everything sealed or signed
// hangs on it; it is never stored in the database nor in a backup.
type Key struct {
	wrap                               cipher.AEAD
	hash, link, check, name, push, log secret
	text                               string
}

const keyPrefix = "vedette-key-1:"

// NewKey makes a key from the system's random numbers.
func NewKey() *Key {
	var b [32]byte
	rand.Read(b[:])
	return newKey(b[:])
}

// ParseKey reads a key as Text prints it.
func ParseKey(text string) (*Key, error) {
	body, ok := strings.CutPrefix(strings.TrimSpace(text), keyPrefix)
	if !ok {
		return nil, vedette.Errorf(vedette.CodeInvalid, "this is no installation key; one begins with %q", keyPrefix)
	}
	b, err := base64.RawURLEncoding.DecodeString(body)
	if err != nil || len(b) != 32 {
		return nil, vedette.Errorf(vedette.CodeInvalid, "the installation key is damaged: it should hold 32 bytes after %q", keyPrefix)
	}
	return newKey(b), nil
}

func newKey(b []byte) *Key {
	k := &Key{text: keyPrefix + base64.RawURLEncoding.EncodeToString(b)}
	var wrap [32]byte
	for label, dst := range map[string]*[32]byte{
		"wrap": &wrap, "hash": &k.hash.key, "link": &k.link.key, "check": &k.check.key, "name": &k.name.key, "push": &k.push.key, "log": &k.log.key,
	} {
		d, err := hkdf.Key(sha256.New, b, nil, "vedette/1/"+label, 32)
		if err != nil {
			panic(err) // only for lengths HKDF cannot give
		}
		copy(dst[:], d)
	}
	k.wrap = aead(wrap[:])
	return k
}

// Text is the key as it is kept in a file or the environment.
func (k *Key) Text() string { return k.text }

// String keeps the key out of logs.
func (k *Key) String() string { return "installation key (hidden)" }

// GoString keeps the key out of %#v.
func (k *Key) GoString() string { return k.String() }

// Check is a value the store keeps, by which the right key is known again.
func (k *Key) Check() []byte { return k.check.mac("vedette key check") }

// Verify says whether this is the key that made a check value.
func (k *Key) Verify(check []byte) error {
	if subtle.ConstantTimeCompare(check, k.Check()) == 1 {
		return nil
	}
	return vedette.Errorf(vedette.CodeWrongKey,
		"the installation key is not the one these records are sealed with; use the key file that belongs to this database")
}

// Hash is a keyed hash of a value, for exact look-ups of what is sealed.
// The kind keeps an e-mail's hash apart from a name's.
func (k *Key) Hash(kind, value string) []byte {
	return k.hash.mac(kind, strings.ToLower(strings.TrimSpace(value)))[:16]
}

// SealLog vouches for the log of an organisation up to a row, as its head is written.
func (k *Key) SealLog(org vedette.ID, head string) []byte { return k.log.mac(string(org), head) }

// VerifyLog says whether a seal of ours vouches for that.
func (k *Key) VerifyLog(org vedette.ID, head string, seal []byte) bool {
	return subtle.ConstantTimeCompare(seal, k.SealLog(org, head)) == 1
}

// Identity names a message: the same parts give the same name, in every
// retry and after every restart, and it tells nothing of them.
func (k *Key) Identity(parts ...string) string {
	return strings.ToLower(base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(k.name.mac(parts...)[:20]))
}

// Digest names the mail that gathers what waited for a moment for somebody.
func (k *Key) Digest(recipient int64, address int, at time.Time) string {
	return k.Identity("digest", strconv.FormatInt(recipient, 10), strconv.Itoa(address), strconv.FormatInt(at.UnixMicro(), 10))
}

// Message names the message of a delivery by the fan-out of its update's
// publication. The first round's name is without its number: so it was before
// there were others.
func (k *Key) Message(fanout vedette.ID, recipient int64, address, round int) string {
	of := []string{string(fanout), strconv.FormatInt(recipient, 10), strconv.Itoa(address)}
	if round > 1 {
		of = append(of, strconv.Itoa(round))
	}
	return k.Identity(of...)
}
