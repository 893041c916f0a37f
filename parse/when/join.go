package when

import (
	"slices"
	"vedette/parse/phrase"
)

// between makes one run of two days with "between" before them and "and" in
// the middle: "between December 10 and December 24".
func between(ts []phrase.Token, ms []Moment) []Moment {
	for i := 0; i+1 < len(ms); i++ {
		a, b := ms[i], ms[i+1]
		if a.From == 0 || ts[a.From-1].Word != "between" || b.From != a.To+1 || ts[a.To].Word != "and" || a.clock || b.clock || a.day == 0 || b.day == 0 || a.end > 0 || b.end > 0 {
			continue
		}
		a.end, a.endMonth, a.To = b.day, b.month, b.To
		ms[i] = a.yearOfEnd(b.year)
		ms = slices.Delete(ms, i+1, i+2)
	}
	return ms
}

// namesThing says whether a day is part of a name: "March 23 Movement".
func (c *Calendar) namesThing(ts []phrase.Token, m Moment) bool {
	return m.day > 0 && m.year == 0 && m.To < len(ts) && ts[m.To].Upper && c.t.Months.Is(ts, m.To, "name")
}

// smallDay says whether a word without a capital can open a time.
func smallDay(w string) bool {
	switch w {
	case "today", "tonight", "tomorrow", "yesterday", "overnight", "night", "early", "mid", "late", "noon", "midnight":
		return true
	}
	return false
}

// lendDays gives a clock time without a day the day named before it in its
// sentence, else the one after it.
func lendDays(ms []Moment) []Moment {
	for i := range ms {
		if ms[i].day0 || !ms[i].clock {
			continue
		}
		for _, j := range []int{i - 1, i + 1} {
			if j >= 0 && j < len(ms) && ms[j].day0 && ms[j].end == 0 {
				d := ms[j]
				ms[i].year, ms[i].month, ms[i].day, ms[i].relative, ms[i].offset, ms[i].weekday = d.year, d.month, d.day, d.relative, d.offset, d.weekday
				ms[i].day0 = true
				break
			}
		}
	}
	return ms
}

// joinable says whether a clock time and a day stand side by side: "10:00
// (local time) on February 6", "February 6 at 10:00".
func joinable(ts []phrase.Token, a, b Moment) bool {
	if a.clock == b.clock || a.day0 == b.day0 {
		return false
	}
	for _, t := range ts[a.To:b.From] {
		switch t.Word {
		case "on", "at", ",", "from", "around", "approximately", "about", "by", "of", "the":
		default:
			return false
		}
	}
	return true
}

func joinMoments(a, b Moment) Moment {
	if a.clock {
		b.hour, b.min, b.zone, b.hours, b.short = a.hour, a.min, a.zone, a.hours, a.short
		a, b = b, a
		a.From = b.From
	} else {
		a.hour, a.min, a.zone, a.hours, a.short, a.To = b.hour, b.min, b.zone, b.hours, b.short, b.To
	}
	a.clock = true
	return a
}
