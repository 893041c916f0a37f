package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/store"
)

// wantsTwo has the organisation want a second person, and lets Ana, an analyst, Ben and
// Cleo, approvers, and an administrator sign in. It gives their browsers.
func (w *world) wantsTwo(of vedette.ApprovalFor) map[string]string {
	w.t.Helper()
	set, err := w.desk.Settings(w.ctx)
	must(w.t, err)
	set.Approval = of
	must(w.t, w.desk.SaveSettings(w.ctx, set, "Ada"))
	out := map[string]string{}
	w.user("admin", vedette.RoleAdministrator)
	for _, u := range []struct {
		name string
		role vedette.UserRole
	}{{"ana", vedette.RoleAnalyst}, {"ben", vedette.RoleApprover}, {"cleo", vedette.RoleApprover}} {
		w.user(u.name, u.role)
		out[u.name] = w.signs(u.name)
	}
	out["admin"] = w.signs("admin")
	return out
}

// sketched keeps a draft, immediate or not.
func (w *world) sketched(urgency vedette.Urgency, risk vedette.Risk) (base string, u *vedette.Update) {
	w.t.Helper()
	u = harbours()
	u.ID, u.State, u.CreatedAt = vedette.NewID(w.now), vedette.UpdateDraft, w.now
	u.Content.Urgency, u.Content.Risk = urgency, risk
	u.Edits = []vedette.Edit{{At: w.now, By: "ana"}}
	must(w.t, w.rows.SaveDraft(w.ctx, u, w.now))
	return "/drafts/" + string(u.ID), u
}

func (w *world) state(u *vedette.Update) vedette.UpdateState {
	w.t.Helper()
	got, err := w.desk.Update(w.ctx, u.ID)
	must(w.t, err)
	return got.State
}

