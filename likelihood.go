package vedette

import "encoding/json"

// Scale is the table a likelihood word is read on.
type Scale string

// The scales: ICD 203 (US, 2015) and the PHIA probability yardstick (UK).
const (
	ScaleICD203 Scale = "icd203"
	ScalePHIA   Scale = "phia"
)

// ParseScale reads a scale by its word ("" is ICD 203).
func ParseScale(s string) (Scale, error) {
	switch c := Scale(s); c {
	case "":
		return ScaleICD203, nil
	case ScaleICD203, ScalePHIA:
		return c, nil
	}
	return "", Errorf(CodeInvalid, "%q is no scale of likelihood; say icd203 or phia", s)
}

// Name is what it is called among analysts.
func (s Scale) Name() string {
	if s == ScalePHIA {
		return "PHIA"
	}
	return "ICD 203"
}

// Likelihood is an estimative word as found in a text. A comparative ("more
// plausible") and a hedge ("could") carry no scale and no numbers.
type Likelihood struct {
	Term        string
	Span        Span
	Scale       Scale
	Low, High   float64 // 0 to 1
	Negated     bool    // "not likely": the range is already flipped
	Comparative bool
	Hedge       bool
}

type likelihoodJSON struct {
	Term        string   `json:"term"`
	Span        Span     `json:"span"`
	Scale       Scale    `json:"scale,omitempty"`
	Low         *float64 `json:"low,omitempty"`
	High        *float64 `json:"high,omitempty"`
	Negated     *bool    `json:"negated,omitempty"`
	Comparative bool     `json:"comparative,omitempty"`
	Hedge       bool     `json:"hedge,omitempty"`
}

// MarshalJSON writes one of three shapes: with a range, comparative, hedge.
func (l Likelihood) MarshalJSON() ([]byte, error) {
	j := likelihoodJSON{Term: l.Term, Span: l.Span, Comparative: l.Comparative, Hedge: l.Hedge}
	if !l.Comparative && !l.Hedge {
		j.Scale, j.Low, j.High, j.Negated = l.Scale, &l.Low, &l.High, &l.Negated
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (l *Likelihood) UnmarshalJSON(b []byte) error {
	var j likelihoodJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	*l = Likelihood{Term: j.Term, Span: j.Span, Scale: j.Scale, Comparative: j.Comparative, Hedge: j.Hedge}
	if j.Low != nil {
		l.Low = *j.Low
	}
	if j.High != nil {
		l.High = *j.High
	}
	l.Negated = j.Negated != nil && *j.Negated
	return nil
}
