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
func (k *Key) SignPass(p Pass) string { return k.signKeys("pass", p.Expires, p.Org, p.Case, p.Duty) }

// OpenPass reads a token. An altered one is CodeForbidden, one past its time
// CodeExpired.
func (k *Key) OpenPass(token string, now time.Time) (Pass, error) {
	v, until, err := k.openKeys("pass", token, now)
	return Pass{v[0], v[1], v[2], until}, err
}

// Call is what a link says by which an approver answers what they are rung about.
type Call struct {
	Org, Approval, Recipient int64
	Expires                  time.Time // to the second
}

// SignCall makes the token of a call. It is never taken for that of a pass or a reply
// link.
func (k *Key) SignCall(c Call) string {
	return k.signKeys("approve", c.Expires, c.Org, c.Approval, c.Recipient)
}

// OpenCall reads a token, as OpenPass does.
func (k *Key) OpenCall(token string, now time.Time) (Call, error) {
	v, until, err := k.openKeys("approve", token, now)
	return Call{v[0], v[1], v[2], until}, err
}

func (k *Key) signKeys(purpose string, until time.Time, keys ...int64) string {
	b := []byte{1}
	for _, v := range append(keys, until.Unix()) {
		b = binary.AppendVarint(b, v)
	}
	return base64.RawURLEncoding.EncodeToString(append(b, k.use.Load().past[0].link.mac(purpose, string(b))[:macLen]...))
}

func (k *Key) openKeys(purpose, token string, now time.Time) (keys [3]int64, until time.Time, err error) {
	bad := vedette.Errorf(vedette.CodeForbidden, "this link is not complete or was altered; open it again from the message")
	if len(token) > 200 {
		return keys, until, bad
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(b) <= macLen+1 {
		return keys, until, bad
	}
	body, sum := b[:len(b)-macLen], b[len(b)-macLen:]
	by := k.use.Load().linked(sum, purpose, string(body))
	if body[0] != 1 || by == nil {
		return keys, until, bad
	}
	var v [4]int64
	rest := body[1:]
	for i := range v {
		n := 0
		if v[i], n = binary.Varint(rest); n <= 0 {
			return keys, until, bad
		}
		rest = rest[n:]
	}
	keys, until = [3]int64(v[:3]), time.Unix(v[3], 0).UTC()
	if len(rest) > 0 || by.late(until) {
		return [3]int64{}, until, bad
	}
	if now.After(until) {
		err = vedette.Errorf(vedette.CodeExpired, "this link was good until %s", until.Format("2 January 2006 15:04 UTC"))
	}
	return keys, until, err
}
