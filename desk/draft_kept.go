package desk

import (
	"context"
	"slices"
	"strings"

	"vedette"
	"vedette/auth/rights"
)

// KeepOrder asks for a draft to be kept, for the desk to work on.
type KeepOrder struct {
	DraftOrder
	Situation vedette.ID // it will continue, "" for a new one
	Corrects  vedette.ID // what it will correct
	By        string
}

// NewDraft reads a report and keeps a draft of it.
func (d *Desk) NewDraft(ctx context.Context, o KeepOrder) (*Draft, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return nil, err
	}
	by, err := named(o.By)
	if err != nil {
		return nil, err
	}
	dr, err := d.Compose(ctx, o.DraftOrder)
	if err != nil {
		return nil, err
	}
	u := dr.Update
	u.Corrects, u.Situation.ID = o.Corrects, o.Situation
	if err := d.checkOrder(ctx, u.Status, PublishOrder{Corrects: o.Corrects, Situation: o.Situation}); err != nil {
		return nil, err
	}
	if u.Situation.ID, err = d.situationOf(ctx, PublishOrder{Corrects: o.Corrects, Situation: o.Situation}); err != nil {
		return nil, err
	}
	u.Edits = []vedette.Edit{{At: u.CreatedAt, By: by}}
	return dr, d.Save(ctx, dr)
}

// maxName bounds the name of who did something, in characters.
const maxName = 100

// named gives the name of who does something, on one line.
func named(by string) (string, error) {
	by = strings.Join(strings.Fields(strings.ToValidUTF8(by, "")), " ")
	switch {
	case by == "":
		return "", vedette.Errorf(vedette.CodeInvalid, "say who you are: what is done is kept with a name")
	case len([]rune(by)) > maxName:
		return "", vedette.Errorf(vedette.CodeInvalid, "the name is longer than %d characters", maxName)
	}
	return by, nil
}

// Drafts lists what is kept and not published, what was made last first. All-clears that
// wait for a second person are none: they are not worked on.
func (d *Desk) Drafts(ctx context.Context) ([]*vedette.Update, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	list, err := d.rows.Drafts(ctx, 0)
	return slices.DeleteFunc(list, func(u *vedette.Update) bool { return u.Clears != nil }), err
}

// Draft gives a kept draft with the report and how it was read.
func (d *Desk) Draft(ctx context.Context, id vedette.ID) (*Draft, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	if !id.Valid() {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%q is no draft's id; `vedette draft list` lists them", id)
	}
	u, err := d.rows.Update(ctx, id)
	switch {
	case vedette.ErrorCode(err) == vedette.CodeNotFound:
		return nil, vedette.Errorf(vedette.CodeNotFound, "there is no such draft; it may have been removed")
	case err != nil:
		return nil, err
	case u.State != vedette.UpdateDraft:
		return nil, vedette.Errorf(vedette.CodeConflict, "it was published %s, and is no draft any more; write a correction", u.PublishedAt.UTC().Format("2 Jan 2006 15:04 UTC"))
	}
	dr := &Draft{Update: u}
	for i, id := range u.Reports {
		rep, rd, err := d.rows.Report(ctx, id)
		if err != nil {
			return nil, err
		}
		dr.Sources = append(dr.Sources, Source{rep, rd})
		if i == 0 {
			dr.Report, dr.Reading = rep, *rd
			continue
		}
		dr.Reading.Findings = append(dr.Reading.Findings, rd.Findings...)
	}
	return dr, nil
}

// RemoveDraft deletes a draft. seen is how many edits it had when whoever
// removes it looked, 0: whatever it has now.
func (d *Desk) RemoveDraft(ctx context.Context, id vedette.ID, seen int, by string) error {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return err
	}
	by, err := named(by)
	if err != nil {
		return err
	}
	dr, err := d.Draft(ctx, id)
	if err != nil {
		return err
	}
	if seen == 0 {
		seen = len(dr.Update.Edits)
	}
	return d.rows.RemoveDraft(ctx, id, seen, by, d.Now())
}
