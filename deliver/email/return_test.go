package email_test

import (
	"context"
	"strings"
	"testing"

	"vedette"
	"vedette/auth"
	"vedette/deliver"
	"vedette/deliver/bounce"
	"vedette/deliver/delivertest"
	"vedette/deliver/email"
)

// What comes back says which mail it was: by the header that a report quotes,
// and by the address it comes to.
func TestAMailNamesItselfForItsReturn(t *testing.T) {
	relay := delivertest.NewSMTP(t)
	cfg := config(relay.Addr())
	key := auth.NewKey()
	of := auth.Return{Org: 1, Update: 1 << 40, Recipient: 1 << 40, Round: 9, Address: 200}
	m := message(1)
	m.Return = key.SignReturn(of)
	for bounces, want := range map[string]string{"": cfg.From, "bounces@acme.example.org": "bounces+" + m.Return + "@acme.example.org"} {
		cfg.Bounces = bounces
		if r := sender(t, cfg).Send(context.Background(), m); r.Kind != deliver.Accepted {
			t.Fatal(r)
		}
		got := relay.Messages()[relay.Count()-1]
		if got.Back != want || got.Header.Get(bounce.Header) != m.Return {
			t.Errorf("comes back to %q, named %q; want %q, %q", got.Back, got.Header.Get(bounce.Header), want, m.Return)
		}
		if back := got.Header.Get("Reply-To"); back != "" {
			t.Errorf("answers to it are not read, and it says %s", back)
		}
		answered := m
		answered.Answer = true
		if r := sender(t, cfg).Send(context.Background(), answered); r.Kind != deliver.Accepted {
			t.Fatal(r)
		}
		if back := relay.Messages()[relay.Count()-1].Header.Get("Reply-To"); (bounces != "") != strings.Contains(back, want) {
			t.Errorf("an answer goes to %q, with bounces to %q", back, bounces)
		}
		if local, _, _ := strings.Cut(got.Back, "@"); len(local) > 64 {
			t.Errorf("a local part of %d bytes", len(local))
		}
		report := "Return-Path: <>\nFrom: MAILER-DAEMON\nTo: " + got.Back + "\n\nUndeliverable: 5.1.1\n\n" + string(got.Raw)
		r, err := bounce.Read([]byte(report))
		if err != nil {
			t.Fatal(err)
		}
		for _, token := range r.Tokens {
			if back, err := key.OpenReturn(token); err != nil || back != of {
				t.Errorf("%q is %+v, %v", token, back, err)
			}
		}
	}
	for _, bad := range []string{"bounces", "a@b@c", strings.Repeat("b", 16) + "@example.org", "x\r\n@example.org"} {
		cfg.Bounces = bad
		if _, err := email.New(cfg); vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
