package when

import (
	"slices"
	"time"

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

// twice makes one moment of an hour that is told in two zones, "03:00 (01:00 UTC)":
// what parts them is the zone of the place.
func (c *Calendar) twice(ts []phrase.Token, ms []Moment) []Moment {
	for i := 0; i+1 < len(ms); i++ {
		a, b := ms[i], ms[i+1]
		if !a.clock || !b.clock || b.day0 || b.From != a.To+1 || ts[a.To].Word != "(" || b.To >= len(ts) || ts[b.To].Word != ")" || a.here != "" || b.here != "" || (a.zone == "") == (b.zone == "") || (a.min-b.min)%15 != 0 {
			continue // no zone is other minutes away
		}
		if a.zone == "" {
			a.hours = float64(a.hour*60+a.min-b.hour*60-b.min)/60 + b.hours
			if a.hours > 14 {
				a.hours -= 24
			} else if a.hours < -12 {
				a.hours += 24
			}
			a.zone, a.short = fixedZone(a.hours), ""
		}
		a.To = b.To + 1
		ms = slices.Delete(ms, i+1, i+2)
		if i+1 < len(ms) && joinable(ts, a, ms[i+1]) {
			a = joinMoments(a, ms[i+1])
			ms = slices.Delete(ms, i+1, i+2)
		}
		ms[i] = a
	}
	return ms
}

// months makes one run of two months: "from November 2020 to November 2022".
func months(ts []phrase.Token, ms []Moment) []Moment {
	for i := 0; i+1 < len(ms); i++ {
		a, b := ms[i], ms[i+1]
		if a.From == 0 || ts[a.From-1].Word != "from" || b.From != a.To+1 || ts[a.To].Word != "to" && ts[a.To].Word != "through" || !a.bareMonth() || !b.bareMonth() {
			continue
		}
		if b.year > 0 && a.year == 0 {
			a.year = b.year
			if a.month > b.month {
				a.year--
			}
		}
		a.day, a.endMonth, a.endYear, a.To = 1, b.month, b.year, b.To
		a.end = time.Date(max(b.year, 4), time.Month(b.month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
		ms[i] = a
		ms = slices.Delete(ms, i+1, i+2)
	}
	return ms
}

// bareMonth says whether a moment is a month and no less.
func (m Moment) bareMonth() bool { return m.month > 0 && m.day == 0 && m.part == "" && !m.clock }

// betweenDays makes a run of "between March 15 and 17", where the second day is
// a bare number.
func betweenDays(ts []phrase.Token, ms []Moment) {
	for i := range ms {
		m := &ms[i]
		if m.From == 0 || ts[m.From-1].Word != "between" || m.clock || m.day == 0 || m.end > 0 || m.To+1 >= len(ts) || ts[m.To].Word != "and" {
			continue
		}
		if day := atoi(ts[m.To+1].Word); day > m.day && day <= 31 && !counted(ts, m.To+2) && (i+1 == len(ms) || ms[i+1].From > m.To+1) {
			m.end, m.endMonth, m.To = day, m.month, m.To+2
		}
	}
}

// counted says whether a word that a number counts stands at a token: "20 people".
func counted(ts []phrase.Token, i int) bool {
	if i >= len(ts) || !ts[i].IsWord() {
		return false
	}
	switch ts[i].Word {
	case "in", "at", "on", "for", "when", "as", "to", "from", "by", "with", "across", "after", "before", "while", "because", "amid", "during", "and", "but", "over", "near", "that", "inclusive":
		return false
	}
	return ts[i].Word[0] > '9' && !ts[i].Upper
}

// recurring leaves out the hours of what comes back every day, "from 19:00 to
// 05:00 nightly", those of a curfew and those that an advice gives for the
// night: they are no moment, unless a day is named with them.
func (c *Calendar) recurring(ts []phrase.Token, ms []Moment) []Moment {
	for i := 0; i+1 < len(ms); i++ {
		a, b := ms[i], ms[i+1]
		every := a.clock && b.clock && b.From == a.To+1 && ts[a.To].Word == "and" && daily(ts, b.To) // "at 06:00 and 18:00 daily"
		if !a.clock || !b.clock || b.day0 || !every && !bounds(ts, a, b) {
			continue
		}
		night := b.hour < a.hour && !a.day0
		if daily(ts, b.To) || before(ts, a.From, 6, "nightly", "daily") || before(ts, a.From, 4, "every", "each") && before(ts, a.From, 3, "night", "day", "evening") || night && before(ts, a.From, 3, "banned", "prohibited", "barred", "forbidden") || night && (c.Ahead && len(ms) == 2 || before(ts, a.From, 5, "curfew", "curfews")) {
			ms = slices.Delete(ms, i, i+2)
			i--
		}
	}
	return ms
}

// before says whether one of the words stands among the so many before a token.
func before(ts []phrase.Token, i, most int, words ...string) bool {
	return slices.ContainsFunc(ts[max(0, i-most):i], func(t phrase.Token) bool { return slices.Contains(words, t.Word) })
}

// daily says whether words for every day or night stand at a token.
func daily(ts []phrase.Token, i int) bool {
	if i >= len(ts) {
		return false
	}
	switch ts[i].Word {
	case "nightly", "daily":
		return true
	case "each", "every":
		return i+1 < len(ts) && (ts[i+1].Word == "day" || ts[i+1].Word == "night" || ts[i+1].Word == "evening")
	}
	return false
}

// namesThing says whether a day is part of a name: "March 23 Movement".
func (c *Calendar) namesThing(ts []phrase.Token, m Moment) bool {
	return m.day > 0 && m.year == 0 && m.To < len(ts) && ts[m.To].Upper && c.t.Months.Is(ts, m.To, "name")
}

// smallDay says whether a word without a capital can open a time.
func smallDay(w string) bool {
	switch w {
	case "end", "rest", "remainder", "today", "tonight", "tomorrow", "yesterday", "overnight", "night", "early", "mid", "late", "noon", "midday", "midnight":
		return true
	}
	return false
}

// lendDays gives a clock time without a day the day named before it in its
// sentence, else the one after it.
func lendDays(ts []phrase.Token, ms []Moment) []Moment {
	for i := range ms {
		if ms[i].day0 || !ms[i].clock {
			continue
		}
		for _, j := range []int{i - 1, i + 1} {
			if j >= 0 && j < len(ms) && ms[j].day0 && ms[j].end == 0 && (j < i || !lasts(ts, ms[j]) || ms[j].clock && ms[i].To+1 == ms[j].From && ms[i].hour*60+ms[i].min < ms[j].hour*60+ms[j].min) {
				d := ms[j]
				ms[i].year, ms[i].month, ms[i].day, ms[i].relative, ms[i].offset, ms[i].weekday = d.year, d.month, d.day, d.relative, d.offset, d.weekday
				ms[i].day0 = true
				break
			}
		}
	}
	return ms
}

// overMidnight makes the second of two clock times the next day's where it is
// the earlier of them: "between 22:00 and 05:00", "22:00–05:00". A day named
// between them or after the second has been heard already.
func overMidnight(ts []phrase.Token, ms []Moment) []Moment {
	for i := 1; i < len(ms); i++ {
		a, b := ms[i-1], &ms[i]
		if !a.clock || !b.clock || a.zone != b.zone && b.zone != "" || b.hour*60+b.min > a.hour*60+a.min || !a.sameDay(*b) || !bounds(ts, a, *b) {
			continue
		}
		b.later = true
	}
	return ms
}

func (m Moment) sameDay(o Moment) bool {
	return m.year == o.year && m.month == o.month && m.day == o.day && m.relative == o.relative && m.offset == o.offset && m.weekday == o.weekday
}

// bounds says whether two clock times are the first and last of one span.
func bounds(ts []phrase.Token, a, b Moment) bool {
	switch b.From - a.To {
	case 0:
		return true // a hyphen, which is no token
	case 1:
		switch ts[a.To].Word {
		case "to", "until", "till", "–", "through":
			return true
		case "and":
			return a.From > 0 && ts[a.From-1].Word == "between"
		}
	}
	return false
}

// lasts says whether a moment is that until which something holds.
func lasts(ts []phrase.Token, m Moment) bool {
	i := m.From - 1
	if i > 0 && ts[i].Word == "the" {
		i--
	}
	return i >= 0 && (ts[i].Word == "until" || ts[i].Word == "till" || ts[i].Word == "through")
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
		b.hour, b.min, b.zone, b.hours, b.short, b.here = a.hour, a.min, a.zone, a.hours, a.short, a.here
		a, b = b, a
		a.From = b.From
	} else {
		a.hour, a.min, a.zone, a.hours, a.short, a.here, a.To = b.hour, b.min, b.zone, b.hours, b.short, b.here, b.To
	}
	a.clock = true
	return a
}
