package tables

// Languages are those that spoken.txt has a column for, in their order.
var Languages = []string{"ar", "es", "fa", "fr", "he", "ru"}

// Spoken is what an area is called in the languages of Languages, "" where that is not
// known.
type Spoken struct {
	ID      string
	English string
	Names   []string
}

// SpokenNames reads spoken.txt.
func SpokenNames() ([]Spoken, error) {
	return read("spoken.txt", func(l line) (Spoken, error) {
		n := 2 + len(Languages)
		cols, err := l.columns(n, n)
		if err != nil {
			return Spoken{}, err
		}
		return Spoken{cols[0], cols[1], cols[2:]}, nil
	})
}
