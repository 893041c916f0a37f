package web

import (
	"net/http"
	"strings"
	"testing"

	"vedette"
	"vedette/desk"
)

// What somebody does on a page is in the record under their name, whatever the form
// says, and with a link to the thing; so is who signed in, and what left as a file.
func TestTheRecordSaysWhoDidIt(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	w.user("admin", vedette.RoleAdministrator)
	w.user("ana", vedette.RoleAnalyst)
	admin, ana := w.signs("admin"), w.signs("ana")
	acts := "/updates/" + string(u.ID) + "/acts"
	if rec := w.ask("POST", acts, filled("do", "stop", "reason", "the wrong area", "sure", "1", "by", "Eve").Encode(), "Cookie", ana); rec.Code != http.StatusSeeOther {
		t.Fatalf("to stop: %d", rec.Code)
	}
	page := func(address string) string {
		rec := w.ask("GET", address, "", "Cookie", admin)
		if rec.Code != http.StatusOK {
			t.Fatalf("%s: %d", address, rec.Code)
		}
		return rec.Body.String()
	}
	of := page("/audit?who=ana")
	if strings.Contains(of, ">Eve<") {
		t.Error("the record believes what a form says")
	}
	of = text(of)
	for _, want := range []string{"update stopped", "session signed in", "portal"} {
		if !strings.Contains(of, want) {
			t.Errorf("what ana did has no %q:\n%s", want, of)
		}
	}
	if strings.Contains(of, "published") {
		t.Errorf("what ana did has what others did:\n%s", of)
	}
	all := page("/audit")
	if !strings.Contains(all, `<a href="/updates/`+string(u.ID)+`">update stopped</a>`) {
		t.Error("no link leads to what was stopped")
	}
	if err := w.desk.NoteExport(w.ctx, desk.ExportCalls, u.ID); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text(page("/audit?kind=export")), "export call sheets") {
		t.Error("what left as a file is not in the record")
	}
	if rec := w.ask("GET", "/audit?kind=ledger", "", "Cookie", admin); rec.Code != http.StatusBadRequest {
		t.Errorf("a kind that is none: %d", rec.Code)
	}
	check := text(page("/audit/check"))
	if !strings.Contains(check, "Nothing was changed, put in or taken out") || !strings.Contains(check, "no row is sealed yet") {
		t.Error(check)
	}
	if check := text(page("/audit/check?head=1:" + strings.Repeat("0", 64))); !strings.Contains(check, "row 1 are not those whose head was written down") {
		t.Error(check)
	}
}

// Each kind of row has a name that a page says in its language.
func TestEveryKindOfRowHasAName(t *testing.T) {
	for _, k := range vedette.LogKinds {
		if word, _, _ := strings.Cut(kindNames[k], "##"); word != string(k) {
			t.Errorf("%s is named %q", k, kindNames[k])
		}
	}
}
