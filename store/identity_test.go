package store_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"vedette"
)

// provided adds somebody whom an identity provider knows.
func (w *world) provided(login, name string, active bool) (vedette.Identity, error) {
	i := vedette.Identity{User: vedette.User{ID: vedette.NewID(t0), Login: login, Role: vedette.RoleAnalyst, By: "token idp"}, External: "ext " + login, Active: active}
	return w.o.AddIdentity(w.ctx, i.Named(vedette.Names{Display: name}), t0)
}

// says is what a provider says of somebody.
func (w *world) says(id vedette.ID, change func(*vedette.Identity)) (vedette.Identity, error) {
	return w.o.ChangeIdentity(w.ctx, id, func(i vedette.Identity) vedette.Identity { change(&i); return i }, t0.Add(time.Hour))
}

func off(i *vedette.Identity) { i.Active = false }
func on(i *vedette.Identity)  { i.Active = true }

func (w *world) seen(q vedette.IdentityQuery) string {
	w.t.Helper()
	q.Most = 100
	list, total, err := w.o.Identities(w.ctx, q)
	w.ok(err)
	var out []string
	for _, i := range list {
		out = append(out, fmt.Sprintf("%s:%v", i.Login, i.Active))
	}
	if total != len(list) {
		w.t.Errorf("%d in all, %d listed", total, len(list))
	}
	return strings.Join(out, " ")
}

func TestAnIdentityFromFirstToLast(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, err := w.provided("ben", "Ben Okri", true)
		w.code(err, vedette.CodeConflict) // nobody is the first this way
		_, err = w.user("ada", vedette.RoleAdministrator, 1, true)
		w.ok(err)
		seq := w.seq()
		ben, err := w.provided("ben", "Ben Okri", true)
		w.ok(err)
		for _, c := range [][2]string{{"ben", "Another Ben"}, {"cem", "Ben Okri"}, {"ada", "Ada"}, {"cem", "The ada"}} {
			_, err = w.provided(c[0], c[1], true)
			w.code(err, vedette.CodeTaken)
		}
		_, err = w.provided("Ben Okri", "", true)
		w.code(err, vedette.CodeInvalid)

		// They have no password, and get one by a reset.
		_, password, found, err := w.o.UserByLogin(w.ctx, "ben")
		w.ok(err)
		equal(t, "password", fmt.Sprintf("%v %q", found, password), `true ""`)
		in := func() bool {
			w.t.Helper()
			_, err := w.o.ResetUser(w.ctx, "ben", []byte{9}, t0.Add(time.Hour), t0)
			w.ok(err)
			_, err = w.o.SetPassword(w.ctx, []byte{9}, "hash", t0)
			w.ok(err)
			w.ok(w.o.BeginSession(w.ctx, ben.Key, "hash", []byte("s"), nil, t0))
			_, found, err := w.o.SessionOf(w.ctx, []byte("s"))
			w.ok(err)
			return found
		}
		equal(t, "signed in", in(), true)

		// Inactive: out at once, and the password with it; active again under the id.
		got, err := w.says(ben.ID, off)
		w.ok(err)
		equal(t, "inactive", fmt.Sprintf("%v %s", got.Active, got.Closing), "false inactive")
		_, found, err = w.o.SessionOf(w.ctx, []byte("s"))
		w.ok(err)
		_, _, byLogin, err := w.o.UserByLogin(w.ctx, "ben")
		w.ok(err)
		equal(t, "signed in, may", fmt.Sprint(found, byLogin), "false false")
		equal(t, "seen", w.seen(vedette.IdentityQuery{}), "ada:true ben:false")
		_, err = w.provided("ben", "Ben Two", true)
		w.code(err, vedette.CodeTaken) // the name waits for him
		got, err = w.says(ben.ID, on)
		w.ok(err)
		_, password, found, err = w.o.UserByLogin(w.ctx, "ben")
		w.ok(err)
		equal(t, "active again", fmt.Sprintf("%v %v %v %v %q", got.Active, got.Closed.IsZero(), got.ID == ben.ID, found, password), `true true true true ""`)
		equal(t, "signed in again", in(), true)

		// What is said twice is written once.
		before := w.seq()
		_, err = w.says(ben.ID, on)
		w.ok(err)
		equal(t, "written", w.seq(), before)

		w.ok(w.o.RemoveIdentity(w.ctx, ben.ID, t0))
		w.code(w.o.RemoveIdentity(w.ctx, ben.ID, t0), vedette.CodeNotFound)
		_, err = w.o.Identity(w.ctx, ben.ID)
		w.code(err, vedette.CodeNotFound)
		_, err = w.says(ben.ID, on)
		w.code(err, vedette.CodeNotFound)
		_, err = w.provided("ben", "Ben Okri", true)
		w.ok(err)
		equal(t, "seen", w.seen(vedette.IdentityQuery{}), "ada:true ben:true")
		equal(t, "log", strings.ReplaceAll(w.log(seq), "\n", ", "), "user added, user reset, user password set, session signed in, user closed, user let in again, user reset, user password set, session signed in, user removed, user added")
	})
}

