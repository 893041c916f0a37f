package main

import (
	"cmp"
	"fmt"
	"strings"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type publishCmd struct {
	publishArgs
	Draft     string `help:"Publish a kept draft instead of a report (an id of \"vedette draft list\")." placeholder:"ID"`
	By        string `help:"Who publishes the draft." default:"${user}"`
	Situation string `help:"The situation it continues (an id of \"vedette updates\"); else it opens a new one." placeholder:"ID"`
	Corrects  string `help:"The update it corrects: everyone who got that one is told." placeholder:"UPDATE"`
}

// publishArgs are what publishing and correcting have in common.
type publishArgs struct {
	File       string   `arg:"" optional:"" help:"The report (.txt .html .eml .docx .pdf), - for standard input."`
	Yes        assent   `help:"Publish. Without it you only see what would happen. Where it tells many, type how many: --yes=4955."`
	Status     string   `help:"actual, exercise or test. The last two stand first in every line." enum:"actual,exercise,test" default:"actual"`
	Shape      []string `help:"A GeoJSON file of shapes: whoever is in one is concerned. A feature may have a name, a risk, and for a point a radius_km." placeholder:"FILE" sep:"none"`
	Circle     []string `help:"A circle: latitude,longitude,kilometres, and perhaps its risk and its name." placeholder:"LAT,LON,KM" sep:"none"`
	Scale      string   `help:"Read its words of likelihood on this scale: icd203 (US) or phia (UK). Without it, on your organisation's (vedette settings)." enum:",icd203,phia" default:"" placeholder:"SCALE"`
	Accept     []string `help:"Accept a blocking finding by its code." placeholder:"CODE"`
	Reason     string   `help:"Why a contradiction is accepted (with --accept contradiction); kept on record."`
	BreakGlass string   `help:"Publish an immediate warning at once, alone, though a second person is wanted, and though what stands contradicts it: say why. All who may approve are rung, told why, and asked to look." placeholder:"WHY"`
	countArgs
	Again bool `help:"Publish though the very same text was published before."`
}

// checkIDs refuses what is no id of an update or a situation; "" is none given.
func checkIDs(ids ...string) error {
	for _, id := range ids {
		if id != "" && !vedette.ID(id).Valid() {
			return errUsage{fmt.Errorf("%q is no id; \"vedette updates\" lists them", id)}
		}
	}
	return nil
}

// Help says what publishing does where a second person is wanted.
func (c *publishCmd) Help() string {
	return `Without --yes you see whom it would tell, and nothing is done.

Where your organisation wants the word of a second person (vedette settings set --approval), --yes
asks for it: those who may approve are rung, and it goes out when one of them has approved it
(vedette approve), exactly as you saw it. Any change of the draft takes the asking back. What is
immediate need not wait:

  vedette publish rockets.txt --yes --break-glass 'rockets in the air, nobody answers'

publishes it alone, at once. Why stays with the update and in the record, and somebody who may approve
has to look at it afterwards. Stopping, cancelling and "sent in error" never wait for anybody.`
}

// Run drafts an update, shows whom it concerns, and publishes it on --yes.
func (c *publishCmd) Run(s *session) error {
	status, err := vedette.ParseStatus(c.Status)
	if err != nil {
		return errUsage{err}
	}
	if err := checkIDs(c.Situation, c.Corrects); err != nil {
		return err
	}
	switch {
	case c.Draft != "" && (c.File != "" || len(c.Shape)+len(c.Circle) > 0 || c.Situation != "" || c.Corrects != ""):
		return errUsage{fmt.Errorf("--draft stands alone: change the draft with \"vedette draft edit\"")}
	case c.Draft != "":
		return s.open(func(a *app.App) error { return c.kept(s, a) })
	case c.File == "":
		return errUsage{fmt.Errorf("say which report, or --draft ID")}
	}
	text, name, file, err := s.readReport(c.File)
	if err != nil {
		return err
	}
	shapes, err := s.drawn(c.Shape, c.Circle)
	if err != nil {
		return err
	}
	o := desk.DraftOrder{Text: text, Origin: name, File: file, Status: status, Shapes: shapes, Scale: vedette.Scale(c.Scale)}
	return s.open(func(a *app.App) error {
		if !c.Yes.given {
			return c.look(s, a, o)
		}
		return c.publish(s, a, o)
	})
}

// look shows what publishing would do, and keeps nothing.
func (c *publishCmd) look(s *session, a *app.App, o desk.DraftOrder) error {
	d, err := a.Desk.Compose(s.ctx, o)
	if err != nil {
		return err
	}
	if err := c.preview(s, a, d); err != nil {
		return err
	}
	return s.unpublished(a, d)
}

func (c *publishCmd) order() (desk.PublishOrder, error) {
	n, err := c.typed(c.Yes)
	o := desk.PublishOrder{Count: n, Situation: vedette.ID(c.Situation), Corrects: vedette.ID(c.Corrects), Again: c.Again, Reason: cmp.Or(c.Reason, c.BreakGlass), Break: c.BreakGlass != "", By: cmp.Or(c.By, userName())}
	for _, code := range c.Accept {
		o.Accept = append(o.Accept, vedette.FindingCode(code))
	}
	return o, err
}

func (c *publishCmd) publish(s *session, a *app.App, o desk.DraftOrder) error {
	d, err := a.Desk.Compose(s.ctx, o)
	if err != nil {
		return err
	}
	if err := c.preview(s, a, d); err != nil {
		return err
	}
	return c.goes(s, a, d)
}

// kept shows or publishes a draft as it is kept.
func (c *publishCmd) kept(s *session, a *app.App) error {
	d, err := a.Desk.Draft(s.ctx, vedette.ID(c.Draft))
	if err != nil {
		return err
	}
	if err := c.preview(s, a, d); err != nil {
		return err
	}
	if !c.Yes.given {
		return s.unpublished(a, d)
	}
	return c.goes(s, a, d)
}

// goes publishes a draft and says what that did.
func (c *publishCmd) goes(s *session, a *app.App, d *desk.Draft) error {
	o, err := c.order()
	if err != nil {
		return err
	}
	wants, err := a.Desk.WantsApproval(s.ctx, d.Update)
	if err != nil {
		return err
	}
	if wants && !o.Break {
		return s.asksFor(a, d, o)
	}
	var u *vedette.Update
	if wants {
		u, err = a.Desk.BreakGlass(s.ctx, d, o, false)
	} else {
		u, err = a.Desk.PublishDraft(s.ctx, d, o)
	}
	if err != nil {
		return err
	}
	s.printf("\npublished %s\nupdate %d of situation %s (%s)\n", u.ID, u.Number, u.Situation.ID, clean(u.Situation.Title))
	did, err := a.Desk.Adopted(s.ctx, u)
	if err != nil {
		return err
	}
	s.paper().adopted(did)
	if len(did.Tasks) > 0 {
		s.printf("decide it: vedette tasks\n")
	}
	return s.notSent(a)
}

func (c *publishCmd) preview(s *session, a *app.App, d *desk.Draft, since ...earlier) error {
	states := make([]*vedette.Update, len(since))
	for i := range since {
		states[i] = since[i].state
	}
	o, err := c.order()
	if err != nil {
		return err
	}
	pv, err := a.Desk.Preview(s.ctx, d, o, states...)
	if err != nil {
		return err
	}
	p := s.paper()
	if m := d.Update.Status.Mark(); m != "" {
		p.line("%s", p.look(bold+";"+yellow, m))
	}
	p.head(&d.Update.Content)
	p.shapes(d.Update.Shapes)
	if err := c.told(s, a, p, &pv); err != nil {
		return err
	}
	p.toldIn(pv.ToldIn)
	if pv.Again != nil {
		p.line("%s", p.look(yellow, fmt.Sprintf("the very same "+sameWhat(pv.Again)+" was published %s as update %s", pv.Again.PublishedAt.UTC().Format("2 Jan 2006 15:04 UTC"), pv.Again.ID)))
	}
	if len(pv.Posture.Rises)+len(pv.Posture.Tasks) > 0 || pv.Posture.Drawn != "" {
		p.heading("Would change on the posture board")
		p.adopted(pv.Posture)
	}
	c.omitted(p, pv.Omitted)
	c.odds(p, &pv)
	c.ended(p, pv.Ended)
	c.unplaced(p, pv.Unplaced)
	c.blocking(p, pv.Blocking)
	c.notes(p, d.Reading.Findings)
	for i := range pv.Shifts {
		p.shift(&pv.Shifts[i], since[i].words)
	}
	return nil
}

// sameWhat is what was published already.
func sameWhat(u *vedette.Update) string {
	if u.Flash != "" {
		return "flash"
	}
	return "text"
}

// told says who would be told, who not, and over what.
func (c *publishCmd) told(s *session, a *app.App, p *paper, pv *desk.Preview) error {
	p.heading("Would be told")
	p.line("%s: %d in, %d may be in", count(pv.Concerned, "person", "people"), pv.In, pv.MayBe)
	for _, ct := range pv.Countries {
		p.line("  %-28s %d%s", clean(ct.Name), ct.N, unreached(ct.Unreachable))
	}
	p.sites(pv.Sites)
	if pv.Arriving > 0 {
		p.line("%s arriving there within %s", count(pv.Arriving, "person", "people"), count(pv.Days, "day", "days"))
	}
	if pv.Watching > 0 {
		p.line("%s besides, who asked to be told", count(pv.Watching, "person", "people"))
	}
	if pv.Bare > 0 {
		p.line("%s", p.look(yellow, fmt.Sprintf("%s of these without any advice: none of it is for where they are", count(pv.Bare, "person", "people"))))
	}
	c.news(p, pv)
	if pv.Count > pv.CountAbove {
		p.line("%s", p.look(yellow, counting(pv.Count, pv.CountAbove)))
	}
	if n := len(pv.Broken); n > 0 {
		p.line("%s", p.look(red, fmt.Sprintf("%s cannot be opened with this key: nobody can tell them; import them again (%s)", count(n, "person's record", "people's records"), pv.Broken[0])))
	}
	if err := c.clashes(s, a, p, &pv.Clashes); err != nil {
		return err
	}
	if pv.Hooks > 0 {
		p.line("%s", count(pv.Hooks, "system by webhook", "systems by webhook"))
	}
	for _, words := range []string{pv.Wished.Words(), pv.Calls.Words(), pv.Texts.Words(), pv.Reminders.Words()} {
		if words != "" {
			p.line("%s", words)
		}
	}
	for i := range pv.Shut {
		p.line("%s", p.look(red, "gets nothing of it: "+clean(pv.Shut[i].Person.Record.Name+", "+pv.Shut[i].Words())))
	}
	if err := c.unreachable(s, a, p, &pv.Unreachable); err != nil {
		return err
	}
	if len(pv.Told) == 0 {
		p.line("%s", p.look(yellow, "nobody here is concerned by this report"))
	}
	return nil
}

// unreachable names the first of those who would be told and cannot be reached.
func (c *publishCmd) unreachable(s *session, a *app.App, p *paper, list *desk.People) error {
	if list.N == 0 {
		return nil
	}
	p.line("%s", p.look(red, fmt.Sprintf("%s cannot be reached: no address that a channel sends to", count(list.N, "person", "people"))))
	people, err := a.Desk.Named(s.ctx, list.Some)
	if err != nil {
		return err
	}
	for i := range people {
		p.line("  %s (%s)", clean(people[i].Record.Name), people[i].ID)
	}
	if more := list.N - len(list.Some); more > 0 {
		p.line("  … and %d more", more)
	}
	return nil
}

// news says what it is to those who are told, where they were told before.
func (c *publishCmd) news(p *paper, pv *desk.Preview) {
	if len(pv.Told) == 1 && pv.Told[vedette.NewsNew] > 0 {
		return
	}
	for _, n := range []struct {
		news  vedette.News
		words string
	}{{vedette.NewsNew, "told of it for the first time"}, {vedette.NewsChanged, "told what changed for them"},
		{vedette.NewsUnchanged, "told once more, though nothing changed"}, {vedette.NewsWithdrawn, "told that it applies to them no more"}} {
		if pv.Told[n.news] > 0 {
			p.line("  %-40s %d", n.words, pv.Told[n.news])
		}
	}
}

// maxClashes bounds how many clashes are listed.
const maxClashes = 10

// clashes names those who have a trip into a place it says to avoid, and
// their managers, who are told too; who of these is not reached is never cut.
func (c *publishCmd) clashes(s *session, a *app.App, p *paper, list *desk.Clashes) error {
	if list.N == 0 {
		return nil
	}
	managers, err := a.Desk.ClashManagers(s.ctx, list, maxClashes)
	if err != nil {
		return err
	}
	p.line("%s", p.look(yellow, fmt.Sprintf("%s into a place it advises to avoid", count(list.N, "trip", "trips"))))
	for i := range managers.Some {
		cl := &managers.Some[i]
		words := clean(cl.Words())
		if !cl.Reached() {
			words = p.look(red, words)
		}
		p.line("  %s: %s from %s; %s", clean(cl.Traveller), cl.Place, a.Day(cl.Trip.Area, cl.Trip.From), words)
	}
	if more := list.N - len(managers.Some); more > 0 {
		p.line("  … and %d more", more)
	}
	if managers.Lost > 0 {
		p.line("  %s", p.look(red, fmt.Sprintf("of %s no manager is reached", count(managers.Lost, "trip", "trips"))))
	}
	return nil
}

// omitted says who is not told, and why.
func (c *publishCmd) omitted(p *paper, list []desk.Omitted) {
	if len(list) == 0 {
		return
	}
	p.heading("Not told")
	for i, o := range list {
		if i == maxShown {
			p.line("… and %d more reasons", len(list)-i)
			break
		}
		p.item("• ", fmt.Sprintf("%s: %s", count(o.N, "person", "people"), o.Reason))
	}
}

// odds shows what cannot both be followed.
func (c *publishCmd) odds(p *paper, pv *desk.Preview) {
	if len(pv.Contradictions) == 0 {
		return
	}
	p.heading("At odds")
	for _, x := range pv.Contradictions {
		p.item("• ", clean(x.Says.String()))
	}
	p.line("decide with --accept contradiction --reason \"why\"; an immediate warning may --break-glass \"why\"")
}

// ended shows the advice that was over before it is published.
func (c *publishCmd) ended(p *paper, as []desk.EndedAdvice) {
	if len(as) == 0 {
		return
	}
	p.heading("Over already")
	p.line("%s", p.look(red, "these lines have ended by the clock, so they are told to nobody:"))
	for _, a := range as {
		p.item("• ", fmt.Sprintf("%s: %s — %s", lines(a.Lines), a.Text, a.Says))
	}
}

// unplaced shows the advice that nobody would get: no rule may drop a line in
// silence.
func (c *publishCmd) unplaced(p *paper, as []vedette.Advice) {
	if len(as) == 0 {
		return
	}
	p.heading("Told to nobody")
	p.line("%s", p.look(red, "no action or no place was read in these lines, so no mail holds them:"))
	for _, a := range as {
		p.item("• ", fmt.Sprintf("%s: %s", lines(a.Lines), a.Text))
	}
}

// notes shows the findings that do not block.
func (c *publishCmd) notes(p *paper, fs []vedette.Finding) {
	title := false
	for _, f := range fs {
		if f.Blocks {
			continue
		}
		if !title {
			p.heading("What the reader noted")
			title = true
		}
		p.item("• ", fmt.Sprintf("%s (%s): %s", f.Code, lines(f.Lines), f.Message))
	}
}

func (c *publishCmd) blocking(p *paper, fs []vedette.Finding) {
	if len(fs) == 0 {
		return
	}
	p.heading("Doubts that block")
	for _, f := range fs {
		p.item("• ", fmt.Sprintf("%s (%s): %s", f.Code, lines(f.Lines), f.Message))
	}
	p.line("accept one with --accept %s", strings.ToLower(string(fs[0].Code)))
}
