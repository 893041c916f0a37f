package feed

import (
	"bytes"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse"
)

const report = `05 Feb 2026 11:56 UTC
Oman ALERT: Talks and a strike ahead
Current Situation:
- Talks are scheduled to be held in Muscat at 10:00 (local time) on February 6.
- Port workers plan to strike in Salalah from February 9-11.
- On February 4, the talks were briefly called off.
Recommendations:
- Avoid the port of Salalah until February 12.
`

func calendarOf(t *testing.T) (*ics.Calendar, string) {
	now := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	all := parse.ReadAll(gazetteer.Default(), []byte(report), parse.Options{Received: now})
	var b bytes.Buffer
	if err := Calendar(&b, all, now); err != nil {
		t.Fatal(err)
	}
	cal, err := ics.ParseCalendar(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatalf("what was written cannot be read: %v\n%s", err, b.String())
	}
	return cal, b.String()
}

func TestWhatIsToComeIsInTheCalendar(t *testing.T) {
	cal, text := calendarOf(t)
	if n := len(cal.Events()); n != 2 {
		t.Fatalf("%d events, want the talks and the strike:\n%s", n, text)
	}
	for _, want := range []string{"DTSTART:20260206T060000Z", "DTSTART;VALUE=DATE:20260209", "DTEND;VALUE=DATE:20260212", "LOCATION:Muscat", "SUMMARY:Oman: "} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is missing:\n%s", want, text)
		}
	}
	if strings.Contains(text, "briefly") {
		t.Error("what is past is in the calendar")
	}
}

func TestReadingTwiceGivesTheSameEvents(t *testing.T) {
	_, one := calendarOf(t)
	_, two := calendarOf(t)
	if one != two {
		t.Error("two calendars of one report differ")
	}
}

func TestEveryLineEndsAndFoldsAsTheStandardAsks(t *testing.T) {
	_, text := calendarOf(t)
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if strings.Contains(line, "\n") || len(line) > 76 {
			t.Errorf("%d bytes or a bare line feed: %q", len(line), line)
		}
	}
}

func TestAReadingWithNothingToComeIsAnEmptyCalendar(t *testing.T) {
	var b bytes.Buffer
	if err := Calendar(&b, []vedette.Reading{{}}, time.Unix(0, 0)); err != nil || !strings.HasPrefix(b.String(), "BEGIN:VCALENDAR") {
		t.Errorf("%v %q", err, b.String())
	}
}

// What is announced of a place is read again as a calendar: its name, the words, who says
// so, days as days, and each once.
func TestEventsAreACalendar(t *testing.T) {
	at := time.Date(2026, 2, 9, 9, 30, 0, 0, time.UTC)
	u := &vedette.Update{PublishedAt: at.AddDate(0, 0, -4), Content: vedette.Content{Title: "Talks", Affected: []vedette.Place{{Text: "Iraq", Area: "IQ"}}}}
	st := vedette.Statement{Text: "The council meets; bring papers, all of them.\nEND:VCALENDAR", Places: []vedette.Place{{Text: "Basra"}}}
	says := []vedette.Source{{Text: "the council", Stance: vedette.StanceStated}}
	list := []vedette.Event{
		{Update: u, Statement: st, Sources: says, When: vedette.When{At: &at, Scheduled: true}}, {Update: u, Statement: st, Sources: says, When: vedette.When{At: &at, Scheduled: true}},
		{Update: u, Statement: st, When: vedette.When{From: "2026-02-10", To: "2026-02-11", Scheduled: true}},
	}
	var b strings.Builder
	if err := Events(&b, "What is to come in Iraq", list); err != nil {
		t.Fatal(err)
	}
	cal, err := ics.ParseCalendar(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(cal.Events()); n != 2 {
		t.Fatalf("%d events, want 2:\n%s", n, b.String())
	}
	first := cal.Events()[0]
	if start, err := first.GetStartAt(); err != nil || !start.Equal(at) {
		t.Errorf("it starts %v, %v", start, err)
	}
	if d := first.GetProperty(ics.ComponentPropertyDescription).Value; !strings.Contains(d, "Source: the council (stated)") || !strings.Contains(d, "bring papers") {
		t.Errorf("description %q", d)
	}
	for _, want := range []string{"X-WR-CALNAME:What is to come in Iraq", "DTSTART;VALUE=DATE:20260210", "DTEND;VALUE=DATE:20260212", "DTSTAMP:20260205T093000Z", "LOCATION:Basra"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in\n%s", want, b.String())
		}
	}
}
