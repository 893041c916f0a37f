package intake

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vedette"
	"vedette/gazetteer"
)

// cared prints what a row says beside name and place.
func cared(r Row) string {
	var parts []string
	for _, s := range []string{r.External, string(r.Standing), string(r.Precision)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if r.Discreet {
		parts = append(parts, "discreet")
	}
	if r.Checkins {
		parts = append(parts, "checks in")
	}
	for _, d := range r.Dependants {
		parts = append(parts, strings.Join(strings.Fields("with "+d.Name+" "+d.Relation), " "))
	}
	for _, c := range r.Contacts {
		parts = append(parts, strings.Join(strings.Fields(fmt.Sprint(c.Kind, " ", c.Name, " ", c.Phone, " ", c.Email)), " "))
	}
	return strings.Join(parts, " · ")
}

func TestWhatAPeopleFileSaysOfCare(t *testing.T) {
	for _, tc := range []struct{ name, file, want string }{
		{"all in English",
			"name,country,personnel number,standing,precision,check-ins,dependants,emergency contact,emergency phone,emergency email,companion\n" +
				"Ada,IQ,00417,expat,city,yes,spouse; 2 children,Ben Byron,+44 7700 900123,ben@Example.org,Cem +44 7700 900124\n",
			"00417 · resident · city · checks in · with spouse · with child · with child · emergency Ben Byron +447700900123 ben@example.org · companion Cem +447700900124"},
		{"in French",
			"Nom complet;Pays;Matricule;Statut de résidence;Précision;Conjoint(e);Enfants;Contact d'urgence;Téléphone d'urgence;Accompagnant\n" +
				"Zoé Bélier;IQ;A-7;recruté local;pays;Luc;2;Anne Bélier;0033 6 39 98 01 23;\n",
			"A-7 · local · country · with Luc spouse · with child · with child · emergency Anne Bélier +33639980123"},
		{"in German",
			"Vollständiger Name;Land;Personalnummer;Aufenthaltsstatus;Genauigkeit;Angehörige;Notfallkontakt;Notfallnummer;Begleitperson\n" +
				"Jörn Maß;IQ;12;Geschäftsreisender;Stadt;Ehefrau Ute und 1 Kind;Ute Maß;+49 30 23125 001;Ole\n",
			"12 · visitor · city · with Ute spouse · with child · emergency Ute Maß +493023125001 · companion Ole"},
		{"in Spanish",
			"Nombre completo;País;Número de empleado;Tipo de personal;Cónyuge;Hijos;Contacto de emergencia;Teléfono de emergencia\n" +
				"Inés Roble;IQ;88;personal nacional;sí;Leo, Mía;Eva;+34 600 000 123\n",
			"88 · local · with spouse · with Leo child · with Mía child · emergency Eva +34600000123"},
		{"several contacts, by number", "name,country,emergency contact 1,emergency phone 1,emergency contact 2,emergency phone 2\nAda,IQ,Ben,+447700900123,,+447700900124\n",
			"emergency Ben +447700900123 · emergency +447700900124"},
		{"a contact in one cell", "name,country,ICE\nAda,IQ,\"Ben Byron (father), +44 (0)7700 900-123, ben@example.org; Eve 0044 7700 900 124\"\n",
			"emergency Ben Byron (father) +447700900123 ben@example.org · emergency Eve +447700900124"},
		{"a phone in two columns is one contact each", "name,country,emergency contact,emergency phone,emergency mobile\nAda,IQ,Ben,+447700900123,+447700900124\n",
			"emergency Ben +447700900123 · emergency +447700900124"},
		{"a column a child", "name,country,child 1,child 2,child 3\nAda,IQ,Leo (7),Mia,\n", "with Leo child · with Mia child"},
		{"names with their relations", "name,country,dependants\nAda,IQ,\"Ben (husband), Leo (son, 7), Mia: daughter & Nell (nanny)\"\n",
			"with Ben spouse · with Leo child · with Mia child · with Nell nanny"},
		{"numbers and names", "name,country,number of dependants,dependants\nA,IQ,3,wife Ana\n", "with Ana spouse · with · with"},
		{"nobody", "name,country,spouse,children,dependants,check-in\nA,IQ,no,0,none,no\n", ""},
		{"discreet", "name,country,discreet messages\nA,IQ,yes\n", "discreet"},
		{"unknown is unknown", "name,country,standing,precision,check-in\nA,IQ,,,\n", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := read(t, tc.file)
			if len(p.Rows) != 1 || len(p.Problems) != 0 || len(p.Ignored) != 0 {
				t.Fatalf("ignored %v\n%s", p.Ignored, said(p))
			}
			if diff := cmp.Diff(tc.want, cared(p.Rows[0])); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestCareThatCannotBeRead(t *testing.T) {
	const whole = "name,country,id,standing,precision,check-in,dependants,children,emergency phone,emergency contact\n"
	for _, tc := range []struct{ row, want string }{
		{"A,IQ,4.17E+11,,,,,,,", `line 2, column 3 (id): "4.17E+11" was shortened by a spreadsheet: format the column as text and write all digits`},
		{"A,IQ,,permanent,,,,,,", `line 2, column 4 (standing): "permanent" is no standing we know: write resident (expat, assignee), visitor (business traveller) or local (local hire), or leave it empty`},
		{"A,IQ,,,street,,,,,", `line 2, column 5 (precision): "street" is no precision we know: write exact, city or country, or leave it empty`},
		{"A,IQ,,,,perhaps,,,,", `line 2, column 6 (check-in): "perhaps" is neither yes nor no: write one of them, or leave it empty`},
		{"A,IQ,,,,,yes,,,", `line 2, column 7 (dependants): "yes" says only yes: write how many they are, or their names`},
		{"A,IQ,,,,,,900,,", `line 2, column 8 (children): "900" names more than 20 dependants: is it the right column?`},
		{"A,IQ,,,,,,,07700 900123,", `line 2, column 9 (emergency phone): "07700 900123" has no country code: add the country code, as in +44 …`},
		{"A,IQ,,,,,,,,Ben 07700 900123", `line 2, column 10 (emergency contact): "07700 900123" has no country code: add the country code, as in +44 …`},
	} {
		p := read(t, whole+tc.row+"\n")
		if len(p.Rows) != 0 || len(p.Problems) != 1 || p.Problems[0].Error() != tc.want {
			t.Errorf("%s:\n%s", tc.row, said(p))
		}
	}
	p := read(t, "name,country,id\nA,IQ,x7\nB,IQ,X7\n")
	if len(p.Rows) != 1 || len(p.Problems) != 1 || !strings.Contains(p.Problems[0].Reason.Error(), "stands in line 2 already") {
		t.Errorf("one number for two people:\n%s", said(p))
	}
}

// Whoever is kept at city or country leaves no point, no site and no airport
// in what is saved.
func TestPrecisionIsKept(t *testing.T) {
	p := read(t, "name,precision,site,country,city,latitude,longitude\n"+
		"A,exact,North,Iraq,Baghdad,33.34,44.40\nB,city,North,Iraq,Baghdad,33.34,44.40\nC,country,,Iraq,Baghdad,33.34,44.40\n"+
		"D,country,North,,,,\nE,city,,,BGW,,\nF,country,South,,,,\nG,,North,,,,\nH,country,,Red Sea,,,\n")
	want := "2 · A · site North · in Baghdad · at 33.34000,44.40000\n3 · B · in Baghdad\n4 · C · in Iraq\n5 · D · in Iraq\n6 · E · in Baghdad\n" +
		"7 · F · site South\n8 · G · site North · in Baghdad\n9 · H · in Red Sea"
	if diff := cmp.Diff(want, said(p)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	row := Row{Area: "gn:98182", Site: "South", Point: &vedette.Point{Lat: 33, Lon: 44}, Precision: vedette.PrecisionCountry}
	row.Coarsen(gazetteer.Default())
	if row.Area != "IQ" || row.Site != "" || row.Point != nil {
		t.Errorf("a row placed later: %+v", row)
	}
}
