package deliver_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/words"
)

var keyInCode = regexp.MustCompile(`Say[ (]"([a-z_.]+)"`)

// Whatever the renderers say by name has words: a key that was mistyped would
// say nothing.
func TestEveryKeyHasWords(t *testing.T) {
	files, _ := filepath.Glob("*.go")
	found := 0
	for _, f := range append(files, "mail.html.tmpl") {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range keyInCode.FindAllStringSubmatch(string(b), -1) {
			if key := m[1]; key[len(key)-1] != '.' && words.In("en").Say(key) == "" {
				t.Errorf("%s says %q, which has no words", f, key)
			}
			found++
		}
	}
	if found < 40 {
		t.Errorf("only %d keys found: the test does not read the code any more", found)
	}
}

// So do the keys that are put together from a noun's own word.
func TestEveryNounHasWords(t *testing.T) {
	var keys []string
	for r := vedette.RiskUnknown; r <= vedette.RiskExtreme; r++ {
		keys = append(keys, "risk."+r.String())
	}
	for u := vedette.UrgencyUnknown; u <= vedette.UrgencyImmediate; u++ {
		keys = append(keys, "urgency."+u.String())
	}
	for s := vedette.SourceUnknown; s <= vedette.SourceConfirmed; s++ {
		keys = append(keys, "source."+s.String())
	}
	for _, c := range []vedette.Cause{vedette.CauseExposed, vedette.CauseAhead, vedette.CauseArrived, vedette.CauseCondition, vedette.CauseAgain, vedette.CauseReminder} {
		keys = append(keys, "cause."+string(c))
	}
	for _, c := range []vedette.Cancel{vedette.CancelError, vedette.CancelOver} {
		keys = append(keys, "head."+string(c), "todo."+string(c), "line."+string(c), "line."+string(c)+".what", "line."+string(c)+".short")
	}
	for _, a := range []vedette.Action{vedette.AvoidAllTravel, vedette.AvoidNonessentialTravel, vedette.ReconsiderTravel, vedette.ReconsiderNonessentialTravel,
		vedette.TravelWithCaution, vedette.NoRestriction} {
		keys = append(keys, "posture."+string(a))
	}
	for _, key := range keys {
		if words.In("en").Say(key) == "" {
			t.Errorf("%q has no words", key)
		}
	}
	for _, l := range words.Languages() {
		if is := deliver.Language(&vedette.Settings{}, l); is != l {
			t.Errorf("%s is told in %s", l, is)
		}
		if words.Name(l) == l {
			t.Errorf("the language %s has no name", l)
		}
	}
}
