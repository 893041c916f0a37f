package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"vedette"
	"vedette/desk"
)

// A file with a bad row is looked at, and saved without it: nothing before that.
func TestAFileWithABadRow(t *testing.T) {
	world := newWorld(t)
	world.user("ada", vedette.RoleAdministrator)
	file := filepath.Join(t.TempDir(), "people.csv")
	world.must(os.WriteFile(file, []byte("name,email,city,country\nNew One,new@people.example.org,Amman,Jordan\nBad Row,bad at people,Amman,Jordan\n"), 0o600))
	w := world.window()
	w.signsIn("ada")
	w.visit("/people/import")
	w.find("A file, of at most")
	w.do("choose a file", chromedp.SetUploadFiles(marked, []string{file}))
	w.press("Look at what it would do")
	w.reads("Nothing is saved yet", "line 3", "bad at people", "Is not an address", "!Save this")
	w.shot("looked")
	w.press("Leave out 1 row")
	w.reads("1 row with a problem, left out")
	if _, err := world.desk.Person(world.ctx, "new@people.example.org"); vedette.ErrorCode(err) != vedette.CodeNotFound {
		t.Errorf("saved by looking: %v", err)
	}
	w.press("Save this")
	w.reads("1 new")
	w.press("See them")
	w.reads("New One", "!Bad Row")
}

// A manager sees their own people, and nobody else by any address.
func TestAManagerSeesTheirOwnPeopleAlone(t *testing.T) {
	world := newWorld(t)
	world.user("ada", vedette.RoleAdministrator)
	_, err := world.desk.ImportPeople(world.ctx, strings.NewReader("name,email,city,country,manager\nDana Okafor,dana@people.example.org,Tunis,TN,lin@relief.example.org\n"), desk.ImportOptions{})
	world.must(err)
	_, link, err := world.desk.AddUser(world.ctx, desk.UserOrder{Name: "Lin", Login: "lin", Role: vedette.RoleManager, Of: []string{"lin@relief.example.org"}, By: "Ada"})
	world.must(err)
	_, err = world.desk.SetPassword(world.ctx, link, password)
	world.must(err)
	amal, err := world.desk.Person(world.ctx, "amal@people.example.org")
	world.must(err)
	w := world.window()
	w.signsIn("lin")
	w.reads("Dana Okafor", "!Amal", "!Bo Lindqvist")
	w.shot("own")
	for _, path := range []string{"/people", "/people/" + string(amal.ID), "/mine/" + string(amal.ID), "/who?area=Tunisia", "/people?q=amal", "/audit"} {
		if status := w.visit(path); status != 403 && status != 404 {
			t.Errorf("%s: %d", path, status)
		}
		w.reads("!Amal Haddad", "!amal@")
	}
	w.visit("/mine")
	w.press("Dana Okafor")
	w.reads("Dana Okafor", "Tunis")
}
