package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/auth/rights"
	"vedette/store"
)

// planted is all that is to be found of a restricted person: who they are, and what was
// said by and about them.
var planted = []string{"Quorvale", "xq@example.org", "447700900123", "447700900124", "PN-7788", "30.54321", "bossq", "Ylva Tresk", "zebrafish", "Zorro", "blue stairs", "green gate", "Plumbago",
	"QX 771", "seen by Tove", "the orchard", "snatched at dawn", "550 mailbox of them"}

const restrictedFile = "name,email,mobile,voice,id,manager,city,country,latitude,longitude,citizenship,duress word,dependants,emergency contact,restricted\n" +
	"Xenia Quorvale,xq@example.org,+44 7700 900123,+44 7700 900124,PN-7788,bossq@example.org,Basra,Iraq,30.54321,47.81,GB,zebrafish,Zorro Quorvale (son),Ylva Tresk +44 7700 900125,yes\n" +
	"Ali,ali@example.org,+44 7700 900126,,PN-1,other@example.org,Basra,Iraq,,,IQ,,,,\n"

// hall is a room with somebody restricted of whom there is something everywhere.
type hall struct {
	*room
	who        vedette.Person
	update     *vedette.Update
	failed     *vedette.Update // a mail of it failed
	roll       *Roll
	cases      vedette.ID
	trip       vedette.ID
	watch      vedette.ID
	handover   vedette.ID
	sitrep     vedette.ID
	clashes    *Clashes
	analyst    vedette.Actor
	privy      vedette.Actor
	token      vedette.Actor
	manager    vedette.Actor
	privyBoss  vedette.Actor
	themselves vedette.Actor
}

