package itinerary

import (
	"strconv"
	"strings"

	"vedette"
	"vedette/intake/clock"
	"vedette/intake/sheet"
)

// event is a VEVENT as it says itself.
type event struct {
	line                           int // of its BEGIN
	summaryLine                    int
	uid                            string
	summary, location, description string
	marks                          [][2]string // X- properties: name and words
	point                          *vedette.Point
	cancelled                      bool
	repeats                        int // the line that says so, 0 for none
	sequence                       int
	start, end                     property
	duration                       property
}

// maxWords is the number of characters of a summary or location that are
// looked at.
const maxWords = 500

func (cal *calendar) event(c *component) *event {
	e := &event{line: c.line, summaryLine: c.line}
	for _, p := range c.props {
		switch p.name {
		case "SUMMARY":
			if e.summary == "" {
				e.summary, e.summaryLine = flat(p.words()), p.line
			}
		case "LOCATION":
			e.location = flat(p.words())
		case "DESCRIPTION":
			e.description = p.words()
		case "UID":
			e.uid = short(strings.TrimSpace(p.value))
		case "GEO":
			e.point = geo(p.value)
		case "STATUS":
			e.cancelled = e.cancelled || strings.EqualFold(strings.TrimSpace(p.value), "CANCELLED")
		case "RRULE", "RDATE", "RECURRENCE-ID":
			e.repeats = p.line
		case "SEQUENCE":
			e.sequence, _ = strconv.Atoi(strings.TrimSpace(p.value))
		case "DTSTART":
			e.start = p
		case "DTEND":
			e.end = p
		case "DURATION":
			e.duration = p
		default:
			if strings.HasPrefix(p.name, "X-") {
				e.marks = append(e.marks, [2]string{p.name, flat(p.words())})
			}
		}
	}
	return e
}

// flat brings words into one line.
func flat(s string) string {
	if sheet.Longer(s, maxWords) {
		s = string([]rune(s)[:maxWords])
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\n", ", ")), " ")
}

// short bounds a UID.
func short(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if len(s) > 255 {
		s = strings.ToValidUTF8(s[:255], "")
	}
	return strings.Clone(s)
}

// geo reads "33.31;44.36", nil where it is no point.
func geo(s string) *vedette.Point {
	lat, lon, ok := strings.Cut(s, ";")
	p := vedette.Point{}
	var e1, e2 error
	p.Lat, e1 = strconv.ParseFloat(strings.TrimSpace(lat), 64)
	p.Lon, e2 = strconv.ParseFloat(strings.TrimSpace(lon), 64)
	if !ok || e1 != nil || e2 != nil || p == (vedette.Point{}) || p.Validate() != nil {
		return nil
	}
	return &p
}

// times gives when the event begins and ends, or how many seconds it lasts
// where it says that in place of its end. A problem names the property it is
// of.
func (cal *calendar) times(e *event) (from, to clock.Moment, length int, wrong *sheet.Problem) {
	if e.start.name == "" {
		return from, to, 0, &sheet.Problem{Line: e.line, Value: sheet.Cut(e.summary), Reason: sheet.Reason("has no start: give the event a time")}
	}
	from, reason := cal.moment(&e.start)
	if reason != nil {
		return from, to, 0, at(&e.start, reason)
	}
	switch {
	case e.end.name != "":
		if to, reason = cal.moment(&e.end); reason != nil {
			return from, to, 0, at(&e.end, reason)
		}
		if !to.HasTime && from.Date.Before(to.Date) {
			to.Date = to.Date.Add(-1) // the day after the last, as the standard has it
		}
	case e.duration.name != "":
		seconds, ok := duration(e.duration.value)
		if !ok {
			return from, to, 0, at(&e.duration, sheet.Reason("is no length of time we can read: give the event an end"))
		}
		to = from
		if from.HasTime {
			return from, to, seconds, nil
		}
		to.Date = from.Date.Add(max(0, seconds/86400-1))
	case !from.HasTime:
		to = from
	default:
		return from, to, 0, at(&e.start, sheet.Reason("has no end: give the event the time of arrival, or the last day"))
	}
	return from, to, 0, nil
}

func at(p *property, reason error) *sheet.Problem {
	return &sheet.Problem{Line: p.line, Header: p.name, Value: sheet.Cut(p.value), Reason: reason}
}

// duration reads "PT2H30M", "P1DT2H", "P2W" as seconds.
func duration(s string) (int, bool) {
	s, ok := strings.CutPrefix(strings.ToUpper(strings.TrimSpace(s)), "P")
	if !ok || len(s) > 20 {
		return 0, false
	}
	total, n, digits := 0, 0, false
	units := map[rune]int{'W': 604800, 'D': 86400, 'H': 3600, 'M': 60, 'S': 1}
	for _, r := range s {
		switch unit := units[r]; {
		case r >= '0' && r <= '9' && n < 100_000:
			n, digits = n*10+int(r-'0'), true
		case r == 'T' && !digits:
		case unit > 0 && digits:
			total += n * unit
			n, digits = 0, false
		default:
			return 0, false
		}
	}
	return total, !digits && total > 0 && total < 400*86400
}
