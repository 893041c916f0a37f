package intake

import (
	"encoding/csv"
	"maps"
	"slices"
	"strings"

	"vedette/gazetteer"
)

// ReadPerson reads one person from cells by the names of a people file's
// columns, as ReadPeople reads a row: what may stand in a file may be typed.
// Where they are placed, where they are kept is known without the cells. A
// problem names the cell by its header.
func ReadPerson(g *gazetteer.Gazetteer, cells map[string]string, placed bool) (Row, []Problem, error) {
	text, err := tableOf(cells)
	if err != nil {
		return Row{}, nil, err
	}
	in, err := newReader(g, text)
	if err != nil {
		return Row{}, nil, err
	}
	in.placed = placed
	file, err := in.all()
	if err != nil || len(file.Rows) != 1 {
		return Row{}, file.Problems, err
	}
	return file.Rows[0], file.Problems, nil
}

// ReadSite reads one site from cells by the names of a sites file's columns.
func ReadSite(g *gazetteer.Gazetteer, cells map[string]string) (SiteRow, []Problem, error) {
	text, err := tableOf(cells)
	if err != nil {
		return SiteRow{}, nil, err
	}
	file, err := ReadSites(g, strings.NewReader(text))
	if err != nil || len(file.Rows) != 1 {
		return SiteRow{}, file.Problems, err
	}
	return file.Rows[0], file.Problems, nil
}

// tableOf writes a table of one row. A row whose cells are all blank would be
// none: a last column, which no file has, keeps it one.
func tableOf(cells map[string]string) (string, error) {
	header := slices.Sorted(maps.Keys(cells))
	row := make([]string, len(header))
	for i, name := range header {
		row[i] = strings.ReplaceAll(cells[name], "\x00", "")
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	err := w.WriteAll([][]string{append(header, "typed here"), append(row, "1")})
	return b.String(), err
}