// asking asks for approval of a draft and gives the address of what waits.
func (w *world) asking(cookie, base string) string {
	w.t.Helper()
	rec := w.ask("POST", base+"/ask", form(1, "Eve"), "Cookie", cookie)
	if rec.Code != http.StatusSeeOther || !strings.HasPrefix(rec.Header().Get("Location"), "/approvals/") {
		w.t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	return leads(rec)
}

// leads is the page that an answer leads to, without how it is looked at.
func leads(rec *httptest.ResponseRecorder) string {
	to, _, _ := strings.Cut(rec.Header().Get("Location"), "?")
	return to
}

// rung rings somebody about what waits, and gives the link that they are sent.
func (w *world) rung(name string) string {
	w.t.Helper()
	due, err := w.rows.ApprovalsDue(w.ctx, w.now.Add(24*time.Hour))
	must(w.t, err)
	a := due[len(due)-1]
	list, err := w.rows.Approvers(w.ctx, vedette.UserRoles)
	must(w.t, err)
	for _, p := range list {
		if p.Name != name {
			continue
		}
		took, err := w.rows.StepApproval(w.ctx, &a, []store.Ringing{{User: p.User, Where: []vedette.Address{{No: vedette.AddressEmail, Channel: vedette.ChannelEmail, Value: "x"}}}}, w.now.Add(time.Minute), w.now)
		if must(w.t, err); !took {
			w.t.Fatal("the step was taken already")
		}
		p, err = w.rows.ApproverOf(w.ctx, p.Key, 0)
		must(w.t, err)
		return "/r/approve/" + w.key.SignCall(auth.Call{Org: w.org.Key, Approval: a.Key, Recipient: p.Recipient, Expires: w.now.Add(time.Hour)})
	}
	w.t.Fatal("nobody is named " + name)
	return ""
}

const aPIN = "493817"

// hasPIN gives somebody a PIN, as the page of their account does.
func (w *world) hasPIN(cookie string) {
	w.t.Helper()
	w.as(cookie, "POST", "/account", http.StatusSeeOther, "do", "pin", "pin", aPIN, "pin2", aPIN, "password", aPassword)
}

func TestADraftGoesOutOnTheWordOfTwo(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := w.wantsTwo(vedette.ApproveAll)
		base, u := w.sketched(vedette.UrgencyExpected, vedette.RiskHigh)
		page := w.as(in["ben"], "GET", base, http.StatusOK)
		wants(t, page, "Ask for approval", "wants the word of a second person")
		if strings.Contains(page, "Publish, and tell them now") || strings.Contains(page, "break the glass") {
			t.Error("it may be published alone, though nothing is immediate")
		}

		// Ben, who may publish, asks: he may not say yes himself.
		at := w.asking(in["ben"], base)
		wants(t, w.as(in["ben"], "GET", at, http.StatusOK), "Waits for a second person", "You gave the first word", "No approver can be rung")
		rec := w.ask("POST", at, filled("do", "approve", "by", "Cleo").Encode(), "Cookie", in["ben"])
		if rec.Code != http.StatusForbidden || w.state(u) != vedette.UpdateDraft {
			t.Errorf("who asked approved: %d, %s", rec.Code, w.state(u))
		}
		// An analyst may not, and asking twice is one asking.
		w.as(in["ana"], "POST", at, http.StatusForbidden, "do", "approve")
		wants(t, w.as(in["ana"], "POST", base+"/ask", http.StatusConflict, "seen", "2"), "Ben asked for approval already")

		// Cleo sees whom it tells, what it says, and says no; Ben sees why.
		page = w.as(in["cleo"], "GET", at, http.StatusOK)
		wants(t, page, "Dock walk-out closes", "Keep away from ports", "Whom it would tell", "Approve it, and tell")
		w.as(in["cleo"], "POST", at, http.StatusConflict, "do", "refuse", "words", " ")
		w.as(in["cleo"], "POST", at, http.StatusSeeOther, "do", "refuse", "words", "It is <b>Sfax</b> alone")
		page = w.as(in["ben"], "GET", base, http.StatusOK)
		wants(t, page, "refused by cleo", "It is <b>Sfax</b> alone")
		if strings.Contains(page, "<b>Sfax</b>") {
			t.Error("what was typed is not quoted")
		}
		wants(t, w.as(in["admin"], "POST", at, http.StatusConflict, "do", "approve"), "Cleo refused it already")

		// Asked anew it goes out, with both names.
		rec = w.ask("POST", base+"/ask", form(2, "Eve"), "Cookie", in["ben"])
		if rec.Code != http.StatusSeeOther {
			t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
		}
		rec = w.ask("POST", leads(rec), filled("do", "approve").Encode(), "Cookie", in["cleo"])
		if rec.Code != http.StatusSeeOther || rec.Header().Get("Location") != "/updates/"+string(u.ID) {
			t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
		}
		got, err := w.desk.Update(w.ctx, u.ID)
		must(t, err)
		if got.State != vedette.UpdatePublished || got.Assent == nil || got.Assent.AskedBy != "ben" || got.Assent.By != "cleo" || got.Assent.ByLink {
			t.Errorf("%s, %+v", got.State, got.Assent)
		}
		wants(t, w.as(in["ana"], "GET", "/updates/"+string(u.ID), http.StatusOK), "approved by cleo")
		wants(t, w.as(in["admin"], "GET", "/audit?kind=approval", http.StatusOK), "approval approved", "approval refused", "approval asked")
	})
}

