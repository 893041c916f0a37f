package desk

import (
	"strings"
	"sync"
	"testing"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/gazetteer"
	"vedette/roster"
	"vedette/store"
	"vedette/store/storetest"
)

const alert = `05 Feb 2026
11:56 UTC
Iraq Alert: Strike on a power station reported near Basra
Current Situation:
- On February 5, local reports stated that a power station near Basra was hit.
Recommendations:
- Avoid all travel to Iraq until further notice.
AFFECTED AREA
Iraq
INCIDENT RISK LEVEL
High
STRENGTH OF SOURCE
Credible
`

type room struct {
	*Desk
	t  *testing.T
	mu sync.Mutex
	at time.Time
}

func newRoom(t *testing.T) *room { return newRoomAt(t, t.TempDir()) }

// onEngines runs a test in a room on each engine.
func onEngines(t *testing.T, fn func(t *testing.T, r *room)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, newRoom(t)) })
	t.Run("postgres", func(t *testing.T) { fn(t, newRoomAt(t, storetest.Schema(t))) })
}

func newRoomAt(t *testing.T, place string) *room {
	t.Helper()
	s, err := store.Open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	r := &room{t: t, at: time.Date(2026, 2, 5, 12, 30, 0, 0, time.UTC)}
	r.Desk = r.desk(s, auth.NewKey(), "Example Relief")
	return r
}

func (r *room) desk(s *store.Store, k *auth.Key, name string) *Desk {
	r.t.Helper()
	o, err := s.AddOrganisation(r.t.Context(), name, r.at)
	if err != nil {
		r.t.Fatal(err)
	}
	g := gazetteer.Default()
	return New(Config{Store: s, Org: o, Key: k, Gaz: g, Rosters: roster.New(s, k, g), Now: r.now})
}

func (r *room) now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at
}

func (r *room) jump(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = r.at.Add(d)
}

func (r *room) bring(csv string, o ImportOptions) *Import {
	r.t.Helper()
	im, err := r.ImportPeople(r.t.Context(), strings.NewReader(csv), o)
	if err != nil {
		r.t.Fatal(err)
	}
	return im
}

func (r *room) publish(text string) *vedette.Update {
	r.t.Helper()
	d, err := r.Compose(DraftOrder{Text: []byte(text), Origin: "test"})
	if err != nil {
		r.t.Fatal(err)
	}
	pv, err := r.Preview(r.t.Context(), d, PublishOrder{})
	if err != nil {
		r.t.Fatal(err)
	}
	u, err := r.PublishDraft(r.t.Context(), d, PublishOrder{Count: pv.Count})
	if err != nil {
		r.t.Fatal(err)
	}
	return u
}

func TestImportBringsPeopleUpToDate(t *testing.T) {
	r := newRoom(t)
	im := r.bring("name,email,site,city,country\nAli,ali@example.org,Basra office,Basra,Iraq\nMona,mona@example.org,Basra office,,\n", ImportOptions{})
	if !im.Saved || im.Added != 2 || len(im.NewSites) != 1 {
		t.Fatalf("first import: %+v", im)
	}
	// A site that is known gives its place; a changed row changes one person.
	im = r.bring("name,email,site\nAli,ali@example.org,Basra office\nMona M.,mona@example.org,Basra office\nZed,zed@example.org,Basra office\n", ImportOptions{})
	if im.Added != 1 || im.Changed != 1 || im.Unchanged != 1 || len(im.Problems) != 0 {
		t.Errorf("second import: %+v", im)
	}
	p, err := r.Person(t.Context(), "mona@example.org")
	if err != nil || p.Record.Name != "Mona M." || len(p.Presence) != 1 {
		t.Errorf("Mona is kept as %+v, %v", p, err)
	}
	// A site in two places, and one nobody has placed.
	im = r.bring("name,email,site,country\nX,x@example.org,Basra office,France\nY,y@example.org,Moon office,\n", ImportOptions{})
	if im.Saved || len(im.Problems) != 2 || im.Problems[0].Line != 2 || im.Problems[1].Line != 3 {
		t.Errorf("bad sites: %+v", im)
	}
	if _, err := r.Person(t.Context(), "x@example.org"); vedette.ErrorCode(err) != vedette.CodeNotFound {
		t.Errorf("a row of a refused file was saved: %v", err)
	}
}

