package auth

import (
	"encoding/base64"
	"encoding/binary"
	"time"

	"vedette"
)

// Device is what a link says by which somebody removes a device that was added
// to theirs. It is good for nothing else.
type Device struct {
	Org, Person int64
	Slot        int
	Since       time.Time // to the second: of another device in the slot it says nothing
	Expires     time.Time // to the second
}

// SignDevice makes its token. It holds keys, no private word, and is never
// taken for the token of another link.
func (k *Key) SignDevice(d Device) string {
	b := []byte{1}
	for _, v := range []int64{d.Org, d.Person, int64(d.Slot), d.Since.Unix(), d.Expires.Unix()} {
		b = binary.AppendVarint(b, v)
	}
	return base64.RawURLEncoding.EncodeToString(append(b, k.use.Load().past[0].link.mac("device", string(b))[:macLen]...))
}

// OpenDevice reads a token. An altered one is CodeForbidden, one past its time
// CodeExpired.
func (k *Key) OpenDevice(token string, now time.Time) (Device, error) {
	bad := vedette.Errorf(vedette.CodeForbidden, "this link is not complete or was altered; open it again from the message")
	if len(token) > 200 {
		return Device{}, bad
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(b) <= macLen+1 {
		return Device{}, bad
	}
	body, sum := b[:len(b)-macLen], b[len(b)-macLen:]
	by := k.use.Load().linked(sum, "device", string(body))
	if body[0] != 1 || by == nil {
		return Device{}, bad
	}
	var v [5]int64
	rest := body[1:]
	for i := range v {
		n := 0
		if v[i], n = binary.Varint(rest); n <= 0 {
			return Device{}, bad
		}
		rest = rest[n:]
	}
	d := Device{v[0], v[1], int(v[2]), time.Unix(v[3], 0).UTC(), time.Unix(v[4], 0).UTC()}
	if len(rest) > 0 || by.late(d.Expires) {
		return Device{}, bad
	}
	if now.After(d.Expires) {
		return d, vedette.Errorf(vedette.CodeExpired, "this link was good until %s; write to the sender to have the device removed", d.Expires.Format("2 January 2006 15:04 UTC"))
	}
	return d, nil
}
