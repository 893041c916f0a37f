package sms

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha1" // Twilio's scheme
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
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

// Told is what a gateway tells: that a message arrived or came back, or what
// somebody wrote.
type Told struct {
	Key string // the same when it is told again
	Ref string // of a receipt: the message's, where the body names it

	Arrived, Failed bool   // of a receipt; neither while it is on its way
	Code            string // why it failed
	Blocked         bool   // its owner wants no more

	From, Text string // of a message
}

// Receipt says whether it is about a message of ours.
func (t *Told) Receipt() bool { return t.From == "" }

// Hear reads a call, once it is proved to be the gateway's own.
func (g *Gateway) Hear(c Call, now time.Time) (Told, error) {
	if g.Form == FormTwilio {
		return g.hearTwilio(c)
	}
	return g.hearJSON(c, now)
}

// hearTwilio checks X-Twilio-Signature: the HMAC-SHA1, by the auth token, of the
// whole address and the sorted fields
// (https://www.twilio.com/docs/usage/security#validating-requests). It holds no
// time: what was heard before is known by its message and state.
func (g *Gateway) hearTwilio(c Call) (Told, error) {
	form, err := url.ParseQuery(string(c.Body))
	if err != nil {
		return Told{}, vedette.Errorf(vedette.CodeInvalid, "the call is no form")
	}
	got, err := base64.StdEncoding.DecodeString(c.Header.Get("X-Twilio-Signature"))
	if err != nil || !hmac.Equal(got, twilioSum(g.Secret, c.URL, form)) {
		return Told{}, vedette.Errorf(vedette.CodeForbidden, "the call's signature does not fit: the secret, or the address it was sent to, is another one")
	}
	id := cmp.Or(form.Get("MessageSid"), form.Get("SmsSid"))
	if id == "" {
		return Told{}, vedette.Errorf(vedette.CodeInvalid, "the call names no message")
	}
	if state := form.Get("MessageStatus"); state != "" && state != "received" {
		return receipt(id, state, form.Get("ErrorCode")), nil
	}
	return message(id, form.Get("From"), form.Get("Body"))
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

// hearJSON checks a call signed by the Standard Webhooks scheme: HMAC-SHA256 of
// id, time and body, at most five minutes old.
func (g *Gateway) hearJSON(c Call, now time.Time) (Told, error) {
	if g.Secret == "" {
		return Told{}, vedette.Errorf(vedette.CodeForbidden, "gateway %s has no secret here, so nothing it tells can be believed; give it one", g.Name)
	}
	id := c.Header.Get(webhook.HeaderID)
	if err := webhook.Verify(g.Secret, id, c.Header.Get(webhook.HeaderTimestamp), c.Header.Get(webhook.HeaderSignature), c.Body, now); err != nil {
		return Told{}, err
	}
	var in struct{ Ref, Status, Code, From, Text string }
	if err := json.Unmarshal(c.Body, &in); err != nil || id == "" {
		return Told{}, vedette.Errorf(vedette.CodeInvalid, "the call is no JSON with ref and status, or from and text")
	}
	if in.From == "" {
		t := receipt(id, in.Status, in.Code)
		t.Ref = in.Ref
		return t, nil
	}
	return message(id, in.From, in.Text)
}

// receipt reads a state. The same message in another state is another word.
func receipt(id, state, code string) Told {
	t := Told{Key: id + " " + state, Code: code, Blocked: code == optedOut}
	switch strings.ToLower(state) {
	case "delivered", "read":
		t.Arrived = true
	case "failed", "undelivered", "rejected", "expired":
		t.Failed = true
	}
	return t
}

// maxText bounds what somebody may write, in bytes: ten segments and more.
const maxText = 4000

func message(id, from, text string) (Told, error) {
	if !e164.MatchString(from) {
		return Told{}, vedette.Errorf(vedette.CodeInvalid, "the sender is no number with its country code")
	}
	if len(text) > maxText {
		text = text[:maxText]
	}
	return Told{Key: id, From: from, Text: strings.ToValidUTF8(text, "")}, nil
}
