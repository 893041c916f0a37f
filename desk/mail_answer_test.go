package desk

import (
	"strings"
	"testing"

	"vedette"
	"vedette/auth"
)

// wrote gives the mail that somebody answers an update with.
func (r *room) wrote(u *vedette.Update, person int64, headers, text string) []byte {
	token := r.Key.SignReturn(auth.Return{Org: r.Org.Key, Update: u.Key, Recipient: person, Round: 1, Address: 1})
	return []byte("From: ali@example.org\r\nTo: back+" + token + "@relief.example.org\r\n" + headers + "\r\n" + text + "\r\n")
}

// questions gives what the desk is asked.
func (r *room) questions() string {
	r.t.Helper()
	list, err := r.Tasks(r.t.Context(), false)
	if err != nil {
		r.t.Fatal(err)
	}
	var out []string
	for _, t := range list {
		out = append(out, t.Question)
	}
	return strings.Join(out, "\n")
}

// ali has somebody be told of an update.
func (r *room) ali() (*vedette.Update, int64) {
	r.t.Helper()
	r.bring("name,email,country\nAli,ali@example.org,Iraq\n", ImportOptions{})
	p, err := r.Person(r.t.Context(), "ali@example.org")
	if err != nil {
		r.t.Fatal(err)
	}
	u := r.publish(alert)
	r.noticed(u, p.Key)
	return u, p.Key
}

// Where somebody's record does not open, their answer counts without its words, and
// the desk is asked to ring them.
func TestAnAnswerOfARecordThatDoesNotOpen(t *testing.T) {
	r := newRoom(t)
	u, ali := r.ali()
	r.Key = auth.NewKey()
	for _, c := range []struct{ text, asks string }{
		{"thank you", "they wrote a mail that is none of the three answers"},
		{"2 on the roof", "they answered, and their words could not be kept"},
	} {
		if _, err := r.Bounce(t.Context(), r.wrote(u, ali, "", c.text)); err != nil || !strings.Contains(r.questions(), c.asks) {
			t.Fatalf("%q: %v, the desk is asked:\n%s", c.text, err, r.questions())
		}
	}
	list, err := r.Cases(t.Context(), false)
	if err != nil || len(list) != 1 {
		t.Fatalf("their call for help opened %d cases, %v", len(list), err)
	}
}
