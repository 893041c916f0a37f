package web

import (
	"net/http"
	"net/url"

	"vedette"
	"vedette/desk"
	"vedette/draw"
	"vedette/httpd"
	"vedette/web/messages"
)

// drawView is the page that a shape of a draft is drawn on.
type drawView struct {
	draftView
	Choices  []option // of the risk there
	Script   string
	At, Span string // what the map looks at first; "" is the world
}

// openDrawing shows the page that a shape or an area of a draft is drawn on. It shares
// its map, and who is there, with the page of a flash.
func (p *portal) openDrawing(w http.ResponseWriter, r *http.Request) error {
	return p.drawPage(w, r, http.StatusOK, draftView{By: bylineOf(r)}, "")
}

func (p *portal) drawPage(w http.ResponseWriter, r *http.Request, status int, dv draftView, risk string) error {
	d, err := p.Desk.Draft(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	if d.Update.Flash != "" {
		return vedette.Errorf(vedette.CodeConflict, "where a flash is, is changed where it was made: go back to it")
	}
	v := drawView{draftView: dv, Script: p.static.url("flash.js"), Choices: options(risk, "", messages.Mark("as the whole draft"), "low", "low", "moderate", "moderate", "high", "high", "extreme", "extreme")}
	p.fillDraft(r, &v.draftView, d)
	if first, ok := p.drawnFirst(d.Update); ok {
		v.At, v.Span = first.Get("at"), first.Get("span")
	}
	v.Titled = messages.Of("Draw: %s", v.Headline)
	w.Header().Set("Content-Security-Policy", httpd.ScriptPolicy)
	return p.show(w, status, "draftdraw", v)
}

// drawnFirst is what the map of a draft looks at before anything is typed: the areas that
// it affects, else what was drawn last; false where it has neither.
func (p *portal) drawnFirst(u *vedette.Update) (url.Values, bool) {
	m := draw.Map{Width: mapWidth, Height: mapHeight, Least: 1}
	for _, a := range u.Content.Affected {
		if _, ok := p.Gaz.Area(a.Area); ok {
			m.Fills = append(m.Fills, draw.Fill{Area: a.Area})
		}
	}
	if n := len(u.Shapes); len(m.Fills) == 0 && n > 0 {
		m.Shapes = u.Shapes[n-1:]
	}
	if len(m.Fills)+len(m.Shapes) == 0 {
		return nil, false
	}
	return frameQuery(m.Frame(p.Gaz)), true
}

// readDrawn reads what the page of a drawing says: a name, a circle or corners, what the
// shape is called, and the risk there.
func (p *portal) readDrawn(f url.Values, v *draftView, e *desk.DraftEdit) error {
	if !f.Has("where") {
		return nil
	}
	v.Typed.Where, v.Typed.Called = typed(f.Get("where")), typed(f.Get("called"))
	risk := vedette.RiskUnknown
	if word := f.Get("there-risk"); word != "" {
		var err error
		if risk, err = vedette.ParseRisk(word); err != nil {
			return err
		}
	}
	if len(f["place"]) > 0 { // the one that was meant, of several
		for _, id := range f["place"] {
			e.AreaRisks = atRisk(e.AreaRisks, vedette.AreaID(id), risk)
		}
		return nil
	}
	area, shapes, err := p.Desk.ReadPlace(v.Typed.Where)
	if err != nil {
		v.Found = p.meant(v.Typed.Where)
		return err
	}
	if area != "" {
		e.Add = append(e.Add, area)
		e.AreaRisks = atRisk(e.AreaRisks, area, risk)
		return nil
	}
	for _, s := range shapes {
		s.Name, s.Risk = v.Typed.Called, risk
		if s.Name == "" {
			s.Name = p.Desk.ShapeName(&s)
		}
		e.Draw = append(e.Draw, s)
	}
	return nil
}

// atRisk adds the risk of an area, where one was chosen.
func atRisk(list []vedette.AreaRisk, area vedette.AreaID, risk vedette.Risk) []vedette.AreaRisk {
	if risk == vedette.RiskUnknown {
		return list
	}
	return append(list, vedette.AreaRisk{Area: area, Risk: risk})
}
