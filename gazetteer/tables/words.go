package tables

import "strings"

// Stop is stop.txt: names that are not looked for in running text.
type Stop struct {
	Cities    []string // that are words or people's names: a mention is slight
	Countries []string // never looked for under this name
	Divisions []string // looked for under this name only with the word for their sort
}

// Stops reads stop.txt.
func Stops() (Stop, error) {
	ls, err := lines("stop.txt")
	var s Stop
	for _, l := range ls {
		if rest, ok := strings.CutPrefix(l.text, "country "); ok {
			s.Countries = append(s.Countries, list(rest)...)
			continue
		}
		if rest, ok := strings.CutPrefix(l.text, "division "); ok {
			s.Divisions = append(s.Divisions, list(rest)...)
			continue
		}
		s.Cities = append(s.Cities, list(l.text)...)
	}
	return s, err
}

// Phrases reads phrases.txt: phrases that hold a place's name and are none.
func Phrases() ([]string, error) {
	ls, err := lines("phrases.txt")
	var out []string
	for _, l := range ls {
		out = append(out, list(l.text)...)
	}
	return out, err
}

// People is given.txt: names of people, to tell them from places.
type People struct {
	Given     []string // before a place's name: it is a surname
	Family    []string // after a name of AlsoGiven: it is a person
	AlsoGiven []string

	Titles       []string // "President": two names after it are a person's
	Institutions []string // but not where the second is one of these
}

// PeopleNames reads given.txt.
func PeopleNames() (People, error) {
	ls, err := lines("given.txt")
	var p People
	for _, l := range ls {
		kind, rest, _ := strings.Cut(l.text, " ")
		switch kind {
		case "given":
			p.Given = append(p.Given, list(rest)...)
		case "family":
			p.Family = append(p.Family, list(rest)...)
		case "also-given":
			p.AlsoGiven = append(p.AlsoGiven, list(rest)...)
		case "title":
			p.Titles = append(p.Titles, list(rest)...)
		case "institution":
			p.Institutions = append(p.Institutions, list(rest)...)
		default:
			return p, l.errorf("begins with none of given, family, also-given, title, institution")
		}
	}
	return p, err
}