// One administrator stays, whatever a provider says, also where it says it of several
// at once.
func TestAProviderLeavesOneAdministrator(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, err := w.user("ada", vedette.RoleAdministrator, 1, true)
		w.ok(err)
		list, _, err := w.o.Identities(w.ctx, vedette.IdentityQuery{Most: 1})
		w.ok(err)
		ada := list[0].ID
		_, err = w.says(ada, off)
		w.code(err, vedette.CodeConflict)
		_, err = w.says(ada, func(i *vedette.Identity) { i.Role = vedette.RoleApprover })
		w.code(err, vedette.CodeConflict)
		w.code(w.o.RemoveIdentity(w.ctx, ada, t0), vedette.CodeConflict)
		_, err = w.says(ada, func(i *vedette.Identity) { *i = i.Named(vedette.Names{Display: "Ada Byron"}) })
		w.ok(err)
		ids := []vedette.ID{ada}
		for _, login := range []string{"ben", "cem"} {
			i, err := w.provided(login, login, true)
			w.ok(err)
			_, err = w.says(i.ID, func(i *vedette.Identity) { i.Role = vedette.RoleAdministrator })
			w.ok(err)
			ids = append(ids, i.ID)
		}
		var wg sync.WaitGroup
		for n, id := range ids {
			wg.Go(func() {
				if n == 1 {
					_ = w.o.RemoveIdentity(w.ctx, id, t0)
				} else {
					_, _ = w.says(id, off)
				}
			})
		}
		wg.Wait()
		left, err := w.o.Users(w.ctx, false)
		w.ok(err)
		equal(t, "left", len(left), 1)
	})
}

// Who was closed here by hand is not let in again by a provider, under any id, until
// somebody adds them by hand; and of two rows of a login the provider sees one.
func TestAClosingByHandHolds(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, err := w.user("ada", vedette.RoleAdministrator, 1, true)
		w.ok(err)
		ben, err := w.provided("ben", "Ben Okri", true)
		w.ok(err)
		_, err = w.o.CloseUser(w.ctx, "ben", t0)
		w.ok(err)
		equal(t, "seen", w.seen(vedette.IdentityQuery{}), "ada:true ben:false")
		_, err = w.says(ben.ID, on)
		w.code(err, vedette.CodeConflict)
		_, err = w.provided("ben", "Ben Okri", true)
		w.code(err, vedette.CodeTaken)
		_, err = w.says(ben.ID, func(i *vedette.Identity) { i.External = "other" })
		w.ok(err)
		got, err := w.o.Identity(w.ctx, ben.ID)
		w.ok(err)
		equal(t, "how", fmt.Sprintf("%v %q %s", got.Active, got.Closing, got.External), `false "" other`)

		_, err = w.user("ben", vedette.RoleAnalyst, 2, false)
		w.ok(err)
		login := "ben"
		equal(t, "seen", w.seen(vedette.IdentityQuery{Login: &login}), "ben:true")
		_, err = w.o.CloseUser(w.ctx, "ben", t0.Add(time.Hour))
		w.ok(err)
		equal(t, "seen", w.seen(vedette.IdentityQuery{Login: &login}), "ben:false")
	})
}

