package vedette

import "time"

// KeptSitrep is what is signed of a report of a situation that was kept: who kept it,
// when and of what, and the sums over the very page and document. It is never changed.
type KeptSitrep struct {
	ID        ID        `json:"id"`
	Situation ID        `json:"situation"`
	Update    ID        `json:"update"` // the newest of the situation then
	Number    int       `json:"number"` // of that
	Status    Status    `json:"status"`
	Title     string    `json:"title"`
	At        time.Time `json:"at"`
	By        string    `json:"by"`
	Language  string    `json:"language"` // of the page, by its tag
	Page      string    `json:"page"`     // SHA-256, hex
	Paper     string    `json:"paper"`    // SHA-256 of the PDF, hex

	Digest string `json:"-"` // of all above, signed with the installation's key
}

// Verb is what the one log says of it: the sum over its PDF, so that the log's own sums
// vouch for that, and whoever was given it can look for it there.
func (s *KeptSitrep) Verb() string { return "kept and signed, SHA-256 " + s.Paper }
