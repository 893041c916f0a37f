package web

import (
	"html/template"
	"net/http"

	"vedette/auth/rights"
	"vedette/desk"
	"vedette/draw"
	"vedette/web/messages"
)

// flashDraft is what the page of a flash says besides what that of a draft does.
type flashDraft struct {
	Change   string // address of the form that makes it anew
	Template string
	Line     string
	Links    whoLinks
	Told     []flashTold
	People   messages.Said // whom it warns, as the button says it: "212 people in 3 countries"
	May      bool          // they may publish
	Glass    bool          // the organisation wants two, and they may break the glass
}

// flashTold is what those of a language are told.
type flashTold struct {
	Name          messages.Said // of the language
	Language      string
	N             messages.Said // "about 5 people"
	Lacks, Unread bool
	Subject       string
	Advice        []string
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
	f.People = warned(pv.Count, len(pv.Countries))
	for _, t := range pv.ToldIn {
		n := saidPeople(t.N)
		if t.About {
			n = messages.Of("about %d people", t.N)
		}
		line := flashTold{Name: messages.Said{English: t.Name}, Language: t.Language, N: n, Lacks: t.Lacks, Unread: t.Unread, Subject: safe(t.Subject)}
		for _, a := range t.Advice {
			line.Advice = append(line.Advice, safe(a))
		}
		f.Told = append(f.Told, line)
	}
	v.Flash, v.frame.Place = f, "flash"
	in := tongue(r)
	m := draw.Map{Title: in.Say(messages.Mark("Map: %s"), safe(u.Content.Headline)), Desc: p.mapWords(in, u), In: mapTongue(in), Width: mapWidth, Height: mapHeight, Least: 2, Shapes: shapesAt(u)}
	for _, a := range u.Content.Affected {
		m.Fills = append(m.Fills, draw.Fill{Area: a.Area, Risk: u.Content.Risk})
	}
	v.Map = mapView{SVG: template.HTML(p.maps.SVG(p.Gaz, m))} // draw escapes what it is given
}

// warned are people, and of how many countries.
func warned(people, countries int) messages.Said {
	switch countries {
	case 0:
		return saidPeople(people)
	case 1:
		return messages.Of("%s in %d country", saidPeople(people), countries)
	}
	return messages.Of("%s in %d countries", saidPeople(people), countries)
}

// saidPeople is how many people, one or more.
func saidPeople(n int) messages.Said {
	if n == 1 {
		return messages.Of("%d person", n)
	}
	return messages.Of("%d people", n)
}