func newHall(t *testing.T) *hall {
	r := newRoom(t)
	h := &hall{room: r}
	r.bring(restrictedFile, ImportOptions{})
	r.trips("email,trip number,city,country,check-in,check-out,hotel,hotel phone\nxq@example.org,QX 771,Baghdad,Iraq,2026-02-04,2026-02-20,Hotel Plumbago,+44 7700 900127\n", ImportOptions{})
	ctx := t.Context()
	var err error
	h.who, err = r.Person(ctx, "xq@example.org")
	r.ok(err)
	h.failed = r.publish(strings.Replace(alert, "Strike on", "Earlier strike on", 1))
	r.noticed(h.failed, h.who.Key)
	rows := r.Store.In(r.Org.Key)
	got, err := rows.Claim(ctx, "test", 10, r.now(), time.Minute, []vedette.Channel{vedette.ChannelEmail})
	r.ok(err)
	_, err = rows.Settle(ctx, "test", []store.Outcome{{Update: got[0].Update, Recipient: got[0].Recipient, Round: got[0].Round, Address: got[0].Address, Event: "fail", Detail: "550 mailbox of them"}}, r.now())
	r.ok(err)
	h.update = r.publish(alert)
	r.noticed(h.update, h.who.Key)
	tok := r.Key.SignLink(auth.Link{Org: r.Org.Key, Update: h.update.ID, Recipient: h.who.Key, Address: 1, Expires: r.now().Add(time.Hour)})
	_, err = r.Answer(ctx, tok, vedette.ReplyHelp, "under the blue stairs")
	r.ok(err)
	list, err := r.Cases(ctx, false)
	r.ok(err)
	h.cases = list[0].ID
	for _, o := range []CaseOrder{{Kind: vedette.CaseTake}, {Kind: vedette.CasePlace, Text: "behind the green gate"}, {Kind: vedette.CaseNote, Text: "seen by Tove"}} {
		o.Case, o.By = h.cases, "Ada"
		_, err = r.ActOnCase(ctx, o)
		r.ok(err)
	}
	h.roll, err = r.OpenRollcall(ctx, RollcallOrder{Areas: []vedette.AreaID{"IQ"}, By: "Ada"})
	r.ok(err)
	_, err = r.KeepTry(ctx, TryOrder{Rollcall: h.roll.ID, Person: "xq@example.org", Outcome: vedette.TryNoAnswer, Note: "seen by Tove", By: "Ada"})
	r.ok(err)
	_, err = r.Account(ctx, AccountOrder{Rollcall: h.roll.ID, Persons: []string{"xq@example.org"}, Kind: vedette.AccountHelp, How: vedette.VerifiedVoice, Who: "Tove of the orchard", Text: "seen by Tove", As: vedette.AsDesk, By: "Ada"})
	r.ok(err)
	_, err = r.Compromise(ctx, CompromiseOrder{Person: "xq@example.org", Reason: "snatched at dawn", By: "Ada"})
	r.ok(err)
	trips, err := r.Trips(ctx, "xq@example.org")
	r.ok(err)
	h.trip = trips[0].ID
	w, err := r.AddWatch(ctx, "xq@example.org", vedette.Watch{Areas: []vedette.AreaID{"FR"}})
	r.ok(err)
	h.watch = w.ID
	card, err := r.GiveHandover(ctx, "Ada", "Ben", false)
	r.ok(err)
	h.handover = card.ID
	kept, err := r.KeepSitrep(ctx, SitrepOrder{ID: vedette.NewID(r.now()), Update: h.update.ID, By: "Ada", Language: "en", Page: []byte("<article>"), Paper: []byte("%PDF")})
	r.ok(err)
	h.sitrep = kept.ID
	h.clashes = &Clashes{Named: []Clash{{Key: h.who.Key}}}
	_, _, err = r.AddUser(ctx, UserOrder{Name: "Petra Privy", Login: "petra", Role: vedette.RoleAdministrator, By: "Ada"})
	r.ok(err)
	_, err = r.SetPrivy(ctx, "petra", true)
	r.ok(err)
	users, err := r.Users(ctx, false)
	r.ok(err)
	h.privy = ActorOf(&users[0], vedette.ViaPortal)
	h.analyst = vedette.Actor{Via: vedette.ViaPortal, Role: vedette.RoleAdministrator, Name: "Ana"} // whoever may most, and may not know them
	all := make([]string, 0, len(rights.Acts))
	for _, a := range rights.Acts {
		all = append(all, string(a))
	}
	h.token = vedette.Actor{Via: vedette.ViaToken, Name: "hr", Acts: all, Privy: true}
	h.manager = vedette.Actor{Via: vedette.ViaPortal, Role: vedette.RoleManager, Of: []string{"bossq@example.org", "other@example.org"}}
	h.privyBoss = h.manager
	h.privyBoss.Privy = true
	h.themselves = vedette.Actor{Via: vedette.ViaPortal, Role: vedette.RoleTraveller, Of: []string{string(h.who.ID)}}
	return h
}

