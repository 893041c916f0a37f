package desk

import (
	"testing"

	"vedette"
)

// What a flash says in one language cannot be changed under the others; how bad it is can.
func TestAFlashIsNotReworded(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country\nAli,ali@example.org,Iraq\n", ImportOptions{})
	kept, err := r.KeepFlash(t.Context(), FlashOrder{Template: "strike", Area: "IQ", Line: "Blasts heard at 02:10.", By: "Ada"})
	r.ok(err)
	f := kept.Update.ID
	high := vedette.RiskHigh
	words := Words{Text: "Something else"}
	for what, e := range map[string]DraftEdit{"its headline": {Headline: &words}, "a statement": {Say: &Say{Words: words}}, "an area": {Add: []vedette.AreaID{"SY"}}, "its area": {Remove: []string{"#1"}}} {
		e.Draft, e.By = f, "Ada"
		if _, err := r.EditDraft(t.Context(), e); vedette.ErrorCode(err) != vedette.CodeConflict {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := r.FuseDraft(t.Context(), FuseOrder{Draft: f, By: "Ada", Text: []byte(alert), Origin: "test"}); vedette.ErrorCode(err) != vedette.CodeConflict {
		t.Errorf("a report: %v", err)
	}
	if d, err := r.EditDraft(t.Context(), DraftEdit{Draft: f, By: "Ada", Risk: &high}); err != nil || d.Update.Content.Risk != high {
		t.Errorf("its risk: %v", err)
	}
}
