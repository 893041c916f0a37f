package scim

import (
	"encoding/json"
	"fmt"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"vedette"
)

func TestFilters(t *testing.T) {
	show := func(q vedette.IdentityQuery) string {
		word := func(s *string) string {
			if s == nil {
				return "-"
			}
			return *s
		}
		return word(q.Login) + "|" + word(q.External)
	}
	for filter, want := range map[string]string{
		"": "-|-", `userName eq "ada@relief.example.org"`: "ada@relief.example.org|-", `username EQ "ADA"`: "ada|-", `externalId eq "00uA"`: "-|00uA",
		`urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ada"`: "ada|-", `userName eq "a\"b\\ and c"`: `a"b\ and c|-`, `userName eq "\u00e9"`: "é|-",
		`userName eq "ada" and externalId eq "1"`: "ada|1", `  userName  eq  "ada"  `: "ada|-", `externalId eq ""`: "-|",
		`userName co "a"`: "?", `userName eq ada`: "?", `userName eq "ada`: "?", `userName eq "ada" or externalId eq "1"`: "?", `not (userName eq "a")`: "?", `userName pr`: "?",
		`password eq "x"`: "?", `emails[type eq "work"].value eq "a"`: "?", `userName.x eq "a"`: "?", `userName eq "a" and userName eq "b"`: "?", `userName eq "a"x`: "?", `userName eq`: "?", "eq": "?",
		strings.Repeat(`userName eq "a" and `, 100) + `userName eq "a"`: "?", "((((": "?", `userName eq "a\q"`: "?",
	} {
		got, err := ReadFilter(filter)
		switch {
		case want == "?" && (err == nil || Kind(err) != InvalidFilter || vedette.ErrorCode(err) != vedette.CodeInvalid):
			t.Errorf("%.80q is read as %s, %v", filter, show(got), err)
		case want != "?" && (err != nil || show(got) != want):
			t.Errorf("%.80q: %s, %v, want %s", filter, show(got), err, want)
		}
	}
}

func TestPages(t *testing.T) {
	for query, want := range map[string]string{
		"": "0 100", "startIndex=1&count=100": "0 100", "startIndex=101&count=20": "100 20", "startIndex=0&count=0": "0 0", "startIndex=-5&count=-1": "0 0",
		"count=100000": "0 500", "startIndex=abc": "?", "count=1.5": "?", "count=": "?", "startIndex=99999999999999999999": "?",
	} {
		v, _ := url.ParseQuery(query)
		q, err := ReadQuery(v)
		if got := fmt.Sprint(q.From, q.Most); (want == "?") != (Kind(err) == InvalidValue) || want != "?" && (err != nil || got != want) {
			t.Errorf("%q: %s, %v, want %s", query, got, err, want)
		}
	}
}

func line(i vedette.Identity) string {
	return fmt.Sprintf("%s|%s|%s|%s|%v", i.Login, i.Name, i.Role, i.External, i.Active)
}

