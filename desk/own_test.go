package desk

import (
	"testing"

	"vedette"
)

// Who asks may be who makes them answer: that an answer was given under duress, and
// that somebody is compromised, is told to the desk and not to them.
func TestOwnPeopleAreShownWithoutWhatIsTheDesksAlone(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,city,country\nAli,ali@example.org,Basra,Iraq\n", ImportOptions{})
	u := r.publish(alert)
	ali, err := r.Person(t.Context(), "ali@example.org")
	if err != nil {
		t.Fatal(err)
	}
	r.noticed(u, ali.Key)
	rows := r.Store.In(r.Org.Key)
	if err := rows.Reply(t.Context(), vedette.Reply{Update: u.Key, Recipient: ali.Key, Kind: vedette.ReplySafe, Belief: vedette.UnderDuress, At: r.now()}, 1, nil); err != nil {
		t.Fatal(err)
	}
	seen, err := r.People(t.Context(), u, "", RowFilter{})
	if err != nil || len(seen) != 1 || !seen[0].Duress {
		t.Fatalf("the desk sees %+v, %v", seen, err)
	}
	own, all, err := r.Own(vedette.Acting(t.Context(), vedette.Actor{Via: vedette.ViaPortal, Role: vedette.RoleRegional, Of: []string{"IQ"}}), 0, 10)
	if err != nil || all != 1 || len(own) != 1 || len(own[0].Told) != 1 {
		t.Fatalf("%+v of %d, %v", own, all, err)
	}
	if n := own[0].Told[0]; n.Answer != vedette.ReplySafe || n.Duress || n.Shut != "" || n.Text != "" {
		t.Errorf("who has them as their own sees %+v", n.BoardRow)
	}
}
