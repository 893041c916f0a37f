package browser

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/desk"
	"vedette/store"
)

// night publishes an update, tells Amal and Bo of it as the engine does, and has Amal call
// for help and Bo be safe. It gives the pages of all that, and Bo's reply page.
func (w *world) night() (pages []string, reply string) {
	w.t.Helper()
	d, err := w.desk.Compose(w.ctx, desk.DraftOrder{Text: []byte(rocketReport), Origin: "test", File: &desk.SentFile{Name: "rockets.txt", Kind: "text", Bytes: []byte(rocketReport)}})
	w.must(err)
	pv, err := w.desk.Preview(w.ctx, d, desk.PublishOrder{})
	w.must(err)
	u, err := w.desk.PublishDraft(w.ctx, d, desk.PublishOrder{Count: pv.Count})
	w.must(err)
	f, err := w.rows.LeaseFanout(w.ctx, "test", w.now(), time.Minute)
	w.must(err)
	c := store.Chunk{Variants: []vedette.Variant{{No: 1, Risk: u.Content.Risk, Areas: []vedette.AreaID{"TN"}, Lines: []vedette.NoticeLine{{Area: "TN"}}}}}
	links := map[string]string{}
	for _, mail := range []string{"amal@people.example.org", "bo@people.example.org"} {
		p, err := w.desk.Person(w.ctx, mail)
		w.must(err)
		c.Notices = append(c.Notices, vedette.Notice{Recipient: p.Key, Relation: vedette.RelationIn, Variant: 1})
		c.Deliveries = append(c.Deliveries, vedette.Delivery{Recipient: p.Key, Address: vedette.AddressEmail, Channel: vedette.ChannelEmail, DueAt: w.now()})
		links[mail] = w.key.SignLink(auth.Link{Org: w.org, Update: u.ID, Recipient: p.Key, Address: vedette.AddressEmail, Expires: w.now().Add(desk.LinkLife)})
		pages = append(pages, "/updates/"+string(u.ID)+"/why/"+string(p.ID), "/people/"+string(p.ID))
	}
	w.must(w.rows.PlanChunk(w.ctx, f, "test", c, w.now(), time.Minute))
	w.must(w.rows.FinishFanout(w.ctx, f, "test", w.now()))
	_, err = w.desk.Answer(w.ctx, links["amal@people.example.org"], vedette.ReplyHelp, "على السطح, on the roof")
	w.must(err)
	_, err = w.desk.Answer(w.ctx, links["bo@people.example.org"], vedette.ReplySafe, "")
	w.must(err)
	dr, err := w.desk.NewDraft(w.ctx, desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: []byte(rocketReport), Origin: "test"}, By: "Ana"})
	w.must(err)
	roll, err := w.desk.OpenRollcall(w.ctx, desk.RollcallOrder{Areas: []vedette.AreaID{"TN"}, By: "Ada"})
	w.must(err)
	shift, err := w.desk.GiveHandover(w.ctx, "Ada", "Ben", false)
	w.must(err)
	cases, err := w.desk.Cases(w.ctx, false)
	w.must(err)
	w.must(w.rows.AddTask(w.ctx, vedette.Task{Kind: vedette.TaskUnread, Question: "Ring person x", Default: "nothing is done", DueAt: w.now()}, w.now()))
	_, err = w.desk.ImportSites(w.ctx, strings.NewReader("name,city,country\nTunis office,Tunis,TN\n"), desk.ImportOptions{})
	w.must(err)
	sites, err := w.desk.Sites(w.ctx)
	w.must(err)
	trip, err := w.desk.AddTrip(w.ctx, "bo@people.example.org", []vedette.Stay{{Area: "LY", From: w.now().Add(time.Hour), To: w.now().Add(48 * time.Hour)}})
	w.must(err)
	watch, err := w.desk.AddWatch(w.ctx, "bo@people.example.org", vedette.Watch{Areas: []vedette.AreaID{"LY"}})
	w.must(err)
	site, goes := "/sites/"+string(sites[0].ID), "/trips/"+string(trip.ID)
	pages = append(pages, site, site+"/edit", site+"/remove", goes, goes+"/cancel", "/watches/"+string(watch.ID), "/trips", "/sites", "/watches")
	link, err := w.desk.GiveHandout(w.ctx, desk.HandoutOrder{Update: u.ID, For: "The embassy in Tunis", By: "Ada"})
	w.must(err)
	pages = append(pages, "/r/update/"+link.Token)
	signed, err := w.desk.KeepSitrep(w.ctx, desk.SitrepOrder{ID: vedette.NewID(w.now()), Update: u.ID, By: "Ada", Language: "en", Page: []byte(`<article class="sitrep"><h1 class="small">Rockets</h1></article>`), Paper: []byte("%PDF")})
	w.must(err)
	pages = append(pages, "/sitreps/"+string(signed.ID))
	alert := quake(w.t)
	waits, _, err := w.desk.Receive(w.ctx, alert)
	w.must(err)
	taken, _, err := w.desk.Receive(w.ctx, []byte(strings.NewReplacer("TN-2026-0311-7", "TN-2026-0311-9", "off Sfax", "off Gabes", "TN-2026-0311-6", "TN-2026-0311-8").Replace(string(alert))))
	w.must(err)
	_, err = w.desk.TakeSignal(w.ctx, desk.SignalOrder{Signal: taken.ID, By: "Ada"})
	w.must(err)
	pages = append(pages, "/inbox", "/inbox/"+string(waits.ID), "/inbox/"+string(taken.ID))
	at, on := "/updates/"+string(u.ID), "/rollcalls/"+string(roll.ID)
	return append(pages, "/", "/night", "/night?at=2026-03-11T18:20Z", at, at+"/board", at+"/board?corrects=1", at+"/board?at=2026-03-11T18:20Z", at+"/sitrep", at+"/people", "/reports/"+string(u.Reports[0]), "/drafts", "/drafts/"+string(dr.Update.ID), "/posture", "/posture/TN", "/cases", "/cases/"+string(cases[0].ID),
		"/rollcalls", on, on+"/ask", on+"/calls", "/handover", "/handover/"+string(shift.ID), "/tasks", "/who?area=Tunisia", "/reach?area=Tunisia"), "/r/" + links["bo@people.example.org"]
}

// The pages of a night on which things happened, and the reply page: light and dark, on the
// phone and at the desk.
func TestPagesOfANight(t *testing.T) {
	source := axe(t)
	w := newWorld(t)
	pages, reply := w.night()
	w.user("ada", vedette.RoleAdministrator)
	win := w.window()
	for _, v := range win.everyWay(reply, "reply", source) {
		t.Errorf("the reply page, %s", v)
	}
	win.signsIn("ada")
	for i, page := range pages {
		name := fmt.Sprintf("%02d", i) + strings.ReplaceAll(strings.Split(page, "?")[0], "/", "_")
		for _, v := range win.everyWay(page, name, source) {
			t.Errorf("%s, %s", page, v)
		}
	}
}
