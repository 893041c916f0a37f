package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"vedette"
)

// idp is an identity provider that speaks to a portal with a token.
type idp struct {
	*world
	token string
}

func (w *world) provider(may ...string) *idp {
	w.t.Helper()
	if len(may) == 0 {
		w.user("ada", vedette.RoleAdministrator)
		may = []string{"scim"}
	}
	return &idp{w, w.machine("idp "+strings.Join(may, " "), may...)}
}

// says sends something, wants a status, and gives what was answered.
func (p *idp) says(method, path, body string, want int) map[string]any {
	p.t.Helper()
	rec := p.ask(method, "/scim/v2/"+strings.NewReplacer(" ", "%20", `"`, "%22").Replace(path), body, "Authorization", p.token, "Content-Type", "application/scim+json; charset=utf-8")
	if rec.Code != want {
		p.t.Fatalf("%s %s: %d, want %d: %s", method, path, rec.Code, want, rec.Body)
	}
	if want == http.StatusNoContent {
		return nil
	}
	var out map[string]any
	if err := json.Unmarshal(rec.Body.Bytes(), &out); err != nil || rec.Header().Get("Content-Type") != "application/scim+json" {
		p.t.Fatalf("%s %s: %s %s, %v", method, path, rec.Header().Get("Content-Type"), rec.Body, err)
	}
	if loc := rec.Header().Get("Location"); want == http.StatusCreated && !strings.HasSuffix(loc, "/scim/v2/Users/"+fmt.Sprint(out["id"])) {
		p.t.Errorf("added at %q", loc)
	}
	return out
}

// refused is says for what is not done: the kind of fault, and words that the sentence
// has.
func (p *idp) refused(method, path, body string, want int, kind string, words ...string) {
	p.t.Helper()
	got := p.says(method, path, body, want)
	if k, _ := got["scimType"].(string); k != kind || got["status"] != fmt.Sprint(want) || fmt.Sprint(got["schemas"]) != "[urn:ietf:params:scim:api:messages:2.0:Error]" {
		p.t.Errorf("%s %s %.200s: %v, want %s", method, path, body, got, kind)
	}
	for _, word := range words {
		if !strings.Contains(fmt.Sprint(got["detail"]), word) {
			p.t.Errorf("%s %s: %q does not say %q", method, path, got["detail"], word)
		}
	}
}

// user is how the portal has somebody.
func (p *idp) userOf(login string) string {
	p.t.Helper()
	list, err := p.desk.Users(p.ctx, true)
	must(p.t, err)
	for _, u := range list {
		if u.Login == login {
			return fmt.Sprintf("%s, %s, by %s, closed %v", u.Name, u.Role, u.By, !u.Closed.IsZero())
		}
	}
	return "nobody"
}

// lets gives somebody a password by an administrator's link, and signs them in.
func (p *idp) lets(login string) (cookie string) {
	p.t.Helper()
	_, link, err := p.desk.ResetUser(p.ctx, login)
	must(p.t, err)
	_, err = p.desk.SetPassword(p.ctx, link, aPassword)
	must(p.t, err)
	return p.signs(login)
}

func patchOf(operations string) string {
	return `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[` + operations + `]}`
}