// looks are all the acts of the desk that show people, each as it shows the restricted
// one most.
func (h *hall) looks() map[string]func(context.Context) (any, error) {
	d, id := h.Desk, string(h.who.ID)
	iq := []vedette.AreaID{"IQ"}
	two := func(a, b any, err error) (any, error) { return []any{a, b}, err }
	return map[string]func(context.Context) (any, error){
		"ApprovalCard": func(c context.Context) (any, error) { return d.ApprovalCard(c, h.update.ID) },
		"CountHouse":   func(c context.Context) (any, error) { return d.CountHouse(c) },
		"ListPeople":   func(c context.Context) (any, error) { return d.ListPeople(c, PeopleQuery{Wanted: Wanted{Number: 10}}) },
		"CountPeople":  func(c context.Context) (any, error) { return d.CountPeople(c) },
		"PersonCard":   func(c context.Context) (any, error) { return d.PersonCard(c, h.who.ID) },
		"PersonForm":   func(c context.Context) (any, error) { return d.PersonForm(c, h.who.ID) },
		"SiteCard":     func(c context.Context) (any, error) { return d.SiteCard(c, "") },
		"FindSites":    func(c context.Context) (any, error) { return d.FindSites(c, "", nil) },
		"TripForm":     func(c context.Context) (any, error) { return d.TripForm(c, h.trip) },
		"ListTrips": func(c context.Context) (any, error) {
			a, n, _, err := d.ListTrips(c, TripQuery{Number: 10})
			return two(a, n, err)
		},
		"TripsTo": func(c context.Context) (any, error) {
			a, n, err := d.TripsTo(c, "mena", 10)
			return two(a, n, err)
		},
		"AreaPeople": func(c context.Context) (any, error) {
			n, days, err := d.AreaPeople(c, "IQ")
			return two(n, days, err)
		},
		"WorldPeople": func(c context.Context) (any, error) { return d.WorldPeople(c, iq) },
		"ListWatches": func(c context.Context) (any, error) {
			a, n, _, err := d.ListWatches(c, WatchQuery{Number: 10})
			return two(a, n, err)
		},
		"Watch":   func(c context.Context) (any, error) { return d.Watch(c, h.watch) },
		"Board":   func(c context.Context) (any, error) { return d.Board(c, h.update.ID) },
		"NightAt": func(c context.Context) (any, error) { return d.NightAt(c, d.Now()) },
		"BoardAt": func(c context.Context) (any, error) {
			s, gaps, err := d.BoardAt(c, h.update.ID, d.Now())
			return two(s, gaps, err)
		},
		"EachInManifest": func(c context.Context) (any, error) {
			var list []InManifest
			n, err := d.EachInManifest(c, true, func(*ManifestPart) error { return nil }, func(m *InManifest) error { list = append(list, *m); return nil })
			return two(list, n, err)
		},
		"EachOnBoard": func(c context.Context) (any, error) {
			var list []OnBoard
			n, err := d.EachOnBoard(c, h.update.ID, func(b *OnBoard) error { list = append(list, *b); return nil })
			return two(list, n, err)
		},
		"OpenNow":                  func(c context.Context) (any, error) { us, more, err := d.OpenNow(c); return two(us, more, err) },
		"Night":                    func(c context.Context) (any, error) { return d.Night(c) },
		"SitrepsOf":                func(c context.Context) (any, error) { return d.SitrepsOf(c, h.update.ID) },
		"OpenSitrep":               func(c context.Context) (any, error) { return d.OpenSitrep(c, h.sitrep) },
		"Sitrep":                   func(c context.Context) (any, error) { return d.Sitrep(c, h.update.ID) },
		"BoardRows":                func(c context.Context) (any, error) { return d.BoardRows(c, h.update.ID, RowFilter{}) },
		"BoardRows of what failed": func(c context.Context) (any, error) { return d.BoardRows(c, h.failed.ID, RowFilter{}) },
		"CallSheets":               func(c context.Context) (any, error) { return d.CallSheets(c, h.roll.ID) },
		"CaseOf":                   func(c context.Context) (any, error) { return d.CaseOf(c, h.cases) },
		"Cases":                    func(c context.Context) (any, error) { return d.Cases(c, true) },
		"ClashManagers":            func(c context.Context) (any, error) { return d.ClashManagers(c, h.clashes, 10) },
		"Compromised":              func(c context.Context) (any, error) { return d.Compromised(c) },
		"CompromisesOf":            func(c context.Context) (any, error) { return d.CompromisesOf(c, &vedette.Person{Key: h.who.Key}) },
		"Corrects":                 func(c context.Context) (any, error) { return d.Corrects(c, h.roll) },
		"DeadAddresses":            func(c context.Context) (any, error) { return d.DeadAddresses(c) },
		"Draft":                    func(c context.Context) (any, error) { return d.Draft(c, h.update.ID) },
		"Drills":                   func(c context.Context) (any, error) { return d.Drills(c, 10) },
		"EachPerson": func(c context.Context) (any, error) {
			var all []any
			return &all, d.EachPerson(c, func(p vedette.Person) error { all = append(all, p); return nil })
		},
		"EachWho": func(c context.Context) (any, error) {
			var all []any
			return &all, d.EachWho(c, WhoQuestion{Areas: iq}, func(p WhoPerson) error { all = append(all, p); return nil })
		},
		"HandoverNow": func(c context.Context) (any, error) { return d.HandoverNow(c, "Ada", "Ben") },
		"HandoverOf":  func(c context.Context) (any, error) { return d.HandoverOf(c, h.handover) },
		"Handovers":   func(c context.Context) (any, error) { return d.Handovers(c) },
		"Named":       func(c context.Context) (any, error) { return d.Named(c, []int64{h.who.Key}) },
		"People":      func(c context.Context) (any, error) { return d.People(c, h.update, "", RowFilter{}) },
		"Person":      func(c context.Context) (any, error) { return d.Person(c, id) },
		"Presences":   func(c context.Context) (any, error) { return d.Presences(c, id, time.Time{}) },
		"PreviewAsk":  func(c context.Context) (any, error) { return d.PreviewAsk(c, h.roll.ID) },
		"Reach": func(c context.Context) (any, error) {
			var all []any
			_, err := d.Reach(c, ReachQuestion{}, func(r Reached) error { all = append(all, r, r.Words()); return nil })
			return all, err
		},
		"Recipients":   func(c context.Context) (any, error) { return d.Recipients(c, []Gap{{Recipient: h.who.Key}}) },
		"Reconcile":    func(c context.Context) (any, error) { return d.Reconcile(c, h.update.ID, nil) },
		"Rollcall":     func(c context.Context) (any, error) { return d.Rollcall(c, h.roll.ID) },
		"Rota":         func(c context.Context) (any, error) { a, b, err := d.Rota(c, time.Time{}); return two(a, b, err) },
		"ToldManagers": func(c context.Context) (any, error) { return d.ToldManagers(c, h.update.ID) },
		"Trips":        func(c context.Context) (any, error) { return d.Trips(c, id) },
		"Watches":      func(c context.Context) (any, error) { return d.Watches(c, id) },
		"Who":          func(c context.Context) (any, error) { return d.Who(c, WhoQuestion{Areas: iq}) },
		"Why":          func(c context.Context) (any, error) { return d.Why(c, WhyQuestion{Person: id, Update: h.update.ID}) },
		"Roster":       func(context.Context) (any, error) { return nil, nil }, // for the rules: no record is in it
	}
}

