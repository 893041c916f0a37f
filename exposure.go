package vedette

import "vedette/wording"

// Relation is how a person stands to an update. "Concerned" means in or may
// be in.
type Relation string

// The relations.
const (
	RelationIn      Relation = "in"
	RelationMayBe   Relation = "may_be_in"
	RelationWatches Relation = "watches" // out, but asked to be told: never counted as in danger
	RelationOut     Relation = "out"
)

// Exposure is one person's relation to an update, with its reasons.
type Exposure struct {
	Relation Relation
	Reasons  []Reason
}

// Concerned says whether the person is to be told.
func (e Exposure) Concerned() bool { return e.Relation == RelationIn || e.Relation == RelationMayBe }

// Reason is one ground of an exposure, in words a duty officer reads.
type Reason struct {
	Relation Relation
	Presence Presence
	Area     AreaID       // the update's area that met the presence
	Trip     bool         // by a trip still ahead
	Watch    bool         // by a watch alone
	KM       float64      // how far off, where nearness decided; else 0
	Says     wording.Said // "based in Basra, Iraq (site Basra office), which lies in Iraq"
}
