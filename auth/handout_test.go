package auth

import (
	"testing"
	"time"

	"vedette"
)

func TestAHandoutsLink(t *testing.T) {
	now := time.Date(2026, 2, 5, 12, 30, 0, 0, time.UTC)
	k := NewKey()
	h := Handout{Org: 1, Key: 7, Expires: now.Add(time.Hour)}
	token := k.SignHandout(h)
	if got, err := k.OpenHandout(token, now); err != nil || got != h {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := k.OpenHandout(token, h.Expires.Add(time.Second)); vedette.ErrorCode(err) != vedette.CodeExpired {
		t.Errorf("after its end: %v", err)
	}
	for name, bad := range map[string]string{"altered": "B" + token[1:], "cut": token[:len(token)-2], "": "", "another installation's": NewKey().SignHandout(h),
		"a pass": k.SignPass(Pass{Org: 1, Case: 7, Duty: 11, Expires: h.Expires}), "a device's": k.SignDevice(Device{Org: 1, Person: 7, Expires: h.Expires})} {
		if _, err := k.OpenHandout(bad, now); vedette.ErrorCode(err) != vedette.CodeForbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := k.OpenLink(token, now); err == nil {
		t.Error("a link of an update opens a reply page")
	}
}

// Only what SignHandout made is opened.
func FuzzOpenHandout(f *testing.F) {
	k := NewKey()
	now := time.Date(2026, 2, 5, 12, 30, 0, 0, time.UTC)
	good := k.SignHandout(Handout{Org: 1, Key: 2, Expires: now.Add(time.Hour)})
	f.Add(good)
	f.Add("")
	f.Fuzz(func(t *testing.T, token string) {
		if h, err := k.OpenHandout(token, now); err == nil && token != good {
			t.Errorf("%q opened as %+v", token, h)
		}
	})
}