// shows is all that an act gives, as text.
func shows(t *testing.T, name string, v any, err error) string {
	t.Helper()
	b, bad := json.Marshal(v)
	if bad != nil {
		t.Fatalf("%s: %v", name, bad)
	}
	return fmt.Sprintf("%s %v", b, err)
}

func TestNoActOfTheDeskNamesARestrictedPerson(t *testing.T) {
	h := newHall(t)
	looks := h.looks()
	for _, name := range strings.Fields(actsOf[rights.SeePeople]) {
		if looks[name] == nil {
			t.Errorf("%s shows people, and is not looked at", name)
		}
	}
	found := map[string]bool{}
	for name, look := range looks {
		for who, a := range map[string]vedette.Actor{"an administrator who may not know them": h.analyst, "a token": h.token} {
			v, err := look(vedette.Acting(t.Context(), a))
			text := shows(t, name, v, err)
			for _, word := range planted {
				if strings.Contains(text, word) {
					t.Errorf("%s tells %s %q: %s", name, who, word, text)
				}
			}
		}
		v, err := look(vedette.Acting(t.Context(), h.privy))
		text := shows(t, name, v, err)
		for _, word := range planted {
			found[word] = found[word] || strings.Contains(text, word)
		}
		if strings.Contains(text, restricted) || strings.Contains(text, notShown) {
			t.Errorf("%s keeps them from whoever may know them: %s", name, text)
		}
	}
	for _, word := range planted {
		if !found[word] {
			t.Errorf("nobody is shown %q: it was not planted well", word)
		}
	}
}

func TestARestrictedPersonIsVeiledFromTheirOwnManagerAndNotFromThemselves(t *testing.T) {
	h := newHall(t)
	own := func(a vedette.Actor) string {
		list, n, err := h.Own(vedette.Acting(t.Context(), a), 0, 10)
		one, bad := h.OwnPerson(vedette.Acting(t.Context(), a), h.who.ID)
		if n == 0 || err != nil || bad != nil {
			t.Fatalf("%d, %v, %v", n, err, bad)
		}
		return shows(t, "own", []any{list, one}, nil)
	}
	text := own(h.manager)
	for _, word := range planted {
		if strings.Contains(text, word) {
			t.Errorf("the manager is told %q: %s", word, text)
		}
	}
	if !strings.Contains(text, "(restricted person)") || !strings.Contains(text, "Ali") {
		t.Errorf("the manager is not told that there is one: %s", text)
	}
	for _, a := range []vedette.Actor{h.privyBoss, h.themselves} {
		if !strings.Contains(own(a), "Quorvale") {
			t.Errorf("%s is not told who it is", a.Role)
		}
	}
}

