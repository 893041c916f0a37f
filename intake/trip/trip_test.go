package trip

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vedette"
	"vedette/gazetteer"
	"vedette/intake/sheet"
)

// legText writes a leg as a duty officer would note it.
func legText(l vedette.Leg) string {
	parts := []string{string(l.Mode), string(l.From) + ">" + string(l.To), span(l.Departs, l.Arrives)}
	for _, s := range []string{l.Carrier, l.Number, l.Ship} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	for _, sea := range l.Through {
		parts = append(parts, "through "+string(sea))
	}
	return strings.Join(parts, " ")
}

func span(from, to time.Time) string {
	end := "open"
	if !to.IsZero() {
		end = to.UTC().Format("01-02T15:04")
	}
	return from.UTC().Format("2006-01-02T15:04") + "–" + end
}

func stayText(s vedette.Stay) string {
	return strings.Join(strings.Fields(fmt.Sprint("stay ", s.Area, " ", span(s.From, s.To), " ", s.Name, " ", s.Phone)), " ")
}

func tripText(t *vedette.Trip) string {
	var parts []string
	for _, l := range t.Legs {
		parts = append(parts, legText(l))
	}
	for _, s := range t.Stays {
		parts = append(parts, stayText(s))
	}
	return strings.Join(parts, "; ")
}

// saidTrips prints what a file came to: a line for each trip, problem, remark.
func saidTrips(t *testing.T, text string) string {
	t.Helper()
	in, err := Read(gazetteer.Default(), strings.NewReader(text))
	if err != nil {
		return err.Error()
	}
	var lines []string
	for _, r := range in.Rows {
		line := fmt.Sprintf("%d · %s", r.Line, r.Who)
		if r.Trip.External != "" {
			line += " · " + r.Trip.External
		}
		if r.Trip.Cancelled {
			line += " · cancelled"
		}
		lines = append(lines, line+" · "+tripText(&r.Trip))
	}
	for _, p := range in.Problems {
		lines = append(lines, p.Error())
	}
	for _, p := range in.Remarks {
		lines = append(lines, "remark: "+p.Error())
	}
	for _, h := range in.Ignored {
		lines = append(lines, "ignored: "+h)
	}
	return strings.Join(lines, "\n")
}

