package browser

import (
	"strings"
	"testing"

	"vedette"
	"vedette/desk"
)

// An analyst sees that there is a restricted person and not who it is; whoever may know
// them sees the name, on the same pages.
func TestARestrictedPersonIsCountedAndNamedToWhoMayKnowThem(t *testing.T) {
	w := newWorld(t)
	_, err := w.desk.ImportPeople(w.ctx, strings.NewReader("name,email,phone,city,country,restricted\nXenia Quorvale,xq@people.example.org,+44 7700 900123,Tunis,TN,yes\n"), desk.ImportOptions{})
	w.must(err)
	w.user("ada", vedette.RoleAdministrator)
	w.user("ana", vedette.RoleAnalyst)
	w.user("petra", vedette.RoleAnalyst)

	admin := w.window()
	admin.signsIn("ada")
	admin.visit("/users")
	admin.reads("!may know who is restricted")
	_, err = w.desk.SetPrivy(w.ctx, "petra", true)
	w.must(err)
	admin.visit("/users")
	admin.reads("may know who is restricted")

	ana := w.window()
	ana.signsIn("ana")
	ana.visit("/house")
	ana.reads("3 people", "1 restricted")
	ana.visit("/people")
	ana.reads("1 to 3 of 3", "(restricted person)", "!Quorvale", "!900123", "!xq@")
	ana.press("(restricted person)")
	ana.reads("A restricted person", "Ask petra.", "!Quorvale", "!900123", "!Edit")
	ana.shot("veiled")
	ana.visit("/people?q=Quorvale")
	ana.reads("Nobody of 3 is so")

	petra := w.window()
	petra.signsIn("petra")
	petra.visit("/people?q=Quorvale")
	petra.reads("1 to 1 of 1", "Xenia Quorvale", "restricted", "xq@people.example.org")
	petra.press("Xenia Quorvale")
	petra.reads("Restricted person", "!Ask petra", "+447700900123")
	petra.shot("named")
}
