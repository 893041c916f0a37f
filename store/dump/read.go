package dump

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"maps"
	"regexp"

	"vedette"
)

// maxLine bounds a line, in bytes.
const maxLine = 64 << 20

// Reader reads a dump. Its bytes are foreign: whatever they are, it gives
// rows or an error that is invalid. Only its end tells that nothing was
// altered.
type Reader struct {
	Header Header
	in     *bufio.Reader
	sum    hash.Hash
	table  table
	rows   map[string]int
}

// Row is a row of a dump. The columns have names of letters and underscores
// alone.
type Row struct {
	Table   string
	Columns []string
	Values  []any // int64, float64, string, []byte or nil
	Size    int   // about so many bytes
}

// Bad is the error of a dump that cannot be used. It is never io.EOF, which
// is the good end.
func Bad(err error, why string) error {
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return vedette.Wrap(err, vedette.CodeInvalid, "the backup cannot be used: %s; take another one", why)
}

// Why a dump cannot be used.
const (
	NoBackup = "it is no backup of Vedette"
	CutShort = "it is cut short or damaged"
	Damaged  = "it is damaged"
	Altered  = "it was altered or is damaged"
)

// NewReader reads as far as the header.
func NewReader(r io.Reader) (*Reader, error) {
	zip, err := gzip.NewReader(r)
	if err != nil {
		return nil, Bad(err, NoBackup)
	}
	d := &Reader{in: bufio.NewReaderSize(zip, 1<<16), sum: sha256.New(), rows: map[string]int{}}
	line, err := d.line()
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(line, &d.Header); err != nil || d.Header.Format != format {
		return nil, Bad(errors.Join(err, errors.New("unknown header")), NoBackup)
	}
	d.sum.Write(line)
	return d, nil
}

// Rows gives the number of rows read so far, by table.
func (d *Reader) Rows() map[string]int { return d.rows }

// Next gives the next row, io.EOF after the last when all sums agree.
func (d *Reader) Next() (Row, error) {
	for {
		line, err := d.line()
		if err != nil {
			return Row{}, err
		}
		if line[0] == '[' && d.table.Table != "" {
			values, err := parseRow(line, len(d.table.Columns))
			d.sum.Write(line)
			d.rows[d.table.Table]++
			return Row{d.table.Table, d.table.Columns, values, len(line)}, err
		}
		var head struct {
			table
			trailer
		}
		if err := json.Unmarshal(line, &head); err != nil {
			return Row{}, Bad(err, Damaged)
		}
		if head.SHA256 != "" {
			return Row{}, d.end(head.trailer)
		}
		d.sum.Write(line)
		if err := head.check(); err != nil {
			return Row{}, err
		}
		d.table = head.table
	}
}

var name = regexp.MustCompile(`^[a-z_]{1,40}$`)

// check keeps crooked names out of any SQL.
func (t *table) check() error {
	for _, n := range append([]string{t.Table}, t.Columns...) {
		if !name.MatchString(n) {
			return Bad(errors.New("crooked name"), Damaged)
		}
	}
	return nil
}

// line reads a line with its end.
func (d *Reader) line() ([]byte, error) {
	var line []byte
	for {
		part, err := d.in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case err == nil:
			return line, nil
		case len(line) > maxLine:
			return nil, Bad(errors.New("line too long"), Damaged)
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, Bad(errors.Join(err, errors.New("no trailer")), CutShort)
		}
	}
}

func parseRow(line []byte, columns int) ([]any, error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(line, &raw); err != nil || len(raw) != columns {
		return nil, Bad(errors.Join(err, errors.New("broken row")), Damaged)
	}
	row := make([]any, columns)
	for i, v := range raw {
		var err error
		switch v = bytes.TrimSpace(v); v[0] {
		case '{':
			var b blob
			err = json.Unmarshal(v, &b)
			row[i] = append([]byte{}, b.B...)
		case '"':
			var s string
			err = json.Unmarshal(v, &s)
			row[i] = s
		case 'n':
		default:
			row[i], err = number(v)
		}
		if err != nil {
			return nil, Bad(err, Damaged)
		}
	}
	return row, nil
}

// end compares what was read with the trailer.
func (d *Reader) end(t trailer) error {
	if hex.EncodeToString(d.sum.Sum(nil)) != t.SHA256 || !maps.Equal(d.rows, t.Rows) {
		return Bad(errors.New("the sums differ"), Altered)
	}
	if _, err := d.in.ReadByte(); !errors.Is(err, io.EOF) {
		return Bad(errors.Join(err, errors.New("it goes on after its end")), Altered)
	}
	return io.EOF
}
