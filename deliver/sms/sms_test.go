package sms_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/delivertest"
	"vedette/deliver/gateway"
	"vedette/deliver/sms"
)

const token = "tr0ub4dor-token"

func config(t *testing.T, text string) *sms.Config {
	t.Helper()
	c, err := sms.Read(strings.NewReader(text), func(name string) string { return map[string]string{"TOKEN": token}[name] })
	if err != nil {
		t.Fatal(err)
	}
	c.Callback = "https://alerts.example.org"
	return c
}

func twilioAt(name, url string) string {
	return fmt.Sprintf(`{"name": %q, "form": "twilio", "url": %q, "account": "AC1", "secret": "${TOKEN}", "from": ["+447700900001"], "per_second": 10000}`, name, url)
}

func jsonAt(name, url string) string {
	return fmt.Sprintf(`{"name": %q, "form": "json", "url": %q, "headers": {"Authorization": "Bearer ${TOKEN}"}, "per_second": 10000, "from": ["Relief"],
		"body": {"to": "{to}", "from": "{from}", "text": "{text}", "callback": "{callback}"}, "id": "messages.0.id", "accepted": {"at": "messages.0.state", "is": ["ok"]}}`, name, url)
}

func sender(t *testing.T, gateways string, rest string) *gateway.Sender {
	s := sms.New(config(t, `{"allow_private": true, "gateways": [`+gateways+`]`+rest+`}`), time.Second)
	t.Cleanup(func() { s.Close() })
	return s
}

func message(n int) deliver.Message {
	return deliver.Message{ID: fmt.Sprintf("msg-%d", n), To: fmt.Sprintf("+4477009%05d", n), Text: "High risk, Basra: \"shelter\" now {to} https://x.example/r/1", Return: "0123abcd"}
}

func TestExam(t *testing.T) {
	for form, at := range map[string]func(name, url string) string{"twilio": twilioAt, "json": jsonAt} {
		t.Run(form, func(t *testing.T) {
			far := delivertest.NewGateway(t)
			delivertest.Exam(t, delivertest.Case{
				New: func() deliver.Sender {
					return sms.New(config(t, `{"allow_private": true, "gateways": [`+at("one", far.URL())+`]}`), time.Second)
				},
				Message: message,
				Behave:  far.Behave,
				Taken:   far.Taken,
				Bad: func(n int) []deliver.Message {
					var out []deliver.Message
					for _, to := range []string{"", "07700900123", "+44 7700 900123", "+44770090012\n3", "+0123456789", "ali@example.org", "+4477009001231234567"} {
						m := message(n)
						m.To = to
						out = append(out, m)
					}
					empty := message(n)
					empty.Text = ""
					return append(out, empty)
				},
				Secrets: []string{token},
			})
		})
	}
}

// What arrives is what was said, signed in, from a sender that stays the same.
func TestWhatTheGatewayGets(t *testing.T) {
	for form, at := range map[string]func(name, url string) string{"twilio": twilioAt, "json": jsonAt} {
		far := delivertest.NewGateway(t)
		m := message(7)
		if r := sender(t, at("one", far.URL()), "").Send(t.Context(), m); r.Kind != deliver.Accepted {
			t.Fatalf("%s: %v %s", form, r.Kind, r.Detail)
		}
		got := far.Texts()[0]
		if got.To != m.To || got.Body != m.Text || got.ID != m.ID || got.From == "" || got.Auth == "" || got.Callback != "https://alerts.example.org/sms/one/receipt/0123abcd" {
			t.Errorf("%s: %+v", form, got)
		}
	}
}

