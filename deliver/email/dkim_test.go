package email_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/delivertest"
	"vedette/deliver/email"
)

func pemOf(t *testing.T, kind string, b []byte, err error) []byte {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: b})
}

// What arrives verifies by the record that is to be published, and not once a
// word of it is another.
func TestMailsAreSigned(t *testing.T) {
	made, err := email.NewDKIMKey()
	if err != nil {
		t.Fatal(err)
	}
	_, ed, _ := ed25519.GenerateKey(rand.Reader)
	edBytes, err := x509.MarshalPKCS8PrivateKey(ed)
	old, _ := rsa.GenerateKey(rand.Reader, 2048)
	for what, text := range map[string][]byte{"made here": made, "Ed25519": pemOf(t, "PRIVATE KEY", edBytes, err),
		"PKCS #1": pemOf(t, "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(old), nil)} {
		key, err := email.ReadDKIMKey(text)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		relay := delivertest.NewSMTP(t)
		cfg := config(relay.Addr())
		cfg.DKIM = &email.DKIM{Domain: "acme.example.org", Selector: "vedette1", Key: key}
		m := message(3)
		m.Subject, m.Text = "EXERCISE Extreme risk, إيران", "Line.\n.\n..dots\n\n\n"
		if r := sender(t, cfg).Send(context.Background(), m); r.Kind != deliver.Accepted {
			t.Fatal(r)
		}
		raw := relay.Messages()[0].Raw
		check := func(raw []byte) error {
			v, err := dkim.VerifyWithOptions(bytes.NewReader(raw), &dkim.VerifyOptions{LookupTXT: func(name string) ([]string, error) {
				if name != cfg.DKIM.Name() {
					t.Errorf("%s: asked for %s", what, name)
				}
				record, err := cfg.DKIM.Record()
				return []string{record}, err
			}})
			if err != nil || len(v) != 1 {
				t.Fatalf("%s: %d signatures, %v", what, len(v), err)
			}
			return v[0].Err
		}
		if err := check(raw); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		for _, change := range [][2]string{{"Line.", "Lime."}, {"From: ", "From: x "}, {"Message-ID: <", "Message-ID: <x"}} {
			if check(bytes.Replace(raw, []byte(change[0]), []byte(change[1]), 1)) == nil {
				t.Errorf("%s: verifies with %q", what, change[1])
			}
		}
	}
}

// A key that receivers would not take is refused, and is in no error.
func TestBadDKIMKeys(t *testing.T) {
	short, _ := rsa.GenerateKey(rand.Reader, 1024)
	for what, text := range map[string][]byte{
		"nothing": nil, "no PEM": []byte("secret words"), "no key": pemOf(t, "PRIVATE KEY", []byte("secret words"), nil),
		"too short": pemOf(t, "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(short), nil),
	} {
		if _, err := email.ReadDKIMKey(text); vedette.ErrorCode(err) != vedette.CodeInvalid || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, ed, _ := ed25519.GenerateKey(rand.Reader)
	for _, d := range []*email.DKIM{{Domain: "x.org", Selector: "", Key: ed}, {Domain: "x.org", Selector: "a b", Key: ed}, {Domain: "x.org", Selector: "a..b", Key: ed}, {Domain: "", Selector: "a", Key: ed}, {Domain: "x.org", Selector: "a"}} {
		cfg := config("127.0.0.1:25")
		cfg.DKIM = d
		if _, err := email.New(cfg); vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("%+v: %v", d, err)
		}
	}
}