func TestTheyAreCountedAndNoWordsFindThem(t *testing.T) {
	h := newHall(t)
	ask := func(a vedette.Actor, words string, back bool) *PeoplePage {
		page, err := h.ListPeople(vedette.Acting(t.Context(), a), PeopleQuery{Wanted: Wanted{Words: words, Number: 10, Back: back}})
		h.ok(err)
		return page
	}
	for _, words := range []string{"Quorvale", "xenia", "xq@example.org", "900123", "PN-7788"} {
		if n := ask(h.analyst, words, false).Of; n != 0 {
			t.Errorf("%q finds %d", words, n)
		}
		if n := ask(h.privy, words, false).Of; n != 1 {
			t.Errorf("%q finds %d for who may know them", words, n)
		}
		if _, err := h.Person(vedette.Acting(t.Context(), h.analyst), words); vedette.ErrorCode(err) != vedette.CodeNotFound {
			t.Errorf("%q: %v", words, err)
		}
	}
	for _, back := range []bool{false, true} {
		if p := ask(h.analyst, "", back); p.Of != 2 || len(p.Rows) != 2 || p.Rows[1].Person.Record.Name != restricted {
			t.Errorf("they are not the last of two: %+v", p)
		}
	}
	w, err := h.Who(vedette.Acting(t.Context(), h.analyst), WhoQuestion{Areas: []vedette.AreaID{"IQ"}})
	if err != nil || w.In+w.MayBe != 2 {
		t.Errorf("%+v, %v", w, err)
	}
	if c, err := h.CountPeople(vedette.Acting(t.Context(), h.analyst)); err != nil || c.People != 2 || c.Restricted != 1 {
		t.Errorf("%+v, %v", c, err)
	}
}

// Nobody is left alone: whoever may not know them takes their case and accounts for them.
func TestWhoeverMayNotKnowThemCaresForThem(t *testing.T) {
	h := newHall(t)
	ctx := vedette.Acting(t.Context(), h.analyst)
	_, err := h.Compromise(ctx, CompromiseOrder{Person: string(h.who.ID), Over: true, Reason: "is back", By: "Ana"})
	h.ok(err)
	card, err := h.ActOnCase(ctx, CaseOrder{Case: h.cases, Kind: vedette.CaseHandOver, By: "Ana", To: "Ana"})
	if err != nil || card.Owner != "Ana" || card.Ask.String() != "Ask Petra Privy." {
		t.Errorf("%+v, %v", card, err)
	}
	out, err := h.Account(ctx, AccountOrder{Rollcall: h.roll.ID, Persons: []string{string(h.who.ID)}, Kind: vedette.AccountSafe, How: vedette.VerifiedVoice, Who: "Petra", As: vedette.AsDesk, By: "Ana"})
	if err != nil || len(out.People) != 1 {
		t.Errorf("%+v, %v", out, err)
	}
	// What Ana said, and what was compromised, is of the very person, whole.
	p, err := h.Person(t.Context(), string(h.who.ID))
	if err != nil || p.Record.Name != "Xenia Quorvale" || len(p.Record.Addresses) != 3 || len(p.Record.Contacts) != 1 {
		t.Errorf("their record is %+v, %v", p.Record, err)
	}
}

