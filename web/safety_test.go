package web

import (
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver/voice"
	"vedette/desk"
	"vedette/httpd"
	"vedette/scim"
)

func TestEveryRouteAnswersUnderTheStrictPolicy(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	style := strings.Split(strings.Split(w.get("/"), `rel="stylesheet" href="`)[1], `"`)[0]
	fill := strings.NewReplacer("{$}", "", "{id}", string(u.ID), "{person}", string(w.person("Bo").ID), "{token}", w.token(u, "Bo"), "{area}", "TN", "{key}", "strike", "{file}", strings.TrimPrefix(style, "/static/"))
	draft, err := w.desk.NewDraft(w.ctx, desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: []byte(reportText), Origin: "test"}, By: "Ana"})
	must(t, err)
	_, two := w.sketched(vedette.UrgencyExpected, vedette.RiskHigh)
	two, err = w.desk.Update(w.ctx, two.ID)
	must(t, err)
	asked, err := w.rows.Ask(w.ctx, vedette.Approval{ID: vedette.NewID(w.now), Draft: two.ID, Sum: two.Sum(), AskedBy: "Ana", EndsAt: w.now.Add(time.Hour)}, 1, w.now)
	must(t, err)
	w.ask("POST", "/r/"+w.token(u, "Chiara"), "answer=2")
	cases, err := w.desk.Cases(w.ctx, false)
	must(t, err)
	ben, err := w.desk.AddDuty(w.ctx, desk.DutyOrder{Name: "Ben", Mail: "ben@desk.example.org", Zone: "UTC", Place: 1, By: "Ana"})
	must(t, err)
	pass := w.key.SignPass(auth.Pass{Org: w.org.Key, Case: cases[0].Key, Duty: ben.Key, Expires: w.now.Add(time.Hour)})
	call, err := w.desk.OpenRollcall(w.ctx, desk.RollcallOrder{Areas: []vedette.AreaID{"TN"}, By: "Ada"})
	must(t, err)
	sitrep := w.ask("POST", "/updates/"+string(u.ID)+"/sitrep", filled("by", "Ada", "id", string(vedette.NewID(w.now))).Encode()).Header().Get("Location")
	shift, err := w.desk.GiveHandover(w.ctx, "Ada", "Ben", false)
	must(t, err)
	sites, err := w.desk.Sites(w.ctx)
	must(t, err)
	trip, err := w.desk.AddTrip(w.ctx, "Bo Lindqvist", []vedette.Stay{{Area: "KE", From: w.now, To: w.now.Add(time.Hour)}})
	must(t, err)
	watch, err := w.desk.AddWatch(w.ctx, "Bo Lindqvist", vedette.Watch{Areas: []vedette.AreaID{"KE"}})
	must(t, err)
	house := map[string]vedette.ID{"/sites/": sites[0].ID, "/trips/": trip.ID, "/watches/": watch.ID}
	alert, _, err := w.desk.Receive(w.ctx, []byte(quake))
	must(t, err)
	house["/inbox/"] = alert.ID
	p := &portal{Config: Config{Demo: http.NotFoundHandler()}}
	for _, rt := range p.routes() {
		method, path, _ := strings.Cut(rt.pattern, " ")
		want, body := http.StatusOK, ""
		switch {
		case rt.pattern == scim.Path:
			method, path, want = "GET", rt.pattern, http.StatusUnauthorized
		case strings.HasPrefix(path, scim.Path):
			want = http.StatusUnauthorized // no token came
		case path == "" && rt.pattern == "/":
			method, path, want = "GET", "/no/such/page", http.StatusNotFound
		case path == "":
			method, path = "GET", rt.pattern
		case strings.HasSuffix(path, "/sitrep") && method == "POST":
			want = http.StatusBadRequest // nobody signs it
		case strings.HasPrefix(path, "/reports/"):
			want = http.StatusNotFound // its id is an update's here
		case method == "POST" && strings.HasPrefix(path, "/inbox"):
			want = http.StatusBadRequest // it says nothing
		case method == "POST" && strings.HasPrefix(path, "/drafts"):
			want = http.StatusBadRequest // nobody says who they are
			if slices.Contains([]string{"publish", "remove", "ask", "break"}, path[strings.LastIndexByte(path, '/')+1:]) {
				want = http.StatusConflict
			}
		case method == "POST" && (path == "/rollcalls" || path == "/drills"):
			want = http.StatusBadRequest // it says of nobody
		case method == "POST" && (strings.HasPrefix(path, "/rollcalls/") || strings.HasSuffix(path, "/acts") || path == "/handover" || path == "/log"):
			want = http.StatusConflict // nobody says who they are
		case method == "POST" && strings.HasPrefix(path, "/cases/"):
			want = http.StatusConflict // nobody says who they are
		case method == "POST" && strings.HasPrefix(path, "/approvals/"):
			want = http.StatusConflict // nobody says who they are
		case strings.HasPrefix(path, "/r/approve/"):
			want = http.StatusForbidden // nobody is rung
		case strings.HasPrefix(path, textPath), strings.HasPrefix(path, mailPath), strings.HasPrefix(path, voice.Path):
			want = http.StatusNotFound // no gateway is configured
		case strings.HasPrefix(path, "/r/devices/"):
			want = http.StatusNotFound // nothing is sent to devices
			if strings.HasSuffix(path, "/remove") {
				want, body = http.StatusOK, "slot=11"
			}
		case strings.HasPrefix(path, worldGroundPath), strings.HasSuffix(path, "/clashes/{file}"):
			want = http.StatusNotFound // the file is the stylesheet's
		case strings.HasSuffix(path, "/answer"):
			want, body = http.StatusForbidden, "answer=1" // it names no message
		case strings.HasSuffix(path, "/here") && method == "POST":
			want = http.StatusForbidden // Bo has not agreed to it
		case strings.HasSuffix(path, "/ask") && strings.HasPrefix(path, "/r/me/"):
			want = http.StatusBadRequest // it does not say what for
		case strings.HasSuffix(path, "/page"):
			want = http.StatusBadRequest // no button was pressed
		case strings.HasSuffix(path, "/wishes"):
			want = http.StatusSeeOther
		case path == "/r/received":
			want = http.StatusForbidden
		case path == "/sign-in" && method == "POST":
			want = http.StatusForbidden // nobody is known yet
		case (path == "/users" || path == "/tokens" || path == organisationsPath) && method == "POST":
			want = http.StatusConflict // no button was pressed
		case strings.HasPrefix(path, "/mine"):
			want = http.StatusForbidden // whoever need not sign in sees everybody, on other pages
		case strings.HasPrefix(path, signInProviderPath):
			want = http.StatusNotFound // there is none
		case path == firstPath && method == "POST":
			want = http.StatusForbidden // without the code
		case strings.HasPrefix(path, "/account") && path+method != "/accountGET", strings.HasPrefix(path, "/sign-in/"):
			want = http.StatusConflict // nobody has an account, and the portal no address
		case method == "POST" && slices.Contains([]string{"/people", "/sites", "/trips", "/watches", "/people/import", "/sites/import", "/trips/import", "/policies", "/rota", "/channels"}, path):
			want = http.StatusBadRequest // nobody is named, and nothing said
		case method == "POST" && (path == "/settings" || path == "/tasks"):
			want = http.StatusConflict
		case method == "POST" && (strings.HasPrefix(path, "/sites/") || strings.HasPrefix(path, "/trips/")):
			want = http.StatusConflict // it does not say of which state of it it is
		case method == "POST" && strings.HasPrefix(path, "/watches/"):
			want = http.StatusConflict // it does not say of which state of it it is
		case strings.HasPrefix(path, "/people/") && method == "POST":
			want = http.StatusConflict // it does not say of which state of them it is
		case path == "/flash" && method == "POST", path == "/flash/write", path == "/who/people":
			want = http.StatusBadRequest // it says nothing
		case strings.HasPrefix(path, "/flash/templates/") && method == "POST":
			want = http.StatusBadRequest // nobody is named, and nothing said
		case strings.HasSuffix(path, "/share"):
			want = http.StatusBadRequest // nor for how long
		case strings.HasPrefix(path, "/r/update/"):
			want = http.StatusForbidden // it is the link of a reply
		case path == "/sign-out":
			want = http.StatusSeeOther
		case strings.HasPrefix(path, WelcomePath), strings.HasPrefix(path, JoinPath):
			want = http.StatusGone
		case method == "POST":
			body = "answer=1"
		}
		policy := httpd.Policy
		if path == "/r/sw.js" || path == "/r/me/sw.js" {
			policy = httpd.ScriptPolicy
		}
		script := "<script"
		if path == "/flash" || path == "/updates/{id}" || strings.HasSuffix(path, "/board") || path == "/night" || path == "/log" || path == "/drafts/{id}/reading" || path == "/drafts/{id}/draw" || strings.HasPrefix(path, worldPath) && !strings.Contains(path, "{file}") && !strings.HasSuffix(path, ".ics") { // they have one, a file of their own
			policy, script = httpd.ScriptPolicy, "<script>"
		}
		if strings.HasPrefix(path, "/r/me/") {
			if path == "/r/me/{token}" {
				policy, script = httpd.AppPolicy, "<script>"
			}
			path = strings.Replace(path, "{token}", w.page("Bo"), 1)
		}
		if strings.HasPrefix(path, "/drafts/") {
			path = strings.Replace(path, "{id}", string(draft.Update.ID), 1)
		}
		for before, id := range house {
			if strings.HasPrefix(path, before) {
				path = strings.Replace(path, "{id}", string(id), 1)
			}
		}
		if strings.HasPrefix(path, "/approvals/") {
			path = strings.Replace(path, "{id}", string(asked.ID), 1)
		}
		if strings.HasPrefix(path, "/people/") {
			path = strings.Replace(path, "{id}", string(w.person("Bo").ID), 1)
		}
		if strings.HasPrefix(path, "/rollcalls/") {
			path = strings.Replace(path, "{id}", string(call.ID), 1)
		}
		if strings.HasPrefix(path, sitrepsPath) {
			path = strings.Replace(path, sitrepsPath+"{id}", sitrep, 1)
		}
		if strings.HasPrefix(path, "/handover/") {
			path = strings.Replace(path, "{id}", string(shift.ID), 1)
		}
		if strings.HasPrefix(path, "/r/take/") {
			path = strings.Replace(path, "{token}", pass, 1)
		}
		if strings.HasPrefix(path, "/r/device/") {
			path = strings.Replace(path, "{token}", w.key.SignDevice(auth.Device{Org: w.org.Key, Person: w.person("Bo").Key, Slot: 11, Since: w.now, Expires: w.now.Add(time.Hour)}), 1)
		}
		if strings.HasPrefix(path, "/cases/") {
			path = strings.Replace(path, "{id}", string(cases[0].ID), 1)
		}
		rec := w.ask(method, fill.Replace(path), body)
		if rec.Code != want {
			t.Errorf("%s: %d, want %d", rt.pattern, rec.Code, want)
		}
		if got := rec.Header().Get("Content-Security-Policy"); got != policy {
			t.Errorf("%s: policy %q", rt.pattern, got)
		}
		if rec.Header().Get("Referrer-Policy") != "no-referrer" || rec.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: a header is missing", rt.pattern)
		}
		if static := strings.HasPrefix(path, "/static/") || strings.HasSuffix(path, "/sw.js"); static == (rec.Header().Get("Cache-Control") == "no-store") {
			t.Errorf("%s: Cache-Control %q", rt.pattern, rec.Header().Get("Cache-Control"))
		}
		if page := rec.Body.String(); strings.Contains(page, script) || strings.Contains(page, " style=") || strings.Contains(page, "<style") {
			t.Errorf("%s: the page holds what the policy forbids", rt.pattern)
		}
	}
	for _, path := range []string{"/healthz", "/readyz", "/metrics", "/static/style.css"} {
		w.get(path)
	}
}

