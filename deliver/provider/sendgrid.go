package provider

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"time"

	"vedette"
	"vedette/deliver/bounce"
)

// The headers of SendGrid's Signed Event Webhook
// (https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features).
const (
	HeaderSendGridSignature = "X-Twilio-Email-Event-Webhook-Signature"
	HeaderSendGridTimestamp = "X-Twilio-Email-Event-Webhook-Timestamp"
)

// sendGridEvent is one of SendGrid's
// (https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event). What
// a mail was sent with stands beside its own fields.
type sendGridEvent struct {
	Event    string `json:"event"`
	ID       string `json:"sg_event_id"`
	Email    string `json:"email"`
	Status   string `json:"status"`
	Reason   string `json:"reason"`
	Delivery string `json:"vedette"` // variable
}

// sendGridAction is what an event means; others are nothing for the ledger.
// Delivered is that the next server took the mail.
var sendGridAction = map[string]bounce.Action{"delivered": bounce.Relayed, "deferred": bounce.Delayed, "bounce": bounce.Failed, "dropped": bounce.Failed,
	"spamreport": bounce.Complained, "unsubscribe": bounce.Unsubscribed, "group_unsubscribe": bounce.Unsubscribed}

// hearSendGrid reads a list of events, signed by ECDSA over time and body.
func (p *Provider) hearSendGrid(c Call, now time.Time) (out []Event, err error) {
	at := c.Header.Get(HeaderSendGridTimestamp)
	sig, err := base64.StdEncoding.DecodeString(c.Header.Get(HeaderSendGridSignature))
	digest := sha256.Sum256(append([]byte(at), c.Body...))
	if err != nil || !ecdsa.VerifyASN1(p.key, digest[:], sig) {
		return nil, forged()
	}
	if err := fresh(at, now); err != nil {
		return nil, err
	}
	var list []json.RawMessage
	if err := json.Unmarshal(c.Body, &list); err != nil || len(list) > maxEvents {
		return nil, vedette.Errorf(vedette.CodeInvalid, "the call is no list of at most %d of SendGrid's events", maxEvents)
	}
	for _, raw := range list {
		var e sendGridEvent
		if json.Unmarshal(raw, &e) != nil {
			continue // of another mail: its own words may have our names and another shape
		}
		key := e.ID
		if key == "" {
			key = sum(raw)
		}
		out = add(out, key, bounce.Told(sendGridAction[e.Event], e.Delivery, e.Email, e.Status, e.Reason))
	}
	return out, nil
}