// Whatever was asked is over when the draft is another, and what is approved is what was seen.
func TestAnyChangeTakesTheAskingBack(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := w.wantsTwo(vedette.ApproveExtreme)
		base, u := w.sketched(vedette.UrgencyExpected, vedette.RiskHigh)
		// High goes out on Ben's word; Ana, who may not publish, asks.
		if page := w.as(in["ben"], "GET", base, http.StatusOK); !strings.Contains(page, "Publish, and tell them now") {
			t.Error("high wants a second person")
		}
		at := w.asking(in["ana"], base)
		w.as(in["ana"], "POST", base, http.StatusSeeOther, "seen", "2", "risk", "moderate")
		wants(t, w.as(in["ben"], "POST", at, http.StatusConflict, "do", "approve"), "changed or removed")
		if w.state(u) != vedette.UpdateDraft {
			t.Fatal("what nobody saw went out")
		}
		// Taken back; too late; removed.
		rec := w.ask("POST", base+"/ask", form(3, ""), "Cookie", in["ana"])
		at = leads(rec)
		w.as(in["ana"], "POST", at+"/withdraw", http.StatusSeeOther)
		wants(t, w.as(in["ben"], "POST", at, http.StatusConflict, "do", "approve"), "Ana took the asking back")
		at = leads(w.ask("POST", base+"/ask", form(4, ""), "Cookie", in["ana"]))
		w.now = w.now.Add(vedette.ApprovalLife)
		for name := range in {
			in[name] = w.signs(name)
		}
		wants(t, w.as(in["ben"], "POST", at, http.StatusConflict, "do", "approve"), "he asking ended")
		n, err := w.rows.LapseApprovals(w.ctx, w.now)
		if must(t, err); n != 1 {
			t.Errorf("%d lapsed", n)
		}
		wants(t, w.as(in["ben"], "POST", at, http.StatusConflict, "do", "approve"), "obody answered in time")
		at = leads(w.ask("POST", base+"/ask", form(5, ""), "Cookie", in["ana"]))
		w.as(in["ana"], "POST", base+"/remove", http.StatusSeeOther, "seen", "6")
		wants(t, w.as(in["ben"], "GET", at, http.StatusOK), "A draft that was removed", "the draft was removed")
	})
}

func TestOfTwoApproversOneWins(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := w.wantsTwo(vedette.ApproveAll)
		base, u := w.sketched(vedette.UrgencyExpected, vedette.RiskHigh)
		at := w.asking(in["ana"], base)
		var mu sync.Mutex
		got := map[int]string{}
		var wg sync.WaitGroup
		for _, name := range []string{"ben", "cleo"} {
			wg.Go(func() {
				rec := w.ask("POST", at, filled("do", "approve").Encode(), "Cookie", in[name])
				mu.Lock()
				defer mu.Unlock()
				got[rec.Code] += name + " " + text(rec.Body.String())
			})
		}
		wg.Wait()
		first := strings.TrimSpace(got[http.StatusSeeOther])
		if len(got) != 2 || first != "ben" && first != "cleo" || !strings.Contains(got[http.StatusConflict], "approved it already") {
			t.Fatalf("%v", got)
		}
		p, err := w.desk.Update(w.ctx, u.ID)
		if must(t, err); p.State != vedette.UpdatePublished || p.Assent.By != first {
			t.Errorf("%s: %+v", p.State, p.Assent)
		}
	})
}

