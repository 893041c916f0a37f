package email_test

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"vedette/deliver"
	"vedette/deliver/delivertest"
	"vedette/deliver/email"
)

var noon = time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)

func config(addr string) email.Config {
	return email.Config{
		Addr: addr, From: "desk@acme.example.org", FromName: "Acme Desk", Hello: "vedette.example.org",
		Conns: 4, Timeout: 250 * time.Millisecond, Grace: 200 * time.Millisecond,
		Now: func() time.Time { return noon },
	}
}

func sender(t testing.TB, cfg email.Config) *email.Sender {
	t.Helper()
	s, err := email.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func message(n int) deliver.Message {
	return deliver.Message{
		ID: fmt.Sprintf("0194d000-0000-7000-8000-%012d", n), To: fmt.Sprintf("anna.%d@example.org", n), ToName: "Anna Berg",
		Subject: "High risk, Lebanon: roads closed", Text: "High risk, Lebanon: roads closed\n.\n..two dots\n", HTML: "<p>Höhe</p>",
		ListName: "Acme", Header: map[string]string{"Content-Language": "en"},
	}
}

func TestExam(t *testing.T) {
	relay := delivertest.NewSMTP(t)
	delivertest.Exam(t, delivertest.Case{
		New:     func() deliver.Sender { return sender(t, config(relay.Addr())) },
		Message: message,
		Behave:  relay.Behave,
		Taken:   relay.Taken,
		Bad: func(n int) []deliver.Message {
			var out []deliver.Message
			for _, to := range badAddresses {
				m := message(n)
				m.To = to
				out = append(out, m)
			}
			return out
		},
		Secrets: []string{"Anna Berg"},
	})
}

var badAddresses = []string{
	"", "anna", "@example.org", "anna@", "anna@-x.org", "anna@exa mple.org", "anna@example.org\r\nRCPT TO:<eve@example.org>",
	"anna@example.org\nBcc: eve@example.org", "Anna <anna@example.org>", "<anna@example.org>", "a@b@example.org", "anna@[127.0.0.1]",
	`"an na"@example.org`, "anna@example..org", strings.Repeat("a", 65) + "@example.org", "anna@" + strings.Repeat("x.", 130) + "org", "anna\x00@example.org",
}

// What arrives is what was written, down to lines of dots, and carries the
// headers that keep robots from answering.
func TestMailArrivesWhole(t *testing.T) {
	relay := delivertest.NewSMTP(t)
	s := sender(t, config(relay.Addr()))
	m := message(7)
	m.ToName, m.Subject, m.ListName = "Zoë “Z” Šimková", "EXERCISE Extreme risk, إيران: تقرير — naïve", "Ärzte & Co"
	if r := s.Send(context.Background(), m); r.Kind != deliver.Accepted {
		t.Fatal(r)
	}
	got := relay.Messages()[0]
	for _, c := range []struct{ what, got, want string }{
		{"subject", got.Subject, m.Subject},
		{"text", got.Text, m.Text},
		{"html", got.HTML, m.HTML},
		{"message id", got.MessageID, m.ID + "@acme.example.org"},
		{"to", got.To, `"Zoë “Z” Šimková" <anna.7@example.org>`},
		{"from", got.From, `"Acme Desk" <desk@acme.example.org>`},
		{"date", got.Header.Get("Date"), "Thu, 05 Feb 2026 12:00:00 +0000"},
		{"auto", got.Header.Get("Auto-Submitted"), "auto-generated"},
		{"language", got.Header.Get("Content-Language"), "en"},
		{"recipient", got.Rcpt, m.To},
	} {
		if strings.ReplaceAll(c.got, `"`, "") != strings.ReplaceAll(c.want, `"`, "") {
			t.Errorf("%s is %q, want %q", c.what, c.got, c.want)
		}
	}
	if id := got.Header.Get("List-Id"); !strings.HasSuffix(id, "<notices.acme.example.org>") {
		t.Errorf("List-Id is %q", id)
	}
	for line := range strings.SplitSeq(string(got.Raw), "\r\n") {
		if len(line) > 998 {
			t.Errorf("a line of %d bytes", len(line))
		}
	}
}

// An answer about us must not fail people for good; one about them must.
func TestWhoseFaultARefusalIs(t *testing.T) {
	relay := delivertest.NewSMTP(t)
	s := sender(t, config(relay.Addr()))
	for _, c := range []struct {
		code int
		enh  smtp.EnhancedCode
		want deliver.Kind
	}{
		{550, smtp.EnhancedCode{5, 1, 1}, deliver.Failed},
		{552, smtp.EnhancedCode{5, 2, 2}, deliver.Failed},
		{554, smtp.EnhancedCode{5, 7, 1}, deliver.Retry}, // relay access denied
		{530, smtp.EnhancedCode{5, 7, 0}, deliver.Retry}, // sign in first
		{503, smtp.EnhancedCode{5, 5, 1}, deliver.Retry},
		{452, smtp.EnhancedCode{4, 2, 2}, deliver.Retry},
		{421, smtp.EnhancedCode{4, 3, 2}, deliver.Retry},
	} {
		relay.Answer(func(int, string) *smtp.SMTPError {
			return &smtp.SMTPError{Code: c.code, EnhancedCode: c.enh, Message: "no"}
		})
		if r := s.Send(context.Background(), message(1)); r.Kind != c.want || !strings.Contains(r.Detail, "no") {
			t.Errorf("%d %v is %v (%s), want %v", c.code, c.enh, r.Kind, r.Detail, c.want)
		}
		relay.Answer(nil)
		if r := s.Send(context.Background(), message(1)); r.Kind != deliver.Accepted {
			t.Errorf("after %d: %v %s", c.code, r.Kind, r.Detail)
		}
	}
}

func TestWhoSaysItIsTooMuch(t *testing.T) {
	relay := delivertest.NewSMTP(t)
	s := sender(t, config(relay.Addr()))
	for _, c := range []struct {
		e    smtp.SMTPError
		busy bool
	}{
		{smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 7, 0}, Message: "try again later"}, true},
		{smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "Too many messages from you"}, true},
		{smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 28}, Message: "unusual"}, true},
		{smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "mailbox full"}, false},
		{smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 0}, Message: "greylisted, come back later"}, false},
		{smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 7, 28}, Message: "too many"}, false},
	} {
		relay.Answer(func(int, string) *smtp.SMTPError { return &c.e })
		if r := s.Send(t.Context(), message(1)); r.Busy != c.busy || r.Kind == deliver.Accepted {
			t.Errorf("%d %q: busy %t, %s; want busy %t", c.e.Code, c.e.Message, r.Busy, r.Kind, c.busy)
		}
	}
}