// As Okta sends it: looks whether somebody is there, adds them with a password of its
// own making, reads them, puts them anew, takes them out and in again, imports all.
func TestOkta(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.provider()
		find := `Users?filter=userName%20eq%20%22Nia.Mensah%40relief.example.org%22&startIndex=1&count=100`
		if got := p.says("GET", find, "", 200); got["totalResults"] != 0.0 || fmt.Sprint(got["Resources"]) != "[]" || got["startIndex"] != 1.0 || got["itemsPerPage"] != 0.0 {
			t.Fatalf("nobody is there: %v", got)
		}
		body := `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"Nia.Mensah@relief.example.org","name":{"givenName":"Nia","familyName":"Mensah"},
			"emails":[{"primary":true,"value":"nia.mensah@relief.example.org","type":"work"}],"displayName":"Nia Mensah","locale":"en-US","externalId":"00u1a2b3","groups":[],"password":"` + aPassword + `","active":true}`
		nia := p.says("POST", "Users", body, 201)
		if nia["externalId"] != "00u1a2b3" || nia["active"] != true || nia["userName"] != "nia.mensah@relief.example.org" || nia["password"] != nil {
			t.Errorf("added: %v", nia)
		}
		const login = "nia.mensah@relief.example.org"
		if got := p.userOf(login); got != "Nia Mensah, traveller, by token idp scim, closed false" {
			t.Errorf("added: %s", got)
		}
		w.posts("/sign-in", filled("login", login, "password", aPassword).Encode(), http.StatusForbidden) // Okta's password is none here
		p.refused("POST", "Users", body, 409, "uniqueness", "userName", login)
		p.refused("POST", "Users", strings.Replace(body, "Nia.Mensah@", "nia2@", 1), 409, "uniqueness", "omebody named Nia Mensah")
		if got := p.says("GET", find, "", 200); got["totalResults"] != 1.0 {
			t.Errorf("found: %v", got)
		}
		at := "Users/" + fmt.Sprint(nia["id"])
		read := p.says("GET", at, "", 200)
		read["name"] = map[string]any{"givenName": "Nia", "middleName": "Excited", "familyName": "Owusu"}
		read["displayName"], read["groups"] = "Nia Owusu", []any{}
		b, _ := json.Marshal(read)
		if got := p.says("PUT", at, string(b), 200); got["displayName"] != "Nia Owusu" || got["id"] != nia["id"] || got["externalId"] != "00u1a2b3" {
			t.Errorf("put: %v", got)
		}

		cookie := p.lets(login)
		p.says("PATCH", at, patchOf(`{"op":"replace","value":{"active":false}}`), 200)
		if rec := w.ask("GET", "/", "", "Cookie", cookie); rec.Code != http.StatusSeeOther {
			t.Errorf("not active, and still in: %d", rec.Code)
		}
		w.posts("/sign-in", filled("login", login, "password", aPassword).Encode(), http.StatusForbidden)
		if got := p.says("GET", at, "", 200); got["active"] != false {
			t.Errorf("not active: %v", got)
		}
		if got := p.says("PATCH", at, patchOf(`{"op":"replace","value":{"active":true}}`), 200); got["active"] != true || got["id"] != nia["id"] {
			t.Errorf("active again: %v", got)
		}
		w.posts("/sign-in", filled("login", login, "password", aPassword).Encode(), http.StatusForbidden)
		p.lets(login)
		p.says("PATCH", at, patchOf(`{"op":"replace","value":{"password":"another password of Okta"}}`), 200)
		w.signs(login)
		if got := p.says("GET", "Users?startIndex=1&count=100", "", 200); got["totalResults"] != 2.0 || got["itemsPerPage"] != 2.0 {
			t.Errorf("imported: %v", got)
		}
		p.says("GET", "Groups?startIndex=1&count=100", "", 200)
	})
}

