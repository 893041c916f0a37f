package store_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"vedette"
)

const anIssuer = "https://id.example.org"

// comes signs somebody in by a provider; the session's hash is a word.
func (w *world) comes(session, subject, mail string, more func(*vedette.Entry)) (vedette.User, error) {
	e := vedette.Entry{Issuer: anIssuer, Subject: subject, Mail: mail, Name: "The " + mail}
	if more != nil {
		more(&e)
	}
	return w.o.EnterByProvider(w.ctx, e, []byte(session), []byte(session), t0)
}

// grouped has roles follow groups, which say one.
func grouped(role vedette.UserRole) func(*vedette.Entry) {
	return func(e *vedette.Entry) { e.Follows, e.Role, e.Adds = true, role, true }
}

func (w *world) in(session string) bool {
	_, found, err := w.o.SessionOf(w.ctx, []byte(session))
	w.ok(err)
	return found
}

func TestWhoIsKnownComesByAProvider(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, err := w.comes("s", "7", "ada@example.org", grouped(vedette.RoleAdministrator))
		w.code(err, vedette.CodeForbidden) // never the first
		ada, err := w.user("ada@example.org", vedette.RoleAdministrator, 1, true)
		w.ok(err)
		seq := w.seq()
		for what, mail := range map[string]string{"no address that is verified": "", "an address nobody has": "eve@example.org"} {
			if _, err := w.comes("s", "7", mail, nil); vedette.ErrorCode(err) != vedette.CodeForbidden || w.in("s") {
				t.Errorf("%s: %v", what, err)
			}
		}
		u, err := w.comes("s", "7", "ada@example.org", nil)
		w.ok(err)
		equal(t, "who", fmt.Sprintln(u.ID == ada.ID, u.Issuer, w.in("s")), "true "+anIssuer+" true\n")
		// From then on by what the provider calls them, whatever address they have.
		for _, mail := range []string{"", "countess@example.org"} {
			u, err = w.comes("t", "7", mail, func(e *vedette.Entry) { e.Strong = t0.Add(-time.Minute) })
			w.ok(err)
			equal(t, "by the subject", u.ID, ada.ID)
			s, _, err := w.o.SessionOf(w.ctx, []byte("t"))
			w.ok(err)
			equal(t, "a second factor", s.Strong, t0.Add(-time.Minute))
			w.ok(w.o.EndSession(w.ctx, []byte("t"), false, t0))
		}
		_, err = w.comes("u", "8", "ada@example.org", nil)
		w.code(err, vedette.CodeForbidden) // another account that got the address
		_, err = w.o.EnterByProvider(w.ctx, vedette.Entry{Issuer: "https://other.example.org", Subject: "7", Mail: "ada@example.org"}, []byte("u"), nil, t0)
		w.code(err, vedette.CodeForbidden) // another provider with the same subject
		equal(t, "in", w.in("u"), false)
		equal(t, "log", w.log(seq), "user comes by the identity provider\nsession signed in by the identity provider\n"+
			"session signed in by the identity provider, with a second factor\nsession signed out\nsession signed in by the identity provider, with a second factor\nsession signed out")

		// A reset begins anew: the address decides once more.
		_, err = w.o.ResetUser(w.ctx, "ada@example.org", []byte{9}, t0.Add(time.Hour), t0)
		w.ok(err)
		equal(t, "in after a reset", w.in("s"), false)
		_, err = w.comes("v", "8", "ada@example.org", nil)
		w.ok(err)
	})
}

func TestRolesFollowTheGroups(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, err := w.user("ada@example.org", vedette.RoleAdministrator, 1, true)
		w.ok(err)
		ben, err := w.comes("b", "2", "ben@example.org", grouped(vedette.RoleAnalyst))
		w.ok(err)
		equal(t, "somebody new", fmt.Sprintln(ben.Name, ben.Login, ben.Role, ben.Follows), "The ben@example.org ben@example.org analyst true\n")
		role := func(session, subject, mail string, says vedette.UserRole) string {
			u, err := w.comes(session, subject, mail, grouped(says))
			if err != nil {
				return string(vedette.ErrorCode(err))
			}
			return string(u.Role)
		}
		equal(t, "another group", role("b", "2", "ben@example.org", vedette.RoleApprover), "approver")
		s, _, err := w.o.SessionOf(w.ctx, []byte("b"))
		w.ok(err)
		equal(t, "in the session", s.User.Role, vedette.RoleApprover)

		// An administrator made by hand is not made less by a group, nor by none.
		equal(t, "by hand", role("a", "1", "ada@example.org", vedette.RoleAnalyst), "administrator")
		equal(t, "by hand, in none", role("a", "1", "ada@example.org", ""), "administrator")
		// One that the groups made is.
		equal(t, "by groups", role("b", "2", "", vedette.RoleAdministrator), "administrator")
		equal(t, "by groups, less", role("b", "2", "", vedette.RoleAnalyst), "analyst")
		// Nor is the last one, whoever made it.
		equal(t, "by groups again", role("b", "2", "", vedette.RoleAdministrator), "administrator")
		_, err = w.o.CloseUser(w.ctx, "ada@example.org", t0)
		w.ok(err)
		equal(t, "the last", role("b", "2", "", vedette.RoleAnalyst), "administrator")

		// Who is in no group any more is out everywhere, by every door.
		_, err = w.comes("c", "3", "cem@example.org", grouped(vedette.RoleAnalyst))
		w.ok(err)
		_, err = w.o.ResetUser(w.ctx, "cem@example.org", []byte{3}, t0.Add(time.Hour), t0)
		w.ok(err)
		_, err = w.o.SetPassword(w.ctx, []byte{3}, "hash", t0)
		w.ok(err)
		_, err = w.comes("c", "3", "cem@example.org", grouped(vedette.RoleAnalyst))
		w.ok(err)
		seq := w.seq()
		equal(t, "no group", role("c", "3", "cem@example.org", ""), string(vedette.CodeForbidden))
		_, password, _, err := w.o.UserByLogin(w.ctx, "cem@example.org")
		w.ok(err)
		equal(t, "in", fmt.Sprintf("%v %q", w.in("c"), password), `false ""`)
		equal(t, "log", w.log(seq), "user in no group of the identity provider")
		equal(t, "in one again", role("c", "3", "cem@example.org", vedette.RoleAnalyst), "analyst")
		// Who never came by it is refused, and stays as they were.
		_, err = w.user("dee@example.org", vedette.RoleAnalyst, 4, false)
		w.ok(err)
		equal(t, "never in one", role("d", "4", "dee@example.org", ""), string(vedette.CodeForbidden))
		_, found, err := w.o.Linked(w.ctx, []byte{4}, t0)
		w.ok(err)
		equal(t, "their link", found, true)
	})
}

