package vedette

import "time"

// When is a time as a text names it: a day, a run of days, or an instant.
type When struct {
	Text      string     `json:"text"`
	Date      string     `json:"date,omitempty"` // "2026-02-04"
	From      string     `json:"from,omitempty"` // first day
	To        string     `json:"to,omitempty"`   // last day
	At        *time.Time `json:"at,omitempty"`   // an instant, UTC
	Zone      string     `json:"zone,omitempty"` // IANA zone a bare clock time was read in
	Scheduled bool       `json:"scheduled,omitempty"`
}