// A link that is forged, of another kind, another's or of what is over does nothing; and
// one alone, without the PIN of whose it is, neither.
func TestApprovingByTheLink(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := w.wantsTwo(vedette.ApproveAll)
		base, u := w.sketched(vedette.UrgencyImmediate, vedette.RiskHigh)
		w.asking(in["ben"], base)
		link := w.rung("cleo")
		page := w.get(link)
		wants(t, page, "Dock walk-out closes", "ben asks for your word", "It would tell", "You have no PIN", "Sign in, and decide it there")
		if strings.Contains(page, `name="pin"`) || strings.Contains(page, "Your account") {
			t.Error("the link alone decides, or leads into the portal")
		}
		w.posts(link, "do=approve&pin="+aPIN, http.StatusForbidden)
		w.hasPIN(in["cleo"])
		if page = w.get(link); !strings.Contains(page, `name="pin"`) || w.state(u) != vedette.UpdateDraft {
			t.Fatal("opening it did something, or no PIN is asked for")
		}
		for _, bad := range []string{link[:len(link)-2] + "AA", "/r/approve/none", link + "x"} {
			if rec := w.ask("POST", bad, "do=approve&pin="+aPIN); rec.Code != http.StatusForbidden {
				t.Errorf("%s: %d", bad, rec.Code)
			}
		}
		if rec := w.ask("GET", strings.Replace(link, "/r/approve/", "/r/take/", 1), ""); rec.Code != http.StatusForbidden {
			t.Errorf("as an offer of a case: %d", rec.Code)
		}
		// Who asked is not let by a link either, not that of their own.
		own := w.rung("ben")
		w.hasPIN(in["ben"])
		if rec := w.ask("POST", own, "do=approve&pin="+aPIN); rec.Code != http.StatusForbidden {
			t.Errorf("who asked approved by a link: %d", rec.Code)
		}
		wants(t, w.posts(link, "do=approve&pin=111112", http.StatusForbidden), "that is not your PIN")
		w.posts(link, "do=approve&pin=", http.StatusForbidden)
		wants(t, w.posts(link, "do=refuse&pin="+aPIN, http.StatusBadRequest), "Say why")
		if w.state(u) != vedette.UpdateDraft {
			t.Fatal("it went out")
		}
		wants(t, w.posts(link, "do=approve&pin="+aPIN, http.StatusOK), "Approved. It is published")
		got, err := w.desk.Update(w.ctx, u.ID)
		must(t, err)
		if a := got.Assent; got.State != vedette.UpdatePublished || a == nil || a.By != "cleo" || !a.ByLink {
			t.Errorf("%s, %+v", got.State, a)
		}
		wants(t, w.posts(link, "do=approve&pin="+aPIN, http.StatusConflict), "Cleo approved it already")
		wants(t, w.as(in["admin"], "GET", "/audit?kind=approval", http.StatusOK), "approved, by link", "cleo link")
	})
}

func TestAPINThatWasTypedWrongTooOften(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := w.wantsTwo(vedette.ApproveAll)
		base, u := w.sketched(vedette.UrgencyImmediate, vedette.RiskHigh)
		w.asking(in["ana"], base)
		w.hasPIN(in["cleo"])
		link := w.rung("cleo")
		for range store.MaxWrongPINs {
			w.posts(link, "do=approve&pin=111112", http.StatusForbidden)
		}
		wants(t, w.posts(link, "do=approve&pin="+aPIN, http.StatusForbidden), "You have no PIN that is good")
		if w.state(u) != vedette.UpdateDraft {
			t.Fatal("it went out")
		}
		wants(t, w.as(in["cleo"], "GET", "/account", http.StatusOK), "typed wrong too often")
		w.as(in["cleo"], "POST", "/account", http.StatusForbidden, "do", "pin", "pin", aPIN, "pin2", aPIN, "password", "no")
		w.as(in["cleo"], "POST", "/account", http.StatusConflict, "do", "pin", "pin", "123456", "pin2", "123456", "password", aPassword)
		w.hasPIN(in["cleo"])
		w.posts(link, "do=approve&pin="+aPIN, http.StatusOK)
	})
}

// A link is over when whose it is may not approve any more.
func TestALinkOfWhoMayNotAnyMore(t *testing.T) {
	w := newWorld(t)
	in := w.wantsTwo(vedette.ApproveAll)
	base, u := w.sketched(vedette.UrgencyImmediate, vedette.RiskHigh)
	w.asking(in["ana"], base)
	w.hasPIN(in["cleo"])
	w.hasPIN(in["ben"])
	cleo, ben := w.rung("cleo"), w.rung("ben")
	_, err := w.desk.SetUserRole(w.ctx, "cleo", vedette.RoleAnalyst, nil)
	must(t, err)
	_, err = w.desk.CloseUser(w.ctx, "ben")
	must(t, err)
	for _, link := range []string{cleo, ben} {
		if rec := w.ask("POST", link, "do=approve&pin="+aPIN); rec.Code != http.StatusForbidden || w.state(u) != vedette.UpdateDraft {
			t.Errorf("%d, %s", rec.Code, w.state(u))
		}
	}
	w.now = w.now.Add(2 * time.Hour)
	if rec := w.ask("GET", cleo, ""); rec.Code != http.StatusGone {
		t.Errorf("an old one: %d", rec.Code)
	}
}

