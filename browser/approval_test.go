package browser

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"vedette"
	"vedette/auth"
	"vedette/desk"
	"vedette/store"
)

const rocketReport = `TUNISIA SECURITY ALERT: Rockets hitting Tunis; shelter in place
11 Mar 2026 18:00 UTC
Executive Summary:
- Rockets are hitting Tunis now, and explosions are ongoing.
Recommendations:
- Shelter in place in Tunisia until further notice.
AFFECTED AREA
Tunisia
INCIDENT RISK LEVEL
Extreme
`

// sees looks at a page on the phone and at the desk, light and dark, and with axe-core
// where there is one.
func (w *window) sees(name string) {
	w.t.Helper()
	source := ""
	if os.Getenv("VEDETTE_AXE") != "" {
		source = axe(w.t)
	}
	for _, width := range []int64{1280, 390} {
		for _, scheme := range []string{"light", "dark"} {
			w.looks(width, scheme)
			w.shot(name + scheme)
			if source == "" {
				continue
			}
			for _, v := range w.violations(source) {
				w.t.Errorf("%s, %d wide, %s: %s", name, width, scheme, v)
			}
		}
	}
}

// wantsTwo has the organisation want a second person for what is extreme, with Ana, an
// analyst, and Cleo, an approver. It gives a draft of what is immediate.
func (w *world) wantsTwo() vedette.ID {
	w.t.Helper()
	set, err := w.desk.Settings(w.ctx)
	w.must(err)
	set.Approval = vedette.ApproveExtreme
	w.must(w.desk.SaveSettings(w.ctx, set, "Ada"))
	w.user("ada", vedette.RoleAdministrator)
	w.user("cleo", vedette.RoleApprover)
	w.user("ana", vedette.RoleAnalyst)
	d, err := w.desk.NewDraft(w.ctx, desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: []byte(rocketReport), Origin: "test"}, By: "ana"})
	w.must(err)
	if d.Update.Content.Urgency != vedette.UrgencyImmediate {
		w.t.Fatalf("it is read as %s", d.Update.Content.Urgency)
	}
	return d.Update.ID
}

// rings rings somebody about what waits, as the engine does, and gives their link.
func (w *world) rings(name string) string {
	w.t.Helper()
	due, err := w.rows.Approvals(w.ctx)
	w.must(err)
	list, err := w.rows.Approvers(w.ctx, vedette.UserRoles)
	w.must(err)
	for _, p := range list {
		if p.Name != name {
			continue
		}
		_, err = w.rows.StepApproval(w.ctx, &due[0], []store.Ringing{{User: p.User, Where: []vedette.Address{{No: vedette.AddressEmail, Channel: vedette.ChannelEmail, Value: "x"}}}}, time.Time{}, due[0].AskedAt)
		w.must(err)
		p, err = w.rows.ApproverOf(w.ctx, p.Key, 0)
		w.must(err)
		return "/r/approve/" + w.key.SignCall(auth.Call{Org: w.org, Approval: due[0].Key, Recipient: p.Recipient, Expires: due[0].AskedAt.Add(time.Hour)})
	}
	w.t.Fatal("there is no " + name)
	return ""
}

func (w *world) is(id vedette.ID, want vedette.UpdateState) *vedette.Update {
	w.t.Helper()
	u, err := w.desk.Update(w.ctx, id)
	w.must(err)
	if u.State != want {
		w.t.Fatalf("it is %s, want %s", u.State, want)
	}
	return u
}

