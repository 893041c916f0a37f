package vedette

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Passkey is a key on a device of somebody's, by which they sign in.
type Passkey struct {
	Key        int64
	ID         ID
	Name       string // as its owner calls it
	Handle     []byte // what the device calls it
	Public     []byte // the public key, as COSE
	Count      uint32 // of signatures, as the device counts them; 0 where it does not
	Flags      byte   // what the device says of it: whether it may be kept in several places
	Made, Used time.Time
}

// mayBeKept is what a device says of a key that may be kept in several places.
const mayBeKept = 1 << 3

// Synced says whether a passkey may be kept in several places, as keepers of passwords
// do; else it is on the one device.
func (k *Passkey) Synced() bool { return k.Flags&mayBeKept != 0 }

// maxPasskeyName bounds a passkey's name, in characters.
const maxPasskeyName = 60

// Validate says what is wrong with a passkey's name, as CodeInvalid.
func (k *Passkey) Validate() error {
	if strings.TrimSpace(k.Name) == "" || utf8.RuneCountInString(k.Name) > maxPasskeyName || !utf8.ValidString(k.Name) || strings.ContainsFunc(k.Name, unicode.IsControl) {
		return Errorf(CodeInvalid, "a passkey needs a name by which you know it again: at most %d characters, in one line", maxPasskeyName)
	}
	return nil
}

// Codes are what somebody's one-time codes are made of.
type Codes struct {
	Sealed     []byte // the secret, with the installation's key
	Step       int64  // of the last that was used: those up to it are good no more
	Made, Used time.Time
}

// ChallengeKind says what somebody is to do who is asked to prove who they are.
type ChallengeKind string

// The kinds of challenge.
const (
	ChallengeSignIn ChallengeKind = "sign-in" // with a passkey, whose is not known yet
	ChallengeAdd    ChallengeKind = "add"     // a passkey to one's account
	ChallengeShow   ChallengeKind = "show"    // a passkey, while signed in
	ChallengeCode   ChallengeKind = "code"    // the first one-time code of a secret

	ChallengeProvider ChallengeKind = "provider" // to come back from an identity provider, signed in
)

// Challenge is what somebody was asked and has not answered yet. It is answered once,
// by the browser that was asked.
type Challenge struct {
	Kind  ChallengeKind
	User  int64  // of whom it is asked, 0 where that is not known yet
	Kept  []byte // what the answer is held against
	Until time.Time
}
