package webhook_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/delivertest"
	"vedette/deliver/webhook"
)

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

var noon = time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

func sender(allowPrivate bool) *webhook.Sender {
	return webhook.New(webhook.Config{AllowPrivate: allowPrivate, Timeout: time.Second, Now: clock})
}

func message(url string, n int) deliver.Message {
	return deliver.Message{ID: fmt.Sprintf("msg-%d", n), To: url + "/in?token=tr0ub4dor", Secret: secret, Body: []byte(`{"n":1}`)}
}

func TestExam(t *testing.T) {
	far := delivertest.NewHookReceiver(t, secret, clock)
	delivertest.Exam(t, delivertest.Case{
		New:     func() deliver.Sender { return sender(true) },
		Message: func(n int) deliver.Message { return message(far.URL(), n) },
		Behave:  far.Behave,
		Taken:   far.Taken,
		Bad: func(n int) []deliver.Message {
			var out []deliver.Message
			for _, url := range []string{"", "x", "ftp://example.org/", "http://anna:pw@example.org/", "https://", "http://exa mple.org/", "mailto:a@example.org", "https://example.org/#x"} {
				m := message(far.URL(), n)
				m.To = url
				out = append(out, m)
			}
			unsigned := message(far.URL(), n)
			unsigned.Secret = "whsec_short"
			return append(out, unsigned)
		},
		Secrets: []string{"tr0ub4dor", secret, "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"},
	})
	if r := far.Refused(); len(r) > 0 {
		t.Errorf("signatures that did not verify: %v", r)
	}
}

// The example of the scheme's own documentation.
func TestSignatureOfTheScheme(t *testing.T) {
	got, err := webhook.Sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; got != want || err != nil {
		t.Errorf("%s %v, want %s", got, err, want)
	}
}

func TestVerifyRefuses(t *testing.T) {
	body := []byte(`{}`)
	sig, err := webhook.Sign(secret, "id", noon, body)
	if err != nil {
		t.Fatal(err)
	}
	at := fmt.Sprint(noon.Unix())
	for name, c := range map[string]struct {
		id, at, sig, body string
		now               time.Time
		ok                bool
	}{
		"as sent":         {"id", at, sig, "{}", noon, true},
		"a second one":    {"id", at, "v1,AAAA v1a,xx " + sig, "{}", noon, true},
		"other body":      {"id", at, sig, "{ }", noon, false},
		"other id":        {"ie", at, sig, "{}", noon, false},
		"other time":      {"id", fmt.Sprint(noon.Unix() + 1), sig, "{}", noon, false},
		"old":             {"id", at, sig, "{}", noon.Add(6 * time.Minute), false},
		"from the future": {"id", at, sig, "{}", noon.Add(-6 * time.Minute), false},
		"no time":         {"id", "", sig, "{}", noon, false},
		"no signature":    {"id", at, "", "{}", noon, false},
		"other version":   {"id", at, strings.Replace(sig, "v1,", "v2,", 1), "{}", noon, false},
	} {
		err := webhook.Verify(secret, c.id, c.at, c.sig, []byte(c.body), c.now)
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestStatuses(t *testing.T) {
	far := delivertest.NewHookReceiver(t, secret, clock)
	s := sender(true)
	defer s.Close()
	for _, c := range []struct {
		code  int
		after string
		want  deliver.Kind
		wait  time.Duration
	}{
		{200, "", deliver.Accepted, 0},
		{301, "", deliver.Failed, 0},
		{307, "", deliver.Failed, 0},
		{400, "", deliver.Failed, 0},
		{401, "", deliver.Failed, 0},
		{404, "", deliver.Failed, 0},
		{410, "", deliver.Failed, 0},
		{429, "120", deliver.Retry, 2 * time.Minute},
		{429, "99999999", deliver.Retry, time.Hour},
		{503, "Thu, 05 Feb 2026 12:10:00 GMT", deliver.Retry, 10 * time.Minute},
		{503, "Thu, 05 Feb 2026 11:10:00 GMT", deliver.Retry, 0},
		{503, "soon", deliver.Retry, 0},
		{500, "-5", deliver.Retry, 0},
	} {
		far.Answer(func(_ int, w http.ResponseWriter) bool {
			w.Header().Set("Retry-After", c.after)
			w.Header().Set("Location", far.URL()+"/elsewhere")
			w.WriteHeader(c.code)
			return false
		})
		before := far.Calls()
		r := s.Send(context.Background(), message(far.URL(), 1))
		if r.Kind != c.want || r.RetryAfter != c.wait {
			t.Errorf("%d %q: %v after %v (%s), want %v after %v", c.code, c.after, r.Kind, r.RetryAfter, r.Detail, c.want, c.wait)
		}
		if far.Calls() != before+1 {
			t.Errorf("%d: %d calls, a redirect was followed", c.code, far.Calls()-before)
		}
	}
}

func TestPrivateAddressesAreNotCalled(t *testing.T) {
	calls := 0
	web := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { calls++ }))
	defer web.Close()
	_, port, _ := strings.Cut(strings.TrimPrefix(web.URL, "https://"), ":")
	s := sender(false)
	defer s.Close()
	for _, url := range []string{web.URL, "https://localhost.:" + port + "/", "https://[::ffff:127.0.0.1]:" + port + "/", "https://0x7f.1:" + port + "/"} {
		m := message(url, 1)
		m.To = url
		if r := s.Send(context.Background(), m); r.Kind == deliver.Accepted || r.Kind == deliver.Doubt {
			t.Errorf("%s: %v %s", url, r.Kind, r.Detail)
		}
	}
	if calls != 0 {
		t.Errorf("%d calls got through", calls)
	}
}