func TestTripsFilesAreRead(t *testing.T) {
	for _, tc := range []struct{ name, file, want string }{
		{"a booking of several lines, unsorted, between another's",
			"traveller,booking number,mode,from,to,departs,arrives,airline,flight number\n" +
				"ada@Example.org,QX7P2,air,IST,BGW,2026-02-10 20:15,2026-02-10 23:10,Turkish,TK 802\n" +
				"ben@example.org,ZZ1,flight,Paris,Erbil,2026-02-11 08:00,2026-02-11 15:00,,\n" +
				"ada@example.org,qx7p2,air,CDG,IST,2026-02-10 12:00,2026-02-10 17:35,Turkish,TK 1828\n",
			"2 · ada@example.org · QX7P2 · air iata:CDG>iata:IST 2026-02-10T11:00–02-10T14:35 Turkish TK 1828; air iata:IST>iata:BGW 2026-02-10T17:15–02-10T20:10 Turkish TK 802\n" +
				"3 · ben@example.org · ZZ1 · air gn:2988507>gn:95446 2026-02-11T07:00–02-11T12:00"},
		{"lines that join up, until back",
			"name,from,to,departure,arrival\nAda,CDG,DOH,2026-02-10 08:00,2026-02-10 17:00\nAda,DOH,BGW,2026-02-10 20:00,2026-02-10 22:30\nAda,BGW,CDG,2026-02-14 09:00,2026-02-14 12:00\n" +
				"Ada,CDG,AMM,2026-03-14 09:00,2026-03-14 15:00\nBen,AMM,CDG,2026-03-15 09:00,2026-03-15 15:00\nAda,BEY,CDG,2026-03-16 09:00,2026-03-16 15:00\n",
			"2 · Ada · air iata:CDG>iata:DOH 2026-02-10T07:00–02-10T14:00; air iata:DOH>iata:BGW 2026-02-10T17:00–02-10T19:30; air iata:BGW>iata:CDG 2026-02-14T06:00–02-14T11:00\n" +
				"5 · Ada · air iata:CDG>iata:AMM 2026-03-14T08:00–03-14T12:00\n6 · Ben · air iata:AMM>iata:CDG 2026-03-15T06:00–03-15T14:00\n7 · Ada · air iata:BEY>iata:CDG 2026-03-16T07:00–03-16T14:00"},
		{"a leg and a stay, days local, the last one whole",
			"personnel number,trip,from,to,departs,arrives,hotel,stay city,stay from,until,hotel phone\nE7,T1,CDG,BGW,2026-02-10 08:00,2026-02-10 15:00,,,,,\nE7,T1,,,,,River House,\"Baghdad, Iraq\",2026-02-10,2026-02-14,+964 1 555 0100\n",
			"2 · E7 · T1 · air iata:CDG>iata:BGW 2026-02-10T07:00–02-10T12:00; stay gn:98182 2026-02-09T21:00–02-14T21:00 River House +96415550100"},
		{"offsets and zones",
			"name,from,to,departs,arrives,time zone,arrival time zone\nAda,Paris,Baghdad,2026-02-10T08:00+01:00,2026-02-10T12:00Z,,\nBen,Paris,Baghdad,2026-02-10 08:00,2026-02-10 12:00,UTC,\nCem,Paris,Baghdad,2026-02-10 08:00,2026-02-10 15:00,Romance Standard Time,Asia/Baghdad\n",
			"2 · Ada · other gn:2988507>gn:98182 2026-02-10T07:00–02-10T12:00\n3 · Ben · other gn:2988507>gn:98182 2026-02-10T08:00–02-10T12:00\n4 · Cem · other gn:2988507>gn:98182 2026-02-10T07:00–02-10T12:00"},
		{"date and time in two columns; a column settles its order",
			"Passenger;Date of departure;Departure time;Arrival date;Arrival time;From;To\nAda;03/04/2026;08:05;03/04/2026;14h10;CDG;BGW\nBen;25/04/2026;8:05 PM;26/04/2026;02:10;CDG;BGW\n",
			"2 · Ada · air iata:CDG>iata:BGW 2026-04-03T06:05–04-03T11:10\n3 · Ben · air iata:CDG>iata:BGW 2026-04-25T18:05–04-25T23:10"},
		{"days without times",
			"name,from,to,departs,arrives\nAda,Paris,Baghdad,2026-02-10,\n",
			"2 · Ada · other gn:2988507>gn:98182 2026-02-09T23:00–02-10T21:00\n" +
				`remark: line 2, column 4 (departs): "2026-02-10" has no time: the leg is taken to last from the first moment of 10 Feb 2026 to the last of 10 Feb 2026`},
		{"a plain list of destinations", "employee,destination,departure date,return date\nAda,Erbil,2026-02-10,2026-02-14\n", "2 · Ada · stay gn:95446 2026-02-09T21:00–02-14T21:00"},
		{"a plain list of cities", "name,city,country,arrival date,departure date\nAda,Tripoli,Lebanon,10 Feb 2026,14 Feb 2026\n", "2 · Ada · stay gn:266826 2026-02-09T22:00–02-14T22:00"},
		{"German", "Reisender;Buchungscode;Verkehrsmittel;Von;Nach;Abflug;Ankunft;Flugnummer;Status\nJörn Maß;K9;Flug;Berlin;Amman;10.02.2026 08:15;10.02.2026 14:05;RJ 126;bestätigt\n",
			"2 · Jörn Maß · K9 · air gn:2950159>gn:250441 2026-02-10T07:15–02-10T11:05 RJ 126"},
		{"French", "Voyageur;Numéro de voyage;Départ;Arrivée;De;À;Navire;Mers\nZoé;V1;le 10 février 2026 à 08h00;12 février 2026 18h00;Port Sudan;Jeddah;MV Heron;Red Sea\n",
			"2 · Zoé · V1 · sea gn:377039>gn:105343 2026-02-10T06:00–02-12T15:00 MV Heron through red-sea"},
		{"cancelled", "name,trip,city,from date,to date,status\nA,1,Erbil,2026-02-10,2026-02-12,Cancelled\nA,1,Mosul,2026-02-12,2026-02-13,Confirmed\nB,2,Erbil,2026-02-10,2026-02-12,annulé\nC,3,Erbil,2026-02-10,2026-02-12,waitlisted\n",
			"2 · A · 1 · stay gn:99072 2026-02-11T21:00–02-13T21:00\n4 · B · 2 · cancelled · stay gn:95446 2026-02-09T21:00–02-12T21:00\n5 · C · 3 · stay gn:95446 2026-02-09T21:00–02-12T21:00\n" +
				`remark: line 5, column 6 (status): "waitlisted" is no status we know: taken as booked; write cancelled where it is not`},
		{"cancelled as a column of its own", "name,city,from date,to date,cancelled\nA,Erbil,2026-02-10,2026-02-12,yes\nB,Erbil,2026-02-10,2026-02-12,no\n",
			"2 · A · cancelled · stay gn:95446 2026-02-09T21:00–02-12T21:00\n3 · B · stay gn:95446 2026-02-09T21:00–02-12T21:00"},
		{"the same line twice is one leg", "name,trip,from,to,departs,arrives\nA,1,CDG,BGW,2026-02-10 08:00,2026-02-10 15:00\nA,1,CDG,BGW,2026-02-10 08:00,2026-02-10 15:00\n",
			"2 · A · 1 · air iata:CDG>iata:BGW 2026-02-10T07:00–02-10T12:00"},
		{"columns not used", "name,city,from date,to date,seat\nA,Erbil,2026-02-10,2026-02-12,12A\n", "2 · A · stay gn:95446 2026-02-09T21:00–02-12T21:00\nignored: seat"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, saidTrips(t, tc.file)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestBadTripLinesSayWhereAndHowToMend(t *testing.T) {
	const whole = "name,trip,mode,from,to,departs,arrives,hotel,stay place,stay from,until,time zone\n"
	for _, tc := range []struct{ name, rows, want string }{
		{"nobody", ",,,CDG,BGW,2026-02-10 08:00,2026-02-10 15:00,,,,,", `line 2, column 1 (name): who travels? give an e-mail address, a personnel number or a name`},
		{"nothing", "A,,,,,,,,,,,", `line 2: this line is neither a leg nor a stay: give from, to, departs and arrives, or a place with its first and last day`},
		{"a date that may be two", "A,,,CDG,BGW,03/04/2026 08:00,2026-04-03 15:00,,,,,", `line 2, column 6 (departs): "03/04/2026 08:00" may be 3 Apr 2026 or 4 Mar 2026, nothing in the column tells which: write it as in "2026-02-10"`},
		{"backwards", "A,,,CDG,BGW,2026-02-10 15:00,2026-02-10 08:00,,,,,", `line 2, column 7 (arrives): "2026-02-10 08:00" is 10 Feb 2026 05:00 UTC, before the departure at 10 Feb 2026 14:00 UTC: mend a time or its zone`},
		{"no arrival", "A,,,CDG,BGW,2026-02-10 15:00,,,,,,", `line 2, column 7 (arrives): the arrival is missing: give its date and time`},
		{"no way there", "A,,,,BGW,2026-02-10 15:00,2026-02-10 18:00,,,,,", `line 2, column 4 (from): where does this leg leave from? give a city, a country or an airport's code`},
		{"unknown place", "A,,,Erbill,BGW,2026-02-10 15:00,2026-02-10 18:00,,,,,", `line 2, column 4 (from): "Erbill" is not a place we know: did you mean Erbil, Iraq?`},
		{"two places of a name", "A,,,Tripoli,BGW,2026-02-10 15:00,2026-02-10 18:00,,,,,", `line 2, column 4 (from): "Tripoli" may be Tripoli, Libya or Tripoli, Lebanon: add the country`},
		{"unknown zone", "A,,,CDG,BGW,2026-02-10 15:00,2026-02-10T18:00Z,,,,,Mars/Phobos", `line 2, column 12 (time zone): "Mars/Phobos" is no time zone we know: write its IANA name, as in "Asia/Baghdad", or an offset, as in "+03:00"`},
		{"a zone that several share", "A,,,CDG,BGW,2026-02-10 15:00,2026-02-10T18:00Z,,,,,IST", `line 2, column 12 (time zone): "IST" is an abbreviation, which several time zones may share: write its IANA name, as in "Asia/Baghdad", or an offset, as in "+03:00"`},
		{"a country with several zones", "A,,,United States,BGW,2026-02-10 15:00,2026-02-10T23:00Z,,,,,", `line 2, column 6 (departs): "2026-02-10 15:00" is a time in a country with several time zones: name the city, or add the zone or offset`},
		{"at sea", "A,,sea,Red Sea,Jeddah,2026-02-10 15:00,2026-02-10T23:00Z,,,,,", `line 2, column 6 (departs): "2026-02-10 15:00" has no zone, and its place has none of its own: add the zone or offset`},
		{"mode", "A,,broom,CDG,BGW,2026-02-10 08:00,2026-02-10 15:00,,,,,", `line 2, column 3 (mode): "broom" is no mode of travel we know: write air, rail, road, sea or other`},
		{"a stay that ends first", "A,,,,,,,,Erbil,2026-02-10,2026-02-09,", `line 2, column 11 (until): "2026-02-09" is before 10 Feb 2026, the first day of the stay: mend one of them`},
		{"a stay without end", "A,,,,,,,Inn,Erbil,2026-02-10,,", `line 2, column 11 (until): the last day of the stay is missing`},
		{"a stay nowhere", "A,,,,,,,Inn,,2026-02-10,2026-02-11,", `line 2, column 9 (stay place): where is this stay? give a city, a country or an address`},
		{"overlapping legs", "A,7,,CDG,IST,2026-02-10 08:00,2026-02-10 15:00,,,,,\nA,7,,IST,BGW,2026-02-10 14:00,2026-02-10 18:00,,,,,",
			"line 2: is of the same trip as line 3, and waits until that is mended\nline 3: leg 2 departs 10 Feb 2026 11:00 UTC, before leg 1 has arrived at 10 Feb 2026 12:00 UTC; mend a time or its zone"},
		{"a bad line holds its trip", "A,7,,CDG,IST,2026-02-10 08:00,2026-02-10 15:00,,,,,\nA,7,,IST,BGW,soon,2026-02-10 18:00,,,,,",
			"line 2: is of the same trip as line 3, and waits until that is mended\n" + `line 3, column 6 (departs): "soon" is no date we can read: write it as in "2026-02-10"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, saidTrips(t, whole+tc.rows+"\n")); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	for file, want := range map[string]string{
		"name,city\nA,Erbil\n":              `line 1: no column for when among "name", "city": the first line must hold the headers (traveller, trip, mode, from, to, departs, arrives …)`,
		"from,to,departs\nCDG,BGW,2026-1-1": `line 1: no column for who travels among "from", "to", "departs": the first line must hold the headers (traveller, trip, mode, from, to, departs, arrives …)`,
	} {
		if got := saidTrips(t, file); got != want {
			t.Error(got)
		}
	}
}

func TestSampleTrips(t *testing.T) {
	b, err := os.ReadFile("testdata/trips.csv")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/trips.txt", saidTrips(t, string(b)))
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"name,trip,from,to,departs,arrives\nA,1,CDG,BGW,2026-02-10 08:00,2026-02-10 15:00\nA,1,BGW,CDG,03/04/2026,04/25/2026\n",
		"Reisender;Hotel;Ort;Anreise;Abreise\nA;Inn;Berlin;1.2.2026;3.2.2026\n;;;;\n",
		"email,city,start date,end date,status,time zone\na@example.org,Erbil,2026-02-10,2026-02-12,cancelled,+03:00\na@example.org,Erbil,2026-02-12,2026-02-13,,X\n",
	} {
		f.Add([]byte(s))
	}
	g := gazetteer.Default()
	f.Fuzz(func(t *testing.T, b []byte) {
		in, err := Read(g, bytes.NewReader(b))
		if err != nil {
			if vedette.ErrorCode(err) != vedette.CodeInvalid {
				t.Fatal(err)
			}
			return
		}
		var lines []int
		for _, r := range in.Rows {
			if err := r.Trip.Validate(); err != nil || r.Who == "" {
				t.Fatalf("line %d of %q: %v", r.Line, r.Who, err)
			}
			lines = append(lines, r.Lines...)
		}
		text, _ := sheet.Text(bytes.NewReader(b))
		table, _ := open(text)
		accounts(t, table, lines, in.Problems)
	})
}

func BenchmarkRead100k(b *testing.B) {
	var file strings.Builder
	file.WriteString("email,booking,from,to,departs,arrives,flight\n")
	for i := range 50_000 {
		fmt.Fprintf(&file, "p%d@example.org,B%d,CDG,BGW,%02d/02/2026 08:00,%02d/02/2026 15:00,AF 123\np%d@example.org,B%d,BGW,CDG,%02d/03/2026 08:00,%02d/03/2026 15:00,AF 124\n",
			i, i, i%27+1, i%27+1, i, i, i%27+1, i%27+1)
	}
	g := gazetteer.Default()
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		in, err := Read(g, strings.NewReader(file.String()))
		if err != nil || len(in.Rows) != 50_000 {
			b.Fatalf("%d rows, %v, %v", len(in.Rows), err, in.Problems[:min(3, len(in.Problems))])
		}
	}
}