const hostile = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>\u202eesrever\u2066 \x00\x1b{{.}}"

// fillHostile puts hostile text into every string field it finds.
func fillHostile(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			fillHostile(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fillHostile(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			fillHostile(v.Index(i))
		}
	case reflect.String:
		switch v.Interface().(type) {
		case vedette.AreaID, vedette.Action, vedette.ID, vedette.UpdateState, vedette.Confidence:
		default:
			v.SetString(hostile)
		}
	}
}

func TestHostileTextStaysText(t *testing.T) {
	w := newWorld(t)
	u := harbours()
	fillHostile(reflect.ValueOf(&u.Content))
	u.Content.Kind = vedette.KindAlert
	u.Content.Affected = append(u.Content.Affected, vedette.Place{Text: hostile}, vedette.Place{Text: "x", Area: hostile})
	u = w.publish(u)
	if _, err := w.desk.Stop(w.ctx, u.ID, hostile); err != nil {
		t.Fatal(err)
	}
	base := "/updates/" + string(u.ID)
	roll := w.openRoll("update", string(u.ID), "people", "Grace Odhiambo")
	w.press(roll+"/calls", filled("do", "divide", "callers", hostile), http.StatusSeeOther)
	_, err := w.desk.GiveHandover(w.ctx, hostile, hostile, true)
	must(t, err)
	for _, path := range []string{roll, roll + "/calls", roll + "/ask", "/rollcalls", "/rollcalls?update=" + string(u.ID), "/handover", "/drafts?corrects=" + string(u.ID), "/", base, base + "/board", base + "/people", base + "/why/" + string(w.person("Bo").ID), "/r/" + w.token(u, "Bo")} {
		page := w.get(path)
		for _, bad := range []string{"<script>", "<img", "\u202e", "\u2066", "\x00", "\x1b", "<b>Rory"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s holds %q", path, bad)
			}
		}
		if !strings.Contains(page, "esrever") && path != base+"/why/"+string(w.person("Bo").ID) {
			t.Errorf("%s lost the words themselves", path)
		}
	}
}

