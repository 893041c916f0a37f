package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// draftView is a draft with the forms that change it, and what it would do.
type draftView struct {
	frame
	Address  string
	Whole    string // address of the draft in the shape of its report
	Corrects string // address of the update it corrects
	Seen     int
	By       byline
	From     string // whose update it is the copy of, "" for nobody's
	Headline string
	Call     string
	Risk     badge
	Kind     string
	Created  moment
	Problem  problem
	Shown    bool // a second factor was shown, on the way to publishing
	Typed    typedEdit
	Found    []foundPlace // that a name may mean which is not plain

	Risks []riskOption

	Kinds, Urgencies, Sources []option
	Issued                    string // as a field of a form has it, UTC
	Areas                     []draftArea
	AreaRisks                 []draftArea // set for areas that are not affected ones
	Shapes                    []shapeView
	Map                       mapView
	Read                      readAs
	Edits                     []editView
	Preview                   previewView

	Wants    bool          // it goes out by the word of a second person
	Asking   *approvalView // what was asked about it last, nil for nothing
	Flash    *flashDraft   // nil where it is none
	MayBreak bool          // it is immediate, and who looks may break the glass
	Password bool          // they have no second factor to show, so they type their password
}

// typedEdit is what was typed and not taken.
type typedEdit struct {
	Add, Circle, Reason, Count string
	GeoJSON                    string
	Where, Called              string
	Accept                     []string // the doubts that were ticked
	Break, Again               bool
	Publish                    bool // the form that publishes is open
	Glass                      string
	Breaks                     bool // the form that breaks the glass is open
}

// Odds says whether what is at odds was ticked.
func (t typedEdit) Odds() bool { return slices.Contains(t.Accept, string(vedette.FindContradiction)) }

// foundPlace is a place that a name may mean.
type foundPlace struct {
	Name messages.Said
	ID   string
}

// riskOption is a step of the list of risks.
type riskOption struct {
	Value, Word string
	Chosen      bool
}

// draftArea is an affected area, or one with a risk of its own.
type draftArea struct {
	Name  messages.Said
	Key   string // its id, else its number: "#2"
	ID    string // "" for one that is not known
	Risks []riskOption
}

// readAs is what the reader read, before anybody changed it.
type readAs struct {
	Changed bool
	Risk    badge
	Areas   messages.Said
	Report  string // its address
}

type editView struct {
	At    moment
	By    messages.Said
	Words []messages.Said // none for the first: it was made
}

// showDraft shows a draft. One that is published leads to its page.
func (p *portal) showDraft(w http.ResponseWriter, r *http.Request) error {
	return p.draftPage(w, r, http.StatusOK, draftView{By: bylineOf(r)})
}

// draftPage shows a draft as it is now, with what was typed and what is wrong.
func (p *portal) draftPage(w http.ResponseWriter, r *http.Request, status int, v draftView) error {
	id := vedette.ID(r.PathValue("id"))
	d, err := p.Desk.Draft(r.Context(), id)
	if vedette.ErrorCode(err) == vedette.CodeConflict { // it was published
		http.Redirect(w, r, "/updates/"+string(id), http.StatusSeeOther)
		return nil
	}
	if err != nil {
		return err
	}
	if d.Update.Clears != nil {
		return p.toAsking(w, r, id)
	}
	p.fillDraft(r, &v, d)
	if v.From, err = p.copiedFrom(r, id); err != nil {
		return err
	}
	pv, err := p.fillPreview(r, &v.Preview, d)
	if err != nil {
		return err
	}
	p.fillFlash(r, &v, d, pv)
	if err := p.fillAsking(r, &v, d); err != nil {
		return err
	}
	for i := range v.Preview.Accepts {
		a := &v.Preview.Accepts[i]
		a.On = slices.Contains(v.Typed.Accept, a.Code)
	}
	if v.Flash != nil {
		return p.show(w, status, "flashdraft", v)
	}
	return p.show(w, status, "draft", v)
}

// fillDraft puts a draft into the shape of the page.
func (p *portal) fillDraft(r *http.Request, v *draftView, d *desk.Draft) {
	u := d.Update
	c := &u.Content
	v.Headline = safe(firstOf(c.Headline, c.Title))
	v.frame = p.frameOf(r, messages.Of("Draft: %s", v.Headline), u.Status)
	v.frame.Place = "drafts"
	v.Address, v.Whole, v.Seen = draftAddress(u.ID), "/updates/"+string(u.ID), len(u.Edits)
	v.Call, v.Risk, v.Kind, v.Created = safe(c.CallToAction), riskBadge(c.Risk), kindWord(c.Kind), when(u.CreatedAt, p.Now(), "")
	if u.Corrects != "" {
		v.Corrects = updatePath + string(u.Corrects)
	}
	v.Risks = riskOptions(c.Risk, messages.Mark("not given"))
	v.draftMarks(c)
	affected := map[vedette.AreaID]bool{}
	for i, a := range c.Affected {
		affected[a.Area] = true
		v.Areas = append(v.Areas, p.draftArea(u, a))
		if a.Area == "" {
			v.Areas[i].Key = "#" + strconv.Itoa(i+1)
		}
	}
	for _, ar := range u.AreaRisks {
		if !affected[ar.Area] {
			v.AreaRisks = append(v.AreaRisks, p.draftArea(u, vedette.Place{Area: ar.Area}))
		}
	}
	v.Shapes, v.Map = shapes(u), p.updateMap(tongue(r), u)
	v.Read = p.readAs(d)
	v.Edits = p.edits(u)
}

