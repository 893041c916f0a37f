package deliver

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vedette"
	"vedette/deliver/words"
)

func inError(status vedette.Status) *vedette.Update {
	return &vedette.Update{ID: "u", Number: 2, Status: status, Situation: vedette.Situation{Title: "Iraq"}, PublishedAt: time.Date(2026, 2, 5, 12, 30, 0, 0, time.UTC),
		Content: vedette.Content{Headline: "Rockets over Basra", Affected: []vedette.Place{{Text: "Iraq", Area: "IQ"}}, Risk: vedette.RiskExtreme}}
}

func iraq(vedette.AreaID, string) string { return "Iraq" }

// What is sent on the day is to the letter what was made ready.
func TestRetractionIsSentAsItWasMadeReady(t *testing.T) {
	r, err := Retract(inError(vedette.StatusActual), "Example Relief", iraq)
	if err != nil {
		t.Fatal(err)
	}
	b, err := r.Freeze()
	if err != nil {
		t.Fatal(err)
	}
	if len(b) > 64<<10 {
		t.Errorf("it takes %d bytes of every update", len(b))
	}
	again, err := Thaw(b)
	if err != nil {
		t.Fatal(err)
	}
	who := Personal{ID: "m", Name: "Ali <b>", To: "ali@example.org", ReplyURL: "https://x.example/r/1", Relation: vedette.RelationOut}
	for _, lang := range words.Languages() {
		for _, discreet := range []bool{false, true} {
			m := again.Mail(lang, discreet)
			if d := cmp.Diff(Mailed(t, r.Mail(lang, discreet), who), Mailed(t, m, who)); d != "" {
				t.Errorf("%s, discreet %t:\n%s", lang, discreet, d)
			}
			if l := again.Brief(lang, discreet, 2).Text(who.ReplyURL); !strings.HasSuffix(l, who.ReplyURL) || len(l) < len(who.ReplyURL)+10 {
				t.Errorf("%s, discreet %t: the line %q", lang, discreet, l)
			}
		}
	}
	m := again.Mail("en", false).Message(who)
	for _, want := range []string{"Sent in error, Iraq: Rockets over Basra", "was sent in error. Disregard it", "5 Feb 2026 12:30 UTC", "Ali", who.ReplyURL} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("the mail does not say %q:\n%s", want, m.Text)
		}
	}
	if s := again.Mail("en", true).Message(who).Text; strings.Contains(s, "Basra") || !strings.Contains(s, "Disregard it") {
		t.Errorf("the discreet mail: %s", s)
	}
}

func TestRetractionOfADrillSaysSo(t *testing.T) {
	r, err := Retract(inError(vedette.StatusExercise), "", iraq)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range strings.Split(strings.TrimSpace(r.Mail("en", false).Message(Personal{}).Text), "\n") {
		if l != "" && !strings.HasPrefix(l, "EXERCISE") {
			t.Errorf("a line without the mark: %q", l)
		}
	}
	if l := r.Brief("en", false, 2).Text(""); !strings.HasPrefix(l, "EXERCISE") {
		t.Errorf("the line %q", l)
	}
}

func TestRetractionThatDoesNotReadIsAnError(t *testing.T) {
	for _, b := range [][]byte{[]byte("x"), {0x1f, 0x8b}} {
		if _, err := Thaw(b); vedette.ErrorCode(err) != vedette.CodeInternal {
			t.Errorf("%q: %v", b, err)
		}
	}
	if r, err := Thaw(nil); r != nil || err != nil {
		t.Errorf("nothing: %v %v", r, err)
	}
}
