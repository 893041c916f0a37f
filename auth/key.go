// Package auth holds the secrets of an installation: the key that seals
// private records, the keyed hashes exact look-ups go by, and the signed
// links people answer with. It is pure but for the system's random numbers:
// where the key lies is the caller's matter.
package auth

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"vedette"
)

// Key is an installation's key: 32 random bytes. Everything sealed or signed
// hangs on it; it is never stored in the database nor in a backup.
//
// While one takes the place of another, and after that, it is several: one of them
// seals and signs, all that are held open, and what outlasts them (keyed hashes, the
// names of messages) is the first's; see [Key.Follow]. It is safe for concurrent use.
type Key struct {
	mu   sync.Mutex // of held, for whoever changes what is in use
	held []*generation
	seen string // of the store, when it was last followed
	use  atomic.Pointer[ring]
}

const keyPrefix = "vedette-key-1:"

// NewKey makes a key from the system's random numbers.
func NewKey() *Key {
	var b [32]byte
	rand.Read(b[:])
	return newKey(newGeneration(b[:]))
}

// ParseKey reads a key as Text prints it; several, with blanks or line ends between
// them, while one takes the place of another.
func ParseKey(text string) (*Key, error) {
	held, err := parse(text)
	if err != nil {
		return nil, err
	}
	return newKey(held...), nil
}

// maxKeys bounds how many keys are held at once: the one in use, the next, and a few
// that a file was not tidied of.
const maxKeys = 8

func parse(text string) ([]*generation, error) {
	words := strings.Fields(text)
	if len(words) == 0 || len(words) > maxKeys {
		return nil, vedette.Errorf(vedette.CodeInvalid, "this is no installation key; one begins with %q", keyPrefix)
	}
	var held []*generation
	for _, word := range words {
		body, ok := strings.CutPrefix(word, keyPrefix)
		if !ok {
			return nil, vedette.Errorf(vedette.CodeInvalid, "this is no installation key; one begins with %q", keyPrefix)
		}
		b, err := base64.RawURLEncoding.DecodeString(body)
		if err != nil || len(b) != 32 {
			return nil, vedette.Errorf(vedette.CodeInvalid, "the installation key is damaged: it should hold 32 bytes after %q", keyPrefix)
		}
		held = append(held, newGeneration(b))
	}
	return held, nil
}

func newKey(held ...*generation) *Key {
	k := &Key{held: held}
	k.use.Store(firstRing(held))
	return k
}

// Text is the key that seals, as it is kept in a file or the environment.
func (k *Key) Text() string { return k.use.Load().now.text }

// String keeps the key out of logs.
func (k *Key) String() string { return "installation key (hidden)" }

// GoString keeps the key out of %#v.
func (k *Key) GoString() string { return k.String() }

// Format keeps the key out of every other verb.
func (k *Key) Format(f fmt.State, _ rune) { io.WriteString(f, k.String()) }

// Check is a value the store keeps, by which the right key is known again.
func (k *Key) Check() []byte { return k.use.Load().now.sum() }

// Verify says whether a key that made a check value is held.
func (k *Key) Verify(check []byte) error {
	if k.TextOf(check) != "" {
		return nil
	}
	return vedette.Errorf(vedette.CodeWrongKey,
		"the installation key is not the one these records are sealed with; use the key file that belongs to this database")
}

// TextOf gives the text of the key that is held and made a check value, "" for none.
func (k *Key) TextOf(check []byte) string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if g := find(k.held, check); g != nil {
		return g.text
	}
	return ""
}

// Checks gives the check values of all keys that are held, as they were given.
func (k *Key) Checks() (out [][]byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, g := range k.held {
		out = append(out, g.sum())
	}
	return out
}

// Hash is a keyed hash of a value, for exact look-ups of what is sealed.
// The kind keeps an e-mail's hash apart from a name's.
func (k *Key) Hash(kind, value string) []byte {
	return k.use.Load().hash.mac(kind, strings.ToLower(strings.TrimSpace(value)))[:16]
}

// SealLog vouches for the log of an organisation up to a row, as its head is written.
func (k *Key) SealLog(org vedette.ID, head string) []byte {
	return k.use.Load().past[0].log.mac(string(org), head)
}

// VerifyLog says whether a seal of ours vouches for that, also one of an earlier key.
func (k *Key) VerifyLog(org vedette.ID, head string, seal []byte) bool {
	ok := false
	for _, p := range k.use.Load().past {
		ok = subtle.ConstantTimeCompare(seal, p.log.mac(string(org), head)) == 1 || ok
	}
	return ok
}

// Identity names a message: the same parts give the same name, in every
// retry and after every restart, and it tells nothing of them.
func (k *Key) Identity(parts ...string) string {
	return strings.ToLower(base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(k.use.Load().name.mac(parts...)[:20]))
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
