package intake

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vedette"
	"vedette/gazetteer"
	"vedette/intake/sheet"
)

// saidSites prints what a file came to: a line for each site and problem.
func saidSites(t *testing.T, text string) string {
	t.Helper()
	s, err := ReadSites(gazetteer.Default(), strings.NewReader(text))
	if err != nil {
		return err.Error()
	}
	var lines []string
	for _, r := range s.Rows {
		line := fmt.Sprintf("%d · %s", r.Line, r.Site.Name)
		for _, part := range []string{r.Site.External, r.Site.Phone, string(r.Site.Area)} {
			if part != "" {
				line += " · " + part
			}
		}
		if r.Site.Point != nil {
			line += " · at " + r.Site.Point.String()
		}
		lines = append(lines, line)
	}
	for _, p := range s.Problems {
		lines = append(lines, p.Error())
	}
	return strings.Join(lines, "\n")
}

func TestSitesFilesAreRead(t *testing.T) {
	for _, tc := range []struct{ name, file, want string }{
		{"all columns", "name,code,country,city,latitude,longitude,phone\nNorth office,BGW-01,Iraq,Baghdad,33.34,44.40,+964 1 555 0100\nGuest house,,Iraq,Erbil,,,\n",
			"2 · North office · BGW-01 · +96415550100 · gn:98182 · at 33.34000,44.40000\n3 · Guest house · gn:95446"},
		{"German", "Standort;Standortnummer;Stadt;Land;Zentrale\nBüro Süd;7;Berlin;DE;0049 30 23125 000\n", "2 · Büro Süd · 7 · +493023125000 · gn:2950159"},
		{"a point alone", "site;coordinates\nCamp;33.34, 44.40\n", "2 · Camp · gn:98182 · at 33.34000,44.40000"},
		{"an airport", "site,city\nDesk at the airport,EBL\n", "2 · Desk at the airport · iata:EBL"},
		{"names and codes once", "site,code,country\nA,1,IQ\na,2,IQ\nB,1,IR\n",
			"2 · A · 1 · IQ\n" + `line 3, column 1 (site): "a" stands in line 2 already: give each site its own, once` + "\n" +
				`line 4, column 2 (code): "1" stands in line 2 already: give each site its own, once`},
		{"what is missing", "site,country,phone,code\n,IQ,,\nB,,,\nC,Iraqq,,\nD,IQ,0123 456,\nE,IQ,,4.1E+07\n",
			"line 2, column 1 (site): the name is missing\nline 3: where is this site? give a country, a city or a point\n" +
				`line 4, column 2 (country): "Iraqq" is not a country we know: did you mean Iraq?` + "\n" +
				`line 5, column 3 (phone): "0123 456" has no country code: add the country code, as in +44 …` + "\n" +
				`line 6, column 4 (code): "4.1E+07" was shortened by a spreadsheet: format the column as text and write all digits`},
		{"no header", "North,IQ\n", `line 1: no column for a site's name among "North", "IQ": the first line must hold the headers (name, code, country, city, phone …)`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, saidSites(t, tc.file)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// accounts fails unless every line of a table that is not blank is in a row
// or has a problem, and none both.
func accounts(t *testing.T, in *sheet.Reader, rows []int, problems []Problem) {
	t.Helper()
	said := map[int]string{}
	for _, line := range rows {
		said[line] = "row"
	}
	for _, p := range problems {
		if said[p.Line] == "row" {
			t.Fatalf("line %d is a row and has a problem: %v", p.Line, p)
		}
		said[p.Line] = "problem"
	}
	for more, _ := in.Next(); more; more, _ = in.Next() {
		if said[in.Line()] == "" {
			t.Fatalf("line %d is neither a row nor a problem", in.Line())
		}
	}
}

func FuzzReadSites(f *testing.F) {
	f.Add([]byte("name,code,country,city,lat,lon,phone\nA,1,IQ,Baghdad,33.3,44.4,+9641555010\n"))
	f.Add([]byte("sep=;\nStandort;Land;point\n\"A\nB\";DE;52,5; 13,4\n;;\nC;;\n"))
	g := gazetteer.Default()
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := ReadSites(g, bytes.NewReader(b))
		if err != nil {
			if vedette.ErrorCode(err) != vedette.CodeInvalid {
				t.Fatal(err)
			}
			return
		}
		var lines []int
		for _, r := range s.Rows {
			if r.Site.Name == "" || r.Site.Area == "" {
				t.Fatalf("%+v", r)
			}
			lines = append(lines, r.Line)
		}
		text, _ := sheet.Text(bytes.NewReader(b))
		in, _ := openSites(text)
		accounts(t, in, lines, s.Problems)
	})
}
