package desk

import (
	"strings"
	"testing"

	"vedette"
)

// Whoever drills many types how many; nobody is written to before.
func TestADrillOfManyIsTyped(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country\nA,a@example.org,Iraq\nB,b@example.org,Iraq\nC,c@example.org,Iraq\nD,d@example.org,France\n", ImportOptions{})
	set := vedette.DefaultSettings()
	set.CountAbove = 2
	if err := r.SaveSettings(t.Context(), set, "Ada"); err != nil {
		t.Fatal(err)
	}
	o := DrillOrder{Areas: []vedette.AreaID{"IQ"}}
	if pre, err := r.PreviewDrill(t.Context(), o); err != nil || pre.Of != 3 || pre.ToType != 2 || pre.Messages[vedette.ChannelEmail] != 3 {
		t.Fatalf("%+v, %v", pre, err)
	}
	for count, says := range map[int]string{0: "it tells 3 people, more than 2", 4: "4 was typed, and it tells 3"} {
		o.Count = count
		if _, err := r.Drill(t.Context(), o); vedette.ErrorCode(err) != vedette.CodeConflict || !strings.Contains(err.Error(), says) {
			t.Errorf("%d typed: %v", count, err)
		}
	}
	if ds, err := r.Drafts(t.Context()); err != nil || len(ds) != 0 {
		t.Errorf("a draft was left behind: %d, %v", len(ds), err)
	}
	o.Count = 3
	u, err := r.Drill(t.Context(), o)
	if err != nil || u.Drill == nil || u.Status != vedette.StatusTest {
		t.Fatalf("%+v, %v", u, err)
	}
	// Names of people stand in no update.
	u, err = r.Drill(t.Context(), DrillOrder{Persons: []string{"d@example.org"}})
	if err != nil || strings.Contains(u.Content.Title+u.Content.Headline, "@") || len(u.Drill.Persons) != 1 {
		t.Errorf("%+v, %v", u, err)
	}
}
