package deliver_test

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/words"
)

// In every language and form, what is past is never told as if it were now.
func TestLateIsSaidFirst(t *testing.T) {
	at := time.Date(2026, 2, 7, 21, 0, 0, 0, time.UTC)
	for _, lang := range words.Languages() {
		w := words.In(lang)
		for _, discreet := range []bool{false, true} {
			for _, over := range []bool{false, true} {
				n := told("Leave the country.", vedette.Leave, nil)
				n.Language, n.Discreet, n.Unreviewed = lang, discreet, true
				n.Late = &deliver.Late{Meant: at.Add(-50 * time.Hour)}
				if over {
					n.Late.Over, n.Late.Ended = at, []deliver.Ended{{Line: n.Variant.Lines[0], At: at}}
				}
				r, err := deliver.Render(n)
				if err != nil {
					t.Fatal(err)
				}
				m := deliver.Mailed(t, r, anna)
				first, _, _ := strings.Cut(strings.TrimSpace(m.Text), "\n")
				key, line := "late.since", "line.since"
				if over {
					key, line = "late.over", "line.late"
				}
				begin, _, _ := strings.Cut(w.Say(key), "%s")
				if !strings.HasPrefix(first, begin) || !strings.Contains(m.HTML, strings.TrimSpace(begin)) {
					t.Errorf("%s, discreet %t, over %t begins %q", lang, discreet, over, first)
				}
				brief, err := deliver.Line(n, replyLink, 3)
				begin, _, _ = strings.Cut(w.Say(line), "%s")
				if plain := strings.NewReplacer("’", "'"); err != nil || !strings.HasPrefix(plain.Replace(brief), plain.Replace(begin)) {
					t.Errorf("%s, discreet %t, over %t: the line %q, %v", lang, discreet, over, brief, err)
				}
				if leave := strings.TrimSuffix(w.Say("do.leave", ""), "."); over && strings.Contains(brief, strings.TrimSpace(leave)+" ") && !strings.Contains(n.Update.Content.Headline, leave) {
					t.Errorf("%s: the line orders what is past: %q", lang, brief)
				}
			}
		}
	}
}
