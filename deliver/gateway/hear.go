package gateway

import (
	"crypto/hmac"
	"crypto/sha1" // Twilio's scheme
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"time"

	"vedette"
	"vedette/deliver/webhook"
)

// Call is what came in at a gateway's door.
type Call struct {
	URL    string // whole, as the gateway was given it
	Header http.Header
	Body   []byte
}

// Fields gives the fields of a call of Twilio's own, after a look at
// X-Twilio-Signature: the HMAC-SHA1, by the auth token, of the whole address and
// the sorted fields
// (https://www.twilio.com/docs/usage/security#validating-requests). It holds no
// time: what was heard before is to be known by what it says.
func (g *Gateway) Fields(c Call) (url.Values, error) {
	form, err := url.ParseQuery(string(c.Body))
	if err != nil {
		return nil, vedette.Errorf(vedette.CodeInvalid, "the call is no form")
	}
	got, err := base64.StdEncoding.DecodeString(c.Header.Get("X-Twilio-Signature"))
	if err != nil || !hmac.Equal(got, twilioSum(g.Secret, c.URL, form)) {
		return nil, vedette.Errorf(vedette.CodeForbidden, "the call's signature does not fit: the secret, or the address it was sent to, is another one")
	}
	return form, nil
}

// Signed gives the id of a call of a JSON gateway's own, signed by the Standard
// Webhooks scheme: HMAC-SHA256 of id, time and body, at most five minutes old.
func (g *Gateway) Signed(c Call, now time.Time) (id string, err error) {
	if g.Secret == "" {
		return "", vedette.Errorf(vedette.CodeForbidden, "gateway %s has no secret here, so nothing it tells can be believed; give it one", g.Name)
	}
	id = c.Header.Get(webhook.HeaderID)
	return id, webhook.Verify(g.Secret, id, c.Header.Get(webhook.HeaderTimestamp), c.Header.Get(webhook.HeaderSignature), c.Body, now)
}

// twilioSum is what Twilio signs.
func twilioSum(secret, address string, form url.Values) []byte {
	h := hmac.New(sha1.New, []byte(secret))
	h.Write([]byte(address))
	for _, k := range slices.Sorted(keys(form)) {
		for _, v := range slices.Compact(slices.Sorted(slices.Values(form[k]))) {
			h.Write([]byte(k + v))
		}
	}
	return h.Sum(nil)
}

func keys(form url.Values) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range form {
			if !yield(k) {
				return
			}
		}
	}
}

// SignTwilio makes the header that Twilio would send.
func SignTwilio(secret, address string, form url.Values) string {
	return base64.StdEncoding.EncodeToString(twilioSum(secret, address, form))
}
