package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
)

// SitrepOrder asks for a report of a situation to be kept, as it is shown.
type SitrepOrder struct {
	ID       vedette.ID // of the form: one that is sent twice keeps one
	Update   vedette.ID
	By       string
	Language string // of the page
	Page     []byte // what is shown, as HTML
	Paper    []byte // and as PDF
}

// OpenedSitrep is a report of a situation as it was kept.
type OpenedSitrep struct {
	vedette.KeptSitrep
	HTML, PDF []byte
}

// SitrepShelf is what is kept of a situation in reports, the newest first.
type SitrepShelf struct {
	List    []vedette.KeptSitrep
	More    bool // older ones are kept, too
	Altered bool // one or more is not what was signed, and not in the list
}

// Bounds of what is kept, in bytes, and of how many of a situation are listed: by itself,
// and among all that is open.
const (
	maxSitrepPage      = 8 << 20
	maxSitrepPaper     = 16 << 20
	sitrepsListed      = 50
	sitrepsListedNight = 3
)

// KeepSitrep keeps a report of a situation, signed.
func (d *Desk) KeepSitrep(ctx context.Context, o SitrepOrder) (*vedette.KeptSitrep, error) {
	if err := d.asks(&ctx, rights.HandOver); err != nil {
		return nil, err
	}
	by, err := named(o.By)
	if err != nil {
		return nil, err
	}
	switch {
	case !o.ID.Valid():
		return nil, vedette.Errorf(vedette.CodeInvalid, "nothing was kept: the form has no id; open the page again")
	case len(o.Page) == 0 || len(o.Paper) == 0:
		return nil, vedette.Errorf(vedette.CodeInvalid, "nothing was kept: there is nothing to keep")
	case len(o.Page) > maxSitrepPage || len(o.Paper) > maxSitrepPaper:
		return nil, vedette.Errorf(vedette.CodeInvalid, "nothing was kept: the report is longer than anybody reads; save it as PDF and keep that elsewhere")
	}
	u, err := d.Update(ctx, o.Update)
	if err != nil {
		return nil, err
	}
	if u.State == vedette.UpdateDraft {
		return nil, vedette.Errorf(vedette.CodeConflict, "nothing was kept: a draft has no situation yet")
	}
	s := &vedette.KeptSitrep{ID: o.ID, Situation: u.Situation.ID, Update: u.ID, Number: u.Number, Status: u.Status, Title: u.Situation.Title, At: d.Now(), By: by, Language: o.Language,
		Page: sumOf(o.Page), Paper: sumOf(o.Paper)}
	body, err := json.Marshal(s)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInternal, "the report of the situation cannot be written as JSON")
	}
	s.Digest = d.Key.Identity("sitrep", string(body))
	if err := d.rows.AddSitrep(ctx, store.KeptSitrep{ID: s.ID, Situation: s.Situation, At: s.At, Body: body, Digest: s.Digest, Verb: s.Verb(), Page: o.Page, Paper: o.Paper}); err != nil {
		return nil, err
	}
	k, err := d.rows.Sitrep(ctx, s.ID) // of a form that was sent twice the first
	if err != nil {
		return nil, err
	}
	return d.openSitrep(&k)
}

// SitrepsOf lists those kept of an update's situation.
func (d *Desk) SitrepsOf(ctx context.Context, update vedette.ID) (SitrepShelf, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return SitrepShelf{}, err
	}
	u, err := d.Update(ctx, update)
	if err != nil {
		return SitrepShelf{}, err
	}
	of, err := d.shelves(ctx, []*vedette.Update{u}, sitrepsListed)
	return of[u.Situation.ID], err
}

// shelves lists what is kept of the situations of updates. One that somebody altered is
// said to be so, and takes nothing else off the page.
func (d *Desk) shelves(ctx context.Context, us []*vedette.Update, most int) (map[vedette.ID]SitrepShelf, error) {
	rows, err := d.rows.Sitreps(ctx, us, most+1)
	if err != nil {
		return nil, err
	}
	of, n := map[vedette.ID]SitrepShelf{}, map[vedette.ID]int{}
	for i := range rows {
		k := &rows[i]
		shelf := of[k.Situation]
		n[k.Situation]++
		switch s, err := d.openSitrep(k); {
		case n[k.Situation] > most:
			shelf.More = true
		case err != nil:
			shelf.Altered = true
		default:
			shelf.List = append(shelf.List, *s)
		}
		of[k.Situation] = shelf
	}
	return of, nil
}

// OpenSitrep gives one as it was kept. What is not what was signed is shown to nobody.
func (d *Desk) OpenSitrep(ctx context.Context, id vedette.ID) (*OpenedSitrep, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	k, err := d.rows.Sitrep(ctx, id)
	if err != nil {
		return nil, err
	}
	s, err := d.openSitrep(&k)
	if err != nil {
		return nil, err
	}
	if sumOf(k.Page) != s.Page || sumOf(k.Paper) != s.Paper {
		return nil, notAsSigned(k.ID)
	}
	return &OpenedSitrep{KeptSitrep: *s, HTML: k.Page, PDF: k.Paper}, nil
}

// openSitrep reads what was signed of one, and holds it to the signature and the record.
func (d *Desk) openSitrep(k *store.KeptSitrep) (*vedette.KeptSitrep, error) {
	s := &vedette.KeptSitrep{}
	if json.Unmarshal(k.Body, s) != nil || d.Key.Identity("sitrep", string(k.Body)) != k.Digest || s.ID != k.ID || s.Situation != k.Situation || s.Verb() != k.Verb {
		return nil, notAsSigned(k.ID)
	}
	s.Digest = k.Digest
	return s, nil
}

func notAsSigned(id vedette.ID) error {
	return vedette.Errorf(vedette.CodeInternal, "report of a situation %s is not what was signed: go through the record", id)
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
