package deliver

import (
	"html"
	"strings"
	"time"

	"vedette"
	"vedette/deliver/words"
)

// The bounds of a headline, in characters: in a subject, and where it opens
// the text.
const (
	maxSubjectHead = 140
	maxLineHead    = 400
)

// maxSummary bounds the summary of a mail, in bytes; statements are shown
// whole or not at all. Advice is never cut.
const maxSummary = 1500

// Rendered is the part of a mail that everyone with the same variant shares.
type Rendered struct {
	Subject string
	Line    string   // the first line of the text
	Advice  []string // the wording of each advice, in order, as AdviceText gives it

	text, html mould
	header     map[string]string
	org        string
	words      *words.Table
	discreet   bool
	because    map[vedette.Relation]string
}

// Render makes the shared part of a notice. It fails only when the variant
// points at advice that the update does not have.
func Render(n Notice) (*Rendered, error) {
	if n.Update.Drill != nil {
		return renderDrill(n)
	}
	if n.Discreet {
		return renderDiscreet(n)
	}
	s, err := n.sheet()
	if err != nil {
		return nil, err
	}
	page, err := s.html()
	if err != nil {
		return nil, err
	}
	r := &Rendered{
		Subject: n.Subject(maxSubjectHead), Line: s.Line,
		text: newMould(s.text()), html: newMould(page),
		header: map[string]string{"Content-Language": s.Words.Language},
		org:    Clean(n.Org), words: s.Words, because: n.because(),
	}
	for _, g := range s.Groups {
		for _, l := range g.Lines {
			r.Advice = append(r.Advice, l.wording(s.Words))
		}
	}
	return r, nil
}

// Message fills the personal parts in. A reply address that is no web
// address is left out, with its buttons.
func (r *Rendered) Message(p Personal) Message {
	name, why := Clean(p.Name), Clean(p.Because)
	if r.discreet {
		name = ""
	}
	if why == "" {
		why = r.because[p.Relation]
	}
	v := values{fieldName: r.words.Isolate(name), fieldBecause: why}
	if strings.HasPrefix(p.ReplyURL, "https://") || strings.HasPrefix(p.ReplyURL, "http://") {
		v[fieldURL] = strings.ReplaceAll(Clean(p.ReplyURL), " ", "%20")
	}
	if p.Relation == vedette.RelationMayBe {
		v[fieldMayBe] = "yes"
	}
	m := Message{
		ID: p.ID, To: p.To, Return: p.Return, ToName: name, Subject: r.Subject,
		ListName: r.org, Header: r.header, Discreet: r.discreet,
	}
	r.bodies(&m, &v)
	return m
}

// bodies fills text and HTML, each also as it goes over the wire.
func (r *Rendered) bodies(m *Message, v *values) {
	var h values
	for i, s := range v {
		h[i] = html.EscapeString(s)
	}
	m.Text, m.HTML = r.text.fill(v), r.html.fill(&h)
	q := v.quoted(&values{}, &values{})
	hq := h.quoted(v, &q)
	m.Quoted = &Quoted{r.text.quote(m.Text, v, &q), r.html.quote(m.HTML, &h, &hq)}
}

// Size is about what it takes in memory, in bytes.
func (r *Rendered) Size() int {
	n := len(r.Subject) + len(r.Line) + r.text.size() + r.html.size() + overhead
	for _, a := range r.Advice {
		n += len(a)
	}
	return n
}

// overhead is about what a Rendered takes besides its texts.
const overhead = 2 << 10

// sheet is what a mail says, in the order it is said; text and HTML show
// the same sheet. Everything in it is clean.
type sheet struct {
	Words *words.Table
	Mark  string // "EXERCISE", "TEST", ""
	Late  string // that it was told late, "" where it was not: before all else
	Line  string
	Cause string // why it is told now, "" where it is told for the first time

	RiskWord, Place, Headline, Call string
	HeadIn                          string // language of the headline, "" for a report's words
	Known                           string // what the desk knows of it, in its own words, "" where a summary says it
	Risk                            vedette.Risk
	Posture                         string
	WhatToDo, AlsoStands            string // the headings
	Groups                          []adviceGroup
	NoAdvice                        string // said when there is none
	Also                            []alsoGroup

	Issued, Urgency, Source string
	Summary                 []string
	More                    bool
	PageURL                 string
	Org, Footer, Corrects   string
}

// adviceGroup is a run of advice for one area, with the area's name.
type adviceGroup struct {
	Area  string
	Lines []adviceLine
}

// alsoGroup is advice of another update that stands for them.
type alsoGroup struct {
	From  string
	Lines []adviceLine
}

