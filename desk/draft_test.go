package desk

import (
	"strings"
	"testing"

	"vedette"
)

const crew = "name,email,city,country\nOmar Example,omar@example.org,Basra,Iraq\nLena Example,lena@example.org,Beirut,Lebanon\nPaul Example,paul@example.org,Paris,France\n"

func (r *room) kept() *Draft {
	r.t.Helper()
	dr, err := r.NewDraft(r.t.Context(), KeepOrder{DraftOrder: DraftOrder{Text: []byte(strings.Replace(alert, "AREA\nIraq", "AREA\nIraq, Lebanon", 1)), Origin: "test"}, By: "Ana"})
	if err != nil {
		r.t.Fatal(err)
	}
	return dr
}

func (r *room) edit(e DraftEdit) *Draft {
	r.t.Helper()
	dr, err := r.EditDraft(r.t.Context(), e)
	if err != nil {
		r.t.Fatal(err)
	}
	return dr
}

// Whoever publishes gets what they looked at or a refusal, and it publishes as
// it was edited, the reading kept beside it.
func TestPublishingADraftThatWasChangedSince(t *testing.T) {
	r := newRoom(t)
	r.bring(crew, ImportOptions{})
	made := r.kept()
	id := made.Update.ID
	r.edit(DraftEdit{Draft: id, By: "Ben", Remove: []string{"Lebanon"}})
	looked, err := r.Draft(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.PublishDraft(t.Context(), looked, PublishOrder{Seen: 1}); vedette.ErrorCode(err) != vedette.CodeConflict || !strings.Contains(err.Error(), "changed by Ben") {
		t.Errorf("published over an edit it had not seen: %v", err)
	}
	r.edit(DraftEdit{Draft: id, By: "Cleo", Add: []vedette.AreaID{"FR"}})
	if _, err := r.PublishDraft(t.Context(), looked, PublishOrder{}); vedette.ErrorCode(err) != vedette.CodeConflict {
		t.Errorf("published over an edit that came after it was read: %v", err)
	}
	looked, err = r.Draft(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	u, err := r.PublishDraft(t.Context(), looked, PublishOrder{Seen: 3, By: "Dan"})
	if err != nil {
		t.Fatal(err)
	}
	if len(u.Content.Affected) != 2 || u.Content.Affected[1].Area != "FR" || len(u.Edits) != 4 || len(u.Before(1).Content.Affected) != 2 || u.Before(1).Content.Affected[1].Text != "Lebanon" {
		t.Errorf("published as %v after %d edits", u.Content.Affected, len(u.Edits))
	}
	if _, rd, err := r.Report(t.Context(), u.Reports[0]); err != nil || rd.Content.Affected[1].Text != "Lebanon" {
		t.Errorf("the reading was changed: %v, %v", rd.Content.Affected, err)
	}
}

// Whoever falls out of a draft by a change is counted, with the reason: also
// who only may be there and is not told at a lower risk.
func TestWhoFallsOutOfADraft(t *testing.T) {
	r := newRoom(t)
	r.bring(crew+"Kay Example,kay@example.org,,Jordan\n", ImportOptions{})
	dr := r.kept()
	amman, err := r.Gaz.Find("Amman")
	if err != nil {
		t.Fatal(err)
	}
	dr = r.edit(DraftEdit{Draft: dr.Update.ID, By: "Ben", Add: []vedette.AreaID{amman.ID}})
	low := vedette.RiskLow
	for _, c := range []struct {
		what   string
		edit   DraftEdit
		lost   string
		gained int
	}{
		{"a lower risk", DraftEdit{Risk: &low}, "1 they may be in, but the risk is only low and nothing is immediate", 0},
		{"an area less", DraftEdit{Remove: []string{"LB"}}, "1 nothing of it concerns them", 0},
		{"an area more", DraftEdit{Add: []vedette.AreaID{"FR"}}, "", 1},
		{"a part that advice names anyway", DraftEdit{Remove: []string{"Iraq"}}, "", 0},
		{"a circle around Beirut", DraftEdit{Draw: []vedette.Shape{{Circle: &vedette.Circle{Center: vedette.Point{Lat: 33.9, Lon: 35.5}, KM: 30}}}}, "", 1},
	} {
		c.edit.Draft, c.edit.By = dr.Update.ID, "Cleo"
		dr := r.edit(c.edit)
		after := dr.Update
		pv, err := r.Preview(t.Context(), dr, PublishOrder{}, after.Before(len(after.Edits)-1))
		if err != nil {
			t.Fatal(err)
		}
		sh := pv.Shifts[0]
		lost := ""
		for _, o := range sh.Lost {
			lost += strings.TrimSpace(strings.Join([]string{string(rune('0' + o.N)), o.Reason}, " "))
		}
		if lost != c.lost || sh.Gained != c.gained {
			t.Errorf("%s: lost %q, gained %d; want %q and %d", c.what, lost, sh.Gained, c.lost, c.gained)
		}
	}
}

func TestPreviewSaysWhere(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,city,country,site\nOmar Example,omar@example.org,Basra,Iraq,Basra office\nZaid Example,,Basra,Iraq,Basra office\nLena Example,lena@example.org,Beirut,Lebanon,\nKay Example,kay@example.org,,Lebanon,\n", ImportOptions{})
	pv, err := r.Preview(t.Context(), r.kept(), PublishOrder{})
	if err != nil {
		t.Fatal(err)
	}
	if len(pv.Sites) != 1 || pv.Sites[0].Name != "Basra office" || pv.Sites[0].In != 2 || pv.Sites[0].Unreachable != 1 {
		t.Errorf("sites: %+v", pv.Sites)
	}
	if len(pv.Countries) != 2 || pv.Countries[0].Unreachable+pv.Countries[1].Unreachable != 1 || pv.Countries[1].In != 2 {
		t.Errorf("countries: %+v", pv.Countries)
	}
}

// What a publishing left that was not finished can be changed and published.
func TestDraftLeftByAPublishingThatWasNotFinished(t *testing.T) {
	r := newRoom(t)
	r.bring(crew, ImportOptions{})
	for i, change := range []bool{false, true} {
		dr, err := r.Compose(t.Context(), DraftOrder{Text: []byte(strings.Replace(alert, "Strike on", []string{"First", "Second"}[i]+" strike on", 1)), Origin: "test"})
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Save(t.Context(), dr); err != nil {
			t.Fatal(err)
		}
		if change {
			r.edit(DraftEdit{Draft: dr.Update.ID, By: "Ben", Add: []vedette.AreaID{"LB"}})
		}
		kept, err := r.Draft(t.Context(), dr.Update.ID)
		if err != nil {
			t.Fatal(err)
		}
		if u, err := r.PublishDraft(t.Context(), kept, PublishOrder{By: "Cleo"}); err != nil || u.State != vedette.UpdatePublished {
			t.Errorf("changed before: %v: %v", change, err)
		}
	}
}
