package sms_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver/gateway"
	"vedette/deliver/sms"
	"vedette/deliver/webhook"
)

// The example of Twilio's own documentation.
func TestSignatureOfTwilio(t *testing.T) {
	form := url.Values{"CallSid": {"CA1234567890ABCDE"}, "Caller": {"+14158675309"}, "Digits": {"1234"}, "From": {"+14158675309"}, "To": {"+18005551212"}}
	if got, want := gateway.SignTwilio("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", form), "RSOYDt4T1cUTdK1PDd93/VVr8B8="; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	once, twice := url.Values{"Digits": {"1", "2"}}, url.Values{"Digits": {"2", "1", "1"}}
	if gateway.SignTwilio("12345", "https://x.example/", once) != gateway.SignTwilio("12345", "https://x.example/", twice) {
		t.Error("a field that comes several times is signed by each of its values once, in order")
	}
}

func twilioCall(address string, form url.Values, secret string) gateway.Call {
	return gateway.Call{URL: address, Header: http.Header{"X-Twilio-Signature": {gateway.SignTwilio(secret, address, form)}}, Body: []byte(form.Encode())}
}

func TestWhatTwilioTells(t *testing.T) {
	c := config(t, `{"gateways": [`+twilioAt("one", "https://api.twilio.example")+`]}`)
	g, _ := c.Gateway("one")
	const at = "https://alerts.example.org/sms/one/message"
	came, err := sms.Hear(g, twilioCall(at, url.Values{"MessageSid": {"SM1"}, "From": {"+447700900101"}, "Body": {"1 all fine"}, "SmsStatus": {"received"}}, token), time.Time{})
	if err != nil || came.Receipt() || came.From != "+447700900101" || came.Text != "1 all fine" {
		t.Errorf("%+v %v", came, err)
	}
	for state, want := range map[string]sms.Told{"delivered": {Arrived: true}, "undelivered": {Failed: true}, "sent": {}} {
		got, err := sms.Hear(g, twilioCall(at, url.Values{"MessageSid": {"SM1"}, "MessageStatus": {state}, "ErrorCode": {"30003"}}, token), time.Time{})
		if err != nil || !got.Receipt() || got.Arrived != want.Arrived || got.Failed != want.Failed || got.Key != "SM1 "+state {
			t.Errorf("%s: %+v %v", state, got, err)
		}
	}
	good := twilioCall(at, url.Values{"MessageSid": {"SM1"}, "From": {"+447700900101"}, "Body": {"1"}}, token)
	for name, change := range map[string]func(*gateway.Call){
		"another secret": func(c *gateway.Call) {
			*c = twilioCall(at, url.Values{"MessageSid": {"SM1"}, "From": {"+447700900101"}}, "wrong")
		},
		"another address": func(c *gateway.Call) { c.URL += "x" },
		"another body":    func(c *gateway.Call) { c.Body = []byte(strings.Replace(string(c.Body), "Body=1", "Body=2", 1)) },
		"none":            func(c *gateway.Call) { c.Header = http.Header{} },
		"no base64":       func(c *gateway.Call) { c.Header = http.Header{"X-Twilio-Signature": {"%%%"}} },
	} {
		bad := good
		change(&bad)
		if _, err := sms.Hear(g, bad, time.Time{}); vedette.ErrorCode(err) != vedette.CodeForbidden || strings.Contains(err.Error(), token) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := sms.Hear(g, twilioCall(at, url.Values{"MessageSid": {"SM1"}, "From": {"Relief\n+44"}, "Body": {"1"}}, token), time.Time{}); vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Errorf("no number: %v", err)
	}
}

func TestWhatAJSONGatewayTells(t *testing.T) {
	const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	c := config(t, `{"gateways": [`+strings.Replace(jsonAt("one", "https://gw.example"), `"form"`, `"secret": "`+secret+`", "form"`, 1)+`,`+jsonAt("two", "https://gw.example")+`]}`)
	now := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	call := func(body string) gateway.Call {
		sig, err := webhook.Sign(secret, "id-1", now, []byte(body))
		if err != nil {
			t.Fatal(err)
		}
		return gateway.Call{Header: http.Header{"Webhook-Id": {"id-1"}, "Webhook-Timestamp": {"1770292800"}, "Webhook-Signature": {sig}}, Body: []byte(body)}
	}
	g, _ := c.Gateway("one")
	if got, err := sms.Hear(g, call(`{"from": "+447700900101", "text": "2"}`), now.Add(4*time.Minute)); err != nil || got.Text != "2" {
		t.Errorf("%+v %v", got, err)
	}
	if got, err := sms.Hear(g, call(`{"ref": "abc", "status": "delivered"}`), now); err != nil || got.Ref != "abc" || !got.Arrived {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := sms.Hear(g, call(`{"from": "+447700900101", "text": "2"}`), now.Add(6*time.Minute)); vedette.ErrorCode(err) != vedette.CodeExpired {
		t.Errorf("an old one: %v", err)
	}
	other, _ := c.Gateway("two")
	if _, err := sms.Hear(other, call(`{"from": "+447700900101", "text": "2"}`), now); vedette.ErrorCode(err) != vedette.CodeForbidden {
		t.Errorf("without a secret: %v", err)
	}
}

func TestAnAnswerInWords(t *testing.T) {
	for text, want := range map[string]vedette.ReplyKind{
		"1": "safe", " 1.": "safe", "2 on the roof": "help", "3": "not_there", "١": "safe", "۲": "help",
		"Safe": "safe", "I am safe!": "safe", "I'm OK": "safe",
		"HELP": "help", "need help please": "help", "not safe": "help", "I am not OK": "help", "I'm unsafe": "help", "safe but need help": "help",
		"not there": "not_there", "I am not in Iraq": "not_there",
		"": "", "who is this?": "", "12": "", "never safe": "", "yes": "", "don't feel safe": "",
	} {
		got, ok := sms.Answer(text)
		if got != want || ok != (want != "") {
			t.Errorf("%q: %q %v, want %q", text, got, ok, want)
		}
	}
	for text, want := range map[string][2]bool{"STOP": {true, false}, "stop.": {true, false}, "Unsubscribe": {true, false}, "START": {false, true}, "stop the shelling": {}, "1": {}} {
		if stop, start := sms.Wish(text); stop != want[0] || start != want[1] {
			t.Errorf("%q: %v %v", text, stop, start)
		}
	}
}
