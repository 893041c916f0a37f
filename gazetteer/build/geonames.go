package main

import (
	"bufio"
	"cmp"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"vedette"
)

// town is a populated place of GeoNames.
type town struct {
	id       int
	name     string
	ascii    string
	others   []string // alternate names, of any language
	at       vedette.Point
	feature  string // GeoNames feature code: PPLC is a capital, PPLA a division's seat
	country  string
	admin    string // first-level division, GeoNames' code
	people   int
	zone     string
	division string // id of the division it lies in, set by assign
}

// Columns of a GeoNames dump.
const (
	colID = iota
	colName
	colASCII
	colOthers
	colLat
	colLon
	_ // class, always P
	colFeature
	colCountry
	_ // other countries
	colAdmin
	_
	_
	_
	colPeople
	_ // height
	_ // height by model
	colZone
	columns = 19
)

// notTowns are the feature codes of quarters and of places that are no more.
var notTowns = map[string]bool{"PPLX": true, "PPLH": true, "PPLQ": true, "PPLW": true, "PPLCH": true}

// readTowns reads a GeoNames dump, by number.
func readTowns(path string) ([]town, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []town
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		t, err := readTown(lines.Text())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b town) int { return cmp.Compare(a.id, b.id) })
	return out, lines.Err()
}

func readTown(line string) (town, error) {
	f := strings.Split(line, "\t")
	if len(f) != columns {
		return town{}, fmt.Errorf("%.60q has %d columns, not %d", line, len(f), columns)
	}
	t := town{name: f[colName], ascii: f[colASCII], feature: f[colFeature], country: f[colCountry], admin: f[colAdmin], zone: f[colZone]}
	var err [4]error
	t.id, err[0] = strconv.Atoi(f[colID])
	t.at.Lat, err[1] = strconv.ParseFloat(f[colLat], 64)
	t.at.Lon, err[2] = strconv.ParseFloat(f[colLon], 64)
	t.people, err[3] = strconv.Atoi(cmp.Or(f[colPeople], "0"))
	if t.zone == "Asia/Urumqi" {
		t.zone = "Asia/Shanghai" // the legal time of all China, which clocks in reports keep
	}
	if f[colOthers] != "" {
		t.others = strings.Split(f[colOthers], ",")
	}
	return t, cmp.Or(err[0], err[1], err[2], err[3])
}
