package main

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"vedette/deliver/delivertest"
)

// The night: 212 people in the region, 31 of them on trips, 9 with a number
// that is none.
const (
	nightPeople = 212
	nightTrips  = 31
	nightBad    = 9
)

// nightTowns are where they are, in turn.
var nightTowns = [][2]string{{"Tehran", "Iran"}, {"Isfahan", "Iran"}, {"Baghdad", "Iraq"}, {"Amman", "Jordan"}, {"Shiraz", "Iran"}, {"Basra", "Iraq"}, {"Kuwait City", "Kuwait"},
	{"Beirut", "Lebanon"}, {"Tabriz", "Iran"}, {"Haifa", "Israel"}, {"Erbil", "Iraq"}}

// resident is one of them.
type resident struct{ name, mail, phone, town, country string }

func residents() (out []resident) {
	for i := range nightPeople {
		at := nightTowns[i%len(nightTowns)]
		r := resident{name: fmt.Sprintf("%s Tester %03d", at[1], i), mail: fmt.Sprintf("p%03d@example.org", i), phone: fmt.Sprintf("+447700900%03d", i+1), town: at[0], country: at[1]}
		switch {
		case i == 3:
			r.name = "Rana Director" // in Amman, on a trip
		case i >= nightPeople-nightBad:
			r.name, r.mail = fmt.Sprintf("Bad Number %03d", i), ""
		case i%4 == 0:
			r.phone = ""
		case i%4 == 1:
			r.mail = ""
		}
		out = append(out, r)
	}
	return out
}

