package desk

import (
	"fmt"
	"strings"
	"testing"

	"vedette"
)

func (r *room) trips(csv string, o ImportOptions) *TripsImport {
	r.t.Helper()
	im, err := r.ImportTrips(r.t.Context(), strings.NewReader(csv), o)
	if err != nil {
		r.t.Fatal(err)
	}
	return im
}

const (
	tripHead = "email,personnel number,name,trip number,hotel,city,country,check-in,check-out\n"
	basra    = "ali@example.org,,,T-1,Mnawi,Basra,Iraq,2026-02-10,2026-02-14\n"
)

func TestTripsAreBroughtUpToDate(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country,personnel number\nAli,ali@example.org,France,E-7\nMona,mona@example.org,France,\n", ImportOptions{})
	for _, c := range []struct {
		what, lines string
		options     ImportOptions
		want        string // new, changed, unchanged, cancelled, problems
		saved       bool
	}{
		{"a dry run", basra, ImportOptions{DryRun: true}, "1 0 0 0 0", false},
		{"a new trip", basra, ImportOptions{}, "1 0 0 0 0", true},
		{"the same file again", basra, ImportOptions{}, "0 0 1 0 0", true},
		{"another hotel", strings.Replace(basra, "Mnawi", "Shatt", 1), ImportOptions{}, "0 1 0 0 0", true},
		{"other days", strings.Replace(basra, "02-14", "02-16", 1), ImportOptions{}, "0 1 0 0 0", true},
		{"told by number and by name", ",E-7,,T-2,,Erbil,Iraq,2026-03-01,2026-03-02\n,,Mona,T-2,,Erbil,Iraq,2026-03-01,2026-03-02\n", ImportOptions{}, "2 0 0 0 0", true},
		{"without a number", "mona@example.org,,,,,Amman,Jordan,2026-03-05,2026-03-06\n", ImportOptions{}, "1 0 0 0 0", true},
		{"without a number again", "mona@example.org,,,,,Amman,Jordan,2026-03-05,2026-03-06\n", ImportOptions{}, "0 0 1 0 0", true},
		{"nobody here", "zed@example.org,,,T-3,,Amman,Jordan,2026-03-05,2026-03-06\n", ImportOptions{}, "0 0 0 0 1", false},
		{"the good ones alone", "zed@example.org,,,T-3,,Amman,Jordan,2026-03-05,2026-03-06\nmona@example.org,,,T-3,,Amman,Jordan,2026-04-05,2026-04-06\n", ImportOptions{SkipBad: true}, "1 0 0 0 1", true},
		{"one's number, another's address", "mona@example.org,E-7,,T-4,,Amman,Jordan,2026-03-05,2026-03-06\n", ImportOptions{}, "0 0 0 0 1", false},
		{"one trip, told in two ways", "ali@example.org,,,T-5,,Amman,Jordan,2026-03-05,2026-03-06\n,E-7,,T-5,,Amman,Jordan,2026-03-07,2026-03-08\n", ImportOptions{}, "1 0 0 0 1", false},
	} {
		im := r.trips(tripHead+c.lines, c.options)
		got := fmt.Sprintf("%d %d %d %d %d", im.Added, im.Changed, im.Unchanged, im.Cancelled, len(im.Problems))
		if got != c.want || im.Saved != c.saved {
			t.Errorf("%s: %s saved %v, want %s saved %v: %+v", c.what, got, im.Saved, c.want, c.saved, im)
		}
	}
	list, err := r.Trips(t.Context(), "ali@example.org")
	if err != nil || len(list) != 2 || list[0].External != "T-1" || len(list[0].Stays) != 1 || list[0].Stays[0].Name != "Mnawi" {
		t.Errorf("Ali's trips: %+v, %v", list, err)
	}
}

