package vedette

import "slices"

// AllClear is the word that what protected people somewhere is needed no
// more: to shelter, to stay put, to evacuate. A person says it, of an area and
// of situations, on a basis. It ends no situation, and no posture falls by it.
type AllClear struct {
	Area    AreaID `json:"area"`
	By      string `json:"by"`
	Basis   string `json:"basis"`
	Of      []ID   `json:"of"`                // the situations whose advice it ends there
	Despite string `json:"despite,omitempty"` // why it is said though something else that stands there is immediate
}

// Ends says whether an all-clear is about what another update told: that is of
// a situation it names, and was published before it. A draft is newer than all
// that is published.
func (u *Update) Ends(told *Update) bool {
	if u.Clears == nil || u.Status != told.Status || !slices.Contains(u.Clears.Of, told.Situation.ID) {
		return false
	}
	switch {
	case u.State == UpdateDraft:
		return told.State != UpdateDraft
	case told.State == UpdateDraft:
		return false
	case told.PublishedAt.Equal(u.PublishedAt):
		return told.Key < u.Key
	}
	return told.PublishedAt.Before(u.PublishedAt)
}
