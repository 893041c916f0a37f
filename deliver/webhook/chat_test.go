package webhook_test

import (
	"encoding/json"
	"strings"
	"testing"

	"vedette"
	"vedette/deliver/webhook"
)

// A room is told what kind of word it is and how bad, and nothing that says
// where or who.
func TestChatMessageTellsNoPlace(t *testing.T) {
	content := vedette.Content{Title: "Basra", Headline: "Strike near Basra", Risk: vedette.RiskHigh, Urgency: vedette.UrgencyImmediate, Affected: []vedette.Place{{Text: "Iraq", Area: "IQ"}}}
	plain := content
	plain.Risk, plain.Urgency = vedette.RiskUnknown, vedette.UrgencyExpected
	for want, u := range map[string]*vedette.Update{
		"An update was published · high risk · immediate":            {Status: vedette.StatusActual, Content: content},
		"EXERCISE · An update was published · high risk · immediate": {Status: vedette.StatusExercise, Content: content},
		"An update was published · risk not given":                   {Status: vedette.StatusActual, Content: plain},
		"A correction was published · high risk · immediate":         {Status: vedette.StatusActual, Corrects: "u-1", Content: content},
		"An update is over":                            {Status: vedette.StatusActual, Corrects: "u-1", Cancels: vedette.CancelOver, Content: content},
		"An update was sent in error and is cancelled": {Status: vedette.StatusActual, Corrects: "u-1", Cancels: vedette.CancelError, Content: content},
	} {
		u.Situation.Title = "Basra strikes"
		for _, chat := range vedette.Chats {
			b := webhook.ChatMessage(chat, u, "https://desk.example.org/updates/7")
			var v any
			if err := json.Unmarshal(b, &v); err != nil {
				t.Fatal(err)
			}
			s := string(b)
			if !strings.Contains(s, want) || !strings.Contains(s, "https://desk.example.org/updates/7") || strings.Contains(s, "Basra") || strings.Contains(s, "Iraq") {
				t.Errorf("%s: %s, want %q", chat, s, want)
			}
		}
	}
}