// A line whose traveller is unknown is named, and so is a name of several.
func TestATravellerWhoIsNotOneIsNamedByLine(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country\nAli,a1@example.org,Iraq\nAli,a2@example.org,Iraq\n", ImportOptions{})
	im := r.trips("name,trip number,city,country,check-in,check-out\nZed,T-1,Basra,Iraq,2026-02-10,2026-02-11\nali,T-2,Basra,Iraq,2026-02-10,2026-02-11\n", ImportOptions{})
	if len(im.Problems) != 2 {
		t.Fatalf("%+v", im)
	}
	for i, want := range []string{`line 2: "Zed" is nobody here`, `line 3: "ali" is the name of 2 people here`} {
		if got := im.Problems[i].Error(); !strings.HasPrefix(got, want) {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Whoever is kept by city or country is kept so when they travel too.
func TestATripTellsNoMoreThanIsWished(t *testing.T) {
	for _, c := range []struct {
		precision string
		within    vedette.AreaID
		kind      vedette.AreaKind
		hotel     string
	}{
		{"exact", "IQ", vedette.AreaCity, "Mnawi"},
		{"city", "IQ", vedette.AreaCity, ""},
		{"country", "IQ", vedette.AreaCountry, ""},
	} {
		r := newRoom(t)
		r.bring("name,email,country,precision\nAli,ali@example.org,France,"+c.precision+"\n", ImportOptions{})
		r.trips(tripHead+basra, ImportOptions{})
		p, err := r.Person(t.Context(), "ali@example.org")
		if err != nil || len(p.Presence) != 2 {
			t.Fatalf("%s: %+v, %v", c.precision, p.Presence, err)
		}
		a, _ := r.Gaz.Area(p.Presence[1].Area)
		if a.Kind != c.kind || a.ID != c.within && a.Country != c.within {
			t.Errorf("%s: kept in %s", c.precision, a.ID)
		}
		list, err := r.Trips(t.Context(), "ali@example.org")
		if err != nil || len(list) != 1 || list[0].Stays[0].Name != c.hotel || list[0].Stays[0].Area != a.ID {
			t.Errorf("%s: the record tells %+v, %v", c.precision, list, err)
		}
		if im := r.trips(tripHead+basra, ImportOptions{}); im.Unchanged != 1 {
			t.Errorf("%s: the same file again: %+v", c.precision, im)
		}
	}
}

func TestACancelledTripPutsNobodyAnywhere(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country\nAli,ali@example.org,France\n", ImportOptions{})
	head, line := "email,trip number,city,country,check-in,check-out,status\n", "ali@example.org,T-1,Basra,Iraq,2026-02-10,2026-02-14,"
	r.trips(head+line+"booked\n", ImportOptions{})
	abroad := func(what string, want int) vedette.ID {
		t.Helper()
		p, err := r.Person(t.Context(), "ali@example.org")
		list, err2 := r.Trips(t.Context(), "ali@example.org")
		if err != nil || err2 != nil || len(p.Presence) != 1+want || len(list) != 1 || list[0].Cancelled != (want == 0) {
			t.Fatalf("%s: %+v, %+v, %v, %v", what, p.Presence, list, err, err2)
		}
		return list[0].ID
	}
	abroad("booked", 1)
	if im := r.trips(head+line+"cancelled\n", ImportOptions{}); im.Cancelled != 1 {
		t.Errorf("cancelled by file: %+v", im)
	}
	abroad("cancelled by file", 0)
	if im := r.trips(head+line+"cancelled\n", ImportOptions{}); im.Unchanged != 1 {
		t.Errorf("cancelled again: %+v", im)
	}
	if im := r.trips(head+line+"booked\n", ImportOptions{}); im.Changed != 1 || len(im.Remarks) != 1 {
		t.Errorf("booked again: %+v", im)
	}
	id := abroad("booked again", 1)
	if err := r.CancelTrip(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	abroad("cancelled by the desk", 0)
	if err := r.CancelTrip(t.Context(), id); vedette.ErrorCode(err) != vedette.CodeConflict {
		t.Errorf("cancelled twice: %v", err)
	}
	if im := r.trips(head+"ali@example.org,T-9,Basra,Iraq,2026-02-10,2026-02-14,cancelled\n", ImportOptions{}); im.Unchanged != 1 {
		t.Errorf("a cancelled trip nobody knew: %+v", im)
	}
	abroad("after it", 0)
}

const flight = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nSUMMARY:AF123 CDG-BGW\r\nDTSTART:20260210T080000Z\r\nDURATION:PT5H\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nUID:y\r\nSUMMARY:Dentist\r\nDTSTART:20260201T080000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

func TestACalendarIsOneTripOfItsPerson(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country\nAli,ali@example.org,France\n", ImportOptions{})
	for n, want := range []string{"1 0 0", "0 0 1", "0 1 0"} {
		text := flight
		if n == 2 {
			text = strings.Replace(flight, "T080000Z", "T090000Z", 1)
		}
		im, err := r.ImportItinerary(t.Context(), "ali@example.org", strings.NewReader(text), ImportOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%d %d %d", im.Added, im.Changed, im.Unchanged); got != want || len(im.LeftOut) != 1 || !strings.Contains(im.LeftOut[0].Error(), "Dentist") {
			t.Errorf("import %d: %s, want %s: %+v", n+1, got, want, im)
		}
	}
	p, err := r.Person(t.Context(), "ali@example.org")
	if err != nil || len(p.Presence) != 3 {
		t.Errorf("home, before and after the flight: %+v, %v", p.Presence, err)
	}
}

// The same trip added twice by hand is one.
func TestATripAddedTwiceIsOne(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country\nAli,ali@example.org,France\n", ImportOptions{})
	stay := []vedette.Stay{{Area: "IQ", From: r.now(), To: r.now().AddDate(0, 0, 3)}}
	a, err := r.AddTrip(t.Context(), "ali@example.org", stay)
	if err != nil {
		t.Fatal(err)
	}
	b, err := r.AddTrip(t.Context(), "ali@example.org", stay)
	if err != nil || a.ID != b.ID {
		t.Errorf("%s and %s, %v", a.ID, b.ID, err)
	}
	if _, err := r.AddTrip(t.Context(), "ali@example.org", []vedette.Stay{{Area: "IQ", From: r.now(), To: r.now()}}); vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Errorf("a trip without length: %v", err)
	}
}
