package push_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"vedette/auth"
	"vedette/deliver"
	"vedette/deliver/delivertest"
	"vedette/deliver/push"
)

var private, public = auth.NewKey().PushKey()

func sender(allowPrivate bool) *push.Sender {
	return push.New(push.Config{Contact: "mailto:desk@example.org", Private: private, Public: public, AllowPrivate: allowPrivate, Timeout: time.Second})
}

// subscribed is a device's subscription as it is kept.
func subscribed(t testing.TB, far *delivertest.PushService, to string) string {
	t.Helper()
	_, b := far.Subscribe(to)
	s, err := push.Read(b, true)
	if err != nil {
		t.Fatal(err)
	}
	return s.Value()
}

func message(to string, n int) deliver.Message {
	id := fmt.Sprintf("msg-%d", n)
	return deliver.Message{ID: id, To: to, Body: fmt.Appendf(nil, `{"id":%q,"title":"بصرة"}`, id), Topic: "Zm9vYmFyMTIzNDU2Nzg5MA", Urgency: "high"}
}

func TestExam(t *testing.T) {
	far := delivertest.NewPushService(t)
	to := subscribed(t, far, public)
	delivertest.Exam(t, delivertest.Case{
		New:     func() deliver.Sender { return sender(true) },
		Message: func(n int) deliver.Message { return message(to, n) },
		Behave:  far.Behave,
		Taken:   far.Taken,
		Bad: func(n int) []deliver.Message {
			var out []deliver.Message
			parts := strings.Split(to, " ")
			for _, bad := range []string{"", "x", "https://example.org/", parts[0], "ftp://example.org/x " + parts[1] + " " + parts[2], parts[0] + "#x " + parts[1] + " " + parts[2],
				"http://anna:pw@example.org/ " + parts[1] + " " + parts[2], parts[0] + " " + parts[2] + " " + parts[1], parts[0] + " " + parts[1] + " AAAA", parts[0] + "\n " + parts[1] + " " + parts[2]} {
				out = append(out, message(bad, n))
			}
			long := message(to, n)
			long.Body = []byte(strings.Repeat("x", push.MaxPayload+1))
			return append(out, long)
		},
		Secrets: append(strings.Split(to, " "), "device-1"),
	})
	if r := far.Refused(); len(r) > 0 {
		t.Errorf("the push service or the device found fault: %v", r)
	}
}

// What the device reads is what was sent, with the headers that say how urgent
// it is, what it takes the place of, and for how long it is to be tried.
func TestWhatTheDeviceReads(t *testing.T) {
	far := delivertest.NewPushService(t)
	s := sender(true)
	defer s.Close()
	m := message(subscribed(t, far, public), 1)
	m.Body = append(m.Body, []byte(strings.Repeat(" ", push.MaxPayload-len(m.Body)))...)
	if r := s.Send(context.Background(), m); r.Kind != deliver.Accepted {
		t.Fatal(r)
	}
	got := far.Pushed()[0]
	if string(got.Body) != string(m.Body) || got.Header.Get("Urgency") != "high" || got.Header.Get("Topic") != m.Topic || got.Header.Get("TTL") != "21600" {
		t.Errorf("%s %v", got.Body, got.Header)
	}
}

func TestStatuses(t *testing.T) {
	far := delivertest.NewPushService(t)
	s := sender(true)
	defer s.Close()
	for _, c := range []struct {
		status  int
		retry   string
		want    deliver.Kind
		wait    time.Duration
		blocked bool
	}{
		{201, "", deliver.Accepted, 0, false}, {202, "", deliver.Accepted, 0, false}, {404, "", deliver.Failed, 0, true}, {410, "", deliver.Failed, 0, true},
		{429, "120", deliver.Retry, 2 * time.Minute, false}, {503, "999999999999", deliver.Retry, 0, false}, {503, "86400", deliver.Retry, time.Hour, false}, {500, "-1", deliver.Retry, 0, false},
		{400, "", deliver.Failed, 0, false}, {401, "", deliver.Retry, 0, false}, {403, "", deliver.Retry, 0, false}, {413, "", deliver.Failed, 0, false}, {301, "", deliver.Failed, 0, false},
	} {
		far.Answer(c.status, c.retry)
		if r := s.Send(context.Background(), message(subscribed(t, far, public), 1)); r.Kind != c.want || c.wait != 0 && r.RetryAfter != c.wait || r.Blocked != c.blocked {
			t.Errorf("%d %s: %+v", c.status, c.retry, r)
		}
	}
}

