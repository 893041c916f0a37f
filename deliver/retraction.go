package deliver

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"

	"vedette"
	"vedette/deliver/words"
)

// Retraction is what is said to whoever was told of an update, should it turn
// out to be sent in error: every language, mail and line, discreet or not,
// rendered when the update is published. On the day nothing is to be written,
// looked up or reviewed any more.
type Retraction struct {
	Mails map[string]*FrozenMail // by language, "discreet " before it for those
	Lines map[string]*FrozenLine // the same
}

// FrozenMail is a mail with its holes.
type FrozenMail struct {
	Subject, Line string
	Advice        []string `json:",omitempty"`
	Text, HTML    []frozenPiece
	Org           string                      `json:",omitempty"`
	Because       map[vedette.Relation]string `json:",omitempty"`
	Discreet      bool                        `json:",omitempty"`
}

// FrozenLine is a short message, the fullest form first.
type FrozenLine struct {
	Says, Refers, Asks []string
	Mark               string `json:",omitempty"`
}

// frozenPiece is a piece of a mould.
type frozenPiece struct {
	T    string
	H, N field `json:",omitempty"`
}

// maxRetraction bounds what is read of a frozen one, in bytes.
const maxRetraction = 8 << 20

// Retract makes ready what is said should an update be sent in error. org is
// the organisation's name.
func Retract(u *vedette.Update, org string, areaName func(id vedette.AreaID, language string) string) (*Retraction, error) {
	about := &vedette.Update{ID: u.ID, Status: u.Status, Situation: u.Situation, Number: u.Number, Shapes: u.Shapes, Tongues: u.Tongues,
		Content: vedette.Content{Title: u.Content.Title, Headline: u.Content.Headline, Affected: u.Content.Affected, Urgency: vedette.UrgencyImmediate}}
	n := Notice{Update: about, Org: org, AreaName: areaName, Gone: true,
		Correction: &Correction{Number: u.Number, At: u.PublishedAt, Cancels: vedette.CancelError}}
	r := &Retraction{Mails: map[string]*FrozenMail{}, Lines: map[string]*FrozenLine{}}
	for _, n.Language = range words.Languages() {
		for _, n.Discreet = range []bool{false, true} {
			mail, err := Render(n)
			if err != nil {
				return nil, err
			}
			line, err := RenderLine(n, 1) // how many segments it may take is said when it is sent
			if err != nil {
				return nil, err
			}
			key := frozenKey(n.Language, n.Discreet)
			r.Mails[key] = &FrozenMail{Subject: mail.Subject, Line: mail.Line, Advice: mail.Advice, Text: mail.text.freeze(), HTML: mail.html.freeze(),
				Org: mail.org, Because: mail.because, Discreet: mail.discreet}
			r.Lines[key] = &FrozenLine{line.says, line.refers, line.asks, line.mark}
		}
	}
	return r, nil
}

func frozenKey(language string, discreet bool) string {
	if discreet {
		return "discreet " + language
	}
	return language
}

// Mail is the mail of a language, nil where none was made ready: then it is
// rendered when it is sent.
func (r *Retraction) Mail(language string, discreet bool) *Rendered {
	m := r.Mails[frozenKey(language, discreet)]
	if m == nil {
		return nil
	}
	w := words.In(language)
	return &Rendered{Subject: m.Subject, Line: m.Line, Advice: m.Advice, text: thaw(m.Text), html: thaw(m.HTML),
		header: map[string]string{"Content-Language": w.Language}, org: m.Org, words: w, discreet: m.Discreet, because: m.Because}
}

// Brief is the line of a language in at most so many segments, nil as with
// Mail.
func (r *Retraction) Brief(language string, discreet bool, segments int) *Brief {
	l := r.Lines[frozenKey(language, discreet)]
	if l == nil {
		return nil
	}
	return &Brief{Language: words.In(language).Language, says: l.Says, refers: l.Refers, asks: l.Asks, mark: l.Mark, segments: max(segments, 1)}
}

// Freeze writes it down.
func (r *Retraction) Freeze() ([]byte, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	err := json.NewEncoder(z).Encode(r)
	if cerr := z.Close(); err == nil {
		err = cerr
	}
	return b.Bytes(), vedette.Wrap(err, vedette.CodeInternal, "what is said of an update sent in error cannot be written")
}

// Thaw reads what was written down; nil for nothing.
func Thaw(b []byte) (*Retraction, error) {
	if len(b) == 0 {
		return nil, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, badThaw(err)
	}
	r := &Retraction{}
	return r, badThaw(json.NewDecoder(io.LimitReader(z, maxRetraction)).Decode(r))
}

func badThaw(err error) error {
	return vedette.Wrap(err, vedette.CodeInternal, "what was made ready to say of an update sent in error does not read")
}

func (m mould) freeze() (out []frozenPiece) {
	for _, p := range m {
		out = append(out, frozenPiece{p.text, p.hole, p.need})
	}
	return out
}

// thaw makes a mould again. A field that is none fills nothing.
func thaw(list []frozenPiece) (m mould) {
	for _, p := range list {
		if p.H < fields && p.N < fields {
			m = append(m, newPiece(p.T, p.H, p.N))
		}
	}
	return m
}
