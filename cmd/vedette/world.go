package main

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type worldCmd struct {
	Area string `arg:"" optional:"" help:"A country, division, city, region or sea, by name or id; without: the world."`
	JSON bool   `help:"Print one JSON object." name:"json"`
}

// tripsNamed is how many trips to come are listed.
const tripsNamed = 10

// Run shows where advice stands and what is open, or what is known of one area.
func (c *worldCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		if c.Area == "" {
			return c.world(s, a)
		}
		area, err := a.Gaz.Find(c.Area)
		if err != nil {
			return err
		}
		return c.area(s, a, area.ID)
	})
}

func (c *worldCmd) world(s *session, a *app.App) error {
	w, err := a.Desk.World(s.ctx)
	if err != nil {
		return err
	}
	lands := make([]vedette.AreaID, len(w.Rows))
	for i := range w.Rows {
		lands[i] = w.Rows[i].Area
	}
	people, err := a.Desk.WorldPeople(s.ctx, lands)
	if err != nil {
		return err
	}
	if c.JSON {
		return s.printJSON(worldJSON(w, people))
	}
	s.paper().world(w, people)
	return nil
}

func (p *paper) world(w *desk.World, people map[vedette.AreaID]desk.WhoCount) {
	if w.Behind {
		p.line("%s", p.look(yellow, "updates of before are still being put in order; some may be missing"))
	}
	p.line("%s", p.look(bold, count(len(w.Open)+w.More, "open situation", "open situations")))
	p.opens(w.Open)
	if w.More > 0 {
		p.line("and %d more: vedette updates", w.More)
	}
	if w.Drills > 0 {
		p.line("besides, %s", count(w.Drills, "exercise or test that stands", "exercises and tests that stand"))
	}
	if len(w.Rows) == 0 {
		p.line("no posture stands anywhere yet: publishing travel advice raises it, \"vedette posture set\" sets it")
		return
	}
	rows := [][]string{{"COUNTRY OR SEA", "POSTURE", "SINCE", "OPEN", "IN", "MAY BE", "ARRIVING"}}
	for i := range w.Rows {
		r, n := &w.Rows[i], people[w.Rows[i].Area]
		rows = append(rows, []string{r.Name, stepWords(r.Stands.Action), since(r.Stands), fmt.Sprint(r.Open), fmt.Sprint(n.In), fmt.Sprint(n.MayBe), fmt.Sprint(n.Arriving)})
		for k := range r.Within {
			in := &r.Within[k]
			rows = append(rows, []string{"  " + in.Name, stepWords(in.Own.Action), since(in.Own), "", "", "", ""})
		}
	}
	p.heading("By country")
	p.table(rows)
}

func (p *paper) opens(list []desk.OpenSituation) {
	for i := range list {
		u := list[i].Update
		p.item(fmt.Sprintf("%2d  ", i+1), fmt.Sprintf("%s: %s", riskSaid(u.Content.Risk), cmp.Or(u.Situation.Title, u.Content.Title)))
		p.note(4, fmt.Sprintf("update %d, %s; %s; %s", u.Number, u.ID, affectedSaid(u), u.PublishedAt.UTC().Format(minute)))
	}
}

func riskSaid(r vedette.Risk) string {
	if r == vedette.RiskUnknown {
		return "risk not set"
	}
	return r.String()
}

func affectedSaid(u *vedette.Update) string {
	var names []string
	for _, a := range u.Content.Affected {
		names = append(names, a.Text)
	}
	return cmp.Or(strings.Join(names, ", "), "drawn")
}

func (c *worldCmd) area(s *session, a *app.App, id vedette.AreaID) error {
	card, err := a.Desk.AreaCard(s.ctx, id)
	if err != nil {
		return err
	}
	who, err := a.Desk.Who(s.ctx, desk.WhoQuestion{Areas: []vedette.AreaID{id}})
	if err != nil {
		return err
	}
	trips, of, err := a.Desk.TripsTo(s.ctx, id, tripsNamed)
	if err != nil {
		return err
	}
	if c.JSON {
		return s.printJSON(areaJSON(card, who, of))
	}
	p := s.paper()
	p.posture(card.Posture)
	p.heading("Open situations")
	p.opens(card.Open)
	if len(card.Open) == 0 {
		p.line("none is open here")
	}
	p.heading("Our people")
	p.line("%d in, %d may be in, %d arriving within %s: vedette who --area %s", who.In, who.MayBe, who.Arriving, count(who.Days, "day", "days"), id)
	p.line("%s to come", count(of, "trip", "trips"))
	for i := range trips {
		p.trip(&trips[i], a)
	}
	p.ahead(card, a.Gaz.Zone(id))
	p.heading("Sites")
	for _, site := range card.Sites {
		p.item("• ", site.Name+", "+a.Gaz.Name(site.Area))
	}
	if len(card.Sites) == 0 {
		p.line("none of ours is here")
	}
	p.line("%s besides: vedette updates --area %s", count(card.Of, "update", "updates"), id)
	return nil
}

func (p *paper) trip(t *desk.TripRow, a *app.App) {
	ps := t.Trip.Presences()
	if len(ps) == 0 {
		return
	}
	p.item("• ", fmt.Sprintf("%s: from %s, %s", t.Person.Record.Name, ps[0].From.UTC().Format(minute), a.Gaz.Name(ps[len(ps)-1].Area)))
}

// ahead says what is announced, by the clock of the place and in UTC.
func (p *paper) ahead(c *desk.AreaCard, zone string) {
	p.heading("To come")
	for i := range c.Ahead {
		e := &c.Ahead[i]
		says := []string{}
		for _, s := range e.Sources {
			says = append(says, s.Text+" ("+string(s.Stance)+")")
		}
		p.item("• ", eventTime(e.When, zone)+"  "+e.Text)
		p.note(2, strings.TrimPrefix(strings.Join(says, "; ")+"; update "+string(e.Update.ID), "; "))
	}
	if len(c.Ahead) == 0 {
		p.line("no update that stands says that anything is scheduled here")
	}
}

func eventTime(w vedette.When, zone string) string {
	if w.At == nil {
		return cmp.Or(w.Date, w.From+" to "+w.To)
	}
	text := w.At.UTC().Format(minute)
	if loc, err := time.LoadLocation(cmp.Or(w.Zone, zone)); err == nil && loc != time.UTC {
		text = w.At.In(loc).Format("2 Jan 2006 15:04 MST") + " (" + text + ")"
	}
	return text
}