func TestWhatARefusalMeans(t *testing.T) {
	for name, c := range map[string]struct {
		status, code int
		want         deliver.Kind
		blocked      bool
	}{
		"no number":                  {400, 21211, deliver.Failed, false},
		"a landline":                 {400, 21614, deliver.Failed, false},
		"opted out":                  {400, 21610, deliver.Failed, true},
		"another account reaches it": {400, 21408, deliver.Retry, false},
		"wrong password":             {401, 20003, deliver.Retry, false},
		"no money":                   {402, 0, deliver.Retry, false},
		"wrong path":                 {404, 20404, deliver.Retry, false},
		"too many":                   {429, 20429, deliver.Retry, false},
		"broken":                     {500, 0, deliver.Retry, false},
	} {
		far := delivertest.NewGateway(t)
		far.Refuse(c.status, c.code)
		r := sender(t, twilioAt("one", far.URL()), "").Send(t.Context(), message(1))
		if r.Kind != c.want || r.Blocked != c.blocked || !strings.Contains(r.Detail, fmt.Sprint(c.status)) || strings.Contains(r.Detail, "770090") {
			t.Errorf("%s: %v blocked %v: %s", name, r.Kind, r.Blocked, r.Detail)
		}
	}
}

// Whoever asks to wait is given that time, within reason.
func TestRetryAfter(t *testing.T) {
	far := delivertest.NewGateway(t)
	far.Answer(func(to string, w http.ResponseWriter) bool {
		w.Header().Set("Retry-After", "90")
		delivertest.Refusal(w, 429, 20429, to)
		return false
	})
	if r := sender(t, twilioAt("one", far.URL()), "").Send(t.Context(), message(1)); r.Kind != deliver.Retry || r.RetryAfter != 90*time.Second {
		t.Errorf("%v after %v", r.Kind, r.RetryAfter)
	}
}

// A page where JSON should be says so; whether it took the message nobody knows
// where it says 200.
func TestAPageInsteadOfAnAnswer(t *testing.T) {
	for status, want := range map[int]deliver.Kind{200: deliver.Doubt, 404: deliver.Retry, 302: deliver.Retry} {
		far := delivertest.NewGateway(t)
		far.Answer(func(_ string, w http.ResponseWriter) bool {
			w.Header().Set("Location", "/login")
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(status)
			fmt.Fprint(w, "<html><title>Sign in</title>"+strings.Repeat("x", 200<<10))
			return false
		})
		r := sender(t, twilioAt("one", far.URL()), "").Send(t.Context(), message(1))
		if r.Kind != want || !strings.Contains(r.Detail, "web page came instead of JSON") {
			t.Errorf("%d: %v %s", status, r.Kind, r.Detail)
		}
	}
}

// The longest prefix says who serves a number; one that is down is passed over,
// and after a few times not even asked; one that may have taken the message is
// not gone past.
func TestRoutesAndFailOver(t *testing.T) {
	one, two := delivertest.NewGateway(t), delivertest.NewGateway(t)
	s := sender(t, twilioAt("one", one.URL())+","+jsonAt("two", two.URL()),
		`, "routes": [{"prefix": "+44", "gateways": ["one", "two"]}, {"prefix": "+4479", "gateways": ["two"]}, {"prefix": "+964", "gateways": ["two"]}]`)
	send := func(n int, to string, want deliver.Kind) deliver.Result {
		t.Helper()
		m := message(n)
		if to != "" {
			m.To = to
		}
		r := s.Send(t.Context(), m)
		if r.Kind != want {
			t.Errorf("%s: %v %s, want %v", m.To, r.Kind, r.Detail, want)
		}
		return r
	}
	send(1, "", deliver.Accepted)
	send(2, "+447900900123", deliver.Accepted)
	send(3, "+9647700900123", deliver.Accepted)
	if len(one.Texts()) != 1 || len(two.Texts()) != 2 {
		t.Errorf("one took %d, two %d", len(one.Texts()), len(two.Texts()))
	}
	if r := send(4, "+4915112345678", deliver.Failed); !strings.Contains(r.Detail, "route") {
		t.Errorf("no route: %s", r.Detail)
	}
	one.Behave(delivertest.Defers)
	for n := 5; n < 15; n++ {
		send(n, "", deliver.Accepted)
	}
	if len(two.Texts()) != 12 || one.Calls() != 6 {
		t.Errorf("two took %d; one was called %d times, want 6: five failures, then it is left alone", len(two.Texts()), one.Calls())
	}
	two.Behave(delivertest.Vanishes)
	send(15, "", deliver.Doubt)
	two.Behave(delivertest.Refuses)
	send(16, "", deliver.Failed)
}

