package sms_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/delivertest"
	"vedette/deliver/gateway"
	"vedette/deliver/sms"
)

// Whatever comes in at a door, signed or not, is read or refused; what is kept
// of it is text of a number.
func FuzzHear(f *testing.F) {
	f.Add("MessageSid=SM1&From=%2B447700900101&Body=1", "From", "+447700900101")
	f.Add("MessageSid=SM1&MessageStatus=delivered", "Body", "\x00\xff")
	f.Add(`{"from": "+447700900101", "text": "2"}`, "%", "")
	g := &gateway.Gateway{Name: "one", Form: gateway.FormTwilio, Account: "AC1", Secret: token}
	f.Fuzz(func(t *testing.T, body, field, value string) {
		const at = "https://alerts.example.org/sms/one/message"
		if _, err := sms.Hear(g, gateway.Call{URL: at, Header: http.Header{"X-Twilio-Signature": {value}}, Body: []byte(body)}, time.Time{}); err == nil {
			t.Fatal("an unsigned call was heard")
		}
		form, err := url.ParseQuery(body)
		if err != nil {
			form = url.Values{}
		}
		form.Set(field, value)
		told, err := sms.Hear(g, twilioCall(at, form, token), time.Time{})
		if err != nil {
			if vedette.ErrorCode(err) == vedette.CodeInternal {
				t.Fatal(err)
			}
			return
		}
		if told.Key == "" || !utf8.ValidString(told.Text) || !told.Receipt() && len(told.From) < 8 {
			t.Fatalf("%+v", told)
		}
		sms.Answer(told.Text)
		sms.Wish(told.Text)
	})
}

// Whatever a gateway answers, a result comes of it that shows no number.
func FuzzAnswer(f *testing.F) {
	f.Add(201, `{"sid": "SM1"}`)
	f.Add(400, `{"code": 21211, "message": "+447700900001 is none"}`)
	f.Add(200, "<html>")
	f.Add(503, `[[[`)
	far := delivertest.NewGateway(f)
	c, err := sms.Read(strings.NewReader(`{"allow_private": true, "gateways": [`+twilioAt("one", far.URL())+`]}`), func(string) string { return token })
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, status int, body string) {
		if status < 200 || status > 599 {
			return
		}
		far.Answer(func(_ string, w http.ResponseWriter) bool {
			w.WriteHeader(status)
			w.Write([]byte(body))
			return false
		})
		s := sms.New(c, time.Second)
		defer s.Close()
		m := message(1)
		r := s.Send(t.Context(), m)
		if r.Kind == deliver.Accepted && (status > 299 || !json.Valid([]byte(body))) {
			t.Fatalf("%d %q is taken for accepted", status, body)
		}
		if r.Detail == "" || len(r.Detail) > deliver.MaxDetail || !utf8.ValidString(r.Detail) {
			t.Fatalf("detail %q", r.Detail)
		}
	})
}
