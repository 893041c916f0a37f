package main

import (
	"context"
	"fmt"
	"strings"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

// drafted are the drafts that are previewed.
var drafted = []draft{
	{name: "Iraq", areas: "Iraq"},
	{name: "Iraq and Lebanon, edited", areas: "Iraq, Lebanon", edited: true},
	{name: "Baghdad, edited", areas: "Baghdad, Iraq", edited: true},
	{name: "India", areas: "India"},
	{name: "India, edited", areas: "India", edited: true},
	{name: "Middle East and North Africa", areas: "Middle East and North Africa"},
	{name: "Middle East and North Africa, goes on", areas: "Middle East and North Africa", running: true},
	{name: "Middle East and North Africa, goes on, edited", areas: "Middle East and North Africa", running: true, edited: true},
	{name: "Iraq, goes on, edited", areas: "Iraq", running: true, edited: true},
	{name: "a circle of 25 km in Israel", areas: "Israel", circle: &vedette.Circle{Center: vedette.Point{Lat: 31.8, Lon: 34.65}, KM: 25}},
}

// draft is what one is made of.
type draft struct {
	name, areas string
	edited      bool // before each look
	running     bool // everyone was told of its situation before
	circle      *vedette.Circle

	situation vedette.ID
}

const report = `05 Feb 2026
11:56 UTC
AREAS Alert: Strikes on power stations reported
Current Situation:
- On February 5, local reports stated that two power stations were hit.
Recommendations:
- Avoid all travel to AREAS until further notice.
- Those in AREAS should shelter in place if sirens sound.
- Foreign nationals in AREAS should reconsider their need to stay.
AFFECTED AREA
AREAS
INCIDENT RISK LEVEL
High
STRENGTH OF SOURCE
Credible
`

// keep makes the draft and edits it.
func (d *draft) keep(ctx context.Context, a *app.App) (vedette.ID, error) {
	if d.running && d.situation == "" {
		if err := d.begin(ctx, a); err != nil {
			return "", err
		}
	}
	o := desk.KeepOrder{Situation: d.situation, DraftOrder: desk.DraftOrder{Text: []byte(strings.ReplaceAll(report, "AREAS", d.areas)), Origin: "bench"}, By: "bench"}
	if d.circle != nil {
		o.Shapes = []vedette.Shape{{Circle: d.circle}}
	}
	dr, err := a.Desk.NewDraft(ctx, o)
	if err != nil {
		return "", err
	}
	for _, p := range dr.Update.Content.Affected {
		if p.Area == "" {
			return "", fmt.Errorf("no place was read in %q", p.Text)
		}
	}
	return dr.Update.ID, nil
}

// concerns counts the people it concerns.
func (d *draft) concerns(ctx context.Context, a *app.App, id vedette.ID) (int, error) {
	dr, err := a.Desk.Draft(ctx, id)
	if err != nil {
		return 0, err
	}
	pv, err := a.Desk.Preview(ctx, dr, desk.PublishOrder{})
	return pv.Concerned, err
}

// edit changes the risk there and back, and once adds a land.
func (d *draft) edit(ctx context.Context, a *app.App, id vedette.ID, n int) error {
	if !d.edited {
		return nil
	}
	risk := vedette.RiskModerate
	if n%2 == 1 {
		risk = vedette.RiskHigh
	}
	e := desk.DraftEdit{Draft: id, By: "bench", Risk: &risk}
	if n == 0 {
		e.Add = []vedette.AreaID{"JO"}
	}
	_, err := a.Desk.EditDraft(ctx, e)
	return err
}
