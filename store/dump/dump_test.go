package dump_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vedette"
	"vedette/store/dump"
)

func write(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := dump.NewWriter(&b, dump.Header{Schema: 1, Engine: "sqlite", Installation: "x", KeyCheck: []byte{1}})
	for _, step := range []func() error{
		func() error { return w.Table("first", []string{"a", "b", "c", "d", "e"}) },
		func() error { return w.Row([]any{int64(1 << 60), 1.5, "text\n\u2028\"", []byte{0, 255}, nil}) },
		func() error { return w.Row([]any{int64(-1), 0.25, "", []byte{}, []byte(nil)}) },
		func() error { return w.Table("second", []string{"a"}) },
		func() error { return w.Row([]any{int64(7)}) },
		func() error { _, err := w.Close(); return err },
	} {
		if err == nil {
			err = step()
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read gives the rows up to the end or the error.
func read(b []byte) (rows []dump.Row, err error) {
	r, err := dump.NewReader(bytes.NewReader(b))
	for err == nil {
		var row dump.Row
		if row, err = r.Next(); err == nil {
			row.Size = 0
			rows = append(rows, row)
		}
	}
	return rows, err
}

func TestRoundTrip(t *testing.T) {
	rows, err := read(write(t))
	if !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	cols := []string{"a", "b", "c", "d", "e"}
	want := []dump.Row{
		{Table: "first", Columns: cols, Values: []any{int64(1 << 60), 1.5, "text\n\u2028\"", []byte{0, 255}, nil}},
		{Table: "first", Columns: cols, Values: []any{int64(-1), 0.25, "", []byte{}, []byte{}}},
		{Table: "second", Columns: []string{"a"}, Values: []any{int64(7)}},
	}
	if d := cmp.Diff(want, rows); d != "" {
		t.Error(d)
	}
}

func TestEveryCutIsSeen(t *testing.T) {
	whole := write(t)
	for n := range whole {
		if _, err := read(whole[:n]); vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Fatalf("cut at %d: %v", n, err)
		}
	}
}

// FuzzReader holds that any bytes give rows, an end, or an error that is
// invalid.
func FuzzReader(f *testing.F) {
	f.Add(write(f))
	f.Add([]byte("hello"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := read(b); !errors.Is(err, io.EOF) && vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("%v", err)
		}
	})
}
