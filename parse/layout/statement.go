package layout

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"vedette"
	"vedette/parse/page"
	"vedette/parse/phrase"
)

const bulletRunes = "-–—•*+·▪●‣◦○■□►➢→✓"

// cutBullet takes the bullet or number off an item: "- ", "• ", "1. ", "1) ",
// "(1) ", "a) ".
func cutBullet(s string) (string, bool) {
	c, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s, false
	}
	if strings.ContainsRune(bulletRunes, c) {
		rest := s[n:]
		if c >= utf8.RuneSelf && c != '–' && c != '—' || strings.HasPrefix(rest, " ") {
			rest = strings.TrimLeft(rest, " ")
			return rest, rest != ""
		}
		return s, false
	}
	t := strings.TrimPrefix(s, "(")
	i := 0
	for i < len(t) && i < 2 && t[i] >= '0' && t[i] <= '9' {
		i++
	}
	if i == 0 && len(t) > 1 && t[0] >= 'a' && t[0] <= 'h' && t[1] == ')' || strings.HasPrefix(s, "o ") {
		i = 1
	}
	if i == 0 || i >= len(t) {
		return s, false
	}
	if rest, ok := strings.CutPrefix(t[i:], ") "); ok {
		return rest, rest != ""
	}
	if rest, ok := strings.CutPrefix(t[i:], ". "); ok && len(t) == len(s) && t[0] <= '9' {
		return rest, rest != ""
	}
	if t[0] == 'o' && t[i] == ' ' {
		return strings.TrimSpace(t[i:]), true
	}
	return s, false
}

func stripBullet(s string) string {
	if rest, ok := cutBullet(s); ok {
		return rest
	}
	return strings.TrimSpace(s)
}

// takeStatement takes what no other step took: an item, the next line of one,
// a severity word on its own, or text that is left unread.
func (s *scanner) takeStatement(l page.Line) {
	if s.continues(l) {
		b := &s.out[s.open]
		b.more = append(b.more, l.Text)
		b.Lines[1] = l.Last
		return
	}
	text, bulleted := cutBullet(l.Text)
	sec := s.sec
	if sec == None {
		if s.takeLead(l, text, bulleted) {
			return
		}
		if sec = Situation; s.headed {
			sec = Summary
		}
	}
	s.endLeadIn(l, text, bulleted)
	if bulleted && s.takeNested(l, text) {
		return
	}
	group, led := s.group, s.lead.words
	if sec == Advice {
		if left, right, ok := strings.Cut(text, ":"); ok && len(left) < 60 && phrase.Count(right, 2) > 1 && s.isArea(left) {
			group, text, led = strings.TrimSpace(left), strings.TrimSpace(right), ""
		}
	}
	rest, marked := cutMarker(text)
	b := s.put(Item, l, rest)
	b.Section, b.Group, b.Lead, b.Marked = sec, group, led, marked
	if led != "" {
		b.Outer = s.lead.outer
	}
	s.open, s.bullet, s.indent = len(s.out)-1, bulleted, l.Indent
}

// takeLead takes a line before the first heading that is no statement: the
// severity on a line of its own, or a fragment.
func (s *scanner) takeLead(l page.Line, text string, bulleted bool) bool {
	if _, ok := s.t.Risks.Names(text); ok && !bulleted && s.titled {
		s.put(Field, l, text).Label = "risk"
		return true
	}
	if bulleted || endsSentence(text) || s.titled && phrase.Count(text, 8) >= 8 {
		return false
	}
	s.put(Unread, l, l.Text)
	return true
}

// cutMarker takes the mark of a forecast off an item.
func cutMarker(text string) (string, bool) {
	if len(text) > 9 && strings.EqualFold(text[:8], "forecast") {
		rest := strings.TrimLeft(text[8:], " ")
		for _, m := range []string{":", "–", "—", "-"} {
			if r, ok := strings.CutPrefix(rest, m); ok && (m == ":" || rest != text[8:]) && strings.TrimSpace(r) != "" {
				return strings.TrimSpace(r), true
			}
		}
	}
	return text, false
}

