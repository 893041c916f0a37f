package browser

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver/delivertest"
	"vedette/desk"
)

// The pages behind links that are sent, for who never signed in: a device that was added,
// in a language from right to left too; the offer of a case, before and after it is taken;
// and an all-clear that waits for an approver's word.
func TestPagesBehindLinks(t *testing.T) {
	w := newWorld(t)
	_, w.desk.PushKey = w.key.PushKey()
	w.desk.AllowPrivateHooks = true
	_, err := w.desk.ImportPeople(w.ctx, strings.NewReader("name,email,city,country,language\nAmal Haddad,amal@people.example.org,Tunis,TN,Arabic\n"), desk.ImportOptions{})
	w.must(err)
	_, reply := w.night()
	win := w.window()
	far := delivertest.NewPushService(t)
	for name, mail := range map[string]string{"device": "bo@people.example.org", "device_rtl": "amal@people.example.org"} {
		token := strings.TrimPrefix(reply, "/r/")
		p, err := w.desk.Person(w.ctx, mail)
		w.must(err)
		if name == "device_rtl" {
			of, err := w.key.OpenLink(token, w.now())
			w.must(err)
			token = w.key.SignLink(auth.Link{Org: w.org, Update: of.Update, Recipient: p.Key, Address: vedette.AddressEmail, Expires: w.now().Add(desk.LinkLife)})
		}
		_, sub := far.Subscribe(w.desk.PushKey)
		_, err = w.desk.AddDevice(w.ctx, token, sub)
		w.must(err)
		p, err = w.desk.Person(w.ctx, mail)
		w.must(err)
		at := p.Record.Devices()[0]
		win.visit("/r/device/" + w.key.SignDevice(auth.Device{Org: w.org, Person: p.Key, Slot: at.No, Since: at.Since, Expires: w.now().Add(time.Hour)}))
		win.sees(name)
	}

	duty, err := w.desk.AddDuty(w.ctx, desk.DutyOrder{Name: "Ben Okri", Mail: "ben@desk.example.org", Zone: "UTC", Place: 1, By: "Ada"})
	w.must(err)
	cases, err := w.desk.Cases(w.ctx, false)
	w.must(err)
	offer := "/r/take/" + w.key.SignPass(auth.Pass{Org: w.org, Case: cases[0].Key, Duty: duty.Key, Expires: w.now().Add(time.Hour)})
	win.visit(offer)
	win.reads("Amal Haddad", "I take it, as Ben Okri")
	win.sees("offer")
	win.press("I take it, as Ben Okri")
	win.sees("offer_taken")

	w.wantsTwo()
	_, err = w.desk.AskAllClear(w.ctx, desk.AllClearOrder{Area: "TN", Basis: "The <b>ministry</b> says that it is over", By: "ada"})
	w.must(err)
	win.visit(w.rings("cleo"))
	win.reads("All-clear for Tunisia", "Ends there: Shelter in place", "Nobody was told yet")
	win.sees("word_clear")
	win.signsIn("cleo")
	win.visit("/approvals")
	win.press("All-clear for Tunisia")
	win.reads("Waits for a second person", "Ends there: Shelter in place")
	win.sees("approval_clear")
}
