package inbox_test

import (
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"

	"vedette"
	"vedette/deliver/delivertest"
	"vedette/deliver/inbox"
)

var able = []imap.Cap{imap.CapMove, imap.CapUIDPlus, imap.CapIdle}

func config(s *delivertest.IMAP) inbox.Config {
	return inbox.Config{Addr: s.Addr(), TLS: inbox.TLSImplicit, User: delivertest.IMAPUser, Password: delivertest.IMAPPassword,
		Folder: "INBOX", Read: inbox.ReadFolder, Roots: s.Roots(), Timeout: 10 * time.Second, Look: 50 * time.Millisecond}
}

func mail(words string) string { return "From: a@example.org\r\nSubject: x\r\n\r\n" + words + "\r\n" }

// taken keeps what was handed over.
type taken struct {
	mu   sync.Mutex
	list []string
	left []string
	tidy error
	fail func(words string) error
}

func (k *taken) ear() inbox.Ear {
	return inbox.Ear{Take: k.take, Left: func(_ context.Context, name string, err error) {
		k.mu.Lock()
		defer k.mu.Unlock()
		k.left = append(k.left, name+": "+err.Error())
	}, Tidy: func(_ context.Context, err error) {
		k.mu.Lock()
		defer k.mu.Unlock()
		k.tidy = err
	}}
}

// stays gives which mails stay for their own sake, and why none can be moved.
func (k *taken) stays() ([]string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Clone(k.left), k.tidy
}

