package fact

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
)

// SaveSites adds and changes sites, all or none, and gives them back with key
// and id. A site is the one its Key names, else the one its External names,
// else the one of its name; an empty External keeps what it had. When one
// moves, the presences of its people there move with it: they are closed and
// recorded anew in the new area, without their exact points, which lie at the
// old place.
func (f *Facts) SaveSites(ctx context.Context, sites []vedette.Site, now time.Time) ([]vedette.Site, error) {
	var out []vedette.Site
	err := f.write(ctx, "saving sites", func(t *tx) error {
		out = slices.Clone(sites)
		touched, changed, err := t.saveSites(out, now)
		if err != nil || !changed {
			return err
		}
		return t.log("", "sites saved", touched, now)
	})
	return out, err
}

// siteSaving is what is known of sites while some are saved.
type siteSaving struct {
	was, is map[int64]siteRow
	names   map[string]int64
	codes   map[string]int64
}

// siteRow is a site as it stands in its row.
type siteRow struct {
	vedette.Site
	record int64
}

// saveSites saves sites, sets their keys and ids, and gives the persons whose
// place or its name changed, and whether anything did. It does not log.
func (t *tx) saveSites(sites []vedette.Site, now time.Time) (touched []int64, changed bool, err error) {
	if len(sites) == 0 {
		return nil, false, nil
	}
	// The counter's lock keeps out others who save sites.
	if _, err := t.keys("site", 0); err != nil {
		return nil, false, err
	}
	s, err := t.knownSites()
	if err != nil {
		return nil, false, err
	}
	var added []vedette.Site
	for i := range sites {
		fresh, err := t.takeSite(s, &sites[i], now)
		if err != nil {
			return nil, false, err
		}
		if fresh {
			added = append(added, sites[i])
		}
	}
	if err := s.checkNames(); err != nil {
		return nil, false, err
	}
	return t.writeSites(s, added, now)
}

func (t *tx) knownSites() (*siteSaving, error) {
	list, err := t.sites(`s.recorded_to = 0`)
	s := &siteSaving{was: map[int64]siteRow{}, names: map[string]int64{}, codes: map[string]int64{}}
	for _, row := range list {
		s.was[row.Key] = row
		s.names[row.Name] = row.Key
		if row.External != "" {
			s.codes[row.External] = row.Key
		}
	}
	s.is = maps.Clone(s.was)
	return s, err
}

// takeSite finds which site is meant and notes what it is to be.
func (t *tx) takeSite(s *siteSaving, site *vedette.Site, now time.Time) (fresh bool, err error) {
	site.Name, site.External, site.Phone = ground.Plain(site.Name, 0), ground.Plain(site.External, 0), ground.Plain(site.Phone, 0)
	switch {
	case site.Name == "":
		return false, vedette.Errorf(vedette.CodeInvalid, "a site has no name; give it one")
	case site.Area == "":
		return false, vedette.Errorf(vedette.CodeInvalid, "site %q has no place; name its city or country", site.Name)
	}
	key := s.find(site)
	if have, known := s.is[key]; known {
		if site.External == "" {
			site.External = have.External
		}
		site.Key, site.ID = key, have.ID
	} else {
		if site.Key != 0 {
			return false, vedette.Errorf(vedette.CodeNotFound, "there is no such site as %q", site.Name)
		}
		if site.Key, err = t.keys("site", 1); err != nil {
			return false, err
		}
		if site.ID == "" {
			site.ID = vedette.NewID(now)
		}
		fresh = true
	}
	s.is[site.Key] = siteRow{Site: *site, record: s.was[site.Key].record}
	s.names[site.Name] = site.Key
	if site.External != "" {
		s.codes[site.External] = site.Key
	}
	return fresh, nil
}

func (s *siteSaving) find(site *vedette.Site) int64 {
	if site.Key != 0 {
		return site.Key
	}
	if key := s.codes[site.External]; key != 0 {
		return key
	}
	if key := s.names[site.Name]; key != 0 && (site.External == "" || s.is[key].External == "") {
		return key
	}
	return 0
}

// checkNames is invalid where two sites are to have one name or code.
func (s *siteSaving) checkNames() error {
	names, codes := map[string]bool{}, map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(s.is)) {
		site := s.is[key]
		if names[site.Name] || codes[site.External] {
			return vedette.Errorf(vedette.CodeInvalid, "there is another site with the name %q or the code %q; give one of them another", site.Name, site.External)
		}
		names[site.Name], codes[site.External] = true, site.External != ""
	}
	return nil
}

