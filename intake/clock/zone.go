package clock

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"vedette/intake/sheet"
)

// zones remembers what names came to, as long as they are few.
var zones = struct {
	sync.Mutex
	known map[string]*time.Location
}{known: map[string]*time.Location{}}

const manyZones = 2_000

// Zone gives the zone of an IANA name ("Asia/Baghdad"), of Windows' name for
// it ("Arabic Standard Time"), UTC, or an offset ("UTC+3", "+03:00"). The
// second result is the reason why it cannot. Abbreviations such as IST belong
// to several zones and are not guessed at.
func Zone(name string) (*time.Location, error) {
	name = strings.TrimSpace(name)
	zones.Lock()
	defer zones.Unlock()
	if loc := zones.known[name]; loc != nil {
		return loc, nil
	}
	loc, reason := zone(name)
	if reason == nil && len(zones.known) < manyZones {
		zones.known[strings.Clone(name)] = loc
	}
	return loc, reason
}

// zoneMend is how a zone is written.
var zoneMend = sheet.Reason(`write its IANA name, as in "Asia/Baghdad", or an offset, as in "+03:00"`)

func zone(name string) (*time.Location, error) {
	if sheet.Longer(name, 60) {
		return nil, sheet.Reason("is no time zone we know: %s", zoneMend)
	}
	switch strings.ToUpper(name) {
	case "Z", "UTC", "GMT", "ETC/UTC", "ETC/GMT":
		return time.UTC, nil
	}
	if loc, ok := offset(name); ok {
		return loc, nil
	}
	if iana, ok := windows[strings.ToLower(name)]; ok {
		name = iana
	}
	if !strings.Contains(name, "/") {
		if len(name) <= 5 {
			return nil, sheet.Reason("is an abbreviation, which several time zones may share: %s", zoneMend)
		}
		return nil, sheet.Reason("is no time zone we know: %s", zoneMend)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		if loc = inItsCase(name); loc == nil {
			return nil, sheet.Reason("is no time zone we know: %s", zoneMend)
		}
	}
	return loc, nil
}

// inItsCase tries a name in the case IANA writes it: "EUROPE/paris".
func inItsCase(name string) *time.Location {
	b := []byte(strings.ToLower(name))
	for i := range b {
		if (i == 0 || b[i-1] == '/' || b[i-1] == '_' || b[i-1] == '-') && b[i] >= 'a' && b[i] <= 'z' {
			b[i] -= 'a' - 'A'
		}
	}
	loc, err := time.LoadLocation(strings.ReplaceAll(string(b), " ", "_"))
	if err != nil {
		return nil
	}
	return loc
}

// offset reads "+03:00", "+0300", "UTC+3", "GMT -03:30".
func offset(s string) (*time.Location, bool) {
	s = strings.ToUpper(strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), "−", "-"))
	named := strings.HasPrefix(s, "UTC") || strings.HasPrefix(s, "GMT")
	if named {
		s = s[3:]
	}
	if s == "" || s[0] != '+' && s[0] != '-' {
		return nil, false
	}
	digits := strings.Replace(s[1:], ":", "", 1)
	if strings.Trim(digits, "0123456789") != "" {
		return nil, false
	}
	switch {
	case len(digits) == 4:
	case len(digits) == 2 || len(digits) == 1 && named:
		digits += "00"
	case len(digits) == 3 && strings.Contains(s, ":"): // +3:00
	default:
		return nil, false
	}
	n, _ := strconv.Atoi(digits)
	hours, minutes := n/100, n%100
	if hours > 14 || minutes > 59 {
		return nil, false
	}
	seconds := (hours*60 + minutes) * 60
	if s[0] == '-' {
		seconds = -seconds
	}
	return Fixed(seconds), true
}

// Fixed is the zone that is so many seconds ahead of UTC at all times.
func Fixed(seconds int) *time.Location {
	sign, n := '+', seconds
	if n < 0 {
		sign, n = '-', -n
	}
	return time.FixedZone(fmt.Sprintf("%c%02d:%02d", sign, n/3600, n/60%60), seconds)
}
