package intake

import (
	"strings"

	"vedette"
	"vedette/intake/sheet"
)

// maxDependants is how many may go with a person.
const maxDependants = 20

// dependants puts together who goes with a person, from the columns that say:
// names with relations ("Ana (spouse); Leo (son)"), numbers ("spouse; 2
// children"), one column a relation, one column a child.
func dependants(in *sheet.Reader) []vedette.Dependant {
	var all []vedette.Dependant
	for _, f := range []struct {
		field    sheet.Field
		relation string
	}{{fieldSpouse, "spouse"}, {fieldChildren, "child"}, {fieldDependants, ""}} {
		for _, c := range in.Cells(f.field) {
			some, reason := readDependants(c.Value, f.relation)
			if reason != nil {
				in.Refuse(c, reason)
			}
			all = append(all, some...)
		}
	}
	if c := in.Cell(fieldDependantCount); c.Value != "" {
		n, ok := number(c.Value)
		switch {
		case !ok || n > maxDependants:
			in.Problem(c, "is no number of dependants: write a number up to %d", maxDependants)
		case n < len(all):
			in.Problem(c, "is fewer than the %d that the row names: mend one of them", len(all))
		default:
			all = append(all, make([]vedette.Dependant, n-len(all))...)
		}
	}
	if len(all) > maxDependants {
		in.Problem(sheet.Cell{}, "this row has %d dependants: at most %d can be kept", len(all), maxDependants)
		return nil
	}
	return all
}

// readDependants reads one cell. The relation is what its column says of all
// in it, "" where it says nothing.
func readDependants(s, relation string) ([]vedette.Dependant, error) {
	if no, known := sheet.YesNo[sheet.Fold(s)]; known && (!no || relation == "spouse") && s != "1" {
		if no {
			return []vedette.Dependant{{Relation: relation}}, nil
		}
		return nil, nil
	}
	if nobody[sheet.Fold(s)] {
		return nil, nil
	}
	var all []vedette.Dependant
	for _, item := range items(s) {
		some, reason := readDependant(item, relation)
		if reason != nil {
			return nil, reason
		}
		if all = append(all, some...); len(all) > maxDependants {
			return nil, sheet.Reason("names more than %d dependants: is it the right column?", maxDependants)
		}
	}
	return all, nil
}

var nobody = sheet.Words(sheet.As(true, `none; nobody; no one; single; aucun; aucune; personne; sans; keine; keiner; niemand; ledig; ninguno; ninguna; nadie; soltero; soltera`))

// items parts a cell at ; , / + & and "and", but not within brackets.
func items(s string) []string {
	depth := 0
	cut := func(r rune) bool {
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		}
		return depth <= 0 && strings.ContainsRune(";,/+&", r)
	}
	var all []string
	for _, part := range strings.FieldsFunc(s, cut) {
		var run []string
		for _, w := range append(strings.Fields(part), "and") {
			switch w {
			case "and", "et", "und", "y", "e":
				if len(run) > 0 {
					all = append(all, strings.Join(run, " "))
				}
				run = nil
			default:
				run = append(run, w)
			}
		}
	}
	return all
}

// readDependant reads "2 children", "spouse", "spouse: Ana", "Ana (spouse)",
// "Leo (son, 7)", "Ana - wife", "Ana".
func readDependant(item, relation string) ([]vedette.Dependant, error) {
	name, note, _ := strings.Cut(item, "(")
	var left []string
	n := 0
	said := relation
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == ':' || r == '=' }) {
		if r, ok := relations[sheet.Fold(w)]; ok && (relation == "" || r == relation || len(left) == 0) {
			said = r
		} else if k, ok := number(w); ok && n == 0 {
			n = k
		} else if strings.Trim(w, "-–—x×") != "" {
			left = append(left, w)
		}
	}
	for _, w := range strings.FieldsFunc(note, func(r rune) bool { return strings.ContainsRune(" ,;/)", r) }) {
		if r, ok := relations[sheet.Fold(w)]; ok {
			said = r
		} else if _, age := number(w); !age && said == "" {
			said = strings.ToLower(w) // "(nanny)"
		}
	}
	d := vedette.Dependant{Name: strings.Join(left, " "), Relation: said}
	switch {
	case d.Name != "" && n > 0:
		return []vedette.Dependant{d}, nil // "Leo 7": an age
	case d.Name != "" && sheet.YesNo[sheet.Fold(d.Name)]:
		return nil, sheet.Reason("says only yes: write how many they are, or their names")
	case n > maxDependants:
		return nil, sheet.Reason("names more than %d dependants: is it the right column?", maxDependants)
	case n > 0:
		all := make([]vedette.Dependant, n)
		for i := range all {
			all[i].Relation = said
		}
		return all, nil
	case d.Name == "" && (said == "" || strings.Contains(name, "0")):
		return nil, nil
	}
	return []vedette.Dependant{d}, nil
}
