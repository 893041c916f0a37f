package layout

import (
	"strings"
	"unicode"

	"vedette/parse/page"
	"vedette/parse/phrase"
)

// field is a label of the metadata panel with its value.
type field struct{ label, value string }

// panel reads a line that is labels with their values, or one label alone
// (its value is "\x00": on the next line); nothing when it is neither.
func (s *scanner) panel(text string) []field {
	if rest, ok := cutBullet(text); ok {
		text = rest
	}
	if len(text) > 600 || !s.t.Labels.Opens(text) {
		return nil
	}
	ts := phrase.Tokens(text)
	var out []field
	valueFrom := 0
	for i := 0; i < len(ts); i++ {
		h, ok := s.t.Labels.At(ts, i)
		if !ok || !labelled(text, ts, h) {
			if len(out) == 0 {
				return nil
			}
			continue
		}
		if len(out) > 0 {
			out[len(out)-1].value = trimValue(text[valueFrom:ts[i].Start])
		}
		out = append(out, field{label: h.Label})
		valueFrom = ts[h.To-1].End
		i = h.To - 1
	}
	if len(out) == 0 {
		return nil
	}
	last := &out[len(out)-1]
	last.value = trimValue(text[valueFrom:])
	if last.value == "" {
		last.value = "\x00"
	}
	return out
}

// labelled says whether the hit is meant as a label: a colon follows, it is
// all there is, or it is in capitals.
func labelled(text string, ts []phrase.Token, h phrase.Hit) bool {
	if h.To == len(ts) {
		return h.From == 0 || allCaps(text[ts[h.From].Start:ts[h.To-1].End])
	}
	if ts[h.To].Word == ":" || ts[h.To].Word == "–" && h.From == 0 {
		return true
	}
	return h.To-h.From > 1 && allCaps(text[ts[h.From].Start:ts[h.To-1].End])
}

func trimValue(s string) string { return strings.Trim(s, " :|;,\t–—") }

func allCaps(s string) bool {
	letters := 0
	for _, c := range s {
		if unicode.IsLower(c) {
			return false
		}
		if unicode.IsUpper(c) {
			letters++
		}
	}
	return letters > 2
}

func (s *scanner) takePanel(l page.Line) bool {
	fields := s.panel(l.Text)
	if len(fields) == 0 || fields[0].label == "issued" && s.sec != None {
		return false
	}
	last := &fields[len(fields)-1]
	next := -1
	if last.value == "\x00" {
		last.value = ""
		if next = s.valueLine(); next >= 0 {
			last.value = s.lines[next].Text
			for last.label == "affected" && next+1 < len(s.lines) && s.isArea(s.lines[next+1].Text) && !s.headsItems(next+1) { // one area a line
				next++
				last.value += ", " + s.lines[next].Text
			}
		} else if len(fields) == 1 && !allCaps(l.Text) && !endsWith(l.Text, ':') {
			return false
		}
	}
	for _, f := range fields {
		if f.label == "issued" {
			s.Stamp.Add(s.t, f.value)
			s.date(l)
			continue
		}
		s.put(Field, l, f.value).Label = f.label
	}
	for ; next > s.i; s.i++ {
		if v := s.lines[s.i+1]; v.Text == "" {
			s.put(Blank, v, "")
		} else {
			s.put(Field, v, v.Text)
		}
	}
	return true
}

// headsItems says whether a line is a heading: it ends with a colon, or an item
// with a bullet follows.
func (s *scanner) headsItems(i int) bool {
	if endsWith(s.lines[i].Text, ':') {
		return true
	}
	for i++; i < len(s.lines); i++ {
		if text := s.lines[i].Text; text != "" {
			_, bulleted := cutBullet(text)
			return bulleted
		}
	}
	return false
}

// valueLine gives the line that holds the value of a label standing alone, -1
// when what follows is another label, a heading or running text.
func (s *scanner) valueLine() int {
	for j := s.i + 1; j < len(s.lines) && j <= s.i+3; j++ {
		text := s.lines[j].Text
		if text == "" {
			continue
		}
		_, _, head := s.heading(text)
		_, bulleted := cutBullet(text)
		if head || bulleted || len(s.panel(text)) > 0 || j == s.title || len(text) > 150 || endsWith(text, '.') {
			return -1
		}
		return j
	}
	return -1
}
