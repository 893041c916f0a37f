package intake

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"vedette"
	"vedette/gazetteer"
	"vedette/intake/sheet"
)

func read(t *testing.T, text string) People {
	t.Helper()
	p, err := ReadPeople(gazetteer.Default(), strings.NewReader(text))
	if err != nil {
		t.Fatalf("the file was refused: %v", err)
	}
	return p
}

// said prints what a file came to: a line for each row and each problem.
func said(p People) string {
	g := gazetteer.Default()
	var lines []string
	for _, r := range p.Rows {
		parts := []string{fmt.Sprint(r.Line), r.Name}
		for _, s := range []string{r.Email, r.Phone, r.Language, r.Manager} {
			if s != "" {
				parts = append(parts, s)
			}
		}
		if r.Voice != "" {
			parts = append(parts, "call "+r.Voice)
		}
		for _, c := range r.Citizenship {
			parts = append(parts, "of "+g.Name(c))
		}
		if r.Site != "" {
			parts = append(parts, "site "+r.Site)
		}
		if r.Area != "" {
			parts = append(parts, "in "+g.Name(r.Area))
		}
		if r.Point != nil {
			parts = append(parts, "at "+r.Point.String())
		}
		lines = append(lines, strings.Join(parts, " · "))
	}
	for _, pr := range p.Problems {
		lines = append(lines, pr.Error())
	}
	return strings.Join(lines, "\n")
}

