package store

import "strings"

// FiledColumns gives, for each table that the file of a person tells of, the columns that
// somebody decided about.
func FiledColumns() map[string][]string {
	out := map[string][]string{}
	for _, in := range inFile {
		out[in.table] = strings.Fields(in.left)
		for _, c := range in.columns {
			out[in.table] = append(out[in.table], c.name)
		}
	}
	return out
}
