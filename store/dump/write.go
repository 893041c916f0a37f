package dump

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
)

// Writer writes a dump.
type Writer struct {
	zip   *gzip.Writer
	out   *bufio.Writer
	sum   hash.Hash
	table string
	rows  map[string]int
}

// NewWriter begins a dump with its header.
func NewWriter(w io.Writer, h Header) (*Writer, error) {
	zip := gzip.NewWriter(w)
	d := &Writer{zip: zip, out: bufio.NewWriterSize(zip, 1<<16), sum: sha256.New(), rows: map[string]int{}}
	h.Format = format
	return d, d.line(h)
}

// Table begins a table; its rows follow.
func (d *Writer) Table(name string, columns []string) error {
	d.table = name
	return d.line(table{name, columns})
}

// Row writes a row: int64, float64, string, []byte or nil for each column.
func (d *Writer) Row(values []any) error {
	for i, v := range values {
		if b, ok := v.([]byte); ok {
			values[i] = blob{b}
		}
	}
	d.rows[d.table]++
	return d.line(values)
}

// Close ends the dump and gives the number of rows by table; it leaves the
// writer beneath open.
func (d *Writer) Close() (map[string]int, error) {
	err := d.line(trailer{d.rows, hex.EncodeToString(d.sum.Sum(nil))})
	return d.rows, errors.Join(err, d.out.Flush(), d.zip.Close())
}

func (d *Writer) line(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	b = append(b, '\n')
	d.sum.Write(b)
	_, err = d.out.Write(b)
	return err
}
