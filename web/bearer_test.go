package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/auth/rights"
	"vedette/desk"
)

// machine lets one in, and gives what it sends with each request.
func (w *world) machine(name string, may ...string) (authorization string) {
	w.t.Helper()
	_, secret, err := w.desk.AddToken(w.ctx, desk.TokenOrder{Name: name, Acts: may, By: "Ada"})
	must(w.t, err)
	return "Bearer " + secret
}

// refusedMachine says what is wrong with how a machine was refused, "" for nothing: it
// reads JSON, is told how to come in, and is led nowhere.
func refusedMachine(rec *httptest.ResponseRecorder) string {
	var says struct{ Code, Sentence, Detail string }
	switch ask := rec.Header().Get("WWW-Authenticate"); {
	case rec.Code != http.StatusUnauthorized && rec.Code != http.StatusForbidden:
		return fmt.Sprint("was answered ", rec.Code)
	case rec.Header().Get("Location") != "":
		return "was led to " + rec.Header().Get("Location")
	case json.Unmarshal(rec.Body.Bytes(), &says) != nil || says.Sentence+says.Detail == "":
		return "reads " + rec.Body.String()
	case !strings.HasPrefix(ask, `Bearer realm="vedette"`) || strings.Contains(ask, "insufficient_scope") != (rec.Code == http.StatusForbidden):
		return fmt.Sprintf("%d asks for %q", rec.Code, ask)
	}
	return ""
}

// Every route, by a token for each act, and by one that is no good: in where the act is
// the route's, else refused as a machine is.
func TestWhereATokenMayGo(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	w.user("admin", vedette.RoleAdministrator)
	admin := w.signs("admin")
	tokens := map[rights.Act]string{}
	// Most pages show what happened and to whom, so a token that may act is given that
	// it may look, too.
	also := []rights.Act{rights.Look, rights.SeePeople}
	for _, a := range rights.ForTokens() {
		acts := []string{string(a)}
		if a != rights.Scim && a != rights.Look {
			acts = append(acts, string(rights.Look), string(rights.SeePeople))
		}
		tokens[a] = w.machine(string(a), acts...)
	}
	fill := strings.NewReplacer("{$}", "", "{id}", string(u.ID), "{person}", string(w.person("Bo").ID), "{area}", "TN")
	p := &portal{Config: Config{Demo: http.NotFoundHandler()}}
	for _, rt := range p.routes() {
		if rt.act == "" {
			continue
		}
		method, path, ok := strings.Cut(rt.pattern, " ")
		if !ok {
			method, path = "GET", rt.pattern
		}
		path = fill.Replace(path)
		for a, token := range tokens {
			rec := w.ask(method, path, "by=Eve", "Authorization", token)
			// To draft is not all that it takes to act on an update, and to publish is
			// not to come to its page: no token of one act does.
			may := (a == rt.act || a != rights.Scim && a != rights.Look && slices.Contains(also, rt.act)) && rt.pattern != "POST /updates/{id}/acts"
			if wrong := refusedMachine(rec); may == (wrong == "") || !may && rec.Code != http.StatusForbidden {
				t.Errorf("%s by a token that may %s: %d %s", rt.pattern, a, rec.Code, wrong)
			}
		}
		w.now = w.now.Add(time.Second) // so that no more are wrong from one address than are let
		rec := w.ask(method, path, "", "Authorization", "Bearer vdt_nonsense", "Cookie", admin)
		if wrong := refusedMachine(rec); rec.Code != http.StatusUnauthorized || wrong != "" {
			t.Errorf("%s by a wrong token, with an administrator's cookie: %d %s", rt.pattern, rec.Code, wrong)
		}
	}
}

// The record names the token, whatever a form says; a token beside a cookie decides.
func TestTheRecordNamesTheToken(t *testing.T) {
	w := newWorld(t)
	w.user("ada", vedette.RoleAdministrator)
	ada := w.signs("ada")
	token := w.machine("intranet", "draft", "look")
	rec := w.ask("POST", "/drafts", filled("text", reportText, "by", "Eve").Encode(), "Authorization", token, "Cookie", ada)
	if rec.Code != http.StatusSeeOther || rec.Header().Get("Set-Cookie") != "" {
		t.Fatalf("%d %v %s", rec.Code, rec.Header(), text(rec.Body.String()))
	}
	page := w.ask("GET", "/drafts", "", "Authorization", token).Body.String()
	wants(t, page, "by token intranet")
	if strings.Contains(page, "Eve") || strings.Contains(page, `name="by"`) || strings.Contains(page, "Sign out") {
		t.Error("a token is taken for somebody")
	}
	for _, path := range []string{"/who", "/users", "/tokens"} {
		if rec := w.ask("GET", path, "", "Authorization", token, "Cookie", ada); rec.Code != http.StatusForbidden {
			t.Errorf("%s by a token that may not, with an administrator's cookie: %d", path, rec.Code)
		}
	}
	rec = w.ask("GET", "/drafts/"+string(vedette.NewID(w.now)), "", "Authorization", w.machine("reader", "see people"))
	if rec.Code != http.StatusNotFound || rec.Header().Get("Content-Type") != "application/json" || !strings.Contains(rec.Body.String(), `"code":"not_found"`) {
		t.Errorf("what is not there: %d %s", rec.Code, rec.Body)
	}
}