// editor is who made an edit.
func editor(by string) messages.Said {
	if by == "nobody known" { // of drafts from before it was kept
		return messages.Of("nobody known")
	}
	return asItIs(safe(by))
}

// edits lists who changed what of a draft, the last first.
func (p *portal) edits(u *vedette.Update) (out []editView) {
	for i := range u.Edits {
		e := &u.Edits[len(u.Edits)-1-i]
		ev := editView{At: when(e.At, p.Now(), ""), By: editor(e.By)}
		for _, ch := range e.Changes {
			ev.Words = append(ev.Words, changeSaid(ch))
		}
		out = append(out, ev)
	}
	return out
}

func (p *portal) draftArea(u *vedette.Update, a vedette.Place) draftArea {
	out := draftArea{Name: asItIs(safe(a.Text)), Key: string(a.Area), ID: string(a.Area)}
	if a.Area == "" {
		return out
	}
	if area, ok := p.Gaz.Area(a.Area); ok {
		out.Name = p.withCountry(area)
	}
	risk := vedette.RiskUnknown
	if i := slices.IndexFunc(u.AreaRisks, func(r vedette.AreaRisk) bool { return r.Area == a.Area }); i >= 0 {
		risk = u.AreaRisks[i].Risk
	}
	out.Risks = riskOptions(risk, messages.Mark("no risk of its own"))
	return out
}

// riskOptions is the list of risks with one chosen.
func riskOptions(chosen vedette.Risk, none string) []riskOption {
	out := []riskOption{{"none", none, chosen == vedette.RiskUnknown}}
	for r := vedette.RiskLow; r <= vedette.RiskExtreme; r++ {
		out = append(out, riskOption{r.String(), r.String(), r == chosen})
	}
	return out
}

// readAs says how the report was read, where that differs from what the draft
// says now.
func (p *portal) readAs(d *desk.Draft) readAs {
	c := &d.Reading.Content
	out := readAs{Risk: riskBadge(c.Risk), Areas: p.affected(c)}
	if d.Report.ID != "" {
		out.Report = "/reports/" + string(d.Report.ID)
	}
	out.Changed = d.Report.ID != "" && (c.Risk != d.Update.Content.Risk || !slices.EqualFunc(c.Affected, d.Update.Content.Affected, func(a, b vedette.Place) bool { return a.Area == b.Area && a.Text == b.Text }))
	return out
}

// asMade is a draft before anybody changed it.
var asMade = messages.Mark("as it was made")

// fillPreview says what publishing would do, and who falls out.
func (p *portal) fillPreview(r *http.Request, v *previewView, d *desk.Draft) (*desk.Preview, error) {
	ctx := r.Context()
	n := len(d.Update.Edits)
	var words []string
	var earlier []*vedette.Update
	for _, since := range []struct {
		edits int
		words string
	}{{n - 1, messages.Mark("before the last change")}, {1, asMade}} {
		if since.edits < 1 || since.edits >= n || since.words == asMade && n == 2 {
			continue
		}
		words, earlier = append(words, since.words), append(earlier, d.Update.Before(since.edits))
	}
	pv, err := p.Desk.Preview(ctx, d, desk.PublishOrder{}, earlier...)
	if err != nil {
		return nil, err
	}
	p.preview(v, d, &pv)
	for i := range pv.Shifts {
		sh := &pv.Shifts[i]
		v.Shifts = append(v.Shifts, shiftView{Since: messages.Said{English: words[i]}, Gained: sh.Gained, N: sh.N(), Lost: omittedLines(sh.Lost)})
	}
	v.ClashMap = p.drawClashes(tongue(r), d.Update, &pv.Clashes)
	return &pv, p.names(ctx, v, &pv)
}

// names names those without an address and those with a trip into a place to
// be avoided, the first few.
func (p *portal) names(ctx context.Context, v *previewView, pv *desk.Preview) error {
	people, err := p.Desk.Named(ctx, pv.Unreachable.Some)
	if err != nil {
		return err
	}
	for i := range people {
		v.NoAddress = append(v.NoAddress, safe(people[i].Record.Name))
	}
	// First those of whom no manager is reached: none of them is cut in silence.
	clashes, err := p.Desk.ClashManagers(ctx, &pv.Clashes, maxNamed)
	if err != nil {
		return err
	}
	v.Unmanaged = clashes.Lost
	for i := range clashes.Some {
		c := &clashes.Some[i]
		v.Clashes = append(v.Clashes, clashLine{v.ClashMap.number(c.Trip.Area), messages.Of("%s: %s from %s; %s", safe(c.Traveller), safe(c.Place), when(c.Trip.From, p.Now(), p.zoneOf(c.Trip.Area)).Day, worded(c.Says()))})
	}
	return nil
}

// zoneOf is the time zone of a place, "" where it is not known.
func (p *portal) zoneOf(id vedette.AreaID) string {
	if a, ok := p.Gaz.Area(id); ok && len(a.Zones) > 0 {
		return a.Zones[0]
	}
	return ""
}

// candidates are the places a name may mean, none where it is plain.
func (p *portal) candidates(name string) (out []foundPlace) {
	found := p.Gaz.Named(name)
	if len(found) == 0 {
		found = p.Gaz.Suggest(name)
	}
	for _, a := range found[:min(len(found), maxNamed)] {
		label := p.withCountry(a)
		if !slices.ContainsFunc(out, func(f foundPlace) bool { return f.ID == string(a.ID) }) {
			out = append(out, foundPlace{messages.Of("%s (%s)", label, messages.Said{English: areaKinds[a.Kind]}), string(a.ID)})
		}
	}
	return out
}
