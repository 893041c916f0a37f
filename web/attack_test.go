package web

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"vedette"
)

// planted is markup that does something where it is one: in text, in an attribute, in an
// address.
const planted = `"><img src=x onerror=alert(1)>'javascript:alert(1)`

// came says how planted markup came out as such, "" where it stayed text.
func came(page string) string {
	for _, bad := range []string{"<img src=x", `onerror=alert(1)>'j`, `href="javascript:`, `action="javascript:`, `value=""><`} {
		if strings.Contains(page, bad) {
			return bad
		}
	}
	return ""
}

// Markup in every parameter of every route, at once and when the pages are seen
// afterwards, by somebody who may do all.
func TestMarkupInEveryParameter(t *testing.T) {
	w := newWorld(t)
	w.user("admin", vedette.RoleAdministrator)
	ids := w.full()
	admin := w.signs("admin")
	w.device(admin).codes()
	look := func(what, page string) {
		if strings.Contains(what, ".csv") || strings.Contains(what, "/file.") {
			return // a file to save, of which no browser makes a page: see TestEveryTableIsAnExport
		}
		if bad := came(page); bad != "" {
			t.Errorf("%s shows %q", what, bad)
		}
	}
	fill := filled()
	for _, n := range parameters(t) {
		fill.Set(n, planted)
	}
	kept := 0
	for _, rt := range (&portal{}).routes() {
		method, path, ok := strings.Cut(rt.pattern, " ")
		if !ok || rt.pattern == "POST /sign-out" {
			continue
		}
		id := ids[strings.TrimSuffix(strings.Split(path, "/")[1], "s")] // "updates" is of an update
		if id == "" {
			id = ids["person"]
		}
		to := strings.NewReplacer("{$}", "", "{id}", id, "{person}", ids["person"], "{area}", "TN", "{key}", "strike", "{token}", "none", "{link}", "none", "{file}", "none", "{gateway}", "none", "{provider}", "none", "{ref}", "none", "{step}", "none").Replace(path)
		if method == "GET" {
			look(rt.pattern, w.ask("GET", to+"?"+fill.Encode(), "", "Cookie", admin).Body.String())
			continue
		}
		for _, do := range append(doWords(t), "") {
			if do == "close" || do == "reset" || do == "others" {
				continue // they would sign us out
			}
			fill.Set("do", do)
			rec := w.ask(method, to, fill.Encode(), "Cookie", admin)
			look(rt.pattern+" to "+do, rec.Body.String())
			if rec.Code == http.StatusSeeOther {
				kept++
			}
		}
	}
	w.tried(t, admin, ids, look)
	// Words that are kept as they are written: each where a form keeps any.
	for path, f := range map[string][]string{
		"/people": {"name", planted, "email", "eve@people.example.org", "city", "Tunis", "country", "Tunisia"}, "/sites": {"name", planted, "country", "Tunisia"}, "/users": {"do", "add", "name", planted, "login", "eve", "role", "analyst"},
		"/organisations": {"do", "rename", "name", planted}, "/tokens": {"do", "add", "name", planted, "may", "look", "days", "7"}, "/drafts": {"text", strings.Replace(reportText, "Dock", planted, 1)},
		"/cases/" + ids["case"]: {"do", "note", "text", planted}, "/rollcalls": {"area", "Tunisia", "title", planted}, "/flash/templates/own": {"name", planted, "risk", "high", "urgency", "immediate", "language", "en", "do-1", "shelter", "headline-en", planted + "{place}", "advice-en", planted, "error-en", planted},
		"/inbox": {"text", strings.ReplaceAll(quake, "Sfax", strings.NewReplacer("<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(planted))},
		"/flash": {"id", string(vedette.NewID(w.now)), "template", "strike", "where", "Tunisia", "line", planted}, "/rota": {"do", "add", "name", planted, "mail", "x@relief.example.org", "zone", "UTC", "place", "1"},
	} {
		rec := w.ask("POST", path, filled(f...).Encode(), "Cookie", admin)
		look("POST "+path, rec.Body.String())
		if rec.Code == http.StatusSeeOther || rec.Code == http.StatusOK {
			kept++
		}
	}
	shown := 0
	w.tried(t, admin, ids, func(what, page string) {
		look(what, page)
		if strings.Contains(page, "&lt;img src=x") {
			shown++
		}
	})
	if kept < 8 || shown < 20 {
		t.Errorf("%d forms kept something, and %d pages show it: the test says little", kept, shown)
	}
}

// What comes in a path, a header or a form begins no line of the log and no header of the
// answer.
func TestNothingIsInjectedIntoHeadersOrTheLog(t *testing.T) {
	w := newWorld(t)
	w.user("ada", vedette.RoleAdministrator)
	var log bytes.Buffer
	w.serveWith(func(c *Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	ada := w.signs("ada")
	const evil = "x%0d%0aSet-Cookie:%20evil=1%0d%0a\x1b[31m"
	for _, path := range []string{"/updates/" + evil, "/people/" + evil, "/sign-in?to=/%0d%0aSet-Cookie:%20evil=1", "/sign-in?org=" + evil, "/r/" + evil, "/welcome/" + evil, "/join/" + evil, "/static/" + evil, "/scim/v2/Users/" + evil, "/" + evil} {
		r, err := http.NewRequest("GET", "http://localhost"+strings.ReplaceAll(path, "\x1b", "%1b"), nil)
		must(t, err)
		for _, h := range []string{"User-Agent", "Referer", "X-Forwarded-For", "X-Request-Id", "Accept-Language"} {
			r.Header.Set(h, "a\x1b[31m time=now level=ERROR msg=forged")
		}
		for _, cookie := range []string{"", ada} {
			rec := w.ask("GET", r.URL.RequestURI(), "", "Cookie", cookie, "User-Agent", r.Header.Get("User-Agent"), "X-Forwarded-For", r.Header.Get("X-Forwarded-For"), "X-Request-Id", r.Header.Get("X-Request-Id"))
			for name, values := range rec.Header() {
				for _, v := range values {
					if strings.Contains(v, "evil=1") && name != "Location" || strings.ContainsAny(v, "\r\n\x1b") {
						t.Errorf("%s answers with %s: %q", path, name, v)
					}
				}
			}
		}
	}
	for _, login := range []string{"x\r\ntime=now level=ERROR msg=forged", "\x1b]0;evil\x07", "a\x00b"} {
		w.ask("POST", "/sign-in", filled("login", login, "password", login, "to", "/\r\nSet-Cookie: evil=1").Encode())
	}
	for _, line := range strings.Split(strings.TrimSpace(log.String()), "\n") {
		if !strings.HasPrefix(line, "time=2") || strings.ContainsAny(line, "\r\x1b\x00\x07") {
			t.Errorf("a line of the log was written by somebody else: %q", line)
		}
	}
	if log.Len() == 0 {
		t.Error("nothing was logged")
	}
}

// Of files there are those of the portal alone, whatever the way to another is written.
func TestNoOtherFileIsServed(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/static/../portal.go", "/static/..%2fportal.go", "/static/%2e%2e/portal.go", "/static/....//portal.go", "/static/%2fetc%2fpasswd", `/static/..\portal.go`, "/static/", "/static", "/r/../static/style.css/..%2f..%2fportal.go", "//etc/passwd", "/static/style.css%00.go"} {
		rec := w.ask("GET", path, "")
		if body := rec.Body.String(); rec.Code == http.StatusOK || strings.Contains(body, "package web") || strings.Contains(body, "root:") {
			t.Errorf("%s: %d", path, rec.Code)
		}
	}
}

// No form makes somebody more than they are by a field that it does not have.
func TestARoleIsTakenByNoField(t *testing.T) {
	w := newWorld(t)
	w.user("admin", vedette.RoleAdministrator)
	w.user("ana", vedette.RoleAnalyst)
	bo := string(w.person("Bo").ID)
	w.user("tom", vedette.RoleTraveller, bo)
	for _, login := range []string{"ana", "tom"} {
		cookie := w.signs(login)
		f := filled("role", "administrator", "Role", "administrator", "user.role", "administrator", "of", "", "login", login, "strong", "1", "strong_at", "1", "admin", "true", "by", "admin", "org", "other", "acts", "administer", "name", login)
		for _, rt := range (&portal{}).routes() {
			method, path, _ := strings.Cut(rt.pattern, " ")
			if method != "POST" || rt.pattern == "POST /sign-out" || rt.open != "" {
				continue
			}
			to := strings.NewReplacer("{id}", bo, "{person}", bo, "{token}", "none", "{link}", "none", "{gateway}", "none", "{provider}", "none", "{ref}", "none", "{step}", "none").Replace(path)
			for _, do := range append(doWords(t), "") {
				if do == "others" || do == "ended" {
					continue
				}
				f.Set("do", do)
				w.ask("POST", to, f.Encode(), "Cookie", cookie)
			}
		}
	}
	list, err := w.desk.Users(w.ctx, true)
	must(t, err)
	for _, u := range list {
		if want := map[string]vedette.UserRole{"admin": vedette.RoleAdministrator, "ana": vedette.RoleAnalyst, "tom": vedette.RoleTraveller}[u.Login]; u.Role != want || len(list) != 3 {
			t.Errorf("of %d, %s is %s", len(list), u.Login, u.Role)
		}
	}
}

// Whoever is signed in types no name: the record has theirs.
func TestWhoIsSignedInTypesNoName(t *testing.T) {
	w := newWorld(t)
	w.user("admin", vedette.RoleAdministrator)
	ids := w.full()
	admin := w.signs("admin")
	w.device(admin).codes()
	seen := 0
	for _, rt := range (&portal{}).routes() {
		method, path, _ := strings.Cut(rt.pattern, " ")
		if method != "GET" || rt.open != "" {
			continue
		}
		id := ids[strings.TrimSuffix(strings.Split(path, "/")[1], "s")]
		to := strings.NewReplacer("{$}", "", "{id}", id, "{person}", ids["person"], "{area}", "TN", "{key}", "strike").Replace(path)
		page := w.ask("GET", to, "", "Cookie", admin).Body.String()
		if strings.Contains(page, `name="by"`) {
			t.Errorf("%s asks for a name", rt.pattern)
		}
		if strings.Contains(page, "Your name") {
			seen++
		}
	}
	if seen < 5 {
		t.Errorf("%d pages say by whom an act is", seen)
	}
}
