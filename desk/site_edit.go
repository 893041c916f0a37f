package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/intake"
	"vedette/roster"
)

// SiteFields are the fields of a site, by the names of the columns of a sites file.
var SiteFields = []string{fieldName, "code", fieldCountry, fieldDivision, fieldCity, fieldPoint, "phone"}

// explainSites adds to an import what becomes of each site that is saved.
func (d *Desk) explainSites(im *SitesImport, changes, kept []vedette.Site, rows []intake.SiteRow) {
	for i := range changes {
		s := &changes[i]
		l := ImportLine{What: LineNew, Name: s.Name}
		if at := slices.IndexFunc(rows, func(r intake.SiteRow) bool { return r.Site.Name == s.Name }); at >= 0 {
			l.Line = rows[at].Line
		}
		if at := slices.IndexFunc(kept, func(k vedette.Site) bool { return s.Key != 0 && k.Key == s.Key }); at >= 0 {
			l.What = LineChanged
			was, is := d.siteFields(&kept[at]), d.siteFields(s)
			for _, f := range SiteFields {
				if was[f] != is[f] {
					l.Fields = append(l.Fields, FieldChange{f, was[f], is[f]})
				}
			}
		}
		im.Lines = append(im.Lines, l)
	}
}

// siteFields says what is held of a site, field by field.
func (d *Desk) siteFields(s *vedette.Site) map[string]string {
	out := map[string]string{fieldName: s.Name, "code": s.External, "phone": s.Phone}
	if s.Point != nil {
		out[fieldPoint] = fmt.Sprintf("%.5f, %.5f", s.Point.Lat, s.Point.Lon)
	}
	d.areaIn(out, s.Area)
	return out
}

// SiteCard is what is held of a site.
type SiteCard struct {
	vedette.Site
	Version string
	Held    map[string]string
	People  int // kept there
}

// SiteCard gives a site.
func (d *Desk) SiteCard(ctx context.Context, id vedette.ID) (*SiteCard, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	sites, err := d.rows.Sites(ctx)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(sites, func(s vedette.Site) bool { return s.ID == id })
	if at < 0 {
		return nil, vedette.Errorf(vedette.CodeNotFound, "there is no such site; the list of sites leads to each")
	}
	c := &SiteCard{Site: sites[at], Version: siteVersion(&sites[at]), Held: d.siteFields(&sites[at])}
	r, err := d.people.Register(ctx)
	if err == nil {
		_, c.People = r.Find(Wanted{Site: c.Name})
	}
	return c, err
}

// siteVersion tells one state of a site from another.
func siteVersion(s *vedette.Site) string {
	b, _ := json.Marshal(s) // names and numbers never fail
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12])
}

// SiteEdit asks that a site becomes what was typed.
type SiteEdit struct {
	Site    vedette.ID // "" for a new one
	Version string
	Typed   map[string]string
}

// EditSite keeps what was typed of a site, by the rules of a sites file. Whoever is
// based there moves with it. Where another saved it since the form was made,
// nothing is, and it is CodeConflict.
func (d *Desk) EditSite(ctx context.Context, e SiteEdit) (vedette.Site, []FieldProblem, error) {
	if err := d.asks(&ctx, rights.RunHouse); err != nil {
		return vedette.Site{}, nil, err
	}
	var was *SiteCard
	none := vedette.Site{}
	if e.Site != "" {
		var err error
		if was, err = d.SiteCard(ctx, e.Site); err != nil {
			return none, nil, err
		}
		if was.Version != e.Version {
			return none, nil, vedette.Errorf(vedette.CodeConflict, "somebody else changed this site while you did; what is held now stands beside what you typed")
		}
	}
	row, problems, err := intake.ReadSite(d.Gaz, d.siteCells(was, e.Typed))
	if err != nil || len(problems) > 0 {
		return none, fieldProblems(problems), err
	}
	is := row.Site
	if was != nil {
		is.Key, is.ID = was.Key, was.ID
		if samePlaceTyped(was.Held, e.Typed) {
			is.Area, is.Point = was.Area, was.Point // whether or not a file could say it so
		}
	}
	sites, err := d.rows.Sites(ctx)
	if err != nil {
		return none, nil, err
	}
	for _, s := range sites {
		switch {
		case s.Key == is.Key:
		case s.Name == is.Name:
			problems = append(problems, intake.Problem{Header: fieldName, Reason: vedette.Errorf(vedette.CodeInvalid, "is the name of another site: give one of them another")})
		case is.External != "" && s.External == is.External:
			problems = append(problems, intake.Problem{Header: "code", Reason: vedette.Errorf(vedette.CodeInvalid, "is the code of another site: give one of them another")})
		}
	}
	if len(problems) > 0 {
		return none, fieldProblems(problems), nil
	}
	var before *vedette.Site
	if was != nil {
		before = &was.Site
	}
	is, err = d.rows.EditSite(ctx, before, is, d.Now())
	return is, nil, err
}

// siteCells are the cells a site is read from: of a place that nobody touched the
// country alone, for it is kept as it is.
func (d *Desk) siteCells(was *SiteCard, typed map[string]string) map[string]string {
	out := map[string]string{}
	for _, f := range SiteFields {
		out[f] = typed[f]
	}
	if was != nil && samePlaceTyped(was.Held, typed) {
		out[fieldDivision], out[fieldCity], out[fieldPoint] = "", "", ""
		out[fieldCountry] = string(d.Gaz.Land(was.Area))
		if _, ok := d.Gaz.Country(out[fieldCountry]); !ok {
			out[fieldCountry] = typed[fieldCountry]
		}
	}
	return out
}

func samePlaceTyped(held, typed map[string]string) bool {
	return !slices.ContainsFunc(placeFields[1:], func(f string) bool { return strings.TrimSpace(held[f]) != strings.TrimSpace(typed[f]) })
}

// RemoveSite removes a site as it was seen. It is CodeConflict while somebody is
// based there.
func (d *Desk) RemoveSite(ctx context.Context, id vedette.ID, version string) error {
	if err := d.asks(&ctx, rights.RunHouse); err != nil {
		return err
	}
	c, err := d.SiteCard(ctx, id)
	if err != nil {
		return err
	}
	if c.Version != version {
		return vedette.Errorf(vedette.CodeConflict, "somebody else changed this site meanwhile; look again")
	}
	return d.rows.RemoveSites(ctx, []vedette.ID{id}, d.Now())
}

// FoundSite is a site with how many people are kept there.
type FoundSite struct {
	vedette.Site
	People int
}

// FoundSites are the sites that were looked for.
type FoundSites struct {
	Found []FoundSite // by name, as people are in order
	All   int
}

// FindSites finds sites by words of their name, code or number, and in areas; none of
// either is all.
func (d *Desk) FindSites(ctx context.Context, words string, areas []vedette.AreaID) (*FoundSites, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	sites, err := d.rows.Sites(ctx)
	if err != nil {
		return nil, err
	}
	counts, err := d.CountPeople(ctx)
	if err != nil {
		return nil, err
	}
	out := &FoundSites{All: len(sites)}
	looks := roster.Finder(words)
	for _, s := range sites {
		if looks(s.Name+" "+s.External+" "+s.Phone) && d.goesTo([]vedette.AreaID{s.Area}, areas) {
			out.Found = append(out.Found, FoundSite{s, counts.AtSites[s.Name]})
		}
	}
	roster.SortNames(out.Found, func(s FoundSite) string { return s.Name })
	return out, nil
}
