package desk

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"vedette"
	"vedette/auth/rights"
)

// DraftEdit asks for a draft to be changed. What it leaves zero stays.
type DraftEdit struct {
	Draft vedette.ID
	Seen  int // edits the draft had when whoever edits it looked; 0: whatever it has now
	By    string

	Risk      *vedette.Risk
	Add       []vedette.AreaID   // affected areas
	Remove    []string           // of the affected areas, by id, name, the report's word, or "#1" for the first
	AreaRisks []vedette.AreaRisk // set for areas; an unknown risk takes back what was set
	Draw      []vedette.Shape
	Erase     []string // of the shapes, by name

	Kind    *vedette.ReportKind
	Urgency *vedette.Urgency
	Source  *vedette.SourceStrength
	Issued  *time.Time // when what it says was so; zero takes it back

	Headline, Call *Words
	Say            *Say
	Head           *Head
	Settle         *Settle
	TakeOut        vedette.ID // of the reports it is made of
}

// maxEdits bounds how often a draft is edited.
const maxEdits = 1000

// EditDraft changes a draft and keeps who changed what. It gives the draft as
// it is then; an edit that changes nothing is invalid.
func (d *Desk) EditDraft(ctx context.Context, e DraftEdit) (*Draft, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return nil, err
	}
	by, err := named(e.By)
	if err != nil {
		return nil, err
	}
	if e.Say != nil {
		set, err := d.rows.Settings(ctx)
		if err != nil {
			return nil, err
		}
		say := *e.Say
		say.scale, e.Say = set.Scale, &say
	}
	for again := 0; ; again++ {
		dr, err := d.editDraft(ctx, e, by)
		if e.Seen > 0 || again == maxRaces || vedette.ErrorCode(err) != vedette.CodeConflict || errors.As(err, new(*Meanwhile)) {
			return dr, err
		}
	}
}

// ErrSoAlready says that an edit would change nothing.
var ErrSoAlready = vedette.Errorf(vedette.CodeInvalid, "the draft is so already; nothing was changed")

// maxRaces is how often an edit that names no state is tried again where another came
// first: two people at two fields of a draft are no conflict.
const maxRaces = 5

func (d *Desk) editDraft(ctx context.Context, e DraftEdit, by string) (*Draft, error) {
	dr, err := d.Draft(ctx, e.Draft)
	if err != nil {
		return nil, err
	}
	u := dr.Update
	if err := noAllClear(u); err != nil {
		return nil, err
	}
	if err := e.leavesFlash(u); err != nil {
		return nil, err
	}
	if e.Seen > 0 {
		if err := u.Unchanged(e.Seen); err != nil {
			return nil, err
		}
	}
	seen := len(u.Edits)
	if seen >= maxEdits {
		return nil, vedette.Errorf(vedette.CodeInvalid, "the draft was edited %d times, and that is all that is kept; make a new one of the report", seen)
	}
	if seen == 0 { // left by a publishing that was not finished
		u.Edits = []vedette.Edit{{At: u.CreatedAt, By: "nobody known"}}
	}
	edit := vedette.Edit{At: d.Now(), By: by}
	if err := d.alter(u, &e, &edit); err != nil {
		return nil, err
	}
	for _, do := range []func(*Draft, *DraftEdit, *vedette.Edit) error{d.settle, d.takeOut} {
		if err := do(dr, &e, &edit); err != nil {
			return nil, err
		}
	}
	if len(edit.Changes) == 0 {
		return nil, ErrSoAlready
	}
	u.Edits = append(u.Edits, edit)
	return dr, d.rows.EditDraft(ctx, u, seen, d.Now())
}

// alter changes an update as asked, and notes what was changed.
func (d *Desk) alter(u *vedette.Update, e *DraftEdit, edit *vedette.Edit) error {
	if e.Risk != nil && *e.Risk != u.Content.Risk {
		was := u.Content.Risk
		edit.Was.Risk, u.Content.Risk = &was, *e.Risk
		edit.Changes = append(edit.Changes, vedette.Change{What: "risk", Before: riskWord(was), After: riskWord(*e.Risk)})
	}
	for _, do := range []func(*vedette.Update, *DraftEdit, *vedette.Edit) error{d.addAreas, d.removeAreas, d.setAreaRisks, d.draw, d.erase, d.head, d.marks, d.say, d.rename} {
		if err := do(u, e, edit); err != nil {
			return err
		}
	}
	return nil
}

func riskWord(r vedette.Risk) string {
	if r == vedette.RiskUnknown {
		return "not given"
	}
	return r.String()
}

// wasAffected keeps the affected areas as they were, and gives them to be
// changed.
func wasAffected(u *vedette.Update, edit *vedette.Edit) {
	if edit.Was.Affected == nil {
		was := slices.Clone(u.Content.Affected)
		edit.Was.Affected = &was
	}
	u.Content.Affected = slices.Clone(u.Content.Affected)
}

func (d *Desk) addAreas(u *vedette.Update, e *DraftEdit, edit *vedette.Edit) error {
	for _, id := range e.Add {
		if _, ok := d.Gaz.Area(id); !ok {
			return vedette.Errorf(vedette.CodeInvalid, "no place is known as %q", id)
		}
		if slices.ContainsFunc(u.Content.Affected, func(p vedette.Place) bool { return p.Area == id }) {
			continue
		}
		wasAffected(u, edit)
		u.Content.Affected = append(u.Content.Affected, vedette.Place{Text: d.placeName(id), Area: id})
		edit.Changes = append(edit.Changes, vedette.Change{What: "affected area", After: d.placeName(id)})
	}
	return nil
}

