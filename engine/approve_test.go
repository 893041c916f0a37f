package engine

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// approver lets somebody sign in with a mail address.
func (n *night) approver(name string, role vedette.UserRole) vedette.User {
	n.t.Helper()
	u := vedette.User{ID: vedette.NewID(n.clock()), Name: name, Login: strings.ToLower(name) + "@desk.example.org", Role: role, By: "Ada"}
	u, err := n.rows.AddUser(n.t.Context(), u, []byte(name), n.clock(), false, n.clock())
	if err != nil {
		n.t.Fatal(err)
	}
	return u
}

// Approvers are rung one after the other, never who asked, each with a link of their own,
// until somebody decides.
func TestApproversAreRungUntilSomebodyDecides(t *testing.T) {
	onBoth(t, 0, func(t *testing.T, n *night) {
		ana := n.approver("Ana", vedette.RoleApprover)
		ben := n.approver("Ben", vedette.RoleApprover)
		n.approver("Dan", vedette.RoleAnalyst)
		n.approver("Zoe", vedette.RoleAdministrator)
		u := &vedette.Update{ID: vedette.NewID(n.clock()), State: vedette.UpdateDraft, Content: vedette.Content{Title: "Iraq Alert: rockets", Headline: "Rockets", Risk: vedette.RiskExtreme, Urgency: vedette.UrgencyImmediate}}
		if err := n.rows.SaveDraft(t.Context(), u, n.clock()); err != nil {
			t.Fatal(err)
		}
		u, err := n.rows.Update(t.Context(), u.ID)
		if err != nil {
			t.Fatal(err)
		}
		a, err := n.rows.Ask(t.Context(), vedette.Approval{ID: vedette.NewID(n.clock()), Draft: u.ID, Sum: u.Sum(), Urgent: true, AskedBy: ana.Name, Asker: ana.ID, EndsAt: n.clock().Add(vedette.ApprovalLife)}, 0, n.clock())
		if err != nil {
			t.Fatal(err)
		}
		sent := n.sentBox()
		n.engine("one")
		n.wait("Ben is rung", func() bool { _, ok := sent("ben@desk.example.org"); return ok })
		m, _ := sent("ben@desk.example.org")
		at := strings.Index(m.Text, "/r/approve/")
		if at < 0 || !strings.HasPrefix(m.Subject, "APPROVE? Rockets") {
			t.Fatalf("%+v", m)
		}
		call, err := n.key.OpenCall(strings.Fields(m.Text[at+len("/r/approve/"):])[0], n.clock())
		if err != nil || call.Approval != a.Key {
			t.Fatalf("%+v %v", call, err)
		}
		if p, err := n.rows.ApproverOf(t.Context(), 0, call.Recipient); err != nil || p.ID != ben.ID {
			t.Errorf("the link is %s's: %v", p.Name, err)
		}
		time.Sleep(50 * time.Millisecond)
		if _, ok := sent("zoe@desk.example.org"); ok {
			t.Error("Zoe is rung before Ben had his time")
		}
		n.jump(2 * time.Minute)
		n.wait("Zoe is rung", func() bool { _, ok := sent("zoe@desk.example.org"); return ok })
		if err := n.rows.DecideApproval(t.Context(), &a, "refuse", store.Decided{By: "Zoe", Words: "no"}, n.clock()); err != nil {
			t.Fatal(err)
		}
		list, err := n.rows.LettersAsking(t.Context(), a.Key)
		if err != nil {
			t.Fatal(err)
		}
		n.jump(time.Hour)
		time.Sleep(1200 * time.Millisecond) // a step of the clock of the engine
		again, err := n.rows.LettersAsking(t.Context(), a.Key)
		if err != nil || len(again) != len(list) || len(list) != 2 {
			t.Errorf("%d letters, %d after it was decided: %v", len(list), len(again), err)
		}
		for _, mail := range []string{"ana@desk.example.org", "dan@desk.example.org"} {
			if _, ok := sent(mail); ok {
				t.Errorf("%s was rung", mail)
			}
		}
	})
}
