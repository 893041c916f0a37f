package desk

import (
	"testing"
	"time"

	"vedette"
)

// What stands at a report's head is set by hand, is noted, and can be looked at as it was.
func TestTheHeadOfADraftIsSetByHand(t *testing.T) {
	r := newRoom(t)
	dr := r.draftOf(firstReport)
	was := dr.Update.Content
	kind, urgency, source, issued := vedette.KindAnalysis, vedette.UrgencyImmediate, vedette.SourceConfirmed, r.now().Add(-time.Hour).UTC()
	edit := DraftEdit{Draft: dr.Update.ID, By: "Ben", Kind: &kind, Urgency: &urgency, Source: &source, Issued: &issued}
	dr, err := r.EditDraft(t.Context(), edit)
	if err != nil {
		t.Fatal(err)
	}
	c := dr.Update.Content
	if c.Kind != kind || c.Urgency != urgency || c.SourceStrength != source || c.IssuedAt == nil || !c.IssuedAt.Equal(issued) {
		t.Errorf("%+v", c)
	}
	if n := len(dr.Update.Edits[1].Changes); n != 4 {
		t.Errorf("%d changes are noted: %+v", n, dr.Update.Edits[1].Changes)
	}
	kept, err := r.Draft(t.Context(), dr.Update.ID)
	if err != nil {
		t.Fatal(err)
	}
	if b := kept.Update.Before(1).Content; b.Kind != was.Kind || b.Urgency != was.Urgency || b.SourceStrength != was.SourceStrength || b.IssuedAt != nil {
		t.Errorf("as it was made: %+v", b)
	}
	if _, err := r.EditDraft(t.Context(), edit); vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Errorf("the same again: %v", err)
	}
	for _, bad := range []time.Time{r.now().Add(48 * time.Hour), time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)} {
		if _, err := r.EditDraft(t.Context(), DraftEdit{Draft: dr.Update.ID, By: "Ben", Issued: &bad}); vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("issued %s: %v", bad, err)
		}
	}
	bad, none := vedette.ReportKind("gossip"), time.Time{}
	if _, err := r.EditDraft(t.Context(), DraftEdit{Draft: dr.Update.ID, By: "Ben", Kind: &bad}); vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Errorf("of no kind: %v", err)
	}
	if dr, err = r.EditDraft(t.Context(), DraftEdit{Draft: dr.Update.ID, By: "Ben", Issued: &none}); err != nil || dr.Update.Content.IssuedAt != nil {
		t.Errorf("taken back: %v %v", dr.Update.Content.IssuedAt, err)
	}
}
