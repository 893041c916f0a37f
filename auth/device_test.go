package auth

import (
	"testing"
	"time"

	"vedette"
)

func TestADevicesLink(t *testing.T) {
	now := time.Date(2026, 2, 5, 12, 30, 0, 0, time.UTC)
	k := NewKey()
	d := Device{Org: 1, Person: 7, Slot: 11, Since: now, Expires: now.Add(time.Hour)}
	token := k.SignDevice(d)
	if got, err := k.OpenDevice(token, now); err != nil || got != d {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := k.OpenDevice(token, now.Add(2*time.Hour)); vedette.ErrorCode(err) != vedette.CodeExpired {
		t.Errorf("an old one: %v", err)
	}
	for name, bad := range map[string]string{"altered": "B" + token[1:], "cut": token[:len(token)-2], "": "",
		"a pass": k.SignPass(Pass{Org: 1, Case: 7, Duty: 11, Expires: now.Add(time.Hour)}), "another installation's": NewKey().SignDevice(d),
		"a reply link": k.SignLink(Link{Org: 1, Recipient: 7, Address: 11, Expires: now.Add(time.Hour)})} {
		if _, err := k.OpenDevice(bad, now); vedette.ErrorCode(err) != vedette.CodeForbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := k.OpenLink(token, now); err == nil {
		t.Error("a device's link opens a reply page")
	}
	if _, err := k.OpenPass(token, now); err == nil {
		t.Error("a device's link takes a case")
	}
}

// Only what SignDevice made is opened.
func FuzzOpenDevice(f *testing.F) {
	k := NewKey()
	now := time.Date(2026, 2, 5, 12, 30, 0, 0, time.UTC)
	good := k.SignDevice(Device{Org: 1, Person: 2, Slot: 11, Since: now, Expires: now.Add(time.Hour)})
	f.Add(good)
	f.Add("")
	f.Fuzz(func(t *testing.T, token string) {
		if d, err := k.OpenDevice(token, now); err == nil && token != good {
			t.Errorf("%q opened as %+v", token, d)
		}
	})
}
