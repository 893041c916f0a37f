package web

import "testing"

// What says the same is not written again; what says something else is, under whatever key.
func TestWhatIsTheSameIsNotWrittenAgain(t *testing.T) {
	var k written
	wrote := 0
	give := func(key string, names ...string) string {
		got, err := k.give(key, peopleTable{Rows: []personLineOf{{Name: "Ali", Where: asItIs(names[0])}}}, func() ([]byte, error) {
			wrote++
			return []byte(names[0]), nil
		})
		must(t, err)
		return string(got)
	}
	for i, c := range []struct {
		key, name string
		wrote     int
	}{{"a", "one", 1}, {"a", "one", 1}, {"a", "two", 2}, {"b", "two", 3}, {"a", "two", 3}, {"a", "one", 4}} {
		if got := give(c.key, c.name); got != c.name || wrote != c.wrote {
			t.Errorf("%d: %q, written %d times; want %q, %d", i, got, wrote, c.name, c.wrote)
		}
	}
	for i := range mostWritten + 5 {
		give(string(rune('A'+i)), "x")
	}
	if len(k.of) > mostWritten {
		t.Errorf("%d parts are kept", len(k.of))
	}
}
