package sms

import (
	"cmp"
	"encoding/json"
	"strings"
	"time"

	"vedette"
	"vedette/deliver/gateway"
)

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

// Hear reads a call of a gateway, once it is proved to be its own.
func Hear(g *gateway.Gateway, c gateway.Call, now time.Time) (Told, error) {
	if g.Form == gateway.FormTwilio {
		return hearTwilio(g, c)
	}
	return hearJSON(g, c, now)
}

func hearTwilio(g *gateway.Gateway, c gateway.Call) (Told, error) {
	form, err := g.Fields(c)
	if err != nil {
		return Told{}, err
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

func hearJSON(g *gateway.Gateway, c gateway.Call, now time.Time) (Told, error) {
	id, err := g.Signed(c, now)
	if err != nil {
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
	t := Told{Key: id + " " + state, Code: code, Blocked: code == gateway.OptedOut}
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
	if !gateway.Number(from) {
		return Told{}, vedette.Errorf(vedette.CodeInvalid, "the sender is no number with its country code")
	}
	if len(text) > maxText {
		text = text[:maxText]
	}
	return Told{Key: id, From: from, Text: strings.ToValidUTF8(text, "")}, nil
}
