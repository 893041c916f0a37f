package desk

import (
	"context"
	"io"
	"slices"

	"vedette"
	"vedette/auth/rights"
	"vedette/intake"
	"vedette/store"
)

// SitesImport is what a sites file did, or would do.
type SitesImport struct {
	Rows, Added, Changed, Unchanged int
	Moved                           []SiteMove
	Problems                        []intake.Problem
	Ignored                         []string // columns not used
	Lines                           []ImportLine
	Plan                            string // as of Import
	Saved                           bool
}

// SiteMove is a site that is somewhere else than it was: whoever is based
// there moves with it.
type SiteMove struct {
	Name     string
	From, To vedette.AreaID
	People   int
}

// Sites lists the sites by name.
func (d *Desk) Sites(ctx context.Context) ([]vedette.Site, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	return d.rows.Sites(ctx)
}

// ImportSites takes in a sites file: a site is known again by its code, else
// by its name. What the file has no column for stays as it is kept. Sites that
// are not in the file stay. With a bad row nothing is saved, unless SkipBad.
func (d *Desk) ImportSites(ctx context.Context, r io.Reader, o ImportOptions) (*SitesImport, error) {
	if err := d.asks(&ctx, rights.RunHouse); err != nil {
		return nil, err
	}
	file, err := intake.ReadSites(d.Gaz, r)
	if err != nil {
		return nil, err
	}
	kept, err := d.rows.Sites(ctx)
	if err != nil {
		return nil, err
	}
	im := &SitesImport{Problems: slices.Clone(file.Problems), Ignored: file.Ignored}
	changes := im.compare(&file, kept)
	slices.SortStableFunc(im.Problems, func(a, b intake.Problem) int { return a.Line - b.Line })
	if err := d.countMoved(ctx, im.Moved); err != nil {
		return nil, err
	}
	plan := newPlan(o)
	if err := plan.note(kept, changes, im.Moved, im.Problems); err != nil {
		return nil, err
	}
	if im.Plan = plan.digest(); o.Explain {
		d.explainSites(im, changes, kept, file.Rows)
	}
	if o.DryRun || (len(im.Problems) > 0 && !o.SkipBad) {
		return im, nil
	}
	if err := o.holds(im.Plan); err != nil {
		return im, err
	}
	if _, err := d.rows.SaveSites(ctx, changes, d.Now()); err != nil {
		return nil, err
	}
	im.Saved = true
	return im, nil
}

// compare holds a file against the sites kept, counts, and gives what is to
// be saved.
func (im *SitesImport) compare(file *intake.Sites, kept []vedette.Site) (changes []vedette.Site) {
	codes, names := map[string]vedette.Site{}, map[string]vedette.Site{}
	for _, s := range kept {
		names[s.Name] = s
		if s.External != "" {
			codes[s.External] = s
		}
	}
	met := map[int64]int{} // by site: the line that is it
	for i := range file.Rows {
		row := &file.Rows[i]
		was, known := siteOf(&row.Site, codes, names)
		first, twice := met[was.Key]
		if taken, ok := names[row.Site.Name]; twice || ok && taken.Key != was.Key && !renamed(file, &taken) {
			im.Problems = append(im.Problems, siteTwice(row, &taken, first))
			continue
		}
		im.Rows++
		if !known {
			im.Added++
			changes = append(changes, row.Site)
			continue
		}
		met[was.Key] = row.Line
		keepOfSite(file, &row.Site, &was)
		if sameSite(&row.Site, &was) {
			im.Unchanged++
			continue
		}
		im.Changed++
		if row.Site.Area != was.Area {
			im.Moved = append(im.Moved, SiteMove{Name: row.Site.Name, From: was.Area, To: row.Site.Area})
		}
		changes = append(changes, row.Site)
	}
	return changes
}

// siteOf finds the kept site that a row is about: the one of its code, else
// the one of its name, unless that has another code.
func siteOf(row *vedette.Site, codes, names map[string]vedette.Site) (vedette.Site, bool) {
	if s, ok := codes[row.External]; ok {
		return s, true
	}
	if s, ok := names[row.Name]; ok && (row.External == "" || s.External == "") {
		return s, true
	}
	return vedette.Site{}, false
}

// renamed says whether a file gives a kept site, by its code, another name.
func renamed(file *intake.Sites, s *vedette.Site) bool {
	return s.External != "" && slices.ContainsFunc(file.Rows, func(r intake.SiteRow) bool {
		return r.Site.External == s.External && r.Site.Name != s.Name
	})
}

func siteTwice(row *intake.SiteRow, taken *vedette.Site, first int) intake.Problem {
	p := intake.Problem{Line: row.Line, Header: "name", Value: row.Site.Name}
	if first > 0 {
		p.Reason = vedette.Errorf(vedette.CodeInvalid, "is the same site as in line %d, by code or name; keep one of the lines", first)
		return p
	}
	p.Reason = vedette.Errorf(vedette.CodeInvalid, "is the name of another site, kept with the code %s; give one of them another name, or mend the code", taken.External)
	if taken.External == "" {
		p.Reason = vedette.Errorf(vedette.CodeInvalid, "is the name of another site, kept without a code; give one of them another name")
	}
	return p
}

// keepOfSite carries over what a file does not speak of. A point is kept only
// where the site stays in its place.
func keepOfSite(file *intake.Sites, row, was *vedette.Site) {
	has := map[string]bool{}
	for _, field := range file.Columns {
		has[field] = true
	}
	row.Key, row.ID = was.Key, was.ID
	if row.External == "" {
		row.External = was.External
	}
	if !has["phone"] {
		row.Phone = was.Phone
	}
	if !has["latitude"] && !has["latitude, longitude"] && row.Area == was.Area {
		row.Point = was.Point
	}
}

func sameSite(a, b *vedette.Site) bool {
	samePoint := a.Point == b.Point || a.Point != nil && b.Point != nil && *a.Point == *b.Point
	return a.Name == b.Name && a.External == b.External && a.Area == b.Area && a.Phone == b.Phone && samePoint
}

// countMoved counts whom the moves of sites move.
func (d *Desk) countMoved(ctx context.Context, moved []SiteMove) error {
	if len(moved) == 0 {
		return nil
	}
	based := map[string]int{}
	now := d.Now()
	err := d.rows.People(ctx, func(p *store.SealedPerson) error {
		for i := range p.Presences {
			if pr := &p.Presences[i]; pr.Site != "" && (pr.Covers(now) || pr.Ahead(now)) {
				based[pr.Site]++
			}
		}
		return nil
	})
	for i := range moved {
		moved[i].People = based[moved[i].Name]
	}
	return err
}