// A push service that fails on end is left alone for a while, and another is not.
func TestAServiceThatFailsIsLeftAlone(t *testing.T) {
	bad, good := delivertest.NewPushService(t), delivertest.NewPushService(t)
	s := sender(true)
	defer s.Close()
	bad.Answer(http.StatusInternalServerError, "")
	to := subscribed(t, bad, public)
	for i := range 5 {
		if r := s.Send(context.Background(), message(to, i)); r.Kind != deliver.Retry || !strings.Contains(r.Detail, "500") {
			t.Fatalf("try %d: %+v", i+1, r)
		}
	}
	bad.Answer(0, "")
	if r := s.Send(context.Background(), message(to, 6)); r.Kind != deliver.Retry || r.RetryAfter <= 10*time.Second || len(bad.Pushed()) != 0 {
		t.Errorf("it is asked all the same: %+v", r)
	}
	if r := s.Send(context.Background(), message(subscribed(t, good, public), 7)); r.Kind != deliver.Accepted {
		t.Errorf("another is left alone with it: %+v", r)
	}
}

// A device that subscribed to another installation's key is not reached: its
// push service sees that the signature is not that key's.
func TestAnotherKeyIsRefused(t *testing.T) {
	far := delivertest.NewPushService(t)
	_, other := auth.NewKey().PushKey()
	s := sender(true)
	defer s.Close()
	if r := s.Send(context.Background(), message(subscribed(t, far, other), 1)); r.Kind != deliver.Retry || r.Blocked || len(far.Pushed()) != 0 || len(far.Refused()) != 1 {
		t.Errorf("%+v, %v", r, far.Refused())
	}
}

// A name that leads to a private address is refused when it is dialled.
func TestPrivateAddressesAreNotDialled(t *testing.T) {
	far := delivertest.NewPushService(t)
	s := sender(false)
	defer s.Close()
	to := subscribed(t, far, public)
	if r := s.Send(context.Background(), message(to, 1)); r.Kind != deliver.Failed {
		t.Errorf("written out: %+v", r)
	}
	_, rest, _ := strings.Cut(to, " ")
	named := "https://localhost.localdomain:1/x " + rest // passes every look at it, if it resolves at all
	if r := s.Send(context.Background(), message(named, 1)); r.Kind == deliver.Accepted || r.Kind == deliver.Doubt {
		t.Errorf("by name: %+v", r)
	}
	if len(far.Pushed()) != 0 {
		t.Error("something came through")
	}
}

func TestContact(t *testing.T) {
	for contact, ok := range map[string]bool{
		"mailto:desk@example.org": true, "https://example.org/contact": true, "": false, "desk@example.org": false, "mailto:": false, "mailto:x": false,
		"http://example.org": false, "https://": false, "https://a:b@example.org": false, "mailto:a@b, c@d": false,
	} {
		if err := push.CheckContact(contact); (err == nil) != ok {
			t.Errorf("%q: %v", contact, err)
		}
	}
}

// Whatever a browser says, what is kept of it is read back the same and is an
// address that may be sent to; nothing else is taken.
func FuzzRead(f *testing.F) {
	far := delivertest.NewPushService(f)
	_, good := far.Subscribe(public)
	for _, s := range []string{string(good), strings.Replace(string(good), "http://127.0.0.1", "https://push.example.org", 1), "", "{}", "[]", `{"endpoint":"https://x y/"}`, strings.Repeat("[", 5000), string(good) + "x"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := push.Read(b, false)
		if err != nil {
			return
		}
		if len(b) > push.MaxSubscription || !strings.HasPrefix(strings.ToLower(s.Endpoint), "https://") {
			t.Errorf("%q was taken", b)
		}
		back, ok := push.Parse(s.Value())
		if !ok || back != s {
			t.Errorf("%+v is kept as %q and read as %+v", s, s.Value(), back)
		}
		if _, err := http.NewRequest(http.MethodPost, s.Endpoint, nil); err != nil {
			t.Errorf("%q cannot be sent to: %v", s.Endpoint, err)
		}
	})
}
