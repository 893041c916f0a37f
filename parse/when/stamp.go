package when

import (
	"strconv"
	"strings"
	"time"

	"vedette/parse/phrase"
	"vedette/parse/words"
)

// Stamp is a date and time as far as the lines at the top give it.
type Stamp struct {
	year, month, day int
	hour, minute     int
	Clock            bool // an hour was given
	pm, am           bool
	zone             float64 // hours from UTC
	zoned            bool
	Numeric          bool // day and month could be the other way round
}

// Add takes a line into the Stamp; false when the line holds anything but
// parts of a date, or a part that is there already.
func (s *Stamp) Add(t *words.Tables, text string) bool {
	if text == "" || len(text) > maxStamp || !mayOpen(t, text) {
		return false
	}
	tokens := phrase.Tokens(text)
	if len(tokens) == 0 || len(tokens) > 24 {
		return false
	}
	next, parts := *s, 0
	for i := 0; i < len(tokens); {
		n := next.part(t, text, tokens[i:])
		if n == 0 {
			return false
		}
		if n > 0 {
			parts++
		}
		i += max(n, 1)
	}
	if parts == 0 {
		return false
	}
	*s = next
	return true
}

// maxStamp is the longest line that holds nothing but a date, in bytes.
const maxStamp = 1 << 10

// mayOpen says whether a date can begin the way a text does: with a figure, a
// mark, or a word of the calendar.
func mayOpen(t *words.Tables, text string) bool {
	if strings.HasPrefix(text, "- ") || text[0] == '*' {
		return false // an item
	}
	c := text[0] | 0x20
	letter := c >= 'a' && c <= 'z'
	return !letter || c == 'a' || c == 'p' || t.Months.Opens(text) // "am", "pm"
}

// part takes what opens the tokens: the number of tokens taken, -1 for one
// that says nothing, 0 for one that is no part of a date.
func (s *Stamp) part(t *words.Tables, text string, ts []phrase.Token) int {
	w := ts[0].Word
	if n := s.shift(text, ts); n > 0 {
		return n
	}
	if strings.Contains("|,–.()/:·•", w) {
		return -1
	}
	if n := s.isoDate(text, ts); n > 0 {
		return n
	}
	if hit, ok := t.Months.At(ts, 0); ok {
		return s.named(hit)
	}
	if w == "am" || w == "a.m" || w == "pm" || w == "p.m" {
		s.pm, s.am = w[0] == 'p', w[0] == 'a'
		return 1
	}
	if h, m, n := clock(ts); n > 0 && !s.Clock {
		s.hour, s.minute, s.Clock = h, m, true
		return n
	}
	return s.number(w)
}

// shift takes the "+5", "-5" or "+5:30" that touches a zone.
func (s *Stamp) shift(text string, ts []phrase.Token) int {
	if !s.zoned || s.zone != 0 {
		return 0
	}
	sign, n := 1.0, 0
	switch at := ts[0].Start; {
	case ts[0].Word == "+" && len(ts) > 1 && at > 0 && text[at-1] != ' ':
		n = 1
	case at > 0 && text[at-1] == '-':
		sign = -1
	default:
		return 0
	}
	h := atoi(ts[n].Word)
	if h < 0 || h > 14 {
		return 0
	}
	hours := float64(h)
	if len(ts) > n+2 && ts[n+1].Word == ":" && atoi(ts[n+2].Word) >= 0 {
		hours += float64(atoi(ts[n+2].Word)) / 60
		n += 2
	}
	s.zone = sign * hours
	return n + 1
}

func (s *Stamp) named(hit phrase.Hit) int {
	what, arg, _ := strings.Cut(hit.Label, " ")
	switch what {
	case "month":
		if s.month != 0 {
			return 0
		}
		s.month, _ = strconv.Atoi(arg)
	case "zone":
		hours, _, _ := strings.Cut(arg, " ")
		s.zone, _ = strconv.ParseFloat(hours, 64)
		s.zoned = true
	case "filler":
		return -1
	case "name", "coming":
		return 0
	}
	return hit.To - hit.From
}

func (s *Stamp) number(w string) int {
	n := atoi(strings.TrimRight(w, "sthndr"))
	switch {
	case n < 0:
		return 0
	case n >= 1990 && n < 2100 && s.year == 0 && len(w) == 4:
		s.year = n
	case n >= 1 && n <= 31 && s.day == 0 && len(w) <= 4:
		s.day = n
	case len(w) == 4 && !s.Clock && n < 2400 && n%100 < 60: // 1156 hrs
		s.hour, s.minute, s.Clock = n/100, n%100, true
	default:
		return 0
	}
	return 1
}

