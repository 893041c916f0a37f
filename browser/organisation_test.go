package browser

import (
	"regexp"
	"testing"

	"vedette"
	"vedette/desk"
	"vedette/web"
)

var joinLink = regexp.MustCompile(`/join/[\w-]+`)

// Whoever runs the installation invites; whoever is invited brings in their organisation
// on one form, signs in to it, and takes what the other offers.
func TestAnOrganisationIsBroughtIn(t *testing.T) {
	source := axe(t)
	world := newWorld(t)
	desks, err := desk.NewDesks(world.ctx, world.desk.Config)
	world.must(err)
	world.serveAt("127.0.0.1:0", func(c *web.Config) { c.Desk, c.Desks = nil, desks })
	world.user("ada", vedette.RoleAdministrator)
	ada := world.window()
	ada.signsIn("ada")
	ada.visit("/organisations")
	ada.press("Offer what we publish")
	ada.fill("Whom it is for", "Ridge Aid")
	ada.press("Make an invitation")
	ada.reads("It is shown this once", "good until")
	ada.shot("invited")
	link := joinLink.FindString(ada.text())

	eve := world.window()
	for _, v := range eve.everyWay(link, "join", source) {
		t.Errorf("to join, %s", v)
	}
	eve.fill("Name of your organisation", "Ridge Aid")
	eve.fill("A short name", "Ridge!")
	eve.fill("Your name", "Eve")
	eve.fill("What you sign in with", "eve")
	eve.fill("A password", password)
	eve.fill("The password once more", password)
	eve.press("Bring it in")
	eve.reads("is no short name")
	eve.do("the short name, anew", clears("org"))
	eve.fill("A short name", "ridge")
	eve.fill("A password", password)
	eve.fill("The password once more", password)
	eve.press("Bring it in")
	eve.reads("Organisation, its short name")
	for _, v := range eve.at("/sign-in?org=ridge", source) {
		t.Errorf("to sign in: %s", v)
	}
	eve.shot("sign-in")
	eve.fill("What you sign in with", "eve")
	eve.fill("Password", password)
	eve.press("Sign in")
	eve.reads("Ridge Aid", "Sign out", "!Harbour")
	eve.visit("/people")
	eve.reads("!Amal")
	eve.visit("/organisations")
	eve.reads("Harbour Relief", "offers what it publishes", "!Invite one")
	eve.press("Take it")
	eve.reads("lies before the desk as a draft")
	for _, win := range []*window{ada, eve} {
		for _, v := range win.everyWay("/organisations", "organisations", source) {
			t.Errorf("organisations, %s", v)
		}
	}
	ada.visit("/organisations")
	ada.reads("Ridge Aid takes it", "used: Ridge Aid", "!Amal")
}
