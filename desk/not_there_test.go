package desk

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth"
)

// answers plays a person who opens their link and answers.
func (r *room) answers(u *vedette.Update, person int64, k vedette.ReplyKind) {
	r.t.Helper()
	tok := r.Key.SignLink(auth.Link{Org: r.Org.Key, Update: u.ID, Recipient: person, Address: 1, Expires: r.now().Add(time.Hour)})
	if _, err := r.Answer(r.t.Context(), tok, k, "in Kuwait"); err != nil {
		r.t.Fatal(err)
	}
}

// counts says whether someone is counted in Iraq by who, and by an update.
func (r *room) counts(what string, u *vedette.Update, person int64, want bool) {
	r.t.Helper()
	_, told := r.concerned(u)[person]
	w, err := r.Who(r.t.Context(), WhoQuestion{Areas: []vedette.AreaID{"IQ"}})
	if err != nil || told != want || (w.All() == 1) != want {
		r.t.Errorf("%s: concerned %v, who %+v, want %v, %v", what, told, w.WhoCount, want, err)
	}
}

func TestNotThereEndsWhatMadeThemConcerned(t *testing.T) {
	home, abroad := "name,email,country,check-ins\nAli,ali@example.org,Iraq,yes\n", "name,email,country,check-ins\nAli,ali@example.org,France,yes\n"
	trip := func(r *room) {
		r.trips("email,trip number,city,country,check-in,check-out\nali@example.org,T-1,Basra,Iraq,2026-02-04,2026-02-20\n", ImportOptions{})
	}
	checkin := func(r *room) {
		if _, err := r.CheckIn(t.Context(), CheckInOrder{Person: "ali@example.org", Place: "Basra, Iraq", For: 6 * 24 * time.Hour}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		what, file string
		also       func(*room)
		back       bool // 72 hours later
	}{
		{"at home", home, func(*room) {}, true},
		{"at a site", "name,email,site,city,country\nAli,ali@example.org,Basra office,Basra,Iraq\n", func(*room) {}, true},
		{"on a trip", abroad, trip, false},
		{"checked in", abroad, checkin, false},
		{"checked in at home", home, checkin, true},
	} {
		r := newRoom(t)
		r.bring(c.file, ImportOptions{})
		c.also(r)
		r.jump(time.Minute)
		p, err := r.Person(t.Context(), "ali@example.org")
		if err != nil {
			t.Fatal(err)
		}
		u := r.publish(alert)
		r.noticed(u, p.Key)
		r.counts(c.what+", told", u, p.Key, true)
		r.jump(time.Minute)
		r.answers(u, p.Key, vedette.ReplyNotThere)
		r.counts(c.what+", after the answer", u, p.Key, false)
		r.bring(c.file, ImportOptions{})
		r.jump(71 * time.Hour)
		r.counts(c.what+", 71 hours later", u, p.Key, false)
		r.jump(2 * time.Hour)
		r.counts(c.what+", 73 hours later", u, p.Key, c.back)
	}
}

func TestWhyAPresenceEndedStaysOnRecordAndTheTextDoesNot(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country\nAli,ali@example.org,Iraq\n", ImportOptions{})
	p, err := r.Person(t.Context(), "ali@example.org")
	if err != nil {
		t.Fatal(err)
	}
	r.jump(time.Minute)
	u := r.publish(alert)
	r.noticed(u, p.Key)
	r.jump(time.Minute)
	r.answers(u, p.Key, vedette.ReplyNotThere)
	ps, err := r.Presences(t.Context(), "ali@example.org", time.Time{})
	slices.SortFunc(ps, func(a, b vedette.Presence) int { return a.From.Compare(b.From) })
	if err != nil || len(ps) != 2 || !strings.HasPrefix(ps[0].Ended, "by their answer at 12:32 UTC: not there") || strings.Contains(ps[0].Ended, "Kuwait") ||
		!ps[1].From.Equal(r.now().Add(72*time.Hour)) || !ps[1].To.IsZero() {
		t.Errorf("%+v, %v", ps, err)
	}
	r.answers(u, p.Key, vedette.ReplyNotThere) // pressed twice
	if ps, err = r.Presences(t.Context(), "ali@example.org", time.Time{}); err != nil || len(ps) != 2 {
		t.Errorf("answered twice: %+v, %v", ps, err)
	}
	rows, err := r.BoardRows(t.Context(), u.ID, RowFilter{})
	if err != nil || len(rows) != 1 || rows[0].Text != "in Kuwait" {
		t.Errorf("the reply is kept as %+v, %v", rows, err)
	}
}

// Whoever is elsewhere too is not taken from there, and safe ends nothing.
func TestAnAnswerEndsNothingElse(t *testing.T) {
	for _, c := range []struct {
		what   string
		answer vedette.ReplyKind
		status vedette.Status
		ended  int
	}{
		{"not there", vedette.ReplyNotThere, vedette.StatusActual, 1},
		{"safe", vedette.ReplySafe, vedette.StatusActual, 0},
		{"help", vedette.ReplyHelp, vedette.StatusActual, 0},
		{"not there, in a drill", vedette.ReplyNotThere, vedette.StatusExercise, 0},
	} {
		r := newRoom(t)
		r.bring("name,email,country\nAli,ali@example.org,France\n", ImportOptions{})
		r.trips("email,trip number,city,country,check-in,check-out\nali@example.org,T-1,Basra,Iraq,2026-02-04,2026-02-20\n", ImportOptions{})
		p, err := r.Person(t.Context(), "ali@example.org")
		if err != nil {
			t.Fatal(err)
		}
		r.jump(time.Minute)
		d, err := r.Compose(t.Context(), DraftOrder{Text: []byte(alert), Origin: "test", Status: c.status})
		if err != nil {
			t.Fatal(err)
		}
		u, err := r.PublishDraft(t.Context(), d, PublishOrder{})
		if err != nil {
			t.Fatal(err)
		}
		r.noticed(u, p.Key)
		r.jump(time.Minute)
		r.answers(u, p.Key, c.answer)
		ps, err := r.Presences(t.Context(), "ali@example.org", time.Time{})
		n := 0
		for _, pr := range ps {
			if pr.Ended != "" {
				n++
				if pr.Area == "FR" {
					t.Errorf("%s: the home in France was ended", c.what)
				}
			}
		}
		if err != nil || n != c.ended || len(ps) != 2 {
			t.Errorf("%s: %+v, %v", c.what, ps, err)
		}
	}
}
