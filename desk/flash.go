package desk

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"vedette"
	"vedette/auth/rights"
	"vedette/flash"
	"vedette/match/say"
)

// FlashOrder asks for a flash: a template, where, and one line.
type FlashOrder struct {
	Template string
	Area     vedette.AreaID  // where it is, "" where something is drawn
	Shapes   []vedette.Shape // drawn
	Line     string          // what is known, by whom; said as it is
	Risk     vedette.Risk    // unknown: the template's
	Status   vedette.Status

	ID   vedette.ID // of the draft to be kept: the same twice is one draft, made anew; "" makes one
	Seen int        // edits it had when whoever makes it anew looked
	By   string
}

// ReadPlace reads where something is, as somebody types it: a name, or what is drawn
// ([flash.Drawn]). Where a name is not plain the error lists what it may mean.
func (d *Desk) ReadPlace(text string) (area vedette.AreaID, shapes []vedette.Shape, err error) {
	if len(text) == 0 || strings.TrimSpace(text) == "" {
		return "", nil, vedette.Errorf(vedette.CodeInvalid, "say where: the name of a place, or latitude, longitude, kilometres")
	}
	if s, is, err := flash.Drawn(text); is {
		return "", []vedette.Shape{s}, err
	}
	a, err := d.Gaz.Find(strings.TrimSpace(text))
	return a.ID, nil, err
}

// ComposeFlash makes the draft of a flash without keeping anything.
func (d *Desk) ComposeFlash(ctx context.Context, o FlashOrder) (*Draft, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return nil, err
	}
	t, err := d.FlashOf(ctx, o.Template)
	if err != nil {
		return nil, err
	}
	at, err := d.flashAt(o)
	if err != nil {
		return nil, err
	}
	line := strings.Join(strings.Fields(strings.Map(seen, strings.ToValidUTF8(o.Line, ""))), " ")
	switch {
	case utf8.RuneCountInString(line) > vedette.MaxFlashLine:
		return nil, vedette.Errorf(vedette.CodeInvalid, "the line is longer than %d characters; say the first thing that is known, the rest is for the next update", vedette.MaxFlashLine)
	case o.Risk < vedette.RiskUnknown || o.Risk > vedette.RiskExtreme:
		return nil, vedette.Errorf(vedette.CodeInvalid, "the risk is none; say low, moderate, high or extreme")
	}
	u := flash.Make(&t.FlashTemplate, at, line, o.Risk, o.Status, d.Now())
	return &Draft{Update: u}, u.Validate()
}

// flashAt is where a flash is of.
func (d *Desk) flashAt(o FlashOrder) (at flash.Where, err error) {
	if len(o.Shapes) > 0 {
		if at.Shapes, err = d.drawn(o.Shapes); err != nil {
			return at, err
		}
		var names []string
		for i := range at.Shapes {
			names = append(names, at.Shapes[i].Name)
		}
		at.Name = shortened(strings.Join(names, "; "))
		return at, nil
	}
	if _, ok := d.Gaz.Area(o.Area); !ok {
		return at, vedette.Errorf(vedette.CodeInvalid, "say where: name a place, or draw a shape")
	}
	at.Area, at.Name = o.Area, d.placeName(o.Area)
	return at, nil
}

// ShapeName is what a shape is called to people where it has no name.
func (d *Desk) ShapeName(s *vedette.Shape) string { return say.Title(d.Gaz, s) }

// maxPlace bounds the name of where a flash is, in characters.
const maxPlace = 100

func shortened(s string) string {
	if r := []rune(s); len(r) > maxPlace {
		return strings.TrimSpace(string(r[:maxPlace])) + " …"
	}
	return s
}

