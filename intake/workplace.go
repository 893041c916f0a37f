package intake

import (
	"strings"

	"vedette"
	"vedette/intake/sheet"
)

// sitePlace is where a site is, as the rows that have both say.
type sitePlace struct {
	name string // as first spelled
	area vedette.AreaID
	line int // that says so
}

// meetSite holds a row with a site against what earlier rows said of it: the
// same place, or one within the other. The finer one is kept.
func (in *reader) meetSite(c sheet.Cell, row *Row) {
	if row.Site == "" {
		return
	}
	key := strings.ToLower(row.Site)
	s := in.sites[key]
	if s == nil {
		s = &sitePlace{name: row.Site}
		in.sites[key] = s
	}
	g := in.gaz
	switch {
	case row.Area == "" || row.Area == s.area:
	case s.area == "" || g.Contains(s.area, row.Area):
		s.area, s.line = row.Area, row.Line
	case g.Contains(row.Area, s.area):
	default:
		in.Problem(c, "is in %s here and in %s in line %d: a site has one place; mend one of them, or give the sites names of their own",
			in.places.Label(row.Area), in.places.Label(s.area), s.line)
	}
}

// placeSites gives the rows that name a site, and at most its country, the
// place other rows give the site. A row whose site no row places keeps the
// empty area, for the caller to look up.
func (in *reader) placeSites() {
	for i := range in.rows {
		row := &in.rows[i]
		s := in.sites[strings.ToLower(row.Site)]
		if row.Site == "" || s == nil {
			continue
		}
		row.Site = s.name
		if row.Area == "" || row.Point == nil && row.Area != s.area && in.gaz.Contains(row.Area, s.area) {
			row.Area = s.area
		}
	}
}
