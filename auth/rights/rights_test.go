package rights

import (
	"slices"
	"testing"

	"vedette"
)

// Each act is in the table, and who may do more may do all that who may do less may.
func TestTheTableIsWhole(t *testing.T) {
	if len(table) != len(Acts) {
		t.Errorf("%d lines for %d acts", len(table), len(Acts))
	}
	for _, a := range Acts {
		who := Who(a)
		if len(who) == 0 && !slices.Contains(ForTokens(), a) {
			t.Errorf("nobody may %s", a)
		}
		for _, r := range who {
			if !slices.Contains(vedette.UserRoles, r) {
				t.Errorf("%s is for %q, which is no role", a, r)
			}
		}
		for i, r := range vedette.DeskRoles[1:] {
			if May(vedette.DeskRoles[i], a) && !May(r, a) {
				t.Errorf("%s may %s, and %s may not", vedette.DeskRoles[i], a, r)
			}
		}
		for _, r := range vedette.OwnRoles {
			if own := a == Self || a == SeeOwn || a == AccountOwn; May(r, a) && !own {
				t.Errorf("%s, who sees their own people alone, may %s", r, a)
			}
		}
		if May("", a) || May("king", a) {
			t.Errorf("whoever has no role that exists may %s", a)
		}
	}
	if May(vedette.RoleAdministrator, "fly") {
		t.Error("what is no act may be done")
	}
}

// A token may what it was given, and never what lets people or tokens in.
func TestWhatATokenMay(t *testing.T) {
	never := []Act{Administer, Self, RunHouse, SeeOwn, AccountOwn, Approve, BreakGlass}
	var all []string
	for _, a := range Acts {
		all = append(all, string(a))
		if got := TokenMay([]string{string(a)}, a); got == slices.Contains(never, a) {
			t.Errorf("a token that was given %q may: %v", a, got)
		}
	}
	for _, a := range append(never, "fly", "") {
		if TokenMay(append(all, "fly", ""), a) {
			t.Errorf("a token may %q", a)
		}
	}
	if TokenMay(nil, Look) || TokenMay([]string{"look"}, SeePeople) || TokenMay([]string{"look,see people"}, SeePeople) {
		t.Error("a token may what it was not given")
	}
	for _, r := range vedette.UserRoles {
		if May(r, Scim) {
			t.Errorf("%s may do what is for tokens alone", r)
		}
	}
}