// Stopping ends what is not yet out at once, and nothing of it is in doubt.
func TestStoppedBeforeTheMessageIsOut(t *testing.T) {
	cfg := config(script(t, map[string]string{"greet": "220 hello", "EHLO": "250 relay", "MAIL": "250 ok"})) // silent at RCPT
	cfg.Timeout = time.Minute
	s := sender(t, cfg)
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	start := time.Now()
	if r := s.Send(ctx, message(1)); r.Kind != deliver.Retry || time.Since(start) > time.Second {
		t.Errorf("%v after %v: %s", r.Kind, time.Since(start), r.Detail)
	}
}

// script is a relay that says one line per command, for what no proper
// relay does.
func script(t *testing.T, answers map[string]string) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go converse(c, answers)
		}
	}()
	return l.Addr().String()
}

func converse(c net.Conn, answers map[string]string) {
	defer c.Close()
	fmt.Fprintf(c, "%s\r\n", answers["greet"])
	buf, line := make([]byte, 1), ""
	for {
		if _, err := c.Read(buf); err != nil {
			return
		}
		if line += string(buf); !strings.HasSuffix(line, "\r\n") {
			continue
		}
		word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		line = ""
		if a := answers[strings.ToUpper(word)]; a != "" {
			fmt.Fprintf(c, "%s\r\n", a)
		}
	}
}

