package intake_test

import (
	"testing"

	"vedette/gazetteer"
	"vedette/intake"
)

// What is typed is one person, or says what is wrong, whatever it is.
func FuzzReadPerson(f *testing.F) {
	f.Add("Ana", "ana@example.org", "+34600000000", "Spain", "Madrid", "22:00-07:00", "Bo (spouse)")
	f.Add("a\nb,\"c", "", "", "", "\x00", "=1+1", "'")
	f.Add("", "", "", "", "", "", "")
	g := gazetteer.Default()
	f.Fuzz(func(t *testing.T, name, email, mobile, country, city, quiet, dependants string) {
		cells := map[string]string{"name": name, "email": email, "mobile": mobile, "country": country, "city": city, "quiet hours": quiet, "dependants": dependants}
		row, problems, err := intake.ReadPerson(g, cells, false)
		if err == nil && len(problems) == 0 && (row.Name == "" || row.Area == "") {
			t.Errorf("%v became %+v, and nothing is wrong", cells, row)
		}
		if row, problems, err := intake.ReadPerson(g, map[string]string{"name": name}, true); err == nil && len(problems) == 0 && row.Name == "" {
			t.Errorf("%q became nobody, and nothing is wrong", name)
		}
	})
}

func TestReadPersonSaysWhatIsWrongAtItsField(t *testing.T) {
	g := gazetteer.Default()
	_, problems, err := intake.ReadPerson(g, map[string]string{"name": "Ana", "email": "ana at home", "country": "Spain"}, false)
	if err != nil || len(problems) != 1 || problems[0].Header != "email" {
		t.Errorf("%v %v", problems, err)
	}
	if _, problems, err := intake.ReadPerson(g, map[string]string{"name": "Ana"}, false); err != nil || len(problems) != 1 || problems[0].Header != "" {
		t.Errorf("nowhere: %v %v", problems, err)
	}
	row, problems, err := intake.ReadPerson(g, map[string]string{"name": "Ana"}, true)
	if err != nil || len(problems) != 0 || row.Name != "Ana" {
		t.Errorf("placed: %+v %v %v", row, problems, err)
	}
	site, problems, err := intake.ReadSite(g, map[string]string{"name": "Madrid office", "country": "Spain", "phone": "+34 91 000 00 00"})
	if err != nil || len(problems) != 0 || site.Site.Phone != "+34910000000" {
		t.Errorf("%+v %v %v", site, problems, err)
	}
}