func TestPeopleFilesAreRead(t *testing.T) {
	for _, tc := range []struct{ name, file, want string }{
		{"all columns",
			"name,email,phone,language,manager,citizenship,site,country,city\n" +
				"Shirin Azadi,shirin@EXAMPLE.org,+98 21 5550 1234,fa,boss@Example.ORG,IR;GB,Tehran office,Iran,Tehran\n",
			"2 · Shirin Azadi · shirin@example.org · +982155501234 · fa · boss@example.org · of Iran · of United Kingdom · site Tehran office · in Tehran"},
		{"headers as people write them",
			"Full Name ; E-Mail Address;MOBILE;Nationality;Office ;Location;Preferred_Language\n" +
				"Ada Byron;ada@example.org;0044 (0)20 7946-0018;British/Iranian;HQ;Berlin, Germany;English\n",
			"2 · Ada Byron · ada@example.org · +442079460018 · en · of United Kingdom · of Iran · site HQ · in Berlin"},
		{"German headers, tabs", "Vorname\tNachname\tE-Mail\tTelefon\tStaatsangehörigkeit\tStadt\tLand\nJörn\tMaß\tj@example.org\t+49 30 23125 000\tGermany\tBerlin\tDE\n",
			"2 · Jörn Maß · j@example.org · +493023125000 · of Germany · in Berlin"},
		{"French headers", "Nom;Prénom;Courriel;Nationalité;Ville;Pays\nBélier;Zoé;z@example.org;FR;Baghdad;IQ\n",
			"2 · Zoé Bélier · z@example.org · of France · in Baghdad"},
		{"Spanish headers", "Nombre;Apellidos;Correo electrónico;País\nInés;Roble Prado;i@example.org;IQ\n",
			"2 · Inés Roble Prado · i@example.org · in Iraq"},
		{"byte order mark, CRLF, blank lines, a separator line", "\uFEFFsep=;\r\nName;Country\r\n\r\nAda;IQ\r\n;\r\nBen;IR\r\n",
			"4 · Ada · in Iraq\n6 · Ben · in Iran"},
		{"line endings of an old Mac", "Name,Country\rAda,IQ\rBen,IR",
			"2 · Ada · in Iraq\n3 · Ben · in Iran"},
		{"quotes, delimiters and lines within a cell", "name,site,country\n\"Byron, \"\"Ada\"\"\",\"HQ\nfloor 2\",IQ\nBen \"B\" Low,HQ,IQ\n",
			"2 · Byron, \"Ada\" · site HQ floor 2 · in Iraq\n4 · Ben \"B\" Low · site HQ · in Iraq"},
		{"text that looks like a formula is text", "name,manager,country\n=1+1,+Ada,IQ\n-Ben,'x,IQ\n",
			"2 · =1+1 · +Ada · in Iraq\n3 · -Ben · 'x · in Iraq"},
		{"marks that were copied along go", "name,phone,country\nAda,\u202A+44 20 7946 0018\u202C,\u00A0IQ\u200F\n",
			"2 · Ada · +442079460018 · in Iraq"},
		{"digits of other scripts", "name,phone,country\nAda,+٤٤ ٢٠ ٧٩٤٦ ۰۰۱۸,IQ\n",
			"2 · Ada · +442079460018 · in Iraq"},
		{"a mobile goes before a landline, which fills in", "name,phone,mobile,country\nAda,+442079460018,+447700900001,IQ\nBen,+442079460018,,IQ\n",
			"2 · Ada · +447700900001 · in Iraq\n3 · Ben · +442079460018 · in Iraq"},
		{"a landline is the number to call", "name,mobile,landline,country\nAda,+447700900001,+44 20 7946 0018,IQ\nBen,,+442079460019,IQ\n",
			"2 · Ada · +447700900001 · call +442079460018 · in Iraq\n3 · Ben · call +442079460019 · in Iraq"},
		{"a missing address is allowed", "name,email,phone,country\nAda,,n/a,IQ\n", "2 · Ada · in Iraq"},
		{"languages by name and tag", "name,language,country\nA,Farsi,IQ\nB,pt_br,IQ\nC,English (US),IQ\nD,deu,IQ\nE,العربية,IQ\n",
			"2 · A · fa · in Iraq\n3 · B · pt-BR · in Iraq\n4 · C · en-US · in Iraq\n5 · D · de · in Iraq\n6 · E · ar · in Iraq"},
		{"a second nationality adds up", "name,nationality,second nationality,country\nAda,IR,GB,IQ\n",
			"2 · Ada · of Iran · of United Kingdom · in Iraq"},
		{"a country only, a sea, a city that is a country", "name,country,city\nA,Israel,\nB,Red Sea,\nC,,Singapore\nD,,Red Sea\nE,,Iran\n",
			"2 · A · in Israel\n3 · B · in Red Sea\n4 · C · in Singapore\n5 · D · in Red Sea\n6 · E · in Iran"},
		{"the large one of several cities of a name", "name,city\nA,London\n", "2 · A · in London"},
		{"points alone", "name,lat,lng\nA,33.34,44.40\nB,\"35,70\",51.4 E\n",
			"2 · A · in Baghdad · at 33.34000,44.40000\n3 · B · in Tehran · at 35.70000,51.40000"},
		{"a point in the outskirts is in the city", "name,lat,lng\nA,33.385,44.34\nB,51.48,-0.19\n",
			"2 · A · in Baghdad · at 33.38500,44.34000\n3 · B · in London · at 51.48000,-0.19000"},
		{"a point near a border is not in the city across it", "name,lat,lng\nA,32.5505,-117.0400\n",
			"2 · A · in United States · at 32.55050,-117.04000"},
		{"a country on both sides of the antimeridian", "name,country,lat,lng\nA,Russia,66.16,-169.81\nB,Fiji,-16.8,-179.97\n",
			"2 · A · in Russia · at 66.16000,-169.81000\n3 · B · in Fiji · at -16.80000,-179.97000"},
		{"at the pole, which its outline does not reach", "name,country,lat,lng\nA,Antarctica,-89.95,120\nB,Antarctica,-90,0\n",
			"2 · A · in Antarctica · at -89.95000,120.00000\n3 · B · in Antarctica · at -90.00000,0.00000"},
		{"points in one cell", "name,coordinates\nA,\"33.34, 44.40\"\nB,18.5 39.5\n",
			"2 · A · in Baghdad · at 33.34000,44.40000\n3 · B · in Red Sea · at 18.50000,39.50000"},
		{"a point makes a country finer", "name,country,latitude,longitude\nA,Iraq,33.34,44.40\n",
			"2 · A · in Baghdad · at 33.34000,44.40000"},
		{"a point chooses between cities", "name,city,latitude,longitude\nA,Tripoli,34.43,35.84\n",
			"2 · A · in Tripoli · at 34.43000,35.84000"},
		{"a state without a city, and states written as nobody knows them", "name,city,state,country\nA,,Texas,US\nB,Basra,Al Basrah,Iraq\nC,,Nowhere,Iraq\nD,London,Greater London,UK\n",
			"2 · A · in Texas\n3 · B · in Basra\n4 · C · in Iraq\n5 · D · in London"},
		{"a site is placed by another row, before or after", "name,site,country,city\nA,North,,\nB,north,Iraq,Baghdad\nC,North,,\nD,South,,\nE,NORTH,Iraq,\n",
			"2 · A · site North · in Baghdad\n3 · B · site North · in Baghdad\n4 · C · site North · in Baghdad\n5 · D · site South\n6 · E · site North · in Baghdad"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, said(read(t, tc.file))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// Places of one name are told apart by the state, in a column or after a comma.
func TestStatesTellCitiesApart(t *testing.T) {
	p := read(t, "name,city,state,country\nA,Springfield,IL,USA\nB,Springfield,Missouri,US\nC,\"Springfield, Ohio\",,US\nD,\"Springfield, Oregon\",,\n")
	var got []vedette.AreaID
	for _, r := range p.Rows {
		got = append(got, r.Area)
	}
	if diff := cmp.Diff([]vedette.AreaID{"gn:4250542", "gn:4409896", "gn:4525353", "gn:5754005"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestBadRowsSayWhereAndHowToMend(t *testing.T) {
	const whole = "name,email,phone,language,citizenship,site,country,city,latitude,longitude\n"
	for _, tc := range []struct{ name, row, want string }{
		{"no name", ",a@example.org,,,,,IQ,,,", `line 2, column 1 (name): the name is missing`},
		{"address cut short", "A,foo@,,,,,IQ,,,", `line 2, column 2 (email): "foo@" is not an address: nothing stands after the @`},
		{"address with a name", "A,Ada <a@example.org>,,,,,IQ,,,", `line 2, column 2 (email): "Ada <a@example.org>" is not a plain address: write only what stands between < and >`},
		{"two addresses", "A,a@example.org;b@example.org,,,,,IQ,,,", `line 2, column 2 (email): "a@example.org;b@example.org" holds more than an address: give one`},
		{"a header smuggled in", "A,\"a@example.org\nBcc: x@example.org\",,,,,IQ,,,", `line 2, column 2 (email): "a@example.org Bcc: x@example.org" is not an address: it holds a space`},
		{"letters beyond ASCII", "A,jörn@example.org,,,,,IQ,,,", `line 2, column 2 (email): "jörn@example.org" cannot be mailed: 'ö' stands before the @, where most mail servers take only plain letters`},
		{"domain without a dot", "A,a@localhost,,,,,IQ,,,", `line 2, column 2 (email): "a@localhost" is not an address: the domain after the @ has no dot`},
		{"national number", "A,,020 7946 0018,,,,IQ,,,", `line 2, column 3 (phone): "020 7946 0018" has no country code: add the country code, as in +44 …`},
		{"number eaten by a spreadsheet", "A,,9.82E+11,,,,IQ,,,", `line 2, column 3 (phone): "9.82E+11" was shortened by a spreadsheet: format the column as text and write all digits`},
		{"language", "A,,,Klingonish,,,IQ,,,", `line 2, column 4 (language): "Klingonish" is not a language we know: write a tag such as "en", "ar" or "pt-BR", or the English name`},
		{"citizenship", "A,,,,IR;Atlantis,,IQ,,,", `line 2, column 5 (citizenship): "IR;Atlantis" has "Atlantis", which is no one country we know: give names or codes of countries, parted by ;`},
		{"nowhere", "A,,,,,,,,,", `line 2: where is this person? give a country, a city, a site or a point`},
		{"unknown country", "A,,,,,,Iraqq,,,", `line 2, column 7 (country): "Iraqq" is not a country we know: did you mean Iraq?`},
		{"two cities of a name", "A,,,,,,,Tripoli,,", `line 2, column 8 (city): "Tripoli" may be Tripoli, Libya or Tripoli, Lebanon: add the country`},
		{"two cities of a name in a country", "A,,,,,,US,Springfield,,", `line 2, column 8 (city): "Springfield" may be Springfield, Missouri, United States; Springfield, Massachusetts, United States; Springfield, Illinois, United States or Springfield, Oregon, United States: add the state or province, or latitude and longitude`},
		{"a letter wrong", "A,,,,,,Iran,Isfahen,,", `line 2, column 8 (city): "Isfahen" is no place we know in Iran: did you mean Isfahan, Iran?`},
		{"a city of another country", "A,,,,,,Jordan,Berlin,,", `line 2, column 8 (city): "Berlin" is no place we know in Jordan (there is Berlin, Germany): mend country or city, or leave the city empty`},
		{"a region", "A,,,,,,,MENA,,", `line 2, column 8 (city): "MENA" is a region, too wide to say where someone is: give a country or a city`},
		{"half a point", "A,,,,,,IQ,,33.3,", `line 2, column 9 (latitude): "33.3" latitude and longitude go together: give both or none`},
		{"point off the earth", "A,,,,,,IQ,,133.3,44", `line 2, column 9 (latitude): "133.3" is not a latitude: it is not between -90 and 90; are latitude and longitude swapped?`},
		{"point not a number", "A,,,,,,IQ,,NaN,44", `line 2, column 9 (latitude): "NaN" is not a latitude: write degrees, as in "33.31" or "-33.87"`},
		{"null island", "A,,,,,,IQ,,0,0.0", `line 2, column 9 (latitude): "0" is the point 0, 0, which is what is written where none is known: leave both empty`},
		{"point in another country", "A,,,,,,Iraq,Baghdad,52.52,13.40", `line 2, column 9 (latitude): "52.52" contradicts the country: the point is in Germany, not in Iraq`},
		{"swapped point", "A,,,,,,Iraq,Baghdad,44.40,33.34", `; are latitude and longitude swapped?`},
		{"control character", "A\x07B,,,,,,IQ,,,", `line 2, column 1 (name): "A\aB" holds the control character U+0007: remove it`},
		{"a cell too many", "A,,,,,,IQ,,,,,x", `line 2: this row has more cells than the header, which has 10: put a cell that holds the delimiter in quotes`},
		{"a huge cell", strings.Repeat("x", 1001) + ",,,,,,IQ,,,", `line 2, column 1 (name): "` + strings.Repeat("x", 40) + `…" is 1001 characters long: a cell may have 1000`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := read(t, whole+tc.row+"\nBen,b@example.org,,,,,IQ,,,\n")
			if len(p.Rows) != 1 || p.Rows[0].Name != "Ben" {
				t.Errorf("the good row beside it: got %v", p.Rows)
			}
			if len(p.Problems) != 1 {
				t.Fatalf("want one problem, got:\n%s", said(p))
			}
			if got := p.Problems[0].Error(); got != tc.want && !strings.HasSuffix(got, tc.want) || tc.want == "" {
				t.Errorf("\n got %s\nwant %s", got, tc.want)
			}
		})
	}
}

func TestProblemsBetweenRowsNameBothLines(t *testing.T) {
	got := said(read(t, "name,email,site,country,city\n"+
		"A,a@example.org,North,Iraq,Baghdad\n"+
		"B,A@Example.org,,IQ,\n"+
		"C,c@example.org,North,Germany,Berlin\n"))
	want := "2 · A · a@example.org · site North · in Baghdad\n" +
		`line 3, column 2 (email): "A@Example.org" stands in line 2 already: each person needs an address of their own` + "\n" +
		`line 4, column 3 (site): "North" is in Berlin, Germany here and in Baghdad, Iraq in line 2: a site has one place; mend one of them, or give the sites names of their own`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestColumnsNotUsedAreNamed(t *testing.T) {
	p := read(t, "Name,Shoe size,E-mail,Personal email,Country,,,\nAda,38,a@example.org,b@example.org,IQ,,x,\n")
	if diff := cmp.Diff([]string{"Shoe size", "Personal email", "column 7, without a header"}, p.Ignored); diff != "" {
		t.Error(diff)
	}
	want := map[string]string{"Name": "name", "E-mail": "email", "Country": "country"}
	if diff := cmp.Diff(want, p.Columns); diff != "" {
		t.Error(diff)
	}
}

func TestCharactersOfOtherTimes(t *testing.T) {
	const file = "Name;Country\nJosé Müller;IQ\n"
	const want = "2 · José Müller · in Iraq"
	units := utf16.Encode([]rune("\uFEFF" + file))
	var little, big bytes.Buffer
	for _, u := range units {
		little.Write([]byte{byte(u), byte(u >> 8)})
		big.Write([]byte{byte(u >> 8), byte(u)})
	}
	for name, text := range map[string]string{
		"UTF-16LE": little.String(), "UTF-16BE": big.String(), "UTF-8": file,
		"Windows-1252": "Name;Country\nJos\xe9 M\xfcller;IQ\n",
	} {
		if got := said(read(t, text)); got != want {
			t.Errorf("%s: got %s", name, got)
		}
	}
	got := said(read(t, file+"Ren\xe9;IQ\nZoë;IR\n"))
	damaged := want + "\n4 · Zoë · in Iran\n" + `line 3, column 1 (Name): "Ren�" holds a character that was lost on the way: save the file again as CSV in UTF-8`
	if got != damaged {
		t.Errorf("one damaged name among good ones:\n%s", got)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	for _, tc := range []struct{ name, file, want string }{
		{"empty", "", "the file is empty: the first line must hold the headers"},
		{"blank", " \n\n", "the file is empty: the first line must hold the headers"},
		{"spreadsheet", "PK\x03\x04rest", "this is a spreadsheet (xlsx, ods) or zip file, not a table as text: save it as CSV"},
		{"binary", "name,email\x00\x01\x02", "this is a binary file, not a table as text: save it as CSV"},
		{"no header", "Ada,a@example.org\n", `line 1: no column for a name or an e-mail address among "Ada", "a@example.org": the first line must hold the headers (name, email, country, city …)`},
		{"open quote", "name,country\nAda,IQ\n\"Ben,IQ\nCem,IQ\n", "line 3: a quote is opened and never closed: close it, or remove it"},
		{"text after a quote", "name,country\n\"Ben\" Low,IQ\n", "line 2: text stands after a closing quote: write a quote within a quoted cell twice"},
		{"too large", "name\n" + strings.Repeat("x", sheet.MaxBytes), "the file is larger than 64 MB: split it"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := ReadPeople(gazetteer.Default(), strings.NewReader(tc.file))
			if err == nil || err.Error() != tc.want || vedette.ErrorCode(err) != vedette.CodeInvalid {
				t.Errorf("got %v (%s), want %s", err, vedette.ErrorCode(err), tc.want)
			}
		})
	}
}

func TestHugeCellsAreProblemsNotCrashes(t *testing.T) {
	huge := strings.Repeat("ی", 5<<20)
	p := read(t, "name,email,phone,language,citizenship,site,country,city,latitude\n"+
		strings.Repeat(huge[:1<<20]+",", 9)+"\n\""+huge+"\",,,,,,IQ,,\n")
	if len(p.Rows) != 0 || len(p.Problems) < 10 {
		t.Errorf("got %d rows, %d problems", len(p.Rows), len(p.Problems))
	}
	wide := read(t, "name,country\nAda,IQ"+strings.Repeat(",", 5<<20)+"\nBen,IQ"+strings.Repeat(",x", 1<<20)+"\n")
	if len(wide.Rows) != 1 || len(wide.Problems) != 1 {
		t.Errorf("endless rows: got %s", said(wide))
	}
}

func TestSamplePeople(t *testing.T) {
	f, err := os.Open("../testdata/people.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p, err := ReadPeople(gazetteer.Default(), f)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Rows) != 12 || len(p.Problems) != 0 || len(p.Ignored) != 0 {
		t.Errorf("the sample has 12 people and no problem; got %d rows, ignored %v:\n%s", len(p.Rows), p.Ignored, said(p))
	}
	for _, r := range p.Rows {
		if r.Area == "" || !strings.HasSuffix(r.Email, "@example.org") {
			t.Errorf("line %d: %+v", r.Line, r)
		}
	}
}

func FuzzReadPeople(f *testing.F) {
	for _, seed := range []string{
		"name,email,country,city\nAda,a@example.org,IQ,Baghdad\n",
		"sep=;\r\nVorname;Name;lat,lon\r\n\"A\"\"\";B;\"33,4\"\r\n",
		"\xFF\xFEn\x00a\x00m\x00e\x00\n\x00a\x00",
		"name\tsite\tphone\tcoordinates\n\tX\t0098 1\t33;44\nB\tX\t\t\n",
		"name,citizenship,language,latitude,longitude\nA,IR/GB,\"English (US)\",-89.99,180\n",
	} {
		f.Add([]byte(seed))
	}
	g := gazetteer.Default()
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := ReadPeople(g, bytes.NewReader(b))
		if err != nil {
			if vedette.ErrorCode(err) != vedette.CodeInvalid {
				t.Fatalf("refused with %s: %v", vedette.ErrorCode(err), err)
			}
			return
		}
		said := map[int]string{}
		for _, r := range p.Rows {
			said[r.Line] = "row"
		}
		for _, pr := range p.Problems {
			if said[pr.Line] == "row" {
				t.Fatalf("line %d is a row and has a problem: %v", pr.Line, pr)
			}
			said[pr.Line] = "problem"
		}
		text, _ := sheet.Text(bytes.NewReader(b))
		s, _ := openPeople(text)
		for more, _ := s.Next(); more; more, _ = s.Next() {
			if said[s.Line()] == "" {
				t.Fatalf("line %d is neither a row nor a problem", s.Line())
			}
		}
	})
}

func BenchmarkReadPeople100k(b *testing.B) {
	var file strings.Builder
	file.WriteString("name,email,phone,language,manager,citizenship,site,country,city,latitude,longitude\n")
	for i := range 100_000 {
		place := "Iraq,Baghdad,,"
		if i%4 == 0 {
			place = fmt.Sprintf("Germany,Berlin,52.%04d,13.%04d", 5000+i%200, 4000+i%300)
		}
		fmt.Fprintf(&file, "Ada Byron %d,ada.%d@example.org,+44 7700 900%03d,en,boss@example.org,GB;IR,,%s\n", i, i, i%1000, place)
	}
	g := gazetteer.Default()
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		p, err := ReadPeople(g, strings.NewReader(file.String()))
		if err != nil || len(p.Rows) != 100_000 {
			b.Fatalf("%d rows, %v, %v", len(p.Rows), err, p.Problems[:min(3, len(p.Problems))])
		}
	}
}

func TestACountryNameThatTwoShareIsAsked(t *testing.T) {
	in, err := ReadPeople(gazetteer.Default(), strings.NewReader("name,country,city\nA,Korea,\nB,Congo,\nC,,Korea\nD,South Korea,\n"))
	if err != nil || len(in.Rows) != 1 || in.Rows[0].Area != "KR" || len(in.Problems) != 3 {
		t.Fatalf("%+v, %v; want D in South Korea and three problems", in, err)
	}
	for _, p := range in.Problems {
		if !strings.Contains(p.Reason.Error(), " or ") {
			t.Errorf("%v does not name the two", p)
		}
	}
}

// A city cell may hold a division or an airport's code.
func TestDivisionsAndAirports(t *testing.T) {
	p := read(t, "name,country,city\nAda,Ukraine,Zakarpattia\nBen,,Donetsk\nCem,Israel,TLV\nDee,,Heathrow Airport\nEve,Iraq,Nineveh\nFay,,AMM\n")
	var got []vedette.AreaID
	for _, r := range p.Rows {
		got = append(got, r.Area)
	}
	want := []vedette.AreaID{"UA-21", "gn:709717", "iata:TLV", "iata:LHR", "IQ-NI", "iata:AMM"}
	if !slices.Equal(got, want) || len(p.Problems) != 0 {
		t.Errorf("got %v, %s; want %v", got, said(p), want)
	}
}
