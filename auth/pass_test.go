package auth

import (
	"testing"
	"time"

	"vedette"
)

func TestAPassOpensNothingElse(t *testing.T) {
	k, now := NewKey(), time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	p := Pass{1, 7, 42, now.Add(time.Hour)}
	token := k.SignPass(p)
	if got, err := k.OpenPass(token, now); err != nil || got != p {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := k.OpenPass(token, now.Add(2*time.Hour)); vedette.ErrorCode(err) != vedette.CodeExpired {
		t.Errorf("an old one: %v", err)
	}
	if _, err := k.OpenLink(token, now); vedette.ErrorCode(err) != vedette.CodeForbidden {
		t.Errorf("as a reply link: %v", err)
	}
	reply := k.SignLink(Link{Org: 1, Update: vedette.NewID(now), Recipient: 42, Address: 1, Expires: now.Add(time.Hour)})
	if _, err := k.OpenPass(reply, now); vedette.ErrorCode(err) != vedette.CodeForbidden {
		t.Errorf("a reply link as a pass: %v", err)
	}
	for i := range token {
		b := []byte(token)
		if b[i]++; b[i] > 'z' {
			b[i] = 'A'
		}
		if got, err := k.OpenPass(string(b), now); err == nil {
			t.Errorf("altered at %d it opens: %+v", i, got)
		}
	}
	if _, err := NewKey().OpenPass(token, now); err == nil {
		t.Error("another installation's opens")
	}
}

func FuzzOpenPass(f *testing.F) {
	k, now := NewKey(), time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	f.Add(k.SignPass(Pass{1, 7, 42, now}))
	f.Add("")
	f.Fuzz(func(t *testing.T, token string) {
		if p, err := k.OpenPass(token, now); err == nil && k.SignPass(p) != token {
			t.Errorf("%q opens as %+v", token, p)
		}
	})
}

func TestAddressesOfATurnAreSealed(t *testing.T) {
	k, id := NewKey(), vedette.NewID(time.Now())
	list := []vedette.Address{{No: 1, Channel: vedette.ChannelEmail, Value: "ada@example.org"}}
	wrapped, sealed, err := k.SealAddresses(id, list)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := k.OpenAddresses(id, wrapped, sealed); err != nil || len(got) != 1 || got[0] != list[0] {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := k.OpenAddresses(vedette.NewID(time.Now()), wrapped, sealed); vedette.ErrorCode(err) != vedette.CodeWrongKey {
		t.Errorf("another's: %v", err)
	}
}

// The link of an approver is of one asking and one approver, and no other link is one.
func TestACallOpensNothingElse(t *testing.T) {
	k, now := NewKey(), time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	c := Call{1, 7, 42, now.Add(time.Hour)}
	token := k.SignCall(c)
	if got, err := k.OpenCall(token, now); err != nil || got != c {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := k.OpenCall(token, now.Add(2*time.Hour)); vedette.ErrorCode(err) != vedette.CodeExpired {
		t.Errorf("an old one: %v", err)
	}
	if _, err := k.OpenPass(token, now); vedette.ErrorCode(err) != vedette.CodeForbidden {
		t.Errorf("as a pass: %v", err)
	}
	if _, err := k.OpenCall(k.SignPass(Pass{1, 7, 42, now.Add(time.Hour)}), now); vedette.ErrorCode(err) != vedette.CodeForbidden {
		t.Errorf("a pass as a call: %v", err)
	}
	if _, err := NewKey().OpenCall(token, now); vedette.ErrorCode(err) != vedette.CodeForbidden {
		t.Errorf("another installation's: %v", err)
	}
}

func FuzzOpenCall(f *testing.F) {
	k, now := NewKey(), time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	f.Add(k.SignCall(Call{1, 7, 42, now}))
	f.Add("")
	f.Fuzz(func(t *testing.T, token string) {
		if c, err := k.OpenCall(token, now); err == nil && k.SignCall(c) != token {
			t.Errorf("%q opens as %+v", token, c)
		}
	})
}