func TestARelayThatIsMisconfiguredFailsNobody(t *testing.T) {
	good := map[string]string{"greet": "220 hello", "EHLO": "250-relay\r\n250 AUTH PLAIN", "AUTH": "235 ok", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go", ".": "250 ok"}
	for _, c := range []struct {
		command, answer string
		want            deliver.Kind
	}{
		{"greet", "554 we do not talk to you", deliver.Retry},
		{"AUTH", "535 5.7.8 wrong password hunter2hunter2 AGRlc2sAaHVudGVyMmh1bnRlcjI=", deliver.Retry},
		{"MAIL", "550 5.7.1 sender refused", deliver.Retry},
		{"MAIL", "", deliver.Retry}, // silence
		{"DATA", "451 disk full", deliver.Retry},
		{".", "554 5.6.0 content refused", deliver.Failed},
		{".", "451 4.3.0 later", deliver.Retry},
		{".", "garbage without a code", deliver.Doubt},
		{".", "250 ok", deliver.Accepted},
	} {
		answers := map[string]string{}
		for k, v := range good {
			answers[k] = v
		}
		answers[c.command] = c.answer
		cfg := config(script(t, answers))
		cfg.User, cfg.Password = "desk", "hunter2hunter2"
		r := sender(t, cfg).Send(context.Background(), message(1))
		if r.Kind != c.want {
			t.Errorf("%s %q: %v (%s), want %v", c.command, c.answer, r.Kind, r.Detail, c.want)
		}
		if strings.Contains(r.Detail, "hunter2") || strings.Contains(r.Detail, "aHVudGVy") {
			t.Errorf("detail shows the password: %s", r.Detail)
		}
	}
}

func TestNobodyListens(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	r := sender(t, config(l.Addr().String())).Send(context.Background(), message(1))
	if r.Kind != deliver.Retry || !strings.Contains(r.Detail, "refused") {
		t.Error(r)
	}
}

// A relay that closed an idle connection costs nobody an attempt.
func TestARestartedRelayIsNotNoticed(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var open []net.Conn
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			open = append(open, c)
			mu.Unlock()
			go converse(c, map[string]string{"greet": "220 hello", "EHLO": "250 relay", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go", ".": "250 ok"})
		}
	}()
	t.Cleanup(func() { l.Close() })
	s := sender(t, config(l.Addr().String()))
	for i := range 3 {
		if r := s.Send(context.Background(), message(i)); r.Kind != deliver.Accepted {
			t.Fatal(i, r)
		}
		mu.Lock()
		for _, c := range open {
			c.Close()
		}
		mu.Unlock()
	}
}

func TestConnectionsAreReusedAndBounded(t *testing.T) {
	relay := delivertest.NewSMTP(t)
	cfg := config(relay.Addr())
	cfg.Timeout = 5 * time.Second
	s := sender(t, cfg)
	var wg sync.WaitGroup
	for i := range 400 {
		wg.Go(func() { s.Send(context.Background(), message(i)) })
	}
	wg.Wait()
	if relay.Count() != 400 || relay.Conns() > cfg.Conns {
		t.Errorf("%d mails over %d connections, at most %d allowed", relay.Count(), relay.Conns(), cfg.Conns)
	}
}

func TestConfigThatCannotWork(t *testing.T) {
	for name, spoil := range map[string]func(*email.Config){
		"no port":               func(c *email.Config) { c.Addr = "mail.example.org" },
		"from":                  func(c *email.Config) { c.From = "desk" },
		"from with line break":  func(c *email.Config) { c.From = "desk@example.org\r\nX: y" },
		"mode":                  func(c *email.Config) { c.TLS = "ssl" },
		"password in the clear": func(c *email.Config) { c.Addr, c.User = "mail.example.org:25", "desk" },
		"hello":                 func(c *email.Config) { c.Hello = "a\r\nRCPT" },
	} {
		cfg := config("127.0.0.1:25")
		spoil(&cfg)
		if _, err := email.New(cfg); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func BenchmarkSend(b *testing.B) {
	relay := delivertest.NewSMTP(b)
	for _, conns := range []int{1, 8, 16} {
		b.Run(fmt.Sprintf("conns=%d", conns), func(b *testing.B) {
			cfg := config(relay.Addr())
			cfg.Conns, cfg.Timeout = conns, 10*time.Second
			s := sender(b, cfg)
			m := message(1)
			m.Text, m.HTML = strings.Repeat("Avoid all travel for now.\n", 60), strings.Repeat("<p>Avoid all travel for now.</p>\n", 120)
			var wg sync.WaitGroup
			todo := make(chan struct{}, conns)
			for range conns {
				wg.Go(func() {
					for range todo {
						if r := s.Send(context.Background(), m); r.Kind != deliver.Accepted {
							b.Error(r)
						}
					}
				})
			}
			for b.Loop() {
				todo <- struct{}{}
			}
			close(todo)
			wg.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mails/s")
		})
	}
}
