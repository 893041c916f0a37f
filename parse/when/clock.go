package when

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"vedette"
	"vedette/parse/phrase"
)

// instant places a clock time: in the zone given, else in that of the place.
// A zone given by its abbreviation is the place's where that keeps it then.
func (c *Calendar) instant(w vedette.When, m Moment, day time.Time, zone string) vedette.When {
	clock := time.Duration(m.hour)*time.Hour + time.Duration(m.min)*time.Minute
	if m.here != "" {
		zone = m.here // "06:00 ET"
	}
	loc := location(zone)
	if m.zone != "" {
		hours := c.hoursOf(m, day.Add(clock), loc)
		at := day.Add(clock - time.Duration(hours*float64(time.Hour)))
		w.At, w.Zone = &at, m.zone
		if m.zone != "UTC" && loc != nil && offset(at, loc) == hours {
			w.Zone = zone
		}
		return w
	}
	if loc == nil {
		if m.day0 {
			w.Date = day.Format(time.DateOnly)
		}
		return w
	}
	at := time.Date(day.Year(), day.Month(), day.Day(), m.hour, m.min, 0, 0, loc).UTC()
	w.At, w.Zone = &at, zone
	return w
}

// hoursOf gives the hours from UTC that an abbreviation means: its own, or
// another meaning of it that the place keeps ("IST" in Israel).
func (c *Calendar) hoursOf(m Moment, at time.Time, loc *time.Location) float64 {
	if loc == nil || m.short == "" {
		return m.hours
	}
	if name, seconds := at.In(loc).Zone(); strings.EqualFold(name, m.short) {
		return float64(seconds) / 3600
	}
	return m.hours
}

func offset(at time.Time, loc *time.Location) float64 {
	_, seconds := at.In(loc).Zone()
	return float64(seconds) / 3600
}

func location(zone string) *time.Location {
	if zone == "" {
		return nil
	}
	if loc, ok := zones.Load(zone); ok {
		return loc.(*time.Location)
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		return nil // an unknown zone is none
	}
	zones.Store(zone, loc)
	return loc
}

// zones keeps what was loaded, by name: reading a zone is reading a file. Names
// come from the gazetteer and the word tables, so there are some hundreds.
var zones sync.Map

// clockAt reads a clock time: "10:00 (local time)", "4 pm", "12:00 UTC".
func (c *Calendar) clockAt(text string, ts []phrase.Token, i int) (Moment, bool) {
	m := Moment{From: i, weekday: -1, clock: true}
	if named := c.namedHour(ts, &m) || c.military(ts, &m); named {
		return c.zoneAt(text, ts, m), true
	}
	h, min, n := clock(ts[i:])
	if n == 0 {
		w := strings.TrimRight(ts[i].Word, ".")
		num, suffix := strings.TrimRight(w, "apm."), ""
		if num != w && (strings.HasSuffix(w, "am") || strings.HasSuffix(w, "pm")) { // "4pm"
			suffix = w[len(num):]
		}
		h, n = atoi(num), 1
		if suffix != "" {
			m.hour, m.To = h%12+12*b2i(suffix[0] == 'p'), i+1
			return c.zoneAt(text, ts, m), h >= 1 && h <= 12
		}
		if h < 1 || h > 12 || i+1 >= len(ts) || !meridiem(ts[i+1].Word) {
			return m, false
		}
	}
	m.hour, m.min, m.To = h, min, i+n
	if strings.HasSuffix(ts[m.To-1].Word, "z") {
		m.zone = "UTC"
		return m, true
	}
	c.halfDay(ts, &m)
	return c.zoneAt(text, ts, m), true
}

// namedHour reads "noon" and "midnight" after a preposition.
func (c *Calendar) namedHour(ts []phrase.Token, m *Moment) bool {
	w, i := ts[m.From].Word, m.From
	if w != "noon" && w != "midday" && w != "midnight" || i == 0 || i+1 < len(ts) && strings.HasPrefix(ts[i+1].Word, "prayer") {
		return false
	}
	if w == "midnight" && (ts[i-1].Word == "before" || ts[i-1].Word == "after") && (i+1 >= len(ts) || ts[i+1].Word != "on" && ts[i+1].Word != "of") {
		return false // of which day is not said
	}
	if w == "midday" && (i+1 >= len(ts) || ts[i+1].Word != "on") && !c.dayBefore(ts, i) {
		return false // "peak by midday"
	}
	switch ts[i-1].Word {
	case "at", "by", "until", "till", "through", "from", "since", "around", "before", "after", "of": // "as of noon"
		m.hour, m.To = 12*b2i(w != "midnight"), i+1
		return true
	}
	if c.dayBefore(ts, i) { // "Saturday noon"
		m.hour, m.To = 12*b2i(w != "midnight"), i+1
		return true
	}
	return false
}

