package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"vedette/gazetteer/tables"
)

// codes are a country's other codes by alpha-2, and back; of the codes in use,
// not of those withdrawn.
type codes struct {
	alpha3  map[string]string
	numeric map[string]string
	alpha2  map[string]string // by numeric
}

func readCodes(path string) (codes, error) {
	c := codes{map[string]string{}, map[string]string{}, map[string]string{}}
	var file struct {
		Supplemental struct {
			CodeMappings map[string]struct {
				Alpha3  string `json:"_alpha3"`
				Numeric string `json:"_numeric"`
			} `json:"codeMappings"`
		} `json:"supplemental"`
	}
	if err := readJSON(path, &file); err != nil {
		return c, err
	}
	countries, err := tables.Countries()
	if err != nil {
		return c, err
	}
	for _, country := range countries {
		two := country.Code
		m := file.Supplemental.CodeMappings[two]
		c.alpha3[two], c.numeric[two] = m.Alpha3, m.Numeric
		if m.Numeric != "" {
			c.alpha2[m.Numeric] = two
		}
	}
	if len(c.alpha2) < 240 {
		return c, fmt.Errorf("%s: only %d codes", path, len(c.alpha2))
	}
	return c, nil
}

// languages are those whose country names are kept beside the English ones.
var languages = []string{"ar", "he", "fa", "fr", "es", "ru", "uk", "tr", "zh"}

// readNames reads the country names of CLDR, English ones and those of other
// languages, the alternatives ("-alt-short", "-alt-variant") after the usual
// one.
func readNames(modules string) (english, foreign map[string][]string, err error) {
	if english, err = readLanguage(modules, "en"); err != nil {
		return nil, nil, err
	}
	foreign = map[string][]string{}
	for _, l := range languages {
		names, err := readLanguage(modules, l)
		if err != nil {
			return nil, nil, err
		}
		for two, list := range names {
			foreign[two] = append(foreign[two], list...)
		}
	}
	return english, foreign, nil
}

// territories are the names of countries in a language, by CLDR's codes.
func territories(modules, language string) (map[string]string, error) {
	path := filepath.Join(modules, "cldr-localenames-full/main", language, "territories.json")
	var file struct {
		Main map[string]struct {
			LocaleDisplayNames struct {
				Territories map[string]string `json:"territories"`
			} `json:"localeDisplayNames"`
		} `json:"main"`
	}
	if err := readJSON(path, &file); err != nil {
		return nil, err
	}
	return file.Main[language].LocaleDisplayNames.Territories, nil
}

func readLanguage(modules, language string) (map[string][]string, error) {
	all, err := territories(modules, language)
	if err != nil {
		return nil, err
	}
	names := map[string][]string{}
	for _, suffix := range []string{"", "-alt-short", "-alt-variant"} {
		for key, name := range all {
			two, ok := strings.CutSuffix(key, suffix)
			if ok && len(two) == 2 {
				names[two] = append(names[two], name)
			}
		}
	}
	return names, nil
}

// readWords reads a list of words, one a line, and gives those that are
// written small.
func readWords(path string) (map[string]bool, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for w := range strings.FieldsSeq(string(b)) {
		if w == strings.ToLower(w) && !strings.Contains(w, "'") {
			out[w] = true
		}
	}
	if len(out) < 40_000 {
		return nil, fmt.Errorf("%s: only %d words", path, len(out))
	}
	return out, nil
}
