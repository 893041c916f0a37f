package desk

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vedette"
)

// Someone known by e-mail whose file now has personnel numbers stays the same
// person, and so does someone known by number in a file without.
func TestAPersonnelNumberMakesNobodySomeoneElse(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country\nAli,ali@example.org,Iraq\nMona,mona@example.org,Iraq\n", ImportOptions{})
	ali, err := r.Person(t.Context(), "ali@example.org")
	if err != nil {
		t.Fatal(err)
	}
	same := func(what string, added, changed int, im *Import, query string) vedette.Person {
		t.Helper()
		if im.Added != added || im.Changed != changed || !im.Saved {
			t.Errorf("%s: %+v", what, im)
		}
		p, err := r.Person(t.Context(), query)
		if err != nil || p.ID != ali.ID {
			t.Errorf("%s: %s is %+v, %v", what, query, p, err)
		}
		return p
	}
	same("numbers come", 0, 1, r.bring("name,email,country,personnel number\nAli,ali@example.org,Iraq,E-7\nMona,mona@example.org,Iraq,\n", ImportOptions{}), "e-7")
	same("again", 0, 0, r.bring("name,email,country,personnel number\nAli,ali@example.org,Iraq,E-7\n", ImportOptions{}), "ali@example.org")
	same("another address", 0, 1, r.bring("name,email,country,id\nAli,ali.h@example.org,Iraq,e-7\n", ImportOptions{}), "ali.h@example.org")
	p := same("a file without numbers", 0, 1, r.bring("name,email,country\nAli H.,ali.h@example.org,Iraq\n", ImportOptions{}), "Ali H.")
	if !strings.EqualFold(p.Record.External, "e-7") {
		t.Errorf("the number was lost: %+v", p.Record)
	}
	// The old address is free for someone else, who is a new person.
	im := r.bring("name,email,country,id\nZed,ali@example.org,Iraq,E-8\n", ImportOptions{})
	if im.Added != 1 || im.Changed != 0 {
		t.Errorf("someone new at an old address: %+v", im)
	}
	im = r.bring("name,email,country,id\nAli,mona@example.org,Iraq,E-7\n", ImportOptions{})
	if im.Saved || len(im.Problems) != 1 || !strings.Contains(im.Problems[0].Reason.Error(), "someone else than number E-7") {
		t.Errorf("one's number with another's address: %+v", im)
	}
}

// A file that does not speak of contacts and wishes leaves them as they are;
// one that does, and is empty, clears them.
func TestAFileForgetsNothingItDoesNotSpeakOf(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country,city,precision,standing,check-ins,discreet,dependants,emergency contact,emergency phone,companion\n"+
		"Ali,ali@example.org,Iraq,Baghdad,country,expat,yes,yes,2 children,Ben,+447700900123,Cem\n", ImportOptions{})
	look := func() vedette.Person {
		p, err := r.Person(t.Context(), "ali@example.org")
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	r.bring("name,email,country,city,latitude,longitude,emergency contact\nAli,ali@example.org,Iraq,Baghdad,33.34,44.40,Dee\n", ImportOptions{})
	p := look()
	if rec := p.Record; rec.Standing != vedette.StandingResident || !rec.Checkins || !rec.Discreet || len(rec.Dependants) != 2 || len(rec.Contacts) != 2 ||
		rec.Contacts[0].Name != "Dee" || rec.Contacts[1].Name != "Cem" || rec.Precision != vedette.PrecisionCountry {
		t.Errorf("kept as %+v", rec)
	}
	if len(p.Presence) != 1 || p.Presence[0].Area != "IQ" || len(p.Record.Points) != 0 {
		t.Errorf("kept more exactly than wished: %+v, %v", p.Presence, p.Record.Points)
	}
	r.bring("name,email,country,standing,precision,check-ins,discreet,dependants,emergency contact,companion\nAli,ali@example.org,Iraq,,,,,,,\n", ImportOptions{})
	if rec := look().Record; rec.Standing != "" || rec.Checkins || rec.Discreet || len(rec.Dependants) != 0 || len(rec.Contacts) != 0 || rec.Precision != "" {
		t.Errorf("cleared to %+v", rec)
	}
}

// A landline stays the number to call where a file does not speak of it, and is
// the number to ring by hand of whoever has no other.
// A monthly list of names and offices leaves how people are reached, who they are and
// what they say under duress as it is; a column that is there and empty takes it away.
func TestAFileForgetsNoNumber(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,mobile,language,manager,citizenship,duress word,id,site,country,city\n"+
		"Ali,ali@example.org,+447700900123,ar,mona@example.org,Iraq,umbrella,E-7,Basra office,Iraq,Basra\n", ImportOptions{})
	look := func() vedette.Person {
		t.Helper()
		p, err := r.Person(t.Context(), "e-7")
		r.ok(err)
		return p
	}
	was := look()
	im := r.bring("id,name,country,city\nE-7,Ali H.,Iraq,Basra\n", ImportOptions{})
	if im.Changed != 1 {
		t.Errorf("%+v", im)
	}
	is := look()
	was.Record.Name = "Ali H."
	if diff := cmp.Diff(was.Record, is.Record); diff != "" {
		t.Errorf("a file of names changes more (-was +is):\n%s", diff)
	}
	if len(is.Presence) != 1 || is.Presence[0].Site != "Basra office" {
		t.Errorf("where they are: %+v", is.Presence)
	}
	r.bring("id,name,mobile,country,city\nE-7,Ali H.,,Iraq,Baghdad\n", ImportOptions{})
	is = look()
	if _, has := is.Record.Address(vedette.AddressPhone); has || is.Presence[0].Site != "" {
		t.Errorf("what is there and empty, and another place: %+v", is)
	}
	if _, has := is.Record.Address(vedette.AddressEmail); !has {
		t.Error("the mail address was forgotten")
	}
}

func TestALandlineIsKept(t *testing.T) {
	r := newRoom(t)
	voice := func() string {
		p, err := r.Person(t.Context(), "Ali")
		if err != nil {
			t.Fatal(err)
		}
		a, _ := p.Record.Address(vedette.AddressVoice)
		if p.Record.Phone() != a.Value {
			t.Errorf("to ring by hand: %q", p.Record.Phone())
		}
		return a.Value
	}
	r.bring("name,email,country,landline\nAli,ali@example.org,Iraq,+44 20 7946 0018\n", ImportOptions{})
	r.bring("name,email,country\nAli,ali@example.org,Jordan\n", ImportOptions{})
	if got := voice(); got != "+442079460018" {
		t.Errorf("after a file without it: %q", got)
	}
	r.bring("name,email,country,landline\nAli,ali@example.org,Jordan,\n", ImportOptions{})
	if got := voice(); got != "" {
		t.Errorf("after a file that says there is none: %q", got)
	}
}

// Whoever is placed by a site that was known before is kept no more exactly
// than they wish.
func TestASiteDoesNotTellMoreThanIsWished(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,site,country,city\nAli,ali@example.org,Basra office,Iraq,Basra\n", ImportOptions{})
	r.bring("name,email,site,precision\nMona,mona@example.org,Basra office,country\n", ImportOptions{})
	p, err := r.Person(t.Context(), "mona@example.org")
	if err != nil || len(p.Presence) != 1 || p.Presence[0].Area != "IQ" || p.Presence[0].Site != "" {
		t.Errorf("%+v, %v", p, err)
	}
}
