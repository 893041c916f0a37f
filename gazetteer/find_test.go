package gazetteer_test

import (
	"strings"
	"testing"

	"vedette"
	"vedette/gazetteer"
)

// What contains a place is named after it, or before.
func TestAPlaceWithinAnother(t *testing.T) {
	g := gazetteer.Default()
	for name, want := range map[string]vedette.AreaID{
		"Barcelona, Venezuela": "gn:3648559", "Venezuela, Barcelona": "gn:3648559", "Venezuela, Anzoátegui, Barcelona": "gn:3648559",
		"Spain, Barcelona": "gn:3128760", "Paris, Texas": "gn:4717560", "Texas, Paris": "gn:4717560",
	} {
		if a, err := g.Find(name); err != nil || a.ID != want {
			t.Errorf("%s: %s, %v; want %s", name, a.ID, err, want)
		}
	}
	for _, name := range []string{"Iraq, Barcelona", ", Barcelona", "Venezuela, Venezuela", "a, b, c, d"} {
		if a, err := g.Find(name); err == nil {
			t.Errorf("%q is %s, want no place", name, a.ID)
		}
	}
}

// Every place that an error offers is found by the words it is offered with.
func TestWhatIsOfferedIsFound(t *testing.T) {
	g := gazetteer.Default()
	for _, name := range []string{"Springfield", "Tripoli", "Springfield, US", "San José", "Victoria"} {
		_, err := g.Find(name)
		if err == nil {
			t.Errorf("%s: several are meant, one was found", name)
			continue
		}
		_, list, ok := strings.Cut(err.Error(), "say which: ")
		list, _, _ = strings.Cut(list, "; and ")
		offered := strings.Split(list, "; ")
		if !ok || len(offered) < 3 {
			t.Errorf("%s: %v", name, err)
		}
		found := map[string]string{}
		for _, label := range offered {
			a, err := g.Find(label)
			if err != nil {
				t.Errorf("%s: offered as %q, which is refused: %v", name, label, err)
				continue
			}
			if other := found[string(a.ID)]; other != "" {
				t.Errorf("%s: %q and %q are one place", name, other, label)
			}
			found[string(a.ID)] = label
		}
	}
}
