package world

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"vedette"
	"vedette/gazetteer"
)

// CSV writes the people as the file that intake reads. Trips are not in it.
func (w World) CSV(g *gazetteer.Gazetteer, out io.Writer) error {
	c := csv.NewWriter(out)
	c.Write([]string{"name", "email", "phone", "language", "manager", "citizenship", "site", "country or sea", "city"}) // errors show in Flush
	for i := range w.People {
		p := &w.People[i]
		var nations []string
		for _, n := range p.Record.Citizenship {
			nations = append(nations, string(n))
		}
		phone, _ := p.Record.Address(vedette.AddressPhone)
		country, city := place(g, p.Home)
		c.Write([]string{p.Record.Name, p.Record.Email(), phone.Value, p.Record.Language, p.Record.Manager,
			strings.Join(nations, ";"), p.Site, country, city})
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return fmt.Errorf("the people file cannot be written: %w", err)
	}
	return nil
}

// place gives the cells for an area.
func place(g *gazetteer.Gazetteer, id vedette.AreaID) (country, city string) {
	a, _ := g.Area(id)
	if a.Kind == vedette.AreaCity {
		return g.Name(a.Country), a.Name
	}
	return a.Name, ""
}