// writeSites writes what differs, and gives the persons it concerns.
func (t *tx) writeSites(s *siteSaving, added []vedette.Site, now time.Time) (persons []int64, differs bool, err error) {
	var changed, closed, moved, seen []int64
	for _, key := range slices.Sorted(maps.Keys(s.is)) {
		was, is := s.was[key], s.is[key]
		if sameSite(&was.Site, &is.Site) {
			continue
		}
		changed = append(changed, key)
		if was.record == 0 {
			continue
		}
		closed = append(closed, key)
		if was.Area != is.Area {
			moved = append(moved, key)
		}
		if was.Name != is.Name || was.Area != is.Area || !samePoint(was.Point, is.Point) {
			seen = append(seen, key)
		}
	}
	if err := t.Bulk("sites", []string{"id", "org", "uuid"}, len(added), func(i int) []any {
		return []any{added[i].Key, t.org, string(added[i].ID)}
	}); err != nil {
		return nil, false, err
	}
	// Locks in the order of SavePeople: sites, persons, then the counter of facts.
	if _, err := t.Exec(`SELECT id FROM sites WHERE id {in $1} ORDER BY id {lock}`, ground.List(closed)); err != nil {
		return nil, false, err
	}
	if len(seen) > 0 {
		if persons, err = t.moveSites(s, moved, seen, now); err != nil {
			return nil, false, err
		}
	}
	return persons, len(changed) > 0, t.recordSites(s, changed, closed, now)
}

func sameSite(a, b *vedette.Site) bool {
	return a.External == b.External && a.Name == b.Name && a.Area == b.Area && a.Phone == b.Phone && samePoint(a.Point, b.Point)
}

func samePoint(a, b *vedette.Point) bool {
	return a == b || a != nil && b != nil && *a == *b
}

func (t *tx) recordSites(s *siteSaving, changed, closed []int64, now time.Time) error {
	if err := t.closeSites(closed, now); err != nil {
		return err
	}
	first, err := t.keys("fact", len(changed))
	if err != nil {
		return err
	}
	return t.Bulk("site_records", []string{"site_id", "id", "org", "recorded_from", "external", "name", "area", "phone", "lat", "lon"}, len(changed), func(i int) []any {
		site := s.is[changed[i]]
		var lat, lon any
		if site.Point != nil {
			lat, lon = site.Point.Lat, site.Point.Lon
		}
		return []any{site.Key, first + int64(i), t.org, ground.Micros(now), site.External, site.Name, string(site.Area), site.Phone, lat, lon}
	})
}

func (t *tx) closeSites(keys []int64, now time.Time) error {
	return pages(keys, func(page []int64) error {
		return closeRows(t, `UPDATE site_records SET recorded_to = $2 WHERE recorded_to = 0 AND site_id {in $1}`, page, now)
	})
}

