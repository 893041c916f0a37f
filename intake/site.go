package intake

import (
	"io"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/intake/address"
	"vedette/intake/place"
	"vedette/intake/sheet"
)

// SiteRow is one site as the file gives it.
type SiteRow struct {
	Line int // where the row begins in the file, from 1
	Site vedette.Site
}

// Sites is what a file of sites holds.
type Sites struct {
	Rows     []SiteRow         // the rows without a problem, in the order of the file
	Problems []Problem         // by line
	Ignored  []string          // headers of columns that were not used
	Columns  map[string]string // header → what it was used for
}

// The fields of a sites file.
const (
	siteName sheet.Field = iota
	siteExternal
	sitePhone
	siteCountry
	siteDivision
	siteCity
	siteLat
	siteLon
	sitePoint
)

var siteHeadings = sheet.NewHeadings([]sheet.Heads{
	siteName: {Field: "name", Names: `site name; name; site; office name; office; facility; facility name; workplace; branch; building; camp; nom du site; nom; bureau; standort; name des standorts;
		niederlassung; büro; nombre del sitio; nombre; sede; oficina; sucursal`},
	siteExternal: {Field: "code", Names: `site code; site id; site number; code; id; external id; office code; office id; facility code; facility id; location code; location id; cost centre; cost center;
		code du site; code site; numéro du site; standortcode; standortnummer; standortkürzel; código; código de sede; código del sitio`},
	sitePhone: {Field: "phone", Names: `landline; phone; telephone; phone number; telephone number; tel; main phone; switchboard; site phone; office phone; reception; téléphone; téléphone fixe; standard;
		telefon; festnetz; telefonnummer; zentrale; teléfono; teléfono fijo; centralita`},
	siteCountry:  {Field: "country", Names: place.CountryNames},
	siteDivision: {Field: "state or province", Names: place.DivisionNames},
	siteCity:     {Field: "city", Names: place.CityNames},
	siteLat:      {Field: "latitude", Names: place.LatNames},
	siteLon:      {Field: "longitude", Names: place.LonNames},
	sitePoint:    {Field: "latitude, longitude", Names: place.PointNames},
})

// ReadSites reads a table of sites: a header line, then a site a line, with
// its name, where it is, and maybe the organisation's code for it and a
// landline. Rows with a problem are not in Rows. Errors are as of ReadPeople.
func ReadSites(g *gazetteer.Gazetteer, r io.Reader) (Sites, error) {
	text, err := sheet.Text(r)
	if err != nil {
		return Sites{}, err
	}
	table, err := openSites(text)
	if err != nil {
		return Sites{}, err
	}
	in := &siteReader{Reader: table, places: place.New(g), names: map[string]int{}, codes: map[string]int{}}
	for {
		more, err := in.Next()
		if err != nil {
			return Sites{}, err
		}
		if !more {
			return Sites{Rows: in.rows, Problems: in.Problems, Ignored: in.Ignored, Columns: in.Used}, nil
		}
		in.read()
	}
}

func openSites(text string) (*sheet.Reader, error) {
	in, err := sheet.NewReader(text, siteHeadings)
	if err != nil {
		return nil, err
	}
	if !in.Has(siteName) {
		return nil, vedette.Errorf(vedette.CodeInvalid, "line %d: no column for a site's name among %s: the first line must hold the headers (name, code, country, city, phone …)",
			in.Table.Line, in.Header())
	}
	return in, nil
}

// siteReader is one file of sites being read.
type siteReader struct {
	*sheet.Reader
	places       *place.Book
	names, codes map[string]int // the line that has one first
	rows         []SiteRow
}

func (in *siteReader) read() {
	row := SiteRow{Line: in.Line()}
	name := in.Cell(siteName)
	if row.Site.Name = in.unique(name, in.names); name.Value == "" {
		in.Missing(name, "the name is missing")
	}
	code := in.Cell(siteExternal)
	if sheet.Shortened(code.Value) {
		in.Problem(code, "was shortened by a spreadsheet: format the column as text and write all digits")
	} else if sheet.Longer(code.Value, sheet.MaxName) {
		in.Problem(code, "is too long for a site's code: at most %d characters", sheet.MaxName)
	} else {
		row.Site.External = in.unique(code, in.codes)
	}
	if c := in.Cell(sitePhone); c.Value != "" {
		row.Site.Phone = in.Told(c, address.Phone)
	}
	where := place.Cells{Country: in.Cell(siteCountry), Division: in.Cell(siteDivision), City: in.Cell(siteCity), Lat: in.Cell(siteLat), Lon: in.Cell(siteLon), Point: in.Cell(sitePoint)}
	if area, point, ok := in.places.Read(in.Reader, &where); ok {
		row.Site.Area, row.Site.Point = area, point
		if area == "" && !in.Said(where.Country) && !in.Said(where.City) {
			in.Problem(sheet.Cell{}, "where is this site? give a country, a city or a point")
		}
	}
	if !in.Bad() {
		in.rows = append(in.rows, row)
	}
}

// unique gives a cell's value, unless another line has it.
func (in *siteReader) unique(c sheet.Cell, seen map[string]int) string {
	if c.Value == "" {
		return ""
	}
	key := strings.ToLower(c.Value)
	if first, ok := seen[key]; ok {
		in.Problem(c, "stands in line %d already: give each site its own, once", first)
		return ""
	}
	seen[key] = in.Line()
	return c.Value
}
