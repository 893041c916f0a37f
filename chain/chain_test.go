package chain

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"vedette"
)

const org = vedette.ID("01J0000000000000000000000A")

type row struct {
	vedette.LogEntry
	sum []byte
}

// made is a log of n rows, the first untied of which are from before there were sums.
func made(n, untied int) []row {
	rows, sum := make([]row, n), Begin(org)
	for i := range rows {
		e := vedette.LogEntry{Seq: int64(i + 1), Kind: vedette.LogUpdate, Ref: fmt.Sprint("thing", i), Verb: "published",
			At: time.Date(2026, 2, 6, 6, i, 0, 0, time.UTC), By: vedette.Actor{Via: vedette.ViaPortal, Name: "Ada"}}
		sum = Next(sum, &e)
		rows[i] = row{e, sum}
		if i < untied {
			rows[i].sum = nil
		}
	}
	return rows
}

// again makes all sums from a row on anew, as whoever can write the database would.
func again(rows []row, from int) {
	sum := Begin(org)
	if from > 0 {
		sum = rows[from-1].sum
	}
	for i := from; i < len(rows); i++ {
		sum = Next(sum, &rows[i].LogEntry)
		rows[i].sum = sum
	}
}

func found(rows []row, last int64, known ...Head) string {
	c := NewCheck(org)
	for _, h := range known {
		c.Expect(h, "were rewritten")
	}
	for i := range rows {
		c.Add(&rows[i].LogEntry, rows[i].sum)
	}
	_, faults, more := c.End(last)
	var list []string
	for _, f := range faults {
		list = append(list, f.String())
	}
	if more > 0 {
		list = append(list, fmt.Sprint(more, " more"))
	}
	return strings.Join(list, "; ")
}

func TestWhatIsWrongWithALogIsNamed(t *testing.T) {
	head := func(rows []row, i int) Head { return Head{rows[i].Seq, rows[i].sum} }
	sound := made(9, 0)
	for _, c := range []struct {
		name, want string
		untied     int
		do         func(rows []row) []row
		known      []Head
	}{
		{"sound", "", 0, func(r []row) []row { return r }, []Head{head(sound, 3), head(sound, 8)}},
		{"sound, with rows from before there were sums", "", 4, func(r []row) []row { return r }, nil},
		{"a verb changed", "row 4 was changed", 0, func(r []row) []row { r[3].Verb = "stopped"; return r }, nil},
		{"a moment changed", "row 4 was changed", 0, func(r []row) []row { r[3].At = r[3].At.Add(time.Microsecond); return r }, nil},
		{"who changed", "row 4 was changed", 0, func(r []row) []row { r[3].By.Name = "Eve"; return r }, nil},
		{"two fields shifted into each other", "row 4 was changed", 0, func(r []row) []row { r[3].Ref, r[3].Verb = "thing3p", "ublished"; return r }, nil},
		{"changed with its sum", "row 5 was changed, or put there, or the one before", 0, func(r []row) []row { r[3].Verb = "stopped"; again(r[:4], 3); return r }, nil},
		{"one from before changed", "row 5 does not fit: it, or one before it, was changed", 4, func(r []row) []row { r[1].Verb = "stopped"; return r }, nil},
		{"one gone", "row 4 missing", 0, func(r []row) []row { return slices.Delete(r, 3, 4) }, nil},
		{"three gone", "rows 4 to 6 missing", 0, func(r []row) []row { return slices.Delete(r, 3, 6) }, nil},
		{"the last gone", "rows 8 to 9 missing at the end", 0, func(r []row) []row { return r[:7] }, nil},
		{"all gone", "rows 1 to 9 missing at the end", 0, func(r []row) []row { return nil }, nil},
		{"a sum gone", "row 4 has lost its sum", 0, func(r []row) []row { r[3].sum = nil; return r }, nil},
		{"rewritten from a row on", "rows 3 to 8 were rewritten", 0, func(r []row) []row { r[5].Verb = "stopped"; again(r, 5); return r }, []Head{head(sound, 1), head(sound, 7)}},
		{"one gone and all after it moved up", "rows 3 to 6 were rewritten; row 9 missing at the end", 0, func(r []row) []row {
			r = slices.Delete(r, 3, 4)
			for i := range r {
				r[i].Seq = int64(i + 1)
			}
			again(r, 3)
			return r
		}, []Head{head(sound, 1), head(sound, 5)}},
		{"rewritten past the last seal", "", 0, func(r []row) []row { r[8].Verb = "stopped"; again(r, 8); return r }, []Head{head(sound, 1), head(sound, 7)}},
	} {
		rows := c.do(made(9, c.untied))
		if got := found(rows, 9, c.known...); !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if got := found(sound[:7], 7, head(sound, 8)); got != "rows 8 to 9 missing at the end" {
		t.Errorf("cut off, and its number with it, but a seal is left: %q", got)
	}
}

func TestManyFaultsAreCounted(t *testing.T) {
	rows := made(500, 0)
	for i := range rows {
		rows[i].sum = Begin("other")
	}
	if got := found(rows, 500); !strings.HasSuffix(got, "; 400 more") {
		t.Error(got[len(got)-30:])
	}
}

func TestTwoOrganisationsBeginApart(t *testing.T) {
	if string(Begin(org)) == string(Begin("01J0000000000000000000000B")) {
		t.Error("two organisations begin with one sum")
	}
}

func FuzzParseHead(f *testing.F) {
	f.Add(Head{7, Begin(org)}.String())
	f.Add("7:")
	f.Add("-1:00")
	f.Fuzz(func(t *testing.T, s string) {
		h, err := ParseHead(s)
		if err != nil {
			return
		}
		if back, err := ParseHead(h.String()); err != nil || back.String() != h.String() {
			t.Errorf("%q is read back as %v, %v", s, back, err)
		}
	})
}
