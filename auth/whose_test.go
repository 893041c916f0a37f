package auth

import (
	"testing"
	"time"
)

// Whose a link is, is known of each kind there is, also when it is too old; of one that
// was altered it is not.
func TestWhoseALinkIs(t *testing.T) {
	k, now := NewKey(), time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	until := now.Add(time.Hour)
	for what, token := range map[string]string{
		"reply": k.SignLink(Link{Org: 7, Update: "0190a0b0-0000-7000-8000-000000000001", Recipient: 3, Address: 1, Expires: until}), "pass": k.SignPass(Pass{Org: 7, Case: 1, Duty: 2, Expires: until}),
		"call": k.SignCall(Call{Org: 7, Approval: 1, Recipient: 2, Expires: until}), "page": k.SignPage(Page{Org: 7, Person: 1, No: 2, Expires: until}), "device": k.SignDevice(Device{Org: 7, Person: 1, Slot: 1, Since: now, Expires: until}), "handout": k.SignHandout(Handout{Org: 7, Key: 1, Expires: until}), "message": k.SignReturn(Return{Org: 7, Update: 1, Recipient: 2}),
	} {
		for _, at := range []time.Time{now, until.Add(time.Hour)} {
			if org := k.Whose(token, at); org != 7 {
				t.Errorf("a %s is of %d", what, org)
			}
		}
		other := []byte(token)
		other[len(other)/2] ^= 1
		if org := k.Whose(string(other), now); org != 0 {
			t.Errorf("an altered %s is of %d", what, org)
		}
		if org := NewKey().Whose(token, now); org != 0 {
			t.Errorf("a %s of another installation is of %d", what, org)
		}
	}
	if k.Whose("", now) != 0 || k.Whose("received", now) != 0 {
		t.Error("what is no link is somebody's")
	}
}
