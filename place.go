package vedette

import "encoding/json"

// Span is a run of bytes in a text, half open. The zero span means none.
type Span [2]int

// Place is a place as a text names it. Area is "" (JSON null) when unknown
// or when the words name several.
type Place struct {
	Text    string
	Area    AreaID
	Span    Span // bytes in the statement's text; zero where it is not of one
	Metonym bool // a capital standing for its government; Area is the country
}

type placeJSON struct {
	Text    string `json:"text"`
	Area    AreaID `json:"area"`
	Span    *Span  `json:"span,omitempty"`
	Metonym *bool  `json:"metonym,omitempty"`
}

// MarshalJSON writes text and area, and span and metonym where the place was
// found in a statement.
func (p Place) MarshalJSON() ([]byte, error) {
	j := placeJSON{Text: p.Text, Area: p.Area}
	if p.Span != (Span{}) {
		j.Span, j.Metonym = &p.Span, &p.Metonym
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (p *Place) UnmarshalJSON(b []byte) error {
	var j placeJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	*p = Place{Text: j.Text, Area: j.Area}
	if j.Span != nil {
		p.Span = *j.Span
	}
	p.Metonym = j.Metonym != nil && *j.Metonym
	return nil
}
