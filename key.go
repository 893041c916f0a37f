package vedette

import (
	"bytes"
	"encoding/binary"
	"time"
)

// InstallationKey is what the store keeps of a key of the installation: by what it is
// known again, and what it inherited; never the key.
type InstallationKey struct {
	No       int // 1 is the first
	State    KeyState
	Check    []byte // the value by which the right key is known again
	Heritage []byte // what lasts of the keys before, sealed with this one; nil of the first
	Made     time.Time
	Since    time.Time // it seals; zero while it is the next
	Left     time.Time // another seals; zero until then
	Ended    time.Time // nothing is sealed with it any more; zero until then
}

// KeyState is where a key of the installation is.
type KeyState string

// The states of a key.
const (
	KeyNext    KeyState = "next"    // made, and seals nothing yet: who runs has to hold it first
	KeyCurrent KeyState = "current" // all that is sealed from now on is sealed with it
	KeyLeaving KeyState = "leaving" // another is current, and some things are still sealed with it
	KeyEnded   KeyState = "ended"   // it opens nothing that the store holds
)

// Keys is the state machine of a key of the installation.
var Keys = Machine[KeyState]{
	{"replace", KeyNext, KeyNext},
	{"take_over", KeyNext, KeyCurrent},
	{"leave", KeyCurrent, KeyLeaving},
	{"end", KeyLeaving, KeyEnded},
}

// SealKind is a kind of thing that is sealed with the installation's key itself.
type SealKind string

// The kinds of such things. What is private of a person is sealed with a key of their
// own, and that is one of these.
const (
	SealPerson SealKind = "person" // the key of a person's record
	SealDuty   SealKind = "duty"   // the key of the addresses of a turn on the rota
	SealHook   SealKind = "hook"   // address and secret of a hook
	SealCode   SealKind = "code"   // the secret of a user's one-time codes
	SealRung   SealKind = "rung"   // the key of the addresses where an approver is rung
	SealFile   SealKind = "file"   // the key of the file that a report came in
)

// SealKinds are these, in the order a rotation takes them.
var SealKinds = []SealKind{SealHook, SealDuty, SealCode, SealRung, SealFile, SealPerson}

// sealMark begins what was sealed with a key of the installation that is not the first;
// its number follows. What the first sealed begins with twelve random bytes.
var sealMark = []byte("\x00vdk\xff")

// MarkSeal puts before what was sealed which key sealed it.
func MarkSeal(no int, sealed []byte) []byte {
	if no <= 1 {
		return sealed
	}
	out := make([]byte, 0, len(sealMark)+binary.MaxVarintLen32+len(sealed))
	return append(binary.AppendUvarint(append(out, sealMark...), uint64(no)), sealed...)
}

// SealedBy says which key of the installation sealed something, and gives what that
// made of it.
func SealedBy(marked []byte) (no int, sealed []byte) {
	rest, ok := bytes.CutPrefix(marked, sealMark)
	if !ok {
		return 1, marked
	}
	n, size := binary.Uvarint(rest)
	if size <= 0 || n < 2 || n > 1<<31 {
		return 1, marked
	}
	return int(n), rest[size:]
}
