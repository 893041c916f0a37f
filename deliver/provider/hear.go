package provider

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"vedette"
	"vedette/deliver/bounce"
	"vedette/deliver/webhook"
)

// MaxCall bounds a call, in bytes; SendGrid gathers up to three quarters of that.
const MaxCall = 1 << 20

// maxEvents bounds what one call tells.
const maxEvents = 5000

// Call is what came in at a provider's door.
type Call struct {
	Header http.Header
	Body   []byte
}

// Event is what a provider tells of a mail.
type Event struct {
	Key string // the same when it is told again
	bounce.Returned
}

// How far the time of a call may be from now. Providers try again for a day what
// was not taken; what was taken is known for longer than that.
const (
	maxOld   = 25 * time.Hour
	maxEarly = 5 * time.Minute
)

var zero = time.Unix(0, 0)

// Hear reads a call of a provider, once it is proved to be its own. What is told
// of a mail that is not named, or says nothing for the ledger (somebody opened
// it), is left out.
func (p *Provider) Hear(c Call, now time.Time) ([]Event, error) {
	switch p.Form {
	case FormMailgun:
		return p.hearMailgun(c, now)
	case FormSendGrid:
		return p.hearSendGrid(c, now)
	}
	return p.hearJSON(c, now)
}

func forged() error {
	return vedette.Errorf(vedette.CodeForbidden, "the call's signature does not fit: the secret here is another than the provider's")
}

// fresh says whether the time of a call, in seconds, is near enough.
func fresh(seconds string, now time.Time) error {
	secs, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return vedette.Errorf(vedette.CodeInvalid, "the call's timestamp is not a number of seconds")
	}
	if age := now.Sub(time.Unix(secs, 0)); age > maxOld || age < -maxEarly {
		return vedette.Errorf(vedette.CodeExpired, "the call's timestamp is more than %v from now", maxOld)
	}
	return nil
}

// told is an event of our own form.
type told struct {
	Delivery string `json:"delivery"` // the mail's header Vedette-Delivery
	Event    string `json:"event"`
	Address  string `json:"address"`
	Status   string `json:"status"`
	Why      string `json:"why"`
}

// ours are the events of our own form. Delivered is that the mail is in the
// mailbox, which only the mailbox's own server knows; relayed, that another server
// took it.
var ours = map[string]bounce.Action{"delivered": bounce.Delivered, "relayed": bounce.Relayed, "delayed": bounce.Delayed, "failed": bounce.Failed,
	"complained": bounce.Complained, "unsubscribed": bounce.Unsubscribed}

// hearJSON reads {"delivery", "event", "address", "status", "why"}, or a list of
// such, signed by the Standard Webhooks scheme.
func (p *Provider) hearJSON(c Call, now time.Time) (out []Event, err error) {
	id := c.Header.Get(webhook.HeaderID)
	if err := webhook.Verify(p.Secret, id, c.Header.Get(webhook.HeaderTimestamp), c.Header.Get(webhook.HeaderSignature), c.Body, now); err != nil {
		return nil, err
	}
	var list []told
	body := bytes.TrimSpace(c.Body)
	if bytes.HasPrefix(body, []byte("{")) {
		body = append(append([]byte("["), body...), ']')
	}
	if err := json.Unmarshal(body, &list); err != nil || id == "" || len(list) > maxEvents {
		return nil, vedette.Errorf(vedette.CodeInvalid, "the call is no JSON with delivery and event, or at most %d of such in a list", maxEvents)
	}
	for i, t := range list {
		action, ok := ours[t.Event]
		if !ok {
			return nil, vedette.Errorf(vedette.CodeInvalid, "event %d of the call is none: write delivered, relayed, delayed, failed, complained or unsubscribed", i+1)
		}
		out = add(out, id+" "+strconv.Itoa(i), bounce.Told(action, t.Delivery, t.Address, t.Status, t.Why))
	}
	return out, nil
}

// add adds an event, unless it names no mail or says nothing.
func add(list []Event, key string, r bounce.Returned) []Event {
	if r.Action == "" || len(r.Tokens) == 0 {
		return list
	}
	return append(list, Event{key, r})
}

// sum names bytes.
func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}
