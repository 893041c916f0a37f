package webhook

import (
	"encoding/json"
	"time"

	"vedette"
	"vedette/deliver"
)

// event is the envelope of the scheme: a type, when it happened, and the
// thing itself.
type event struct {
	Type      string     `json:"type"`
	Timestamp time.Time  `json:"timestamp"`
	Data      eventThing `json:"data"`
}

// eventThing is the public part of an update: no people, no bookkeeping of
// the desk.
type eventThing struct {
	ID          vedette.ID         `json:"id"`
	Line        string             `json:"line"` // one line for people; its first word is EXERCISE or TEST when it is not real
	Status      vedette.Status     `json:"status"`
	Situation   vedette.Situation  `json:"situation"`
	Number      int                `json:"number"`
	Corrects    vedette.ID         `json:"corrects,omitempty"`
	Cancels     vedette.Cancel     `json:"cancels,omitempty"` // what Corrects names was sent in error, or is over
	Alone       bool               `json:"alone,omitempty"`   // it alone, and not its situation
	PublishedAt time.Time          `json:"published_at,omitzero"`
	Shapes      []vedette.Shape    `json:"shapes,omitempty"`
	AreaRisks   []vedette.AreaRisk `json:"area_risks,omitempty"`
	Content     vedette.Content    `json:"content"`
}

// maxLine bounds the headline in an event's line, in characters.
const maxLine = 400

// Event is the body of a hook's message: {"type": "update.published",
// "timestamp", "data": {id, line, status, situation, number, corrects,
// cancels, alone, published_at, shapes, area_risks, content}}. at is when it was published.
func Event(u *vedette.Update, at time.Time) []byte {
	n := deliver.Notice{Update: u, Variant: vedette.Variant{Risk: u.Content.Risk}, AreaName: affectedName(u)}
	if u.Cancels != "" {
		n.Correction = &deliver.Correction{Cancels: u.Cancels}
	}
	b, err := json.Marshal(event{
		Type: "update.published", Timestamp: at.UTC(),
		Data: eventThing{
			ID: u.ID, Line: n.Subject(maxLine), Status: u.Status, Situation: u.Situation, Number: u.Number,
			Corrects: u.Corrects, Cancels: u.Cancels, Alone: u.Alone, PublishedAt: u.PublishedAt, Shapes: u.Shapes, AreaRisks: u.AreaRisks, Content: u.Content,
		},
	})
	if err != nil {
		panic("webhook: an update that cannot be written as JSON: " + err.Error()) // its nouns are made so that they can
	}
	return b
}

// affectedName gives an affected area the name the update calls it by.
func affectedName(u *vedette.Update) func(vedette.AreaID, string) string {
	return func(id vedette.AreaID, _ string) string {
		for _, p := range u.Content.Affected {
			if p.Area == id {
				return p.Text
			}
		}
		return ""
	}
}
