package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"vedette"
)

// One byte more than a route's bound, to each that something is sent to, by a signed-in
// administrator: it is refused and nothing happened.
func TestEveryRouteHasABound(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	w.user("admin", vedette.RoleAdministrator)
	cookie := w.signs("admin")
	before, err := w.store.In(w.desk.Org.Key).Log(w.ctx, 0, 1000)
	must(t, err)
	p := &portal{Config: Config{Demo: http.NotFoundHandler()}}
	of := map[string]bool{}
	for _, rt := range p.routes() {
		of[rt.pattern] = true
		method, path, ok := strings.Cut(rt.pattern, " ")
		if !ok {
			method, path = "POST", rt.pattern
		}
		b, bounded := bounds[rt.pattern]
		sends := method == "POST" || method == "PUT" || method == "PATCH"
		if bounded != sends {
			t.Errorf("%s: has a bound of its own: %v", rt.pattern, bounded)
		}
		if !sends {
			continue
		}
		if b.most <= 0 || b.most > 1<<20 && !strings.HasSuffix(rt.pattern, "/import") && rt.pattern != "POST /drafts" || b.most > maxForm || b.within <= 0 {
			t.Errorf("%s: %+v", rt.pattern, b)
		}
		path = fillRoute(w, u).Replace(path)
		long := "do=stop&reason=x&sure=1&answer=help&by=Ada&text="
		long += strings.Repeat("x", int(b.most)+1-len(long))
		for _, said := range []bool{true, false} {
			r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(long))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Cookie", cookie)
			if !said {
				r.ContentLength = -1
			}
			rec := httptest.NewRecorder()
			w.http.ServeHTTP(rec, r)
			if rt.pattern == "/demo/" {
				continue // there is none here
			}
			if rec.Code != http.StatusRequestEntityTooLarge || !strings.Contains(rec.Body.String(), "too long") {
				t.Errorf("%s, length said %v: %d %s", rt.pattern, said, rec.Code, text(rec.Body.String()))
			}
		}
	}
	for pattern := range bounds {
		if !of[pattern] {
			t.Errorf("%s has a bound, and is no route", pattern)
		}
	}
	after, err := w.store.In(w.desk.Org.Key).Log(w.ctx, 0, 1000)
	must(t, err)
	if len(after) != len(before) {
		t.Errorf("%d things happened", len(after)-len(before))
	}
	if got, err := w.desk.Update(w.ctx, u.ID); err != nil || got.State != u.State {
		t.Errorf("the update is %v, %v", got.State, err)
	}
}
