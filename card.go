package vedette

import (
	"slices"
	"time"
)

// Card is what a published update is looked for by, besides its words.
type Card struct {
	Key        int64          `json:"-"` // the store's own
	Published  time.Time      `json:"-"`
	Status     Status         `json:"status"`
	Kind       ReportKind     `json:"kind"`
	Risk       Risk           `json:"risk"`
	Urgency    Urgency        `json:"urgency"`
	Source     SourceStrength `json:"source"`
	Categories []string       `json:"categories,omitempty"`
	Areas      []AreaID       `json:"areas,omitempty"` // affected, those with a risk of their own, and those that advice is for
}

// CardOf makes the card of a published update.
func CardOf(u *Update) Card {
	c := &u.Content
	card := Card{Key: u.Key, Published: u.PublishedAt, Status: u.Status, Kind: c.Kind, Risk: c.Risk, Urgency: c.Urgency, Source: c.SourceStrength, Categories: c.Categories}
	add := func(id AreaID) {
		if id != "" && !slices.Contains(card.Areas, id) {
			card.Areas = append(card.Areas, id)
		}
	}
	for i := range c.Affected {
		add(c.Affected[i].Area)
	}
	for i := range u.AreaRisks {
		add(u.AreaRisks[i].Area)
	}
	for i := range c.Recommendations {
		add(c.Recommendations[i].Area)
	}
	return card
}
