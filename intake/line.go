package intake

import (
	"strings"

	"vedette"
	"vedette/gazetteer"
)

// ReadTripLine reads one leg or stay from cells by the names of a trips file's
// columns. A problem names the cell by its header.
func ReadTripLine(g *gazetteer.Gazetteer, cells map[string]string) (t vedette.Trip, problems []Problem, err error) {
	cells["traveller"] = "somebody"
	text, err := tableOf(cells)
	if err != nil {
		return t, nil, err
	}
	file, err := ReadTrips(g, strings.NewReader(text))
	if err != nil || len(file.Rows) != 1 {
		return t, file.Problems, err
	}
	return file.Rows[0].Trip, file.Problems, nil
}
