package dump

import (
	"errors"
	"io"
)

// Batches calls fn with the rows to come, some at a time and of one table
// each, in the order of the dump: at most so many rows, and about so many
// bytes of them. fn must not keep them. All is well only when the error is
// nil: what fn was given before may have been altered.
func (d *Reader) Batches(rows, bytes int, fn func(table string, columns []string, rows [][]any) error) error {
	var batch [][]any
	var of Row // the first of the batch
	held := 0
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		err := fn(of.Table, of.Columns, batch)
		batch, held = batch[:0], 0
		return err
	}
	for {
		row, err := d.Next()
		if errors.Is(err, io.EOF) {
			return flush()
		}
		if err != nil {
			return err
		}
		if len(batch) == rows || held >= bytes || of.Table != row.Table {
			if err := flush(); err != nil {
				return err
			}
		}
		if len(batch) == 0 {
			of = row
		}
		batch, held = append(batch, row.Values), held+row.Size
	}
}
