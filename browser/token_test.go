package browser

import (
	"io"
	"net/http"
	"testing"

	"github.com/chromedp/chromedp"

	"vedette"
)

// asks asks for a page with a token, and gives the status and what it says.
func (w *world) asks(path, secret string) (int, string) {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.ctx, "GET", w.base+path, nil)
	w.must(err)
	r.Header.Set("Authorization", "Bearer "+secret)
	answer, err := http.DefaultClient.Do(r)
	w.must(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	w.must(err)
	return answer.StatusCode, string(body)
}

// A token is made on its page, comes in for what it was given, and is ended there.
func TestATokenFromThePage(t *testing.T) {
	world := newWorld(t)
	world.user("ada", vedette.RoleAdministrator)
	w := world.window()
	w.signsIn("ada")
	w.visit("/tokens")
	w.reads("No machine may come in yet")
	w.fill("What has it", "intranet")
	w.tap("see people")
	w.press("Make the token")
	w.reads("This is the token of intranet", "shown this once")
	w.shot("made")
	secret, err := chromedp.Run(w.tab, chromedp.Evaluate[string](`document.querySelector("code.link").textContent`))
	world.must(err)
	if status, page := world.asks("/who", secret); status != 200 {
		t.Errorf("for what it was given: %d %s", status, page)
	}
	if status, page := world.asks("/tokens", secret); status != 403 {
		t.Errorf("for what it was not given: %d %s", status, page)
	}
	w.visit("/tokens")
	w.reads("intranet", "see people", "used 11 Mar 2026")
	w.press("End it")
	w.reads("intranet")
	w.press("End it")
	if status, page := world.asks("/who", secret); status != 401 {
		t.Errorf("ended: %d %s", status, page)
	}
}
