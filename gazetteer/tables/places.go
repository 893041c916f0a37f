package tables

import (
	"strconv"
	"strings"

	"vedette"
)

// Country is a line of countries.txt.
type Country struct {
	Code    string // ISO 3166-1 alpha-2
	Name    string
	Names   []string // other names, codes among them
	Peoples []string // adjectives and demonyms, singular or as written
	Capital int      // GeoNames number, 0 to take the city table's own mark
}

// Countries reads countries.txt.
func Countries() ([]Country, error) {
	return read("countries.txt", func(l line) (c Country, err error) {
		cols, err := l.columns(4, 5)
		if err != nil {
			return c, err
		}
		c = Country{Code: cols[0], Name: cols[1], Names: list(cols[2]), Peoples: list(cols[3])}
		if _, id, ok := strings.Cut(cols[4], "gn:"); ok {
			if c.Capital, err = strconv.Atoi(id); err != nil {
				return c, l.errorf("%q is no GeoNames number", id)
			}
		}
		if len(c.Code) != 2 || c.Name == "" {
			return c, l.errorf("needs a code of two letters and a name")
		}
		return c, nil
	})
}

// Region is a line of regions.txt.
type Region struct {
	Slug       vedette.AreaID
	Name       string
	Names      []string
	Adjectives []string
	Members    []vedette.AreaID // countries, divisions and seas
}

// Regions reads regions.txt.
func Regions() ([]Region, error) {
	return read("regions.txt", func(l line) (r Region, err error) {
		cols, err := l.columns(5, 5)
		if err != nil {
			return r, err
		}
		r = Region{Slug: vedette.AreaID(cols[0]), Name: cols[1], Names: list(cols[2]), Adjectives: list(cols[3])}
		for m := range strings.FieldsSeq(cols[4]) {
			r.Members = append(r.Members, vedette.AreaID(m))
		}
		return r, nil
	})
}

// Sea is an entry of seas.txt.
type Sea struct {
	Slug  vedette.AreaID
	Name  string
	Names []string
	Label vedette.Point
	Ring  []vedette.Point // not closed; the last point joins the first
}

// Seas reads seas.txt.
func Seas() ([]Sea, error) {
	ls, err := lines("seas.txt")
	if err != nil {
		return nil, err
	}
	var seas []Sea
	for _, l := range ls {
		if strings.HasPrefix(l.text, " ") {
			if len(seas) == 0 {
				return nil, l.errorf("points before the first sea")
			}
			if err := seas[len(seas)-1].addPoints(l); err != nil {
				return nil, err
			}
			continue
		}
		cols, err := l.columns(4, 4)
		if err != nil {
			return nil, err
		}
		label, err := lonLat(cols[3])
		if err != nil {
			return nil, l.errorf("%v", err)
		}
		seas = append(seas, Sea{Slug: vedette.AreaID(cols[0]), Name: cols[1], Names: list(cols[2]), Label: label})
	}
	return seas, nil
}

func (s *Sea) addPoints(l line) error {
	for f := range strings.FieldsSeq(l.text) {
		p, err := lonLat(f)
		if err != nil {
			return l.errorf("%v", err)
		}
		s.Ring = append(s.Ring, p)
	}
	return nil
}

// City is a line of spellings.txt.
type City struct {
	Country string   // ISO 3166-1 alpha-2
	Found   string   // the name the city table has
	Name    string   // usual English name, "" to keep Found
	Names   []string // other spellings
}

// Cities reads spellings.txt.
func Cities() ([]City, error) {
	return read("spellings.txt", func(l line) (c City, err error) {
		cols, err := l.columns(3, 3)
		if err != nil {
			return c, err
		}
		country, found, ok := strings.Cut(cols[0], " ")
		if !ok || len(country) != 2 {
			return c, l.errorf("needs a country code and a name")
		}
		return City{country, found, cols[1], list(cols[2])}, nil
	})
}

// Dropped is the code of lines that name pieces to leave out.
const Dropped = "drop"

// Division is a line of divisions.txt.
type Division struct {
	Code   string   // ISO 3166-2, or Dropped
	Name   string   // usual English name
	Names  []string // other spellings
	Pieces []string // Natural Earth's names of its pieces, nil where a rule finds them; "-" for none
	Groups []string // GeoNames' codes of its towns' group, nil where a rule finds them
}

// Divisions reads divisions.txt.
func Divisions() ([]Division, error) {
	return read("divisions.txt", func(l line) (d Division, err error) {
		cols, err := l.columns(2, 5)
		if err != nil {
			return d, err
		}
		d = Division{Code: cols[0], Name: cols[1], Names: list(cols[2]), Pieces: list(cols[3]), Groups: list(cols[4])}
		if len(d.Code) < 4 {
			return d, l.errorf("needs a code")
		}
		return d, nil
	})
}
