package desk

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

func TestManyAreTypedByWhoTellsThem(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country\nA,a@example.org,Iraq\nB,b@example.org,Iraq\nC,c@example.org,Iraq\n", ImportOptions{})
	set := vedette.DefaultSettings()
	set.CountAbove = 2
	if err := r.SaveSettings(t.Context(), set, "Ada"); err != nil {
		t.Fatal(err)
	}
	d, err := r.Compose(DraftOrder{Text: []byte(alert), Origin: "test"})
	if err != nil {
		t.Fatal(err)
	}
	refused := func(what string, err error, says string) {
		t.Helper()
		if vedette.ErrorCode(err) != vedette.CodeConflict || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, err = r.PublishDraft(t.Context(), d, PublishOrder{})
	refused("none typed", err, "it tells 3 people, more than 2")
	_, err = r.PublishDraft(t.Context(), d, PublishOrder{Count: 2})
	refused("a wrong one", err, "2 was typed, and it tells 3")
	if page, err := r.FindUpdates(t.Context(), UpdateQuery{Number: 9}); err != nil || page.All != 0 {
		t.Fatalf("published all the same: %+v, %v", page, err)
	}
	u, err := r.PublishDraft(t.Context(), d, PublishOrder{Count: 3})
	if err != nil {
		t.Fatal(err)
	}
	r.told(u, 1)
	refused("telling again", r.TellAgain(t.Context(), AgainOrder{Update: u.ID}), "--yes=3")
	if err := r.TellAgain(t.Context(), AgainOrder{Update: u.ID, Count: 3}); err != nil {
		t.Error(err)
	}

	// Of what was sent in error the number does not move while it is sent: it is
	// that of whom it was meant for. Who may have got it will do as well.
	rows := r.Store.In(r.Org.Key)
	got, err := rows.Claim(t.Context(), "test", 1, r.now(), time.Minute, []vedette.Channel{vedette.ChannelEmail})
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	if _, err := rows.Settle(t.Context(), "test", []store.Outcome{{Update: u.Key, Recipient: got[0].Recipient, Round: 1, Address: 1, Event: "accept"}}, r.now()); err != nil {
		t.Fatal(err)
	}
	_, err = r.Retract(t.Context(), RetractOrder{Update: u.ID})
	refused("sent in error", err, "--yes=3")
	_, err = r.Retract(t.Context(), RetractOrder{Update: u.ID, Count: 2})
	refused("sent in error, a wrong one", err, "2 was typed, and it tells 3")
	c, err := r.Retract(t.Context(), RetractOrder{Update: u.ID, Count: 1})
	if err != nil || !c.Alone || c.Corrects != u.ID {
		t.Fatal(c, err)
	}
}