// dayBefore says whether a weekday stands right before a token.
func (c *Calendar) dayBefore(ts []phrase.Token, i int) bool {
	if i == 0 || len(ts[i-1].Word) < 4 {
		return false
	}
	h, ok := c.t.Months.At(ts, i-1)
	return ok && strings.HasPrefix(h.Label, "day ")
}

// military reads "0600 UTC".
func (c *Calendar) military(ts []phrase.Token, m *Moment) bool {
	w, i := ts[m.From].Word, m.From
	if len(w) != 4 || i+1 >= len(ts) {
		return false
	}
	at := atoi(w)
	if at < 0 || at >= 2400 || at%100 > 59 || !c.zoneWord(ts, i+1) {
		return false
	}
	m.hour, m.min, m.To = at/100, at%100, i+1
	return true
}

// halfDay takes "AM" or "p.m." after a clock time.
func (c *Calendar) halfDay(ts []phrase.Token, m *Moment) {
	if m.To >= len(ts) || !meridiem(ts[m.To].Word) {
		return
	}
	m.hour = m.hour%12 + 12*b2i(ts[m.To].Word[0] == 'p')
	m.To++
	if m.To+1 < len(ts) && ts[m.To].Word == "." && (!ts[m.To+1].Upper || c.zoneWord(ts, m.To+1)) {
		m.To++
	}
}

// zoneWord says whether a zone, or "local" or "hours", stands at a token.
func (c *Calendar) zoneWord(ts []phrase.Token, i int) bool {
	if ts[i].Word == "(" && i+1 < len(ts) {
		i++
	}
	h, ok := c.t.Months.At(ts, i)
	return ok && strings.HasPrefix(h.Label, "zone ") || ts[i].Word == "local" || ts[i].Word == "hrs" || ts[i].Word == "hours"
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func meridiem(w string) bool { return w == "am" || w == "pm" || w == "a.m" || w == "p.m" }

// zoneAt takes what tells the zone of a clock time: "UTC", "(local time)",
// "hours local time", "UTC+3".
func (c *Calendar) zoneAt(text string, ts []phrase.Token, m Moment) Moment {
	i, depth := m.To, 0
	for ; i < len(ts); i++ {
		w := ts[i].Word
		hit, ok := c.t.Months.At(ts, i)
		switch {
		case w == "(" && depth == 0:
			depth++
		case w == ")" && depth == 1:
			m.To = i + 1
			return m
		case ok && strings.HasPrefix(hit.Label, "zone "):
			hours, name, _ := strings.Cut(hit.Label[5:], " ")
			if hours == "here" {
				if !ts[i].Upper {
					return m
				}
				m.here, i = name, hit.To-1
				m.To = hit.To
				if depth == 0 {
					return m
				}
				continue
			}
			m.hours, _ = strconv.ParseFloat(hours, 64)
			m.zone, m.short = name, w
			if name == "UTC" {
				m.short = ""
				i = m.shift(text, ts, i)
			}
			if m.To = i + 1; depth == 0 {
				return m
			}
		case w == "local" || w == "hours" || w == "hrs" || w == "h" || w == "time" && m.To == i:
			if m.To = i + 1; depth > 0 {
				m.To = m.To - 1
			}
		case w == "time":
		default:
			return m
		}
	}
	return m
}

// shift takes the "+3", "-5" or "+5:30" that touches UTC at token i.
func (m *Moment) shift(text string, ts []phrase.Token, i int) int {
	sign, at := 0.0, i+1
	switch rest := text[ts[i].End:]; {
	case strings.HasPrefix(rest, "+"):
		sign, at = 1, i+2
	case strings.HasPrefix(rest, "-"), strings.HasPrefix(rest, "−"):
		sign = -1
		if at < len(ts) && !ts[at].IsWord() {
			at++
		}
	}
	if sign == 0 || at >= len(ts) || atoi(ts[at].Word) < 0 || atoi(ts[at].Word) > 14 {
		return i
	}
	hours := float64(atoi(ts[at].Word))
	if at+2 < len(ts) && ts[at+1].Word == ":" && (ts[at+2].Word == "30" || ts[at+2].Word == "45") {
		hours += float64(atoi(ts[at+2].Word)) / 60
		at += 2
	}
	m.hours = sign * hours
	m.zone = fixedZone(m.hours)
	return at
}

// fixedZone gives an IANA zone for so many hours from UTC: those of half hours
// by where they are kept.
func fixedZone(hours float64) string {
	switch hours {
	case 3.5:
		return "Asia/Tehran"
	case 4.5:
		return "Asia/Kabul"
	case 5.5:
		return "Asia/Kolkata"
	case 5.75:
		return "Asia/Kathmandu"
	case 6.5:
		return "Asia/Yangon"
	case 9.5:
		return "Australia/Darwin"
	case -3.5:
		return "America/St_Johns"
	case 0:
		return "UTC"
	}
	return fmt.Sprintf("Etc/GMT%+d", -int(hours)) // which counts the other way
}
