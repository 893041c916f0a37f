package auth

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"strings"
	"time"

	"vedette"
)

// One-time codes, by RFC 6238 as the programs that show them all know it: SHA-1, six
// digits, half a minute each.
const (
	codeDigits = 6
	codeEvery  = 30 * time.Second
	codeBytes  = 20
	codeSlack  = 1 // steps that the two clocks may be apart
)

// CodeSecret is what codes are made of.
type CodeSecret []byte

// NewCodeSecret makes one.
func NewCodeSecret() CodeSecret {
	b := make([]byte, codeBytes)
	rand.Read(b)
	return b
}

// Text is the secret as somebody types it, in groups of four.
func (s CodeSecret) Text() string {
	text := base32.StdEncoding.EncodeToString(s)
	var groups []string
	for len(text) > 4 {
		groups, text = append(groups, text[:4]), text[4:]
	}
	return strings.Join(append(groups, text), " ")
}

// Link is the address by which a program takes the secret, for an organisation and
// whoever signs in there.
func (s CodeSecret) Link(issuer, login string) string {
	issuer = strings.ReplaceAll(issuer, ":", " ") // which parts the two
	q := url.Values{"secret": {base32.StdEncoding.EncodeToString(s)}, "issuer": {issuer}}
	return "otpauth://totp/" + url.PathEscape(issuer) + ":" + url.PathEscape(login) + "?" + strings.ReplaceAll(q.Encode(), "+", "%20")
}

// ParseCodeSecret reads a secret as Text writes it.
func ParseCodeSecret(text string) (CodeSecret, error) {
	b, err := base32.StdEncoding.DecodeString(strings.ReplaceAll(text, " ", ""))
	return b, vedette.Wrap(err, vedette.CodeInvalid, "this is no secret of one-time codes")
}

// Code is the code of a moment.
func (s CodeSecret) Code(now time.Time) string { return s.at(stepOf(now)) }

func stepOf(now time.Time) int64 { return now.Unix() / int64(codeEvery/time.Second) }

// at is the code of a step.
func (s CodeSecret) at(step int64) string {
	m := hmac.New(sha1.New, s)
	m.Write(binary.BigEndian.AppendUint64(nil, uint64(step)))
	sum := m.Sum(nil)
	n := binary.BigEndian.Uint32(sum[sum[len(sum)-1]&15:]) & 0x7fffffff
	return fmt.Sprintf("%0*d", codeDigits, n%1_000_000)
}

// Check says of which step a code is, 0 for none. One of the last step that was used,
// or before, is good no more.
func (s CodeSecret) Check(code string, last int64, now time.Time) (step int64) {
	code = strings.Join(strings.Fields(code), "")
	this := stepOf(now)
	for n := this - codeSlack; n <= this+codeSlack; n++ {
		if subtle.ConstantTimeCompare([]byte(code), []byte(s.at(n))) == 1 && n > last {
			step = n
		}
	}
	return step
}

// SealCode seals somebody's secret with the installation's key.
func (k *Key) SealCode(user vedette.ID, s CodeSecret) []byte {
	return k.seal(codeLabel+string(user), s)
}

// OpenCode opens what SealCode made of somebody's.
func (k *Key) OpenCode(user vedette.ID, sealed []byte) (CodeSecret, error) {
	s, err := k.open(codeLabel+string(user), sealed)
	if err != nil || len(s) != codeBytes {
		return nil, vedette.Errorf(vedette.CodeWrongKey, "the secret of somebody's one-time codes cannot be opened with this installation key; reset them, and they add another")
	}
	return s, nil
}

// codeLabel, before an id, is what a secret is sealed for.
const codeLabel = "one-time codes "