func TestWhoIsAdded(t *testing.T) {
	for body, want := range map[string]string{
		`{"userName":"Ada@Example.org"}`: "ada@example.org|ada@example.org|traveller||true",
		`{"userName":"ada","displayName":"Ada Lovelace","name":{"formatted":"A. Lovelace"}}`:                                             "ada|Ada Lovelace|traveller||true",
		`{"userName":"ada","displayName":" ","name":{"formatted":"A.  Lovelace","givenName":"Ada"}}`:                                     "ada|A. Lovelace|traveller||true",
		`{"userName":"ada","name":{"givenName":"Ada","familyName":"Lovelace"}}`:                                                          "ada|Ada Lovelace|traveller||true",
		`{"USERNAME":"ada","Name":{"GivenName":"Ada"},"ACTIVE":"False"}`:                                                                 "ada|Ada|traveller||false",
		`{"userName":"ada","roles":[{"value":"approver","primary":true}],"externalId":"00u"}`:                                            "ada|ada|approver|00u|true",
		`{"userName":"ada","roles":[{"value":"king"},{"display":"administrator"},{}]}`:                                                   "ada|ada|traveller||true",
		`{"userName":"ada","roles":[{"value":"Analyst"},{"value":"Administrator"},{"value":"approver"}]}`:                                "ada|ada|administrator||true",
		`{"userName":"ada","roles":["approver"]}`:                                                                                        "ada|ada|approver||true",
		`{"userName":"ada","roles":null,"displayName":null,"active":null,"name":null}`:                                                   "ada|ada|traveller||true",
		`{"userName":"ada","id":"x","made_by":"Eve","By":"Eve","role":"administrator","Key":1,"password":"p","groups":[1],"meta":"m"}`:   "ada|ada|traveller||true",
		`{"userName":"ada","emails":7,"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"x"},"x":{"active":0}}`: "ada|ada|traveller||true",
		`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:other"],"userName":"ada"}`:                                        "ada|ada|traveller||true",
	} {
		u, err := ReadUser([]byte(body))
		i := u.New()
		if err != nil || line(i) != want {
			t.Errorf("%s: %s, %v, want %s", body, line(i), err, want)
		}
		if err := i.Validate(); err != nil {
			t.Errorf("%s: %v", body, err)
		}
	}
	for body, kind := range map[string]string{
		``: InvalidSyntax, `null`: InvalidSyntax, `[]`: InvalidSyntax, `{"userName":"ada"`: InvalidSyntax, `{"userName":"ada"}{}`: InvalidSyntax,
		`{}`: InvalidValue, `{"userName":""}`: InvalidValue, `{"userName":7}`: InvalidValue, `{"userName":null}`: InvalidValue, `{"userName":"a","active":"no"}`: InvalidValue, `{"userName":"a","active":1}`: InvalidValue,
		`{"userName":"a","name":"Ada"}`: InvalidValue, `{"userName":"a","name":{"givenName":{}}}`: InvalidValue, `{"userName":"a","roles":[{"value":1}]}`: InvalidValue, `{"userName":"a","displayName":[]}`: InvalidValue,
		`{"userName":"a","schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"]}`: InvalidSyntax, `{"userName":"a","schemas":"x"}`: InvalidSyntax,
	} {
		if _, err := ReadUser([]byte(body)); Kind(err) != kind || vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("%s: %v, want %s", body, err, kind)
		}
	}
}

// ben is somebody whom a provider added; ada was added by hand.
func ben() vedette.Identity {
	return vedette.Identity{User: vedette.User{Login: "ben", Name: "Ben Okri", Role: vedette.RoleApprover, By: "token idp"}, External: "00u", Names: vedette.Names{Given: "Ben", Family: "Okri"}, Active: true}
}

func ada() vedette.Identity {
	return vedette.Identity{User: vedette.User{Login: "ada", Name: "Ada Lovelace", Role: vedette.RoleAdministrator}, Active: true}
}

