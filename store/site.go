package store

import (
	"context"
	"database/sql"
	"time"

	"vedette"
	"vedette/store/ground"
)

// SaveSites adds sites, or changes those whose name is there already, and
// gives them back with key and id.
func (o *Org) SaveSites(ctx context.Context, sites []vedette.Site, now time.Time) ([]vedette.Site, error) {
	var out []vedette.Site
	err := o.s.write(ctx, "saving sites", func(t *tx) error {
		out = append([]vedette.Site(nil), sites...)
		return t.saveSites(o.org, out, now)
	})
	return out, err
}

// saveSites saves sites and sets their keys and ids.
func (t *tx) saveSites(org int64, sites []vedette.Site, now time.Time) error {
	for i := range sites {
		if err := t.saveSite(org, &sites[i], now); err != nil {
			return err
		}
	}
	if len(sites) == 0 {
		return nil
	}
	return t.log(org, vedette.LogPeople, "", "sites saved", now)
}

func (t *tx) saveSite(org int64, s *vedette.Site, now time.Time) error {
	if s.Name = ground.Plain(s.Name, 0); s.Name == "" {
		return vedette.Errorf(vedette.CodeInvalid, "a site has no name; give it one")
	}
	var lat, lon any
	if s.Point != nil {
		lat, lon = s.Point.Lat, s.Point.Lon
	}
	key, err := t.keys("site", 1)
	if err != nil {
		return err
	}
	if s.ID == "" {
		s.ID = vedette.NewID(now)
	}
	return t.Row([]any{&s.Key, &s.ID}, `INSERT INTO sites (id, org, uuid, name, area, lat, lon) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (org, name) DO UPDATE SET area = excluded.area, lat = excluded.lat, lon = excluded.lon RETURNING id, uuid`,
		key, org, string(s.ID), s.Name, string(s.Area), lat, lon)
}

// Sites lists the sites by name.
func (o *Org) Sites(ctx context.Context) (list []vedette.Site, err error) {
	err = o.s.read(ctx, "listing the sites", func(t *tx) error {
		return t.Each(func(r *sql.Rows) error {
			var s vedette.Site
			var lat, lon sql.NullFloat64
			err := r.Scan(&s.Key, &s.ID, &s.Name, &s.Area, &lat, &lon)
			if lat.Valid && lon.Valid {
				s.Point = &vedette.Point{Lat: lat.Float64, Lon: lon.Float64}
			}
			list = append(list, s)
			return err
		}, `SELECT id, uuid, name, area, lat, lon FROM sites WHERE org = $1 ORDER BY name`, o.org)
	})
	return list, err
}

// siteKeys gives the keys of the sites by name.
func (t *tx) siteKeys(org int64) (map[string]int64, error) {
	out := map[string]int64{}
	return out, t.Each(func(r *sql.Rows) error {
		var name string
		var key int64
		err := r.Scan(&name, &key)
		out[name] = key
		return err
	}, `SELECT name, id FROM sites WHERE org = $1`, org)
}