func (d *Desk) removeAreas(u *vedette.Update, e *DraftEdit, edit *vedette.Edit) error {
	for _, name := range e.Remove {
		i := d.affectedAt(u, name)
		if i < 0 {
			var names []string
			for _, p := range u.Content.Affected {
				names = append(names, d.called(p))
			}
			if len(names) == 0 {
				return vedette.Errorf(vedette.CodeInvalid, "%q cannot be removed: no area is affected", name)
			}
			return vedette.Errorf(vedette.CodeInvalid, "%q is not among the affected areas; they are %s", name, strings.Join(names, ", "))
		}
		wasAffected(u, edit)
		p := u.Content.Affected[i]
		u.Content.Affected = slices.Delete(u.Content.Affected, i, i+1)
		edit.Changes = append(edit.Changes, vedette.Change{What: "affected area", Before: d.called(p)})
	}
	return nil
}

// affectedAt finds an affected area by number, by id, by the report's word or by
// name, -1 for none.
func (d *Desk) affectedAt(u *vedette.Update, name string) int {
	name = strings.TrimSpace(name)
	if no, ok := strings.CutPrefix(name, "#"); ok {
		if n, err := strconv.Atoi(no); err == nil && n >= 1 && n <= len(u.Content.Affected) {
			return n - 1
		}
		return -1
	}
	i := slices.IndexFunc(u.Content.Affected, func(p vedette.Place) bool {
		return p.Area != "" && string(p.Area) == name || strings.EqualFold(strings.TrimSpace(p.Text), name) || strings.EqualFold(d.called(p), name)
	})
	if i >= 0 {
		return i
	}
	a, err := d.Gaz.Find(name)
	if err != nil {
		return -1
	}
	return slices.IndexFunc(u.Content.Affected, func(p vedette.Place) bool { return p.Area == a.ID })
}

// called names an affected area: by its name, else the report's word.
func (d *Desk) called(p vedette.Place) string {
	if p.Area == "" {
		return p.Text
	}
	return d.placeName(p.Area)
}

func (d *Desk) setAreaRisks(u *vedette.Update, e *DraftEdit, edit *vedette.Edit) error {
	for _, ar := range e.AreaRisks {
		if _, ok := d.Gaz.Area(ar.Area); !ok {
			return vedette.Errorf(vedette.CodeInvalid, "no place is known as %q", ar.Area)
		}
		i := slices.IndexFunc(u.AreaRisks, func(o vedette.AreaRisk) bool { return o.Area == ar.Area })
		was := vedette.RiskUnknown
		if i >= 0 {
			was = u.AreaRisks[i].Risk
		}
		if was == ar.Risk {
			continue
		}
		if edit.Was.AreaRisks == nil {
			all := slices.Clone(u.AreaRisks)
			edit.Was.AreaRisks = &all
		}
		u.AreaRisks = slices.Clone(u.AreaRisks)
		switch {
		case i < 0:
			u.AreaRisks = append(u.AreaRisks, ar)
		case ar.Risk == vedette.RiskUnknown:
			u.AreaRisks = slices.Delete(u.AreaRisks, i, i+1)
		default:
			u.AreaRisks[i] = ar
		}
		edit.Changes = append(edit.Changes, vedette.Change{What: "risk in " + d.placeName(ar.Area), Before: ownWord(was), After: ownWord(ar.Risk)})
	}
	return nil
}

func ownWord(r vedette.Risk) string {
	if r == vedette.RiskUnknown {
		return "none of its own"
	}
	return r.String()
}

func wasDrawn(u *vedette.Update, edit *vedette.Edit) {
	if edit.Was.Shapes == nil {
		was := slices.Clone(u.Shapes)
		edit.Was.Shapes = &was
	}
}

func (d *Desk) draw(u *vedette.Update, e *DraftEdit, edit *vedette.Edit) error {
	if len(e.Draw) == 0 {
		return nil
	}
	wasDrawn(u, edit)
	shapes, err := d.drawn(slices.Concat(u.Shapes, e.Draw))
	if err != nil {
		return err
	}
	for _, s := range shapes[len(u.Shapes):] {
		words := s.Name
		if s.Risk != vedette.RiskUnknown {
			words += ", risk " + s.Risk.String()
		}
		edit.Changes = append(edit.Changes, vedette.Change{What: "drawn", After: words})
	}
	u.Shapes = shapes
	return nil
}

func (d *Desk) erase(u *vedette.Update, e *DraftEdit, edit *vedette.Edit) error {
	for _, name := range e.Erase {
		i := slices.IndexFunc(u.Shapes, func(s vedette.Shape) bool { return strings.EqualFold(s.Name, strings.TrimSpace(name)) })
		if i < 0 {
			var names []string
			for _, s := range u.Shapes {
				names = append(names, "“"+s.Name+"”")
			}
			if len(names) == 0 {
				return vedette.Errorf(vedette.CodeInvalid, "%q cannot be removed: nothing is drawn", name)
			}
			return vedette.Errorf(vedette.CodeInvalid, "nothing is drawn by the name %q; there are %s", name, strings.Join(names, ", "))
		}
		wasDrawn(u, edit)
		edit.Changes = append(edit.Changes, vedette.Change{What: "drawn", Before: u.Shapes[i].Name})
		u.Shapes = slices.Delete(slices.Clone(u.Shapes), i, i+1)
	}
	return nil
}
