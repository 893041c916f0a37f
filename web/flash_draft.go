package web

import (
	"html/template"
	"net/http"
	"strconv"

	"vedette/auth/rights"
	"vedette/desk"
	"vedette/draw"
)

// flashDraft is what the page of a flash says besides what that of a draft does.
type flashDraft struct {
	Change   string // address of the form that makes it anew
	Template string
	Line     string
	Links    whoLinks
	Told     []flashTold
	More     string // countries, as the button says it: "in 3 countries"
	People   string // "212 people"
	May      bool   // they may publish
	Glass    bool   // the organisation wants two, and they may break the glass
}

// flashTold is what those of a language are told.
type flashTold struct {
	Name, Language, N string
	Lacks, Unread     bool
	Subject           string
	Advice            []string
}

// fillFlash says whom a flash warns, in which languages, and what the button says.
func (p *portal) fillFlash(r *http.Request, v *draftView, d *desk.Draft, pv *desk.Preview) {
	u := d.Update
	if u.Flash == "" {
		return
	}
	f := &flashDraft{Change: flashPath + "?draft=" + string(u.ID), Template: safe(u.Flash), Line: safe(knownLine(u)), May: p.may(r, rights.Publish) == nil}
	where := p.whereOf(u)
	for _, a := range u.Content.Affected {
		where = string(a.Area)
	}
	f.Links = linksOf(where)
	f.People = howMany(pv.Count, "person", "people")
	if n := len(pv.Countries); n > 0 {
		f.More = " in " + howMany(n, "country", "countries")
	}
	for _, t := range pv.ToldIn {
		n := strconv.Itoa(t.N)
		if t.About {
			n = "about " + n
		}
		line := flashTold{Name: t.Name, Language: t.Language, N: n, Lacks: t.Lacks, Unread: t.Unread, Subject: safe(t.Subject)}
		for _, a := range t.Advice {
			line.Advice = append(line.Advice, safe(a))
		}
		f.Told = append(f.Told, line)
	}
	v.Flash, v.frame.Place = f, "flash"
	m := draw.Map{Title: "Map: " + safe(u.Content.Headline), Desc: p.mapWords(u), Width: mapWidth, Height: mapHeight, Least: 2, Shapes: shapesAt(u)}
	for _, a := range u.Content.Affected {
		m.Fills = append(m.Fills, draw.Fill{Area: a.Area, Risk: u.Content.Risk})
	}
	v.Map = mapView{SVG: template.HTML(p.maps.SVG(p.Gaz, m))} // draw escapes what it is given
}
