package main

import (
	"fmt"
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

// readNames reads the English country names of CLDR, the alternatives
// ("-alt-short", "-alt-variant") after the usual one.
func readNames(modules string) (map[string][]string, error) {
	path := filepath.Join(modules, "cldr-localenames-full/main/en/territories.json")
	var file struct {
		Main struct {
			En struct {
				LocaleDisplayNames struct {
					Territories map[string]string `json:"territories"`
				} `json:"localeDisplayNames"`
			} `json:"en"`
		} `json:"main"`
	}
	if err := readJSON(path, &file); err != nil {
		return nil, err
	}
	names := map[string][]string{}
	for _, suffix := range []string{"", "-alt-short", "-alt-variant"} {
		for key, name := range file.Main.En.LocaleDisplayNames.Territories {
			two, ok := strings.CutSuffix(key, suffix)
			if ok && len(two) == 2 {
				names[two] = append(names[two], name)
			}
		}
	}
	return names, nil
}
