package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"vedette"
	"vedette/auth/rights"
	"vedette/parse"
)

// DraftOrder asks for a draft from a report's text.
type DraftOrder struct {
	Text   []byte
	Origin string // file name, "stdin"
	Status vedette.Status
	Shapes []vedette.Shape // drawn by the desk, besides the areas of the report
	File   *SentFile       // it came in, nil for none; kept with it
	Scale  vedette.Scale   // its words of likelihood are read on it; "" is the organisation's
}

// Draft is an update not yet published, with the reading it came from.
type Draft struct {
	Update  *vedette.Update
	Reading vedette.Reading
	Report  vedette.Report
	Sources []Source // the reports it is made of, Report the first of them
}

// read reads a text on a scale of likelihood, "" for the organisation's. What was read
// stays as it was, whatever the settings become.
func (d *Desk) read(ctx context.Context, text []byte, scale vedette.Scale) (vedette.Reading, error) {
	if scale == "" {
		set, err := d.rows.Settings(ctx)
		if err != nil {
			return vedette.Reading{}, err
		}
		scale = set.Scale
	}
	scale, err := vedette.ParseScale(string(scale))
	if err != nil {
		return vedette.Reading{}, err
	}
	return parse.Read(d.Gaz, text, parse.Options{Received: d.Now(), Scale: scale}), nil
}

// Compose reads a report and makes a draft of it without keeping anything. A
// text that is no report is CodeNotReport.
func (d *Desk) Compose(ctx context.Context, o DraftOrder) (*Draft, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return nil, err
	}
	rd, err := d.read(ctx, o.Text, o.Scale)
	if err != nil {
		return nil, err
	}
	for _, f := range rd.Findings {
		if f.Code == vedette.FindNotAReport {
			return nil, vedette.Errorf(vedette.CodeNotReport, "%s: %s", o.Origin, f.Message)
		}
	}
	shapes, err := d.drawn(o.Shapes)
	if err != nil {
		return nil, err
	}
	now := d.Now()
	sum := sha256.Sum256(o.Text)
	rep := vedette.Report{ID: vedette.NewID(now), Origin: o.Origin, Digest: hex.EncodeToString(sum[:]), ReceivedAt: now, Text: o.Text}
	if rep.File, err = d.fileOf(&rep, o.File); err != nil {
		return nil, err
	}
	u := &vedette.Update{ID: vedette.NewID(now), State: vedette.UpdateDraft, Status: o.Status,
		Content: from(rd.Content, rep.ID), Shapes: shapes, Reports: []vedette.ID{rep.ID}, CreatedAt: now}
	return &Draft{Update: u, Reading: rd, Report: rep, Sources: []Source{{rep, &rd}}}, nil
}

// Save keeps a draft and the report it was made of.
func (d *Desk) Save(ctx context.Context, dr *Draft) error {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return err
	}
	if dr.Report.ID != "" { // a flash is the desk's own words
		if err := d.rows.AddReport(ctx, dr.Report, &dr.Reading); err != nil {
			return err
		}
	}
	return d.rows.SaveDraft(ctx, dr.Update, d.Now())
}

// keep saves a draft that is about to be published, or asked about, by whom where that is
// known.
func (d *Desk) keep(ctx context.Context, dr *Draft, by, what string) error {
	u := dr.Update
	seen := len(u.Edits)
	if u.Key == 0 {
		return d.Save(ctx, dr)
	}
	if by, err := named(by); err == nil && seen > 0 {
		u.Edits = append(u.Edits[:seen:seen], vedette.Edit{At: d.Now(), By: by, Changes: []vedette.Change{{What: what}}})
	}
	return d.rows.ReadyDraft(ctx, u, seen, d.Now())
}

// from marks every statement with the report its lines are of. The slices
// are copied: a reading is never changed.
func from(c vedette.Content, rep vedette.ID) vedette.Content {
	c.Summary = append([]vedette.Statement{}, c.Summary...)
	for i := range c.Summary {
		c.Summary[i].Report = rep
	}
	c.Assessments = append([]vedette.Judgement{}, c.Assessments...)
	for i := range c.Assessments {
		c.Assessments[i].Report = rep
	}
	c.Topics = append([]vedette.Topic{}, c.Topics...)
	for i := range c.Topics {
		c.Topics[i].Claims = append([]vedette.Claim{}, c.Topics[i].Claims...)
		for j := range c.Topics[i].Claims {
			c.Topics[i].Claims[j].Report = rep
		}
	}
	c.Recommendations = append([]vedette.AdviceGroup{}, c.Recommendations...)
	for i := range c.Recommendations {
		c.Recommendations[i].Advice = append([]vedette.Advice{}, c.Recommendations[i].Advice...)
		for j := range c.Recommendations[i].Advice {
			c.Recommendations[i].Advice[j].Report = rep
		}
	}
	return c
}
