package store_test

import (
	"fmt"
	"testing"

	"vedette"
)

func TestWhoMayKnowWhoIsRestricted(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, err := w.user("ada@example.org", vedette.RoleAdministrator, 1, true)
		w.ok(err)
		_, err = w.user("ben", vedette.RoleAnalyst, 2, false)
		w.ok(err)
		mail := func(s string) []vedette.Address {
			return []vedette.Address{{Channel: vedette.ChannelSMS, Value: "+33612345600"}, {Channel: vedette.ChannelEmail, Value: s}}
		}
		privy := func(s string) bool {
			is, err := w.o.Privy(w.ctx, mail(s))
			w.ok(err)
			return is
		}
		equal(t, "before", privy("ada@example.org"), false)
		seq := w.seq()
		u, err := w.o.SetPrivy(w.ctx, "ada@example.org", true, t0)
		w.ok(err)
		equal(t, "given", u.Privy, true)
		equal(t, "log", w.log(seq), "user may know who is restricted")
		equal(t, "by address, whatever its case", fmt.Sprint(privy(" Ada@Example.org"), privy("ben"), privy("")), "true false false")
		_, err = w.o.SetPrivy(w.ctx, "ada@example.org", true, t0)
		w.code(err, vedette.CodeConflict)
		_, err = w.o.SetPrivy(w.ctx, "nobody", true, t0)
		w.code(err, vedette.CodeNotFound)

		// It is kept with the user, whatever their role, and goes where they are closed.
		_, err = w.o.SetPrivy(w.ctx, "ben", true, t0)
		w.ok(err)
		ben, err := w.o.SetRole(w.ctx, "ben", vedette.RoleApprover, nil, t0)
		w.ok(err)
		equal(t, "with another role", ben.Privy, true)
		_, err = w.o.CloseUser(w.ctx, "ben", t0)
		w.ok(err)
		list, err := w.o.Users(w.ctx, true)
		w.ok(err)
		for _, u := range list {
			equal(t, u.Login, u.Privy, u.Login == "ada@example.org")
		}
		_, err = w.o.SetPrivy(w.ctx, "ada@example.org", false, t0)
		w.ok(err)
		equal(t, "taken away", privy("ada@example.org"), false)
	})
}
