package vedette

import "time"

// Update is the organisation's own word, the unit of publication: drafted
// from reports and the desk's own words. A published one is immutable; a
// correction is a new one.
type Update struct {
	ID          ID          `json:"id"`
	Key         int64       `json:"-"` // the store's own, 0 until saved
	State       UpdateState `json:"state"`
	Status      Status      `json:"status"` // actual, exercise, test: fixed at creation
	Situation   Situation   `json:"situation"`
	Number      int         `json:"number"` // within its situation, from 1; 0 while a draft
	Corrects    ID          `json:"corrects,omitempty"`
	Cancels     Cancel      `json:"cancels,omitempty"` // what Corrects names is cancelled, and why; "" for none
	Clears      *AllClear   `json:"clears,omitempty"`  // it is an all-clear; nil for none
	Asks        ID          `json:"asks,omitempty"`    // the roll-call whose question it is, "" for none
	Alone       bool        `json:"alone,omitempty"`   // it is cancelled alone: what else the situation says stands
	Content     Content     `json:"content"`
	Shapes      []Shape     `json:"shapes,omitempty"` // drawn, besides the affected areas
	AreaRisks   []AreaRisk  `json:"area_risks,omitempty"`
	Reports     []ID        `json:"reports,omitempty"`
	Accepted    []Finding   `json:"accepted,omitempty"` // blocking findings a person accepted
	Settled     []Settled   `json:"settled,omitempty"`  // findings that the desk settled, one by one
	Edits       []Edit      `json:"edits,omitempty"`    // how the desk made the draft; none where it was published at once
	Flash       string      `json:"flash,omitempty"`    // the key of the template it was made of; "" for none
	Tongues     []Tongue    `json:"tongues,omitempty"`  // what it says in each language that somebody wrote it in, its own first; none: Content alone
	Drill       *Drill      `json:"drill,omitempty"`    // nil where it is none
	Assent      *Assent     `json:"assent,omitempty"`   // on whose word it was published, where a second person is wanted; nil where none was
	CreatedAt   time.Time   `json:"created_at"`
	PublishedAt time.Time   `json:"published_at,omitzero"`
	Mark        *Mark       `json:"mark,omitempty"`
}

// Settled is a finding that the desk settled in a draft, and how: "Tripoli is Tripoli,
// Lebanon". It blocks no more.
type Settled struct {
	Report  ID      `json:"report"`
	Finding Finding `json:"finding"`
	How     string  `json:"how"`
	By      string  `json:"by"`
}

// Settles says whether a finding of a report was settled.
func (u *Update) Settles(report ID, f Finding) (how *Settled) {
	for i := range u.Settled {
		if s := &u.Settled[i]; s.Report == report && s.Finding == f {
			return s
		}
	}
	return nil
}

// Cancel is why an update ends its situation's word.
type Cancel string

// The cancellations. Either reaches everyone who was told.
const (
	CancelError Cancel = "sent_in_error"
	CancelOver  Cancel = "over"
)

// AreaRisk is what the analyst set for an area narrower than the update's.
type AreaRisk struct {
	Area AreaID `json:"area"`
	Risk Risk   `json:"risk"`
}

// Situation is the chain of updates about one thing, numbered. Only a person
// closes it.
type Situation struct {
	ID    ID     `json:"id"`
	Title string `json:"title"`
}

// Mark is what befell a published update: overtaken by a newer one of its
// situation, or stopped.
type Mark struct {
	OvertakenBy ID        `json:"overtaken_by,omitempty"`
	OvertakenAt time.Time `json:"overtaken_at,omitzero"`
	StoppedAt   time.Time `json:"stopped_at,omitzero"`
	StopReason  string    `json:"stop_reason,omitempty"`
}

// UpdateState is where an update is in its life; the moves are in Updates.
type UpdateState string

// The states of an update.
const (
	UpdateDraft     UpdateState = "draft"
	UpdatePublished UpdateState = "published"
	UpdateOvertaken UpdateState = "overtaken"
	UpdateStopped   UpdateState = "stopped"
)

// Updates is the state machine of an update. A stopped one stays stopped
// when a newer one overtakes it: the stop is the stronger word.
var Updates = Machine[UpdateState]{
	{"publish", UpdateDraft, UpdatePublished},
	{"overtake", UpdatePublished, UpdateOvertaken},
	{"stop", UpdatePublished, UpdateStopped},
	{"stop", UpdateOvertaken, UpdateStopped},
}

// RiskAt is the risk of an area by the rule of the house: what the analyst
// set for the narrowest area holding it, else the country risk where the
// report is of its one country, else the update's risk. within lists the
// area itself and all that contain it, nearest first.
func (u *Update) RiskAt(within []AreaID) Risk {
	for _, w := range within {
		for _, ar := range u.AreaRisks {
			if ar.Area == w {
				return ar.Risk
			}
		}
	}
	if c := u.Content.CountryRisk; c != RiskUnknown && len(u.Content.Affected) == 1 {
		for _, w := range within {
			if w == u.Content.Affected[0].Area && len(w) == 2 {
				return c
			}
		}
	}
	return u.Content.Risk
}

// UrgencyOf is the urgency of the update to whoever is told a variant of it: an
// advice whose condition is met is immediate.
func (u *Update) UrgencyOf(v *Variant) Urgency {
	for _, l := range v.Lines {
		if l.Met && !l.Suspended {
			return UrgencyImmediate
		}
	}
	return u.Content.Urgency.Effective()
}

// Validate says whether the update may be published, as far as its words go.
func (u *Update) Validate() error {
	c := &u.Content
	switch {
	case c.Title == "":
		return Errorf(CodeInvalid, "the update has no title; give it one")
	case u.Drill != nil && u.Status != StatusTest:
		return Errorf(CodeInvalid, "a drill is a test, this one is %s", u.Status)
	case len(u.Areas()) == 0 && len(u.Shapes) == 0 && u.Cancels == "" && (u.Drill == nil || !u.Drill.All && len(u.Drill.Persons) == 0):
		return Errorf(CodeInvalid, "the update names no area that is known, so it concerns nobody; set the affected area")
	}
	return ValidShapes(u.Shapes)
}

// Areas is every area the update is about: affected ones and the targets of
// its advice, each once, in order of appearance.
func (u *Update) Areas() []AreaID {
	var out []AreaID
	seen := map[AreaID]bool{"": true}
	add := func(id AreaID) {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	for _, p := range u.Content.Affected {
		add(p.Area)
	}
	for _, g := range u.Content.Recommendations {
		for _, a := range g.Advice {
			for _, act := range a.Actions {
				for _, id := range act.Areas(g.Area) {
					add(id)
				}
			}
		}
	}
	return out
}
