package itinerary

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vedette"
	"vedette/gazetteer"
)

var update = flag.Bool("update", false, "rewrite what the samples in testdata came to")

func stamped(from, to time.Time) string {
	return from.UTC().Format("2006-01-02T15:04") + "–" + to.UTC().Format("01-02T15:04")
}

// said prints what a calendar came to: a line for each leg and stay, for each
// event left out, each problem and each remark.
func said(in *Itinerary) string {
	lines := []string{fmt.Sprintf("%q trip %q cancelled %v", in.Name, in.Trip.External, in.Trip.Cancelled)}
	for _, l := range in.Trip.Legs {
		lines = append(lines, strings.Join(strings.Fields(fmt.Sprint(l.Mode, " ", l.From, ">", l.To, " ", stamped(l.Departs, l.Arrives), " ", l.Carrier, " ", l.Number, " ", l.Ship)), " "))
	}
	for _, s := range in.Trip.Stays {
		lines = append(lines, strings.Join(strings.Fields(fmt.Sprint("stay ", s.Area, " ", stamped(s.From, s.To), " ", s.Name, " ", s.Phone)), " "))
	}
	for _, o := range in.LeftOut {
		lines = append(lines, fmt.Sprintf("left out: line %d: %q %s", o.Line, o.Summary, o.Reason))
	}
	for _, p := range in.Problems {
		lines = append(lines, p.Error())
	}
	for _, p := range in.Remarks {
		lines = append(lines, "remark: "+p.Error())
	}
	return strings.Join(lines, "\n")
}

