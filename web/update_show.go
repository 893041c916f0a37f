package web

import (
	"net/http"

	"vedette"
	"vedette/desk"
	"vedette/httpd"
	"vedette/web/messages"
)

type updateView struct {
	frame
	Script    string // of the map; "" for none
	Address   string
	Draft     bool
	Risk      badge
	RiskText  string // the report's own word, where it is another
	Kind      string
	Areas     messages.Said
	Whole     []messages.Said // the affected areas with their whole names
	Situation string
	Number    int
	Issued    moment
	Source    string
	From      string // whose update it is the copy of, "" for nobody's
	Headline  string
	Call      string
	Urgency   string

	Categories, States, Calendar []string

	Glance      []postureLine // all postures of the update, strongest first
	Map         mapView
	Groups      []adviceGroup
	Summary     [][]run
	Topics      []topicView
	Judgements  []judgementView
	Record      recordView
	Tally       tallyView
	AreaRisks   []areaRiskView
	Shapes      []shapeView
	CountryRisk string
	Rollcalls   []rollcallLine // open, about it
	Cleared     []clearedView
	Acts        actsView
	Assent      *assentView
	Timeline    *timelineView // nil where it is the only one of its situation
	Kept        keptSitreps   // of its situation
	Problem     problem       // why the last press did nothing

	Shares       bool // they may give links of it
	Handouts     []handoutLine
	ShareFor     string // as typed
	ShareProblem problem
}

// areaRiskView is a risk the analyst set for one area.
type areaRiskView struct {
	Area messages.Said
	Risk badge
}

// shapeView is a shape the update draws.
type shapeView struct {
	Name   string
	Risk   *badge        // of its own, nil for none
	Unsure messages.Said // "known to 5 km"
}

func shapes(u *vedette.Update) (out []shapeView) {
	for i := range u.Shapes {
		s := &u.Shapes[i]
		v := shapeView{Name: safe(s.Name)}
		if s.Risk != vedette.RiskUnknown {
			b := riskBadge(s.Risk)
			v.Risk = &b
		}
		if s.Unsure > 0 {
			v.Unsure = messages.Of("known to %v km only", s.Unsure)
		}
		out = append(out, v)
	}
	return out
}

// showUpdate shows an update in the shape of a report.
func (p *portal) showUpdate(w http.ResponseWriter, r *http.Request) error {
	u, err := p.Desk.Update(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := p.updateView(r, u)
	v.Acts.By = bylineOf(r)
	if v.Map.SVG != "" {
		v.Script = p.static.url("map.js")
		w.Header().Set("Content-Security-Policy", httpd.ScriptPolicy)
	}
	return p.updatePage(w, r, http.StatusOK, u, v)
}

// befallen puts into an update's view where it is from, and what has become of it since.
func (p *portal) befallen(r *http.Request, u *vedette.Update, v *updateView) (list []desk.Condition, err error) {
	sources, err := p.Desk.Sources(r.Context(), u)
	if err != nil {
		return nil, err
	}
	v.Record = p.record(u, sources)
	if v.From, err = p.copiedFrom(r, u.ID); err != nil || v.Draft {
		return nil, err
	}
	if list, err = p.Desk.Conditions(r.Context(), u.ID); err != nil {
		return nil, err
	}
	v.Record.Conditions = p.conditions(list, p.zone(&u.Content))
	v.Cleared, err = p.cleared(r, u)
	return list, err
}

// updatePage shows an update with what is known of it besides its content.
func (p *portal) updatePage(w http.ResponseWriter, r *http.Request, status int, u *vedette.Update, v updateView) error {
	list, err := p.befallen(r, u, &v)
	if err != nil {
		return err
	}
	if v.Draft {
		return p.show(w, status, "update", v)
	}
	if u.State == vedette.UpdatePublished && u.Cancels == "" {
		v.Acts.Conditions = p.conditionActs(list)
	}
	t, err := p.Desk.Tally(r.Context(), u)
	if err != nil {
		return err
	}
	v.Tally = tally(t)
	if v.Rollcalls, err = p.rollcallsOf(r, u); err != nil {
		return err
	}
	if v.Assent, err = p.assent(r, u); err != nil {
		return err
	}
	if v.Timeline, err = p.timeline(r, u); err != nil {
		return err
	}
	if v.Kept, err = p.keptSitrepsOf(r, u); err != nil {
		return err
	}
	if err := p.handouts(r, u, &v); err != nil {
		return err
	}
	return p.show(w, status, "update", v)
}

// copiedFrom is the organisation whose update one of ours is the copy of, "" for none.
func (p *portal) copiedFrom(r *http.Request, update vedette.ID) (string, error) {
	c, err := p.Desk.CopiedFrom(r.Context(), update)
	if err != nil || c == nil {
		return "", err
	}
	return safe(c.Publisher), nil
}

// clearedView is an all-clear: the update itself is one, or one was given of it.
type clearedView struct {
	Area               messages.Said
	By, Basis, Despite string
	At                 moment
	Address            string // of the all-clear, "" where the update is it
}

func (p *portal) cleared(r *http.Request, u *vedette.Update) (out []clearedView, err error) {
	given, err := p.Desk.AllClearsOf(r.Context(), u)
	if u.Clears != nil {
		given = append([]*vedette.Update{u}, given...)
	}
	for _, c := range given {
		x := clearedView{Area: p.area(c.Clears.Area, ""), By: safe(c.Clears.By), Basis: safe(c.Clears.Basis), Despite: safe(c.Clears.Despite), At: when(c.PublishedAt, p.Now(), p.zoneOf(c.Clears.Area))}
		if c.ID != u.ID {
			x.Address = updatePath + string(c.ID)
		}
		out = append(out, x)
	}
	return out, err
}

// updateView puts an update's content into the shape of the page.
func (p *portal) updateView(r *http.Request, u *vedette.Update) updateView {
	c := &u.Content
	headline := firstOf(c.Headline, c.Title)
	v := updateView{frame: p.frame(r, headline, u.Status).named(), Address: "/updates/" + string(u.ID),
		Draft: u.State == vedette.UpdateDraft, Risk: riskBadge(c.Risk), Kind: kindWord(c.Kind), Areas: p.affected(c), Whole: p.affectedWhole(c),
		Situation: situation(u), Number: u.Number, Issued: when(issued(u), p.Now(), p.zone(c)),
		Source: sourceWords[c.SourceStrength], Headline: safe(headline), Call: safe(c.CallToAction),
		Urgency: urgencyWords[c.Urgency], Categories: plainAll(c.Categories), States: plainAll(c.Status), Calendar: plainAll(c.Calendar)}
	if own := safe(c.RiskText); own != "" && !equalFold(own, v.Risk.Word) {
		v.RiskText = own
	}
	if c.CountryRisk != vedette.RiskUnknown {
		v.CountryRisk = c.CountryRisk.String()
	}
	for _, ar := range u.AreaRisks {
		v.AreaRisks = append(v.AreaRisks, areaRiskView{p.area(ar.Area, ""), riskBadge(ar.Risk)})
	}
	v.Shapes = shapes(u)
	v.Glance = p.glance(c)
	v.Map = p.updateMap(tongue(r), u)
	v.Groups = p.adviceGroups(c)
	for _, s := range c.Summary {
		v.Summary = append(v.Summary, cutRuns(s.Text, odds(s.Likelihoods)))
	}
	v.Topics = topics(c, issued(u).Year())
	v.Judgements = judgements(c)
	v.Acts = p.acts(u)
	return v
}
