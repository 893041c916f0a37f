package voice_test

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/gateway"
	"vedette/deliver/voice"
	"vedette/deliver/webhook"
)

func signed(address string, form url.Values) gateway.Call {
	return gateway.Call{URL: address, Header: http.Header{"X-Twilio-Signature": {gateway.SignTwilio(token, address, form)}}, Body: []byte(form.Encode())}
}

func TestWhatTwilioTells(t *testing.T) {
	_, g := speaks(t)
	for status, want := range map[string]voice.Outcome{"initiated": "", "ringing": "", "in-progress": "", "completed": voice.Ended, "busy": voice.Busy, "no-answer": voice.NoAnswer, "failed": voice.Failed, "canceled": voice.Failed} {
		told, err := voice.Hear(g, voice.StepStatus, signed(at, url.Values{"CallSid": {"CA1"}, "CallStatus": {status}, "SipResponseCode": {"486"}}), time.Time{})
		if err != nil || told.Outcome != want || told.Code != "486" {
			t.Errorf("%s: %+v %v", status, told, err)
		}
	}
	// The state of the call says nothing while it asks what to say.
	if told, err := voice.Hear(g, voice.StepAnswer, signed(at, url.Values{"CallSid": {"CA1"}, "CallStatus": {"completed"}, "Digits": {"2"}}), time.Time{}); err != nil || told.Outcome != "" || told.Digit != "2" {
		t.Errorf("%+v %v", told, err)
	}
	if told, err := voice.Hear(g, voice.StepStatus, signed(at, url.Values{"CallSid": {"CA1"}, "AnsweredBy": {"machine_start"}}), time.Time{}); err != nil || !told.Machine {
		t.Errorf("%+v %v", told, err)
	}
	forged := signed(at, url.Values{"CallSid": {"CA1"}, "Digits": {"1"}})
	forged.Body = []byte("CallSid=CA1&Digits=2")
	if _, err := voice.Hear(g, voice.StepAnswer, forged, time.Time{}); vedette.ErrorCode(err) != vedette.CodeForbidden {
		t.Errorf("a forged key: %v", err)
	}
	if _, err := voice.Hear(g, voice.StepAnswer, signed(at, url.Values{"Digits": {"1"}}), time.Time{}); vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Errorf("a call without a name: %v", err)
	}
}

func TestWhatAJSONGatewayTells(t *testing.T) {
	c := config(t, `{"gateways": [`+jsonAt("https://gw.example")+`]}`)
	g, _ := c.Gateway("one")
	now := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	body := []byte(`{"call": "c-1", "digits": "2"}`)
	sig, err := webhook.Sign(secret, "id-1", now, body)
	if err != nil {
		t.Fatal(err)
	}
	in := gateway.Call{Header: http.Header{"Webhook-Id": {"id-1"}, "Webhook-Timestamp": {"1770292800"}, "Webhook-Signature": {sig}}, Body: body}
	if told, err := voice.Hear(g, voice.StepAnswer, in, now.Add(time.Minute)); err != nil || told.Digit != "2" {
		t.Errorf("%+v %v", told, err)
	}
	if _, err := voice.Hear(g, voice.StepAnswer, in, now.Add(6*time.Minute)); vedette.ErrorCode(err) != vedette.CodeExpired {
		t.Errorf("an old one: %v", err)
	}
	said, mime := voice.Write(g.Form, c.Hello(deliver.Spoken{Language: "en", Text: "x"}, voice.At(at, "one", voice.StepAnswer, "r")))
	var out struct {
		Ask struct {
			Say  []struct{ Language, Text string }
			Then string
		}
	}
	if err := json.Unmarshal(said, &out); err != nil || mime != "application/json" || len(out.Ask.Say) != 1 || out.Ask.Then == "" {
		t.Errorf("%s %v", said, err)
	}
}

// Whatever comes in at a door, signed or not, is read or refused; what is said
// to it is well formed.
func FuzzHear(f *testing.F) {
	f.Add("CallSid=CA1&CallStatus=busy", "Digits", "2", "Stay indoors")
	f.Add("CallSid=CA1&Digits=12", "AnsweredBy", "machine_end_beep", "\x00\u2068<&")
	f.Add(`{"call": "c"}`, "%", "", "Высокий Basra")
	c, g := speaks(f)
	f.Fuzz(func(t *testing.T, body, field, value, text string) {
		if _, err := voice.Hear(g, voice.StepAnswer, gateway.Call{URL: at, Header: http.Header{"X-Twilio-Signature": {value}}, Body: []byte(body)}, time.Time{}); err == nil {
			t.Fatal("an unsigned call was heard")
		}
		form, err := url.ParseQuery(body)
		if err != nil {
			form = url.Values{}
		}
		form.Set(field, value)
		for _, s := range voice.Steps {
			told, err := voice.Hear(g, s, signed(at, form), time.Time{})
			if err != nil {
				if vedette.ErrorCode(err) == vedette.CodeInternal {
					t.Fatal(err)
				}
				continue
			}
			if len(told.Digit) > 1 || len(told.Key) > 200 || strings.ContainsAny(told.Code, " \r\n") {
				t.Fatalf("%+v", told)
			}
			_, talk := c.Answer(deliver.Spoken{Language: "ru", Text: text}, voice.At(at+"?n="+value, "one", s, "ref"), told.Digit)
			said, _ := voice.Write(g.Form, talk)
			in := xml.NewDecoder(strings.NewReader(string(said)))
			for {
				if _, err := in.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("%v in %s", err, said)
				}
			}
		}
	})
}
