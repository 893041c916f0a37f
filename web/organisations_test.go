package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"vedette"
)

// Whoever was invited brings in their organisation on a page, signs in to it, and takes
// what the other offers; the link is good once.
func TestAnOrganisationJoins(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.user("ada", vedette.RoleAdministrator)
		ada := w.signs("ada")
		w.as(ada, "POST", "/organisations", http.StatusConflict, "do", "invite")
		page := w.as(ada, "POST", "/organisations", http.StatusOK, "do", "invite", "note", "<b>Ridge</b>")
		if strings.Contains(page, "<b>Ridge") {
			t.Error("what was typed came out as markup")
		}
		link := regexp.MustCompile(`/join/[\w-]+`).FindString(page)
		if link == "" || strings.Contains(w.as(ada, "GET", "/organisations", http.StatusOK), link) {
			t.Fatalf("the link %q is shown once", link)
		}
		wants(t, w.get(link), "Bring in your organisation", "short name")
		if rec := w.ask("GET", link+"x", ""); rec.Code != http.StatusGone {
			t.Errorf("another link: %d", rec.Code)
		}
		f := []string{"name", "Ridge <i>Aid</i>", "org", "ridge", "person", "Eve", "login", "eve", "password", aPassword, "again", aPassword, "role", "analyst", "offers", "1"}
		for _, bad := range [][2]string{{"org", "Ridge Aid"}, {"org", w.org.Handle}, {"login", "e ve"}, {"again", "other"}, {"name", " "}, {"person", ""}} {
			form := filled(f...)
			form.Set(bad[0], bad[1])
			if rec := w.ask("POST", link, form.Encode()); rec.Code != http.StatusBadRequest || strings.Contains(rec.Body.String(), "<i>Aid") {
				t.Errorf("%v: %d %s", bad, rec.Code, text(rec.Body.String()))
			}
		}
		rec := w.ask("POST", link, filled(f...).Encode())
		if rec.Code != http.StatusSeeOther || rec.Header().Get("Location") != "/sign-in?org=ridge" {
			t.Fatalf("%d %s %s", rec.Code, rec.Header().Get("Location"), text(rec.Body.String()))
		}
		if rec := w.ask("POST", link, filled(f...).Encode()); rec.Code != http.StatusGone {
			t.Errorf("a second time: %d", rec.Code)
		}
		w.desks.Fresh()
		d, err := w.desks.Named(w.ctx, "ridge")
		must(t, err)
		ridge := *w
		ridge.org, ridge.desk, ridge.rows = d.Org, d, w.store.In(d.Org.Key)
		eve := ridge.signsTo("eve")
		page = w.as(eve, "GET", "/organisations", http.StatusOK)
		wants(t, page, "Ridge <i>Aid</i>", "No other organisation here offers its updates")
		if strings.Contains(page, "Harbour") || strings.Contains(page, "Invite one") {
			t.Errorf("who joined is shown others: %s", text(page))
		}
		for _, do := range []string{"invite", "close", "open", "end"} {
			rec := w.ask("POST", "/organisations", filled("do", do, "org", w.org.Handle, "sure", "1", "note", "x", "invitation", "x").Encode(), "Cookie", eve)
			if rec.Code != http.StatusForbidden && rec.Code != http.StatusConflict {
				t.Errorf("%s by who does not run the installation: %d", do, rec.Code)
			}
		}
		w.as(ada, "POST", "/organisations", http.StatusSeeOther, "do", "offer")
		wants(t, w.as(eve, "GET", "/organisations", http.StatusOK), "Harbour Relief", "offers what it publishes")
		w.as(eve, "POST", "/organisations", http.StatusSeeOther, "do", "take", "org", w.org.Handle, "mode", "publish")
		wants(t, w.as(eve, "GET", "/organisations", http.StatusOK), "our people are told at once", "by Eve")
		wants(t, w.as(ada, "GET", "/organisations", http.StatusOK), "Ridge <i>Aid</i> takes it", "used: Ridge")
		w.as(ada, "POST", "/organisations", http.StatusOK, "do", "close", "org", "ridge")
		w.as(ada, "POST", "/organisations", http.StatusSeeOther, "do", "close", "org", "ridge", "sure", "1")
		if w.in(eve) {
			t.Error("who is signed in to what was closed is in")
		}
		w.as(ada, "POST", "/organisations", http.StatusSeeOther, "do", "open", "org", "ridge")
		w.as(ada, "POST", "/organisations", http.StatusSeeOther, "do", "dismiss", "org", "ridge")
	})
}