func TestSampleCalendars(t *testing.T) {
	files, err := filepath.Glob("testdata/*.ics")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		in, err := Read(gazetteer.Default(), bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		got, want := said(&in)+"\n", strings.TrimSuffix(path, ".ics")+".txt"
		if *update {
			if err := os.WriteFile(want, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		text, err := os.ReadFile(want)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(text), got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", path, diff)
		}
	}
}

// calendar wraps an event's lines.
func event1(lines string) string {
	return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:u\r\n" + strings.ReplaceAll(lines, "\n", "\r\n") + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
}

// first gives what an event came to: its leg or stay, why it is left out, or
// its problem.
func first(t *testing.T, text string) string {
	t.Helper()
	in, err := Read(gazetteer.Default(), strings.NewReader(text))
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(said(&in), "\n")
	return strings.Join(lines[1:], "\n")
}

func TestHowJourneysAreWritten(t *testing.T) {
	const times = "\nDTSTART:20260210T080000Z\nDTEND:20260210T150000Z"
	const when = " 2026-02-10T08:00–02-10T15:00"
	for summary, want := range map[string]string{
		"AF123 CDG-BGW":    "air iata:CDG>iata:BGW" + when + " AF 123",
		"TK 800 IST → BGW": "air iata:IST>iata:BGW" + when + " TK 800",
		"CDG-BGW":          "air iata:CDG>iata:BGW" + when,
		"Flight AF 123 from Paris (CDG) to Baghdad (BGW)":  "air iata:CDG>iata:BGW" + when + " AF 123",
		"Paris to Baghdad on AF123":                        "air gn:2988507>gn:98182" + when + " AF 123",
		"✈️ Paris → Baghdad":                               "air gn:2988507>gn:98182" + when,
		"Vol AF123 de Paris à Bagdad":                      "air gn:2988507>gn:98182" + when + " AF 123",
		"Flug LH 456 von Frankfurt nach Amman":             "air gn:2925533>gn:250441" + when + " LH 456",
		"Vuelo IB 3166 de Madrid a Bagdad":                 "air gn:3117735>gn:98182" + when + " IB 3166",
		"AF123 CDG BGW 08:00":                              "air iata:CDG>iata:BGW" + when + " AF 123",
		"Train Paris Gare du Nord to London St Pancras":    "rail gn:2988507>gn:2643743" + when,
		"TGV INOUI 6607 Paris Gare de Lyon - Lyon":         "rail gn:2988507>gn:2996944" + when + " 6607",
		"ICE 597: Berlin Hbf → München Hbf":                "rail gn:2950159>gn:2867714" + when + " 597",
		"Ferry from Port Sudan to Jeddah":                  "sea gn:377039>gn:105343" + when,
		"Transfer from Erbil to Duhok":                     "road gn:95446>gn:96994" + when,
		"Bus Beirut - Tripoli, Lebanon":                    "road gn:276781>gn:266826" + when,
		"Annulé : vol AF123 CDG-BGW":                       "air iata:CDG>iata:BGW" + when + " AF 123\n" + `left out: line 3: "Annulé : vol AF123 CDG-BGW" is cancelled`,
		"Board meeting":                                    `left out: line 3: "Board meeting" names no journey and no stay`,
		"CEO/CFO lunch":                                    `left out: line 3: "CEO/CFO lunch" names no journey and no stay`,
		"Q1 2026 review to plan":                           `left out: line 3: "Q1 2026 review to plan" names no journey and no stay`,
		"Drive the budget to zero":                         `left out: line 3: "Drive the budget to zero" may be a journey, but leaves from "the budget", which is not a place we know: write the city and its country, or the airport's code`,
		"Coach: session with Maria":                        `left out: line 3: "Coach: session with Maria" may be a journey, but says neither where from nor where to`,
		"Dinner at the Grand Hotel":                        `left out: line 3: "Dinner at the Grand Hotel" names no journey and no stay`,
		"Hotel bar with Ben":                               `left out: line 3: "Hotel bar with Ben" speaks of a hotel, but goes over no night: where someone sleeps there, give it the whole stay`,
		"Boarding AF123 CDG-BGW":                           `left out: line 3: "Boarding AF123 CDG-BGW" reminds of a journey and is none itself`,
		"Flight AF123":                                     `line 5 (SUMMARY): "Flight AF123" does not say where it leaves from: write it as in "CDG-BGW" or "Paris to Baghdad"`,
		"Flight to Paris":                                  `line 5 (SUMMARY): "Flight to Paris" does not say where it leaves from: write it as in "CDG-BGW" or "Paris to Baghdad"`,
		"Flight Amman to Tripoli":                          `line 5 (SUMMARY): "Flight Amman to Tripoli" arrives "Tripoli", which may be Tripoli, Libya or Tripoli, Lebanon: add the country`,
		"Flight Amman to Erbill":                           `line 5 (SUMMARY): "Flight Amman to Erbill" arrives "Erbill", which is not a place we know: did you mean Erbil, Iraq?`,
		"Vuelo de Madrid a Londres":                        `line 5 (SUMMARY): "Vuelo de Madrid a Londres" arrives "Londres", which is the name of a small town, Londres, Argentina: add the country, or mend the name`,
		"Check-in: Cedar Rooms":                            `line 5 (SUMMARY): "Check-in: Cedar Rooms" has no check-out of the same name after it: give the stay its end`,
		"":                                                 `left out: line 3: "" has no words`,
		strings.Repeat("Flight A to B - ", 60):             "",
		"Flight " + strings.Repeat("(", 400) + " to Paris": "",
	} {
		got := first(t, event1("SUMMARY:"+strings.ReplaceAll(summary, ",", `\,`)+times))
		if want != "" && got != want {
			t.Errorf("%q\n got %s\nwant %s", summary, got, want)
		}
	}
}

func TestHowTimesAreWritten(t *testing.T) {
	const leg = "SUMMARY:AF123 CDG-BGW\n"
	for lines, want := range map[string]string{
		"DTSTART:20260210T080000\nDTEND:20260210T150000":                                      "2026-02-10T07:00–02-10T12:00",
		"DTSTART;TZID=Europe/London:20260210T080000\nDTEND;TZID=Asia/Baghdad:20260210T150000": "2026-02-10T08:00–02-10T12:00",
		"DTSTART:20260210T080000Z\nDURATION:PT5H":                                             "2026-02-10T08:00–02-10T13:00",
		"DTSTART:20260210T080000\nDURATION:PT5H":                                              "2026-02-10T07:00–02-10T12:00",
		"DTSTART;VALUE=DATE:20260210\nDTEND;VALUE=DATE:20260212":                              "2026-02-09T23:00–02-11T21:00",
		"DTSTART;VALUE=DATE:20260210":                                                         "2026-02-09T23:00–02-10T21:00",
		"DTSTART:20260210T080000Z":                                                            "has no end: give the event the time of arrival",
		"DTEND:20260210T080000Z":                                                              "has no start: give the event a time",
		"DTSTART:20260210T080000Z\nDTEND:20260210T070000Z":                                    "before the departure at 10 Feb 2026 08:00 UTC",
		"DTSTART;TZID=Nowhere:20260210T080000\nDTEND:20260210T150000Z":                        `is in the time zone "Nowhere", which neither we nor the calendar know`,
		"DTSTART:20260230T080000Z\nDTEND:20260210T150000Z":                                    "is no date of a calendar",
		"DTSTART:20260210T080000Z\nDURATION:P9999999W":                                        "is no length of time we can read",
		"DTSTART:20260210T080000Z\nDTEND:20260210T150000Z\nRRULE:FREQ=SECONDLY":               "repeats, or is one of a row that does",
		"DTSTART:20260210T080000Z\nDTEND:20260210T150000Z\nRECURRENCE-ID:20260210T080000Z":    "repeats, or is one of a row that does",
	} {
		if got := first(t, event1(leg+lines)); !strings.Contains(got, want) {
			t.Errorf("%q: %s; want %s", lines, got, want)
		}
	}
}

// A zone the calendar defines itself, summer and winter, and definitions that
// we cannot follow.
func TestZonesOfACalendarsOwn(t *testing.T) {
	zone := func(rule string) string {
		return "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Office\nBEGIN:STANDARD\nDTSTART:19701025T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\n" +
			"BEGIN:DAYLIGHT\nDTSTART:19700329T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n" + rule + "END:DAYLIGHT\nEND:VTIMEZONE\n"
	}
	const summer = "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\n"
	for _, c := range []struct{ day, rule, want string }{
		{"20260210", summer, "2026-02-10T07:00"}, {"20260710", summer, "2026-07-10T06:00"}, {"20260328", summer, "2026-03-28T07:00"}, {"20260330", summer, "2026-03-30T06:00"},
		{"20261024", summer, "2026-10-24T06:00"}, {"20261026", summer, "2026-10-26T07:00"},
		{"20260710", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20100328T010000Z\n", "2026-07-10T07:00"},
		{"20260710", "RRULE:FREQ=DAILY\n", "whose definition in the calendar we cannot follow"},
		{"20260710", "RDATE:20260329T020000\n", "whose definition in the calendar we cannot follow"},
		{"20260710", "X-NOTE:x\nRRULE:FREQ=YEARLY;BYDAY=99SU\n", "whose definition in the calendar we cannot follow"},
	} {
		got := first(t, zone(c.rule)+"BEGIN:VEVENT\nSUMMARY:AF123 CDG-BGW\nDTSTART;TZID=Office:"+c.day+"T080000\nDURATION:PT5H\nEND:VEVENT\nEND:VCALENDAR\n")
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: %s, want %s", c.day, got, c.want)
		}
	}
}

func TestVersionsOfAnEvent(t *testing.T) {
	v := func(sequence, hour string) string {
		return "BEGIN:VEVENT\nUID:x\nSEQUENCE:" + sequence + "\nSUMMARY:AF123 CDG-BGW\nDTSTART:20260210T" + hour + "0000Z\nDURATION:PT5H\nEND:VEVENT\n"
	}
	for _, order := range []string{v("1", "08") + v("2", "09"), v("2", "09") + v("1", "08")} {
		got := first(t, "BEGIN:VCALENDAR\n"+order+"END:VCALENDAR\n")
		if !strings.HasPrefix(got, "air iata:CDG>iata:BGW 2026-02-10T09:00–02-10T14:00 AF 123\nleft out: line ") || strings.Count(got, "\n") != 1 {
			t.Error(got)
		}
	}
	got := first(t, "BEGIN:VCALENDAR\nMETHOD:CANCEL\n"+v("1", "08")+"END:VCALENDAR\n")
	if !strings.Contains(got, "is cancelled") {
		t.Error(got)
	}
}

// From the first departure to the last arrival a trip puts its traveller
// somewhere, also where a flight names a city and the next its airport, or
// the hotel's days end with the last night.
func TestNobodyIsLostBetweenLegs(t *testing.T) {
	leg := func(summary, location, from, to string) string {
		return "BEGIN:VEVENT\nSUMMARY:" + summary + "\nLOCATION:" + location + "\nDTSTART:" + from + "\nDTEND:" + to + "\nEND:VEVENT\n"
	}
	out := leg("Flight to Baghdad (AF 123)", "Paris CDG", "20260210T080000Z", "20260210T130000Z")
	back := leg("Flight to Paris (AF 124)", "Baghdad BGW", "20260214T080000Z", "20260214T130000Z")
	for name, c := range map[string]struct {
		events string
		remark string
	}{
		"a city and its airport":            {out + back, ""},
		"days that end with the last night": {out + back + "BEGIN:VEVENT\nSUMMARY:Stay at River House\nLOCATION:Baghdad\nDTSTART;VALUE=DATE:20260210\nDTEND;VALUE=DATE:20260214\nEND:VEVENT\n", ""},
		"another city of the country": {out + leg("EBL-CDG AF 9", "", "20260214T080000Z", "20260214T130000Z"),
			"the traveller is held to be in Iraq between arriving at Baghdad, Iraq, 10 Feb 2026 13:00 UTC, and leaving from Erbil"},
	} {
		in, err := Read(gazetteer.Default(), strings.NewReader("BEGIN:VCALENDAR\n"+c.events+"END:VCALENDAR\n"))
		if err != nil || len(in.Problems) > 0 {
			t.Fatal(name, err, in.Problems)
		}
		if text := said(&in); c.remark == "" && strings.Contains(text, "remark") || !strings.Contains(text, c.remark) {
			t.Errorf("%s: %s", name, text)
		}
		for at := in.Trip.Legs[0].Arrives; at.Before(in.Trip.Legs[1].Departs); at = at.Add(30 * time.Minute) {
			if !slices.ContainsFunc(in.Trip.Presences(), func(p vedette.Presence) bool { return p.Covers(at) }) {
				t.Errorf("%s: nowhere at %v\n%s", name, at, said(&in))
				break
			}
		}
	}
	in, _ := Read(gazetteer.Default(), strings.NewReader("BEGIN:VCALENDAR\n"+out+leg("AMM-CDG AF 9", "", "20260214T080000Z", "20260214T130000Z")+"END:VCALENDAR\n"))
	if text := said(&in); !strings.Contains(text, "nothing says where the traveller is between arriving at Baghdad") {
		t.Error(text)
	}
}

func TestCalendarsThatCannotBeRead(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "the file is empty: a calendar begins with BEGIN:VCALENDAR"},
		{"a table", "name,email\n", "line 1: this is no calendar: it must begin with BEGIN:VCALENDAR; export it as iCalendar (.ics)"},
		{"a PDF", "%PDF-1.7", "this is a PDF, not a calendar: export it as iCalendar (.ics)"},
		{"binary", "BEGIN:VCALENDAR\x00\x00", "this is a binary file, not a calendar: export it as iCalendar (.ics)"},
		{"deep", strings.Repeat("BEGIN:VCALENDAR\n", 100_000), "line 17: the calendar nests deeper than 16 parts: it is damaged; export it again"},
		{"crossed", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", "line 3: END:VCALENDAR closes VEVENT: the calendar is damaged; export it again"},
		{"many", "BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:VEVENT\nEND:VEVENT\n", maxEvents+1) + "END:VCALENDAR\n", "the calendar has more than 20000 events: split it"},
	} {
		_, err := Read(gazetteer.Default(), strings.NewReader(c.text))
		if err == nil || err.Error() != c.want || vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

func TestHostileCalendarsAreBounded(t *testing.T) {
	const times = "\nDTSTART:20260210T080000Z\nDTEND:20260210T150000Z"
	for name, text := range map[string]string{
		"endless folding":    event1("SUMMARY:AF123 CDG-BGW" + times + "\nDESCRIPTION:x" + strings.Repeat("\n y", 2_000_000)),
		"a line of 20 MB":    event1("SUMMARY:AF123 CDG-BGW" + times + "\nDESCRIPTION:" + strings.Repeat("x", 20<<20)),
		"a million marks":    event1("SUMMARY:AF123 CDG-BGW" + times + strings.Repeat("\nX-A:1", 1_000_000)),
		"a huge rule":        event1("SUMMARY:AF123 CDG-BGW" + times + "\nRRULE:FREQ=YEARLY;BYDAY=" + strings.Repeat("1MO,", 1_000_000)),
		"quotes left open":   event1("SUMMARY:AF123 CDG-BGW" + times + "\nX-A;B=\"" + strings.Repeat(";:", 500_000)),
		"bad characters":     event1("SUMMARY:AF123 CDG-BGW \xff\xfe\u202E" + times),
		"labels without end": event1("SUMMARY:Flight AF123" + times + "\nDESCRIPTION:" + strings.Repeat(`From: \n`, 100_000)),
		"cut short":          "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:AF123 CDG-BGW",
	} {
		in, err := Read(gazetteer.Default(), strings.NewReader(text))
		if err != nil || len(in.Trip.Legs)+len(in.Problems)+len(in.LeftOut) == 0 {
			t.Errorf("%s: %v, %+v", name, err, in)
		}
	}
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.ics")
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte(event1("SUMMARY:Stay in Erbil\nDTSTART;VALUE=DATE:20260210\nDURATION:P3D\nGEO:36.19;44.01")))
	g := gazetteer.Default()
	f.Fuzz(func(t *testing.T, b []byte) {
		in, err := Read(g, bytes.NewReader(b))
		if err != nil {
			if vedette.ErrorCode(err) != vedette.CodeInvalid {
				t.Fatal(err)
			}
			return
		}
		if len(in.Trip.Legs)+len(in.Trip.Stays) > 0 {
			if err := in.Trip.Validate(); err != nil {
				t.Fatal(err)
			}
		}
		again, _ := Read(g, bytes.NewReader(b))
		if diff := cmp.Diff(said(&in), said(&again)); diff != "" {
			t.Fatalf("read twice: %s", diff)
		}
	})
}
