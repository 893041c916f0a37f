package main

import (
	"fmt"
	"strings"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type draftCmd struct {
	New      draftNewCmd      `cmd:"" help:"Read a report and keep a draft of it, to work on."`
	List     draftListCmd     `cmd:"" help:"The drafts that are kept."`
	Show     draftShowCmd     `cmd:"" help:"A draft: whom it would be told, what was changed by whom."`
	Words    draftWordsCmd    `cmd:"" help:"What a draft says, each with its name and where it is from."`
	Say      draftSayCmd      `cmd:"" help:"Change what a draft says: other words, new ones, without some, other headings."`
	Findings draftFindingsCmd `cmd:"" help:"What the reader doubts, each with its lines and how it was settled."`
	Settle   draftSettleCmd   `cmd:"" help:"Settle a finding: which place is meant, or why it may stand."`
	Edit     draftEditCmd     `cmd:"" help:"Change a draft's risk, urgency, kind, source, issue time, areas or shapes, and see what that does."`
	Add      draftAddCmd      `cmd:"" help:"Add what another report says to a draft."`
	TakeOut  draftTakeOutCmd  `cmd:"" help:"Take a report out of a draft, with what it alone says."`
	Remove   draftRemoveCmd   `cmd:"" help:"Delete a draft. The report stays."`
}

type draftNewCmd struct {
	File      string   `arg:"" help:"The report (.txt .html .eml .docx .pdf), - for standard input."`
	Status    string   `help:"actual, exercise or test: fixed once it is made." enum:"actual,exercise,test" default:"actual"`
	Situation string   `help:"The situation it will continue (an id of \"vedette updates\")." placeholder:"ID"`
	Corrects  string   `help:"The update it will correct." placeholder:"UPDATE"`
	Shape     []string `help:"A GeoJSON file of shapes." placeholder:"FILE" sep:"none"`
	Scale     string   `help:"Read its words of likelihood on this scale: icd203 (US) or phia (UK). Without it, on your organisation's." enum:",icd203,phia" default:"" placeholder:"SCALE"`
	Circle    []string `help:"A circle: latitude,longitude,kilometres, and perhaps its risk and its name." placeholder:"LAT,LON,KM" sep:"none"`
	By        string   `help:"Who makes it." default:"${user}"`
}

// Run keeps a draft and shows whom it would be told.
func (c *draftNewCmd) Run(s *session) error {
	status, err := vedette.ParseStatus(c.Status)
	if err != nil {
		return errUsage{err}
	}
	if err := checkIDs(c.Situation, c.Corrects); err != nil {
		return err
	}
	text, name, file, err := s.readReport(c.File)
	if err != nil {
		return err
	}
	shapes, err := s.drawn(c.Shape, c.Circle)
	if err != nil {
		return err
	}
	return s.open(func(a *app.App) error {
		d, err := a.Desk.NewDraft(s.ctx, desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: text, Origin: name, File: file, Status: status, Shapes: shapes, Scale: vedette.Scale(c.Scale)},
			Situation: vedette.ID(c.Situation), Corrects: vedette.ID(c.Corrects), By: c.By})
		if err != nil {
			return err
		}
		s.printf("kept as draft %s\n\n", d.Update.ID)
		if err := (&publishCmd{}).preview(s, a, d); err != nil {
			return err
		}
		s.printf("\nnothing was published; vedette publish --draft %s --yes does it\n", d.Update.ID)
		return nil
	})
}

type draftAddCmd struct {
	Draft string `arg:"" help:"The draft's id."`
	File  string `arg:"" help:"The report (.txt .html .eml .docx .pdf), - for standard input."`
	By    string `help:"Who adds it." default:"${user}"`
}

// Help says what becomes of two reports.
func (c *draftAddCmd) Help() string {
	return "Every claim and advice keeps its report and line. What both say word for word is there once, with both; the higher\n" +
		"risk, the more pressing urgency and the weaker source are those of the draft. \"vedette draft take-out\" takes\n" +
		"a report out again; words, say, findings and settle show and change what it says, and what the reader doubts."
}

// Run adds a report to a draft and shows what that does.
func (c *draftAddCmd) Run(s *session) error {
	text, name, file, err := s.readReport(c.File)
	if err != nil {
		return err
	}
	return s.open(func(a *app.App) error {
		d, err := a.Desk.FuseDraft(s.ctx, desk.FuseOrder{Draft: vedette.ID(c.Draft), Text: text, Origin: name, File: file, By: c.By})
		if err != nil {
			return err
		}
		return s.changed(a, d, "before this report")
	})
}

