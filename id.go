package vedette

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// ID is a name shown outward: a UUIDv7 (RFC 9562) in lower case.
type ID string

// NewID makes an ID that sorts by the given time to the millisecond.
func NewID(now time.Time) ID {
	var b [16]byte
	rand.Read(b[6:]) // never fails since Go 1.24
	return stamped(b, now)
}

func stamped(b [16]byte, at time.Time) ID {
	ms := uint64(at.UnixMilli())
	for i := range 6 {
		b[i] = byte(ms >> (40 - 8*i))
	}
	b[6] = b[6]&0x0f | 0x70
	b[8] = b[8]&0x3f | 0x80
	return ID(formatUUID(b))
}

// NewIDOf makes an ID as [NewID] does, but the same for the same time and
// words: whoever makes it twice makes one thing.
func NewIDOf(at time.Time, words string) ID {
	var b [16]byte
	sum := sha256.Sum256([]byte(words))
	copy(b[6:], sum[:])
	return stamped(b, at)
}

// Valid says whether the ID has the form of a UUID.
func (id ID) Valid() bool {
	if len(id) != 36 {
		return false
	}
	for i, c := range []byte(id) {
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f') {
				return false
			}
		}
	}
	return true
}

func formatUUID(b [16]byte) string {
	var s [36]byte
	hex.Encode(s[0:8], b[0:4])
	hex.Encode(s[9:13], b[4:6])
	hex.Encode(s[14:18], b[6:8])
	hex.Encode(s[19:23], b[8:10])
	hex.Encode(s[24:36], b[10:16])
	s[8], s[13], s[18], s[23] = '-', '-', '-', '-'
	return string(s[:])
}
