package clock

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"vedette/intake/sheet"
)

// Order is what a column of dates in figures (03/04/2026) puts first.
type Order int

// The orders.
const (
	Unsettled  Order = iota // nothing in the column says
	DayFirst                // 25/12/2026 stands in it
	MonthFirst              // 12/25/2026 stands in it
	Mixed                   // both do: no date that may be two is read
)

// Settle adds what a date says of its column's order: a number over 12 is a
// day.
func (o Order) Settle(s string) Order {
	if o == Mixed || sheet.Longer(s, maxText) {
		return o
	}
	r := reading{rest: tokens(s)}
	r.weekday()
	a, b, ok := r.figures()
	switch {
	case !ok || a > 12 == (b > 12):
		return o
	case a > 12 && o != MonthFirst:
		return DayFirst
	case b > 12 && o != DayFirst:
		return MonthFirst
	}
	return Mixed
}

// token is a run of digits or letters, or a mark. Spaces part tokens.
type token struct {
	kind rune // '0' digits, 'a' letters, else the mark itself
	text string
	from int // byte in the text
}

func tokens(s string) []token {
	var all []token
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		kind, j := class(r), i+n
		for j < len(s) && (kind == '0' || kind == 'a') {
			q, m := utf8.DecodeRuneInString(s[j:])
			if class(q) != kind {
				break
			}
			j += m
		}
		if kind != ' ' {
			all = append(all, token{kind, s[i:j], i})
		}
		i = j
	}
	return append(all, token{0, s, len(s)}) // the end bears the whole text
}

func class(r rune) rune {
	switch {
	case r >= '0' && r <= '9':
		return '0'
	case unicode.IsLetter(r):
		return 'a'
	case unicode.IsSpace(r):
		return ' '
	case r == '–' || r == '‑' || r == '−':
		return '-'
	}
	return r
}

// reading is a text being read: what is left of it, and what it says so far.
type reading struct {
	rest []token
	m    Moment
	day  time.Weekday
	week bool // a day of the week was named
}

func (r *reading) at(i int) token { return r.rest[min(i, len(r.rest)-1)] }

func (r *reading) skip(n int) { r.rest = r.rest[min(n, len(r.rest)-1):] }

// digits says whether the next token is a number of so many digits.
func (r *reading) digits(i, least, most int) bool {
	t := r.at(i)
	return t.kind == '0' && len(t.text) >= least && len(t.text) <= most
}

func (r *reading) number(i int) int {
	n, _ := strconv.Atoi(r.at(i).text)
	return n
}

// mark says whether a token is one of some marks.
func (r *reading) mark(i int, marks string) bool {
	t := r.at(i)
	return t.kind != 0 && t.kind != '0' && t.kind != 'a' && strings.ContainsRune(marks, t.kind)
}

func (r *reading) weekday() {
	if d, ok := weekdays[sheet.Fold(r.at(0).text)]; ok && r.at(0).kind == 'a' {
		r.day, r.week = d, true
		r.skip(1)
		for r.mark(0, ".,") {
			r.skip(1)
		}
	}
}

// figures reads 03/04/2026 and 03-04-2026, without taking them.
func (r *reading) figures() (a, b int, ok bool) {
	if r.digits(0, 1, 2) && r.mark(1, "/-") && r.digits(2, 1, 2) && r.mark(3, "/-") && r.digits(4, 4, 4) {
		return r.number(0), r.number(2), true
	}
	return 0, 0, false
}

var dateMend = sheet.Reason(`write it as in "2026-02-10"`)

// date reads the date at the beginning and takes it off.
func (r *reading) date(order Order) error {
	r.weekday()
	d, n, reason := r.oneDate(order)
	if reason != nil {
		return reason
	}
	if !d.Valid() {
		return sheet.Reason("is no day of the calendar, or of no year one travels in: mend it")
	}
	r.skip(n)
	r.m.Date = d
	if at := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC); r.week && at.Weekday() != r.day {
		return sheet.Reason("is a %s, not a %s: mend the day or the date", weekday[at.Weekday()], weekday[r.day])
	}
	return nil
}

// weekday are the names of the days, by their number.
var weekday = [...]error{sheet.Reason("Sunday"), sheet.Reason("Monday"), sheet.Reason("Tuesday"), sheet.Reason("Wednesday"), sheet.Reason("Thursday"), sheet.Reason("Friday"), sheet.Reason("Saturday")}