func TestADrillIsFramedOnEveryPage(t *testing.T) {
	w := newWorld(t)
	d := harbours()
	d.Status = vedette.StatusExercise
	u := w.publish(d)
	base := "/updates/" + string(u.ID)
	for _, path := range []string{base, base + "/board", base + "/people", base + "/why/" + string(w.person("Bo").ID), "/r/" + w.token(u, "Bo")} {
		page := w.get(path)
		if !strings.Contains(page, `<body class="drill">`) || !strings.Contains(page, "<title>EXERCISE ") || !strings.Contains(text(page), "This is a drill.") {
			t.Errorf("%s does not say that it is an exercise", path)
		}
	}
	if list := w.get("/"); !strings.Contains(list, `<strong class="mark">EXERCISE</strong>`) || strings.Contains(list, `<body class="drill">`) {
		t.Error("the list marks the drill alone, not itself")
	}
}

func TestProblemsAreSaidInPlainWords(t *testing.T) {
	w := newWorld(t)
	for path, want := range map[string]int{
		"/nothing": 404, "/updates/x": 400, "/updates/00000000-0000-7000-8000-000000000000": 404, "/reports/x": 404,
		"/reports/00000000-0000-7000-8000-000000000000": 404, "/static/none.css": 404, "/?from=yesterday": 400, "/?page=0": 400, "/?area=Nowhereland": 400, "/?risk=huge": 400, "/r/short": 403,
	} {
		rec := w.ask("GET", path, "")
		page := rec.Body.String()
		if rec.Code != want || !strings.Contains(page, "<h1>") || !strings.Contains(page, `<html lang="en">`) {
			t.Errorf("%s: %d, want %d:\n%s", path, rec.Code, want, text(page))
		}
	}
}
