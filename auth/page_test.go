package auth

import (
	"testing"
	"time"

	"vedette"
)

// The link to somebody's own page opens nothing else, and nothing else opens the page.
func TestAPageOpensNothingElse(t *testing.T) {
	k, now := NewKey(), time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	p := Page{1, 7, 3, now.Add(PageLife)}
	token := k.SignPage(p)
	if got, err := k.OpenPage(token, now); err != nil || got != p {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := k.OpenPage(token, now.Add(PageLife+time.Second)); vedette.ErrorCode(err) != vedette.CodeExpired {
		t.Errorf("an old one: %v", err)
	}
	for what, open := range map[string]func() error{
		"a reply link": func() error { _, err := k.OpenLink(token, now); return err },
		"a pass":       func() error { _, err := k.OpenPass(token, now); return err },
		"a call":       func() error { _, err := k.OpenCall(token, now); return err },
		"a device":     func() error { _, err := k.OpenDevice(token, now); return err },
		"a receipt":    func() error { _, err := k.OpenReturn(token); return err },
	} {
		if vedette.ErrorCode(open()) != vedette.CodeForbidden {
			t.Errorf("it opens %s", what)
		}
	}
	for what, other := range map[string]string{
		"a pass": k.SignPass(Pass{1, 7, 3, now.Add(PageLife)}), "a call": k.SignCall(Call{1, 7, 3, now.Add(PageLife)}),
		"a reply link":           k.SignLink(Link{Org: 1, Update: vedette.NewID(now), Recipient: 7, Expires: now.Add(PageLife)}),
		"another installation's": NewKey().SignPage(p),
	} {
		if _, err := k.OpenPage(other, now); vedette.ErrorCode(err) != vedette.CodeForbidden {
			t.Errorf("%s opens it: %v", what, err)
		}
	}
	for i := range token {
		b := []byte(token)
		if b[i]++; b[i] > 'z' {
			b[i] = 'A'
		}
		if got, err := k.OpenPage(string(b), now); err == nil {
			t.Errorf("altered at %d it opens: %+v", i, got)
		}
	}
}
