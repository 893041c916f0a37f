package vedette

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Risk is how bad it is, ordered. The zero value means that none was given;
// a missing risk passes every threshold until a person sets one.
type Risk int8

// The risk levels, weakest first.
const (
	RiskUnknown Risk = iota
	RiskLow
	RiskModerate
	RiskHigh
	RiskExtreme
)

var riskWords = []string{"", "low", "moderate", "high", "extreme"}

// Urgency is when the danger is: past, future, expected, immediate, ordered.
// The zero value is unknown and counts as expected.
type Urgency int8

// The urgencies, least pressing first.
const (
	UrgencyUnknown Urgency = iota
	UrgencyPast
	UrgencyFuture
	UrgencyExpected
	UrgencyImmediate
)

var urgencyWords = []string{"", "past", "future", "expected", "immediate"}

// SourceStrength is how well the report's source is established, ordered.
// The zero value is unknown; it passes every threshold.
type SourceStrength int8

// The source strengths, weakest first.
const (
	SourceUnknown SourceStrength = iota
	SourceUnconfirmed
	SourceCredible
	SourceConfirmed
)

var sourceWords = []string{"", "unconfirmed", "credible", "confirmed"}

// Status says whether it is real: fixed when an update is created.
type Status int8

// The statuses. Actual is the zero value.
const (
	StatusActual Status = iota
	StatusExercise
	StatusTest
)

var statusWords = []string{"actual", "exercise", "test"}

// ParseRisk reads a level by its word ("" is unknown).
func ParseRisk(s string) (Risk, error) { return parseWord[Risk](riskWords, s, "risk") }

// ParseUrgency reads an urgency by its word ("" is unknown).
func ParseUrgency(s string) (Urgency, error) { return parseWord[Urgency](urgencyWords, s, "urgency") }

// ParseSourceStrength reads a source strength by its word ("" is unknown).
func ParseSourceStrength(s string) (SourceStrength, error) {
	return parseWord[SourceStrength](sourceWords, s, "source strength")
}

// ParseStatus reads a status by its word ("" is actual).
func ParseStatus(s string) (Status, error) {
	if s == "" {
		return StatusActual, nil
	}
	return parseWord[Status](statusWords, s, "status")
}

func (r Risk) String() string           { return wordOr(riskWords, int(r), "unknown") }
func (u Urgency) String() string        { return wordOr(urgencyWords, int(u), "unknown") }
func (s SourceStrength) String() string { return wordOr(sourceWords, int(s), "unknown") }
func (s Status) String() string         { return wordOr(statusWords, int(s), "unknown") }

// Mark is the word that stands first in every line and subject of an update
// that is not real: "EXERCISE", "TEST", or "" when actual.
func (s Status) Mark() string {
	return [...]string{"", "EXERCISE", "TEST"}[s]
}

// Effective is the urgency to act by: unknown counts as expected.
func (u Urgency) Effective() Urgency {
	if u == UrgencyUnknown {
		return UrgencyExpected
	}
	return u
}

// MarshalJSON writes the word, null when no risk was given.
func (r Risk) MarshalJSON() ([]byte, error) {
	if r == RiskUnknown {
		return []byte("null"), nil
	}
	w, err := marshalWord(riskWords, int(r))
	return []byte(`"` + string(w) + `"`), err
}

// UnmarshalJSON reads the word or null.
func (r *Risk) UnmarshalJSON(b []byte) error {
	var w *string
	if err := json.Unmarshal(b, &w); err != nil {
		return err
	}
	if w == nil {
		*r = RiskUnknown
		return nil
	}
	v, err := ParseRisk(*w)
	if err != nil {
		return err
	}
	*r = v
	return nil
}

// MarshalText writes the word, "unknown" when unknown.
func (u Urgency) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

// UnmarshalText reads the word.
func (u *Urgency) UnmarshalText(b []byte) error {
	if string(b) == "unknown" {
		*u = UrgencyUnknown
		return nil
	}
	v, err := ParseUrgency(string(b))
	if err != nil {
		return err
	}
	*u = v
	return nil
}

// MarshalText writes the word, "unknown" when unknown.
func (s SourceStrength) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the word.
func (s *SourceStrength) UnmarshalText(b []byte) error {
	if string(b) == "unknown" {
		*s = SourceUnknown
		return nil
	}
	v, err := ParseSourceStrength(string(b))
	if err != nil {
		return err
	}
	*s = v
	return nil
}

// MarshalText writes the word.
func (s Status) MarshalText() ([]byte, error) { return marshalWord(statusWords, int(s)) }

// UnmarshalText reads the word.
func (s *Status) UnmarshalText(b []byte) error {
	v, err := ParseStatus(string(b))
	if err != nil {
		return err
	}
	*s = v
	return nil
}

func parseWord[T ~int8](words []string, s, what string) (T, error) {
	if i := slices.Index(words, s); i >= 0 {
		return T(i), nil
	}
	known := words
	if words[0] == "" {
		known = words[1:]
	}
	return 0, Errorf(CodeInvalid, "%q is no %s; use one of %v", s, what, known)
}

func wordOr(words []string, i int, or string) string {
	if i < 0 || i >= len(words) || words[i] == "" {
		return or
	}
	return words[i]
}

func marshalWord(words []string, i int) ([]byte, error) {
	if i < 0 || i >= len(words) {
		return nil, fmt.Errorf("no word for %d", i)
	}
	return []byte(words[i]), nil
}