func TestWhoLeftComesBackWithTheFile(t *testing.T) {
	r := newRoom(t)
	file := "name,email,country\nAli,ali@example.org,Iraq\n"
	r.bring(file, ImportOptions{})
	ali, err := r.Person(t.Context(), "ali@example.org")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.rows.RetirePeople(t.Context(), []int64{ali.Key}, r.Now()); err != nil {
		t.Fatal(err)
	}
	if people, err := r.Roster(t.Context()); err != nil || people.Len() != 0 {
		t.Errorf("people while he is gone: %+v, %v", people, err)
	}
	if im := r.bring(file, ImportOptions{}); !im.Saved || im.Added != 1 || im.Back != 1 {
		t.Errorf("import: %+v", im)
	}
	back, err := r.Person(t.Context(), "ali@example.org")
	if err != nil || back.ID != ali.ID || back.Record.Name != "Ali" || len(back.Presence) != 1 {
		t.Errorf("he is back as %+v, %v", back, err)
	}
}

func TestDryRunSavesNothing(t *testing.T) {
	r := newRoom(t)
	im := r.bring("name,email,country\nAli,ali@example.org,Iraq\n", ImportOptions{DryRun: true})
	if im.Saved || im.Added != 1 {
		t.Errorf("%+v", im)
	}
	if _, err := r.Person(t.Context(), "ali@example.org"); err == nil {
		t.Error("a dry run saved someone")
	}
}

func TestWhyIsAnsweredByWhatWasRecordedThen(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country\nAli,ali@example.org,Iraq\n", ImportOptions{})
	r.jump(time.Minute)
	u := r.publish(alert)
	r.planned(u)
	r.jump(time.Minute)
	r.bring("name,email,country\nAli,ali@example.org,France\nLate,late@example.org,Iraq\n", ImportOptions{})
	w, err := r.Why(t.Context(), WhyQuestion{Person: "ali@example.org", Update: u.ID})
	if err != nil || w.Exposure.Relation != vedette.RelationIn {
		t.Errorf("Ali was in Iraq when it went out: %+v, %v", w, err)
	}
	w, err = r.Why(t.Context(), WhyQuestion{Person: "late@example.org", Update: u.ID})
	if err != nil || w.Exposure.Relation != vedette.RelationOut {
		t.Errorf("Late was not known when it went out: %+v, %v", w, err)
	}
}

// planned plays the engine: it ends the fan-out, with no notices.
func (r *room) planned(u *vedette.Update) {
	r.t.Helper()
	rows := r.Store.In(r.Org.Key)
	f, err := rows.LeaseFanout(r.t.Context(), "test", r.now(), time.Minute)
	if err == nil && f.Update == u.Key {
		err = rows.FinishFanout(r.t.Context(), f, "test", r.now())
	}
	if err != nil {
		r.t.Fatal(err)
	}
}

func TestPreviewCountsWhoCannotBeReached(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,phone,country\nAli,ali@example.org,,Iraq\nNoor,,+9647901234567,Iraq\nPaul,paul@example.org,,France\n", ImportOptions{})
	d, err := r.Compose(DraftOrder{Text: []byte(alert), Origin: "test"})
	if err != nil {
		t.Fatal(err)
	}
	pv, err := r.Preview(t.Context(), d, PublishOrder{})
	if err != nil || pv.Concerned != 2 || pv.Unreachable.N != 1 || len(pv.Unreachable.Some) != 1 || len(pv.Countries) != 1 || pv.Countries[0].N != 2 {
		t.Errorf("preview: %+v, %v", pv, err)
	}
	if page, err := r.FindUpdates(t.Context(), UpdateQuery{Number: 10}); err != nil || page.All != 0 {
		t.Errorf("a preview published: %+v, %v", page, err)
	}
}

