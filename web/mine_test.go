package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/desk"
	"vedette/httpd"
)

// page is what the link to somebody's own page ends with, made now.
func (w *world) page(who string) string {
	w.t.Helper()
	l, err := w.desk.MakePage(vedette.Acting(w.ctx, vedette.Actor{Via: vedette.ViaCommand}), string(w.person(who).ID))
	must(w.t, err)
	return l.Token
}

// tap is what a phone sends that was tapped on.
func tap(u *vedette.Update, answer, id string, waited time.Duration) string {
	return url.Values{"notice": {string(u.ID)}, "answer": {answer}, "tap": {id}, "waited": {time.Duration(waited / time.Second).String()}}.Encode()
}

func TestMyPageSaysWhatConcernsMe(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u := w.publish(harbours())
		token := w.page("Chiara")
		rec := w.ask("GET", "/r/me/"+token, "")
		page := rec.Body.String()
		if rec.Code != http.StatusOK {
			t.Fatalf("%d %s", rec.Code, text(page))
		}
		for h, want := range map[string]string{"Content-Security-Policy": httpd.AppPolicy, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"} {
			if got := rec.Header().Get(h); got != want {
				t.Errorf("%s is %q", h, got)
			}
		}
		t.Log(text(page))
		wants(t, page, u.Content.Headline, "I am safe", "I need help", "Emergency numbers", "None of this holds back a warning")
		for _, other := range []string{"Bo ", "Chiara", "Fonti"} {
			if strings.Contains(text(page), other) {
				t.Errorf("the page names somebody: %q", other)
			}
		}
	})
}

var _ = auth.Page{}
var _ = desk.PageLife
