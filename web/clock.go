package web

import (
	"fmt"
	"time"
	"unicode"

	"vedette"
	"vedette/gazetteer"
	"vedette/web/messages"
	"vedette/wording"
)

// moment is a time as a page shows it.
type moment struct {
	ISO   string        // for machines
	Day   messages.Said // "5 Feb 2026"
	Clock string        // "02:41 IRST (23:11 UTC)", or "11:56 UTC"
	Age   messages.Said // "3 min ago"
}

// Shown says whether there is a time at all.
func (m moment) Shown() bool { return m.ISO != "" }

// words are a moment within a sentence.
func (m moment) words() string { return fmt.Sprintf("%s %s (%s)", m.Day, m.Clock, m.Age) }

// said are they, said in the language of a page.
func (m moment) said() messages.Said { return messages.Of("%s %s (%s)", m.Day, m.Clock, m.Age) }

// when puts a time into words, in the clock of a place where one is known.
func when(t, now time.Time, zone string) moment {
	if t.IsZero() {
		return moment{}
	}
	day, clock := dayOf(t.UTC()), t.UTC().Format("15:04 UTC")
	if loc := location(zone); loc != nil {
		local := t.In(loc)
		day = dayOf(local)
		utc := clock
		if d := t.UTC().Format("2 Jan"); d != local.Format("2 Jan") {
			utc = d + ", " + clock
		}
		clock = fmt.Sprintf("%s %s (%s)", local.Format("15:04"), zoneName(local), utc)
	}
	return moment{ISO: t.UTC().Format(time.RFC3339), Day: day, Clock: clock, Age: age(now.Sub(t))}
}

func location(zone string) *time.Location {
	if zone == "" || zone == "UTC" {
		return nil
	}
	loc, err := gazetteer.Location(zone)
	if err != nil {
		return nil
	}
	return loc
}

// commonNames are the usual letters of zones for which the tz database has
// only a number, by zone and offset in minutes.
var commonNames = map[string]map[int]string{
	"Asia/Tehran": {210: "IRST"}, "Asia/Dubai": {240: "GST"}, "Asia/Muscat": {240: "GST"},
	"Asia/Baghdad": {180: "AST"}, "Asia/Riyadh": {180: "AST"}, "Asia/Kuwait": {180: "AST"},
	"Asia/Qatar": {180: "AST"}, "Asia/Bahrain": {180: "AST"}, "Asia/Aden": {180: "AST"},
	"Asia/Kabul": {270: "AFT"}, "Asia/Amman": {180: "AST"}, "Asia/Damascus": {180: "AST"},
	"Europe/Istanbul": {180: "TRT"}, "Asia/Baku": {240: "AZT"}, "Asia/Yerevan": {240: "AMT"},
	"Asia/Tbilisi": {240: "GET"}, "Asia/Tashkent": {300: "UZT"},
}

// zoneName is the letters of a zone, or its distance from UTC.
func zoneName(t time.Time) string {
	name, offset := t.Zone()
	if name != "" && unicode.IsLetter(rune(name[0])) {
		return name
	}
	if n := commonNames[t.Location().String()][offset/60]; n != "" {
		return n
	}
	return t.Format("UTC-07:00")
}

// age is how long ago something was, as one would say it.
func age(d time.Duration) messages.Said {
	switch {
	case d < -time.Minute:
		return messages.Of("in %s", length(-d))
	case d < time.Minute:
		return messages.Of("just now")
	}
	return messages.Of("%s ago", length(d))
}

// length is how long something lasts.
func length(d time.Duration) messages.Said {
	switch {
	case d < time.Hour:
		return messages.Of("%d min", int(d.Minutes()))
	case d < 48*time.Hour:
		return messages.Of("%d h", int(d.Hours()))
	case d < 60*24*time.Hour:
		return messages.Of("%d days", int(d.Hours()/24))
	case d < 730*24*time.Hour:
		return messages.Of("%d months", int(d.Hours()/24/30))
	}
	return messages.Of("%d years", int(d.Hours()/24/365))
}

// dayOf is a day: "5 Feb 2026".
func dayOf(t time.Time) messages.Said {
	return messages.Of("%d %s %d", t.Day(), wording.Month(t.Month()), t.Year())
}

// dated puts a time a text names into words, the year left out where it is
// the year of issue.
func dated(w vedette.When, year int) messages.Said {
	switch {
	case w.At != nil:
		m := when(*w.At, *w.At, w.Zone)
		return messages.Of("%s, %s", shortDay(w.At.In(locOr(w.Zone)), year), m.Clock)
	case w.Date != "":
		return isoDay(w.Date, year)
	case w.From != "" && w.To != "":
		return messages.Of("%s – %s", isoDay(w.From, year), isoDay(w.To, year))
	case w.From != "":
		return messages.Of("from %s", isoDay(w.From, year))
	case w.To != "":
		return messages.Of("until %s", isoDay(w.To, year))
	}
	return asItIs(safe(w.Text))
}

func locOr(zone string) *time.Location {
	if loc := location(zone); loc != nil {
		return loc
	}
	return time.UTC
}

func isoDay(iso string, year int) messages.Said {
	t, err := time.Parse("2006-01-02", iso)
	if err != nil {
		return asItIs(safe(iso))
	}
	return shortDay(t, year)
}

func shortDay(t time.Time, year int) messages.Said {
	if t.Year() == year {
		return messages.Of("%d %s", t.Day(), wording.Month(t.Month()))
	}
	return dayOf(t)
}
