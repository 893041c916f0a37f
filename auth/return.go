package auth

import (
	"encoding/base32"
	"encoding/binary"
	"strings"

	"vedette"
)

// Return names a delivery for a mail that comes back; with Update 0 it is the
// letter whose key is Recipient.
type Return struct {
	Org, Update, Recipient int64
	Round, Address         int
}

// returnMAC is how much of the sum a return token has: it fits into the local
// part of an address, and a forged one only ever says that a mail did not
// arrive.
const returnMAC = 8

var returnCode = base32.HexEncoding.WithPadding(base32.NoPadding)

// SignReturn makes the token of a return: letters and digits of one case, at
// most 48 of them, for some mail servers change the case of addresses.
func (k *Key) SignReturn(r Return) string {
	b := []byte{1}
	for _, v := range []int64{r.Org, r.Update, r.Recipient, int64(r.Round), int64(r.Address)} {
		b = binary.AppendUvarint(b, uint64(v))
	}
	return strings.ToLower(returnCode.EncodeToString(append(b, k.use.Load().past[0].link.mac("return", string(b))[:returnMAC]...)))
}

// OpenReturn reads a token, in any case. An altered one is CodeForbidden.
func (k *Key) OpenReturn(token string) (Return, error) {
	bad := vedette.Errorf(vedette.CodeForbidden, "this is no token of anything that we sent")
	b, err := returnCode.DecodeString(strings.ToUpper(token))
	if err != nil || len(token) > 80 || len(b) <= returnMAC+1 || returnCode.EncodeToString(b) != strings.ToUpper(token) {
		return Return{}, bad // one spelling alone: its last letter has bits to spare
	}
	body, sum := b[:len(b)-returnMAC], b[len(b)-returnMAC:]
	by := k.use.Load().linked(sum, "return", string(body))
	if body[0] != 1 || by == nil {
		return Return{}, bad
	}
	var v [5]int64
	rest := body[1:]
	for i := range v {
		n, size := binary.Uvarint(rest)
		if size <= 0 || n > 1<<62 {
			return Return{}, bad
		}
		v[i], rest = int64(n), rest[size:]
	}
	return Return{v[0], v[1], v[2], int(v[3]), int(v[4])}, nil
}
