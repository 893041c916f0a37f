package store_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"vedette"
)

// user adds one, whose link is a byte.
func (w *world) user(login string, role vedette.UserRole, link byte, first bool) (vedette.User, error) {
	return w.o.AddUser(w.ctx, vedette.User{ID: vedette.NewID(t0), Name: "The " + login, Login: login, Role: role, By: "Ada"}, []byte{link}, t0.Add(time.Hour), first, t0)
}

func TestAUserFromTheFirstLinkToTheLast(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		some := func() bool {
			some, err := w.o.HasUsers(w.ctx)
			w.ok(err)
			return some
		}
		equal(t, "anybody", some(), false)
		seq := w.seq()
		u, err := w.user("ada", vedette.RoleAdministrator, 1, true)
		w.ok(err)
		_, err = w.user("ben", vedette.RoleAnalyst, 2, true)
		w.code(err, vedette.CodeConflict) // he is not the first
		_, err = w.user("ada", vedette.RoleAnalyst, 2, false)
		w.code(err, vedette.CodeConflict)
		_, err = w.user("Ada Lovelace", vedette.RoleAnalyst, 2, false)
		w.code(err, vedette.CodeInvalid)
		equal(t, "anybody", some(), true)
		equal(t, "log", w.log(seq), "user added")

		_, found, err := w.o.Linked(w.ctx, []byte{1}, t0.Add(time.Hour))
		w.ok(err)
		equal(t, "an old link", found, false)
		_, err = w.o.SetPassword(w.ctx, []byte{1}, "hash", t0)
		w.ok(err)
		_, err = w.o.SetPassword(w.ctx, []byte{1}, "another", t0)
		w.code(err, vedette.CodeExpired)
		_, err = w.o.SetPassword(w.ctx, nil, "another", t0)
		w.code(err, vedette.CodeExpired)
		got, password, found, err := w.o.UserByLogin(w.ctx, "ada")
		w.ok(err)
		equal(t, "by login", fmt.Sprintln(got.Name, password, found, got.SignedIn.IsZero()), "The ada hash true true\n")

		w.code(w.o.BeginSession(w.ctx, u.Key, "another", []byte("s"), nil, t0), vedette.CodeForbidden)
		w.ok(w.o.BeginSession(w.ctx, u.Key, "hash", []byte("s"), nil, t0))
		w.ok(w.o.BeginSession(w.ctx, u.Key, "hash", []byte("t"), []byte("s"), t0)) // the same browser
		w.ok(w.o.BeginSession(w.ctx, u.Key, "hash", []byte("u"), nil, t0))
		in := func(hash string) bool {
			_, found, err := w.o.SessionOf(w.ctx, []byte(hash))
			w.ok(err)
			return found
		}
		equal(t, "signed in", fmt.Sprint(in("s"), in("t"), in("u"), in("")), "false true true false")
		w.ok(w.o.EndSession(w.ctx, []byte("u"), false, t0))
		equal(t, "one signed out", fmt.Sprint(in("t"), in("u")), "true false")
		w.ok(w.o.BeginSession(w.ctx, u.Key, "hash", []byte("u"), nil, t0))
		w.ok(w.o.EndSession(w.ctx, []byte("u"), true, t0))
		equal(t, "all signed out", fmt.Sprint(in("t"), in("u")), "false false")

		w.ok(w.o.BeginSession(w.ctx, u.Key, "hash", []byte("t"), nil, t0))
		_, err = w.o.ResetUser(w.ctx, "ada", []byte{3}, t0.Add(time.Hour), t0)
		w.ok(err)
		equal(t, "after a reset", in("t"), false)
		w.code(w.o.BeginSession(w.ctx, u.Key, "hash", []byte("t"), nil, t0), vedette.CodeForbidden)

		_, err = w.o.CloseUser(w.ctx, "ada", t0)
		w.code(err, vedette.CodeConflict) // nobody else could let her in again
		_, err = w.o.SetRole(w.ctx, "ada", vedette.RoleAnalyst, nil, t0)
		w.code(err, vedette.CodeConflict)
		_, err = w.user("ben", vedette.RoleAnalyst, 2, false)
		w.ok(err)
		_, err = w.o.SetRole(w.ctx, "ben", vedette.RoleAdministrator, nil, t0)
		w.ok(err)
		_, err = w.o.CloseUser(w.ctx, "ada", t0)
		w.ok(err)
		_, found, err = w.o.Linked(w.ctx, []byte{3}, t0)
		w.ok(err)
		equal(t, "the link of who was closed", found, false)
		_, err = w.o.ResetUser(w.ctx, "ada", []byte{4}, t0, t0)
		w.code(err, vedette.CodeNotFound)
		_, err = w.user("ada", vedette.RoleAnalyst, 5, false)
		w.ok(err)
		all, err := w.o.Users(w.ctx, true)
		w.ok(err)
		now, err := w.o.Users(w.ctx, false)
		w.ok(err)
		equal(t, "listed", fmt.Sprint(len(all), len(now)), "3 2")
	})
}