// oneDate gives the date and how many tokens it has.
func (r *reading) oneDate(order Order) (Date, int, error) {
	switch {
	case r.digits(0, 4, 4) && r.mark(1, "-/.") && r.digits(2, 1, 2) && r.mark(3, "-/.") && r.digits(4, 1, 2):
		return Date{r.number(0), time.Month(r.number(2)), r.number(4)}, 5, nil
	case r.digits(0, 8, 8):
		n := r.number(0)
		return Date{n / 10000, time.Month(n / 100 % 100), n % 100}, 1, nil
	case r.digits(0, 1, 2) && r.mark(1, ".") && r.digits(2, 1, 2) && r.mark(3, ".") && r.digits(4, 4, 4):
		return Date{r.number(4), time.Month(r.number(2)), r.number(0)}, 5, nil // with dots the day stands first everywhere
	case r.digits(0, 1, 2) && r.mark(1, "-/.") && r.digits(2, 1, 2) && r.mark(3, "-/.") && r.digits(4, 2, 2):
		return Date{}, 0, sheet.Reason("has a year of two digits, which may be day, month or year: %s", dateMend)
	case r.digits(0, 5, 5) && (r.at(1).kind == 0 || r.mark(1, ".,")):
		return Date{}, 0, sheet.Reason("was turned into a number by a spreadsheet: format the column as text and %s", dateMend)
	}
	if a, b, ok := r.figures(); ok {
		return inOrder(a, b, r.number(4), order)
	}
	return r.namedMonth()
}

// inOrder puts day and month in order, where that is known.
func inOrder(a, b, year int, order Order) (Date, int, error) {
	dayFirst, monthFirst := Date{year, time.Month(b), a}, Date{year, time.Month(a), b}
	switch {
	case a > 12 || a == b || order == DayFirst:
		return dayFirst, 5, nil
	case b > 12 || order == MonthFirst:
		return monthFirst, 5, nil
	}
	if order == Mixed {
		return Date{}, 0, sheet.Reason("may be %s or %s, the column has both orders: %s", dayFirst.Said(), monthFirst.Said(), dateMend)
	}
	return Date{}, 0, sheet.Reason("may be %s or %s, nothing in the column tells which: %s", dayFirst.Said(), monthFirst.Said(), dateMend)
}

// namedMonth reads "10 Feb 2026", "10-Feb-26", "10FEB26", "le 10 février
// 2026", "10. Februar 2026", "10 de febrero de 2026", "February 10, 2026".
func (r *reading) namedMonth() (Date, int, error) {
	i, d := 0, Date{}
	if w := sheet.Fold(r.at(0).text); w == "le" || w == "el" || w == "den" || w == "am" {
		i++
	}
	monthLeads := false
	if m, ok := months[sheet.Fold(r.at(i).text)]; ok && r.at(i).kind == 'a' {
		d.Month, monthLeads = m, true
		i = r.past(i+1, ".")
	}
	if !r.digits(i, 1, 2) {
		return d, 0, sheet.Reason("is no date we can read: %s", dateMend)
	}
	d.Day = r.number(i)
	i = r.past(i+1, ".-/,")
	if !monthLeads {
		m, ok := months[sheet.Fold(r.at(i).text)]
		if !ok || r.at(i).kind != 'a' {
			return d, 0, sheet.Reason("is no date we can read: %s", dateMend)
		}
		d.Month = m
		i = r.past(i+1, ".-/,'’")
	}
	switch {
	case r.digits(i, 4, 4) && !r.mark(i+1, ":"):
		d.Year = r.number(i)
	case !monthLeads && r.digits(i, 2, 2) && !r.mark(i+1, ":.") && sheet.Fold(r.at(i+1).text) != "h":
		d.Year = 2000 + r.number(i)
	default:
		return d, 0, sheet.Reason("has no year: %s", dateMend)
	}
	return d, i + 1, nil
}

// past steps over marks and the little words within dates.
func (r *reading) past(i int, marks string) int {
	for {
		switch w := sheet.Fold(r.at(i).text); {
		case r.mark(i, marks+"ºª"):
		case r.at(i).kind == 'a' && (w == "of" || w == "de" || w == "del" || w == "st" || w == "nd" || w == "rd" || w == "th" || w == "er" || w == "o" || w == "a"):
		default:
			return i
		}
		i++
	}
}
