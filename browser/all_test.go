package browser

import (
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"sync"
	"testing"

	"vedette/web"
)

// through are the paths of the pages that axe has looked through.
var through struct {
	sync.Mutex
	paths map[string]bool
}

// lookedThrough notes that a page was.
func lookedThrough(address string) {
	u, err := url.Parse(address)
	if err != nil {
		return
	}
	through.Lock()
	defer through.Unlock()
	if through.paths == nil {
		through.paths = map[string]bool{}
	}
	through.paths[u.Path] = true
}

// noPages are the addresses that answer with no page of their own, by what they answer
// with.
var noPages = map[string]string{
	"GET /updates/{id}/update.pdf": "a document", "GET /updates/{id}/sitrep.pdf": "a document", "GET /sitreps/{id}/report.pdf": "a document", "GET /reports/{id}/file": "a file", "GET /inbox/{id}/alert.cap.xml": "a file", "GET /r/update/{token}/update.pdf": "a document",
	"GET /updates/{id}/board.csv": "a table", "GET /rollcalls/{id}/calls.csv": "a table",
	"GET /updates/{id}/board/live": "a stream", "GET /night/live": "a stream",
	"GET /flash/look": "a piece of a page that was looked through", "GET /drafts/{id}/tells": "a piece of a page that was looked through",
	"GET /world-map/{file}": "a picture", "GET /drafts/{id}/clashes/{file}": "a picture", "GET /static/{file}": "a file", "GET /robots.txt": "a file", "GET /world/{area}/calendar.ics": "a calendar",
	"GET /r/sw.js": "a script", "GET /r/me/sw.js": "a script", "GET /r/me/{token}/app.webmanifest": "a file", "GET /r/me/{token}/file.json": "a file",
	"GET /people/{id}/file.json": "a file", "GET /people/{id}/file.txt": "a file",
	"GET /flash/write": "the way to the form of a template", "GET /sign-in/provider": "the way to the provider", "GET /sign-in/provider/back": "the way back from it",
	"GET /scim/v2/Users": "a machine's", "GET /scim/v2/Users/{id}": "a machine's", "GET /scim/v2/Groups": "a machine's", "GET /scim/v2/ServiceProviderConfig": "a machine's",
	"GET /scim/v2/ResourceTypes": "a machine's", "GET /scim/v2/ResourceTypes/{id}": "a machine's", "GET /scim/v2/Schemas": "a machine's", "GET /scim/v2/Schemas/{id}": "a machine's",
}

// unseen are the addresses of pages that no test has looked through.
func unseen() (out []string) {
	mux := http.NewServeMux()
	for _, pattern := range web.Addresses() {
		mux.Handle(pattern, http.NotFoundHandler())
	}
	seen := map[string]bool{}
	for path := range through.paths {
		r, err := http.NewRequest("GET", path, nil)
		if err == nil {
			_, pattern := mux.Handler(r)
			seen[pattern] = true
		}
	}
	for _, pattern := range web.Addresses() {
		if _, no := noPages[pattern]; !no && !seen[pattern] {
			out = append(out, pattern)
		}
	}
	return out
}

// all runs the tests. Where all of them ran, and axe was there, every page was looked
// through by it: a new page that no test opens fails here.
func all(m *testing.M) int {
	code := m.Run()
	if code != 0 || testing.Short() || os.Getenv("VEDETTE_AXE") == "" || flag.Lookup("test.run").Value.String() != "" || flag.Lookup("test.skip").Value.String() != "" {
		return code
	}
	for _, pattern := range unseen() {
		fmt.Fprintf(os.Stderr, "no test looks through %s with axe; have one open it (everyWay), or say in noPages what it is\n", pattern)
		code = 1
	}
	return code
}
