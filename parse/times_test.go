package parse

import (
	"cmp"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/gazetteer"
)

// Idioms of days and hours, in a report of Friday 21 August 2026, 17:05 UTC. A
// day is written as it is, a run with two dots, an hour in UTC; "+" is to come.
func TestIdiomsOfTime(t *testing.T) {
	for text, want := range map[string]string{
		"At 03:00 (01:00 UTC) on August 19, troops entered Goma.":     "2026-08-19T01:00:00Z Africa/Lubumbashi",
		"At 01:00 UTC (03:00 local time), troops entered Goma.":       "2026-08-21T01:00:00Z UTC",
		"Last Friday, troops entered Goma.":                           "2026-08-14",
		"On Friday, troops will enter Goma.":                          "2026-08-21+",
		"By Tuesday, troops had left Goma.":                           "2026-08-18",
		"Eleven bodies had been found by Thursday.":                   "2026-08-20",
		"Troops will leave by Tuesday.":                               "2026-08-25+",
		"The ceasefire expires at midnight.":                          "2026-08-21T23:00:00Z Africa/Kinshasa+",
		"Trucks were stuck in Goma as of noon on Wednesday.":          "2026-08-19T10:00:00Z Africa/Lubumbashi",
		"Rail service to Goma has been suspended since 23:15.":        "2026-08-20T21:15:00Z Africa/Lubumbashi",
		"During the first week of August, 40 people died.":            "2026-08-01..2026-08-07",
		"They fought from November 2020 to November 2022.":            "2020-11-01..2022-11-30",
		"Roads were shut from June to August.":                        "2026-06-01..2026-08-31",
		"Flights resume on 25.08.2026.":                               "2026-08-25+",
		"Flights to Goma resumed at 14h30 on August 20.":              "2026-08-20T12:30:00Z Africa/Lubumbashi",
		"Flights to Goma resumed at 2.30 pm on August 20.":            "2026-08-20T12:30:00Z Africa/Lubumbashi",
		"Flights from Goma operated as scheduled at 18:30.":           "2026-08-21T16:30:00Z Africa/Lubumbashi",
		"The curfew in Goma is in place nightly from 20:00 to 05:00.": "",
	} {
		r := Read(gazetteer.Default(), []byte("21 Aug 2026, 17:05 UTC\nDR CONGO ALERT: A test\nCurrent Situation:\n- "+text+"\n"), Options{})
		var got []string
		for _, w := range r.Topics[0].Claims[0].When {
			got = append(got, writtenTime(w))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s\n got %s\nwant %s", text, s, want)
		}
	}
}

func writtenTime(w vedette.When) string {
	s := cmp.Or(w.Date, w.From+".."+w.To)
	if w.At != nil {
		s = w.At.Format(time.RFC3339) + " " + w.Zone
	}
	if w.Scheduled {
		s += "+"
	}
	return s
}
