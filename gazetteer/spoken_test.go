package gazetteer

import (
	"testing"

	"vedette"
	"vedette/gazetteer/tables"
)

// A reader finds countries, capitals, large towns and seas by the names they know, and what
// has none in their language by its English one.
func TestPlacesHaveTheNamesOfTheReader(t *testing.T) {
	g := Default()
	if _, err := spokenNames(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		id             vedette.AreaID
		language, want string
	}{
		{"IR", "ar", "إيران"}, {"IR", "he", "איראן"}, {"IQ", "fa", "عراق"}, {"DE", "fr", "Allemagne"}, {"DE", "es", "Alemania"}, {"RU", "ru", "Россия"},
		{"gn:98182", "ar", "بغداد"}, {"gn:98182", "ru", "Багдад"}, {"gn:99532", "fr", "Bassora"},
		{"persian-gulf", "ar", "الخليج العربي"}, {"persian-gulf", "fa", "خلیج فارس"}, {"red-sea", "he", "ים סוף"}, {"mena", "fr", "Moyen-Orient et Afrique du Nord"},
		{"IR", "en", "Iran"}, {"IR", "de", "Iran"}, {"UA-65", "ar", g.Name("UA-65")}, {"nowhere", "ar", "nowhere"},
	} {
		if got := g.NameIn(c.id, c.language); got != c.want {
			t.Errorf("%s in %s is %q, want %q", c.id, c.language, got, c.want)
		}
	}
	for _, language := range []string{"ar", "fa", "he", "ru"} { // in the others some are called as in English
		for _, a := range g.Countries() {
			if g.NameIn(a.ID, language) == a.Name {
				t.Errorf("%s has no name in %s", a.Name, language)
			}
		}
	}
}

// A line of the table is of the area that it says, and every sea is in it.
func TestTheTableOfNamesIsOfTheAreasItSays(t *testing.T) {
	g := Default()
	hand, err := tables.SpokenNames()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[vedette.AreaID]bool{}
	for _, h := range hand {
		id := vedette.AreaID(h.ID)
		if _, ok := g.Area(id); !ok || g.Name(id) != h.English || seen[id] {
			t.Errorf("%s is said to be %q and is %q, or stands twice", h.ID, h.English, g.Name(id))
		}
		seen[id] = true
	}
	for _, s := range g.Seas() {
		if !seen[s.ID] {
			t.Errorf("%s has no names", s.ID)
		}
	}
}
