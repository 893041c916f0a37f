package auth

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette"
)

var now = time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)

func TestKeyTextRoundTrip(t *testing.T) {
	k := NewKey()
	k2, err := ParseKey(k.Text() + "\n")
	if err != nil {
		t.Fatal(err)
	}
	if err := k2.Verify(k.Check()); err != nil {
		t.Errorf("the same key from its text: %v", err)
	}
	if err := NewKey().Verify(k.Check()); vedette.ErrorCode(err) != vedette.CodeWrongKey {
		t.Errorf("another key: got %v, want wrong_key", err)
	}
	for _, bad := range []string{"", "hello", keyPrefix, keyPrefix + "AAAA", strings.ToUpper(k.Text())} {
		if _, err := ParseKey(bad); err == nil {
			t.Errorf("ParseKey(%q) should fail", bad)
		}
	}
	if s := fmt.Sprintf("%v %s %#v %+v", k, k, k, k); strings.Contains(s, k.Text()[len(keyPrefix):]) {
		t.Error("printing a key shows it")
	}
}

func TestRecordIsSealedToItsOwner(t *testing.T) {
	k := NewKey()
	id, other := vedette.NewID(now), vedette.NewID(now)
	pk, wrapped := k.NewPersonKey(id)
	rec := &vedette.PersonRecord{Name: "Mina Example", Addresses: []vedette.Address{{No: 1, Channel: vedette.ChannelEmail, Value: "mina@example.org"}}}
	sealed, err := pk.SealRecord(rec)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(sealed), "Mina") {
		t.Fatal("the sealed record shows the name")
	}
	got, err := k.OpenRecord(id, wrapped, sealed)
	if err != nil || got.Name != rec.Name || got.Email() != "mina@example.org" {
		t.Fatalf("OpenRecord = %+v, %v", got, err)
	}
	if _, err := k.OpenRecord(other, wrapped, sealed); vedette.ErrorCode(err) != vedette.CodeWrongKey {
		t.Errorf("under another id: %v", err)
	}
	if _, err := NewKey().OpenRecord(id, wrapped, sealed); vedette.ErrorCode(err) != vedette.CodeWrongKey {
		t.Errorf("with another installation key: %v", err)
	}
	sealed[len(sealed)-1] ^= 1
	if _, err := k.OpenRecord(id, wrapped, sealed); err == nil {
		t.Error("a damaged record opens")
	}
	if _, err := pk.Open("reply", pk.Seal("record", []byte("x"))); err == nil {
		t.Error("a record opens as a reply")
	}
}

func TestHook(t *testing.T) {
	k := NewKey()
	h := vedette.Hook{ID: vedette.NewID(now), URL: "https://example.org/in", Secret: "whsec_x"}
	b, err := k.SealHook(h)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := k.OpenHook(h.ID, b); err != nil || got != h {
		t.Errorf("OpenHook = %+v, %v", got, err)
	}
	if _, err := k.OpenHook(vedette.NewID(now), b); err == nil {
		t.Error("a hook opens under another id")
	}
}

func TestLink(t *testing.T) {
	k := NewKey()
	l := Link{Org: 1, Update: vedette.NewID(now), Recipient: 9_000_000_000, Address: 1, Expires: now.Add(72 * time.Hour)}
	tok := k.SignLink(l)
	got, err := k.OpenLink(tok, now)
	if err != nil || got != l {
		t.Fatalf("OpenLink = %+v, %v; want %+v", got, err, l)
	}
	if _, err := k.OpenLink(tok, now.Add(73*time.Hour)); vedette.ErrorCode(err) != vedette.CodeExpired {
		t.Errorf("past its time: %v", err)
	}
	for i := range tok {
		alt := []byte(tok)
		if alt[i]++; alt[i] == 'z'+1 || !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", rune(alt[i])) {
			alt[i] = 'A'
		}
		if string(alt) == tok {
			continue
		}
		if _, err := k.OpenLink(string(alt), now); vedette.ErrorCode(err) != vedette.CodeForbidden {
			t.Fatalf("altered at %d: %v", i, err)
		}
	}
	for _, bad := range []string{"", "x", tok[:len(tok)-1], tok + "A", strings.Repeat("A", 300)} {
		if _, err := k.OpenLink(bad, now); vedette.ErrorCode(err) != vedette.CodeForbidden {
			t.Errorf("OpenLink(%.20q): %v", bad, err)
		}
	}
	if _, err := NewKey().OpenLink(tok, now); err == nil {
		t.Error("another installation's link opens")
	}
}

func TestIdentityAndHash(t *testing.T) {
	k := NewKey()
	if k.Identity("a", "bc") == k.Identity("ab", "c") {
		t.Error("parts run together")
	}
	again, err := ParseKey(k.Text())
	if err != nil || k.Identity("a", "b") != again.Identity("a", "b") {
		t.Error("an identity changes with the next start")
	}
	if string(k.Hash("email", " Mina@Example.org ")) != string(k.Hash("email", "mina@example.org")) {
		t.Error("case or space changes the hash of an address")
	}
}

func FuzzOpenLink(f *testing.F) {
	k := NewKey()
	f.Add(k.SignLink(Link{Org: 1, Update: vedette.NewID(now), Recipient: 2, Address: 1, Expires: now}))
	f.Add("AQAA")
	f.Fuzz(func(t *testing.T, tok string) {
		l, err := k.OpenLink(tok, now)
		if err == nil && k.SignLink(l) != tok {
			t.Fatalf("%q opens but is not what we sign", tok)
		}
	})
}