// Whoever was closed, by hand or by SCIM, is not let in by another door, nor made anew.
func TestAProviderMakesNobodyOfWhomWasClosed(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, err := w.user("ada@example.org", vedette.RoleAdministrator, 1, true)
		w.ok(err)
		refused := func(what, subject, mail string) {
			t.Helper()
			if _, err := w.comes("x", subject, mail, grouped(vedette.RoleAnalyst)); vedette.ErrorCode(err) != vedette.CodeForbidden || w.in("x") {
				t.Errorf("%s: %v", what, err)
			}
		}
		i, err := w.provided("ben@example.org", "Ben", true)
		w.ok(err)
		_, err = w.comes("b", "2", "ben@example.org", grouped(vedette.RoleAnalyst))
		w.ok(err)
		_, err = w.says(i.ID, func(i *vedette.Identity) { i.Active = false })
		w.ok(err)
		equal(t, "in", w.in("b"), false)
		refused("closed by SCIM", "2", "ben@example.org")
		refused("and by another address", "2", "benny@example.org")
		_, err = w.user("benny@example.org", vedette.RoleAnalyst, 7, false)
		w.ok(err)
		refused("and by the address of somebody else", "2", "benny@example.org")
		refused("and by another subject", "22", "ben@example.org")
		_, err = w.says(i.ID, func(i *vedette.Identity) { i.Active = true })
		w.ok(err)
		_, err = w.comes("b", "2", "ben@example.org", grouped(vedette.RoleAnalyst))
		w.ok(err)
		// What SCIM makes of somebody stands as if it were by hand.
		_, err = w.says(i.ID, func(i *vedette.Identity) { i.Role = vedette.RoleAdministrator })
		w.ok(err)
		u, err := w.comes("b", "2", "ben@example.org", grouped(vedette.RoleAnalyst))
		w.ok(err)
		equal(t, "made by SCIM", u.Role, vedette.RoleAdministrator)
		w.ok(w.o.RemoveIdentity(w.ctx, i.ID, t0))
		refused("removed by SCIM", "2", "ben@example.org")

		_, err = w.comes("c", "3", "cem@example.org", grouped(vedette.RoleAnalyst))
		w.ok(err)
		_, err = w.o.CloseUser(w.ctx, "cem@example.org", t0)
		w.ok(err)
		refused("closed by hand", "3", "cem@example.org")
		_, err = w.user("cem@example.org", vedette.RoleAnalyst, 8, false)
		w.ok(err)
		_, err = w.comes("c", "3", "cem@example.org", grouped(vedette.RoleAnalyst))
		w.ok(err) // an administrator let them in again
	})
}

// However many browsers of somebody new come at once, one user is made.
func TestSomebodyNewIsMadeOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, err := w.user("ada@example.org", vedette.RoleAdministrator, 1, true)
		w.ok(err)
		var wg sync.WaitGroup
		var in atomic.Int32
		for i := range 6 {
			wg.Go(func() {
				if _, err := w.comes(fmt.Sprint("s", i), "2", "ben@example.org", grouped(vedette.RoleAnalyst)); err == nil {
					in.Add(1)
				} else {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		list, err := w.o.Users(w.ctx, true)
		w.ok(err)
		equal(t, "users", fmt.Sprint(len(list), in.Load()), "2 6")
	})
}

func TestTheFirstIsWelcomedOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		seq := w.seq()
		var wg sync.WaitGroup
		var in atomic.Int32
		for i := range 4 {
			wg.Go(func() {
				u := vedette.User{ID: vedette.NewID(t0), Name: fmt.Sprint("Ada ", i), Login: fmt.Sprintf("ada%d@example.org", i), By: "Ada"}
				_, err := w.o.Welcome(w.ctx, " Harbour Relief ", u, "hash", []byte(fmt.Sprint("s", i)), t0)
				if err == nil {
					in.Add(1)
				} else if vedette.ErrorCode(err) != vedette.CodeConflict {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		list, err := w.o.Users(w.ctx, true)
		w.ok(err)
		name, err := w.o.Organisation(w.ctx)
		w.ok(err)
		equal(t, "made", fmt.Sprintln(in.Load(), len(list), list[0].Role, name), "1 1 administrator Harbour Relief\n")
		equal(t, "signed in", w.in("s"+list[0].Login[3:4]), true)
		equal(t, "log", w.log(seq), "user added\norganisation named\nsession signed in")
	})
}
