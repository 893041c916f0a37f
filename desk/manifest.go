package desk

import (
	"context"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
)

// ManifestPart is what a part of a manifest is of: a situation that is open, or everybody.
type ManifestPart struct {
	Update *vedette.Update // that stands; nil: everybody
	Tally  store.Tally
}

// InManifest is somebody in it, with where they are now, and what they answered to the
// update of the part.
type InManifest struct {
	BoardRow
	Places string // Where in words
}

// EachInManifest goes through whoever is concerned by the situations that are open, part by
// part, those who need help first, and with all through everybody after them. Exercises and
// tests are left out, and so are restricted people, as of every export: it gives how many
// times one of these was. That it leaves is written down before anybody is read.
func (d *Desk) EachInManifest(ctx context.Context, all bool, part func(*ManifestPart) error, fn func(*InManifest) error) (left int, err error) {
	if err := d.asks(&ctx, rights.Export); err != nil {
		return 0, err
	}
	if err := d.NoteExport(ctx, ExportManifest, ""); err != nil {
		return 0, err
	}
	stands, err := d.rows.Standing(ctx)
	if err != nil {
		return 0, err
	}
	for _, u := range stands {
		if u.Status != vedette.StatusActual {
			continue
		}
		n, err := d.manifestPart(ctx, u, part, fn)
		if left += n; err != nil {
			return left, err
		}
	}
	if !all {
		return left, nil
	}
	n, err := d.manifestAll(ctx, part, fn)
	return left + n, err
}

func (d *Desk) manifestPart(ctx context.Context, u *vedette.Update, part func(*ManifestPart) error, fn func(*InManifest) error) (left int, err error) {
	t, err := d.rows.Tally(ctx, u.Key)
	if err != nil {
		return 0, err
	}
	if err := part(&ManifestPart{u, t}); err != nil {
		return 0, err
	}
	// Who answers meanwhile is in it once all the same.
	first := map[int64]bool{}
	write := func(b *OnBoard) error {
		if first[b.Person.Key] {
			return nil
		}
		return fn(d.inManifest(b.BoardRow))
	}
	_, err = d.eachOnBoard(ctx, u, store.RowFilter{Answer: vedette.ReplyHelp}, func(b *OnBoard) error {
		err := write(b)
		first[b.Person.Key] = true
		return err
	})
	if err != nil {
		return 0, err
	}
	return d.eachOnBoard(ctx, u, store.RowFilter{}, write)
}

func (d *Desk) manifestAll(ctx context.Context, part func(*ManifestPart) error, fn func(*InManifest) error) (left int, err error) {
	if err := part(&ManifestPart{}); err != nil {
		return 0, err
	}
	now := d.Now()
	shut, err := d.shutNow(ctx)
	if err != nil {
		return 0, err
	}
	err = d.EachPerson(ctx, func(p vedette.Person) error {
		switch {
		case p.Erased:
			return nil
		case p.Record.Restricted:
			left++
			return nil
		}
		return fn(d.inManifest(BoardRow{Person: p, Where: standing(whereSeen(&p, p.Presence), now), Shut: shut[p.Key].String()}))
	})
	return left, err
}

// inManifest puts where somebody is into words.
func (d *Desk) inManifest(b BoardRow) *InManifest {
	m := &InManifest{BoardRow: b}
	for i := range b.Where {
		pr := &b.Where[i]
		name := d.placeName(pr.Area)
		switch {
		case pr.Ahead(d.Now()):
			name = "from " + pr.From.UTC().Format("2 Jan 2006") + " in " + name
		case pr.Site != "":
			name = pr.Site + ", " + name
		}
		if m.Places != "" {
			m.Places += "; "
		}
		m.Places += name
	}
	return m
}