func TestPatches(t *testing.T) {
	op := func(list ...string) string {
		return `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[` + strings.Join(list, ",") + `]}`
	}
	for _, c := range []struct {
		of   func() vedette.Identity
		body string
		want string
	}{
		{ben, op(`{"op":"replace","value":{"active":false}}`), "ben|Ben Okri|approver|00u|false"},
		{ben, op(`{"op":"Replace","path":"active","value":"False"}`), "ben|Ben Okri|approver|00u|false"},
		{ben, op(`{"op":"Add","path":"active","value":"True"}`), "ben|Ben Okri|approver|00u|true"},
		{ben, op(`{"op":"Replace","path":"emails[type eq \"work\"].value","value":"b@x"}`, `{"op":"Replace","path":"name.familyName","value":"Smith"}`), "ben|Ben Smith|approver|00u|true"},
		{ben, op(`{"op":"replace","value":{"displayName":"B. O.","name.givenName":"Benjamin","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber":"7"}}`), "ben|B. O.|approver|00u|true"},
		{ben, op(`{"op":"Replace","path":"userName","value":"Ben@X.org"}`, `{"op":"Replace","path":"externalId","value":"01"}`), "ben@x.org|Ben Okri|approver|01|true"},
		{ben, op(`{"op":"Add","path":"roles[primary eq \"True\"].value","value":"administrator"}`), "ben|Ben Okri|administrator|00u|true"},
		{ben, op(`{"op":"Replace","path":"roles[primary eq \"True\"].display","value":"administrator"}`), "ben|Ben Okri|approver|00u|true"},
		{ben, op(`{"op":"add","path":"roles","value":[{"value":"analyst"}]}`), "ben|Ben Okri|analyst|00u|true"},
		{ben, op(`{"op":"remove","path":"roles[value eq \"administrator\"]"}`), "ben|Ben Okri|approver|00u|true"},
		{ben, op(`{"op":"Remove","path":"roles[value eq \"Approver\"]"}`), "ben|Ben Okri|traveller|00u|true"},
		{ben, op(`{"op":"remove","path":"roles"}`), "ben|Ben Okri|traveller|00u|true"},
		{ben, op(`{"op":"remove","path":"externalId"}`, `{"op":"remove","path":"name"}`, `{"op":"remove","path":"title"}`), "ben|Ben Okri|approver||true"},
		{ben, op(`{"op":"replace","path":"urn:ietf:params:scim:schemas:core:2.0:User:name","value":{"givenName":"B","middleName":"M","more":{}}}`), "ben|B Okri|approver|00u|true"},
		{ben, op(`{"op":"replace","value":{"id":"x","password":"secret","by":"Eve","key":7,"closed":0}}`), "ben|Ben Okri|approver|00u|true"},
		{ben, op(`{"op":"replace","path":"displayName","value":"One"}`, `{"op":"replace","path":"displayName","value":"Two"}`), "ben|Two|approver|00u|true"},
		{ada, op(`{"op":"replace","path":"name.familyName","value":"King"}`), "ada|Ada Lovelace|administrator||true"},
		{ada, op(`{"op":"replace","path":"displayName","value":"Ada King"}`), "ada|Ada King|administrator||true"},
	} {
		p, err := ReadPatch([]byte(c.body))
		if got := line(p.On(c.of())); err != nil || got != c.want {
			t.Errorf("%s: %s, %v, want %s", c.body, got, err, c.want)
		}
	}
	for body, kind := range map[string]string{
		``: InvalidSyntax, `{}`: InvalidSyntax, op(): InvalidSyntax, `{"Operations":{}}`: InvalidSyntax, op(`{"op":"move","path":"active"}`): InvalidSyntax, op(`{}`): InvalidSyntax,
		`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"Operations":[{"op":"replace","value":{}}]}`: InvalidSyntax,
		op(strings.Repeat(`{"op":"remove","path":"title"},`, 100) + `{"op":"remove","path":"title"}`):           InvalidSyntax,
		op(`{"op":"remove"}`): NoTarget, op(`{"op":"remove","path":""}`): NoTarget,
		op(`{"op":"remove","path":"userName"}`): Mutability, op(`{"op":"remove","path":"active"}`): Mutability, op(`{"op":"replace","path":"id","value":"x"}`): Mutability, op(`{"op":"add","path":"groups","value":[]}`): Mutability,
		op(`{"op":"replace","path":"by","value":"Eve"}`): InvalidPath, op(`{"op":"replace","path":"name.nick","value":"E"}`): InvalidPath, op(`{"op":"replace","path":"active.x","value":true}`): InvalidPath,
		op(`{"op":"replace","path":"urn:other:2.0:User:active","value":false}`): InvalidPath, op(`{"op":"replace","path":"emails[type eq","value":"x"}`): InvalidPath, op(`{"op":"replace","path":"emails[type co \"x\"].value","value":"x"}`): InvalidPath,
		op(`{"op":"replace","path":"` + strings.Repeat("a", 2000) + `","value":"x"}`): InvalidPath,
		op(`{"op":"replace","path":"active","value":null}`):                           InvalidValue, op(`{"op":"replace","path":"active"}`): InvalidValue, op(`{"op":"replace","value":"active"}`): InvalidValue, op(`{"op":"replace","value":null}`): InvalidValue,
		op(`{"op":"replace","value":{"active":"perhaps"}}`): InvalidValue, op(`{"op":"replace","path":"displayName","value":{}}`): InvalidValue,
	} {
		if _, err := ReadPatch([]byte(body)); Kind(err) != kind || vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("%.200s: %v, want %s", body, err, kind)
		}
	}
}

// One put in the place of another: a name is what was said now, a role that was not
// spoken of stays.
func TestWhoIsPutInPlace(t *testing.T) {
	for _, c := range []struct {
		of         func() vedette.Identity
		body, want string
	}{
		{ben, `{"userName":"ben","name":{"givenName":"Benjamin","familyName":"Okri"},"active":true,"groups":[]}`, "ben|Benjamin Okri|approver|00u|true"},
		{ben, `{"userName":"ben","name":{"familyName":"Okri"}}`, "ben|Okri|approver|00u|true"},
		{ben, `{"userName":"ben","roles":[]}`, "ben|Ben Okri|traveller|00u|true"},
		{ben, `{"userName":"b2","active":false,"externalId":"01"}`, "b2|Ben Okri|approver|01|false"},
		{ada, `{"userName":"ada","name":{"givenName":"Ada","familyName":"King"}}`, "ada|Ada King|administrator||true"},
		{ada, `{"userName":"ada","emails":[]}`, "ada|Ada Lovelace|administrator||true"},
	} {
		u, err := ReadUser([]byte(c.body))
		if got := line(u.On(c.of())); err != nil || got != c.want {
			t.Errorf("%s: %s, %v, want %s", c.body, got, err, c.want)
		}
	}
}