// A gateway on a private address is not called unless that is allowed, also
// when its name turns private after it was looked at.
func TestNoPrivateGateway(t *testing.T) {
	far := delivertest.NewGateway(t)
	_, err := sms.Read(strings.NewReader(`{"gateways": [`+twilioAt("one", strings.Replace(far.URL(), "http:", "https:", 1))+`]}`), func(string) string { return token })
	if vedette.ErrorCode(err) != vedette.CodeInvalid || !strings.Contains(err.Error(), "private") {
		t.Errorf("written out: %v", err)
	}
	c := config(t, `{"allow_private": true, "gateways": [`+twilioAt("one", strings.Replace(far.URL(), "127.0.0.1", "localhost", 1))+`]}`)
	c.AllowPrivate = false
	s := sms.New(c, time.Second)
	defer s.Close()
	if r := s.Send(t.Context(), message(1)); r.Kind != deliver.Retry || far.Calls() != 0 || !strings.Contains(r.Detail, "private") {
		t.Errorf("found out when dialled: %v %s, %d calls", r.Kind, r.Detail, far.Calls())
	}
}

func TestABadFileIsRefusedWithTheMend(t *testing.T) {
	good := twilioAt("one", "https://api.twilio.example")
	for name, c := range map[string]struct{ text, say string }{
		"no JSON":        {`gateways:`, "JSON"},
		"another field":  {`{"gatways": []}`, "gatways"},
		"none":           {`{}`, "at least one"},
		"no secret":      {`{"gateways": [` + strings.Replace(good, "${TOKEN}", "${NOT_SET}", 1) + `]}`, "NOT_SET"},
		"twice":          {`{"gateways": [` + good + `,` + good + `]}`, "two are called"},
		"unknown route":  {`{"gateways": [` + good + `], "routes": [{"prefix": "+44", "gateways": ["two"]}]}`, `"two"`},
		"no prefix":      {`{"gateways": [` + good + `], "routes": [{"prefix": "44", "gateways": ["one"]}]}`, "prefix"},
		"no currency":    {`{"gateways": [` + good + `], "prices": [{"prefix": "+44", "per_segment": 0.04}]}`, "currency"},
		"plain http":     {`{"gateways": [` + strings.Replace(good, "https", "http", 1) + `]}`, "https"},
		"too slow":       {`{"gateways": [` + strings.Replace(good, "10000", "0.01", 1) + `]}`, "at least 0.5"},
		"too long":       {`{"segments": 50, "gateways": [` + good + `]}`, "50 segments"},
		"unknown form":   {`{"gateways": [` + strings.Replace(good, `"form": "twilio"`, `"form": "smpp"`, 1) + `]}`, "smpp"},
		"weak signature": {`{"gateways": [` + strings.Replace(jsonAt("one", "https://gw.example"), `"form"`, `"secret": "hunter2hunter2", "form"`, 1) + `]}`, "whsec_"},
	} {
		_, err := sms.Read(strings.NewReader(c.text), func(n string) string { return map[string]string{"TOKEN": token}[n] })
		if vedette.ErrorCode(err) != vedette.CodeInvalid || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: %v, want %q in it", name, err, c.say)
		}
		if err != nil && (strings.Contains(err.Error(), token) || strings.Contains(err.Error(), "hunter2")) {
			t.Errorf("%s: the error shows a secret: %v", name, err)
		}
	}
}

func TestPriceOfTheLongestPrefix(t *testing.T) {
	c := config(t, `{"currency": "EUR", "gateways": [`+twilioAt("one", "https://api.twilio.example")+`],
		"prices": [{"prefix": "+44", "per_segment": 0.04}, {"prefix": "+4479", "per_segment": 0.1}]}`)
	for number, want := range map[string]float64{"+447700900123": 0.04, "+447900900123": 0.1} {
		if got, ok := c.Price(number); !ok || got != want {
			t.Errorf("%s: %v %v", number, got, ok)
		}
	}
	if _, ok := c.Price("+9647700900123"); ok {
		t.Error("a price nobody gave")
	}
}
