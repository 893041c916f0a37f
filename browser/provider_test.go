package browser

import (
	"net"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"vedette"
	"vedette/auth/oidc"
	"vedette/auth/oidc/oidctest"
	"vedette/web"
)

// ownPort is a port of this machine that nobody has just now: the provider is told where
// browsers come back before the portal is there.
func (w *world) ownPort() string {
	w.t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	w.must(err)
	defer ln.Close()
	_, port, err := net.SplitHostPort(ln.Addr().String())
	w.must(err)
	return port
}

// atProvider signs somebody in on the provider's own pages.
func (w *window) atProvider(id string) {
	w.t.Helper()
	w.until("the provider's page", `!!document.querySelector("input[name=login]")`)
	w.do("sign in there", chromedp.SendKeys(chromedp.CSS("input[name=login]"), id), chromedp.SendKeys(chromedp.CSS("input[name=password]"), "any"))
	w.goes("press there", chromedp.Click(chromedp.CSS("button[type=submit]")))
	w.until("the provider's second page", `document.body.innerText.includes("Authorize") || document.body.innerText.includes("Continue")`)
	w.goes("let the portal know", chromedp.Click(chromedp.CSS("button[type=submit]")))
}

// Somebody signs in by a real identity provider, with a real browser: there, back, and to
// where they wanted to go.
func TestSigningInByARealProvider(t *testing.T) {
	world := newWorld(t)
	world.user("ada", vedette.RoleAdministrator)
	port := world.ownPort()
	base := "http://localhost:" + port
	people := map[string]oidctest.Account{
		"ben": {Mail: "ben@example.org", Verified: true, Name: "Ben Carter", Groups: []string{"desk"}},
		"eve": {Mail: "eve@example.org", Verified: true, Name: "Eve", Groups: []string{"kitchen"}},
	}
	real := oidctest.StartReal(t, base+web.ProviderBack, people)
	p, err := oidc.New(oidc.Config{Issuer: real.Issuer, Client: oidctest.Client, Secret: oidctest.Secret, Name: "Example ID", Scopes: oidc.UsualScopes, Groups: oidc.UsualGroups,
		Grants: []oidc.Grant{{Group: "desk", Role: vedette.RoleAnalyst}, {Group: "leads", Role: vedette.RoleApprover}}, Adds: true, Back: base + web.ProviderBack, Now: time.Now})
	world.must(err)
	world.serveAt("127.0.0.1:"+port, func(c *web.Config) { c.Provider = p })

	ben := world.window()
	ben.visit("/who")
	ben.shot("sign-in")
	ben.press("Sign in with Example ID")
	ben.atProvider("ben")
	ben.reads("Who is where", "Ben Carter")
	ben.visit("/account")
	ben.reads("You are an analyst", "You sign in with Example ID")

	// The next time the provider knows them, and the role is another.
	people["ben"] = oidctest.Account{Mail: "ben@example.org", Verified: true, Name: "Ben Carter", Groups: []string{"leads"}}
	real.Set(people)
	ben.press("Sign out")
	ben.reads("Sign in with Example ID")
	ben.press("Sign in with Example ID")
	ben.reads("Ben Carter")
	ben.visit("/account")
	ben.reads("You are an approver")

	eve := world.window()
	eve.visit("/sign-in")
	eve.press("Sign in with Example ID")
	eve.atProvider("eve")
	eve.reads("You are in no group of the identity provider", "Password", "!Sign out")

	// It goes: whoever is in stays, and a password signs in all the same.
	real.Stop()
	eve.tap("Sign in with Example ID")
	eve.until("the browser finds nobody there", `!document.body.innerText.includes("You are in no group")`)
	ada := world.window()
	ada.signsIn("ada")
	ben.visit("/who")
	ben.reads("Ben Carter")
}
