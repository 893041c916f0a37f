package main

import (
	"fmt"
	"strings"

	"vedette/app"
)

type placeCmd struct {
	What []string `arg:"" help:"A name (\"Kherson\", \"Paris, Texas\", \"TLV\"), an adjective (\"Emirati\"), an id, or a point LAT,LON." placeholder:"PLACE"`
	JSON bool     `help:"Print the places as JSON."`
}

// Run shows what is known of a place: all places of a name, or what lies at a
// point.
func (c *placeCmd) Run(s *session) error {
	cards, err := app.Places(strings.Join(c.What, " "))
	if err != nil {
		return err
	}
	if c.JSON {
		return s.printJSON(cards)
	}
	for i, card := range cards {
		if i > 0 {
			s.printf("\n")
		}
		s.placeCard(card)
	}
	return nil
}

func (s *session) placeCard(c app.PlaceCard) {
	s.printf("%s  %s, %s\n", clean(c.Name), c.Kind, c.ID)
	var in []string
	for _, h := range c.Holders {
		in = append(in, fmt.Sprintf("%s (%s)", h.Name, h.ID))
	}
	line := func(name, value string) {
		if value != "" {
			s.printf("  %-12s %s\n", name, clean(value))
		}
	}
	line("in", strings.Join(in, " < "))
	line("zone", c.Zone)
	line("centre", c.Center.String())
	if o := c.Outline; o != nil {
		line("outline", fmt.Sprintf("polygons: %d, points: %d, from %.2f,%.2f to %.2f,%.2f", o.Polygons, o.Points, o.South, o.West, o.North, o.East))
	}
	if c.People > 0 {
		line("inhabitants", fmt.Sprint(c.People))
	}
	for _, d := range c.Disputed {
		line("disputed", fmt.Sprintf("%s: %s (%s)", d.Name, d.Note, strings.Join(d.Claimants, ", ")))
	}
}
