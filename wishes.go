package vedette

import "fmt"

// Wishes are how somebody wishes to be told what merely informs. No wish holds
// back a warning.
type Wishes struct {
	Quiet Quiet `json:"quiet,omitzero"`
}

// Quiet is from when to when somebody wishes to be left alone, each day, by the
// clock of wherever they are: minutes since midnight, the second left out. Both
// the same are none. It may go over midnight.
type Quiet struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// IsZero says that there are none.
func (q Quiet) IsZero() bool { return q.From == q.To }

// String writes them as "22:00–07:00", "" for none.
func (q Quiet) String() string {
	if q.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d:%02d–%02d:%02d", q.From/60, q.From%60, q.To/60, q.To%60)
}

// Informs says whether what is of an urgency and a risk merely informs, so that
// the wishes of a person may shape how they are told: what is past or future,
// and what is expected of low or moderate risk. What is immediate never does,
// nor what is expected of high, extreme or unknown risk.
func Informs(u Urgency, r Risk) bool {
	switch u.Effective() {
	case UrgencyImmediate:
		return false
	case UrgencyExpected:
		return r == RiskLow || r == RiskModerate
	}
	return true
}
