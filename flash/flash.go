// Package flash holds the templates of flashes that are built in, and makes an update of a
// template. It is pure.
package flash

import (
	"embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"vedette"
)

//go:embed builtin/*.json
var files embed.FS

// Keys are those of the templates that are built in, in the order they are shown.
var Keys = []string{"strike", "earthquake", "unrest", "airport-closed", "attack"}

var builtIn = sync.OnceValue(func() (list []vedette.FlashTemplate) {
	for _, key := range Keys {
		b, err := files.ReadFile("builtin/" + key + ".json")
		var t vedette.FlashTemplate
		if err == nil {
			err = json.Unmarshal(b, &t)
		}
		if err != nil {
			panic(err) // it is embedded: a test reads every file
		}
		list = append(list, t)
	}
	return list
})

// BuiltIn gives the templates that are built in.
func BuiltIn() []vedette.FlashTemplate { return slices.Clone(builtIn()) }

// Of gives the one of a key that is built in, nil for none.
func Of(key string) *vedette.FlashTemplate {
	i := slices.Index(Keys, key)
	if i < 0 {
		return nil
	}
	t := builtIn()[i]
	return &t
}

// Where is what a flash is of: an area, or what is drawn.
type Where struct {
	Area   vedette.AreaID // "" where something is drawn
	Name   string         // as people read it: "Basra, Iraq"
	Shapes []vedette.Shape
}

// Make makes the update of a template at a place, as of a moment: not kept, with no
// situation. line is what is known, in whoever's words, "" for nothing; risk the one that
// holds instead of the template's, unknown for that.
func Make(t *vedette.FlashTemplate, at Where, line string, risk vedette.Risk, status vedette.Status, now time.Time) *vedette.Update {
	if risk == vedette.RiskUnknown {
		risk = t.Risk
	}
	u := &vedette.Update{ID: vedette.NewID(now), State: vedette.UpdateDraft, Status: status, Flash: t.Key, Shapes: at.Shapes, CreatedAt: now}
	own := t.In(t.Language)
	u.Tongues = []vedette.Tongue{own.At(at.Name)}
	for i := range t.Says {
		if &t.Says[i] != own {
			u.Tongues = append(u.Tongues, t.Says[i].At(at.Name))
		}
	}
	said := u.Tongues[0]
	c := vedette.Content{Title: said.Headline, Headline: said.Headline, Kind: vedette.KindAlert, IssuedAt: &now, Urgency: t.Urgency, Risk: risk, RiskText: risk.String(),
		Affected: []vedette.Place{}, Categories: []string{}, Status: []string{}, Calendar: []string{}, Summary: []vedette.Statement{}, Topics: []vedette.Topic{}, Assessments: []vedette.Judgement{}}
	if at.Area != "" {
		c.Affected = []vedette.Place{{Text: at.Name, Area: at.Area}}
	}
	if t.Category != "" {
		c.Categories = []string{t.Category}
	}
	if line = strings.TrimSpace(line); line != "" {
		c.Summary = append(c.Summary, vedette.Statement{Text: line})
	}
	group := vedette.AdviceGroup{Area: at.Area}
	for i, do := range t.Do {
		act := vedette.AdviceAction{Action: do}
		if at.Area != "" {
			act.Targets = []vedette.Place{{Area: at.Area}}
		}
		group.Advice = append(group.Advice, vedette.Advice{Statement: vedette.Statement{Text: said.Advice[i]}, Actions: []vedette.AdviceAction{act}})
	}
	c.Recommendations = []vedette.AdviceGroup{group}
	u.Content = c
	return u
}
