package auth

import (
	"encoding/base64"
	"encoding/binary"
	"time"

	"vedette"
)

// Handout is what a link says by which one update is read. It is good for nothing else.
type Handout struct {
	Org, Key int64     // whose, and which
	Expires  time.Time // to the second
}

// SignHandout makes its token. It holds keys, no private word, and is never taken for
// the token of another link.
func (k *Key) SignHandout(h Handout) string {
	b := []byte{1}
	for _, v := range []int64{h.Org, h.Key, h.Expires.Unix()} {
		b = binary.AppendVarint(b, v)
	}
	return base64.RawURLEncoding.EncodeToString(append(b, k.use.Load().past[0].link.mac("handout", string(b))[:macLen]...))
}

// OpenHandout reads a token. An altered one is CodeForbidden, one past its time
// CodeExpired.
func (k *Key) OpenHandout(token string, now time.Time) (Handout, error) {
	bad := vedette.Errorf(vedette.CodeForbidden, "this link is not complete or was altered; open it again from where you were given it")
	if len(token) > 200 {
		return Handout{}, bad
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(b) <= macLen+1 {
		return Handout{}, bad
	}
	body, sum := b[:len(b)-macLen], b[len(b)-macLen:]
	by := k.use.Load().linked(sum, "handout", string(body))
	if body[0] != 1 || by == nil {
		return Handout{}, bad
	}
	var v [3]int64
	rest := body[1:]
	for i := range v {
		n := 0
		if v[i], n = binary.Varint(rest); n <= 0 {
			return Handout{}, bad
		}
		rest = rest[n:]
	}
	h := Handout{v[0], v[1], time.Unix(v[2], 0).UTC()}
	if len(rest) > 0 || by.late(h.Expires) {
		return Handout{}, bad
	}
	if !now.Before(h.Expires) {
		return h, vedette.Errorf(vedette.CodeExpired, "this link was good until %s; ask whoever gave it to you for what is so now", h.Expires.Format("2 January 2006 15:04 UTC"))
	}
	return h, nil
}
