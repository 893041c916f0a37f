package deliver

import "vedette/deliver/words"

// A drill says that it is one with its first word, and asks for an answer; of
// anything else it says nothing.

// renderDrill makes the mail of a drill.
func renderDrill(n Notice) (*Rendered, error) {
	w := n.words()
	s := &discreetSheet{Words: w, Told: []string{n.mark() + w.Say("drill.what")}, Subject: n.mark() + w.Say("drill.subject"), Open: w.Say("drill.open")}
	page, err := s.html()
	if err != nil {
		return nil, err
	}
	return &Rendered{Subject: s.Subject, Line: s.Told[0], Advice: s.Told, text: newMould(s.text()), html: newMould(page),
		header: map[string]string{"Content-Language": w.Language}, org: drillOrg(n), words: w, discreet: n.Discreet}, nil
}

func drillOrg(n Notice) string {
	if n.Discreet {
		return ""
	}
	return Clean(n.Org)
}

// briefDrill makes the short message of a drill. The first digit is answered
// where the message came from; the link does where no answer is read.
func briefDrill(n Notice, segments int) *Brief {
	w := n.words()
	say := n.mark() + w.Say("drill.line")
	return &Brief{Language: w.Language, segments: segments, mark: n.status(), says: []string{say}, refers: []string{say}, asks: []string{say}}
}

// DrillHeadline heads the page that a drill's link opens.
func DrillHeadline(language string) string { return words.In(language).Say("drill.subject") }