func TestCheckURL(t *testing.T) {
	for _, c := range []struct {
		url            string
		public, inside bool // passes without and with allowPrivate
	}{
		{"https://example.org/hook?x=1", true, true},
		{"https://example.org:8443", true, true},
		{"https://[2606:4700::1]/", true, true},
		{"https://8.8.8.8/", true, true},
		{"https://[64:ff9b::808:808]/", true, true},
		{"http://example.org/", false, true},
		{"https://10.0.0.1/", false, true},
		{"https://127.0.0.1/", false, true},
		{"https://localhost/", false, true},
		{"https://[::1]/", false, true},
		{"https://[::]/", false, true},
		{"https://[::ffff:10.0.0.1]/", false, true},
		{"https://[64:ff9b::a00:1]/", false, true},
		{"https://[fe80::1%25eth0]/", false, true},
		{"https://[fd00:ec2::254]/", false, true},
		{"https://169.254.169.254/latest/meta-data", false, true},
		{"https://100.64.0.1/", false, true},
		{"https://168.63.129.16/", false, true},
		{"https://224.0.0.1/", false, true},
		{"https://172.31.255.255/", false, true},
		{"https://0.0.0.0/", false, true},
		{"https://user@example.org/", false, false},
		{"https://example.org/#x", false, false},
		{"ftp://example.org/", false, false},
		{"file:///etc/passwd", false, false},
		{"https:example.org", false, false},
		{"https:///x", false, false},
		{"://", false, false},
		{"", false, false},
	} {
		if err := webhook.CheckURL(c.url, false); (err == nil) != c.public {
			t.Errorf("%s: %v", c.url, err)
		}
		if err := webhook.CheckURL(c.url, true); (err == nil) != c.inside {
			t.Errorf("%s, private allowed: %v", c.url, err)
		}
	}
}

func TestEvent(t *testing.T) {
	u := &vedette.Update{ID: "0194d000-0000-7000-8000-000000000001", Status: vedette.StatusExercise, Number: 4, PublishedAt: noon,
		Situation: vedette.Situation{ID: "0194d000-0000-7000-8000-000000000002", Title: "Coast road"}}
	u.Content.Headline, u.Content.Risk = "Coast road\nclosed", vedette.RiskHigh
	u.Content.Affected = []vedette.Place{{Text: "Lebanon", Area: "LB"}}
	var got struct {
		Type      string
		Timestamp time.Time
		Data      struct {
			ID, Line, Status string
			Number           int
			Content          struct{ Headline, Risk string }
		}
	}
	if err := json.Unmarshal(webhook.Event(u, noon), &got); err != nil {
		t.Fatal(err)
	}
	if got.Type != "update.published" || !got.Timestamp.Equal(noon) || got.Data.Status != "exercise" || got.Data.Number != 4 ||
		got.Data.ID != string(u.ID) || got.Data.Content.Risk != "high" {
		t.Errorf("%+v", got)
	}
	if want := "EXERCISE High risk, Lebanon: Coast road closed"; got.Data.Line != want {
		t.Errorf("line is %q, want %q", got.Data.Line, want)
	}
}

func FuzzCheckURL(f *testing.F) {
	f.Add("https://example.org/")
	f.Add("https://[::ffff:127.0.0.1]:1/")
	f.Add("http://127.0.0.1\r\n/")
	f.Fuzz(func(t *testing.T, raw string) {
		if webhook.CheckURL(raw, false) != nil {
			return
		}
		if _, err := http.NewRequest(http.MethodPost, raw, nil); err != nil {
			t.Fatalf("%q passed but cannot be called: %v", raw, err)
		}
		if !strings.HasPrefix(strings.ToLower(raw), "https://") {
			t.Fatalf("%q passed", raw)
		}
	})
}