func TestBreakingTheGlass(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := w.wantsTwo(vedette.ApproveExtreme)
		// Not what is not immediate, whoever presses.
		base, calm := w.sketched(vedette.UrgencyExpected, vedette.RiskExtreme)
		for name, cookie := range in {
			page := w.as(cookie, "POST", base+"/break", http.StatusConflict, "seen", "1", "reason", "now", "password", aPassword)
			if wants(t, page, "only an immediate warning may break the glass"); w.state(calm) != vedette.UpdateDraft {
				t.Fatalf("%s published what can wait", name)
			}
		}
		// High goes out on the word of an approver: there is no glass. For Ana there is.
		base, u := w.sketched(vedette.UrgencyImmediate, vedette.RiskHigh)
		wants(t, w.as(in["ben"], "POST", base+"/break", http.StatusConflict, "seen", "1", "reason", "now"), "There is no glass to break")
		page := w.as(in["ana"], "GET", base, http.StatusOK)
		wants(t, page, "It cannot wait: break the glass", "Ask for approval")
		wants(t, w.as(in["ana"], "POST", base+"/break", http.StatusConflict, "seen", "1", "reason", " "), "Say why it cannot wait")
		w.asking(in["ana"], base)
		w.as(in["ana"], "POST", base+"/break", http.StatusSeeOther, "seen", "2", "reason", "rockets in the air, nobody answers")
		got, err := w.desk.Update(w.ctx, u.ID)
		must(t, err)
		if a := got.Assent; got.State != vedette.UpdatePublished || a == nil || a.AskedBy != "ana" || a.By != "" || a.Alone != "rockets in the air, nobody answers" || a.Unproved {
			t.Fatalf("%s, %+v", got.State, a)
		}
		wants(t, w.as(in["ben"], "GET", "/updates/"+string(u.ID), http.StatusOK), "Published on the word of one", "rockets in the air")
		list := w.as(in["ben"], "GET", "/approvals", http.StatusOK)
		wants(t, list, "published alone by ana", "Nobody else has looked")

		// The task stays until an approver has looked; by no other way.
		tasks, err := w.desk.Tasks(w.ctx, false)
		must(t, err)
		if len(tasks) != 1 || tasks[0].Kind != vedette.TaskReview {
			t.Fatalf("%+v", tasks)
		}
		wants(t, w.as(in["ana"], "POST", "/tasks", http.StatusConflict, "task", string(tasks[0].ID), "do", "done", "reason", "seen"), "whoever may approve")
		open, err := w.desk.Approvals(w.ctx)
		must(t, err)
		at := "/approvals/" + string(open[0].ID)
		w.as(in["ana"], "POST", at, http.StatusForbidden, "do", "fine")
		wants(t, w.as(in["ben"], "POST", at, http.StatusConflict, "do", "approve"), "Nothing was done. It is published already")
		w.as(in["ben"], "POST", at, http.StatusConflict, "do", "stop")
		w.hasPIN(in["cleo"])
		link := w.rung("cleo")
		wants(t, w.get(link), "ana published this alone", "rockets in the air")
		wants(t, w.posts(link, "do=stop&words=the+wrong+country&pin="+aPIN, http.StatusOK), "Stopped")
		if w.state(u) != vedette.UpdateStopped {
			t.Error("it was not stopped")
		}
		wants(t, w.as(in["ben"], "POST", at, http.StatusConflict, "do", "fine"), "Cleo looked at it already")
		if tasks, err := w.desk.Tasks(w.ctx, false); err != nil || len(tasks) != 0 {
			t.Errorf("%v %v", tasks, err)
		}
		wants(t, w.as(in["admin"], "GET", "/audit?kind=approval", http.StatusOK), "published alone, the glass was broken: rockets in the air", "looked at: to be stopped, by link: the wrong country")
	})
}

