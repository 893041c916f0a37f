package provider

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"vedette"
	"vedette/deliver/bounce"
)

// mailgunCall is a call of Mailgun's
// (https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads).
type mailgunCall struct {
	Signature struct {
		Timestamp string `json:"timestamp"`
		Token     string `json:"token"`
		Signature string `json:"signature"`
	} `json:"signature"`
	Event struct {
		Event     string `json:"event"`
		Severity  string `json:"severity"` // of failed: permanent or temporary
		Recipient string `json:"recipient"`
		Status    struct {
			Code        string `json:"enhanced-code"`
			Message     string `json:"message"`
			Description string `json:"description"`
		} `json:"delivery-status"`
		Reject struct {
			Reason string `json:"reason"`
		} `json:"reject"`
		Variables map[string]json.RawMessage `json:"user-variables"`
	} `json:"event-data"`
}

// hearMailgun reads one event. Mailgun signs time and token, HMAC-SHA256 by the
// webhook signing key, and not what it tells: so a token counts once, and the door
// wants TLS before it, as all do.
func (p *Provider) hearMailgun(c Call, now time.Time) ([]Event, error) {
	var in mailgunCall
	if err := json.Unmarshal(c.Body, &in); err != nil || in.Signature.Token == "" {
		return nil, vedette.Errorf(vedette.CodeInvalid, "the call is none of Mailgun's events")
	}
	got, err := hex.DecodeString(in.Signature.Signature)
	if err != nil || !hmac.Equal(got, mailgunSum(p.Secret, in.Signature.Timestamp, in.Signature.Token)) {
		return nil, forged()
	}
	if err := fresh(in.Signature.Timestamp, now); err != nil {
		return nil, err
	}
	e := &in.Event
	var token string
	if err := json.Unmarshal(e.Variables[variable], &token); err != nil {
		return nil, nil // of a mail that is not ours
	}
	why := e.Status.Message
	if why == "" {
		why = e.Status.Description + e.Reject.Reason
	}
	return add(nil, in.Signature.Token, bounce.Told(mailgunAction(e.Event, e.Severity), token, e.Recipient, e.Status.Code, why)), nil
}

// mailgunAction is what an event means; "" is nothing for the ledger. Delivered is
// that the next server took the mail.
func mailgunAction(event, severity string) bounce.Action {
	switch event {
	case "delivered":
		return bounce.Relayed
	case "failed":
		if severity == "permanent" {
			return bounce.Failed
		}
		return bounce.Delayed
	case "rejected":
		return bounce.Failed
	case "complained":
		return bounce.Complained
	case "unsubscribed":
		return bounce.Unsubscribed
	}
	return ""
}

func mailgunSum(secret, timestamp, token string) []byte {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(timestamp + token))
	return h.Sum(nil)
}

// SignMailgun makes the signature that Mailgun would send.
func SignMailgun(secret, timestamp, token string) string {
	return hex.EncodeToString(mailgunSum(secret, timestamp, token))
}
