package desk

import (
	"strings"
	"testing"
	"time"

	"vedette"
)

// wave is an alert of what is happening now.
var wave = strings.NewReplacer("11:56 UTC", "13:20 UTC", "local reports stated that a power station near Basra was hit", "local reports stated at 13:15 UTC that rockets are hitting Basra and sirens are sounding").Replace(alert)

// Whoever may need somebody is not erased by the way, and whoever looks is told why.
func TestWhatSpeaksAgainstAnErasure(t *testing.T) {
	r := newRoom(t)
	r.crowd(4)
	r.jump(2 * time.Hour)
	against := func(p *vedette.Person, want string) {
		t.Helper()
		e, err := r.PreviewErase(t.Context(), string(p.ID))
		if err != nil {
			t.Fatal(err)
		}
		if said := inEnglish(e.Against); want == "" && said != "" || !strings.Contains(said, want) {
			t.Errorf("%s: %q speaks against it; want %q", p.Record.Name, said, want)
		}
		_, err = r.Erase(t.Context(), EraseOrder{Person: string(p.ID), Why: vedette.EraseAsked})
		if (err == nil) != (want == "") || err != nil && vedette.ErrorCode(err) != vedette.CodeConflict {
			t.Errorf("%s: erased without a word more: %v", p.Record.Name, err)
		}
	}
	u := r.publish(wave)
	if u.Content.Urgency != vedette.UrgencyImmediate {
		t.Fatalf("the alert is %s", u.Content.Urgency)
	}
	c, err := r.OpenRollcall(t.Context(), RollcallOrder{Update: u.ID, By: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	r.tells(u, c)
	people := r.rollcall(c.ID).People
	who := func(n int) *vedette.Person { return &people[n].Person }

	against(who(0), "nobody can look for them any more")
	against(who(0), "something immediate and have not answered")
	r.reply(u, people[1].RollMember.Person, vedette.ReplyHelp)
	against(who(1), "They called for help, and the call is not closed")
	if _, err := r.Compromise(t.Context(), CompromiseOrder{Person: string(who(2).ID), Reason: "detained", By: "Ada"}); err != nil {
		t.Fatal(err)
	}
	against(who(2), "held to be compromised")
	r.reply(u, people[3].RollMember.Person, vedette.ReplySafe)
	against(who(3), "")

	p, err := r.Erase(t.Context(), EraseOrder{Person: string(who(0).ID), Why: vedette.EraseMistake, Anyway: true})
	if err != nil || p.ID != who(0).ID {
		t.Errorf("erased all the same: %v", err)
	}
	rows, err := r.Audit(t.Context(), LogQuery{})
	if err != nil || !strings.Contains(rows[0].Verb, "erased: they were never to be here") || rows[0].Ref != string(p.ID) {
		t.Errorf("the record says %+v, %v", rows[0], err)
	}
}

// What was looked at is what is erased, and a reason there has to be.
func TestAnErasureIsOfWhatWasSeen(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country\nAli,ali@example.org,Iraq\n", ImportOptions{})
	noted := 0
	r.Erased = func(vedette.ID, time.Time) error { noted++; return nil }
	e, err := r.PreviewErase(t.Context(), "ali@example.org")
	if err != nil || len(e.Against) > 0 || len(e.Goes) == 0 || len(e.Stays) == 0 {
		t.Fatalf("%+v, %v", e, err)
	}
	if _, err := r.Erase(t.Context(), EraseOrder{Person: "ali@example.org", Seen: e.Version}); vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Errorf("without a reason: %v", err)
	}
	if _, err := r.Erase(t.Context(), EraseOrder{Person: "ali@example.org", Why: "because Mona said so"}); vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Errorf("words of one's own, which the record would keep for ever: %v", err)
	}
	if _, err := r.AddTrip(t.Context(), "ali@example.org", []vedette.Stay{{Area: "FR", From: r.at, To: r.at.AddDate(0, 0, 3)}}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Erase(t.Context(), EraseOrder{Person: "ali@example.org", Why: vedette.EraseAsked, Seen: e.Version}); vedette.ErrorCode(err) != vedette.CodeConflict {
		t.Errorf("they have a trip since it was looked at: %v", err)
	}
	if noted != 0 {
		t.Error("an erasure that was refused is on the list that a restore goes by")
	}
	if e, err = r.PreviewErase(t.Context(), "ali@example.org"); err != nil || !strings.Contains(inEnglish(e.Goes), "1 trip.") {
		t.Fatalf("%+v, %v", e, err)
	}
	if _, err := r.Erase(t.Context(), EraseOrder{Person: "ali@example.org", Why: vedette.EraseAsked, Seen: e.Version}); err != nil || noted != 1 {
		t.Errorf("as it was seen: %v, noted %d", err, noted)
	}
	if _, err := r.PreviewErase(t.Context(), string(e.Person.ID)); vedette.ErrorCode(err) != vedette.CodeNotFound {
		t.Errorf("once more: %v", err)
	}
}