// continues says whether a line goes on with the item above it.
func (s *scanner) continues(l page.Line) bool {
	if s.open < 0 || s.gap || s.out[s.open].Kind != Item {
		return false
	}
	if s.page.HTML { // a break inside an item
		return lowerStart(l.Text) && !endsSentence(s.lines[s.i-1].Text)
	}
	above := s.lines[s.i-1].Text
	if _, ok := cutBullet(l.Text); ok {
		return s.partsDate(above, l.Text)
	}
	whole := endsSentence(above)
	switch {
	case lowerStart(l.Text) && whole && phrase.Count(l.Text, 7) <= 6 && !endsSentence(l.Text) && s.bulletNext():
		return false
	case lowerStart(l.Text):
		return !whole || !endsWith(l.Text, ':') || phrase.Count(l.Text, 9) > 8
	case s.bullet && l.Indent > s.indent:
		return true
	case !whole && (strings.HasSuffix(above, ",") || strings.HasSuffix(above, " and")):
		return true
	case s.width == 0 || endsWith(l.Text, ':'):
		return false
	case !whole:
		return len(above) >= 40 && !hadRoom(above, l.Text)
	case !endsSentence(l.Text) && (s.bulletNext() || phrase.Count(l.Text, 6) <= 5 && s.fullNext()):
		return false // a heading under an item that fills its line
	}
	n := utf8.RuneCountInString(above)
	return n*4 >= s.width*3 && n*20 <= s.width*21 && (s.bullet || s.inWrapped()) && !s.sells(l.Text)
}

// sells says whether a line of its own would be promotion or a contact line.
func (s *scanner) sells(text string) bool {
	return slices.ContainsFunc(s.t.Noise.Find(phrase.Tokens(text)), func(h phrase.Hit) bool {
		return h.Label == vedette.AsidePromotion || h.Label == vedette.AsideContact
	})
}

// inWrapped says whether the run of lines without a blank one or a heading between
// that the present line is of has a line that breaks off in the middle of a sentence. A
// run without one is a list: each of its lines is whole.
func (s *scanner) inWrapped() bool {
	if s.i < s.run.end {
		return s.run.wrapped
	}
	from := s.i
	for from > s.run.end && !s.ends(from-1) {
		from--
	}
	s.run.end, s.run.wrapped = from+1, false
	for ; s.run.end < len(s.lines) && !s.ends(s.run.end); s.run.end++ {
		above, l := s.lines[s.run.end-1].Text, s.lines[s.run.end].Text
		s.run.wrapped = s.run.wrapped || len(above) > 60 && !endsSentence(above) && !endsWith(above, ':') && endsSentence(l)
	}
	return s.run.wrapped
}

// fullNext says whether the next line opens with a capital and fills its width,
// as the first of a wrapped paragraph does.
func (s *scanner) fullNext() bool {
	if s.width == 0 || s.i+1 >= len(s.lines) {
		return false
	}
	next := s.lines[s.i+1].Text
	c, _ := utf8.DecodeRuneInString(next)
	return unicode.IsUpper(c) && utf8.RuneCountInString(next)*4 >= s.width*3
}

// partsDate says whether a wrap parts a month from its day, "until June" and
// "27. Water": what looks like a number of a list is none.
func (s *scanner) partsDate(above, text string) bool {
	day, _, dotted := strings.Cut(text, ". ")
	if n, err := strconv.Atoi(day); err != nil || !dotted || n < 1 || n > 31 || endsSentence(above) {
		return false
	}
	word := above[strings.LastIndexByte(above, ' ')+1:]
	h, ok := s.t.Months.At(phrase.Tokens(word), 0)
	return ok && strings.HasPrefix(h.Label, "month ")
}

// ends says whether a line is none of a run: blank, or a heading.
func (s *scanner) ends(i int) bool {
	if s.lines[i].Text == "" {
		return true
	}
	_, _, head := s.heading(s.lines[i].Text)
	return head
}

// bulletNext says whether the next line is an item with a bullet.
func (s *scanner) bulletNext() bool {
	_, ok := cutBullet(s.nextText())
	return ok
}

// hadRoom says whether a line would have held the first word of the next, which
// is longer: then no wrap parted them.
func hadRoom(above, next string) bool {
	first, _, _ := strings.Cut(next, " ")
	return (utf8.RuneCountInString(above)+1+utf8.RuneCountInString(first))*5 <= utf8.RuneCountInString(next)*4
}
