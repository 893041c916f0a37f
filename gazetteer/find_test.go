package gazetteer_test

import (
	"strings"
	"testing"

	"vedette/gazetteer"
)

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
