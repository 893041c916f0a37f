package deliver_test

import (
	"testing"

	"vedette"
	"vedette/deliver"
)

func TestInWhichLanguageSomebodyIsTold(t *testing.T) {
	none, three := vedette.Settings{}, vedette.Settings{Languages: []string{"fr", "en", "he"}}
	for _, c := range []struct {
		set        vedette.Settings
		wish, want string
	}{
		{none, "", "en"}, {none, "nl", "en"}, {none, "fr-CA", "fr"}, {none, "prs", "fa"},
		{three, "", "fr"}, {three, "nl", "fr"}, {three, "ar", "fr"}, {three, "en-GB", "en"}, {three, "iw", "he"}, {three, "EN_us", "en"},
		{vedette.Settings{Languages: []string{"zz", "ar"}}, "es", "en"}, // of a newer Vedette
	} {
		if got := deliver.Language(&c.set, c.wish); got != c.want {
			t.Errorf("%q is told in %s, want %s, of %v", c.wish, got, c.want, c.set.Languages)
		}
	}
}

func TestEnglishIsTheFirstOfTheLanguages(t *testing.T) {
	list := deliver.Tongues()
	if len(list) < 7 || list[0].Name != "English" || !list[0].Reviewed || list[1].Name != "Arabic" {
		t.Errorf("%+v", list)
	}
	if got, ok := deliver.TongueOf("fr-CA"); !ok || got.Tag != "fr" || got.Name != "French" {
		t.Errorf("%+v", got)
	}
	if _, ok := deliver.TongueOf("nl"); ok {
		t.Error("there are words in Dutch")
	}
}
