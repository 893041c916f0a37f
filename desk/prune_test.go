package desk

import (
	"fmt"
	"strings"
	"testing"

	"vedette"
	"vedette/match"
)

// all writes a people file of the numbers from–to.
func all(from, to int) string {
	var b strings.Builder
	b.WriteString("name,email,country\n")
	for n := from; n <= to; n++ {
		fmt.Fprintf(&b, "Person %d,p%d@example.org,Iraq\n", n, n)
	}
	return b.String()
}

func (r *room) count(what string, want int) {
	r.t.Helper()
	ro, err := r.Roster(r.t.Context())
	if err != nil || ro.Len() != want {
		r.t.Errorf("%s: %d people, want %d, %v", what, ro.Len(), want, err)
	}
}

func TestWhoIsNotInTheFileLeavesOnlyWhenAsked(t *testing.T) {
	r := newRoom(t)
	r.bring(all(1, 10), ImportOptions{})
	im := r.bring(all(3, 10), ImportOptions{Prune: true})
	if len(im.Gone) != 2 || im.Gone[0].Name != "Person 1" || im.Removed != 0 {
		t.Errorf("the preview: %+v", im)
	}
	r.count("a preview removes nobody", 10)
	im = r.bring(all(3, 10)+"Bad,not an address,Iraq\n", ImportOptions{Prune: true, Remove: true, SkipBad: true})
	if len(im.Gone) != 0 || im.Removed != 0 || !im.Saved {
		t.Errorf("with a bad row: %+v", im)
	}
	r.count("a bad row may be theirs", 10)
	im = r.bring(all(3, 11), ImportOptions{Prune: true, Remove: true})
	if im.Removed != 2 || im.Added != 1 {
		t.Errorf("removed: %+v", im)
	}
	r.count("two left, one came", 9)
}

func TestMoreThanAFifthLeaveOnlyWhenThatIsSaid(t *testing.T) {
	r := newRoom(t)
	r.bring(all(1, 10), ImportOptions{})
	_, err := r.ImportPeople(t.Context(), strings.NewReader(all(4, 12)), ImportOptions{Prune: true, Remove: true})
	if vedette.ErrorCode(err) != vedette.CodeBlocked || !strings.Contains(err.Error(), "3 of 10 people") {
		t.Errorf("three of ten: %v", err)
	}
	r.count("refused, nothing saved", 10)
	_, err = r.ImportPeople(t.Context(), strings.NewReader("name,email,country\n"), ImportOptions{Prune: true, Remove: true, PruneMany: true})
	if vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Errorf("an empty file: %v", err)
	}
	r.count("an empty file is no list of all", 10)
	if im := r.bring(all(4, 12), ImportOptions{Prune: true, Remove: true, PruneMany: true}); im.Removed != 3 || im.Added != 2 {
		t.Errorf("said so: %+v", im)
	}
	r.count("three left, two came", 9)
}

// Whoever left and stands in a later file is the same person again.
func TestWhoLeftMayComeBack(t *testing.T) {
	r := newRoom(t)
	r.bring(all(1, 10), ImportOptions{})
	was, err := r.Person(t.Context(), "p1@example.org")
	if err != nil {
		t.Fatal(err)
	}
	r.bring(all(2, 10), ImportOptions{Prune: true, Remove: true})
	u := r.publish(alert)
	if _, told := r.concerned(u)[was.Key]; told {
		t.Error("who left is concerned")
	}
	if im := r.trips("email,trip number,city,country,check-in,check-out\np1@example.org,T-1,Basra,Iraq,2026-02-10,2026-02-11\n", ImportOptions{}); len(im.Problems) != 1 {
		t.Errorf("a trip of who left: %+v", im)
	}
	im := r.bring(all(1, 10), ImportOptions{})
	if im.Added != 1 || im.Back != 1 || im.Unchanged != 9 || !im.Saved {
		t.Errorf("back: %+v", im)
	}
	is, err := r.Person(t.Context(), "p1@example.org")
	if err != nil || is.ID != was.ID || len(is.Presence) != 1 {
		t.Errorf("back as %+v, %v", is, err)
	}
	if im := r.bring(all(1, 10), ImportOptions{}); im.Unchanged != 10 {
		t.Errorf("the same file again: %+v", im)
	}
}

// concerned gives whom an update would concern now, by key.
func (r *room) concerned(u *vedette.Update) map[int64]vedette.Relation {
	r.t.Helper()
	ro, err := r.Roster(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	out := map[int64]vedette.Relation{}
	p := match.Prepare(r.Gaz, u, vedette.DefaultSettings())
	for key := range ro.Index.Find(p.Query(r.now())).Persons() {
		if rel := p.Relation(ro.Presences(key), nil, r.now()); rel != vedette.RelationOut {
			out[key] = rel
		}
	}
	return out
}
