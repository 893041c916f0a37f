package code_test

import (
	"strings"
	"testing"

	"vedette"
	"vedette/store/code"
)

// TestNumbersAreForEver holds the numbers that databases out there are
// written with. A list only grows at its end.
func TestNumbersAreForEver(t *testing.T) {
	hold(t, code.Delivery, "withheld failed unknown queued accepted received seen answered")
	hold(t, code.Fanout, "queued planning planned halted")
	hold(t, code.Update, "draft published overtaken stopped")
	hold(t, code.Relation, "in may_be_in out watches")
	hold(t, code.Channel, "email phone webhook")
	hold(t, code.Because, "home site trip check-in answer leg desk")
	hold(t, code.Reply, "safe help not_there")
	hold(t, code.Log, "update draft people fanout delivery reply hook posture task condition settings case rollcall")
	hold(t, code.Cause, "published exposed ahead arrived condition again")
	hold(t, code.Cancel, "sent_in_error over")
	hold(t, code.News, "new changed unchanged withdrawn")
	hold(t, code.Condition, "awaited met passed")
	hold(t, code.Posture, "avoid_all_travel avoid_nonessential_travel reconsider_travel reconsider_nonessential_travel travel_with_caution no_restriction")
	hold(t, code.Task, "open done")
	hold(t, code.TaskKind, "keep_or_lift")
	hold(t, code.Case, "open taken closed")
	hold(t, code.CaseEntry, "call safe not_there take hand_over note place close")
	hold(t, code.Rollcall, "open closed")
	hold(t, code.Account, "safe help not_there taken_back")
	hold(t, code.Verified, "saw voice message somebody_else")
	hold(t, code.Role, "desk manager warden")
	hold(t, code.Line, "own emergency companion site hotel")
	hold(t, code.Closing, "inactive removed")
	hold(t, code.Challenge, "sign-in add show code provider")
	hold(t, code.UserRole, "analyst approver administrator traveller manager warden regional")
	hold(t, code.Try, "no_answer busy wrong_number left_message spoke")
}

func hold[S ~string](t *testing.T, w code.Words[S], words string) {
	t.Helper()
	for i, word := range strings.Fields(words) {
		n := int64(i + 1)
		if w.Of(S(word)) != n || w.Word(n) != S(word) {
			t.Errorf("%q is %d, and %d is %q; they are to be each other's", word, w.Of(S(word)), n, w.Word(n))
		}
		var got S
		if err := w.Into(&got).Scan(n); err != nil || got != S(word) {
			t.Errorf("%d scans as %q: %v", n, got, err)
		}
	}
	if w.Of("") != 0 || w.Of("?") != -1 || w.Word(0) != "" || w.Word(-1) != "" || w.Word(1000) != "" {
		t.Errorf("%q: nothing is 0, a strange word -1", words)
	}
	var got S
	if w.Into(&got).Scan("1") == nil {
		t.Errorf("%q: a text is taken for a number", words)
	}
}

func TestStatesNameWhatTheMachinesAllow(t *testing.T) {
	states := code.States()
	for word, want := range map[string]string{"queued": "4", "fanout planned": "3", "update stopped": "4", "log people": "3",
		"on accept": "4", "fanout on lease": "1, 2", "task on decide": "1", "because travels": "3, 6"} {
		if states[word] != want {
			t.Errorf("{%s} is %q, want %q", word, states[word], want)
		}
	}
	for _, mv := range vedette.Updates {
		if states["update on "+mv.Event] == "" {
			t.Errorf("no word for the event %q", mv.Event)
		}
	}
}