// What changes a restricted person's record, and would take it away or show it, is for
// those who may know them.
func TestWhoeverMayNotKnowThemChangesNothingOfThem(t *testing.T) {
	h := newHall(t)
	ctx := vedette.Acting(t.Context(), h.analyst)
	id := string(h.who.ID)
	for name, act := range map[string]func() error{
		"Erase": func() error {
			_, err := h.Erase(ctx, EraseOrder{Person: id, Why: vedette.EraseWhys[0].Why})
			return err
		},
		"PreviewErase":  func() error { _, err := h.PreviewErase(ctx, id); return err },
		"PersonFile":    func() error { _, err := h.PersonFile(ctx, id); return err },
		"EditPerson":    func() error { _, _, err := h.EditPerson(ctx, PersonEdit{Person: h.who.ID}); return err },
		"KeepPrecision": func() error { _, _, err := h.KeepPrecision(ctx, id, vedette.PrecisionCity); return err },
		"CheckIn":       func() error { _, err := h.CheckIn(ctx, CheckInOrder{Person: id, Place: "Iraq"}); return err },
		"EndPresence":   func() error { return h.EndPresence(ctx, id, 1, "Ana", "gone") },
		"AddTrip":       func() error { _, err := h.AddTrip(ctx, id, nil); return err },
		"CancelTrip":    func() error { return h.CancelTrip(ctx, h.trip) },
		"EditTrip":      func() error { _, _, err := h.EditTrip(ctx, TripEdit{Trip: h.trip}); return err },
		"AddWatch":      func() error { _, err := h.AddWatch(ctx, id, vedette.Watch{}); return err },
		"RemoveWatch":   func() error { return h.RemoveWatch(ctx, h.watch) },
		"EditWatch":     func() error { _, err := h.EditWatch(ctx, h.watch, "", vedette.Watch{}); return err },
		"ImportItinerary": func() error {
			_, err := h.ImportItinerary(ctx, id, strings.NewReader(""), ImportOptions{})
			return err
		},
		"a file that says who is restricted": func() error {
			_, err := h.ImportPeople(ctx, strings.NewReader("name,email,country,restricted\nXenia Quorvale,xq@example.org,Iraq,no\n"), ImportOptions{})
			return err
		},
		"somebody new who is": func() error {
			_, _, err := h.EditPerson(ctx, PersonEdit{Typed: map[string]string{"name": "Cy", "email": "cy@example.org", "country": "Iraq", "restricted": "yes"}})
			return err
		},
	} {
		if err := act(); vedette.ErrorCode(err) != vedette.CodeForbidden || !strings.Contains(err.Error(), "Ask Petra Privy.") {
			t.Errorf("%s: %v", name, err)
		}
	}
	im, err := h.ImportPeople(ctx, strings.NewReader("name,id,email,country\nXenia Other,PN-7788,eve@example.org,France\nAli,PN-1,ali@example.org,Iraq\nNew One,PN-3,new@example.org,Iraq\n"),
		ImportOptions{Prune: true, Remove: true, PruneMany: true, Explain: true})
	if err != nil || im.Veiled != 1 || im.Added != 1 || len(im.Gone) != 0 || im.Ask.String() != "Ask Petra Privy." || strings.Contains(shows(t, "", im, err), "Quorvale") {
		t.Errorf("%+v, %v", im, err)
	}
	// Nor does a file of all the others take them away, or name them.
	im, err = h.ImportPeople(ctx, strings.NewReader("name,id,email,country\nAli,PN-1,ali@example.org,Iraq\n"), ImportOptions{Prune: true, Remove: true, PruneMany: true})
	if err != nil || len(im.Gone) != 1 || im.Gone[0].Name != "New One" {
		t.Errorf("%+v, %v", im, err)
	}
	trips, err := h.ImportTrips(ctx, strings.NewReader("email,trip number,city,country,check-in,check-out\nxq@example.org,T-9,Paris,France,2026-03-04,2026-03-20\n"), ImportOptions{})
	if text := shows(t, "", trips, err); err != nil || trips.Added != 1 || strings.Contains(text, "Quorvale") {
		t.Errorf("%s", text)
	}
	p, err := h.Person(t.Context(), id)
	if err != nil || !p.Record.Restricted || p.Record.Name != "Xenia Quorvale" || p.Record.Email() != "xq@example.org" {
		t.Errorf("%+v, %v", p.Record, err)
	}
}

