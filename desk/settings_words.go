package desk

import (
	"slices"
	"strings"

	"vedette"
	"vedette/deliver"
	"vedette/intake"
	"vedette/wording"
)

// languagesSetting is in which languages people are written to.
func (d *Desk) languagesSetting() settingOf {
	return settingOf{"languages", wording.Of("The languages that people are written to, texted and called in"), wording.Said{},
		wording.Of("Parted by a semicolon. The first is for whoever has none in their record, or one that is not among these. Empty is all that Vedette has words in, and English for everybody else. It has words in %s", tongues()),
		languageWords,
		func(s *vedette.Settings, text string) (err error) {
			s.Languages, err = d.LanguagesFrom(strings.Split(text, ";"))
			return err
		}}
}

// tongues says in which languages there are words, and which nobody has read yet.
func tongues() wording.Said {
	var all, unread []wording.Said
	for _, t := range deliver.Tongues() {
		if all = append(all, wording.Word(t.Name)); !t.Reviewed {
			unread = append(unread, wording.Word(t.Name))
		}
	}
	if len(unread) == 0 {
		return inList(all)
	}
	return wording.Of("%s; those in %s are not all reviewed by somebody who speaks it", inList(all), inList(unread))
}

// inList says one after the other: "a, b and c".
func inList(words []wording.Said) (list wording.Said) {
	for i, w := range words {
		if i > 0 && i == len(words)-1 {
			return wording.Of("%s and %s##in a list", list, w)
		}
		list = list.And(w)
	}
	return list
}

func languageWords(s *vedette.Settings) string {
	out := make([]string, len(s.Languages))
	for i, l := range s.Languages {
		out[i] = l // of a copy from a newer Vedette, perhaps
		if t, ok := deliver.TongueOf(l); ok {
			out[i] = t.Name
		}
	}
	return strings.Join(out, "; ")
}

// LanguageWords says in which languages people are told, on a line.
func (d *Desk) LanguageWords(s *vedette.Settings) string {
	if len(s.Languages) == 0 {
		return "all that Vedette has words in, and English for everybody else"
	}
	return languageWords(s) + "; the first where somebody has none of these"
}

// LanguagesFrom reads languages as settings keep them, by name or tag: "French", "fr-CA".
// One that Vedette has no words in is CodeInvalid.
func (d *Desk) LanguagesFrom(list []string) (out []string, err error) {
	for _, name := range list {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		tag, reason := intake.ReadLanguage(d.Gaz, name)
		if reason != nil {
			return nil, vedette.Errorf(vedette.CodeInvalid, "%q %s", name, reason)
		}
		t, ok := deliver.TongueOf(tag)
		if !ok {
			return nil, noWords(name)
		}
		if !slices.Contains(out, t.Tag) {
			out = append(out, t.Tag)
		}
	}
	return out, nil
}

func noWords(language string) error {
	return vedette.Errorf(vedette.CodeInvalid, "Vedette has no words in %q yet, so nobody could be written to in it; it has them in %s", language, tongues())
}

// scaleSetting is on which scale the words of likelihood of a report are read.
var scaleSetting = settingOf{"scale", wording.Of("The scale that words like “likely” are read on, in reports that come in"), wording.Said{},
	wording.Of("icd203 (US) or phia (UK). A draft or update that was read stays as it was read"),
	func(s *vedette.Settings) string {
		if s.Scale == "" {
			return string(vedette.ScaleICD203)
		}
		return string(s.Scale)
	},
	func(s *vedette.Settings, text string) (err error) {
		s.Scale, err = vedette.ParseScale(text)
		return err
	}}
