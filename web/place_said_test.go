package web

import (
	"strings"
	"testing"
)

// TestPlacesAreCalledAsTheReaderDoes: countries, towns and regions that have a name in the
// reader's language are called by it, wherever the program names them; in English all is
// as it was.
func TestPlacesAreCalledAsTheReaderDoes(t *testing.T) {
	w := newWorld(t)
	at := w.noTravel("")
	for path, want := range map[string]map[string]string{
		at:                  {"en": "Tunis, Tunisia: 3 trips", "fr": "Tunis, Tunisie", "ar": "تونس"},
		"/who?area=Tunisia": {"en": "Tunisia", "fr": "Tunisie", "ar": "تونس", "ru": "Тунис"},
		"/world/TN":         {"en": "Tunisia", "fr": "Tunisie", "he": "תוניסיה", "fa": "تونس", "es": "Túnez"},
		"/people":           {"en": "Tunis, Tunisia", "fr": "Tunis, Tunisie"},
	} {
		for language, says := range want {
			page := text(w.ask("GET", path, "", "Accept-Language", language).Body.String())
			if !strings.Contains(page, says) {
				t.Errorf("%s in %s does not say %q: %s", path, language, says, page)
			}
			if language != "en" && path == "/world/TN" && strings.Contains(page, "Tunisia ") {
				t.Errorf("%s in %s says Tunisia in English: %s", path, language, page)
			}
		}
	}
}