// A name that somebody else got meanwhile is not had twice.
func TestLetInAgainUnderANameThatIsAnothers(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, err := w.user("ada", vedette.RoleAdministrator, 1, true)
		w.ok(err)
		ben, err := w.provided("ben", "Ben Okri", false)
		w.ok(err)
		equal(t, "seen", w.seen(vedette.IdentityQuery{}), "ada:true ben:false")
		cem, err := w.provided("cem", "Ben Okri", true)
		w.ok(err)
		_, err = w.says(ben.ID, on)
		w.code(err, vedette.CodeTaken)
		_, err = w.says(ben.ID, func(i *vedette.Identity) { on(i); *i = i.Named(vedette.Names{Display: "Ben O. Okri"}) })
		w.ok(err)
		_, err = w.says(cem.ID, func(i *vedette.Identity) { *i = i.Named(vedette.Names{Display: "Ben O. Okri"}) })
		w.code(err, vedette.CodeTaken)
		_, err = w.says(cem.ID, func(i *vedette.Identity) { i.Login = "ben" })
		w.code(err, vedette.CodeTaken)
		_, err = w.token("badges", 1, t0)
		w.ok(err)
		_, err = w.says(cem.ID, func(i *vedette.Identity) { *i = i.Named(vedette.Names{Display: "token badges"}) })
		w.code(err, vedette.CodeTaken)
		external := "ext cem"
		equal(t, "by external id", w.seen(vedette.IdentityQuery{External: &external}), "cem:true")
		external = ""
		equal(t, "by none", w.seen(vedette.IdentityQuery{External: &external}), "")
	})
}

// A provider of another organisation sees, changes and removes nobody.
func TestIdentitiesAreOfTheirOrganisation(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, err := w.user("ada", vedette.RoleAdministrator, 1, true)
		w.ok(err)
		ben, err := w.provided("ben", "Ben Okri", true)
		w.ok(err)
		other, err := w.s.AddOrganisation(w.ctx, "Others", t0)
		w.ok(err)
		o := w.s.In(other.Key)
		_, err = o.Identity(w.ctx, ben.ID)
		w.code(err, vedette.CodeNotFound)
		_, err = o.ChangeIdentity(w.ctx, ben.ID, func(i vedette.Identity) vedette.Identity { off(&i); return i }, t0)
		w.code(err, vedette.CodeNotFound)
		w.code(o.RemoveIdentity(w.ctx, ben.ID, t0), vedette.CodeNotFound)
		_, total, err := o.Identities(w.ctx, vedette.IdentityQuery{Most: 10})
		w.ok(err)
		equal(t, "seen there", total, 0)
		equal(t, "seen here", w.seen(vedette.IdentityQuery{}), "ada:true ben:true")
	})
}

// Ten thousand, page by page: each once, in one order, though some come and go.
func TestPagesOfManyIdentities(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, err := w.user("ada", vedette.RoleAdministrator, 1, true)
		w.ok(err)
		w.crowdOfUsers(10_000)
		seen := map[string]bool{}
		for from := 0; ; from += 100 {
			list, total, err := w.o.Identities(w.ctx, vedette.IdentityQuery{From: from, Most: 100})
			w.ok(err)
			equal(t, "total", total, 10_001)
			for _, i := range list {
				if seen[i.Login] {
					t.Fatalf("%s is on two pages", i.Login)
				}
				seen[i.Login] = true
			}
			if len(list) == 0 {
				break
			}
		}
		equal(t, "seen", len(seen), 10_001)
		none, total, err := w.o.Identities(w.ctx, vedette.IdentityQuery{})
		w.ok(err)
		equal(t, "counted alone", fmt.Sprint(len(none), total), "0 10001")
		login := "user7777"
		equal(t, "one of them", w.seen(vedette.IdentityQuery{Login: &login}), "user7777:true")
	})
}

// crowdOfUsers lets n more sign in, faster than one by one.
func (w *world) crowdOfUsers(n int) {
	w.t.Helper()
	w.ok(w.sql(fmt.Sprintf(`INSERT INTO users (id, org, uuid, name, login, role, made_at, made_by)
		WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		SELECT 1000 + i, %d, 'made ' || i, 'User ' || i, 'user' || i, 1, 1, 'Ada' FROM n`, n-1, w.org)))
}
