package deliver

import "strings"

// Spoken is what a call says to whoever presses a key: the line without a link,
// for nobody taps what is said. It is kept sealed until the gateway asks for it.
type Spoken struct {
	Language string `json:"language"`
	Text     string `json:"text"`
}

// SpokenPurpose is what it is sealed for, under the person's key.
const SpokenPurpose = "what a call says"

// spokenSegments bounds it, as short messages are bounded, to about a minute.
const spokenSegments = 6

// RenderSpoken makes what a call says of a notice.
func RenderSpoken(n Notice) (*Spoken, error) {
	w := n.words()
	s := &Spoken{Language: w.Language}
	switch {
	case n.Update.Drill != nil:
		s.Text = n.mark() + w.Say("drill.what")
	case n.asks():
		s.Text = strings.TrimSuffix(n.leads()[0].text, w.Say("colon"))
	default:
		b, err := RenderLine(n, spokenSegments)
		if err != nil {
			return nil, err
		}
		return b.Spoken(), nil
	}
	return s, nil
}

// Spoken is the line as a call says it.
func (b *Brief) Spoken() *Spoken { return &Spoken{Language: b.Language, Text: b.Text("")} }

// Size is about how many bytes it takes.
func (s *Spoken) Size() int { return 200 + len(s.Language) + len(s.Text) }
