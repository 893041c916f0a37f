package store

import (
	"context"
	"database/sql"
	"strings"

	"vedette/store/ground"
)

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

// Plans are how SQLite looks for a few updates among many.
func (o *Org) Plans(ctx context.Context, t interface{ Fatal(...any) }) map[string]string {
	out := map[string]string{}
	for name, q := range map[string]struct {
		where string
		args  []any
	}{
		"those of keys":        {byKeys, []any{o.org, ground.List([]int64{1, 2})}},
		"those of a situation": {ofSituation, []any{o.org, "x"}},
		"the last of one":      {ofThread, []any{o.org, int64(1), int64(1), int64(1), int64(1)}},
	} {
		err := o.s.read(ctx, "asking for a plan", func(t *tx) error {
			return t.Each(func(r *sql.Rows) error {
				var no, of, unused int
				var step string
				err := r.Scan(&no, &of, &unused, &step)
				out[name] += step + "; "
				return err
			}, `EXPLAIN QUERY PLAN `+updateSelect+q.where, q.args...)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}
