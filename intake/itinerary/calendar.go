package itinerary

import (
	"strings"
	"unicode"

	"vedette"
	"vedette/intake/sheet"
)

// The bounds of a calendar.
const (
	maxEvents   = 20_000
	maxValue    = 64 << 10 // bytes of a property that are looked at, however long it is folded
	maxDepth    = 16       // components within components
	maxProperty = 200      // properties of an event that are looked at
)

// property is a content line (RFC 5545, 3.1), unfolded.
type property struct {
	line   int    // where it begins, from 1
	name   string // in capitals, "" where the line is no property
	params string // as they stand
	value  string // as it stands, at most maxValue
}

// lines walks the content lines of a calendar. Any line ending will do.
type lines struct {
	text string
	line int
}

func (l *lines) next() (property, bool) {
	for l.text != "" {
		p := property{line: l.line}
		raw, long := l.physical(), ""
		if l.folded() {
			long = l.unfold(raw)
		} else {
			long = raw[:min(len(raw), maxValue)]
		}
		if strings.TrimSpace(long) == "" {
			continue
		}
		p.name, p.params, p.value = split(long)
		return p, true
	}
	return property{}, false
}

// physical takes one line off the text.
func (l *lines) physical() string {
	l.line++
	i := strings.IndexAny(l.text, "\r\n")
	if i < 0 {
		line := l.text
		l.text = ""
		return line
	}
	line, n := l.text[:i], i+1
	if l.text[i] == '\r' && n < len(l.text) && l.text[n] == '\n' {
		n++
	}
	l.text = l.text[n:]
	return line
}

func (l *lines) folded() bool { return l.text != "" && (l.text[0] == ' ' || l.text[0] == '\t') }

// unfold puts a line together with those that go on with it.
func (l *lines) unfold(first string) string {
	var b strings.Builder
	b.WriteString(first[:min(len(first), maxValue)])
	for l.folded() {
		more := l.physical()[1:]
		if room := maxValue - b.Len(); room > 0 {
			b.WriteString(more[:min(len(more), room)])
		}
	}
	return b.String()
}

// split parts NAME;PARAM=x;PARAM="y":value. The name is "" where there is
// none.
func split(s string) (name, params, value string) {
	quoted := false
	end := -1
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"':
			quoted = !quoted
		case c == ';' && !quoted && end < 0:
			end = i
		case c == ':' && !quoted:
			if end < 0 {
				end = i
			}
			name = strings.ToUpper(strings.TrimSpace(s[:end]))
			if name == "" || strings.ContainsFunc(name, func(r rune) bool { return r > '~' || r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
				return "", "", s
			}
			return name, strings.TrimPrefix(s[end:i], ";"), s[i+1:]
		}
	}
	return "", "", s
}

// param gives a parameter's value, "" where it has none.
func (p *property) param(name string) string {
	for rest := p.params; rest != ""; {
		var one string
		one, rest = cutParam(rest)
		if k, v, ok := strings.Cut(one, "="); ok && strings.EqualFold(strings.TrimSpace(k), name) {
			return strings.Trim(strings.TrimSpace(v), `"`)
		}
	}
	return ""
}

func cutParam(s string) (string, string) {
	quoted := false
	for i := range len(s) {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == ';' && !quoted:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// words gives the value of a text, its escapes undone, each line tidied.
func (p *property) words() string {
	v := strings.NewReplacer(`\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(p.value)
	var b strings.Builder
	for _, r := range v {
		switch {
		case r == '\n':
			b.WriteByte('\n')
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case unicode.IsControl(r) || r == '\uFEFF' || r >= '\u200B' && r <= '\u200F' || r >= '\u202A' && r <= '\u202E' || r >= '\u2060' && r <= '\u2069':
		default:
			b.WriteRune(r)
		}
	}
	return strings.TrimSpace(strings.ToValidUTF8(b.String(), "\uFFFD"))
}

// component is a BEGIN … END block.
type component struct {
	line   int
	props  []property
	inside []component // of a VTIMEZONE: its observances
	more   bool        // it has more properties than are looked at
}

func (c *component) prop(name string) (property, bool) {
	for _, p := range c.props {
		if p.name == name {
			return p, true
		}
	}
	return property{}, false
}

// calendar is what a file holds, before it is understood.
type calendar struct {
	props  []property // of the calendars themselves
	events []component
	zones  map[string]component // by TZID
	odd    []int                // lines that are no property
	open   *component           // an event the file breaks off in
}

// parse reads a calendar's text. The error is CodeInvalid where it is none.
func parse(text string) (*calendar, error) {
	cal := &calendar{zones: map[string]component{}}
	l := &lines{text: text, line: 1}
	var stack []string
	var at component // the event or zone at hand
	for p, ok := l.next(); ok; p, ok = l.next() {
		value := strings.ToUpper(strings.TrimSpace(p.value))
		switch {
		case len(stack) == 0 && (p.name != "BEGIN" || value != "VCALENDAR"):
			if len(cal.props) == 0 && len(cal.events) == 0 {
				return nil, vedette.Errorf(vedette.CodeInvalid, "line %d: this is no calendar: it must begin with BEGIN:VCALENDAR; export it as iCalendar (.ics)", p.line)
			}
		case p.name == "BEGIN":
			if stack = append(stack, value); len(stack) > maxDepth {
				return nil, vedette.Errorf(vedette.CodeInvalid, "line %d: the calendar nests deeper than %d parts: it is damaged; export it again", p.line, maxDepth)
			}
			switch {
			case len(stack) == 2:
				at = component{line: p.line}
			case len(stack) == 3 && stack[1] == "VTIMEZONE" && len(at.inside) < maxProperty:
				at.inside = append(at.inside, component{line: p.line})
			}
		case p.name == "END":
			if value != stack[len(stack)-1] {
				return nil, vedette.Errorf(vedette.CodeInvalid, "line %d: END:%s closes %s: the calendar is damaged; export it again", p.line, sheet.Cut(value), sheet.Cut(stack[len(stack)-1]))
			}
			if len(stack) == 2 {
				if err := cal.take(stack[1], at); err != nil {
					return nil, err
				}
			}
			stack = stack[:len(stack)-1]
		default:
			cal.property(stack, &at, p)
		}
	}
	if len(stack) > 1 && stack[1] == "VEVENT" {
		cal.open = &at
	}
	return cal, nil
}

// property puts a property where it belongs.
func (cal *calendar) property(stack []string, at *component, p property) {
	to := &at.props
	switch {
	case p.name == "":
		if len(cal.odd) < maxProperty {
			cal.odd = append(cal.odd, p.line)
		}
		return
	case len(stack) == 1:
		to = &cal.props
	case len(stack) == 3 && stack[1] == "VTIMEZONE" && len(at.inside) > 0:
		to = &at.inside[len(at.inside)-1].props
	case len(stack) > 2:
		return // an alarm's
	}
	if len(*to) < maxProperty {
		*to = append(*to, p)
	} else {
		at.more = true
	}
}

// take keeps a component that is closed.
func (cal *calendar) take(kind string, c component) error {
	switch kind {
	case "VEVENT":
		if len(cal.events) >= maxEvents {
			return vedette.Errorf(vedette.CodeInvalid, "the calendar has more than %d events: split it", maxEvents)
		}
		cal.events = append(cal.events, c)
	case "VTIMEZONE":
		if id, ok := c.prop("TZID"); ok && len(cal.zones) < maxProperty {
			cal.zones[strings.Trim(id.value, `" `)] = c
		}
	}
	return nil
}