// As Entra sends it: tries the connection with somebody who is not there, adds, changes
// by paths with capitals and truths as words, disables, deletes.
func TestEntra(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.provider()
		if got := p.says("GET", `Users?filter=userName+eq+%2206bb2a2c-97d7-4ab6-b6c2-0b7d4f2a1d6c%22`, "", 200); got["totalResults"] != 0.0 {
			t.Errorf("tried: %v", got)
		}
		omar := p.says("POST", "Users", `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"externalId":"0a21f0f2","userName":"omar@relief.example.org","active":true,
			"emails":[{"primary":true,"type":"work","value":"omar@relief.example.org"}],"meta":{"resourceType":"User"},"name":{"formatted":"Omar Haddad","familyName":"Haddad","givenName":"Omar"},"roles":[]}`, 201)
		at := "Users/" + fmt.Sprint(omar["id"])
		p.says("PATCH", at, patchOf(`{"op":"Replace","path":"emails[type eq \"work\"].value","value":"o@relief.example.org"},{"op":"Replace","path":"name.familyName","value":"Said"},{"op":"Replace","path":"name.formatted","value":"Omar Said"},
			{"op":"Replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber","value":"7"}`), 200)
		p.says("PATCH", at, patchOf(`{"op":"Replace","path":"userName","value":"omar.said@relief.example.org"},{"op":"Add","path":"roles[primary eq \"True\"].value","value":"Approver"}`), 200)
		if got := p.userOf("omar.said@relief.example.org"); got != "Omar Said, approver, by token idp scim, closed false" {
			t.Errorf("changed: %s", got)
		}
		p.says("PATCH", at, patchOf(`{"op":"Replace","path":"displayName","value":"Omar A. Said"}`), 200)
		if got := p.says("GET", `Users?filter=externalId eq "0a21f0f2"&attributes=id`, "", 200); got["totalResults"] != 1.0 {
			t.Errorf("by external id: %v", got)
		}
		cookie := p.lets("omar.said@relief.example.org")
		if got := p.says("PATCH", at, patchOf(`{"op":"Replace","path":"active","value":"False"}`), 200); got["active"] != false {
			t.Errorf("disabled: %v", got)
		}
		if rec := w.ask("GET", "/", "", "Cookie", cookie); rec.Code != http.StatusSeeOther {
			t.Errorf("disabled, and still in: %d", rec.Code)
		}
		if got := p.says("GET", `Users?filter=userName eq "omar.said@relief.example.org"`, "", 200); got["totalResults"] != 1.0 {
			t.Errorf("disabled, and not found: %v", got)
		}
		p.says("DELETE", at, "", 204)
		p.refused("GET", at, "", 404, "")
		p.refused("DELETE", at, "", 404, "")
		p.refused("PATCH", at, patchOf(`{"op":"Replace","path":"active","value":"True"}`), 404, "")
		if got := p.userOf("omar.said@relief.example.org"); got != "Omar A. Said, approver, by token idp scim, closed true" {
			t.Errorf("deleted: %s", got)
		}
		again := p.says("POST", "Users", `{"userName":"omar.said@relief.example.org","displayName":"Omar A. Said"}`, 201)
		if again["id"] == omar["id"] {
			t.Error("who was removed is taken up again under the old id")
		}
	})
}

// What a provider may not do is said with its kind, and nothing is half done.
func TestWhatAProviderMayNot(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.provider()
		list := p.says("GET", `Users?filter=userName eq "ADA"`, "", 200)["Resources"].([]any)
		ada := "Users/" + fmt.Sprint(list[0].(map[string]any)["id"])
		p.refused("PATCH", ada, patchOf(`{"op":"replace","value":{"active":false}}`), 409, "", "da is the only administrator")
		p.refused("PUT", ada, `{"userName":"ada","roles":[{"value":"analyst"}]}`, 409, "", "only administrator")
		p.refused("DELETE", ada, "", 409, "", "only administrator")
		p.says("PUT", ada, `{"userName":"ada","displayName":"ada","active":true}`, 200) // a role not spoken of stays

		p.says("POST", "Users", `{"userName":"ben","displayName":"Ben Okri"}`, 201)
		cem := p.says("POST", "Users", `{"userName":"cem","displayName":"Cem"}`, 201)
		at := "Users/" + fmt.Sprint(cem["id"])
		p.refused("PATCH", at, patchOf(`{"op":"replace","path":"externalId","value":"x"},{"op":"replace","path":"displayName","value":"Ben  Okri"}`), 409, "uniqueness", "omebody named Ben Okri")
		p.refused("PATCH", at, patchOf(`{"op":"replace","path":"userName","value":"BEN"}`), 409, "uniqueness", "he userName ben is taken")
		p.refused("PATCH", at, patchOf(`{"op":"replace","path":"userName","value":"c e m"}`), 400, "invalidValue", "sign in with")
		p.refused("PATCH", at, patchOf(`{"op":"replace","path":"displayName","value":"`+strings.Repeat("x", 101)+`"}`), 400, "invalidValue")
		p.refused("PATCH", at, patchOf(`{"op":"replace","path":"externalId","value":"`+strings.Repeat("x", 301)+`"}`), 400, "invalidValue")
		p.refused("PATCH", at, patchOf(`{"op":"replace","path":"made_by","value":"Eve"}`), 400, "invalidPath")
		p.refused("PATCH", at, patchOf(`{"op":"replace","path":"id","value":"x"}`), 400, "mutability")
		p.refused("PATCH", at, `{"schemas":`, 400, "invalidSyntax")
		p.refused("POST", "Users", `{"displayName":"Dee"}`, 400, "invalidValue", "userName")
		p.refused("POST", "Users", `{"userName":"`+strings.Repeat("x", 200<<10)+`"}`, 413, "")
		p.refused("GET", `Users?filter=userName co "a"`, "", 400, "invalidFilter")
		p.refused("GET", `Users?count=many`, "", 400, "invalidValue")
		if got := p.says("GET", at, "", 200); got["externalId"] != nil || got["userName"] != "cem" || got["displayName"] != "Cem" {
			t.Errorf("half done: %v", got)
		}
		for _, path := range []string{"", "Users/none", "Users/" + string(vedette.NewID(w.now)), "Me", "Schemas/urn:none", "ResourceTypes/Group", "Groups/1"} {
			p.refused("GET", path, "", 404, "")
		}
		p.refused("POST", "Bulk", "{}", 404, "")

		// Somebody closed by hand stays so.
		must(t, second(w.desk.CloseUser(w.ctx, "cem")))
		p.refused("PATCH", at, patchOf(`{"op":"replace","path":"active","value":true}`), 409, "", "closed here by an administrator")
		p.refused("POST", "Users", `{"userName":"cem","displayName":"Cem"}`, 409, "uniqueness", "closed here by an administrator")

		reader := w.provider("look", "see people")
		reader.refused("GET", "Users", "", 403, "")
		for _, path := range []string{"/users", "/tokens", "/who"} {
			if rec := w.ask("GET", path, "", "Authorization", p.token); rec.Code != http.StatusForbidden {
				t.Errorf("%s by a token that may scim alone: %d", path, rec.Code)
			}
		}
	})
}