type draftTakeOutCmd struct {
	Draft  string `arg:"" help:"The draft's id."`
	Report int    `arg:"" help:"The report's number, as \"vedette draft words\" names it." placeholder:"N"`
	By     string `help:"Who takes it out." default:"${user}"`
}

// Run takes a report out of a draft and shows what that does.
func (c *draftTakeOutCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		d, err := a.Desk.Draft(s.ctx, vedette.ID(c.Draft))
		if err != nil {
			return err
		}
		if c.Report < 1 || c.Report > len(d.Sources) {
			return vedette.Errorf(vedette.CodeInvalid, "the draft is made of %s", count(len(d.Sources), "report", "reports"))
		}
		return s.edited(a, desk.DraftEdit{Draft: d.Update.ID, By: c.By, Seen: len(d.Update.Edits), TakeOut: d.Sources[c.Report-1].Report.ID}, "before it was taken out")
	})
}

type draftListCmd struct{}

// Run lists the drafts.
func (c *draftListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		list, err := a.Desk.Drafts(s.ctx)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			s.printf("no draft is kept; make one with: vedette draft new FILE\n")
			return nil
		}
		rows := [][]string{{"CHANGED", "BY", "EDITS", "RISK", "DRAFT", "HEADLINE"}}
		for _, u := range list {
			head := short(headline(u), 60)
			if m := u.Status.Mark(); m != "" {
				head = m + " " + head
			}
			at, by, edits := u.CreatedAt, "left by a publishing that was not finished", 0
			if n := len(u.Edits); n > 0 {
				at, by, edits = u.Edits[n-1].At, u.Edits[n-1].By, n-1
			}
			rows = append(rows, []string{at.UTC().Format("2006-01-02 15:04Z"), by, fmt.Sprint(edits), u.Content.Risk.String(), string(u.ID), head})
		}
		s.paper().table(rows)
		return nil
	})
}

type draftShowCmd struct {
	Draft string `arg:"" help:"The draft's id."`
}

// Run shows a draft.
func (c *draftShowCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		d, err := a.Desk.Draft(s.ctx, vedette.ID(c.Draft))
		if err != nil {
			return err
		}
		if err := (&publishCmd{}).preview(s, a, d, sinceEdit(d.Update, 1, "as it was made")...); err != nil {
			return err
		}
		s.paper().edits(d.Update)
		return nil
	})
}

type draftEditCmd struct {
	Draft    string            `arg:"" help:"The draft's id."`
	Risk     string            `help:"low, moderate, high or extreme; none takes it back." placeholder:"RISK"`
	Kind     string            `help:"alert, tactical, situation_update, analysis, daily_summary, regional_summary, special_report or unknown." placeholder:"KIND"`
	Urgency  string            `help:"immediate, expected, future or past; unknown takes it back." placeholder:"URGENCY"`
	Source   string            `help:"How strong its source is: confirmed, credible or unconfirmed; unknown takes it back." placeholder:"STRENGTH"`
	Issued   string            `help:"When it was issued, in UTC: 2026-02-05 11:56; none takes it back." placeholder:"TIME"`
	Area     []string          `help:"Add an affected area." placeholder:"PLACE" sep:"none"`
	NotArea  []string          `help:"Remove an affected area." placeholder:"PLACE" sep:"none"`
	AreaRisk map[string]string `help:"The risk in an area of its own: Basra=extreme; none takes it back." placeholder:"PLACE=RISK" mapsep:"none"`
	Shape    []string          `help:"Draw the shapes of a GeoJSON file." placeholder:"FILE" sep:"none"`
	Circle   []string          `help:"Draw a circle: latitude,longitude,kilometres, and perhaps its risk and its name." placeholder:"LAT,LON,KM" sep:"none"`
	NotShape []string          `help:"Remove a shape by its name." placeholder:"NAME" sep:"none"`
	Seen     int               `help:"How many edits the draft had when you looked; a newer one refuses yours." placeholder:"N"`
	By       string            `help:"Who changes it." default:"${user}"`
}

// Run changes a draft and shows what that does.
func (c *draftEditCmd) Run(s *session) error {
	shapes, err := s.drawn(c.Shape, c.Circle)
	if err != nil {
		return err
	}
	return s.open(func(a *app.App) error {
		e := desk.DraftEdit{Draft: vedette.ID(c.Draft), By: c.By, Remove: c.NotArea, Draw: shapes, Erase: c.NotShape}
		if c.Seen > 0 {
			e.Seen = c.Seen + 1 // the first is that it was made
		}
		if err := c.read(a, &e); err != nil {
			return err
		}
		return s.edited(a, e, "before this edit")
	})
}

