package deliver

import (
	_ "embed"
	"html/template"
	"slices"
	"strings"

	"vedette"
	"vedette/deliver/words"
)

//go:embed discreet.html.tmpl
var discreetPage string

var discreetTemplate = template.Must(template.New("discreet").Parse(discreetPage))

// renderDiscreet makes a mail that tells whoever reads over a shoulder as little
// as may be: what to do in its short form, and the link, behind which is the
// rest. What has no short form, and what depends on who they are or on what is
// feared, is behind the link too.
func renderDiscreet(n Notice) (*Rendered, error) {
	w := n.words()
	told, err := n.discreetly()
	if err != nil {
		return nil, err
	}
	s := &discreetSheet{Words: w, Told: told, Subject: n.mark() + n.reminder() + w.Say("discreet.subject"), Open: n.mark() + w.Say("discreet.open")}
	page, err := s.html()
	if err != nil {
		return nil, err
	}
	return &Rendered{Subject: s.Subject, Line: s.says()[0], Advice: told, text: newMould(s.text()), html: newMould(page),
		header: map[string]string{"Content-Language": w.Language}, words: w, discreet: true}, nil
}

// discreetSheet is what such a mail says.
type discreetSheet struct {
	Words         *words.Table
	Subject, Open string
	Told          []string
}

// says is what stands before the link: never nothing.
func (s *discreetSheet) says() []string {
	if len(s.Told) == 0 {
		return []string{s.Subject}
	}
	return s.Told
}

func (s *discreetSheet) text() string {
	return strings.Join(s.says(), "\n") + "\n" + only(fieldURL, s.Open+" "+hole(fieldURL)+"\n")
}

func (s *discreetSheet) html() (string, error) {
	var b strings.Builder
	err := discreetTemplate.Execute(&b, struct {
		*discreetSheet
		Says                 []string
		IfReply, EndIf, Text template.HTML
		Href                 template.HTMLAttr
	}{
		s, s.says(), template.HTML([]byte{openMark, byte(fieldURL) + '0'}), template.HTML([]byte{closeMark}), template.HTML(hole(fieldURL)),
		template.HTMLAttr(`href="` + hole(fieldURL) + `"`),
	})
	if err != nil {
		return "", vedette.Wrap(err, vedette.CodeInternal, "the e-mail could not be laid out")
	}
	return b.String(), nil
}

// discreetly is what may be said of what to do, each thing once.
func (n Notice) discreetly() (out []string, err error) {
	lead := n.mark() + n.discreetWord()
	if late := n.late(); late != "" {
		out = append(out, late)
	}
	if n.cancels() != "" || len(n.Variant.Lines) == 0 {
		told, err := n.told()
		for _, t := range told {
			out = append(out, lead+t.text)
		}
		return out, err
	}
	for _, l := range n.Variant.Lines {
		if _, ended := n.ended(l); l.Suspended || l.Cleared || ended {
			continue
		}
		told, err := n.deed(l)
		if err != nil {
			return nil, err
		}
		if len(told) > 0 && !slices.Contains(out, lead+told[0].text) {
			out = append(out, lead+told[0].text)
		}
	}
	return out, nil
}

// discreetWord says that it corrects or ends what was told, "" where it does
// neither.
func (n Notice) discreetWord() string {
	w := n.words()
	switch {
	case n.Correction == nil:
		return ""
	case n.cancels() == "":
		return w.Say("head.correction") + w.Say("colon")
	}
	return w.Say("line."+string(n.cancels())) + w.Say("colon")
}

// opens is the key of what bids to open the link.
func (n Notice) opens() string {
	if n.Discreet {
		return "discreet.open"
	}
	return "line.open"
}
