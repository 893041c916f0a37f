package web

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/desk"
	"vedette/engine"
	"vedette/roster"
)

// mails takes every mail but those to addresses that it refuses for good.
type mails struct{ refuses string }

func (m mails) Channel() vedette.Channel { return vedette.ChannelEmail }
func (m mails) Close() error             { return nil }

func (m mails) Send(_ context.Context, msg deliver.Message) deliver.Result {
	if msg.To == m.refuses {
		return deliver.Result{Kind: deliver.Failed, Detail: "550 5.1.1 no such <i>mailbox</i>"}
	}
	return deliver.Result{Kind: deliver.Accepted, Detail: "250 2.0.0 queued"}
}

// told publishes an update, of a situation or of one of its own, and lets the
// engine tell everyone whom it concerns, and so many managers.
func (w *world) told(u *vedette.Update, situation vedette.ID, managers int) *vedette.Update {
	w.t.Helper()
	u.ID, u.State, u.CreatedAt = vedette.NewID(w.now), vedette.UpdateDraft, w.now
	must(w.t, w.rows.SaveDraft(w.ctx, u, w.now))
	pub, err := w.desk.Publish(w.ctx, desk.PublishOrder{Draft: u.ID, Situation: situation, Again: true})
	must(w.t, err)
	ctx, stop := context.WithCancel(w.ctx)
	ended := make(chan error, 1)
	e := engine.New(engine.Config{Store: w.store, Key: w.key, Gaz: w.gaz, Rosters: roster.New(w.store, w.key, w.gaz), Senders: []deliver.Sender{mails{"gone@people.example.org"}},
		Now: func() time.Time { return w.now }, Log: slog.New(slog.DiscardHandler), BaseURL: "http://127.0.0.1", Poll: 5 * time.Millisecond})
	go func() { ended <- e.Run(ctx) }()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		t, err := w.rows.Tally(w.ctx, pub.Key)
		must(w.t, err)
		told, err := w.rows.SuperiorsOf(w.ctx, pub.Key)
		must(w.t, err)
		if t.Fanout.State == vedette.FanoutPlanned && t.Deliveries[vedette.DeliveryQueued] == 0 && t.Superiors[vedette.DeliveryQueued] == 0 && len(told) == managers {
			break
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("%d managers told, want %d: %+v", len(told), managers, t)
		}
	}
	stop()
	must(w.t, <-ended)
	return pub
}

const travellersFile = `name,email,manager,country
Hanna Weiss,hanna@people.example.org,boss@people.example.org,DE
Ivo Marin,ivo@people.example.org,"Nobody <b>Known</b>",HR
Jana Okoye,jana@people.example.org,gone@people.example.org,NG
Kim Berg,kim@people.example.org,boss@people.example.org,DE
Lea Sand,lea@people.example.org,lea@people.example.org,DE
`

// travels gives somebody a trip of three days that begins in three.
func (w *world) travels(name string, area vedette.AreaID) {
	w.t.Helper()
	from := time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)
	_, err := w.rows.AddTrips(w.ctx, []vedette.Trip{{ID: vedette.NewID(w.now), Person: w.person(name).Key, Stays: []vedette.Stay{{Area: area, From: from, To: from.AddDate(0, 0, 3)}}}}, w.now)
	must(w.t, err)
}

// managersTable reads the table of managers on a page, a line for each row.
func managersTable(t *testing.T, page string) (rows []string) {
	t.Helper()
	_, table, found := strings.Cut(page, `aria-label="Table of managers"`)
	if !found {
		return nil
	}
	table, _, _ = strings.Cut(table, "</tbody>")
	_, table, _ = strings.Cut(table, "<tbody>")
	for row := range strings.SplitSeq(table, "</tr>") {
		if s := text(row); s != "" {
			rows = append(rows, s)
		}
	}
	return rows
}

// Whoever looks at the board sees whose manager knows of a trip to where the
// update says not to go, and first of all whose does not.
func TestTheBoardSaysWhichManagersKnowOfATrip(t *testing.T) {
	w := newWorld(t)
	_, err := w.desk.ImportPeople(w.ctx, strings.NewReader(travellersFile), desk.ImportOptions{})
	must(t, err)
	quiet := w.told(harbours(), "", 0)
	if page := w.get("/updates/" + string(quiet.ID) + "/board"); strings.Contains(page, "Managers of those with a trip") {
		t.Error("a table of managers, though nobody travels")
	}

	w.travels("Kim", "FR")
	for _, name := range []string{"Hanna", "Ivo", "Jana", "Lea"} {
		w.travels(name, "LY")
	}
	u := w.told(harbours(), "", 3)
	page := w.get("/updates/" + string(u.ID) + "/board")
	wants(t, page, "Managers of those with a trip to where it says not to go", "Manager State Of Trip When Last answer of the channel")
	want := []string{
		"Nobody <b>Known</b> not reached : no address is known Ivo Marin Libya, 14 Mar 2026",
		"gone@people.example.org failed : could not be delivered Jana Okoye Libya, 14 Mar 2026 550 5.1.1 no such <i>mailbox</i>",
		"boss@people.example.org accepted: the next mail server has it; not yet told Hanna Weiss Libya, 14 Mar 2026 accepted 11 Mar 2026 18:20 UTC , just now 250 2.0.0 queued",
	}
	same(t, managersTable(t, page), want)
	for _, lost := range []string{"not reached", "failed"} {
		if !strings.Contains(page, "<strong>"+lost+"</strong>") {
			t.Errorf("%q does not stand out", lost)
		}
	}
	if strings.Contains(page, "<strong>accepted") || strings.Contains(page, "<b>Known") || strings.Contains(page, "<i>mailbox") {
		t.Error("what is well stands out, or somebody's words are markup")
	}

	why := "/updates/" + string(u.ID) + "/why/" + string(w.person("Hanna").ID)
	if !strings.Contains(page, `href="`+why+`"`) {
		t.Error("the traveller's name does not lead to why they were told")
	}
	page = w.get(why)
	wants(t, page, "Their manager")
	same(t, managersTable(t, page), want[2:])
	page = w.get("/updates/" + string(u.ID) + "/why/" + string(w.person("Lea").ID))
	if rows := managersTable(t, page); rows != nil {
		t.Errorf("who is their own manager has one told: %q", rows)
	}

	// The next word lifts the advice: whoever was told of a trip hears that.
	calm := harbours()
	calm.Content.Recommendations[0].Advice = calm.Content.Recommendations[0].Advice[:2]
	next := w.told(calm, u.Situation.ID, 1)
	same(t, managersTable(t, w.get("/updates/"+string(next.ID)+"/board")), []string{
		"boss@people.example.org accepted: the next mail server has it; not yet told Hanna Weiss none clashes any more accepted 11 Mar 2026 18:20 UTC , just now 250 2.0.0 queued"})
}

// same says in which lines two tables differ.
func same(t *testing.T, got, want []string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		row := func(list []string) string {
			if i < len(list) {
				return list[i]
			}
			return "(no row)"
		}
		if row(got) != row(want) {
			t.Errorf("row %d\n got %s\nwant %s", i+1, row(got), row(want))
		}
	}
}