func (k *taken) take(_ context.Context, name string, raw []byte) error {
	_, body, _ := strings.Cut(string(raw), "\r\n\r\n")
	words := strings.TrimSpace(body)
	if k.fail != nil {
		if err := k.fail(words); err != nil {
			return err
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.list = append(k.list, words)
	return nil
}

func (k *taken) words() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Clone(k.list)
}

// reads reads a box until done says so.
func reads(t *testing.T, c inbox.Config, k *taken, done func() bool) error {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	ended := make(chan error, 1)
	go func() { _, err := inbox.New(c).Read(ctx, k.ear()); ended <- err }()
	for {
		select {
		case err := <-ended:
			return err
		case <-time.After(10 * time.Millisecond):
		}
		if done() {
			stop()
			return <-ended
		}
		if ctx.Err() != nil {
			t.Fatalf("never done; taken: %q", k.words())
		}
	}
}

// What is in the box and what arrives is handed over, once each and in order,
// and moved, by servers that can move and by those that cannot.
func TestEveryMailOnce(t *testing.T) {
	for what, caps := range map[string][]imap.Cap{"moves and tells": able, "copies and expunges": {imap.CapUIDPlus}, "copies and marks": nil} {
		t.Run(what, func(t *testing.T) {
			s := delivertest.NewIMAP(t, caps...)
			s.Arrive(mail("1"))
			s.Arrive(mail("2"))
			var k taken
			late := sync.OnceFunc(func() { s.Arrive(mail("3")) })
			err := reads(t, config(s), &k, func() bool {
				if len(k.words()) == 2 {
					late()
				}
				return s.Count(inbox.ReadFolder) == 3 && s.Count("INBOX") == 0
			})
			if err != nil || !slices.Equal(k.words(), []string{"1", "2", "3"}) {
				t.Fatalf("%v, %q", err, k.words())
			}
			s.Arrive(mail("4"))
			err = reads(t, config(s), &k, func() bool { return s.Count(inbox.ReadFolder) == 4 })
			if err != nil || !slices.Equal(k.words(), []string{"1", "2", "3", "4"}) {
				t.Fatalf("signed in again: %v, %q", err, k.words())
			}
		})
	}
}

// A box is read the same whatever is asked for at once: what stays is tried again
// and again, what somebody takes away is forgotten, and what arrives meanwhile is
// taken.
func TestAWindowAtATime(t *testing.T) {
	for _, window := range []int{1, 2, 3, 100} {
		s := delivertest.NewIMAP(t, able...)
		for _, words := range []string{"1", "2", "3", "4", "5", "6", "7"} {
			s.Arrive(mail(words))
		}
		var mu sync.Mutex
		bad, tries := map[string]bool{"2": true, "3": true, "6": true}, map[string]int{}
		var k taken
		k.fail = func(words string) error {
			mu.Lock()
			defer mu.Unlock()
			tries[words]++
			if bad[words] {
				return errors.New("not yet")
			}
			return nil
		}
		step := 0
		c := config(s)
		c.Window, c.Look = window, 5*time.Millisecond
		err := reads(t, c, &k, func() bool {
			mu.Lock()
			defer mu.Unlock()
			switch n := s.Count("INBOX"); {
			case step == 0 && n == 3 && tries["2"] > 2 && tries["6"] > 2:
				s.Arrive(mail("8"))
				step++
			case step == 1 && s.Count(inbox.ReadFolder) == 5:
				clear(bad)
				step++
			}
			return s.Count("INBOX") == 0
		})
		got := k.words()
		if err != nil || len(got) != 8 || !slices.Equal(got[:5], []string{"1", "4", "5", "7", "8"}) {
			t.Fatalf("%d at once: %v, %q", window, err, got)
		}
		if left, untidy := k.stays(); len(left) != 3 || untidy != nil {
			t.Fatalf("%d at once: left %q, %v", window, left, untidy)
		}
	}
}

// A box of more mails than an answer has room for is read, from the first on.
func TestAVeryFullBox(t *testing.T) {
	full := 200_000
	if raced { // the server of the test goes through all for each that is moved
		full = 20_000
	}
	s := delivertest.NewIMAP(t, able...)
	s.Fill(full, mail("1"))
	var k taken
	if err := reads(t, config(s), &k, func() bool { return s.Count(inbox.ReadFolder) > 600 }); err != nil { // more than one turn
		t.Fatal(err)
	}
	if got := s.Count("INBOX") + s.Count(inbox.ReadFolder); got != full || len(k.words()) < 600 {
		t.Fatalf("%d mails are there, %d were taken", got, len(k.words()))
	}
}

// A connection that begins in the open is protected before the password goes, or
// not used.
func TestSTARTTLS(t *testing.T) {
	s := delivertest.NewIMAP(t, append(able, imap.CapStartTLS)...)
	s.Arrive(mail("1"))
	var k taken
	c := config(s)
	c.TLS = inbox.TLSStart
	if err := reads(t, c, &k, func() bool { return s.Count(inbox.ReadFolder) == 1 }); err != nil {
		t.Fatal(err)
	}
	c.Roots = nil
	if _, err := inbox.New(c).Read(t.Context(), k.ear()); vedette.ErrorCode(err) != vedette.CodeUnavailable {
		t.Fatalf("a certificate that nobody vouches for: %v", err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	said := make(chan string, 1)
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		c.Write([]byte("* OK [CAPABILITY IMAP4rev1] hi\r\n"))
		b := make([]byte, 4096)
		n, _ := c.Read(b)
		tag, _, _ := strings.Cut(string(b[:n]), " ")
		c.Write([]byte(tag + " BAD what?\r\n"))
		rest, _ := io.ReadAll(io.LimitReader(c, 4096))
		said <- string(b[:n]) + string(rest)
	}()
	c.Addr = l.Addr().String()
	if _, err := inbox.New(c).Read(t.Context(), k.ear()); err == nil {
		t.Fatal("a server without TLS was spoken to")
	}
	if all := <-said; !strings.Contains(all, "STARTTLS") || strings.Contains(all, "LOGIN") || strings.Contains(all, "AUTHENTICATE") {
		t.Fatalf("to a server without TLS was said: %q", all)
	}
}

// A mail that cannot be taken for its own sake stays, is said once and tried again,
// and keeps none behind it from being read; where nothing can be taken, the reading
// ends.
func TestWhatIsNotTakenStays(t *testing.T) {
	s := delivertest.NewIMAP(t, able...)
	for _, words := range []string{"1", "2", "3"} {
		s.Arrive(mail(words))
	}
	tries := 0
	k := taken{fail: func(words string) error {
		if words == "2" {
			tries++
			return errors.New("its key does not open")
		}
		return nil
	}}
	if err := reads(t, config(s), &k, func() bool { return s.Count(inbox.ReadFolder) == 2 }); err != nil {
		t.Fatal(err)
	}
	if left, _ := k.stays(); !slices.Equal(k.words(), []string{"1", "3"}) || len(left) != 1 || left[0] != "INBOX/2: its key does not open" {
		t.Fatalf("%q, %q", k.words(), left)
	}
	tries = 0
	k.fail = func(words string) error {
		if tries++; tries < 4 {
			return errors.New("its key does not open")
		}
		return nil
	}
	k.left = nil
	if err := reads(t, config(s), &k, func() bool { return s.Count("INBOX") == 0 }); err != nil || !slices.Equal(k.words(), []string{"1", "3", "2"}) {
		t.Fatalf("%v, %q", err, k.words())
	}
	if left, _ := k.stays(); len(left) != 1 {
		t.Fatalf("said so often: %q", left)
	}
	s.Arrive(mail("4"))
	s.Arrive(mail("5"))
	k.fail = func(words string) error {
		if words == "4" {
			return vedette.Errorf(vedette.CodeUnavailable, "the disk is full")
		}
		return nil
	}
	box := inbox.New(config(s))
	for i := range 4 { // the last time others go first
		if _, err := box.Read(t.Context(), k.ear()); err == nil || !strings.Contains(err.Error(), "the disk is full") {
			t.Fatal(err)
		}
		if n := s.Count("INBOX"); i < 3 && n != 2 || i == 3 && n != 1 {
			t.Fatalf("at the %dth try %d are left", i+1, n)
		}
	}
}

// A mail that the server lists and does not give is said; nothing behind it waits.
func TestWhatIsNotGivenIsSaid(t *testing.T) {
	for step, says := range map[string]string{"give": "does not give it", "fetch": "as it is damaged"} {
		s := delivertest.NewIMAP(t, able...)
		s.Arrive(mail("1"))
		s.Arrive(mail("2"))
		n := 0
		s.Trip(func(did string) error {
			if did != step {
				return nil
			}
			if n++; n == 2 { // of the first turn the second mail
				return nil
			}
			return &imap.Error{Type: imap.StatusResponseTypeNo, Text: "as it is damaged"}
		})
		var k taken
		err := reads(t, config(s), &k, func() bool { left, _ := k.stays(); return len(left) > 0 && s.Count("INBOX") == 1 })
		if left, _ := k.stays(); err != nil || !slices.Equal(k.words(), []string{"2"}) || len(left) != 1 || !strings.HasPrefix(left[0], "INBOX/1: ") || !strings.Contains(left[0], says) {
			t.Errorf("%s: %v, %q, %q", step, err, k.words(), left)
		}
	}
}

// A box whose mails cannot be moved, or for whose mails there is no folder, is read
// on all the same, each mail once, and that is said until it is mended.
func TestWhatCannotBeMovedIsReadAllTheSame(t *testing.T) {
	for _, step := range []string{"move", "create"} {
		s := delivertest.NewIMAP(t, able...)
		s.Trip(func(did string) error {
			if did == step {
				return &imap.Error{Type: imap.StatusResponseTypeNo, Text: "over quota"}
			}
			return nil
		})
		s.Arrive(mail("1"))
		s.Arrive(mail("2"))
		var k taken
		later := sync.OnceFunc(func() { s.Arrive(mail("3")) })
		mend := sync.OnceFunc(func() { s.Trip(nil) })
		err := reads(t, config(s), &k, func() bool {
			_, untidy := k.stays()
			switch n := len(k.words()); {
			case n == 2 && untidy != nil:
				if !strings.Contains(untidy.Error(), "over quota") {
					t.Errorf("%s: %v", step, untidy)
				}
				later()
			case n == 3:
				mend()
			}
			return s.Count("INBOX") == 0 && untidy == nil
		})
		if err != nil || !slices.Equal(k.words(), []string{"1", "2", "3"}) || s.Count(inbox.ReadFolder) != 3 {
			t.Fatalf("%s: %v, %q", step, err, k.words())
		}
	}
}

// A connection that goes ends the reading with an error; the box is read on by
// the next.
func TestAServerThatGoes(t *testing.T) {
	s := delivertest.NewIMAP(t, able...)
	var k taken
	s.Arrive(mail("1"))
	err := reads(t, config(s), &k, func() bool {
		if len(k.words()) == 1 {
			s.Stop()
		}
		return false
	})
	if err == nil {
		t.Fatal("nobody said that the server is gone")
	}
	if _, err := inbox.New(config(s)).Read(t.Context(), k.ear()); vedette.ErrorCode(err) != vedette.CodeUnavailable || !strings.Contains(err.Error(), "cannot be reached") {
		t.Fatal(err)
	}
	s.Start()
	s.Arrive(mail("2"))
	if err := reads(t, config(s), &k, func() bool { return len(k.words()) == 2 && s.Count("INBOX") == 0 }); err != nil {
		t.Fatal(err)
	}
}

// Of a mail that is too long comes as much as shows that it is.
func TestALongMail(t *testing.T) {
	s := delivertest.NewIMAP(t, able...)
	s.Arrive(mail(strings.Repeat("x", 2*inbox.MaxMail)))
	n := 0
	var k taken
	k.fail = func(words string) error { n = len(words); return nil }
	if err := reads(t, config(s), &k, func() bool { return s.Count(inbox.ReadFolder) == 1 }); err != nil {
		t.Fatal(err)
	}
	if n <= inbox.MaxMail-100 || n > inbox.MaxMail+1 {
		t.Fatalf("%d bytes came", n)
	}
}

// A wrong password, an unknown certificate and a folder that is not there are
// said, without the password.
func TestWhatDoesNotSignIn(t *testing.T) {
	s := delivertest.NewIMAP(t, able...)
	other := delivertest.NewIMAP(t)
	for what, c := range map[string]struct {
		set  func(*inbox.Config)
		says string
	}{
		"password":    {func(c *inbox.Config) { c.Password = "sesame-open" }, "signing in failed"},
		"certificate": {func(c *inbox.Config) { c.Roots = nil }, "signing in failed"},
		"another's":   {func(c *inbox.Config) { c.Addr = "localhost" + other.Addr()[strings.LastIndex(other.Addr(), ":"):] }, "signing in failed"},
		"folder":      {func(c *inbox.Config) { c.Folder = "Nowhere" }, `"Nowhere" must be there`},
	} {
		cfg := config(s)
		c.set(&cfg)
		_, err := inbox.New(cfg).Read(t.Context(), (&taken{}).ear())
		if vedette.ErrorCode(err) != vedette.CodeUnavailable || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), cfg.Password) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A server that never stops speaking, or never answers, is left.
func TestAHostileServer(t *testing.T) {
	for what, serve := range map[string]func(net.Conn){
		"endless line":    func(c net.Conn) { c.Write([]byte("* OK hi ")); flood(c, "x") },
		"endless lines":   func(c net.Conn) { c.Write([]byte("* OK hi\r\n")); flood(c, "* 1 EXISTS\r\n") },
		"endless literal": func(c net.Conn) { c.Write([]byte("* OK hi\r\n* LIST () \"/\" {999999999}\r\n")); flood(c, "x") },
		"no answer":       func(c net.Conn) { c.Write([]byte("* OK hi\r\n")); c.Read(make([]byte, 1)); <-t.Context().Done() },
		"nonsense":        func(c net.Conn) { c.Write([]byte("HTTP/1.1 400 Bad Request\r\n\r\n")) },
	} {
		t.Run(what, func(t *testing.T) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			go func() {
				if c, err := l.Accept(); err == nil {
					defer c.Close()
					serve(c)
				}
			}()
			c := inbox.Config{Addr: l.Addr().String(), TLS: inbox.TLSNone, User: "a", Password: "b", Folder: "INBOX", Read: "Read", Timeout: 300 * time.Millisecond}
			if _, err := inbox.New(c).Read(t.Context(), (&taken{}).ear()); err == nil {
				t.Fatal("it was believed")
			}
		})
	}
}

func flood(c net.Conn, what string) {
	b := []byte(strings.Repeat(what, 4096/len(what)))
	for {
		if _, err := c.Write(b); err != nil {
			return
		}
	}
}

func TestParse(t *testing.T) {
	good, err := inbox.Parse("imaps://bounces@relief.example.org@mail.example.org/Back/In?read=Back/Done", "swordfish")
	if err != nil || good.Addr != "mail.example.org:993" || good.User != "bounces@relief.example.org" || good.Folder != "Back/In" || good.Read != "Back/Done" || good.TLS != inbox.TLSImplicit {
		t.Fatalf("%+v, %v", good, err)
	}
	if c, err := inbox.Parse("imap://b@mail.example.org", "x"); err != nil || c.Addr != "mail.example.org:143" || c.TLS != inbox.TLSStart || c.Folder != "INBOX" || c.Read != inbox.ReadFolder {
		t.Fatalf("%+v, %v", c, err)
	}
	for _, c := range []struct{ url, password, says string }{
		{"imaps://b:swordfish@mail.example.org/INBOX", "x", "a password has no place in it"},
		{"imaps://b@mail.example.org/INBOX", "", "the password is missing"},
		{"imaps://mail.example.org/INBOX", "x", "it names no user"},
		{"imaps://b@/INBOX", "x", "it names no host"},
		{"imap://b@mail.example.org?tls=none", "x", "unprotected"},
		{"imap://b@mail.example.org?tls=maybe", "x", "not known"},
		{"imaps://b@mail.example.org/In?read=In", "x", "cannot be moved"},
		{"imaps://b@mail.example.org/a%0d%0ab", "x", "line break"},
		{"imaps://%zz", "x", "it is no URL"},
	} {
		if _, err := inbox.Parse(c.url, c.password); vedette.ErrorCode(err) != vedette.CodeInvalid || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "swordfish") {
			t.Errorf("%s: %v", c.url, err)
		}
	}
}
