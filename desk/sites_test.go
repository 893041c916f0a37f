package desk

import (
	"strings"
	"testing"
)

func (r *room) sites(csv string, o ImportOptions) *SitesImport {
	r.t.Helper()
	im, err := r.ImportSites(r.t.Context(), strings.NewReader(csv), o)
	if err != nil {
		r.t.Fatal(err)
	}
	return im
}

func TestSitesAreBroughtUpToDate(t *testing.T) {
	r := newRoom(t)
	for _, c := range []struct {
		what, csv                         string
		options                           ImportOptions
		added, changed, unchanged, badRow int
	}{
		{"a dry run saves nothing", "site,code,country,city\nBasra office,B1,Iraq,Basra\n", ImportOptions{DryRun: true}, 1, 0, 0, 0},
		{"new sites", "site,code,country,city,phone\nBasra office,B1,Iraq,Basra,+9647901234567\nAmman house,,Jordan,Amman,\n", ImportOptions{}, 2, 0, 0, 0},
		{"the same again", "site,code,country,city,phone\nBasra office,B1,Iraq,Basra,+9647901234567\nAmman house,,Jordan,Amman,\n", ImportOptions{}, 0, 0, 2, 0},
		{"no column for the phone keeps it", "site,code,country,city\nBasra office,B1,Iraq,Basra\n", ImportOptions{}, 0, 0, 1, 0},
		{"known by code under another name", "site,code,country,city\nBasra base,B1,Iraq,Basra\n", ImportOptions{}, 0, 1, 0, 0},
		{"another code with the name of a kept site", "site,code,country,city\nBasra base,B2,Iraq,Basra\n", ImportOptions{}, 0, 0, 0, 2},
		{"one bad row, nothing is saved", "site,code,country,city\nErbil office,E1,Iraq,Erbil\nX,X1,Nowhereland,\n", ImportOptions{}, 1, 0, 0, 3},
		{"one bad row is left out", "site,code,country,city\nErbil office,E1,Iraq,Erbil\nX,X1,Nowhereland,\n", ImportOptions{SkipBad: true}, 1, 0, 0, 3},
	} {
		im := r.sites(c.csv, c.options)
		bad := 0
		if len(im.Problems) > 0 {
			bad = im.Problems[0].Line
		}
		if im.Added != c.added || im.Changed != c.changed || im.Unchanged != c.unchanged || bad != c.badRow {
			t.Errorf("%s: %+v", c.what, im)
		}
		if want := !c.options.DryRun && (bad == 0 || c.options.SkipBad); im.Saved != want {
			t.Errorf("%s: saved %v, want %v", c.what, im.Saved, want)
		}
	}
	list, err := r.Sites(t.Context())
	if err != nil || len(list) != 3 {
		t.Fatalf("%+v, %v", list, err)
	}
	for i, name := range []string{"Amman house", "Basra base", "Erbil office"} {
		if list[i].Name != name {
			t.Errorf("site %d is %q, want %q", i, list[i].Name, name)
		}
	}
	if list[1].Phone == "" {
		t.Error("the phone was forgotten by a file that does not speak of it")
	}
}

func TestWhoeverIsBasedAtASiteMovesWithIt(t *testing.T) {
	r := newRoom(t)
	r.sites("site,code,country,city\nField office,F1,Iraq,Basra\n", ImportOptions{})
	r.bring("name,email,site\nAli,ali@example.org,Field office\n", ImportOptions{})
	im := r.sites("site,code,country,city\nField office,F1,Jordan,Amman\n", ImportOptions{})
	if len(im.Moved) != 1 || im.Moved[0].People != 1 {
		t.Errorf("the move is told as %+v", im.Moved)
	}
	p, err := r.Person(t.Context(), "ali@example.org")
	if err != nil || len(p.Presence) != 1 || !r.Gaz.Contains("JO", p.Presence[0].Area) {
		t.Errorf("Ali is kept as %+v, %v", p.Presence, err)
	}
	if im := r.sites("site,code,country,city\nField office,F1,Iraq,Erbil\n", ImportOptions{DryRun: true}); len(im.Moved) != 1 || im.Saved {
		t.Errorf("the preview of a move: %+v", im)
	}
}

// A site that takes over the name of one that is renamed in the same file.
func TestSitesMayTradeNames(t *testing.T) {
	r := newRoom(t)
	r.sites("site,code,country,city\nNorth,A,Iraq,Erbil\nSouth,B,Iraq,Basra\n", ImportOptions{})
	if im := r.sites("site,code,country,city\nSouth,A,Iraq,Erbil\nNorth,B,Iraq,Basra\n", ImportOptions{}); im.Changed != 2 || !im.Saved {
		t.Fatalf("%+v", im)
	}
	list, err := r.Sites(t.Context())
	if err != nil || len(list) != 2 || list[0].External != "B" || list[1].External != "A" {
		t.Errorf("%+v, %v", list, err)
	}
}