// isoDate takes 2026-02-05 (hyphens part words, so three tokens), with or
// without a T and a time, and 05/02/2026.
func (s *Stamp) isoDate(text string, ts []phrase.Token) int {
	if s.day != 0 || s.month != 0 || len(ts) < 3 {
		return 0
	}
	if y, m, d := atoi(ts[0].Word), atoi(ts[1].Word), ts[2].Word; len(ts[0].Word) == 4 && y > 1989 && m >= 1 && m <= 12 && text[ts[0].End] == '-' {
		day, rest, _ := strings.Cut(d, "t")
		if n := atoi(day); n >= 1 && n <= 31 {
			s.year, s.month, s.day = y, m, n
			if h := atoi(rest); h >= 0 && h < 24 && len(ts) > 4 && ts[3].Word == ":" && atoi(strings.TrimSuffix(ts[4].Word, "z")) >= 0 {
				s.hour, s.minute, s.Clock = h, atoi(strings.TrimSuffix(ts[4].Word, "z")), true
				s.zoned = strings.HasSuffix(ts[len(ts)-1].Word, "z")
				s.zone = isoOffset(text)
				return len(ts)
			}
			return 3
		}
	}
	if len(ts) >= 5 && (ts[1].Word == "/" || ts[1].Word == ".") && ts[3].Word == ts[1].Word {
		a, b, y := atoi(ts[0].Word), atoi(ts[2].Word), atoi(ts[4].Word)
		if a < 1 || b < 1 || max(a, b) > 31 || min(a, b) > 12 || y < 1990 || y > 2099 {
			return 0
		}
		s.year, s.day, s.month, s.Numeric = y, a, b, a <= 12 && b <= 12 && a != b
		if b > 12 {
			s.day, s.month = b, a
		}
		return 5
	}
	return 0
}

// isoOffset reads the "+03:00" at the end of an ISO 8601 time, in hours.
func isoOffset(text string) float64 {
	if len(text) < 6 || text[len(text)-3] != ':' {
		return 0
	}
	tail := text[len(text)-6:]
	h, m := atoi(tail[1:3]), atoi(tail[4:])
	if h < 0 || h > 14 || m < 0 || m > 59 || tail[0] != '+' && tail[0] != '-' {
		return 0
	}
	hours := float64(h) + float64(m)/60
	if tail[0] == '-' {
		return -hours
	}
	return hours
}

// clock reads "11:56", "16.30", "11:56:00" at the start of the tokens.
func clock(ts []phrase.Token) (hour, minute, n int) {
	w := ts[0].Word
	if len(ts) >= 3 && ts[1].Word == ":" && ts[0].End == ts[1].Start && ts[1].End == ts[2].Start && len(minutes(ts[2].Word)) == 2 && len(w) <= 2 {
		h, m := atoi(w), atoi(minutes(ts[2].Word))
		if h < 0 || h > 23 || m < 0 || m > 59 {
			return 0, 0, 0
		}
		n = 3
		if len(ts) >= 5 && ts[3].Word == ":" && len(ts[4].Word) == 2 && atoi(ts[4].Word) >= 0 {
			n = 5
		}
		return h, m, n
	}
	if h, m, ok := strings.Cut(w, "h"); ok && len(h) > 0 && len(h) <= 2 && len(m) == 2 && atoi(h) >= 0 && atoi(h) < 24 && atoi(m) >= 0 && atoi(m) < 60 { // "14h30"
		return atoi(h), atoi(m), 1
	}
	if h, m, ok := strings.Cut(w, "."); ok && len(ts) > 1 && meridiem(ts[1].Word) && len(m) == 2 && atoi(h) >= 1 && atoi(h) <= 12 && atoi(m) >= 0 && atoi(m) < 60 { // "2.30 pm"
		return atoi(h), atoi(m), 1
	}
	return 0, 0, 0
}

// minutes is a word without the z of "13:15Z".
func minutes(w string) string { return strings.TrimSuffix(w, "z") }

// atoi gives -1 for what is no plain number.
func atoi(w string) int {
	n := 0
	for i := range len(w) {
		if w[i] < '0' || w[i] > '9' || n > 1<<30 {
			return -1
		}
		n = n*10 + int(w[i]-'0')
	}
	if w == "" {
		return -1
	}
	return n
}

// Time gives the instant, and whether a day was there. A missing year is the
// one that puts the day nearest to now.
func (s Stamp) Time(now time.Time) (time.Time, bool) {
	if s.day == 0 || s.month == 0 {
		return time.Time{}, false
	}
	year := s.year
	if year == 0 {
		if now.IsZero() {
			return time.Time{}, false
		}
		year = nearestYear(now, s.month, s.day)
	}
	hour := s.hour
	if s.pm && hour < 12 {
		hour += 12
	}
	if s.am && hour == 12 {
		hour = 0
	}
	t := time.Date(year, time.Month(s.month), s.day, hour, s.minute, 0, 0, time.UTC)
	if t.Day() != s.day {
		return time.Time{}, false
	}
	return t.Add(-time.Duration(s.zone * float64(time.Hour))), true
}

// nearestYear gives the year that puts a day nearest to now: "January 3" in a
// report of December is of the next year, "December 30" in one of January of
// the year before.
func nearestYear(now time.Time, month, day int) int {
	best, gap := now.Year(), time.Duration(1<<62)
	for y := now.Year() - 1; y <= now.Year()+1; y++ {
		d := time.Date(y, time.Month(month), day, 12, 0, 0, 0, time.UTC).Sub(now).Abs()
		if d < gap {
			best, gap = y, d
		}
	}
	return best
}
