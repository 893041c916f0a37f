package desk

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver/bounce"
	"vedette/store"
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

// Whoever calls for help, or writes what no rule reads, by a mail that answers one of
// long ago is to be rung, once; "safe" changes nothing, nor does what the box of
// somebody erased still sends.
func TestAnAnswerToAMailOfLongAgo(t *testing.T) {
	r := newRoom(t)
	u, ali := r.ali()
	r.jump(LinkLife + time.Hour)
	if _, err := r.Bounce(t.Context(), r.wrote(u, ali, "", "1")); vedette.ErrorCode(err) != vedette.CodeExpired || r.questions() != "" {
		t.Fatalf("safe: %v, the desk is asked %q", err, r.questions())
	}
	for _, c := range []struct{ text, asks string }{{"2 on the roof", "they call for help by a mail"}, {"they took him", "none of the three answers, to one of long ago"}} {
		raw := r.wrote(u, ali, "", c.text)
		if b, err := r.Bounce(t.Context(), raw); err != nil || !b.Moved || !strings.Contains(r.questions(), c.asks) {
			t.Fatalf("%q: %v, the desk is asked:\n%s", c.text, err, r.questions())
		}
		if b, err := r.Bounce(t.Context(), raw); err != nil || b.Moved {
			t.Fatalf("%q again: %+v, %v", c.text, b, err)
		}
	}
	before := r.questions()
	p, err := r.Person(t.Context(), "ali@example.org")
	if err != nil {
		t.Fatal(err)
	}
	if err := r.rows.ErasePerson(t.Context(), p.ID, r.now()); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Bounce(t.Context(), r.wrote(u, ali, "", "2 again")); vedette.ErrorCode(err) != vedette.CodeExpired || r.questions() != before {
		t.Fatalf("somebody erased: %v, the desk is asked:\n%s", err, r.questions())
	}
}

// An answer with a photo that is too long is read as far as its words; of one whose
// head is damaged the desk is asked, unless nobody wrote it.
func TestAnAnswerThatIsTooLongOrDamaged(t *testing.T) {
	r := newRoom(t)
	u, ali := r.ali()
	photo := "--b\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n" + strings.Repeat("QUJD\r\n", bounce.MaxMail/6) + "\r\n"
	words := "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n2 need help\r\n"
	const mixed = "Content-Type: multipart/mixed; boundary=b\r\n"
	if _, err := r.Bounce(t.Context(), r.wrote(u, ali, mixed, photo+words+"--b--")); err != nil || !strings.Contains(r.questions(), "they wrote a mail that is none of the three answers") {
		t.Fatalf("the photo before the words: %v, the desk is asked:\n%s", err, r.questions())
	}
	if _, err := r.Bounce(t.Context(), r.wrote(u, ali, "no header\r\n", "2")); err != nil || !strings.Contains(r.questions(), "the answer cannot be read") {
		t.Fatalf("a damaged head: %v, the desk is asked:\n%s", err, r.questions())
	}
	before := r.questions()
	if _, err := r.Bounce(t.Context(), r.wrote(u, ali, "Auto-Submitted: auto-replied\r\nno header\r\n", "2")); err == nil || r.questions() != before {
		t.Fatalf("nobody wrote it: %v, the desk is asked:\n%s", err, r.questions())
	}
	if _, err := r.Bounce(t.Context(), r.wrote(u, ali, mixed, words+photo+"--b--")); err != nil {
		t.Fatal(err)
	}
	if list, err := r.Cases(t.Context(), false); err != nil || len(list) != 1 {
		t.Fatalf("their call for help opened %d cases, %v", len(list), err)
	}
}

// A mail that came back before it is written down that it was taken is not lost: it
// is to be read again.
func TestAMailThatComesBackBeforeTheLedgerSaysThatItWent(t *testing.T) {
	r := newRoom(t)
	u, ali := r.ali()
	rows := r.Store.In(r.Org.Key)
	got, err := rows.Claim(t.Context(), "w", 9, r.now(), time.Minute, []vedette.Channel{vedette.ChannelEmail})
	if err != nil || len(got) != 1 {
		t.Fatal(len(got), err)
	}
	token := r.Key.SignReturn(auth.Return{Org: r.Org.Key, Update: u.Key, Recipient: ali, Round: 1, Address: 1})
	back := []byte("From: MAILER-DAEMON@mx.example.org\r\nTo: back+" + token + "@relief.example.org\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n" +
		"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; ali@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n")
	if b, err := r.Bounce(t.Context(), back); err != nil || !b.Early || b.Moved || !strings.Contains(b.Said(), "read this again") {
		t.Fatalf("%+v, %v", b, err)
	}
	_, err = rows.Settle(t.Context(), "w", []store.Outcome{{Update: u.Key, Recipient: ali, Round: 1, Address: 1, Event: "accept"}}, r.now())
	if err != nil {
		t.Fatal(err)
	}
	if b, err := r.Bounce(t.Context(), back); err != nil || b.Early || !b.Moved {
		t.Fatalf("%+v, %v", b, err)
	}
}