// read reads risks and places.
func (c *draftEditCmd) read(a *app.App, e *desk.DraftEdit) error {
	if c.Risk != "" {
		r, err := riskOrNone(c.Risk)
		if err != nil {
			return err
		}
		e.Risk = &r
	}
	if err := c.readMarks(e); err != nil {
		return err
	}
	for _, name := range c.Area {
		area, err := a.Gaz.Find(name)
		if err != nil {
			return err
		}
		e.Add = append(e.Add, area.ID)
	}
	for name, word := range c.AreaRisk {
		area, err := a.Gaz.Find(name)
		if err != nil {
			return err
		}
		r, err := riskOrNone(word)
		if err != nil {
			return err
		}
		e.AreaRisks = append(e.AreaRisks, vedette.AreaRisk{Area: area.ID, Risk: r})
	}
	return nil
}

// readMarks reads what stands at the draft's head beside its words.
func (c *draftEditCmd) readMarks(e *desk.DraftEdit) error {
	if c.Kind != "" {
		k := vedette.ReportKind(c.Kind)
		e.Kind = &k
	}
	if c.Urgency != "" {
		u, err := vedette.ParseUrgency(strings.TrimPrefix(c.Urgency, vedette.UrgencyUnknown.String()))
		if err != nil {
			return errUsage{err}
		}
		e.Urgency = &u
	}
	if c.Source != "" {
		source, err := vedette.ParseSourceStrength(strings.TrimPrefix(c.Source, vedette.SourceUnknown.String()))
		if err != nil {
			return errUsage{err}
		}
		e.Source = &source
	}
	if c.Issued != "" {
		at, err := time.Parse("2006-01-02 15:04", c.Issued)
		if err != nil && c.Issued != "none" {
			return errUsage{fmt.Errorf("%q is no day and time; give them in UTC, as '2026-02-05 11:56', or none", c.Issued)}
		}
		e.Issued = &at
	}
	return nil
}

func riskOrNone(word string) (vedette.Risk, error) {
	if word = strings.ToLower(strings.TrimSpace(word)); word == "none" {
		return vedette.RiskUnknown, nil
	}
	r, err := vedette.ParseRisk(word)
	if err != nil || r == vedette.RiskUnknown {
		return r, errUsage{fmt.Errorf("%q is no risk; say low, moderate, high, extreme or none", word)}
	}
	return r, nil
}

type draftRemoveCmd struct {
	Draft string `arg:"" help:"The draft's id."`
	By    string `help:"Who removes it." default:"${user}"`
}

// Run deletes a draft.
func (c *draftRemoveCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		if err := a.Desk.RemoveDraft(s.ctx, vedette.ID(c.Draft), 0, c.By); err != nil {
			return err
		}
		s.printf("removed draft %s; nobody was told of it\n", c.Draft)
		return nil
	})
}

// sites lists the sites of those who would be told.
func (p *paper) sites(list []desk.SiteCount) {
	for i, st := range list {
		if i == 0 {
			p.line("by site:")
		}
		if i == maxShown {
			p.line("  … and %d more sites", len(list)-i)
			return
		}
		p.line("  %-28s %d%s", clean(st.Name), st.In+st.MayBe, unreached(st.Unreachable))
	}
}

func unreached(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", %d without an address", n)
}

// earlier is an earlier state of a draft.
type earlier struct {
	state *vedette.Update
	words string
}

// sinceEdit is a draft as it was before some edit, none where it has so few.
func sinceEdit(u *vedette.Update, edits int, words string) []earlier {
	if len(u.Edits) <= edits {
		return nil
	}
	return []earlier{{u.Before(edits), words}}
}

// shift says who would be told no more than by an earlier state of a draft.
func (p *paper) shift(sh *desk.Shift, since string) {
	p.heading("Than " + since)
	p.line("%s told besides", count(sh.Gained, "person", "people"))
	n := sh.N()
	if n == 0 {
		p.line("nobody falls out")
		return
	}
	p.line("%s", p.look(red, fmt.Sprintf("%s told no more:", count(n, "person", "people"))))
	for _, o := range sh.Lost {
		p.item("• ", fmt.Sprintf("%s: %s", count(o.N, "person", "people"), o.Reason))
	}
}

// edits lists who changed what of a draft.
func (p *paper) edits(u *vedette.Update) {
	if len(u.Edits) == 0 {
		return
	}
	p.heading("Made and changed")
	for i, e := range u.Edits {
		words := "made from the report"
		if i > 0 {
			var all []string
			for _, ch := range e.Changes {
				all = append(all, ch.Words())
			}
			words = strings.Join(all, "; ")
		}
		p.item(fmt.Sprintf("%d. ", i), fmt.Sprintf("%s, %s: %s", e.At.UTC().Format("2 Jan 2006 15:04:05 UTC"), e.By, words))
	}
}
