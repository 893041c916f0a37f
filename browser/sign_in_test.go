package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"vedette"
	"vedette/desk"
)

const password = "quiet heron ledger 41"

// user lets somebody sign in, with a password.
func (w *world) user(name string, role vedette.UserRole) {
	w.t.Helper()
	_, link, err := w.desk.AddUser(w.ctx, desk.UserOrder{Name: name, Login: name, Role: role, By: "Ada"})
	w.must(err)
	_, err = w.desk.SetPassword(w.ctx, link, password)
	w.must(err)
}

// signsIn signs in by name and password.
func (w *window) signsIn(login string) {
	w.t.Helper()
	w.visit("/sign-in")
	w.fill("What you sign in with", login)
	w.fill("Password", password)
	w.press("Sign in")
	w.reads("Sign out")
}

// adds adds a passkey to the account, with the window's device.
func (w *window) adds(name string) {
	w.t.Helper()
	w.visit("/account")
	w.fill("What you call it", name)
	w.fill("Your password, once more", password)
	w.press("Add a passkey")
	w.reads("The passkey is added", name)
}

func (w *window) signsOut() {
	w.t.Helper()
	w.press("Sign out")
	w.reads("Sign in")
}

func TestTheFirstWhoSignsIn(t *testing.T) {
	w := newWorld(t).window()
	w.visit("/users")
	w.reads("Nobody has to sign in yet")
	w.fill("Name, as the record will have it", "Ada Lovelace")
	w.fill("What they sign in with", "ada")
	w.fill("Your name", "Ada")
	w.press("Add them")
	link, err := chromedp.Run(w.tab, chromedp.Evaluate[string](`document.querySelector("code.link").textContent`))
	w.must(err)
	if !strings.HasPrefix(link, w.base+"/welcome/") {
		t.Fatalf("the link is %q", link)
	}
	w.visit("/")
	w.reads("Sign in", "Password")
	w.visit(link)
	w.fill("New password", password)
	w.fill("The same once more", password)
	w.press("Keep it")
	w.fill("What you sign in with", "ada")
	w.fill("Password", password+"!")
	if status := w.press("Sign in"); status != 403 {
		t.Errorf("a wrong password: %d", status)
	}
	w.reads("do not belong together")
	w.fill("Password", password)
	w.press("Sign in")
	w.reads("Ada Lovelace", "Nothing has been published yet")
}

func TestAPasskeySignsIn(t *testing.T) {
	world := newWorld(t)
	world.user("ada", vedette.RoleAdministrator)
	w := world.window()
	w.device()

	// Before there is one the browser has none to show, and says so.
	w.visit("/sign-in")
	w.tap("Sign in with a passkey")
	w.awaits("No passkey was used")
	w.shot("none")

	w.signsIn("ada")
	w.visit("/account")
	w.fill("What you call it", "my laptop")
	w.fill("Your password, once more", "wrong")
	w.tap("Add a passkey")
	w.awaits("That is not the password you sign in with")
	w.adds("my laptop")
	w.shot("added")
	w.signsOut()

	w.visit("/who")
	w.press("Sign in with a passkey")
	w.reads("Who is where", "ada")
	w.visit("/account")
	w.reads("my laptop, a passkey", "used 11 Mar 2026", "a second factor was shown")

	// It signs once more: the count goes up, and is taken.
	w.signsOut()
	w.press("Sign in with a passkey")
	w.reads("ada")
}

func TestSigningOutEverywhere(t *testing.T) {
	world := newWorld(t)
	world.user("ada", vedette.RoleAdministrator)
	here, there := world.window(), world.window()
	here.signsIn("ada")
	there.signsIn("ada")
	here.press("ada")
	here.reads("This browser", "Sign out everywhere else")
	here.press("Sign out everywhere else")
	here.reads("Signed out everywhere else.")
	there.visit("/who")
	there.reads("Sign in", "!Who is where")
	there.signsIn("ada")
	here.visit("/")
	here.press("Sign out everywhere")
	there.visit("/who")
	there.reads("Sign in", "!Who is where")
	here.visit("/who")
	here.reads("Sign in", "!Who is where")
}
