package provider_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver/provider"
	"vedette/deliver/webhook"
)

const token = "04000g81020408kq3r5t7v9a1c2e"

var (
	now    = time.Unix(1770294600, 0)
	key, _ = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	whsec  = "whsec_" + base64.StdEncoding.EncodeToString([]byte("0123456789abcdef0123456789abcdef"))
)

func public() string {
	der, _ := x509.MarshalPKIXPublicKey(&key.PublicKey)
	return base64.StdEncoding.EncodeToString(der)
}

func config(t testing.TB) *provider.Config {
	t.Helper()
	c, err := provider.Read(strings.NewReader(`{"providers": [{"name": "own", "form": "json", "secret": "${OWN}"}, {"name": "mg", "form": "mailgun", "secret": "swordfish"},
		{"name": "sg", "form": "sendgrid", "secret": "${SG}"}]}`), func(n string) string { return map[string]string{"OWN": whsec, "SG": public()}[n] })
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The calls of each, signed as the provider would at a time.

func own(body string, at time.Time) provider.Call {
	sig, _ := webhook.Sign(whsec, "msg_1", at, []byte(body))
	return provider.Call{Body: []byte(body), Header: http.Header{"Webhook-Id": {"msg_1"}, "Webhook-Timestamp": {strconv.FormatInt(at.Unix(), 10)}, "Webhook-Signature": {sig}}}
}

func mg(event string, at time.Time) provider.Call {
	ts := strconv.FormatInt(at.Unix(), 10)
	return provider.Call{Header: http.Header{}, Body: fmt.Appendf(nil, `{"signature": {"timestamp": %q, "token": "t0ken", "signature": %q}, "event-data": %s}`, ts, provider.SignMailgun("swordfish", ts, "t0ken"), event)}
}

func sg(body string, at time.Time) provider.Call {
	ts := strconv.FormatInt(at.Unix(), 10)
	sum := sha256.Sum256([]byte(ts + body))
	sig, _ := ecdsa.SignASN1(rand.Reader, key, sum[:])
	h := http.Header{}
	h.Set(provider.HeaderSendGridTimestamp, ts)
	h.Set(provider.HeaderSendGridSignature, base64.StdEncoding.EncodeToString(sig))
	return provider.Call{Header: h, Body: []byte(body)}
}

// What each form tells is read as it is meant.
func TestWhatProvidersTell(t *testing.T) {
	c := config(t)
	mgEvent := func(event, rest string) provider.Call {
		return mg(`{"event": "`+event+`", "recipient": "ali@example.org", "user-variables": {"vedette": "`+token+`", "other": 7}`+rest+`}`, now)
	}
	sgEvent := func(event, rest string) provider.Call {
		return sg(`[{"event": "`+event+`", "email": "ali@example.org", "sg_event_id": "e1", "vedette": "`+token+`", "timestamp": 1770294600`+rest+`}]`, now)
	}
	for _, x := range []struct {
		what, by string
		call     provider.Call
		want     string // action status dead why, "" for nothing
	}{
		{"own, in the mailbox", "own", own(`{"delivery": "`+token+`", "event": "delivered"}`, now), "delivered  false "},
		{"own, failed", "own", own(`[{"delivery": "`+token+`", "event": "failed", "address": "ali@example.org", "status": "5.1.1", "why": "550 <ali@example.org> unknown"}]`, now), "failed 5.1.1 true 550 … unknown"},
		{"own, of no mail of ours", "own", own(`{"delivery": "../../etc", "event": "failed"}`, now), ""},
		{"Mailgun, taken by a server", "mg", mgEvent("delivered", `, "delivery-status": {"code": 250, "message": "OK"}`), "relayed  false OK"},
		{"Mailgun, permanent", "mg", mgEvent("failed", `, "severity": "permanent", "delivery-status": {"code": 550, "enhanced-code": "5.1.1", "message": "5.1.1 No such user", "retry-seconds": 3}`), "failed 5.1.1 true 5.1.1 No such user"},
		{"Mailgun, temporary", "mg", mgEvent("failed", `, "severity": "temporary", "delivery-status": {"message": "4.2.2 full"}`), "delayed 4.2.2 false 4.2.2 full"},
		{"Mailgun, spam", "mg", mgEvent("complained", ""), "complained  false "},
		{"Mailgun, unsubscribed", "mg", mgEvent("unsubscribed", ""), "unsubscribed  false "},
		{"Mailgun, opened", "mg", mgEvent("opened", ""), ""},
		{"Mailgun, of no mail of ours", "mg", mg(`{"event": "failed", "severity": "permanent", "user-variables": {"vedette": 7}}`, now), ""},
		{"SendGrid, taken by a server", "sg", sgEvent("delivered", `, "response": "250 OK"`), "relayed  false "},
		{"SendGrid, bounce", "sg", sgEvent("bounce", `, "type": "bounce", "status": "5.0.0", "reason": "550 5.1.1 The email account does not exist"`), "failed 5.1.1 true 550 5.1.1 The email account does not exist"},
		{"SendGrid, blocked", "sg", sgEvent("bounce", `, "type": "blocked", "status": "5.7.1", "reason": "550 policy"`), "failed 5.7.1 false 550 policy"},
		{"SendGrid, dropped", "sg", sgEvent("dropped", `, "reason": "Bounced Address"`), "failed  false Bounced Address"},
		{"SendGrid, later", "sg", sgEvent("deferred", `, "attempt": "5"`), "delayed  false "},
		{"SendGrid, spam", "sg", sgEvent("spamreport", ""), "complained  false "},
		{"SendGrid, unsubscribed", "sg", sgEvent("group_unsubscribe", `, "asm_group_id": 1`), "unsubscribed  false "},
		{"SendGrid, opened", "sg", sgEvent("open", ""), ""},
		{"SendGrid, others beside", "sg", sg(`[{"event": {}, "vedette": []}, 7, {"event": "bounce", "vedette": "`+token+`", "status": "5.2.2"}]`, now), "failed 5.2.2 false "},
	} {
		p, _ := c.Provider(x.by)
		list, err := p.Hear(x.call, now)
		got := ""
		for _, e := range list {
			got += fmt.Sprintf("%s %s %v %s", e.Action, e.Status, e.Dead(), e.Why)
			if e.Key == "" || e.Tokens[0] != token {
				t.Errorf("%s: %+v", x.what, e)
			}
		}
		if err != nil || got != x.want {
			t.Errorf("%s: %q, %v; want %q", x.what, got, err, x.want)
		}
	}
}

// What is not the provider's own, is old or has another shape changes nothing.
func TestWhatIsNotBelieved(t *testing.T) {
	c := config(t)
	altered := func(c provider.Call) provider.Call {
		c.Body = []byte(strings.Replace(string(c.Body), token, "0"+token[1:len(token)-1]+"0", 1))
		return c
	}
	good := `[{"event": "spamreport", "sg_event_id": "e1", "vedette": "` + token + `"}]`
	for _, x := range []struct {
		what, by string
		call     provider.Call
		code     vedette.Code
	}{
		{"own, altered", "own", altered(own(`{"delivery": "`+token+`", "event": "failed"}`, now)), vedette.CodeForbidden},
		{"own, old", "own", own(`{"delivery": "`+token+`", "event": "failed"}`, now.Add(-time.Hour)), vedette.CodeExpired},
		{"own, no such event", "own", own(`{"delivery": "`+token+`", "event": "read"}`, now), vedette.CodeInvalid},
		{"own, no JSON", "own", own(`delivery=1`, now), vedette.CodeInvalid},
		{"own, unsigned", "own", provider.Call{Header: http.Header{}, Body: []byte(`{}`)}, vedette.CodeInvalid},
		{"Mailgun, by another", "mg", sg(good, now), vedette.CodeInvalid},
		{"Mailgun, old", "mg", mg(`{"event": "complained", "user-variables": {"vedette": "`+token+`"}}`, now.Add(-26*time.Hour)), vedette.CodeExpired},
		{"Mailgun, ahead", "mg", mg(`{"event": "complained"}`, now.Add(time.Hour)), vedette.CodeExpired},
		{"Mailgun, forged", "mg", provider.Call{Body: []byte(`{"signature": {"timestamp": "1770294600", "token": "x", "signature": "00"}, "event-data": {"event": "failed"}}`)}, vedette.CodeForbidden},
		{"SendGrid, altered", "sg", altered(sg(good, now)), vedette.CodeForbidden},
		{"SendGrid, old", "sg", sg(good, now.Add(-26*time.Hour)), vedette.CodeExpired},
		{"SendGrid, no list", "sg", sg(`{}`, now), vedette.CodeInvalid},
		{"SendGrid, unsigned", "sg", provider.Call{Header: http.Header{}, Body: []byte(good)}, vedette.CodeForbidden},
	} {
		p, _ := c.Provider(x.by)
		if list, err := p.Hear(x.call, now); vedette.ErrorCode(err) != x.code || len(list) != 0 {
			t.Errorf("%s: %v, %v; want %s", x.what, list, err, x.code)
		}
	}
}

// SendGrid's own example, of its libraries: its signature fits, and only it.
func TestSendGridsOwnExample(t *testing.T) {
	c, err := provider.Read(strings.NewReader(`{"providers": [{"name": "sg", "form": "sendgrid",
		"secret": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr2LjtURuePQzplybdC+u4CwrqDqBaWjcMMsTbhdbcwHBcepxo7yAQGhHPTnlvFYPAZFceEu/1FwCM/QmGUhA=="}]}`), nil)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := c.Provider("sg")
	h := http.Header{}
	h.Set(provider.HeaderSendGridTimestamp, "1588788367")
	h.Set(provider.HeaderSendGridSignature, "MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH2j/0=")
	body := `{"category":"example_payload","event":"test_event","message_id":"message_id"}`
	if _, err := p.Hear(provider.Call{Header: h, Body: []byte(body)}, time.Unix(1588788367, 0)); vedette.ErrorCode(err) != vedette.CodeInvalid || !strings.Contains(err.Error(), "no list") {
		t.Errorf("its signature fits, and it is no list: %v", err)
	}
	if _, err := p.Hear(provider.Call{Header: h, Body: []byte(body + " ")}, time.Unix(1588788367, 0)); vedette.ErrorCode(err) != vedette.CodeForbidden {
		t.Errorf("altered: %v", err)
	}
}

func TestAFileOfProviders(t *testing.T) {
	for _, x := range []struct{ file, says string }{
		{`{"providers": []}`, "there are 0"},
		{`{"providers": [{"name": "a b", "form": "json", "secret": "x"}]}`, "is no name"},
		{`{"providers": [{"name": "a", "form": "mailgun", "secret": "${NONE}"}]}`, "NONE, which is not set"},
		{`{"providers": [{"name": "a", "form": "mailgun"}]}`, "has no secret"},
		{`{"providers": [{"name": "a", "form": "json", "secret": "sesame"}]}`, "whsec_"},
		{`{"providers": [{"name": "a", "form": "sendgrid", "secret": "sesame"}]}`, "verification key"},
		{`{"providers": [{"name": "a", "form": "ses", "secret": "sesame"}]}`, "no form"},
		{`{"providers": [{"name": "a", "form": "mailgun", "secret": "x"}, {"name": "a", "form": "mailgun", "secret": "x"}]}`, "two are called"},
		{`{"doors": []}`, "right shape"},
	} {
		if _, err := provider.Read(strings.NewReader(x.file), func(string) string { return "" }); vedette.ErrorCode(err) != vedette.CodeInvalid || !strings.Contains(err.Error(), x.says) || strings.Contains(err.Error(), "sesame") {
			t.Errorf("%s: %v", x.file, err)
		}
	}
	h := config(t).Headers()
	if len(h) != 2 || h["X-SMTPAPI"] != `{"unique_args":{"vedette":"{delivery}"}}` || h["X-Mailgun-Variables"] != `{"vedette":"{delivery}"}` {
		t.Errorf("%v", h)
	}
}

func FuzzHear(f *testing.F) {
	c := config(f)
	f.Add(`{"delivery": "` + token + `", "event": "failed", "why": "550 <a@b.c> x"}`)
	f.Add(`[{"event": "bounce", "sg_event_id": "e1", "vedette": "` + token + `", "status": "5.0.0", "reason": "550 5.1.1 a@b.c"}]`)
	f.Add(`{"event": "failed", "severity": "permanent", "recipient": "a@b.c", "delivery-status": {"enhanced-code": "5.1.1"}, "user-variables": {"vedette": "` + token + `"}}`)
	f.Fuzz(func(t *testing.T, body string) {
		for by, call := range map[string]provider.Call{"own": own(body, now), "mg": mg(body, now), "sg": sg(body, now)} {
			p, _ := c.Provider(by)
			list, _ := p.Hear(call, now)
			for _, e := range list {
				if len(e.Tokens) == 0 || e.Action == "" || e.Key == "" || strings.ContainsAny(e.Why, "\r\n\x00") || len(e.Why) > 310 {
					t.Errorf("%s: %+v", by, e)
				}
			}
		}
	})
}
