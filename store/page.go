package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/ground"
)

// PageNo gives the number that the links to somebody's own page have which are good.
func (o *Org) PageNo(ctx context.Context, person int64) (no int64, err error) {
	err = o.s.read(ctx, "reading which links to a page are good", func(t *tx) error {
		no = 0
		_, err := t.Found([]any{&no}, `SELECT l.no FROM page_links l JOIN persons p ON p.id = l.person_id WHERE p.org = $1 AND l.person_id = $2`, o.org, person)
		return err
	})
	return no, err
}

// EndPages has every link to somebody's own page that was made so far open nothing.
func (o *Org) EndPages(ctx context.Context, person int64, now time.Time) error {
	return o.s.write(ctx, "ending the links to a page", func(t *tx) error {
		if _, err := t.lockShut(o.org, person); err != nil {
			return err
		}
		if err := t.endPages(person, now); err != nil {
			return err
		}
		id, err := t.personID(person)
		if err != nil {
			return err
		}
		return t.log(o.org, vedette.LogPeople, id, "links ended", now)
	})
}

func (t *tx) endPages(person int64, now time.Time) error {
	_, err := t.Exec(`INSERT INTO page_links (person_id, no, since) VALUES ($1, 1, $2)
		ON CONFLICT (person_id) DO UPDATE SET no = page_links.no + 1, since = excluded.since`, person, ground.Micros(now))
	return err
}