// Extreme asks whoever breaks the glass for their second factor; whoever has none types
// their password, so that there is always somebody who can warn.
func TestBreakingTheGlassOfWhatIsExtreme(t *testing.T) {
	w := newWorld(t)
	in := w.wantsTwo(vedette.ApproveExtreme)
	base, u := w.sketched(vedette.UrgencyImmediate, vedette.RiskExtreme)
	if page := w.as(in["ana"], "GET", base, http.StatusOK); !strings.Contains(page, `id="glasspass"`) {
		t.Error("no password is asked for")
	}
	wants(t, w.as(in["ana"], "POST", base+"/break", http.StatusForbidden, "seen", "1", "reason", "now", "password", "wrong"), "That is not the password")
	w.as(in["ana"], "POST", base+"/break", http.StatusSeeOther, "seen", "1", "reason", "now", "password", aPassword)
	got, err := w.desk.Update(w.ctx, u.ID)
	if must(t, err); got.State != vedette.UpdatePublished || !got.Assent.Unproved {
		t.Errorf("%s %+v", got.State, got.Assent)
	}

	// Ben has one-time codes: a password is not enough, and what he typed is kept.
	d := w.device(in["ben"])
	d.codes()
	d.session = w.signs("ben")
	base, u = w.sketched(vedette.UrgencyImmediate, vedette.RiskExtreme)
	page := w.as(d.session, "POST", base+"/break", http.StatusForbidden, "seen", "1", "reason", "now", "password", aPassword)
	wants(t, page, "on your word alone")
	if w.state(u) != vedette.UpdateDraft {
		t.Fatal("a password was enough")
	}
	w.as(d.session, "POST", base+"/break", http.StatusForbidden, append(hidden(page), "code", "000000")...)
	if w.state(u) != vedette.UpdateDraft {
		t.Fatal("a wrong code was enough")
	}
}

// A machine that may publish asks, and gives no second word.
func TestATokenAsksAndDoesNotApprove(t *testing.T) {
	w := newWorld(t)
	in := w.wantsTwo(vedette.ApproveAll)
	if page := w.as(in["admin"], "GET", "/tokens", http.StatusOK); strings.Contains(page, `value="approve"`) || strings.Contains(page, `value="break the glass"`) {
		t.Error("a token can be given to approve")
	}
	base, u := w.sketched(vedette.UrgencyImmediate, vedette.RiskHigh)
	rec := w.ask("POST", base+"/publish", form(1, "Eve"), "Cookie", in["ben"])
	if rec.Code != http.StatusSeeOther || !strings.HasPrefix(rec.Header().Get("Location"), "/approvals/") || w.state(u) != vedette.UpdateDraft {
		t.Errorf("%d to %s, %s", rec.Code, rec.Header().Get("Location"), w.state(u))
	}
}

// Where nobody else may approve nothing is asked of nobody: it says so.
func TestNobodyElseMayApprove(t *testing.T) {
	w := newWorld(t)
	in := w.wantsTwo(vedette.ApproveAll)
	for _, name := range []string{"cleo", "ben"} {
		_, err := w.desk.CloseUser(w.ctx, name)
		must(t, err)
	}
	base, _ := w.sketched(vedette.UrgencyExpected, vedette.RiskHigh)
	wants(t, w.as(in["admin"], "POST", base+"/ask", http.StatusConflict, "seen", "1"), "there is no approver besides you")
}

