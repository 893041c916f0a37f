package auth

import (
	"encoding/base64"
	"encoding/binary"
	"time"

	"vedette"
)

// Pass is what a link says by which somebody on the rota takes a case.
type Pass struct {
	Org, Case, Duty int64
	Expires         time.Time // to the second
}

// SignPass makes the token of a pass. It holds keys, no private word, and is
// never taken for the token of a reply link.
func (k *Key) SignPass(p Pass) string {
	b := []byte{1}
	for _, v := range []int64{p.Org, p.Case, p.Duty, p.Expires.Unix()} {
		b = binary.AppendVarint(b, v)
	}
	return base64.RawURLEncoding.EncodeToString(append(b, k.use.Load().past[0].link.mac("pass", string(b))[:macLen]...))
}

// OpenPass reads a token. An altered one is CodeForbidden, one past its time
// CodeExpired.
func (k *Key) OpenPass(token string, now time.Time) (Pass, error) {
	bad := vedette.Errorf(vedette.CodeForbidden, "this link is not complete or was altered; open it again from the message")
	if len(token) > 200 {
		return Pass{}, bad
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(b) <= macLen+1 {
		return Pass{}, bad
	}
	body, sum := b[:len(b)-macLen], b[len(b)-macLen:]
	by := k.use.Load().linked(sum, "pass", string(body))
	if body[0] != 1 || by == nil {
		return Pass{}, bad
	}
	var v [4]int64
	rest := body[1:]
	for i := range v {
		n := 0
		if v[i], n = binary.Varint(rest); n <= 0 {
			return Pass{}, bad
		}
		rest = rest[n:]
	}
	p := Pass{v[0], v[1], v[2], time.Unix(v[3], 0).UTC()}
	switch {
	case len(rest) > 0 || by.late(p.Expires):
		return Pass{}, bad
	case now.After(p.Expires):
		return p, vedette.Errorf(vedette.CodeExpired, "this link was good until %s", p.Expires.Format("2 January 2006 15:04 UTC"))
	}
	return p, nil
}
