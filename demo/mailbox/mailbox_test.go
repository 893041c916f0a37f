package mailbox_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"vedette/deliver"
	"vedette/deliver/email"
	"vedette/demo/mailbox"
)

func start(t *testing.T) (*mailbox.Mailbox, *email.Sender) {
	t.Helper()
	box, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { box.Close() })
	s, err := email.New(email.Config{Addr: box.Addr(), From: "desk@example.org", Now: func() time.Time { return time.Unix(0, 0) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return box, s
}

func message(n int) deliver.Message {
	return deliver.Message{ID: fmt.Sprint("id-", n), To: fmt.Sprintf("p%d@example.org", n), ToName: "Zoë", Subject: fmt.Sprint("Mail ", n, " <b>"),
		Text: "Answer: https://desk.example.org/r/abc?x=1&y=2\n<script>alert(1)</script>\njavascript://x",
		HTML: `<script>top.location="https://evil.example"</script><p style="color:red">"Hello"</p>`}
}

func page(t *testing.T, box *mailbox.Mailbox, path string) (int, string, http.Header) {
	t.Helper()
	w := httptest.NewRecorder()
	box.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Code, string(body), w.Header()
}

func TestMailsArriveAndAreCalledOut(t *testing.T) {
	box, s := start(t)
	heard := make(chan mailbox.Message, 10)
	box.OnMessage(func(m mailbox.Message) { heard <- m })
	for n := 1; n <= 3; n++ {
		if r := s.Send(context.Background(), message(n)); r.Kind != deliver.Accepted {
			t.Fatal(r)
		}
	}
	for range 3 {
		select {
		case m := <-heard:
			if want := fmt.Sprintf("p%d@example.org", m.No); m.Rcpt != want || !strings.Contains(m.Text, "https://desk") {
				t.Errorf("mail %d to %s: %q", m.No, m.Rcpt, m.Text)
			}
		case <-time.After(5 * time.Second):
			t.Fatal("a mail was not called out")
		}
	}
	got := box.Messages(2)
	if box.Count() != 3 || len(got) != 2 || got[0].No != 3 || got[0].MessageID != "id-3@example.org" || got[1].No != 2 {
		t.Errorf("count %d, %+v", box.Count(), got)
	}
	if _, ok := box.Message(4); ok {
		t.Error("there is a fourth mail")
	}
	if _, ok := box.Message(0); ok {
		t.Error("there is a mail 0")
	}
}

func TestAMailCannotEscapeItsPage(t *testing.T) {
	box, s := start(t)
	s.Send(context.Background(), message(1))
	for _, path := range []string{mailbox.Path, mailbox.Path + "/1"} {
		code, body, head := page(t, box, path)
		if code != http.StatusOK || !strings.Contains(body, "Mail 1 &lt;b&gt;") {
			t.Errorf("%s: %d\n%s", path, code, body)
		}
		if strings.Contains(body, "<script") || strings.Contains(body, `href="javascript`) || strings.Contains(body, "<style") {
			t.Errorf("%s lets a mail's markup through:\n%s", path, body)
		}
		if csp := head.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "script-src") {
			t.Errorf("policy %q", csp)
		}
	}
	_, body, _ := page(t, box, mailbox.Path+"/1")
	for _, want := range []string{`sandbox=""`, `srcdoc="&lt;script&gt;`, `<a href="https://desk.example.org/r/abc?x=1&amp;y=2"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s:\n%s", want, body)
		}
	}
	for _, path := range []string{"/2", "/0", "/-1", "/x", "/1/html"} {
		if code, _, _ := page(t, box, mailbox.Path+path); code != http.StatusNotFound {
			t.Errorf("%s: %d", path, code)
		}
	}
}

func TestListensOnLoopbackOnly(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.0.2.1:25", "nonsense", "[::]:0"} {
		if _, err := mailbox.Start(addr); err == nil {
			t.Errorf("listens on %s", addr)
		}
	}
}