// Ana asks; Cleo says yes behind the link on her phone, with her PIN.
func TestApprovingByTheLinkOnAPhone(t *testing.T) {
	world := newWorld(t)
	id := world.wantsTwo()
	cleo := world.window()
	cleo.signsIn("cleo")
	cleo.visit("/account")
	cleo.sees("account")
	cleo.fill("New PIN", "493817")
	cleo.fill("Once more", "493817")
	cleo.do("type the password", chromedp.SendKeys(chromedp.CSS("#pinpass"), password))
	cleo.press("Set it")
	cleo.reads("The PIN is as you said", "You have one.")
	cleo.signsOut()

	ana := world.window()
	ana.signsIn("ana")
	ana.visit("/drafts/" + string(id))
	ana.sees("draft")
	ana.tap("Ask for approval, to tell 2 people")
	ana.press("Ask for approval")
	ana.reads("Waits for a second person", "Nobody yet.", "This page loads itself again")
	link := world.rings("cleo")
	ana.reads("cleo by mail, on its way") // by itself
	ana.visit("/approvals")
	ana.sees("list")
	ana.press("Rockets hitting Tunis")
	ana.reads("cleo by mail, on its way", "!Approve it")
	ana.sees("waits")

	cleo.looks(390, "dark")
	cleo.visit(link)
	cleo.reads("ana asks for your word", "2 people", "Shelter in place", "!Your account")
	cleo.sees("link")
	world.is(id, vedette.UpdateDraft)
	cleo.fill("Your PIN", "493818")
	if status := cleo.press("Approve: tell 2 people now"); status != 403 {
		t.Errorf("a wrong PIN: %d", status)
	}
	cleo.reads("that is not your PIN")
	world.is(id, vedette.UpdateDraft)
	cleo.fill("Your PIN", "493817")
	cleo.press("Approve: tell 2 people now")
	cleo.reads("It is published")
	cleo.sees("thanks")
	if u := world.is(id, vedette.UpdatePublished); u.Assent.By != "cleo" || !u.Assent.ByLink || u.Assent.AskedBy != "ana" {
		t.Errorf("%+v", u.Assent)
	}
	cleo.visit(link)
	cleo.reads("Nothing is asked of you any more", "Cleo approved it already")
	cleo.sees("over")
	ana.visit("/updates/" + string(id))
	ana.reads("approved by cleo by the link sent to them")
	ana.sees("update")
}

// Ana is alone at night: she breaks the glass, with a reason and her password. Cleo looks
// afterwards, and it is fine.
func TestBreakingTheGlassAtNight(t *testing.T) {
	world := newWorld(t)
	id := world.wantsTwo()
	ana := world.window()
	ana.signsIn("ana")
	ana.visit("/drafts/" + string(id))
	ana.tap("It cannot wait: break the glass …")
	ana.sees("glass")
	ana.looks(390, "dark")
	ana.fill("Why it cannot wait for a second person", "rockets in the air, nobody answers")
	ana.fill("You have no second factor", "not my password")
	if status := ana.press("Publish it alone: tell 2 people now"); status != 403 {
		t.Errorf("a wrong password: %d", status)
	}
	ana.reads("That is not the password")
	world.is(id, vedette.UpdateDraft)
	ana.fill("You have no second factor", password) // the reason is there still, and the form is open
	ana.press("Publish it alone: tell 2 people now")
	ana.reads("Published on the word of one", "rockets in the air, nobody answers", "nobody else has looked yet")
	ana.sees("alone")
	if u := world.is(id, vedette.UpdatePublished); u.Assent.Alone == "" || !u.Assent.Unproved || u.Assent.By != "" {
		t.Errorf("%+v", u.Assent)
	}
	cleo := world.window()
	cleo.signsIn("cleo")
	cleo.visit("/approvals")
	cleo.press("Rockets hitting Tunis")
	cleo.reads("ana broke the glass", "It is fine")
	cleo.sees("review")
	cleo.press("It is fine")
	cleo.reads("looked at: it is fine", "by cleo")
	ana.visit("/updates/" + string(id))
	ana.reads("looked at: it is fine, by cleo")
	if list, err := world.desk.Tasks(world.ctx, false); err != nil || strings.Contains(taskWords(list), "published alone") {
		t.Errorf("%v %v", list, err)
	}
}

func taskWords(list []vedette.Task) string {
	var out []string
	for _, x := range list {
		out = append(out, x.Question)
	}
	return strings.Join(out, "; ")
}