// crowd PEOPLE TRIPS writes the files of the night's people.
func cmdCrowd(ts *testscript.TestScript, _ bool, args []string) {
	people, trips := "personnel no,name,email,phone,city,country\n", "personnel no,trip number,city,country,check-in,check-out\n"
	for i, r := range residents() {
		home := [2]string{r.town, r.country}
		if i < nightTrips {
			home = [2]string{"Paris", "France"}
			trips += fmt.Sprintf("E%03d,T-%03d,%s,%s,2026-02-03,2026-02-12\n", i, i, r.town, r.country)
		}
		people += fmt.Sprintf("E%03d,%s,%s,%s,%s,%s\n", i, r.name, r.mail, r.phone, home[0], home[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(people), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(trips), 0o600))
}

// badnumbers: the gateway refuses the numbers that are none.
func cmdBadNumbers(ts *testscript.TestScript, _ bool, _ []string) {
	fakes(ts).gateway.Answer(func(to string, w http.ResponseWriter) bool {
		if slices.ContainsFunc(residents(), func(r resident) bool { return r.phone == to && strings.HasPrefix(r.name, "Bad") }) {
			delivertest.Refusal(w, http.StatusBadRequest, 21211, to)
			return false
		}
		return true
	})
}

// receipts COUNTRY…: the gateway tells that every message to people in these
// countries arrived, each once. From elsewhere it hears nothing.
func cmdReceipts(ts *testscript.TestScript, _ bool, args []string) {
	at := map[string]string{}
	for _, r := range residents() {
		at[r.phone] = r.country
	}
	o := fakes(ts)
	for i, t := range o.gateway.Texts() {
		if o.arrived[i] || !slices.Contains(args, at[t.To]) {
			continue
		}
		o.arrived[i] = true
		sid := fmt.Sprintf("SM%032d", i+1)
		if status, body := tell(ts, t.Callback, gatewayToken, url.Values{"MessageSid": {sid}, "MessageStatus": {"delivered"}}); status != http.StatusNoContent {
			ts.Fatalf("the receipt of %s was answered %d %s", t.To, status, body)
		}
	}
}

// answers COUNTRY WORD NTH: every NTH of those in a country who were written
// to answers the last mail.
func cmdAnswers(ts *testscript.TestScript, _ bool, args []string) {
	last := map[string]delivertest.Mail{}
	for _, m := range fakes(ts).relay.Messages() {
		last[m.Rcpt] = m
	}
	var nth int
	if _, err := fmt.Sscan(args[2], &nth); err != nil || nth < 1 {
		ts.Fatalf("usage: answers COUNTRY WORD NTH")
	}
	some, n := false, 0
	for _, r := range residents() {
		m, ok := last[r.mail]
		if r.country != args[0] || r.mail == "" || !ok {
			continue
		}
		if n++; n%nth != 0 {
			continue
		}
		res, err := http.PostForm(linkInMail.FindString(m.Text), url.Values{"answer": {args[1]}})
		ts.Check(err)
		res.Body.Close()
		if res.StatusCode >= 300 {
			ts.Fatalf("the answer of %s was met with %s", r.name, res.Status)
		}
		some = true
	}
	if !some {
		ts.Fatalf("nobody in %s was written to", args[0])
	}
}

// accounted PEOPLE STATUS ROLL SHEET holds everyone of a people file against
// what the program says: told by the last warning (its list of people), or
// accounted for (the roll-call as shown), or on a call sheet (CSV). Whoever is
// in none of them is lost, and it fails; so it does for whoever is accounted
// for and on a sheet all the same. ! accounted: somebody is lost.
func cmdAccounted(ts *testscript.TestScript, neg bool, args []string) {
	told, known, sheet := toldIn(ts.ReadFile(args[1])), knownIn(ts.ReadFile(args[2])), sheetOf(ts, args[3])
	var lost, twice []string
	n := map[string]int{}
	for _, name := range column(ts, args[0], "name") {
		switch {
		case known[name] && sheet[name]:
			twice = append(twice, name)
		case known[name]:
			n["accounted for"]++
		case sheet[name]:
			n["on a call sheet"]++
		case told[name]:
			n["told"]++
		default:
			lost = append(lost, name)
		}
	}
	ts.Logf("%v", n)
	switch {
	case neg && len(lost) == 0:
		ts.Fatalf("nobody is lost")
	case neg:
		ts.Check(os.WriteFile(ts.MkAbs("lost.txt"), []byte(strings.Join(lost, "\n")+"\n"), 0o600))
	case len(lost)+len(twice) > 0:
		ts.Fatalf("neither told, nor accounted for, nor on a call sheet: %q; accounted for and on a sheet: %q", lost, twice)
	}
}

// toldIn reads whom a list of "vedette status --people" says to be told:
// received or beyond, never merely accepted.
func toldIn(list string) map[string]bool {
	out := map[string]bool{}
	lines := strings.Split(list, "\n")
	name, phone := strings.Index(lines[0], "NAME"), strings.Index(lines[0], "PHONE")
	state := regexp.MustCompile(`\s(received|seen|answered)(\s|$)`)
	for _, l := range lines[1:] {
		if r := []rune(l); len(r) > phone && state.MatchString(l) {
			out[strings.TrimSpace(string(r[name:phone]))] = true
		}
	}
	return out
}

// knownIn reads who is accounted for in "vedette rollcall show".
func knownIn(show string) map[string]bool {
	out, in := map[string]bool{}, false
	heading := regexp.MustCompile(`^([A-Z ]+) \(\d+\)$`)
	for _, l := range strings.Split(show, "\n") {
		if m := heading.FindStringSubmatch(l); m != nil {
			in = m[1] == "NEED HELP" || m[1] == "SAFE" || m[1] == "NOT THERE"
		} else if name, ok := strings.CutPrefix(l, "• "); ok && in {
			name, _, _ = strings.Cut(name, ":")
			out[strings.TrimSpace(name)] = true
		}
	}
	return out
}

func sheetOf(ts *testscript.TestScript, file string) map[string]bool {
	out := map[string]bool{}
	for _, name := range column(ts, file, "name") {
		out[name] = true
	}
	return out
}

// column reads a column of a CSV file.
func column(ts *testscript.TestScript, file, name string) (out []string) {
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(ts.ReadFile(file), "\uFEFF"))).ReadAll()
	ts.Check(err)
	at := slices.Index(rows[0], name)
	if at < 0 {
		ts.Fatalf("%s has no column %s", file, name)
	}
	for _, r := range rows[1:] {
		out = append(out, r[at])
	}
	return out
}