// A provider learns what there is before it sends anything.
func TestWhatAProviderReadsFirst(t *testing.T) {
	w := newWorld(t)
	p := w.provider()
	config := p.says("GET", "ServiceProviderConfig", "", 200)
	for part, want := range map[string]bool{"patch": true, "filter": true, "bulk": false, "changePassword": false, "sort": false, "etag": false} {
		if got := config[part].(map[string]any)["supported"]; got != want {
			t.Errorf("%s: %v", part, got)
		}
	}
	types := p.says("GET", "ResourceTypes", "", 200)
	if types["totalResults"] != 1.0 || types["Resources"].([]any)[0].(map[string]any)["endpoint"] != "/Users" {
		t.Errorf("%v", types)
	}
	p.says("GET", "ResourceTypes/User", "", 200)
	one := p.says("GET", "Schemas/urn:ietf:params:scim:schemas:core:2.0:User", "", 200)
	var names []string
	for _, a := range one["attributes"].([]any) {
		names = append(names, fmt.Sprint(a.(map[string]any)["name"]))
	}
	if got := strings.Join(names, " "); got != "userName externalId displayName name active roles" {
		t.Errorf("attributes: %s", got)
	}
	if list := p.says("GET", "Schemas", "", 200); list["totalResults"] != 1.0 {
		t.Errorf("%v", list)
	}
}

// All of them, page by page, as a provider imports them.
func TestAProviderReadsAllPages(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.provider()
		for n := range 25 {
			p.says("POST", "Users", fmt.Sprintf(`{"userName":"user%d","displayName":"User %d"}`, n, n), 201)
		}
		var seen []string
		for from := 1; ; from += 10 {
			got := p.says("GET", fmt.Sprintf("Users?startIndex=%d&count=10", from), "", 200)
			if got["totalResults"] != 26.0 || got["startIndex"] != float64(from) {
				t.Fatalf("%v", got)
			}
			for _, r := range got["Resources"].([]any) {
				seen = append(seen, fmt.Sprint(r.(map[string]any)["userName"]))
			}
			if got["itemsPerPage"] == 0.0 {
				break
			}
		}
		want := []string{"ada"}
		for n := range 25 {
			want = append(want, fmt.Sprint("user", n))
		}
		if fmt.Sprint(seen) != fmt.Sprint(want) {
			t.Errorf("%v", seen)
		}
	})
}
