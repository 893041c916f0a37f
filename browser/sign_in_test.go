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

// The first start: a code on the terminal, one form, and the first steps.
func TestTheFirstWhoSignsIn(t *testing.T) {
	world := newWorld(t)
	code, err := world.desk.NewWelcome(world.ctx)
	world.must(err)
	w := world.window()
	w.visit("/who")
	w.reads("Nobody has to sign in here yet")
	w.press("Set it up")
	w.shot("welcome")
	fill := func(code string) {
		w.fill("The code on the terminal", code)
		w.fill("Password", password)
		w.fill("The same once more", password)
	}
	w.fill("Your organisation", "Port Relief")
	w.fill("Your name", "Ada Lovelace")
	w.fill("Your mail address", "ada@example.org")
	fill("AAAA-BBBB-CCCC")
	if status := w.press("Begin"); status != 403 {
		t.Errorf("a wrong code: %d", status)
	}
	w.reads("That is not the code")
	fill(strings.ToLower(code)) // what else was typed is there still
	w.press("Begin")
	w.reads("First steps", "Port Relief", "Ada Lovelace", "Take in your people")
	w.shot("steps")
	w.press("Add your second factor")
	w.reads("Your second factor", "signs in with ada@example.org")

	// Everybody has to sign in from now on, and the code is good no more.
	other := world.window()
	other.visit("/")
	other.reads("Sign in", "Port Relief", "!Updates")
	other.visit("/welcome")
	other.reads("The first administrator is there already")
	other.press("Sign in")
	other.fill("What you sign in with", "ada@example.org")
	other.fill("Password", password)
	other.press("Sign in")
	other.reads("Nothing has been published yet", "Ada Lovelace")
}

// An administrator's link sets a lost password, once.
func TestALostPassword(t *testing.T) {
	world := newWorld(t)
	world.user("ada", vedette.RoleAdministrator)
	world.user("ben", vedette.RoleAnalyst)
	ada, ben := world.window(), world.window()
	ben.signsIn("ben")
	ada.signsIn("ada")
	ada.visit("/users")
	ada.do("open what is changed of ben", chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("section.user details")[1].open = true`))
	ada.press("Lost password or passkey")
	ada.reads("ben", "the password they have is good no more")
	ada.press("Reset")
	ada.reads("sets a password here, once")
	link, err := chromedp.Run(ada.tab, chromedp.Evaluate[string](`document.querySelector("code.link").textContent`))
	world.must(err)
	if !strings.HasPrefix(link, world.base+"/welcome/") {
		t.Fatalf("the link is %q", link)
	}
	ben.visit("/who")
	ben.reads("Sign in", "!Who is where")
	ben.fill("What you sign in with", "ben")
	ben.fill("Password", password)
	if status := ben.press("Sign in"); status != 403 {
		t.Errorf("the lost password: %d", status)
	}
	ben.visit(link)
	ben.reads("ben", "This link is good once")
	ben.fill("New password", "amber lantern quay 77")
	ben.fill("The same once more", "amber lantern quay 77")
	ben.press("Keep it")
	ben.fill("What you sign in with", "ben")
	ben.fill("Password", "amber lantern quay 77")
	ben.press("Sign in")
	ben.reads("Sign out")
	if status := ada.visit(link); status != 410 {
		t.Errorf("the link a second time: %d", status)
	}
	ada.reads("used already, or is too old")
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
