package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
	"vedette/store/rota"
)

// PageNo gives the number that the links to somebody's own page have which are good, and
// since when: the zero time is always.
func (o *Org) PageNo(ctx context.Context, person int64) (no int64, since time.Time, err error) {
	err = o.s.read(ctx, "reading which links to a page are good", func(t *tx) error {
		no, since = 0, time.Time{}
		_, err := t.Found([]any{&no, ground.Time(&since)}, `SELECT l.no, l.since FROM page_links l JOIN persons p ON p.id = l.person_id WHERE p.org = $1 AND l.person_id = $2`, o.org, person)
		return err
	})
	return no, since, err
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

// pageRest is how soon after one another letters with a link to somebody's page are sent:
// whoever holds a link can ask for one.
const pageRest = time.Hour

// PostPage queues to each of a person's addresses on some channels the letter that has a
// link to their own page, and gives how many. Within an hour of another it is CodeTooMany.
func (o *Org) PostPage(ctx context.Context, person int64, over []vedette.Channel, now time.Time) (n int, err error) {
	err = o.s.write(ctx, "sending a link to a page", func(t *tx) error {
		if shut, err := t.lockShut(o.org, person); err != nil {
			return err
		} else if shut {
			return vedette.Errorf(vedette.CodeConflict, "nothing is sent to them: they are held to be compromised")
		}
		lately, err := t.Exists(`SELECT 1 FROM letters WHERE recipient_id = $1 AND kind = $2 AND made_at > $3`, person, code.Letter.Of(vedette.LetterPage), ground.Micros(now.Add(-pageRest)))
		if err != nil {
			return err
		}
		if lately {
			return vedette.Errorf(vedette.CodeTooMany, "a link was sent to them within the last hour; send another later, or give them one yourself")
		}
		n, err = rota.PostToEach(t.Tx, o.org, vedette.Letter{Kind: vedette.LetterPage, Recipient: person}, over, now)
		return err
	})
	return n, err
}

func (t *tx) endPages(person int64, now time.Time) error {
	_, err := t.Exec(`INSERT INTO page_links (person_id, no, since) VALUES ($1, 1, $2)
		ON CONFLICT (person_id) DO UPDATE SET no = page_links.no + 1, since = excluded.since`, person, ground.Micros(now))
	return err
}