// KeepFlash makes a flash and keeps it as a draft, to be looked at and sent. Under an id
// that is the draft of a flash already it takes that one's place.
func (d *Desk) KeepFlash(ctx context.Context, o FlashOrder) (*Draft, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return nil, err
	}
	by, err := named(o.By)
	if err != nil {
		return nil, err
	}
	dr, err := d.ComposeFlash(ctx, o)
	if err != nil {
		return nil, err
	}
	u := dr.Update
	made := vedette.Edit{At: d.Now(), By: by}
	if o.ID != "" {
		if !o.ID.Valid() {
			return nil, vedette.Errorf(vedette.CodeInvalid, "%q is no id of a draft; open the page of flashes anew", o.ID)
		}
		old, err := d.Draft(ctx, o.ID)
		switch {
		case err == nil:
			return dr, d.anew(ctx, old.Update, u, o.Seen, made)
		case vedette.ErrorCode(err) != vedette.CodeNotFound:
			return nil, err
		}
		u.ID = o.ID
	}
	u.Edits = []vedette.Edit{made}
	return dr, d.Save(ctx, dr)
}

// anew puts a flash in the place of one that was kept.
func (d *Desk) anew(ctx context.Context, old, u *vedette.Update, seen int, made vedette.Edit) error {
	if old.Flash == "" || old.Status != u.Status && len(old.Edits) > 1 {
		return vedette.Errorf(vedette.CodeConflict, "that draft is no flash, or was changed since; open the page of flashes anew")
	}
	if seen > 0 {
		if err := old.Unchanged(seen); err != nil {
			return err
		}
	}
	if old.Status != u.Status {
		return vedette.Errorf(vedette.CodeConflict, "whether it is real or a drill is fixed once it is kept; open the page of flashes anew")
	}
	was := vedette.Basis{Risk: &old.Content.Risk, Affected: &old.Content.Affected, AreaRisks: &old.AreaRisks, Shapes: &old.Shapes}
	made.Changes, made.Was = flashChanges(old, u), was
	u.ID, u.Key, u.CreatedAt, u.Edits = old.ID, old.Key, old.CreatedAt, slices.Clone(old.Edits)
	if len(made.Changes) == 0 {
		return nil // pressed twice
	}
	n := len(u.Edits)
	u.Edits = append(u.Edits, made)
	return d.rows.EditDraft(ctx, u, n, d.Now())
}

// flashChanges say what another making of a flash changes.
func flashChanges(old, u *vedette.Update) (out []vedette.Change) {
	for _, c := range []vedette.Change{{What: "flash", Before: old.Content.Headline, After: u.Content.Headline}, {What: "what is known", Before: flashLine(old), After: flashLine(u)},
		{What: "risk", Before: riskWord(old.Content.Risk), After: riskWord(u.Content.Risk)}, {What: "drawn", Before: drawnText(old), After: drawnText(u)}} {
		if c.Before != c.After {
			out = append(out, c)
		}
	}
	return out
}

func flashLine(u *vedette.Update) string {
	if len(u.Content.Summary) == 0 {
		return ""
	}
	return u.Content.Summary[0].Text
}

func drawnText(u *vedette.Update) string {
	var out []string
	for i := range u.Shapes {
		out = append(out, flash.Text(&u.Shapes[i]))
	}
	return shortened(strings.Join(out, "; "))
}

// flashTwice is within which time the same flash is taken for one that was sent already:
// by another of the desk, or by a command that was repeated.
const flashTwice = 30 * time.Minute

// flashed finds the flash of the same template at the same place that went out a moment
// ago, nil for none.
func (d *Desk) flashed(ctx context.Context, u *vedette.Update) (*vedette.Update, error) {
	list, err := d.rows.Updates(ctx, lately, time.Time{})
	for _, o := range list {
		same := o.Flash == u.Flash && o.Status == u.Status && o.State == vedette.UpdatePublished && o.Cancels == "" && d.Now().Sub(o.PublishedAt) < flashTwice
		if same && slices.EqualFunc(o.Content.Affected, u.Content.Affected, func(a, b vedette.Place) bool { return a.Area == b.Area }) && drawnText(o) == drawnText(u) {
			return o, err
		}
	}
	return nil, err
}