func TestSessionsEnd(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u, err := w.user("ada", vedette.RoleAdministrator, 1, true)
		w.ok(err)
		_, err = w.o.SetPassword(w.ctx, []byte{1}, "hash", t0)
		w.ok(err)
		for i := range 25 {
			w.ok(w.o.BeginSession(w.ctx, u.Key, "hash", []byte{byte(i)}, nil, t0.Add(time.Duration(i)*time.Minute)))
		}
		live := func() (list []byte) {
			for i := range 25 {
				_, found, err := w.o.SessionOf(w.ctx, []byte{byte(i)})
				w.ok(err)
				if found {
					list = append(list, byte(i))
				}
			}
			return list
		}
		equal(t, "the oldest end", fmt.Sprint(live()), "[5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24]")
		w.ok(w.o.SeeSession(w.ctx, []byte{5}, t0.Add(time.Hour)))
		w.ok(w.o.SeeSession(w.ctx, []byte{5}, t0)) // a clock that was set back
		w.ok(w.o.EndOldSessions(w.ctx, t0, t0.Add(20*time.Minute)))
		equal(t, "seen lately", fmt.Sprint(live()), "[5 20 21 22 23 24]")
		w.ok(w.o.EndOldSessions(w.ctx, t0.Add(22*time.Minute), t0))
		equal(t, "begun lately", fmt.Sprint(live()), "[22 23 24]")
	})
}

// Two who press at once: one of them is the first.
func TestOneIsTheFirst(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		var wg sync.WaitGroup
		var made atomic.Int32
		for i := range 8 {
			wg.Go(func() {
				if _, err := w.user(fmt.Sprint("user", i), vedette.RoleAdministrator, byte(i+1), true); err == nil {
					made.Add(1)
				}
			})
		}
		wg.Wait()
		equal(t, "made", made.Load(), 1)
	})
}

// Nobody sees or changes who signs in at another organisation.
func TestUsersAreOfTheirOrganisation(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u, err := w.user("ada", vedette.RoleAdministrator, 1, true)
		w.ok(err)
		_, err = w.o.SetPassword(w.ctx, []byte{1}, "hash", t0)
		w.ok(err)
		w.ok(w.o.BeginSession(w.ctx, u.Key, "hash", []byte("s"), nil, t0))
		_, err = w.o.ResetUser(w.ctx, "ada", []byte{2}, t0.Add(time.Hour), t0)
		w.ok(err)
		_, err = w.o.SetPassword(w.ctx, []byte{2}, "hash", t0)
		w.ok(err)
		w.ok(w.o.BeginSession(w.ctx, u.Key, "hash", []byte("s"), nil, t0))
		other, err := w.s.AddOrganisation(w.ctx, "Others", t0)
		w.ok(err)
		o := w.s.In(other.Key)
		_, _, byLogin, err := o.UserByLogin(w.ctx, "ada")
		w.ok(err)
		_, bySession, err := o.SessionOf(w.ctx, []byte("s"))
		w.ok(err)
		some, err := o.HasUsers(w.ctx)
		w.ok(err)
		equal(t, "seen", fmt.Sprint(byLogin, bySession, some), "false false false")
		w.code(o.BeginSession(w.ctx, u.Key, "hash", []byte("x"), []byte("s"), t0), vedette.CodeForbidden)
		w.ok(o.EndSession(w.ctx, []byte("s"), true, t0))
		w.ok(o.EndOldSessions(w.ctx, t0.Add(time.Hour), t0.Add(time.Hour)))
		_, err = o.CloseUser(w.ctx, "ada", t0)
		w.code(err, vedette.CodeNotFound)
		_, still, err := w.o.SessionOf(w.ctx, []byte("s"))
		w.ok(err)
		equal(t, "still signed in", still, true)
	})
}

