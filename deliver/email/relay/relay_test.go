package relay

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"slices"
	"strings"
	"testing"
	"time"
)

// step is one exchange of a relay that plays by a script.
type step struct{ reads, answers string }

// silence is a relay that says no more, and does not leave.
var silence = step{answers: "silence"}

// play has a relay play a script to one client. What the client sends that is
// not in it fails the test.
func play(t *testing.T, greeting string, script ...step) net.Conn {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		c.SetDeadline(time.Now().Add(20 * time.Second))
		io.WriteString(c, greeting)
		for _, s := range script {
			if s == silence {
				io.Copy(io.Discard, c)
				return
			}
			got := make([]byte, len(s.reads))
			if n, err := io.ReadFull(c, got); err != nil || string(got) != s.reads {
				t.Errorf("the client said %q, want %q", got[:n], s.reads)
				return
			}
			io.WriteString(c, s.answers)
		}
	}()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close(); l.Close(); <-done })
	return c
}

const ready = "220 relay\r\n"

func greets(extensions ...string) step {
	answer := "250-relay\r\n"
	for _, e := range extensions {
		answer += "250-" + e + "\r\n"
	}
	return step{"EHLO me\r\n", answer + "250 HELP\r\n"}
}

func greeted(t *testing.T, script ...step) *Conn {
	t.Helper()
	c, err := Greet(t.Context(), play(t, ready, script...), Config{Hello: "me", Timeout: 10 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const (
	named = "MAIL FROM:<a@x>\r\nRCPT TO:<b@x>\r\nDATA\r\n"
	mail  = "Subject: s\r\n\r\n.hidden\r\n"
	wire  = "Subject: s\r\n\r\n..hidden\r\n.\r\n"
)

// handIn is a mail from its opening to the relay's answer.
func handIn(c *Conn) (Stage, string, error) {
	if at, err := c.Open("a@x", "b@x", false); err != nil {
		return at, "", err
	}
	return c.Send([]byte(mail))
}

func TestAMailIsNamedInOneWriteWhereTheRelayLetsIt(t *testing.T) {
	c := greeted(t, greets("PIPELINING"), step{named, "250 ok\r\n250 ok\r\n354 go on\r\n"}, step{wire, "250-taken\r\n250 as 7\r\n"})
	if at, answer, err := handIn(c); err != nil || at != AtAnswer || answer != "taken\nas 7" {
		t.Errorf("%v, %q, %v", at, answer, err)
	}
}

func TestAMailIsNamedStepByStepWhereTheRelayDoesNotSayThatItMayAllBeSaid(t *testing.T) {
	c := greeted(t, greets("8BITMIME"), step{"MAIL FROM:<a@x> BODY=8BITMIME\r\n", "250 ok\r\n"}, step{"RCPT TO:<b@x>\r\n", "251 forwarded\r\n"}, step{"DATA\r\n", "354\r\n"}, step{wire, "252 taken\r\n"})
	if at, _, err := handIn(c); err != nil || at != AtAnswer {
		t.Errorf("%v, %v", at, err)
	}
}

func TestARelayWithoutExtensionsIsGreetedAsOfOld(t *testing.T) {
	c := greeted(t, step{"EHLO me\r\n", "502 what?\r\n"}, step{"HELO me\r\n", "250 hello\r\n"}, step{"MAIL FROM:<a@x>\r\n", "250 ok\r\n"}, step{"RCPT TO:<b@x>\r\n", "250 ok\r\n"}, step{"DATA\r\n", "354\r\n"}, step{wire, "250\r\n"})
	if _, _, err := handIn(c); err != nil {
		t.Error(err)
	}
}

// After a refusal the next mail goes over the same connection.
func TestWhatIsRefusedHoldsUpNothing(t *testing.T) {
	then := []step{{"RSET\r\n", "250 ok\r\n"}, {named, "250 ok\r\n250 ok\r\n354 go on\r\n"}, {wire, "250 taken\r\n"}}
	for what, c := range map[string]struct {
		at     Stage
		code   int
		script []step
	}{
		"the sender":    {AtMail, 451, []step{{named, "451 4.3.0 later\r\n503 no sender\r\n503 no sender\r\n"}}},
		"the recipient": {AtRcpt, 550, []step{{named, "250 ok\r\n550 5.1.1 nobody\r\n554 no recipients\r\n"}}},
		"the recipient, yet the mail is asked for": {AtRcpt, 550, []step{{named, "250 ok\r\n550 5.1.1 nobody\r\n354 go on\r\n"}, {".\r\n", "554 no recipients\r\n"}}},
		"the mail, before it begins":               {AtData, 452, []step{{named, "250 ok\r\n250 ok\r\n452 4.3.1 full\r\n"}}},
	} {
		t.Run(what, func(t *testing.T) {
			conn := greeted(t, slices.Concat([]step{greets("PIPELINING")}, c.script, then)...)
			at, _, err := handIn(conn)
			refusal, ok := errors.AsType[*Refusal](err)
			if at != c.at || !ok || refusal.Code != c.code || errors.Is(err, ErrBroken) {
				t.Fatalf("stage %d, %v, want stage %d and code %d", at, err, c.at, c.code)
			}
			if _, _, err := handIn(conn); err != nil {
				t.Errorf("the next mail: %v", err)
			}
		})
	}
}

func TestARefusalSaysWhy(t *testing.T) {
	c := greeted(t, greets(), step{"MAIL FROM:<a@x>\r\n", "550-5.7.1 not you\r\n550 5.7.1 ask Ada\r\n"}, step{"RSET\r\n", "250\r\n"})
	_, err := c.Open("a@x", "b@x", false)
	refusal, _ := errors.AsType[*Refusal](err)
	if refusal == nil || refusal.Enhanced != [3]int{5, 7, 1} || refusal.Error() != "SMTP error 550: not you\nask Ada" {
		t.Errorf("%+v", refusal)
	}
}

// A connection is not used again where nobody knows what the relay makes of it.
func TestABrokenConnectionIsKnown(t *testing.T) {
	for what, script := range map[string][]step{
		"it takes an empty mail to nobody":    {{named, "250 ok\r\n550 nobody\r\n354 go on\r\n"}, {".\r\n", "250 taken\r\n"}},
		"it leaves after the refusal":         {{named, "250 ok\r\n550 nobody\r\n"}},
		"it cannot begin again":               {{named, "250 ok\r\n550 nobody\r\n554 no\r\n"}, {"RSET\r\n", "500 what?\r\n"}},
		"it leaves while it says that a mail": {{named, "250 ok\r\n550 nobody\r\n354 go on\r\n"}},
	} {
		c := greeted(t, append([]step{greets("PIPELINING")}, script...)...)
		at, _, err := handIn(c)
		if refusal, ok := errors.AsType[*Refusal](err); !ok || refusal.Code != 550 || at != AtRcpt || !errors.Is(err, ErrBroken) {
			t.Errorf("%s: stage %d, %v", what, at, err)
		}
	}
}

// How far a mail came decides whether it may have been accepted.
func TestTheStageOfALoss(t *testing.T) {
	for _, c := range []struct {
		what   string
		script []step
		want   Stage
	}{
		{"at once", nil, AtMail},
		{"after the sender", []step{{named, "250 ok\r\n"}}, AtRcpt},
		{"after the recipient", []step{{named, "250 ok\r\n250 ok\r\n"}}, AtData},
		{"before the answer", []step{{named, "250 ok\r\n250 ok\r\n354 go on\r\n"}, {wire, ""}}, AtAnswer},
		{"by an answer that is none", []step{{named, "250 ok\r\n250 ok\r\n354 go on\r\n"}, {wire, "354 more?\r\n"}}, AtAnswer},
		{"in the answer", []step{{named, "250 ok\r\n250 ok\r\n354 go on\r\n"}, {wire, "250-tak"}}, AtAnswer},
	} {
		conn := greeted(t, append([]step{greets("PIPELINING")}, c.script...)...)
		at, _, err := handIn(conn)
		if _, refused := errors.AsType[*Refusal](err); err == nil || refused || at != c.want {
			t.Errorf("%s: stage %d, %v, want stage %d", c.what, at, err, c.want)
		}
	}
}

// A relay is as foreign as any other.
func TestWhatIsNoReply(t *testing.T) {
	for what, greeting := range map[string]string{
		"HTML":            "HTTP/1.1 400 Bad Request\r\n\r\n",
		"nothing":         "\r\n",
		"no code":         "2x0 relay\r\n",
		"an early code":   "150 relay\r\n",
		"a long line":     "220 " + strings.Repeat("x", maxLine) + "\r\n",
		"no end of line":  strings.Repeat("2", room*3),
		"no end of lines": strings.Repeat("220-more\r\n", maxLines+1) + "220 end\r\n",
		"another code":    "220-relay\r\n250 relay\r\n",
	} {
		_, err := Greet(t.Context(), play(t, greeting), Config{Hello: "me", Timeout: 10 * time.Second})
		if err == nil {
			t.Errorf("%s: greeted", what)
		}
	}
	if _, err := Greet(t.Context(), play(t, "554 go away\r\n"), Config{Hello: "me", Timeout: 10 * time.Second}); err == nil || !strings.Contains(err.Error(), "go away") {
		t.Errorf("%v", err)
	}
}

func TestALineBreakInAnAddressIsNotSaid(t *testing.T) {
	c := greeted(t, greets("PIPELINING"))
	if _, err := c.Open("a@x", "b@x>\r\nRCPT TO:<c@x", false); err == nil {
		t.Error("two recipients were named")
	}
}

// What stands behind the server's word that TLS may begin was not protected.
func TestNothingSlipsInBeforeTLS(t *testing.T) {
	cfg := Config{Hello: "me", Timeout: 10 * time.Second, StartTLS: &tls.Config{ServerName: "relay"}}
	_, err := Greet(t.Context(), play(t, ready, greets("STARTTLS"), step{"STARTTLS\r\n", "220 go on\r\n250 relay, AUTH PLAIN\r\n"}), cfg)
	if err == nil || !strings.Contains(err.Error(), "more than") {
		t.Errorf("%v", err)
	}
	if _, err := Greet(t.Context(), play(t, ready, greets("PIPELINING")), cfg); err == nil || !strings.Contains(err.Error(), "no STARTTLS") {
		t.Errorf("without STARTTLS: %v", err)
	}
}

func TestSigningIn(t *testing.T) {
	b := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	plain := step{"AUTH PLAIN " + b("\x00ada\x00secret") + "\r\n", "235 welcome\r\n"}
	for what, c := range map[string]struct {
		script []step
		err    string
	}{
		"plain":        {[]step{greets("AUTH LOGIN PLAIN"), plain}, ""},
		"login":        {[]step{greets("AUTH LOGIN"), {"AUTH LOGIN " + b("ada") + "\r\n", "334 " + b("Password:") + "\r\n"}, {b("secret") + "\r\n", "235 welcome\r\n"}}, ""},
		"refused":      {[]step{greets("AUTH PLAIN"), {plain.reads, "535 5.7.8 wrong\r\n"}}, "wrong"},
		"none offered": {[]step{greets()}, "neither PLAIN nor LOGIN"},
		"it asks on":   {[]step{greets("AUTH PLAIN"), {plain.reads, "334 " + b("and?") + "\r\n"}, {"*\r\n", "501 given up\r\n"}}, "no part of signing in"},
	} {
		conn := play(t, ready, c.script...)
		_, err := Greet(t.Context(), conn, Config{Hello: "me", User: "ada", Password: "secret", Timeout: 10 * time.Second})
		if c.err == "" && err != nil || c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)) {
			t.Errorf("%s: %v", what, err)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error has the password", what)
		}
	}
}

func TestADeadRelayIsGivenUp(t *testing.T) {
	c := greeted(t, greets("PIPELINING"), step{named, "250 ok\r\n"}, silence)
	c.timeout = 50 * time.Millisecond
	at, err := c.Open("a@x", "b@x", false)
	var timeout net.Error
	if !errors.As(err, &timeout) || !timeout.Timeout() || at != AtRcpt {
		t.Errorf("stage %d, %v", at, err)
	}
	c.conn.Close()
}

func TestHowAMailGoesOverTheWire(t *testing.T) {
	for in, want := range map[string]string{
		"":                    ".\r\n",
		"a\r\nb\r\n":          "a\r\nb\r\n.\r\n",
		"a":                   "a\r\n.\r\n",
		".\r\n..\r\n":         "..\r\n...\r\n.\r\n",
		"a\n.\nMAIL FROM:<x>": "a\r\n..\r\nMAIL FROM:<x>\r\n.\r\n",
		"a\r.\rb":             "a\r\n..\r\nb\r\n.\r\n",
		"a\n.\r\nb":           "a\r\n..\r\nb\r\n.\r\n",
		"a\r\n\r\n":           "a\r\n\r\n.\r\n",
	} {
		if got := string(appendStuffed(nil, []byte(in))); got != want {
			t.Errorf("%q goes as %q, want %q", in, got, want)
		}
	}
}

// Whatever a mail is made of, it is one mail, and reads as it was written.
func FuzzStuffed(f *testing.F) {
	for _, s := range []string{"", "a\r\n.\r\nb", "\n.\n", "\r.\r", "..", mail} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		wire := appendStuffed(nil, b)
		r := textproto.NewReader(bufio.NewReader(strings.NewReader(string(wire) + "QUIT\r\n")))
		got, err := io.ReadAll(r.DotReader())
		if err != nil {
			t.Fatal(err)
		}
		if rest, _ := r.ReadLine(); rest != "QUIT" {
			t.Fatalf("%q goes as %q, and %q comes after it", b, wire, rest)
		}
		want := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(b))
		if strings.TrimSuffix(string(got), "\n") != strings.TrimSuffix(want, "\n") {
			t.Fatalf("%q was read as %q", b, got)
		}
		if s := strings.ReplaceAll(string(wire), "\r\n", ""); strings.ContainsAny(s, "\r\n") {
			t.Fatalf("%q goes with bare line ends: %q", b, wire)
		}
	})
}

// A reply is read within bounds, or refused.
func FuzzReply(f *testing.F) {
	for _, s := range []string{"250 ok\r\n", "250-a\r\n250 b\r\n", "550 5.1.1 no\r\n", "5", strings.Repeat("250-\r\n", maxLines)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := readReply(bufio.NewReaderSize(strings.NewReader(s), room))
		if err != nil {
			return
		}
		if len(r.lines) == 0 || len(r.lines) > maxLines || r.code < 200 || r.code > 599 {
			t.Fatalf("%q: %+v", s, r)
		}
		if err := r.ok(999); !strings.HasPrefix(err.Error(), fmt.Sprintf("SMTP error %d", r.code)) {
			t.Fatal(err)
		}
	})
}