// Whoever may know them sets the mark and takes it away; so does the command line.
func TestWhoeverMayKnowThemMarksThem(t *testing.T) {
	h := newHall(t)
	ctx := vedette.Acting(t.Context(), h.privy)
	form, err := h.PersonForm(ctx, h.who.ID)
	h.ok(err)
	if form.Held["restricted"] != "yes" {
		t.Fatalf("%+v", form.Held)
	}
	form.Held["restricted"] = ""
	_, wrong, err := h.EditPerson(ctx, PersonEdit{Person: h.who.ID, Version: form.Version, Typed: form.Held})
	if err != nil || len(wrong) > 0 {
		t.Fatal(wrong, err)
	}
	p, err := h.Person(vedette.Acting(t.Context(), h.analyst), "xq@example.org")
	if err != nil || p.Veiled || p.Record.Name != "Xenia Quorvale" {
		t.Errorf("%+v, %v", p, err)
	}
	// A file without the column leaves the mark as it is.
	h.bring(restrictedFile, ImportOptions{})
	h.bring("name,id,email,country\nXenia Quorvale,PN-7788,xq@example.org,Iraq\n", ImportOptions{})
	if p, err = h.Person(t.Context(), "xq@example.org"); err != nil || !p.Record.Restricted {
		t.Errorf("%+v, %v", p.Record, err)
	}
}

// No table that leaves the house has them, whoever takes it.
func TestTheTableOfCallsLeavesThemOut(t *testing.T) {
	h := newHall(t)
	_, err := h.Compromise(t.Context(), CompromiseOrder{Person: string(h.who.ID), Over: true, Reason: "is back", By: "Ada"})
	h.ok(err)
	h.jump(10 * 24 * time.Hour)
	c, err := h.OpenRollcall(t.Context(), RollcallOrder{Areas: []vedette.AreaID{"IQ"}, By: "Ada"})
	h.ok(err)
	for _, a := range []vedette.Actor{{}, h.privy, h.analyst, h.token} {
		sheets, err := h.CallSheets(vedette.Acting(t.Context(), a), c.ID)
		h.ok(err)
		var b bytes.Buffer
		fmt.Fprint(&b, sheets.Table(func([]vedette.Presence) string { return "" }))
		if s := b.String(); strings.Contains(s, "Quorvale") || strings.Contains(s, string(h.who.ID)) || strings.Contains(s, "900123") || !strings.Contains(s, "1 restricted person is left out") || !strings.Contains(s, "Ali") {
			t.Errorf("as %q: %s", a.Via, s)
		}
	}
}

// Whoever is asked to take a case by a link is told who it is where they sign in with
// the address it went to, and may know it.
func TestAnOfferNamesThemToWhoeverMayKnowThem(t *testing.T) {
	h := newHall(t)
	_, err := h.Compromise(t.Context(), CompromiseOrder{Person: string(h.who.ID), Over: true, Reason: "is back", By: "Ada"})
	h.ok(err)
	_, _, err = h.AddUser(t.Context(), UserOrder{Name: "Dina Duty", Login: "dina@example.org", Role: vedette.RoleAnalyst, By: "Ada"})
	h.ok(err)
	duty, err := h.AddDuty(t.Context(), DutyOrder{Name: "Dina Duty", Mail: "Dina@example.org", Zone: "UTC", Place: 1, By: "Ada"})
	h.ok(err)
	list, err := h.Cases(t.Context(), false)
	h.ok(err)
	pass := h.Key.SignPass(auth.Pass{Org: h.Org.Key, Case: list[0].Key, Duty: duty.Key, Expires: h.now().Add(time.Hour)})
	opens := func() string {
		pg, err := h.OpenOffer(vedette.Acting(t.Context(), vedette.Actor{Via: vedette.ViaLink}), pass)
		h.ok(err)
		return pg.Name
	}
	if got := opens(); got != restricted {
		t.Errorf("named to who may not know them: %q", got)
	}
	_, err = h.SetPrivy(t.Context(), "dina@example.org", true)
	h.ok(err)
	if got := opens(); got != "Xenia Quorvale" {
		t.Errorf("not named to who may know them: %q", got)
	}
}
