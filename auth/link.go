package auth

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"time"

	"vedette"
)

// Link is what a reply link says: which delivery it answers, until when.
type Link struct {
	Org       int64
	Update    vedette.ID
	Recipient int64
	Address   int
	Expires   time.Time // to the second
}

const macLen = 16

// SignLink makes the token of a reply link. It holds keys, no private word.
func (k *Key) SignLink(l Link) string {
	b := l.encode()
	return base64.RawURLEncoding.EncodeToString(append(b, k.use.Load().past[0].link.mac(string(b))[:macLen]...))
}

// OpenLink reads a token. An altered one is CodeForbidden, one past its time
// CodeExpired (the link is given all the same, to say what it was about).
func (k *Key) OpenLink(token string, now time.Time) (Link, error) {
	bad := vedette.Errorf(vedette.CodeForbidden, "this link is not complete or was altered; open it again from the message")
	if len(token) > 200 {
		return Link{}, bad
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(b) <= macLen {
		return Link{}, bad
	}
	body, sum := b[:len(b)-macLen], b[len(b)-macLen:]
	by := k.use.Load().linked(sum, string(body))
	if by == nil {
		return Link{}, bad
	}
	l, ok := decodeLink(body)
	if !ok || by.late(l.Expires) {
		return Link{}, bad
	}
	if now.After(l.Expires) {
		return l, vedette.Errorf(vedette.CodeExpired, "this link was good until %s", l.Expires.UTC().Format("2 January 2006 15:04 UTC"))
	}
	return l, nil
}

func (l Link) encode() []byte {
	u, err := hex.DecodeString(strings.ReplaceAll(string(l.Update), "-", ""))
	if err != nil || len(u) != 16 {
		u = make([]byte, 16)
	}
	b := append([]byte{1}, u...)
	for _, v := range []int64{l.Org, l.Recipient, int64(l.Address), l.Expires.Unix()} {
		b = binary.AppendVarint(b, v)
	}
	return b
}

func decodeLink(b []byte) (Link, bool) {
	if len(b) < 17 || b[0] != 1 {
		return Link{}, false
	}
	h := hex.EncodeToString(b[1:17])
	l := Link{Update: vedette.ID(h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:])}
	b = b[17:]
	var v [4]int64
	for i := range v {
		n := 0
		if v[i], n = binary.Varint(b); n <= 0 {
			return Link{}, false
		}
		b = b[n:]
	}
	l.Org, l.Recipient, l.Address, l.Expires = v[0], v[1], int(v[2]), time.Unix(v[3], 0).UTC()
	return l, len(b) == 0
}
