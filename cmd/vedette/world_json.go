package main

import (
	"vedette"
	"vedette/desk"
)

// What machines are told of the world, and of one area.

func worldJSON(w *desk.World, people map[vedette.AreaID]desk.WhoCount) map[string]any {
	rows := []map[string]any{}
	for i := range w.Rows {
		r, n := &w.Rows[i], people[w.Rows[i].Area]
		row := postureJSON(r.Stands)
		row["area"], row["name"], row["open"], row["people"] = r.Area, r.Name, r.Open, peopleJSON(n)
		if r.From != r.Area && r.From != "" {
			row["set_for"] = r.From
		}
		within := []map[string]any{}
		for k := range r.Within {
			in := postureJSON(r.Within[k].Own)
			in["area"], in["name"] = r.Within[k].Area, r.Within[k].Name
			within = append(within, in)
		}
		row["within"] = within
		rows = append(rows, row)
	}
	return map[string]any{"open": opensJSON(w.Open), "open_in_all": len(w.Open) + w.More, "exercises_and_tests": w.Drills, "countries": rows, "incomplete": w.Behind}
}

func peopleJSON(n desk.WhoCount) map[string]int {
	return map[string]int{"in": n.In, "may_be_in": n.MayBe, "arriving": n.Arriving, "without_address": n.Unreachable}
}

func postureJSON(p vedette.Posture) map[string]any {
	out := map[string]any{"posture": nil}
	if p.Action != "" {
		out["posture"] = p.Action
	}
	if !p.Since.IsZero() {
		out["since"] = p.Since.UTC()
	}
	for name, value := range map[string]string{"by": p.By, "reason": p.Reason, "update": string(p.Update), "provider": p.Provider} {
		if value != "" {
			out[name] = value
		}
	}
	return out
}

func opensJSON(list []desk.OpenSituation) []map[string]any {
	out := []map[string]any{}
	for i := range list {
		u := list[i].Update
		places := []vedette.Point{}
		for _, s := range list[i].Places {
			places = append(places, s.At)
		}
		out = append(out, map[string]any{"situation": u.Situation.ID, "title": u.Situation.Title, "update": u.ID, "number": u.Number, "risk": u.Content.Risk, "published_at": u.PublishedAt.UTC(), "places": places})
	}
	return out
}

func areaJSON(c *desk.AreaCard, who *desk.Who, trips int) map[string]any {
	stands := postureJSON(c.Posture.Stands)
	stands["set_for"] = c.Posture.From
	list := func(ps []vedette.Posture) []map[string]any {
		out := []map[string]any{}
		for i := range ps {
			out = append(out, postureJSON(ps[i]))
		}
		return out
	}
	events := []map[string]any{}
	for i := range c.Ahead {
		e := &c.Ahead[i]
		events = append(events, map[string]any{"text": e.Text, "when": e.When, "sources": e.Sources, "update": e.Update.ID})
	}
	sites := []map[string]any{}
	for _, s := range c.Sites {
		sites = append(sites, map[string]any{"id": s.ID, "name": s.Name, "area": s.Area})
	}
	return map[string]any{"area": c.Place.ID, "name": c.Posture.Name, "stands": stands, "history": list(c.Posture.History), "beside": list(c.Posture.Beside),
		"open": opensJSON(c.Open), "open_in_all": c.OpenOf, "other_updates": c.Of, "people": peopleJSON(who.WhoCount), "trips_to_come": trips,
		"sites": sites, "sites_in_all": c.SitesOf, "to_come": events, "to_come_in_all": c.AheadOf, "incomplete": c.Behind}
}