func TestATokenThatIsNotGood(t *testing.T) {
	w := newWorld(t)
	w.ask("GET", "/", "")
	secret, _ := auth.NewBearer()
	for path, want := range map[string]int{"/": 200, "/scim/v2/Users": 401} { // nobody has to sign in, and there are no tokens
		if rec := w.ask("GET", path, "", "Authorization", "Bearer "+secret); rec.Code != want {
			t.Errorf("as long as nobody may sign in, %s: %d", path, rec.Code)
		}
	}
	if _, _, err := w.desk.AddToken(w.ctx, desk.TokenOrder{Name: "early", Acts: []string{"look"}, By: "Ada"}); vedette.ErrorCode(err) != vedette.CodeConflict {
		t.Errorf("a token before the first administrator: %v", err)
	}
	w.user("ada", vedette.RoleAdministrator)
	ends, ended := w.machine("ends", "look"), w.machine("ended", "look")
	at := func(token string) int { return w.ask("GET", "/", "", "Authorization", token).Code }
	good := ends[len("Bearer "):]
	for token, want := range map[string]int{
		ends: 200, "bearer " + good: 200, "  BEARER   " + good + " ": 200, "Bearer": 401, "Bearer " + good[4:]: 401, "Bearer " + good[:46] + "!": 401,
		"Bearer " + good + " " + good: 401, "Bearer " + secret: 401, "Basic " + good: 303, good: 303,
	} {
		if got := at(token); got != want {
			t.Errorf("%q: %d, want %d", token, got, want)
		}
	}
	must(t, second(w.desk.EndToken(w.ctx, "ended")))
	if got := at(ended); got != http.StatusUnauthorized {
		t.Errorf("ended: %d", got)
	}
	w.now = w.now.Add(vedette.TokenLife - time.Second)
	if got := at(ends); got != http.StatusOK {
		t.Errorf("a second before its end: %d", got)
	}
	w.now = w.now.Add(time.Second)
	if got := at(ends); got != http.StatusUnauthorized {
		t.Errorf("at its end: %d", got)
	}
}

// When it was used last is kept to a minute.
func TestWhenATokenWasUsed(t *testing.T) {
	w := newWorld(t)
	w.user("ada", vedette.RoleAdministrator)
	token, start := w.machine("intranet", "look"), w.now
	used := func() time.Duration {
		w.ask("GET", "/", "", "Authorization", token)
		list, err := w.desk.Tokens(w.ctx, false)
		must(t, err)
		return list[0].Used.Sub(start)
	}
	for _, c := range []struct{ pass, want time.Duration }{{0, 0}, {59 * time.Second, 0}, {time.Second, time.Minute}, {time.Hour, time.Hour + time.Minute}} {
		w.now = w.now.Add(c.pass)
		if got := used(); got != c.want {
			t.Errorf("used %v after the start, want %v", got, c.want)
		}
	}
}