func TestHowSomebodyIsShown(t *testing.T) {
	i := ben()
	i.ID, i.Made, i.Changed = "0001", time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC), time.Date(2026, 2, 6, 12, 0, 0, 1e6, time.UTC)
	want := `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"0001","externalId":"00u","userName":"ben","name":{"familyName":"Okri","givenName":"Ben"},"active":true,"roles":[{"value":"approver","primary":true}],` +
		`"meta":{"resourceType":"User","created":"2026-02-05T12:00:00.000Z","lastModified":"2026-02-06T12:00:00.001Z","location":"https://desk.example.org/scim/v2/Users/0001"}}`
	if b, err := json.Marshal(Show(&i, "https://desk.example.org")); err != nil || string(b) != want {
		t.Errorf("%s, %v", b, err)
	}
	a := ada()
	if r := Show(&a, ""); r.Display != "Ada Lovelace" || r.Name != nil {
		t.Errorf("%+v", r)
	}
	// What is read and sent back changes nothing.
	for _, of := range []vedette.Identity{i, a} {
		b, _ := json.Marshal(Show(&of, ""))
		u, err := ReadUser(b)
		if got := u.On(of); err != nil || !reflect.DeepEqual(got, of) {
			t.Errorf("%s: %+v, %v", b, got, err)
		}
	}
}

func FuzzFilter(f *testing.F) {
	for _, s := range []string{`userName eq "ada" and externalId eq "\u0000"`, `emails[type eq "work"].value`, `a[b eq "]"].c`, `urn:ietf:params:scim:schemas:core:2.0:User:name.x`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if q, err := ReadFilter(s); err == nil && strings.TrimSpace(s) != "" && q.Login == nil && q.External == nil {
			t.Errorf("%q asks for somebody and finds all", s)
		}
		if p := pathOf(s); p.attribute == "" && (p.part != "" || p.where != nil) {
			t.Errorf("%q is no path and has parts", s)
		}
	})
}

// unharmed says what a provider changed that is not its to change.
func unharmed(t *testing.T, of, is vedette.Identity, body string) {
	t.Helper()
	for _, i := range []*vedette.Identity{&of, &is} {
		i.Login, i.Name, i.Role, i.External, i.Names, i.Active = "", "", "", "", vedette.Names{}, false
	}
	if !reflect.DeepEqual(of, is) {
		t.Errorf("%s changed %+v to %+v", body, of, is)
	}
}

func FuzzUser(f *testing.F) {
	f.Add([]byte(`{"userName":"ada","name":{"givenName":"Ada"},"active":"False","roles":[{"value":"approver"}]}`))
	f.Add([]byte(`{"USERNAME":"a","userName":"b","id":7,"schemas":[]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		u, err := ReadUser(body)
		if err != nil {
			if vedette.ErrorCode(err) != vedette.CodeInvalid || Kind(err) == "" {
				t.Errorf("%s: %v", body, err)
			}
			return
		}
		if i := u.New(); i.Name == "" || i.Role == "" {
			t.Errorf("%s: %+v", body, i)
		}
		if !reflect.DeepEqual(u.On(ben()), u.On(u.On(ben()))) {
			t.Errorf("%s changes more when it is said twice", body)
		}
		unharmed(t, ben(), u.On(ben()), string(body))
	})
}

func FuzzPatch(f *testing.F) {
	f.Add([]byte(`{"Operations":[{"op":"replace","value":{"active":false,"name.givenName":"x"}},{"op":"Remove","path":"roles[value eq \"approver\"]"}]}`))
	f.Add([]byte(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Add","path":"roles[primary eq \"True\"].value","value":"administrator"}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		p, err := ReadPatch(body)
		if err != nil {
			if vedette.ErrorCode(err) != vedette.CodeInvalid || Kind(err) == "" {
				t.Errorf("%s: %v", body, err)
			}
			return
		}
		is := p.On(ben())
		if is.Role == "" || is.Name == "" {
			t.Errorf("%s: %+v", body, is)
		}
		unharmed(t, ben(), is, string(body))
	})
}
