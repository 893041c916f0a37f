package main

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/gazetteer/tables"
)

// spoken writes what countries and the towns that time zones are named for are called in
// the languages of the portal's pages, of CLDR: a line an area, its columns parted by tabs.
// The towns are those of the gazetteer as it was built last.
func spoken(f folders) error {
	names := map[vedette.AreaID][]string{}
	for i, l := range tables.Languages {
		if err := speakCountries(f.modules, l, func(id vedette.AreaID, name string) { put(names, id, i, name) }); err != nil {
			return err
		}
		if err := speakTowns(f.modules, l, func(id vedette.AreaID, name string) { put(names, id, i, name) }); err != nil {
			return err
		}
	}
	var lines []string
	for id, in := range names {
		lines = append(lines, string(id)+"\t"+strings.Join(in, "\t")+"\n")
	}
	slices.Sort(lines)
	fmt.Printf("%d areas have names in %s\n", len(lines), strings.Join(tables.Languages, ", "))
	return save(f.out, map[string][]byte{"spoken.txt.gz": []byte(strings.Join(lines, ""))})
}

func put(names map[vedette.AreaID][]string, id vedette.AreaID, language int, name string) {
	if names[id] == nil {
		names[id] = make([]string, len(tables.Languages))
	}
	names[id][language] = name
}

// usual are the countries of which CLDR's first name is no name that people use.
var usual = map[string]string{"HK": "-alt-short", "MO": "-alt-short", "CD": "-alt-variant", "CG": "-alt-variant"}

func speakCountries(modules, language string, say func(vedette.AreaID, string)) error {
	all, err := territories(modules, language)
	if err != nil {
		return err
	}
	for _, c := range gazetteer.Default().Countries() {
		if name := cmp.Or(all[string(c.ID)+usual[string(c.ID)]], all[string(c.ID)]); name != "" {
			say(c.ID, name)
		}
	}
	return nil
}

// zones are what a language calls the towns of time zones, by the zones' names.
func zones(modules, language string) (map[string]string, error) {
	var file struct {
		Main map[string]struct {
			Dates struct {
				TimeZoneNames struct {
					Zone map[string]any `json:"zone"`
				} `json:"timeZoneNames"`
			} `json:"dates"`
		} `json:"main"`
	}
	err := readJSON(filepath.Join(modules, "cldr-dates-full/main", language, "timeZoneNames.json"), &file)
	out := map[string]string{}
	walk(file.Main[language].Dates.TimeZoneNames.Zone, "", out)
	return out, err
}

func walk(zone map[string]any, path string, out map[string]string) {
	for name, in := range zone {
		switch in := in.(type) {
		case map[string]any:
			walk(in, strings.TrimPrefix(path+"/"+name, "/"), out)
		case string:
			if name == "exemplarCity" {
				out[path] = in
			}
		}
	}
}

func speakTowns(modules, language string, say func(vedette.AreaID, string)) error {
	english, err := zones(modules, "en")
	if err != nil {
		return err
	}
	theirs, err := zones(modules, language)
	if err != nil {
		return err
	}
	for _, zone := range slices.Sorted(maps.Keys(theirs)) {
		called := cmp.Or(english[zone], strings.ReplaceAll(zone[strings.LastIndexByte(zone, '/')+1:], "_", " "))
		if id := townOf(called, zone); id != "" {
			say(id, theirs[zone])
		}
	}
	return nil
}

// townOf is the largest town of a name that keeps the zone named for it, else the capital
// of that name: of zones that were renamed CLDR has the old name.
func townOf(name, zone string) vedette.AreaID {
	g := gazetteer.Default()
	var best vedette.Area
	for _, a := range g.Named(name) {
		_, capital := g.IsCapital(a.ID)
		if a.Kind == vedette.AreaCity && (capital || slices.Contains(a.Zones, zone)) && (best.ID == "" || a.People > best.People) {
			best = a
		}
	}
	return best.ID
}
