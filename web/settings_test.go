package web

import (
	"net/http"
	"strings"
	"testing"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// A draft keeps the scale that it was read on, whatever the settings become; the page
// says which where it is not the usual one.
func TestWordsOfLikelihoodAreReadOnTheOrganisationsScale(t *testing.T) {
	w := newWorld(t)
	shown := func() string {
		d, err := w.desk.NewDraft(w.ctx, desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: []byte(reportText), Origin: "test"}, By: "Ada"})
		must(t, err)
		return "/updates/" + string(d.Update.ID)
	}
	before := shown()
	form := heldIn(w.get("/settings"))
	form.Set("scale", "kent")
	form.Set("by", "Ada")
	wants(t, w.posts("/settings", form.Encode(), http.StatusBadRequest), "\"kent\" is no scale of likelihood; say icd203 or phia")
	form.Set("scale", "phia")
	if rec := w.ask("POST", "/settings", form.Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	for page, title := range map[string]string{before: `title="55–80 %">likely`, shown(): `title="55–75 % on PHIA">likely`} {
		if is := w.get(page); !strings.Contains(is, title) {
			t.Errorf("%s is not in %s", title, text(is))
		}
	}
}

func TestSettingsSayInWhichLanguagesThereAreWords(t *testing.T) {
	w := newWorld(t)
	page := w.get("/settings")
	wants(t, page, "The first is for whoever has none in their record, or one that is not among these.", "English, Arabic, French, Hebrew, Persian, Russian and Spanish")
	form := heldIn(page)
	form.Set("by", "Ada")
	form.Set("languages", "fr-CA; Hebrew; Dutch")
	wants(t, w.posts("/settings", form.Encode(), http.StatusBadRequest), "no words in \"Dutch\" yet")
	form.Set("languages", "fr-CA; Hebrew")
	if rec := w.ask("POST", "/settings", form.Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	if page = w.get("/settings"); !strings.Contains(page, `value="French; Hebrew"`) {
		t.Error(text(page))
	}
}

// No label, unit or help of a setting is left in English on a page in another language.
func TestSettingsAreSaidInTheReadersLanguage(t *testing.T) {
	w := newWorld(t)
	s, err := w.desk.SettingsPage(w.ctx)
	must(t, err)
	page := text(w.ask("GET", "/settings", "", "Accept-Language", "fr").Body.String())
	wants(t, page, "Distance jusqu’à laquelle un événement concerne un site, à risque extrême, km", "anglais, arabe, français")
	fr := messages.In("fr")
	for _, f := range s.Fields {
		if f.Label.String() == "" || f.Help.String() == "" {
			t.Errorf("%s has no label, or no help", f.Name)
		}
		for _, english := range []string{f.Label.String(), f.Help.String()} {
			if strings.Contains(page, english) {
				t.Errorf("a page in French says %q", english)
			}
		}
		if label := fr.Say("%s", f.Label); !strings.Contains(page, label) {
			t.Errorf("%q is not on the page", label)
		}
	}
}

// What a policy does is said in the reader's language, to the second; the words that set it
// stand beside that, to be copied.
func TestPoliciesAreSaidInTheReadersLanguage(t *testing.T) {
	w := newWorld(t)
	p, err := vedette.ParsePolicy("tell after 90s over email; task after 2h30m")
	must(t, err)
	must(t, second(w.desk.SetPolicy(w.ctx, vedette.UrgencyExpected, vedette.RiskHigh, &p, "Ada")))
	page := text(w.ask("GET", "/policies", "", "Accept-Language", "fr").Body.String())
	wants(t, page, "prévenu de nouveau après 5 min, 4 fois, en attendant plus longtemps à chaque fois, jusqu’à 20 min", "prévenu une fois, pas plus",
		"prévenu de nouveau après 90 s, par courriel", "la cellule de veille est priée d’appeler après 150 min", "tell after 1m30s over email; task after 2h30m")
}
