package clock

import (
	"strings"
	"time"

	"vedette/intake/sheet"
)

var timeMend = sheet.Reason(`write it as in "14:05", with an offset where it is not the time of the place`)

// time reads what follows a date: nothing, or a time and maybe its zone.
func (r *reading) time() error {
	r.joint()
	if r.at(0).kind == 0 {
		return nil
	}
	if w := sheet.Fold(r.at(0).text); w == "noon" || w == "midnight" {
		return sheet.Reason("has %q for a time: %s", sheet.Cut(r.at(0).text), timeMend)
	}
	hours, minutes, seconds, n, ok := r.figuresOfTime()
	if !ok {
		return sheet.Reason("has %q, which is no time: %s", sheet.Cut(r.left()), timeMend)
	}
	r.skip(n)
	if hours, ok = r.half(hours); !ok || hours > 24 || minutes > 59 || seconds > 59 || hours == 24 && minutes+seconds > 0 {
		return sheet.Reason("has a time no clock shows: %s", timeMend)
	}
	r.m.HasTime, r.m.Seconds = true, (hours*60+minutes)*60+seconds
	for w := sheet.Fold(r.at(0).text); w == "h" || w == "hrs" || w == "hours" || w == "uhr"; w = sheet.Fold(r.at(0).text) {
		r.skip(1)
	}
	return r.zone()
}

// joint steps over what stands between a date and a time.
func (r *reading) joint() {
	for {
		w := sheet.Fold(r.at(0).text)
		switch {
		case r.mark(0, ",-@"):
		case r.at(0).kind == 'a' && (w == "t" || w == "at" || w == "a" || w == "um" || w == "las"):
		default:
			return
		}
		r.skip(1)
	}
}

// figuresOfTime reads the figures and says how many tokens they have.
func (r *reading) figuresOfTime() (hours, minutes, seconds, n int, ok bool) {
	switch next := sheet.Fold(r.at(1).text); {
	case r.digits(0, 1, 2) && r.mark(1, ":.") && r.digits(2, 2, 2):
		hours, minutes, n = r.number(0), r.number(2), 3
		if r.mark(3, ":.") && r.digits(4, 2, 2) {
			seconds, n = r.number(4), 5
			if r.mark(5, ".,") && r.digits(6, 1, 9) {
				n = 7 // fractions of a second
			}
		}
	case r.digits(0, 1, 2) && r.at(1).kind == 'a' && next == "h" && r.digits(2, 2, 2):
		hours, minutes, n = r.number(0), r.number(2), 3
	case r.digits(0, 1, 2) && r.at(1).kind == 'a' && (next == "h" || next == "uhr" || next == "am" || next == "pm"):
		hours, n = r.number(0), 1
	case r.digits(0, 4, 4):
		hours, minutes, n = r.number(0)/100, r.number(0)%100, 1
	case r.digits(0, 6, 6):
		hours, minutes, seconds, n = r.number(0)/10000, r.number(0)/100%100, r.number(0)%100, 1
	default:
		return 0, 0, 0, 0, false
	}
	return hours, minutes, seconds, n, true
}

// half reads AM and PM. It is false where the hour does not go with them.
func (r *reading) half(hours int) (int, bool) {
	w, n := sheet.Fold(r.at(0).text), 1
	if (w == "a" || w == "p") && r.mark(1, ".") && sheet.Fold(r.at(2).text) == "m" {
		w, n = w+"m", 3
		if r.mark(3, ".") {
			n = 4
		}
	}
	if w != "am" && w != "pm" {
		return hours, true
	}
	r.skip(n)
	if hours < 1 || hours > 12 {
		return hours, false
	}
	hours %= 12
	if w == "pm" {
		hours += 12
	}
	return hours, true
}

// left is the text that has not been read.
func (r *reading) left() string {
	whole := r.rest[len(r.rest)-1].text
	return strings.TrimSpace(whole[r.at(0).from:])
}

// zone reads what follows a time.
func (r *reading) zone() error {
	s := strings.TrimSpace(strings.Trim(r.left(), "()[], "))
	switch strings.ToLower(s) {
	case "":
		return nil
	case "local", "local time", "lt", "ortszeit", "heure locale", "hora local", "(local)":
		return nil
	}
	if len(s) == 2 && (s[0] == '+' || s[0] == '-') {
		return sheet.Reason(`has %q, which may be days or hours: write the whole date of the arrival, or an offset as in "+03:00"`, s)
	}
	loc, reason := Zone(s)
	if reason != nil {
		return sheet.Reason("has %q after the time, which %s", sheet.Cut(s), reason)
	}
	r.m.Zone = loc
	return nil
}

// weekdays and months are as English, French, German and Spanish name them.
var (
	weekdays = named([]string{
		"sunday sun dimanche dim sonntag so domingo dom", "monday mon lundi lun montag mo lunes",
		"tuesday tue tues mardi dienstag di martes", "wednesday wed mercredi mer mittwoch mi miercoles mie",
		"thursday thu thur thurs jeudi jeu donnerstag do jueves jue", "friday fri vendredi ven freitag fr viernes vie",
		"saturday sat samedi sam samstag sa sonnabend sabado sab"}, time.Weekday(0))
	months = named([]string{
		"january jan janvier janv januar janner enero ene", "february feb fevrier fev fevr februar febrero",
		"march mar mars marz maerz mrz marzo", "april apr avril avr abril abr", "may mai mayo", "june jun juin juni junio",
		"july jul juillet juil juli julio", "august aug aout agosto ago", "september sep sept septembre septiembre set",
		"october oct octobre oktober okt octubre", "november nov novembre noviembre", "december dec decembre dezember dez diciembre dic"}, time.January)
)

func named[T ~int](lists []string, first T) map[string]T {
	m := map[string]T{}
	for i, list := range lists {
		for _, w := range strings.Fields(list) {
			m[w] = first + T(i)
		}
	}
	return m
}
