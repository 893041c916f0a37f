package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/desk"
)

// names are those of a page's list of people, in its order.
func names(page string) []string {
	var out []string
	for _, m := range regexp.MustCompile(`<th scope="row"><a href="/people/[^"]+"><bdi>([^<]*)</bdi>`).FindAllStringSubmatch(page, -1) {
		out = append(out, m[1])
	}
	return out
}

// heldIn reads what a form is filled with.
func heldIn(page string) url.Values {
	f := url.Values{}
	for _, m := range regexp.MustCompile(`<input[^>]* name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if !strings.Contains(m[0], `type="checkbox"`) && !strings.Contains(m[0], `type="radio"`) {
			f.Set(m[1], text(m[2]))
		}
	}
	for _, m := range regexp.MustCompile(`(?s)<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>`).FindAllStringSubmatch(page, -1) {
		if c := regexp.MustCompile(`value="([^"]*)" selected`).FindStringSubmatch(m[2]); c != nil {
			f.Set(m[1], text(c[1]))
		}
	}
	return f
}

func TestPeopleAreFoundAndInOrder(t *testing.T) {
	w := newWorld(t)
	_, err := w.desk.ImportPeople(w.ctx, strings.NewReader("name,email,mobile,country\nÖsten Ek,osten@people.example.org,,SE\nozan Ay,ozan@people.example.org,+905321234567,TR\nأحمد السيد,ahmed@people.example.org,,EG\nZoë Łaski,zoe@people.example.org,,PL\n"), desk.ImportOptions{})
	must(t, err)
	page := w.get("/people")
	wants(t, page, "1 to 12 of 12", "Sfax depot, Sfax, Tunisia", "no address")
	if got := strings.Join(names(page), "; "); got != "Amal Haddad; Bo Lindqvist; Chiara Fonti; Dawit Bekele; Esra Kaya; Farid Naser; Grace Odhiambo; O&#39;Neil &#34;&lt;b&gt;Rory&lt;/b&gt;&#34;; Östen Ek; ozan Ay; Zoë Łaski; أحمد السيد" {
		t.Errorf("by name: %s", got)
	}
	for query, want := range map[string]string{
		"q=osten": "Östen Ek", "q=LASKI+zoe": "Zoë Łaski", "q=احمد": "أحمد السيد", "q=%2B90532": "ozan Ay", "q=٩٠٥٣٢": "ozan Ay", "q=farid%40": "Farid Naser", "q=oneil": "O&#39;Neil &#34;&lt;b&gt;Rory&lt;/b&gt;&#34;",
		"area=Libya": "Esra Kaya; Farid Naser", "area=Kenya%3B+Sweden": "Grace Odhiambo; Östen Ek", "site=Sfax+depot": "Dawit Bekele", "only=no-address": "Dawit Bekele", "only=compromised": "", "q=nobody": "",
		"q=a&area=Libya&back=1": "Farid Naser; Esra Kaya",
	} {
		if got := strings.Join(names(w.get("/people?"+query)), "; "); got != want {
			t.Errorf("?%s: %s, want %s", query, got, want)
		}
	}
	if got := names(w.get("/people?sort=where")); got[0] != "أحمد السيد" || got[1] != "Grace Odhiambo" {
		t.Errorf("by place, Egypt and Kenya come first: %v", got)
	}
	if got := names(w.get("/people?sort=reached")); got[0] != "Dawit Bekele" {
		t.Errorf("by how they are reached, who is not comes first: %v", got)
	}
	for _, bad := range []string{"area=Atlantis+city", "sort=height", "only=tall", "page=0", "page=x", "q=" + strings.Repeat("x", 1) + "&area=" + strings.Repeat("y", 3000)} {
		if rec := w.ask("GET", "/people?"+bad, ""); rec.Code != http.StatusBadRequest {
			t.Errorf("?%.40s: %d", bad, rec.Code)
		}
	}
}

func TestPeopleByThePage(t *testing.T) {
	w := newWorld(t)
	var b strings.Builder
	b.WriteString("name,email,country\n")
	for i := range 120 {
		b.WriteString("Person " + string(rune('a'+i/26)) + string(rune('a'+i%26)) + ",p" + string(rune('a'+i/26)) + string(rune('a'+i%26)) + "@people.example.org,JO\n")
	}
	_, err := w.desk.ImportPeople(w.ctx, strings.NewReader(b.String()), desk.ImportOptions{})
	must(t, err)
	seen := map[string]bool{}
	at := "/people?area=Jordan"
	for pages := 1; at != ""; pages++ {
		page := w.get(strings.ReplaceAll(at, "&amp;", "&"))
		for _, n := range names(page) {
			if seen[n] {
				t.Fatalf("%s twice", n)
			}
			seen[n] = true
		}
		m := regexp.MustCompile(`href="([^"]+)" rel="next"`).FindStringSubmatch(page)
		if at = ""; m != nil {
			at = m[1]
		}
		if pages > 3 {
			t.Fatal("there is no last page")
		}
	}
	if len(seen) != 120 {
		t.Errorf("%d of 120 people on the pages", len(seen))
	}
	wants(t, w.get("/people?area=Jordan&page=9"), "past the last of 120")
}