// moveSites records the presences at sites that moved in their new areas, and
// gives all persons at the sites that changed.
func (t *tx) moveSites(s *siteSaving, moved, changed []int64, now time.Time) ([]int64, error) {
	persons, err := t.Keys(`SELECT DISTINCT person_id FROM presences WHERE recorded_to = 0 AND site_id {in $1}`, ground.List(changed))
	if err != nil {
		return nil, err
	}
	var closed []pair
	var anew []held
	err = pages(persons, func(page []int64) error {
		arg := ground.List(page)
		if _, err := t.Exec(`SELECT id FROM persons WHERE id {in $1} ORDER BY id {lock}`, arg); err != nil {
			return err
		}
		rows, err := t.held(time.Time{}, live+` AND pr.person_id {in $2} AND pr.site_id {in $3} AND pr.because = $4 AND pr.ended = ''`,
			arg, ground.List(moved), code.Because.Of(vedette.BecauseSite))
		for _, h := range rows {
			if h.over(now) {
				continue
			}
			closed = append(closed, pair{h.Person, h.Key})
			h.Area, h.PointRef, h.Spread = s.is[h.site].Area, "", 0
			anew = append(anew, h)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := t.closePresences(closed, now); err != nil {
		return nil, err
	}
	_, err = t.insertPresences(anew, now)
	return persons, err
}

// RemoveSites closes sites. It is a conflict while someone is based at one of
// them.
func (f *Facts) RemoveSites(ctx context.Context, ids []vedette.ID, now time.Time) error {
	return f.write(ctx, "removing sites", func(t *tx) error {
		if _, err := t.keys("site", 0); err != nil {
			return err
		}
		var keys []int64
		for _, id := range ids {
			key, err := t.unmanned(id, now)
			if err != nil {
				return err
			}
			keys = append(keys, key)
		}
		if len(keys) == 0 {
			return nil
		}
		if err := t.closeSites(keys, now); err != nil {
			return err
		}
		return t.log("", "sites removed", nil, now)
	})
}

// unmanned locks a site where nobody is based.
func (t *tx) unmanned(id vedette.ID, now time.Time) (key int64, err error) {
	var name string
	found, err := t.Found([]any{&key}, `SELECT id FROM sites WHERE org = $1 AND uuid = $2 {lock}`, t.org, string(id))
	if err == nil && found {
		found, err = t.Found([]any{&name}, `SELECT name FROM site_records WHERE site_id = $1 AND recorded_to = 0`, key)
	}
	if err == nil && !found {
		err = vedette.Errorf(vedette.CodeNotFound, "there is no such site")
	}
	if err != nil {
		return 0, err
	}
	var n int64
	if err := t.Row([]any{&n}, `SELECT count(DISTINCT person_id) FROM presences WHERE recorded_to = 0 AND site_id = $1
		AND (to_us = 0 OR to_us > $2)`, key, ground.Micros(now)); err != nil {
		return 0, err
	}
	switch n {
	case 0:
		return key, nil
	case 1:
		return 0, vedette.Errorf(vedette.CodeConflict, "1 person is based at %q; move them first", name)
	}
	return 0, vedette.Errorf(vedette.CodeConflict, "%d people are based at %q; move them first", n, name)
}

// Sites lists the sites by name.
func (f *Facts) Sites(ctx context.Context) ([]vedette.Site, error) {
	return f.SitesAt(ctx, time.Time{})
}

// SitesAt lists the sites by name as they were recorded at a time; the zero
// time is now.
func (f *Facts) SitesAt(ctx context.Context, recordedAt time.Time) (list []vedette.Site, err error) {
	err = f.read(ctx, "listing the sites", func(t *tx) error {
		list = nil
		rows, err := t.sites(book.Recorded("s", "$2"), book.At(recordedAt))
		for _, row := range rows {
			list = append(list, row.Site)
		}
		return err
	})
	return list, err
}

func (t *tx) sites(where string, args ...any) (list []siteRow, err error) {
	err = t.Each(func(r *sql.Rows) error {
		var s siteRow
		var lat, lon sql.NullFloat64
		err := r.Scan(&s.Key, &s.record, &s.ID, &s.External, &s.Name, &s.Area, &s.Phone, &lat, &lon)
		if lat.Valid && lon.Valid {
			s.Point = &vedette.Point{Lat: lat.Float64, Lon: lon.Float64}
		}
		list = append(list, s)
		return err
	}, `SELECT i.id, s.id, i.uuid, s.external, s.name, s.area, s.phone, s.lat, s.lon
		FROM site_records s JOIN sites i ON i.id = s.site_id WHERE i.org = $1 AND `+where+` ORDER BY s.name, i.id`, append([]any{t.org}, args...)...)
	return list, err
}

// lockSites gives the live sites that changes name, by name, and keeps them
// from being moved or removed meanwhile.
func (t *tx) lockSites(changes []PersonChange) (map[string]vedette.Site, error) {
	out := map[string]vedette.Site{}
	for i := range changes {
		for _, p := range changes[i].Presences {
			if p.Site != "" {
				out[ground.Plain(p.Site, 0)] = vedette.Site{}
			}
		}
	}
	names := slices.Sorted(maps.Keys(out))
	clear(out)
	for page := range slices.Chunk(names, peoplePage) {
		keys, err := t.Keys(`SELECT id FROM sites WHERE id IN (SELECT site_id FROM site_records
			WHERE org = $1 AND recorded_to = 0 AND name IN ({rows $2 name:text})) ORDER BY id {lock}`, t.org, ground.List(nest(page)))
		if err != nil {
			return nil, err
		}
		rows, err := t.sites(`s.recorded_to = 0 AND i.id {in $2}`, ground.List(keys))
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			out[row.Name] = row.Site
		}
	}
	return out, nil
}

// siteKey gives the key of the live site of a name, and 0 for "".
func (t *tx) siteKey(name string) (key int64, err error) {
	if name == "" {
		return 0, nil
	}
	found, err := t.Found([]any{&key}, `SELECT site_id FROM site_records WHERE org = $1 AND recorded_to = 0 AND name = $2`, t.org, ground.Plain(name, 0))
	if err == nil && !found {
		err = vedette.Errorf(vedette.CodeInvalid, "site %q is not known; save it first", name)
	}
	return key, err
}
