package intake

import (
	"regexp"
	"strconv"
	"strings"

	"vedette"
	"vedette/intake/sheet"
)

// maxQuiet bounds the quiet hours of a day, in minutes: somebody who is always
// left alone is told nothing.
const maxQuiet = 16 * 60

// hours are from when to when: "22:00-07:00", "22h–7h30", "10 pm to 7 am",
// "2200 - 0700".
var hours = regexp.MustCompile(`^(?:from |von |de )?(\d{1,2})(?:[:.h]?(\d{2})|h)? ?(am|pm|uhr)? ?(?:-|–|—|to|until|till|bis|à|a) ?(\d{1,2})(?:[:.h]?(\d{2})|h)? ?(am|pm|uhr)?$`)

// quiet reads from when to when somebody wishes to be left alone.
func (in *reader) quiet(c sheet.Cell) (q vedette.Quiet) {
	text := strings.Join(strings.Fields(strings.ToLower(c.Value)), " ")
	if sheet.None(text) == "" || text == "no" || text == "none" {
		return q
	}
	m := hours.FindStringSubmatch(text)
	if m == nil {
		in.Problem(c, "is not from when to when: write 22:00-07:00, or leave it empty")
		return q
	}
	from, ok1 := minutes(m[1], m[2], m[3])
	to, ok2 := minutes(m[4], m[5], m[6])
	long := (to - from + 24*60) % (24 * 60)
	switch {
	case !ok1 || !ok2:
		in.Problem(c, "has an hour that is none: write 22:00-07:00")
	case long == 0 || long > maxQuiet:
		in.Problem(c, "leaves no hour, or too few, to tell them anything: 16 hours are the most")
	default:
		q = vedette.Quiet{From: from, To: to}
	}
	return q
}

// minutes gives a clock time in minutes since midnight; 24:00 is the next one.
func minutes(hour, minute, half string) (int, bool) {
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	switch half {
	case "am", "pm":
		if h < 1 || h > 12 {
			return 0, false
		}
		if h %= 12; half == "pm" {
			h += 12
		}
	}
	return (h*60 + m) % (24 * 60), h < 24 && m < 60 || h == 24 && m == 0
}
