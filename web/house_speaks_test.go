package web

import (
	"net/http"
	"strings"
	"testing"

	"vedette"
	"vedette/web/messages"
)

// The pages by which the house is run are drawn in every language, headed in it.
func TestTheHouseSpeaksEveryLanguage(t *testing.T) {
	w := newWorld(t)
	w.user("admin", vedette.RoleAdministrator)
	admin := w.signs("admin")
	headings := map[string]string{
		"/house": "House", "/settings": "Settings", "/policies": "Policies", "/rota": "Rota", "/tasks": "Tasks", "/channels": "Channels", "/users": "Users",
		"/tokens": "Tokens", "/organisations": "Organisations", "/audit": "Record", "/audit/check": "The record, gone through", "/account": "Your account", "/first-steps": "First steps", "/sign-in": "Sign in",
	}
	for _, tag := range messages.Languages() {
		for address, heading := range headings {
			rec := w.ask("GET", address, "", "Cookie", admin, "Accept-Language", tag)
			if rec.Code != http.StatusOK {
				t.Errorf("%s in %s: %d", address, tag, rec.Code)
			}
			if want := ">" + messages.In(tag).Say(heading) + "</h1>"; !strings.Contains(rec.Body.String(), want) {
				t.Errorf("%s in %s has no %s", address, tag, want)
			}
		}
	}
}