func TestWhereAnApproverIsRung(t *testing.T) {
	w := newWorld(t)
	in := w.wantsTwo(vedette.ApproveAll)
	wants(t, w.as(in["ben"], "GET", "/account", http.StatusOK), "Where you are rung", "You are not rung")
	if page := w.as(in["ana"], "GET", "/account", http.StatusOK); strings.Contains(page, "Where you are rung") {
		t.Error("an analyst is asked where they are rung")
	}
	w.as(in["ben"], "POST", "/account", http.StatusForbidden, "do", "rung", "mail", "ben@relief.example.org", "password", "no")
	w.as(in["ben"], "POST", "/account", http.StatusConflict, "do", "rung", "mail", "nonsense", "password", aPassword)
	w.as(in["ben"], "POST", "/account", http.StatusSeeOther, "do", "rung", "mail", "ben@relief.example.org", "phone", "+44 7700 900123", "password", aPassword)
	if page := w.as(in["ben"], "GET", "/account", http.StatusOK); !strings.Contains(page, `value="ben@relief.example.org"`) || !strings.Contains(page, "447700900123") {
		t.Error("it was not kept")
	}
}

// An all-clear is looked at by the second person as it would be given, on the page and
// behind their link; what stands in its way by then is said.
func TestAnAllClearIsGivenOnTheWordOfTwo(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u := w.publish(shelter())
		in := w.wantsTwo(vedette.ApproveExtreme)
		acts, typed := "/updates/"+string(u.ID)+"/acts", []string{"do", "clear", "area", "Tunisia", "basis", "The harbour master <i>", "by", "x"}
		page := w.as(in["ana"], "POST", acts, http.StatusOK, typed...)
		wants(t, page, "wants the word of a second person for this", "Ask for approval", "Ends there: Shelter where you are.")
		rec := w.ask("POST", acts, filled(append(typed, "sure", "1")...).Encode(), "Cookie", in["ben"])
		to := leads(rec)
		if rec.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/approvals/") {
			t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
		}
		page = w.as(in["cleo"], "GET", to, http.StatusOK)
		wants(t, page, "All-clear for Tunisia", "Waits for a second person", "an all-clear", "asked for anew from the page of the update", "The harbour master <i>", "Ends there: Shelter where you are.", "Postures and all other advice go on", "Approve it, and tell")
		if strings.Contains(page, "<i>") || strings.Contains(page, `href="/drafts/`) {
			t.Error("a basis came out as markup, or it is a draft to be edited")
		}
		wants(t, w.as(in["ben"], "GET", to, http.StatusOK), "You gave the first word")
		draft := "/drafts/" + w.clearDraft()
		for _, rec := range []*httptest.ResponseRecorder{w.ask("GET", draft, "", "Cookie", in["ben"]), w.ask("POST", draft+"/publish", form(0, "ben"), "Cookie", in["cleo"]), w.ask("POST", draft, form(0, "ben", "risk", "low"), "Cookie", in["ben"])} {
			if rec.Code != http.StatusSeeOther || leads(rec) != to {
				t.Errorf("%d %s", rec.Code, text(rec.Body.String()))
			}
		}
		link := w.rung("cleo")
		w.hasPIN(in["cleo"])
		wants(t, w.get(link), "All-clear for Tunisia", "The harbour master <i>", "Ends there: Shelter where you are.", "Approve: tell")
		w.press(link, filled("do", "approve", "pin", aPIN), http.StatusOK)
		given, err := w.desk.AllClearsOf(w.ctx, u)
		must(t, err)
		if len(given) != 1 || given[0].Clears.By != "ben" || given[0].Assent == nil || given[0].Assent.By != "cleo" || !given[0].Assent.ByLink {
			t.Fatalf("%+v", given)
		}
		wants(t, w.as(in["ana"], "GET", "/updates/"+string(given[0].ID), http.StatusOK), "All-clear for Tunisia", "cleo")
	})
}

// clearDraft is the id of the draft of an all-clear that waits.
func (w *world) clearDraft() string {
	w.t.Helper()
	list, err := w.rows.Approvals(w.ctx)
	must(w.t, err)
	return string(list[len(list)-1].Draft)
}