// Two administrators who close each other, or make each other less, at the same time:
// one stays.
func TestOneAdministratorStays(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		logins := []string{"ada", "ben", "cem"}
		for i, login := range logins {
			_, err := w.user(login, vedette.RoleAdministrator, byte(i+1), false)
			w.ok(err)
		}
		var wg sync.WaitGroup
		for i, login := range logins {
			wg.Go(func() {
				if i%2 == 0 {
					_, _ = w.o.CloseUser(w.ctx, login, t0)
				} else {
					_, _ = w.o.SetRole(w.ctx, login, vedette.RoleAnalyst, nil, t0)
				}
			})
		}
		wg.Wait()
		left, err := w.o.Users(w.ctx, false)
		w.ok(err)
		admins := 0
		for _, u := range left {
			if u.Role == vedette.RoleAdministrator {
				admins++
			}
		}
		equal(t, "administrators", admins, 1)
	})
}

// Where somebody is signed in is told apart by ids, by which each ends; a new password
// ends all but the one it was set in, and only where the old one is still the one.
func TestSomebodysOwnSessions(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ada, err := w.user("ada", vedette.RoleAdministrator, 1, true)
		w.ok(err)
		ben, err := w.user("ben", vedette.RoleAnalyst, 2, false)
		w.ok(err)
		for i := range 2 {
			_, err = w.o.SetPassword(w.ctx, []byte{byte(i + 1)}, "hash", t0)
			w.ok(err)
		}
		for i, hash := range []string{"a", "b", "c"} {
			w.ok(w.o.BeginSession(w.ctx, ada.Key, "hash", []byte(hash), nil, t0.Add(time.Duration(i)*time.Minute)))
		}
		w.ok(w.o.BeginSession(w.ctx, ben.Key, "hash", []byte("d"), nil, t0))
		w.ok(w.o.SeeSession(w.ctx, []byte("a"), t0.Add(time.Hour)))
		in := func() (list string) {
			for _, hash := range []string{"a", "b", "c", "d"} {
				if _, found, err := w.o.SessionOf(w.ctx, []byte(hash)); err == nil && found {
					list += hash
				}
			}
			return list
		}
		list, err := w.o.Sessions(w.ctx, ada.Key)
		w.ok(err)
		a, _, err := w.o.SessionOf(w.ctx, []byte("a"))
		w.ok(err)
		equal(t, "sessions", fmt.Sprint(len(list), list[0].ID == a.ID, list[0].Made.Equal(t0), list[0].Seen.Equal(t0.Add(time.Hour)), list[0].Strong.IsZero()), "3 true true true true")
		w.ok(w.o.EndSessionOf(w.ctx, ben.Key, a.ID, t0)) // it is not his
		equal(t, "signed in", in(), "abcd")
		w.ok(w.o.EndSessionOf(w.ctx, ada.Key, list[1].ID, t0))
		equal(t, "one ended", in(), "abd")
		w.ok(w.o.EndOthers(w.ctx, ada.Key, []byte("b"), t0))
		equal(t, "the others ended", in(), "bd")

		w.ok(w.o.BeginSession(w.ctx, ada.Key, "hash", []byte("a"), nil, t0))
		w.code(w.o.ChangePassword(w.ctx, &ada, "another", "new", []byte("b"), t0), vedette.CodeConflict)
		equal(t, "nothing ended", in(), "abd")
		seq := w.seq()
		w.ok(w.o.ChangePassword(w.ctx, &ada, "hash", "new", []byte("b"), t0))
		equal(t, "a new password", in(), "bd")
		equal(t, "log", w.log(seq), "user password changed")
		_, password, _, err := w.o.UserByLogin(w.ctx, "ada")
		w.ok(err)
		equal(t, "password", password, "new")
	})
}