func TestAPersonIsEdited(t *testing.T) {
	w := newWorld(t)
	at := personAddress(w.person("Bo").ID)
	form := heldIn(w.get(at + "/edit"))
	for k, want := range map[string]string{"name": "Bo Lindqvist", "email": "bo@people.example.org", "citizenship": "Sweden", "site": "Tunis office", "city": "Tunis", "country": "Tunisia"} {
		if form.Get(k) != want {
			t.Errorf("the form has %q as %s, want %q", form.Get(k), k, want)
		}
	}
	before := w.person("Bo")
	if rec := w.ask("POST", at, form.Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("unchanged: %d %s", rec.Code, text(rec.Body.String()))
	}
	form = heldIn(w.get(at + "/edit"))
	form.Set("mobile", "+46 70 123 45 67")
	form.Set("emergency contact", "Pia Lindqvist +46 8 123 456 78 pia@home.example.org")
	w.now = w.now.Add(time.Hour)
	if rec := w.ask("POST", at, form.Encode()); rec.Header().Get("Location") != at+"?done=saved" {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	wants(t, w.get(at+"?done=saved"), "Saved.", "+46701234567", "Pia Lindqvist +46812345678 pia@home.example.org", "Tunis office, Tunis, Tunisia", "site")
	after := w.person("Bo")
	if len(after.Presence) != 1 || after.Presence[0].Recorded != before.Presence[0].Recorded {
		t.Errorf("where they are kept was said anew: %+v", after.Presence)
	}
	form = heldIn(w.get(at + "/edit"))
	form.Set("confirm", "1")
	w.ask("POST", at, form.Encode())
	if got := w.person("Bo"); !got.Presence[0].Recorded.Equal(w.now) {
		t.Errorf("confirmed, and recorded %v", got.Presence[0].Recorded)
	}
	// Another site, and nothing of the place: the site's.
	form = heldIn(w.get(at + "/edit"))
	form.Set("site", "Nairobi office")
	if rec := w.ask("POST", at, form.Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	wants(t, w.get(at), "Nairobi office, Nairobi, Kenya")
}

func TestWhatIsWrongIsSaidAtItsField(t *testing.T) {
	w := newWorld(t)
	at := personAddress(w.person("Bo").ID)
	form := heldIn(w.get(at + "/edit"))
	form.Set("email", "amal@people.example.org")
	wants(t, w.posts(at, form.Encode(), http.StatusBadRequest), "Somebody else is kept under it already")
	form.Set("email", "bo at people")
	form.Set("quiet hours", "always")
	form.Set("name", "Bo the Second")
	page := w.posts(at, form.Encode(), http.StatusBadRequest)
	wants(t, page, "Nothing was saved", "is not from when to when", "“bo at people”")
	if got := heldIn(page); got.Get("quiet hours") != "always" || got.Get("name") != "Bo the Second" {
		t.Errorf("what was typed is lost: %v", got)
	}
	wants(t, w.get(at), "bo@people.example.org")
	wants(t, w.posts("/people", filled("name", "New One", "email", "new@people.example.org").Encode(), http.StatusBadRequest), "Where is this person")
	wants(t, w.posts("/people", filled("name", "Amal Again", "email", "amal@people.example.org", "country", "Tunisia").Encode(), http.StatusBadRequest), "Is kept here already")
	rec := w.ask("POST", "/people", filled("name", "New One", "email", "new@people.example.org", "country", "Jordan", "city", "Amman").Encode())
	if rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	wants(t, w.get(rec.Header().Get("Location")), "New One", "Amman, Jordan", "They are told of what stands")
}

func TestTwoEditOnePerson(t *testing.T) {
	w := newWorld(t)
	at := personAddress(w.person("Bo").ID)
	first, second := heldIn(w.get(at+"/edit")), heldIn(w.get(at+"/edit"))
	first.Set("mobile", "+46701234567")
	w.ask("POST", at, first.Encode())
	second.Set("manager", "Amal Haddad")
	page := w.posts(at, second.Encode(), http.StatusConflict)
	wants(t, page, "Somebody else changed this person", "Held now: +46701234567", "Held now: nothing")
	again := heldIn(page)
	if again.Get("manager") != "Amal Haddad" || again.Get("mobile") != "" || again.Get("version") == second.Get("version") {
		t.Errorf("what was typed is lost, or the version is the old one: %v", again)
	}
	again.Set("mobile", "+46701234567")
	if rec := w.ask("POST", at, again.Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	wants(t, w.get(at), "Amal Haddad", "+46701234567")
}

func TestAPersonIsErased(t *testing.T) {
	w := newWorld(t)
	bo := w.person("Bo")
	at := personAddress(bo.ID)
	page := w.get(at + "/erase")
	wants(t, page, "Bo Lindqvist", "can be read by nobody any more", "What stays", "this cannot be undone", "they asked for it")
	form := heldIn(page)
	form.Set("sure", "1")
	wants(t, w.posts(at+"/erase", form.Encode(), http.StatusConflict), "tick that you mean it")
	form.Set("mean", "1")
	edit := heldIn(w.get(at + "/edit"))
	edit.Set("language", "sv")
	w.ask("POST", at, edit.Encode())
	wants(t, w.posts(at+"/erase", form.Encode(), http.StatusConflict), "Say why they are erased")
	form.Set("why", "asked")
	wants(t, w.posts(at+"/erase", form.Encode(), http.StatusConflict), "changed since you looked")
	form.Set("version", heldIn(w.get(at+"/erase")).Get("version"))
	if rec := w.ask("POST", at+"/erase", form.Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	for _, path := range []string{at, at + "/edit", at + "/erase"} {
		if rec := w.ask("GET", path, ""); rec.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, rec.Code)
		}
	}
	if rec := w.ask("POST", at, form.Encode()); rec.Code != http.StatusNotFound {
		t.Errorf("to edit whoever is erased: %d", rec.Code)
	}
	if strings.Contains(w.get("/people"), "Lindqvist") || strings.Contains(w.get("/people?q=bo%40"), "Lindqvist") {
		t.Error("they are on the list still")
	}
}

func TestWhatErasingMeansIsSaidInTheReadersLanguage(t *testing.T) {
	w := newWorld(t)
	page := text(w.ask("GET", personAddress(w.person("Bo").ID)+"/erase", "", "Accept-Language", "fr").Body.String())
	wants(t, page, "La clé de sa fiche est détruite", "Les décomptes, sans son nom : avis : 0", "Ce qui lui a déjà été envoyé")
	for _, english := range []string{"can be read by nobody", "Counts, without", "calls for help", "out of our hands"} {
		if strings.Contains(page, english) {
			t.Errorf("a page in French says %q", english)
		}
	}
}

func TestAPersonsPageSaysWhatTheyWereTold(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	w.answer(u, "Bo", "1", "")
	must(t, second(w.desk.AddWatch(w.ctx, "Bo Lindqvist", vedette.Watch{Areas: []vedette.AreaID{"JP"}, Risk: vedette.RiskHigh})))
	must(t, second(w.desk.AddTrip(w.ctx, "Bo Lindqvist", []vedette.Stay{{Area: "KE", From: w.now.Add(24 * time.Hour), To: w.now.Add(72 * time.Hour)}})))
	page := w.get(personAddress(w.person("Bo").ID))
	wants(t, page, "Dock walk-out closes Tunisian ports", "safe", "Japan; risk high or more", "Kenya", "ahead")
	if strings.Contains(page, "called for help") {
		t.Error("nobody called for help")
	}
	w.answer(u, "Bo", "2", "")
	wants(t, w.get(personAddress(w.person("Bo").ID)), "They called for help.", "need help")
}

// Whoever lives and works at two places, one with an exact point, keeps both when
// something else of them is edited.
func TestAnEditKeepsWhatNobodyTouched(t *testing.T) {
	w := newWorld(t)
	must(t, w.desk.AddPeople(w.ctx, nil, []desk.NewPerson{{Record: vedette.PersonRecord{Name: "Two Places", External: "77", Points: map[string]vedette.Point{"flat": {Lat: 36.8, Lon: 10.18}},
		Addresses: []vedette.Address{{No: vedette.AddressEmail, Channel: vedette.ChannelEmail, Value: "two@people.example.org", Blocked: "said STOP"}},
		Contacts:  []vedette.Contact{{Kind: vedette.ContactHotel, Name: "Grand"}, {Kind: vedette.ContactEmergency, Name: "Ana; and Bo @home"}}},
		Presence: []vedette.Presence{{Area: "TN", Because: vedette.BecauseHome, PointRef: "flat"}, {Area: "gn:2464470", Because: vedette.BecauseSite, Site: "Tunis office"}}}}))
	before := w.person("Two")
	at := personAddress(before.ID)
	form := heldIn(w.get(at + "/edit"))
	form.Set("language", "Arabic")
	if rec := w.ask("POST", at, form.Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	after := w.person("Two")
	if len(after.Presence) != 2 || after.Record.Points["flat"] != before.Record.Points["flat"] || after.Record.Language != "ar" || after.Record.External != "77" {
		t.Errorf("%+v %+v", after.Presence, after.Record)
	}
	if a, _ := after.Record.Address(vedette.AddressEmail); a.Blocked == "" {
		t.Error("an address that was stopped is written to again")
	}
	if c := after.Record.Contacts; len(c) != 1 || c[0].Name != "Ana; and Bo @home" {
		t.Errorf("contacts: %+v", c)
	}
}
