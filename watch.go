package vedette

// Watch is what a person asked to be told about besides what concerns them by
// where they are. It only ever adds.
type Watch struct {
	Key        int64
	ID         ID
	Person     int64
	Areas      []AreaID       // any of them; empty with no shape is the whole world
	Shape      *Shape         // besides the areas
	Risk       Risk           // the least; unknown is any. A missing risk passes
	Urgency    Urgency        // the least; unknown is any. An unknown urgency counts as expected
	Source     SourceStrength // the least; unknown is any. An unknown strength passes
	Categories []string       // any of them; empty is all
}

// Validate says whether the watch can be kept.
func (w *Watch) Validate() error {
	if len(w.Areas) > MaxWatchAreas {
		return Errorf(CodeInvalid, "the watch names %d areas; at most %d", len(w.Areas), MaxWatchAreas)
	}
	for _, c := range w.Categories {
		if !IsCategory(c) {
			return Errorf(CodeInvalid, "%q is no category; use some of %v", c, Categories)
		}
	}
	if w.Shape != nil {
		return w.Shape.Validate()
	}
	return nil
}

// MaxWatchAreas bounds the areas of one watch.
const MaxWatchAreas = 100

// Passes says whether an update's risk, urgency, source strength and
// categories are what the watch asks for; its places are match's to judge.
func (w *Watch) Passes(c *Content, risk Risk) bool {
	switch {
	case risk != RiskUnknown && risk < w.Risk,
		w.Urgency != UrgencyUnknown && c.Urgency.Effective() < w.Urgency,
		c.SourceStrength != SourceUnknown && c.SourceStrength < w.Source:
		return false
	}
	if len(w.Categories) == 0 {
		return true
	}
	for _, have := range c.Categories {
		for _, want := range w.Categories {
			if have == want {
				return true
			}
		}
	}
	return false
}