func TestABlockedDraftLeavesNothingBehind(t *testing.T) {
	r := newRoom(t)
	d, err := r.Compose(DraftOrder{Text: []byte(strings.Replace(alert, "AREA\nIraq", "AREA\nQarmatstan", 1)), Origin: "test"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.PublishDraft(t.Context(), d, PublishOrder{}); vedette.ErrorCode(err) != vedette.CodeBlocked {
		t.Fatalf("an unknown affected area did not block: %v", err)
	}
	if _, _, err := r.Report(t.Context(), d.Report.ID); vedette.ErrorCode(err) != vedette.CodeNotFound {
		t.Errorf("the refused report was kept: %v", err)
	}
	u, err := r.PublishDraft(t.Context(), d, PublishOrder{Accept: []vedette.FindingCode{vedette.FindUnknownPlace}})
	if err != nil || len(u.Accepted) == 0 {
		t.Errorf("accepted: %+v, %v", u, err)
	}
}

func TestTwoOfOneNameAreToldApart(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country\nAli Example,a1@example.org,Iraq\nAli Example,a2@example.org,Iraq\n", ImportOptions{})
	_, err := r.Person(t.Context(), "ali example")
	if vedette.ErrorCode(err) != vedette.CodeInvalid || !strings.Contains(err.Error(), "a2@example.org") {
		t.Errorf("two of one name: %v", err)
	}
}

func TestOrganisationsAreApart(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country\nAli,ali@example.org,Iraq\n", ImportOptions{})
	u := r.publish(alert)
	other := r.desk(r.Store, r.Key, "Other")
	if _, err := other.Update(t.Context(), u.ID); vedette.ErrorCode(err) != vedette.CodeNotFound {
		t.Errorf("the other organisation reads the update: %v", err)
	}
	if _, err := other.Person(t.Context(), "ali@example.org"); vedette.ErrorCode(err) != vedette.CodeNotFound {
		t.Errorf("the other organisation finds Ali: %v", err)
	}
	if _, err := other.Stop(t.Context(), u.ID, "not ours"); vedette.ErrorCode(err) != vedette.CodeNotFound {
		t.Errorf("the other organisation stops the update: %v", err)
	}
	tok := r.Key.SignLink(auth.Link{Org: r.Org.Key, Update: u.ID, Recipient: 1, Address: 1, Expires: r.now().Add(time.Hour)})
	if _, err := other.OpenReply(t.Context(), tok); vedette.ErrorCode(err) != vedette.CodeForbidden {
		t.Errorf("the other organisation opens the link: %v", err)
	}
	// A link that is rightly signed, for a delivery that was never made.
	if _, err := r.OpenReply(t.Context(), tok); vedette.ErrorCode(err) != vedette.CodeForbidden {
		t.Errorf("a link without a delivery opens: %v", err)
	}
}

func TestErasedPeopleAreForgotten(t *testing.T) {
	r := newRoom(t)
	var noted []vedette.ID
	r.Erased = func(id vedette.ID, _ time.Time) error { noted = append(noted, id); return nil }
	r.bring("name,email,country\nAli,ali@example.org,Iraq\n", ImportOptions{})
	p, err := r.Erase(t.Context(), EraseOrder{Person: "ali@example.org", Why: vedette.EraseAsked})
	if err != nil || len(noted) != 1 || noted[0] != p.ID {
		t.Fatalf("erase: %v, noted %v", err, noted)
	}
	if _, err := r.Person(t.Context(), "ali@example.org"); vedette.ErrorCode(err) != vedette.CodeNotFound {
		t.Errorf("an erased person is found: %v", err)
	}
	now, err := r.Roster(t.Context())
	if err != nil || now.Len() != 0 {
		t.Errorf("the roster still holds %d people, %v", now.Len(), err)
	}
	// The same address may come again, as someone new.
	if im := r.bring("name,email,country\nAli,ali@example.org,Iraq\n", ImportOptions{}); im.Added != 1 {
		t.Errorf("after an erasure: %+v", im)
	}
}

func TestTheRosterFollowsAnotherProcess(t *testing.T) {
	r := newRoom(t)
	g := gazetteer.Default()
	other := New(Config{Store: r.Store, Org: r.Org, Key: r.Key, Gaz: g, Rosters: roster.New(r.Store, r.Key, g), Now: r.now})
	for n := 1; n <= 3; n++ {
		r.bring("name,email,country\nAli,ali"+string(rune('0'+n))+"@example.org,Iraq\n", ImportOptions{})
		ro, err := other.Roster(t.Context())
		if err != nil || ro.Len() != n || ro.Index.Persons() != n {
			t.Fatalf("after %d imports the other roster holds %d people, %v", n, ro.Len(), err)
		}
	}
}

func TestACallForHelpStaysOnTheBoardUntilItIsAnswered(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country\nAli,ali@example.org,Iraq\n", ImportOptions{})
	p, err := r.Person(t.Context(), "ali@example.org")
	if err != nil {
		t.Fatal(err)
	}
	first := r.publish(alert)
	r.noticed(first, p.Key)
	r.reply(first, p.Key, vedette.ReplyHelp)
	r.jump(time.Minute)
	d, err := r.Compose(DraftOrder{Text: []byte(strings.Replace(alert, "Strike on", "Second strike on", 1)), Origin: "test"})
	if err != nil {
		t.Fatal(err)
	}
	second, err := r.PublishDraft(t.Context(), d, PublishOrder{Situation: first.Situation.ID})
	if err != nil {
		t.Fatal(err)
	}
	r.noticed(second, p.Key)
	b, err := r.Board(t.Context(), second.ID)
	if err != nil || len(b.Earlier) != 1 || b.Earlier[0].Help != 1 {
		t.Errorf("the newer board forgets the call: %+v, %v", b.Earlier, err)
	}
	r.jump(time.Minute)
	r.reply(second, p.Key, vedette.ReplySafe)
	if b, err = r.Board(t.Context(), second.ID); err != nil || len(b.Earlier) != 0 {
		t.Errorf("they are safe now, and the board still says help: %+v, %v", b.Earlier, err)
	}
}

// noticed plays the engine: it makes one notice, and ends the fan-out.
func (r *room) noticed(u *vedette.Update, person int64) {
	r.t.Helper()
	r.plans(store.Chunk{Variants: []vedette.Variant{{No: 1}},
		Notices:    []vedette.Notice{{Recipient: person, Relation: vedette.RelationIn, Variant: 1}},
		Deliveries: []vedette.Delivery{{Recipient: person, Address: 1, Channel: vedette.ChannelEmail}}})
}

// plans writes a chunk as all that is planned of the next fan-out.
func (r *room) plans(c store.Chunk) {
	r.t.Helper()
	rows := r.Store.In(r.Org.Key)
	f, err := rows.LeaseFanout(r.t.Context(), "test", r.now(), time.Minute)
	if err == nil {
		err = rows.PlanChunk(r.t.Context(), f, "test", c, r.now(), time.Minute)
	}
	if err == nil {
		err = rows.FinishFanout(r.t.Context(), f, "test", r.now())
	}
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *room) reply(u *vedette.Update, person int64, k vedette.ReplyKind) {
	r.t.Helper()
	if err := r.Store.In(r.Org.Key).Reply(r.t.Context(), vedette.Reply{Update: u.Key, Recipient: person, Kind: k, At: r.now()}, 1, nil); err != nil {
		r.t.Fatal(err)
	}
}
