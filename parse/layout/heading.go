package layout

import (
	"strings"

	"vedette"
	"vedette/parse/page"
	"vedette/parse/phrase"
)

// heading reads a line that is the heading of a section, alone or after a
// topic ("Iran Nuclear Talks: Current Situation").
func (s *scanner) heading(text string) (sec Section, group string, ok bool) {
	if len(text) > 160 {
		return None, "", false
	}
	if _, bulleted := cutBullet(text); bulleted {
		return None, "", false
	}
	if label, ok := s.t.Sections.Names(text); ok {
		sec, group, _ := strings.Cut(label, " ")
		if group != "" {
			group = strings.TrimRight(text, " :–—-.") // as it is written
		}
		return Section(sec), group, true
	}
	text = strings.TrimRight(text, " :")
	left, right, ok := cutLastColon(text)
	if !ok {
		return None, "", false
	}
	if label, ok := s.t.Sections.Names(right); ok && phrase.Count(left, 11) <= 10 {
		sec, _, _ := strings.Cut(label, " ")
		return Section(sec), left, true
	}
	if label, ok := s.t.Sections.Names(left); ok && label == string(Advice) && s.isArea(right) {
		return Advice, right, true
	}
	return None, "", false
}

func cutLastColon(s string) (left, right string, ok bool) {
	for _, d := range []string{":", " – ", " — ", " - "} {
		if i := strings.LastIndex(s, d); i > 0 {
			return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+len(d):]), s[i+len(d):] != ""
		}
	}
	return "", "", false
}

func (s *scanner) takeHeading(l page.Line) bool {
	sec, group, ok := s.heading(l.Text)
	if !ok {
		return false
	}
	if sec == Advice && s.sec == Advice && group == "" && s.daily == "" && !endsSection(l.Text) {
		return false // "Travel advice" under Recommendations is a group
	}
	s.sec, s.group, s.lead = sec, group, lead{}
	if group == "" {
		s.group = s.dailyGroup(sec)
	}
	s.put(Heading, l, l.Text)
	return true
}

// endsSection says whether an advice heading opens the section rather than a
// group in it.
func endsSection(text string) bool {
	w := strings.ToLower(strings.TrimRight(text, " :"))
	return strings.HasPrefix(w, "recommendation") || w == "actionable items" || w == "advice"
}

// takeInline takes "Current Situation – text": a heading and its first item.
func (s *scanner) takeInline(l page.Line) bool {
	text := l.Text
	if rest, ok := cutBullet(text); ok {
		text = rest
	}
	left, right, ok := cutFirstMark(text)
	if !ok {
		return false
	}
	label, ok := s.t.Sections.Names(left)
	if !ok || label == string(Forecast) && (s.sec == Assessment || s.sec == Forecast) {
		return false
	}
	sec, group, _ := strings.Cut(label, " ")
	s.sec, s.group, s.lead = Section(sec), group, lead{}
	if group == "" {
		s.group = s.dailyGroup(s.sec)
	}
	b := s.put(Item, l, right)
	b.Inline = true
	s.open, s.bullet, s.indent = len(s.out)-1, false, l.Indent
	return true
}

// longestLabel is the most bytes of the words before the mark of an inline
// heading.
const longestLabel = 60

// cutFirstMark parts a line at its first colon or spaced dash, where that stands
// after no more than a label.
func cutFirstMark(s string) (left, right string, ok bool) {
	for i := 1; i < len(s) && i <= longestLabel; i++ {
		width := markAt(s[i:])
		if width == 0 {
			continue
		}
		right = strings.TrimSpace(s[i+width:])
		return s[:i], right, right != ""
	}
	return "", "", false
}

// markAt gives the bytes of a colon or spaced dash that a text begins with.
func markAt(s string) int {
	switch s[0] {
	case ':':
		return 1
	case ' ':
		for _, d := range []string{" – ", " — ", " - "} {
			if strings.HasPrefix(s, d) {
				return len(d)
			}
		}
	}
	return 0
}

