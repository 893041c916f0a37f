package webhook

import (
	"encoding/json"
	"fmt"
	"strings"

	"vedette"
)

// ChatMessage is the body that tells a chat's room of an update: what kind of
// word it is, how bad, and where to read it. A room is read by whoever is in
// it, on servers that are not ours: it gets no place, no headline and nobody's
// name, only a link, behind which rights hold.
func ChatMessage(c vedette.Chat, u *vedette.Update, link string) []byte {
	text := chatLine(u)
	if c == vedette.ChatTeams {
		return written(teamsCard(text, link))
	}
	return written(map[string]any{"text": text + "\n" + link})
}

// chatLine is one line for a room.
func chatLine(u *vedette.Update) string {
	what := "An update was published"
	switch {
	case u.Cancels == vedette.CancelError:
		what = "An update was sent in error and is cancelled"
	case u.Cancels != "":
		what = "An update is over"
	case u.Asks != "":
		what = "A roll-call asks after people"
	case u.Clears != nil:
		what = "An all-clear was given"
	case u.Corrects != "":
		what = "A correction was published"
	}
	var parts []string
	if m := u.Status.Mark(); m != "" {
		parts = append(parts, m)
	}
	parts = append(parts, what)
	if u.Cancels == "" && u.Clears == nil && u.Asks == "" {
		if r := u.Content.Risk; r == vedette.RiskUnknown {
			parts = append(parts, "risk not given")
		} else {
			parts = append(parts, fmt.Sprintf("%s risk", r))
		}
		if u.Content.Urgency == vedette.UrgencyImmediate {
			parts = append(parts, "immediate")
		}
	}
	return strings.Join(parts, " · ")
}

// teamsCard is an Adaptive Card as the webhook of a Teams workflow takes it.
func teamsCard(text, link string) any {
	return map[string]any{"type": "message", "attachments": []any{map[string]any{
		"contentType": "application/vnd.microsoft.card.adaptive",
		"content": map[string]any{
			"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
			"body":    []any{map[string]any{"type": "TextBlock", "text": text, "wrap": true, "weight": "bolder"}},
			"actions": []any{map[string]any{"type": "Action.OpenUrl", "title": "Open", "url": link}},
		},
	}}}
}

func written(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("webhook: strings that cannot be written as JSON: " + err.Error())
	}
	return b
}
