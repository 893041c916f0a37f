package app

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver/email"
)

func TestMailServersAddress(t *testing.T) {
	const from = "Our desk <alerts@example.org>"
	for url, want := range map[string]email.Config{
		"smtp://mail.example.org":               {Addr: "mail.example.org:587", TLS: email.TLSStart},
		"smtp://u:p%40ss@mail.example.org:2525": {Addr: "mail.example.org:2525", TLS: email.TLSStart, User: "u", Password: "p@ss"},
		"smtp://127.0.0.1:1025?tls=none":        {Addr: "127.0.0.1:1025", TLS: email.TLSNone},
		"smtp://relay.example.org?tls=none":     {Addr: "relay.example.org:25", TLS: email.TLSNone},
		"smtps://u:p@mail.example.org":          {Addr: "mail.example.org:465", TLS: email.TLSImplicit, User: "u", Password: "p"},
		"smtp://[2001:db8::1]:587?tls=starttls": {Addr: "[2001:db8::1]:587", TLS: email.TLSStart},
	} {
		got, err := MailConfig{URL: url, From: from}.parse(time.Now)
		if err != nil || got.Addr != want.Addr || got.TLS != want.TLS || got.User != want.User || got.Password != want.Password || got.From != "alerts@example.org" {
			t.Errorf("%s: %+v, %v", url, got, err)
		}
	}
	for _, bad := range []string{"", "mail.example.org:25", "smtp://", "http://x", "smtp://u:secret@host:port", "smtps://h?tls=none", "smtp://h?tls=maybe"} {
		_, err := MailConfig{URL: bad, From: from}.parse(time.Now)
		if vedette.ErrorCode(err) != vedette.CodeInvalid || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v; want a sentence, without the password", bad, err)
		}
	}
	if _, err := (MailConfig{URL: "smtp://h", From: "nobody"}).parse(time.Now); vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Errorf("a sender that is no address: %v", err)
	}
}

func TestOnlyThisMachineWithoutSignIn(t *testing.T) {
	for _, addr := range []string{":0", "0.0.0.0:0", "[::]:0", "192.0.2.1:0", "example.org:0"} {
		ln, err := (&ServeConfig{Listen: addr}).listen(t.Context(), false)
		if vedette.ErrorCode(err) != vedette.CodeForbidden {
			t.Errorf("listening on %s: %v", addr, err)
		}
		if err == nil {
			ln.Close()
		}
	}
	for _, addr := range []string{"127.0.0.1:0", "localhost:0"} {
		ln, err := (&ServeConfig{Listen: addr}).listen(t.Context(), false)
		if err != nil {
			t.Errorf("listening on %s: %v", addr, err)
			continue
		}
		ln.Close()
	}
	ln, err := (&ServeConfig{Listen: "0.0.0.0:0", InsecureNoAuth: true}).listen(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	ln.Close()
}

// Once one has to sign in, another machine may be served, but no password goes to it in
// the clear.
func TestNoPasswordInTheClear(t *testing.T) {
	for base, ok := range map[string]bool{"": false, "http://desk.example.org": false, "https://desk.example.org": true} {
		ln, err := (&ServeConfig{Listen: "0.0.0.0:0", BaseURL: base, Proxies: []string{"192.0.2.7"}}).listen(t.Context(), true)
		if (err == nil) != ok || err != nil && vedette.ErrorCode(err) != vedette.CodeForbidden {
			t.Errorf("links to %q: %v", base, err)
		}
		if err == nil {
			ln.Close()
		}
	}
	if _, err := (&ServeConfig{Listen: "0.0.0.0:0", BaseURL: "https://desk.example.org"}).listen(t.Context(), true); vedette.ErrorCode(err) != vedette.CodeForbidden {
		t.Errorf("no proxy is named: %v", err)
	}
}

func TestWhatIsAProxy(t *testing.T) {
	for s, ok := range map[string]bool{"192.0.2.7": true, "192.0.2.0/28": true, "2001:db8::/64": true, "0.0.0.0/0": false, "proxy.example.org": false, "": false} {
		if _, err := prefixes([]string{s}); (err == nil) != ok {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestKeyFile(t *testing.T) {
	dir := t.TempDir()
	c := Config{Data: dir, Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	a, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	key := a.Key.Text()
	a.Close()
	path := filepath.Join(dir, "installation.key")
	st, err := os.Stat(path)
	if err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("the key file: %v, %v; want it for its owner alone", st.Mode(), err)
	}
	// The key may come from the environment instead.
	if err := os.Rename(path, filepath.Join(t.TempDir(), "elsewhere")); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), c); vedette.ErrorCode(err) != vedette.CodeWrongKey {
		t.Errorf("without a key: %v", err)
	}
	c.KeyText = key
	if a, err = Open(t.Context(), c); err != nil {
		t.Fatalf("with the key from the environment: %v", err)
	}
	a.Close()
	if _, err := os.Stat(path); err == nil {
		t.Error("a key from the environment was written down")
	}
}

func TestErasuresListThatIsDamagedIsAnError(t *testing.T) {
	dir := t.TempDir()
	c := Config{Data: dir}.withDefaults()
	if err := c.noteErasure(vedette.NewID(time.Now()), time.Now()); err != nil {
		t.Fatal(err)
	}
	if ids, err := c.erasures(); err != nil || len(ids) != 1 {
		t.Fatalf("%v, %v", ids, err)
	}
	f, err := os.OpenFile(c.erasuresPath(), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	f.WriteString("2026-02-05 half an id\n")
	f.Close()
	if _, err := c.erasures(); vedette.ErrorCode(err) != vedette.CodeInvalid || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("a damaged list: %v; want its line named", err)
	}
}

func TestPlacesOfOneNameAreToldApart(t *testing.T) {
	a, err := Open(t.Context(), Config{Data: t.TempDir(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for name, want := range map[string]vedette.AreaID{"Iraq": "IQ", "IQ": "IQ", "red sea": "red-sea", "Tripoli, Lebanon": "gn:266826", "Baghdad": "gn:98182"} {
		if ar, err := a.Gaz.Find(name); err != nil || ar.ID != want {
			t.Errorf("%s is %s, %v; want %s", name, ar.ID, err, want)
		}
	}
	for name, word := range map[string]string{"Korea": "South Korea", "Congo": "Republic of the Congo", "Tripoli": "Lebanon", "Atlantis City": "no place"} {
		if ar, err := a.Gaz.Find(name); vedette.ErrorCode(err) != vedette.CodeInvalid || !strings.Contains(err.Error(), word) {
			t.Errorf("%s is %s, %v; want to be asked (%s)", name, ar.ID, err, word)
		}
	}
}