func (n Notice) sheet() (*sheet, error) {
	c := &n.Update.Content
	groups, err := n.groups()
	if err != nil {
		return nil, err
	}
	also, err := n.also()
	if err != nil {
		return nil, err
	}
	w := n.words()
	word, risk := n.word()
	head, tongue := n.head()
	s := &sheet{
		Words: w, Mark: n.status(), Line: n.Subject(maxLineHead),
		RiskWord: word, Risk: risk, Place: n.place(),
		Headline: n.marked(cut(head, maxLineHead)), HeadIn: tongue,
		Posture: n.posture(), Groups: groups, Also: also,
		WhatToDo: w.Say("todo"), AlsoStands: w.Say("also"),
		Urgency: w.Say("urgency." + c.Urgency.String()), Source: w.Say("source." + c.SourceStrength.String()),
		PageURL: Clean(n.PageURL), Org: Clean(n.Org), Footer: n.footer(),
	}
	ends := n.withdrawn() || n.cancels() != ""
	if call := Clean(c.CallToAction); call != "" && !ends {
		s.Call = n.marked(cut(call, maxLineHead))
	}
	if c.IssuedAt != nil {
		s.Issued = w.Say("short.issued", n.time(*c.IssuedAt))
	}
	if why := w.Say("cause." + string(n.Cause)); why != "" {
		s.Cause = n.mark() + why
	}
	if known := n.known(); known != "" && !ends {
		s.Known = n.mark() + known
	} else {
		n.summary(s)
	}
	n.correction(s)
	n.past(s)
	return s, nil
}

// time writes a moment as the language does, in UTC.
func (n Notice) time(at time.Time) string {
	w := n.words()
	return w.Isolate(at.UTC().Format(w.Say("time")))
}

// groups is the variant's advice in its order, a heading wherever the area
// changes.
func (n Notice) groups() ([]adviceGroup, error) {
	var out []adviceGroup
	for _, l := range n.Variant.Lines {
		text, err := n.adviceLine(l)
		if err != nil {
			return nil, err
		}
		area := n.where(l)
		if len(out) == 0 || out[len(out)-1].Area != area {
			out = append(out, adviceGroup{Area: area})
		}
		last := &out[len(out)-1]
		last.Lines = append(last.Lines, text)
	}
	return out, nil
}

// also is what stands for them by other updates, an update after the other.
func (n Notice) also() ([]alsoGroup, error) {
	w := n.words()
	var out []alsoGroup
	var last vedette.ID
	for _, l := range n.Variant.Others {
		text, err := n.adviceLine(l)
		if err != nil {
			return nil, err
		}
		if u := n.update(l.Update); len(out) == 0 || u.ID != last {
			last = u.ID
			title := cut(Clean(firstOf(u.Situation.Title, u.Content.Title)), maxSubjectHead)
			out = append(out, alsoGroup{From: n.mark() + w.Say("also.from", u.Number, w.Isolate(title), n.time(u.PublishedAt))})
		}
		out[len(out)-1].Lines = append(out[len(out)-1].Lines, text)
	}
	return out, nil
}

// summary takes as many whole statements as have room.
func (n Notice) summary(s *sheet) {
	room := maxSummary
	for _, st := range n.Update.Content.Summary {
		text := Clean(st.Text)
		if room -= len(text); room < 0 {
			s.More = true
			return
		}
		if text != "" {
			s.Summary = append(s.Summary, n.marked(text))
		}
	}
}

// correction says what is corrected or cancelled, and what to people none of
// it applies to any more. A cancellation says so before all else.
func (n Notice) correction(s *sheet) {
	if n.clears() {
		s.NoAdvice = n.clearing()
		return
	}
	if n.asks() {
		return // its question stands below
	}
	if n.Correction == nil {
		if len(n.Variant.Lines) == 0 {
			s.NoAdvice = n.mark() + n.noAdvice()
		}
		return
	}
	w, at := n.words(), n.time(n.Correction.At)
	form := "corrects"
	if ends := n.cancels(); ends != "" {
		form = "cancels"
		s.NoAdvice = n.mark() + strings.TrimSpace(n.inError()+" "+w.Say("todo."+string(ends), at))
	} else if len(n.Variant.Lines) == 0 {
		s.NoAdvice = n.mark() + w.Say("todo.corrects_nothing", at)
	}
	s.Corrects = n.mark() + w.Say(form, n.Correction.Number, at)
}

// noAdvice is said where no line applies.
func (n Notice) noAdvice() string {
	if n.withdrawn() {
		return n.words().Say("todo.withdrawn")
	}
	return n.words().Say("todo.nothing")
}

// footer is who says it and which update it is.
func (n Notice) footer() string {
	u := n.Update
	w := n.words()
	no := w.Say("update", u.Number)
	if title := n.situation(); title != "" {
		no = w.Say("update.of", u.Number, w.Isolate(cut(title, maxSubjectHead)))
	}
	parts := []string{no}
	if org := Clean(n.Org); org != "" {
		parts = []string{w.Isolate(org), no}
	}
	return n.mark() + strings.Join(parts, " · ")
}

func firstOf(a, b string) string {
	if strings.TrimSpace(a) != "" {
		return a
	}
	return b
}
