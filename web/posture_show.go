package web

import (
	"net/http"
	"net/url"

	"vedette"
	"vedette/desk"
	"vedette/draw"
	"vedette/web/messages"
)

// postureView is one area: what stands, beside it, within it, its history.
type postureView struct {
	frame
	Area          messages.Said
	Stands        postureRow
	Holder        messages.Said // the area it is set for, where that is a wider one
	HolderAddress string
	Map           mapView
	Beside        []besideLine
	Within        []postureRow
	History       []postureRow
	Tasks         []taskLine
	Who           string // address of the people there
	World         string // address of all that is known of it
	AsOf          moment
}

// showPosture shows what stands for an area.
func (p *portal) showPosture(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Desk.PostureOf(r.Context(), vedette.AreaID(r.PathValue("area")))
	if err != nil {
		return err
	}
	v := postureView{frame: p.frameOf(r, messages.Of("Posture: %s", p.areaWhole(c.Area)), vedette.StatusActual), Area: p.areaWhole(c.Area), Beside: p.besideLines(c.Beside),
		Tasks: p.taskLines(c.Tasks), World: worldAddress(c.Area), Who: "/who?area=" + url.QueryEscape(string(c.Area)), AsOf: when(c.AsOf, p.Now(), "")}
	v.Place = "posture"
	v.Stands = postureRow{Level: postureRisk(c.Stands.Action).String(), Words: standsWords(c), From: p.postureSource(&c.Stands)}
	if c.From != "" && c.From != c.Area {
		v.Holder, v.HolderAddress = p.areaWhole(c.From), postureAddress(c.From)
	}
	here := desk.PostureRow{Area: c.Area, Name: c.Name, Own: c.Stands, Out: c.Out}
	in := tongue(r)
	v.Map = p.postureMap(in, draw.Map{Title: in.Say(messages.Mark("Map: travel advice in %s"), p.areaWhole(c.Area)), Width: mapWidth, Height: mapHeight}, append([]desk.PostureRow{here}, c.Within...))
	for i := range c.Within {
		v.Within = append(v.Within, p.postureRow(&c.Within[i]))
	}
	for i := range c.History {
		h := &c.History[i]
		v.History = append(v.History, postureRow{Level: postureRisk(h.Action).String(), Words: historyWords(h), From: p.postureSource(h)})
	}
	stands := []postureRow{v.Stands}
	for _, rows := range [][]postureRow{stands, v.History} {
		if err := p.nameUpdates(r.Context(), rows); err != nil {
			return err
		}
	}
	v.Stands = stands[0]
	return p.show(w, http.StatusOK, "posture", v)
}

func standsWords(c *desk.PostureCard) string {
	switch {
	case c.Stands.Action != "":
		return postureWords[c.Stands.Action]
	case c.Out:
		return messages.Mark("no posture stands: left out of what stands around it")
	}
	return messages.Mark("no posture stands here")
}

func historyWords(h *vedette.Posture) string {
	switch {
	case h.Action != "":
		return postureWords[h.Action]
	case h.By != "":
		return messages.Mark("lifted")
	}
	return messages.Mark("left out, no posture")
}

func postureAddress(id vedette.AreaID) string { return "/posture/" + url.PathEscape(string(id)) }
