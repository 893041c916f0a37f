package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"vedette"
)

// The headers of the scheme.
const (
	HeaderID        = "webhook-id"
	HeaderTimestamp = "webhook-timestamp"
	HeaderSignature = "webhook-signature"
)

// MaxAge is how far a timestamp may be from now when a signature is
// verified; the scheme asks for a tolerance against replay.
const MaxAge = 5 * time.Minute

const secretPrefix = "whsec_"

// Sign gives the value of webhook-signature: "v1," and the base64 of the
// HMAC-SHA256 over id, timestamp in seconds and body, joined by dots. The
// secret is "whsec_" and base64 of 24 to 64 bytes.
func Sign(secret, id string, at time.Time, body []byte) (string, error) {
	key, err := secretKey(secret)
	if err != nil {
		return "", err
	}
	return "v1," + base64.StdEncoding.EncodeToString(digest(key, id, strconv.FormatInt(at.Unix(), 10), body)), nil
}

// Verify says whether a signature header, which may list several separated
// by spaces, holds one that fits, and that the timestamp is within MaxAge of
// now.
func Verify(secret, id, timestamp, signature string, body []byte, now time.Time) error {
	key, err := secretKey(secret)
	if err != nil {
		return err
	}
	secs, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return vedette.Errorf(vedette.CodeInvalid, "the webhook's timestamp is not a number of seconds")
	}
	if age := now.Sub(time.Unix(secs, 0)); age > MaxAge || age < -MaxAge {
		return vedette.Errorf(vedette.CodeExpired, "the webhook's timestamp is more than %v from now", MaxAge)
	}
	want := digest(key, id, timestamp, body)
	for s := range strings.FieldsSeq(signature) {
		got, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(s, "v1,"))
		if err == nil && strings.HasPrefix(s, "v1,") && hmac.Equal(got, want) {
			return nil
		}
	}
	return vedette.Errorf(vedette.CodeForbidden, "the webhook's signature does not fit")
}

// CheckSecret says whether a secret has the form of the scheme.
func CheckSecret(secret string) error {
	_, err := secretKey(secret)
	return err
}

func secretKey(secret string) ([]byte, error) {
	b64, ok := strings.CutPrefix(secret, secretPrefix)
	key, err := base64.StdEncoding.DecodeString(b64)
	if !ok || err != nil || len(key) < 24 || len(key) > 64 {
		return nil, vedette.Errorf(vedette.CodeInvalid,
			"the webhook's secret is not %q followed by base64 of 24 to 64 bytes; make a new one", secretPrefix)
	}
	return key, nil
}

func digest(key []byte, id, timestamp string, body []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	return mac.Sum(nil)
}