// takeDaily takes the item line of a daily summary, "MENA: headline; advice",
// known by the inline heading under it; in a daily or regional summary by any
// heading.
func (s *scanner) takeDaily(l page.Line) bool {
	left, right := cutDaily(stripBullet(l.Text))
	if right == "" && !s.summary {
		return false
	}
	next := s.nextText()
	head, _, ok := cutFirstMark(stripBullet(next))
	if ok {
		_, ok = s.t.Sections.Names(head)
	}
	if !ok && s.summary { // "Current Situation" on a line of its own
		_, group, alone := s.heading(next)
		ok = alone && group == ""
	}
	if !ok || !s.isArea(left) {
		return false
	}
	s.daily, s.sec = stripBullet(l.Text), Situation
	s.group = s.daily
	s.put(Heading, l, l.Text)
	return true
}

// cutDaily parts an item line of a daily summary into its area and its headline:
// at the first colon, else at a spaced dash. No headline where it is none.
func cutDaily(s string) (area, headline string) {
	left, right, ok := strings.Cut(s, ":")
	if !ok || len(left) > 80 || strings.TrimSpace(right) == "" {
		left, right, ok = cutFirstMark(s)
	}
	if !ok || len(left) > 80 {
		return strings.TrimSpace(s), ""
	}
	return strings.TrimSpace(left), strings.TrimSpace(right)
}

// dailyGroup is the topic or group an inline heading stands under: the whole
// item line for claims, its area for advice.
func (s *scanner) dailyGroup(sec Section) string {
	switch {
	case s.daily == "":
		return ""
	case sec == Advice:
		left, _ := cutDaily(s.daily)
		return left
	case sec == Situation:
		return s.daily
	}
	return ""
}

// nextText gives the next line that is not blank.
func (s *scanner) nextText() string {
	for j := s.i + 1; j < len(s.lines); j++ {
		if t := s.lines[j].Text; t != "" {
			return t
		}
	}
	return ""
}

// takeTopic takes the sub-heading of a topic or of a group of advice.
func (s *scanner) takeTopic(l page.Line) bool {
	if !s.isTopic(l) {
		return false
	}
	name := strings.TrimRight(l.Text, " :–—-")
	switch s.sec {
	case Situation:
		s.group = name
	case Advice:
		s.group = s.takeLeadIn(name)
	case None:
		s.sec, s.group = Situation, name
		s.unknownHeading(l)
	default:
		s.unknownHeading(l)
	}
	s.put(Heading, l, l.Text)
	return true
}

func (s *scanner) unknownHeading(l page.Line) {
	s.find(vedette.FindUnknownHeading, vedette.Lines{l.First, l.Last}, false, "%q looks like a heading, but is none that is known", l.Text)
}

// asserts says whether a short line is a sentence of its own: it has a verb of
// being or becoming.
func asserts(text string) bool {
	for _, t := range phrase.Tokens(text) {
		switch t.Word {
		case "is", "are", "was", "were", "will", "has", "have", "remains", "remain", "continues":
			return true
		}
	}
	return false
}

// isTopic says whether a line is a sub-heading: short, no bullet, no end of a
// sentence, with items under it.
func (s *scanner) isTopic(l page.Line) bool {
	text := l.Text
	if _, ok := cutBullet(text); ok || len(text) > 110 || endsSentence(text) || endsWith(text, ',') || s.continues(l) {
		return false
	}
	n := phrase.Count(text, 15)
	next := s.nextText()
	if _, _, head := s.heading(next); n == 0 || n > 14 || next == "" || head || len(s.panel(next)) > 0 {
		return false
	}
	colon := endsWith(text, ':')
	_, bulleted := cutBullet(next)
	switch s.sec {
	case None:
		return s.headed && s.titled && (colon || allCaps(text)) && n <= 6
	case Summary, Assessment, Forecast:
		judged := s.t.Odds(vedette.ScaleICD203).Find(phrase.Tokens(text))
		return len(judged) == 0 && !asserts(text) && (colon && n <= 8 || allCaps(text) && n <= 8 || bulleted && n <= 4)
	case Advice:
		if s.isArea(text) {
			return true
		}
	}
	return colon || bulleted || n <= 8 && (endsSentence(next) || s.fullNext()) && (s.open < 0 || s.gap || endsSentence(s.lines[s.i-1].Text))
}
