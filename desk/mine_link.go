package desk

import (
	"context"
	"slices"
	"time"

	"vedette"
	"vedette/auth/rights"
)

// PageLink is a link to the page of somebody, for the desk to give to them.
type PageLink struct {
	Person vedette.Person
	Token  string
	Until  time.Time
}

// MakePage makes a link to somebody's own page.
func (d *Desk) MakePage(ctx context.Context, person string) (*PageLink, error) {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return nil, err
	}
	p, err := d.paged(ctx, person)
	if err != nil {
		return nil, err
	}
	now := d.Now()
	token, err := d.pageLink(ctx, p.Key, now)
	return &PageLink{p, token, now.Add(PageLife)}, err
}

// paged is somebody whose page may be opened.
func (d *Desk) paged(ctx context.Context, person string) (vedette.Person, error) {
	p, err := d.wholly(ctx, person)
	if err != nil {
		return p, err
	}
	sp, err := d.rows.PersonByKey(ctx, p.Key)
	if err != nil {
		return p, err
	}
	if sp.Erased || sp.Retired {
		return p, vedette.Errorf(vedette.CodeConflict, "they left, or were erased: they have no page")
	}
	if shut, err := d.rows.IsShut(ctx, p.Key); err != nil {
		return p, err
	} else if shut {
		return p, vedette.Errorf(vedette.CodeConflict, "they are held to be compromised: no link to their page opens anything until that is over")
	}
	return p, nil
}

// EndPages has every link to somebody's own page open nothing any more.
func (d *Desk) EndPages(ctx context.Context, person string) (vedette.Person, error) {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return vedette.Person{}, err
	}
	p, err := d.wholly(ctx, person)
	if err != nil {
		return p, err
	}
	return p, d.rows.EndPages(ctx, p.Key, d.Now())
}

// MailPage sends somebody a link to their own page, to each of their addresses that this
// installation writes to, and gives to how many.
func (d *Desk) MailPage(ctx context.Context, person string) (n int, err error) {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return 0, err
	}
	p, err := d.paged(ctx, person)
	if err != nil {
		return 0, err
	}
	n, err = d.rows.PostPage(ctx, p.Key, d.letterChannels(), d.Now())
	if err == nil && n == 0 {
		err = vedette.Errorf(vedette.CodeConflict, "nothing was sent: they have no address that is written to from here; give them a link yourself")
	}
	return n, err
}

// LinkMine sends somebody a new link to their own page, to their addresses, where they ask
// for one on it. Whoever else asks has nothing of it, and they hear of it.
func (d *Desk) LinkMine(ctx context.Context, token string) error {
	inside(&ctx)
	pg, err := d.mine(ctx, token)
	if err != nil {
		return err
	}
	_, err = d.rows.PostPage(ctx, pg.link.Person, d.letterChannels(), d.Now())
	return err
}

// EraseMine asks the desk to erase somebody. Nobody is erased by a link, which may be in
// other hands.
func (d *Desk) EraseMine(ctx context.Context, token string) error {
	inside(&ctx)
	pg, err := d.mine(ctx, token)
	if err == nil {
		err = pg.veiledRefused()
	}
	if err != nil {
		return err
	}
	return d.bid(ctx, vedette.TaskUnread, "Person "+string(pg.id)+" asks on their own page to be erased: ask them first, another way, whether it is they who ask; then `vedette people erase "+string(pg.id)+"`")
}

// given are the tables that somebody has of the file about them by their own page. What
// the desk noted and judged is not among them, nor what an answer ends or does not: whoever
// makes them answer may have the phone, and must not learn what is believed.
var given = []string{"persons", "person_records", "page_links", "addresses", "trip_records", "watches", "dead_addresses", "reach", "notices", "deliveries", "rings", "replies", "letters", "superiors", "clashes"}

// askDesk is why a table is not in the file that a page gives.
const askDesk = "ask those who look after you for it: it holds what others noted"

// FileMine gives what is kept about somebody, by a link to their own page that was made
// within the hour.
func (d *Desk) FileMine(ctx context.Context, token string) (*PersonFile, error) {
	inside(&ctx)
	pg, err := d.mine(ctx, token)
	if err != nil {
		return nil, err
	}
	if !pg.Open {
		return nil, vedette.Errorf(vedette.CodeForbidden, "this link does not give it; have a new one sent to you on the page, and use that within the hour, or ask the person who looks after you")
	}
	f, err := d.PersonFile(ctx, string(pg.id))
	if err != nil {
		return nil, err
	}
	var kept []FileTable
	for _, t := range f.Holds {
		if !slices.Contains(given, t.Table) {
			f.LeftOut = append(f.LeftOut, LeftOutTable{t.Table, askDesk})
			continue
		}
		if i := slices.Index(t.Columns, "trust"); i >= 0 {
			t.Columns = slices.Delete(slices.Clone(t.Columns), i, i+1)
			for n := range t.Rows {
				t.Rows[n] = slices.Delete(t.Rows[n], i, i+1)
			}
		}
		kept = append(kept, t)
	}
	f.Holds = kept
	return f, nil
}
