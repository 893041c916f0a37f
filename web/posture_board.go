package web

import (
	"context"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"vedette"
	"vedette/desk"
	"vedette/draw"
	"vedette/web/messages"
)

// postureBoardView is the organisation's travel advice at a glance.
type postureBoardView struct {
	frame
	Map   mapView
	Rows  []postureRow
	Tasks []taskLine
	AsOf  moment
}

// postureRow is what is set for one area, or was.
type postureRow struct {
	Area    messages.Said // its name
	Address string
	Level   string
	Words   string
	From    postureSource
	Beside  []besideLine
}

// postureSource is where a posture comes from.
type postureSource struct {
	Shown  bool
	Since  moment
	Update string // address of the update it came from
	Number int    // of that update in its situation
	Chain  string // that situation's title
	By     string // the person who set it
	Reason string
	Advice string // the advice in its words
}

// besideLine is what a provider or government says.
type besideLine struct {
	Provider, Level, Words string
	Since                  moment
}

// taskLine is a question that waits for somebody.
type taskLine struct {
	ID                string
	Question, Default messages.Said
	About             string // address of the update it comes from
	Asked, Due        moment
}

const updatePath = "/updates/"

// The size of a wide map, in pixels.
const wideWidth, wideHeight = 1100, 520

// showPostureBoard shows the board: questions, map, areas.
func (p *portal) showPostureBoard(w http.ResponseWriter, r *http.Request) error {
	b, err := p.Desk.PostureBoard(r.Context())
	if err != nil {
		return err
	}
	v := postureBoardView{frame: p.frame(r, "Posture", vedette.StatusActual), Tasks: p.taskLines(b.Tasks), AsOf: when(b.AsOf, p.Now(), "")}
	v.Place = "posture"
	for i := range b.Rows {
		v.Rows = append(v.Rows, p.postureRow(&b.Rows[i]))
	}
	if err := p.nameUpdates(r.Context(), v.Rows); err != nil {
		return err
	}
	in := tongue(r)
	v.Map = p.postureMap(in, draw.Map{Title: in.Say(messages.Mark("Map: where which travel advice stands")), Width: wideWidth, Height: wideHeight}, b.Rows)
	return p.show(w, http.StatusOK, "postureboard", v)
}

// postureMap draws what is set for areas, and says each hatch in words.
func (p *portal) postureMap(in *messages.Tongue, m draw.Map, rows []desk.PostureRow) mapView {
	for i := range rows {
		own := rows[i].Own.Action
		if own == "" && !rows[i].Out {
			continue // only others say something
		}
		m.Desc += sentence(in.Say("%s: %s", p.areaWhole(rows[i].Area), messages.Said{English: ownWords(&rows[i])})) + " "
		m.Fills = append(m.Fills, draw.Fill{Area: rows[i].Area, Risk: postureRisk(own)})
	}
	m.In = mapTongue(in)
	if len(m.Fills) == 0 {
		return mapView{}
	}
	svg := p.maps.SVG(p.Gaz, m)
	v := mapView{SVG: template.HTML(svg)} // draw escapes what it is given
	for _, id := range patternID.FindAllSubmatch(svg, -1) {
		s := mapStep{Pattern: string(id[1]), Level: string(id[2])}
		if words := p.hatchWords(s.Level, rows); words.English != "" {
			s.Said = []messages.Said{words}
			v.Steps = append(v.Steps, s)
		}
	}
	return v
}

// hatchWords says what a hatch stands for: the steps it is drawn for, each
// with its areas.
func (p *portal) hatchWords(level string, rows []desk.PostureRow) (all messages.Said) {
	var said []string
	for i := range rows {
		words := ownWords(&rows[i])
		if rows[i].Own.Action == "" && !rows[i].Out || postureRisk(rows[i].Own.Action).String() != level || slices.Contains(said, words) {
			continue
		}
		said = append(said, words)
		var names []messages.Said
		for j := range rows {
			if ownWords(&rows[j]) == words && (rows[j].Own.Action != "" || rows[j].Out) {
				names = append(names, p.areaWhole(rows[j].Area))
			}
		}
		part := messages.Of("%s: %s", messages.Said{English: words}, commas(names))
		if all.English != "" {
			part = messages.Of("%s · %s", all, part)
		}
		all = part
	}
	return all
}

// ownWords says what is set for an area of ours.
func ownWords(r *desk.PostureRow) string {
	switch {
	case r.Own.Action != "":
		return postureWords[r.Own.Action]
	case r.Out:
		return messages.Mark("left out, no posture")
	}
	return messages.Mark("none of ours")
}

func (p *portal) postureRow(r *desk.PostureRow) postureRow {
	return postureRow{Area: p.areaWhole(r.Area), Address: postureAddress(r.Area), Level: postureRisk(r.Own.Action).String(), Words: ownWords(r),
		From: p.postureSource(&r.Own), Beside: p.besideLines(r.Beside)}
}

func (p *portal) besideLines(ps []vedette.Posture) []besideLine {
	var out []besideLine
	for i := range ps {
		words := postureWords[ps[i].Action]
		if ps[i].Action == "" {
			words = messages.Mark("nothing any more")
		}
		out = append(out, besideLine{safe(ps[i].Provider), postureRisk(ps[i].Action).String(), words, when(ps[i].Since, p.Now(), "")})
	}
	return out
}

func (p *portal) postureSource(o *vedette.Posture) postureSource {
	s := postureSource{Shown: !o.Since.IsZero(), Since: when(o.Since, p.Now(), ""), By: safe(o.By), Reason: safe(o.Reason), Advice: safe(o.Text)}
	if o.Update != "" {
		s.Update = updatePath + string(o.Update)
	}
	return s
}

// nameUpdates says of each row which update it came from.
func (p *portal) nameUpdates(ctx context.Context, rows []postureRow) error {
	known := map[string]*vedette.Update{}
	for i := range rows {
		s := &rows[i].From
		if s.Update == "" {
			continue
		}
		u := known[s.Update]
		if u == nil {
			var err error
			if u, err = p.Desk.Update(ctx, vedette.ID(strings.TrimPrefix(s.Update, updatePath))); err != nil {
				return err
			}
			known[s.Update] = u
		}
		s.Number, s.Chain = u.Number, safe(firstOf(u.Situation.Title, u.Content.Title))
	}
	return nil
}

func (p *portal) taskLines(ts []vedette.Task) []taskLine {
	var out []taskLine
	for i := range ts {
		l := taskLine{Question: readKept(ts[i].Question), Default: readKept(ts[i].Default), ID: string(ts[i].ID),
			Asked: when(ts[i].CreatedAt, p.Now(), ""), Due: when(ts[i].DueAt, p.Now(), "")}
		if ts[i].About != "" {
			l.About = updatePath + string(ts[i].About)
		}
		out = append(out, l)
	}
	return out
}