// Whoever guesses is held up, and no log says what they sent; others are not held up.
func TestGuessingTokens(t *testing.T) {
	w := newWorld(t)
	w.user("ada", vedette.RoleAdministrator)
	token := w.machine("intranet", "look")
	var log bytes.Buffer
	h, err := New(Config{Desk: w.desk, Gaz: w.gaz, Now: func() time.Time { return w.now }, Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	must(t, err)
	at := func(token, from string) int {
		r := httptest.NewRequest("GET", "http://localhost/?q=1", nil)
		r.RemoteAddr = from + ":9"
		r.Header.Set("Authorization", token)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		return rec.Code
	}
	if got := at(token, "198.51.100.7"); got != http.StatusOK {
		t.Fatalf("a good one: %d", got)
	}
	let := 0
	for range 1000 {
		guess, _ := auth.NewBearer()
		switch got := at("Bearer "+guess, "198.51.100.7"); got {
		case http.StatusUnauthorized:
			let++
		case http.StatusTooManyRequests:
		default:
			t.Fatalf("a guess: %d", got)
		}
	}
	if let > 100 {
		t.Errorf("%d guesses were looked up", let)
	}
	if a, b := at(token, "198.51.100.7"), at(token, "203.0.113.9"); a != http.StatusOK || b != http.StatusOK {
		t.Errorf("a good one: %d from where it came before, %d from elsewhere", a, b)
	}
	if strings.Contains(log.String(), "vdt_") || strings.Contains(log.String(), token[12:30]) || !strings.Contains(log.String(), "a token was not good") {
		t.Errorf("the log: %.2000s", log.String())
	}
}

// Where others reach the portal a token comes past the proxy too, or it went in the
// clear.
func TestATokenDoesNotComeInTheClear(t *testing.T) {
	w := newWorld(t)
	w.user("ada", vedette.RoleAdministrator)
	token := w.machine("intranet", "look")
	h, err := New(Config{Desk: w.desk, Gaz: w.gaz, Now: func() time.Time { return w.now }, Log: slog.New(slog.DiscardHandler), BaseURL: "https://desk.example.org",
		Outside: true, Proxies: []netip.Prefix{netip.MustParsePrefix("203.0.113.5/32")}})
	must(t, err)
	for remote, want := range map[string]int{"203.0.113.5:9": 200, "192.0.2.1:9": 403} {
		r := httptest.NewRequest("GET", "http://desk.example.org/", nil)
		r.RemoteAddr = remote
		r.Header.Set("Authorization", token)
		rec := httptest.NewRecorder()
		if h.ServeHTTP(rec, r); rec.Code != want {
			t.Errorf("from %s: %d", remote, rec.Code)
		}
	}
}

func TestTokensOnTheirPage(t *testing.T) {
	w := newWorld(t)
	wants(t, w.get("/tokens"), "Make the first administrator")
	w.user("ada", vedette.RoleAdministrator)
	ada := w.signs("ada")
	do := func(want int, pairs ...string) string {
		t.Helper()
		rec := w.ask("POST", "/tokens", filled(pairs...).Encode(), "Cookie", ada)
		if rec.Code != want {
			t.Fatalf("%v: %d %s", pairs, rec.Code, text(rec.Body.String()))
		}
		return rec.Body.String()
	}
	show := func(path string) string { return w.ask("GET", path, "", "Cookie", ada).Body.String() }
	for _, a := range rights.ForTokens() {
		if actMeans[string(a)] == "" {
			t.Errorf("the page does not say what it is to %s", a)
		}
	}
	wants(t, do(http.StatusConflict, "do", "add", "name", "door <i>badges", "days", "30"), "Say what the token may do")
	wants(t, do(http.StatusConflict, "do", "add", "name", "", "days", "30", "may look", "1"), "needs a name")
	wants(t, do(http.StatusConflict, "do", "add", "name", "badges", "days", "366", "may look", "1"), "1 to 365 days")
	wants(t, do(http.StatusConflict, "do", "add", "name", "badges", "days", "soon", "may look", "1"), "in digits")
	wants(t, do(http.StatusConflict, "do", "add", "name", "badges", "days", "30", "may administer", "1"), "Say what the token may do")
	page := do(http.StatusOK, "do", "add", "name", "door <i>badges", "days", "10", "may look", "1", "may see people", "1", "by", "Eve")
	secret := strings.Split(strings.Split(page, `<code class="link">`)[1], "<")[0]
	wants(t, page, "door <i>badges", "may look, see people", "ends soon", "never used", "made by ada")
	if rec := w.ask("GET", "/who", "", "Authorization", "Bearer "+secret); rec.Code != http.StatusOK {
		t.Errorf("with the token that was shown: %d", rec.Code)
	}
	if page := show("/tokens"); strings.Contains(page, secret) || !strings.Contains(page, "used <time") {
		t.Error("the secret is shown again, or not when it was used")
	}
	wants(t, do(http.StatusOK, "do", "end", "name", "door <i>badges"), "let in no more, at once")
	do(http.StatusSeeOther, "do", "end", "name", "door <i>badges", "sure", "1")
	wants(t, do(http.StatusConflict, "do", "end", "name", "door <i>badges", "sure", "1"), "There is no token")
	if rec := w.ask("GET", "/who", "", "Authorization", "Bearer "+secret); rec.Code != http.StatusUnauthorized {
		t.Errorf("ended: %d", rec.Code)
	}
	if page := show("/tokens"); strings.Contains(page, "badges") {
		t.Error("what was ended is listed")
	}
	wants(t, show("/tokens?all=1"), "door <i>badges", "ended")
}
