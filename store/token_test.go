package store_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"vedette"
)

// token adds one, good for a day, whose hash is a byte.
func (w *world) token(name string, hash byte, now time.Time) (vedette.Token, error) {
	return w.o.AddToken(w.ctx, vedette.Token{ID: vedette.NewID(now), Name: name, Acts: []string{"look", "see people"}, By: "Ada", Until: now.Add(24 * time.Hour)}, []byte{hash}, now)
}

func TestATokenFromFirstToLast(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, err := w.token("intranet", 1, t0)
		w.code(err, vedette.CodeConflict) // nobody may sign in yet
		_, err = w.user("ada", vedette.RoleAdministrator, 1, true)
		w.ok(err)
		seq := w.seq()
		_, err = w.token("intranet", 1, t0)
		w.ok(err)
		_, err = w.token("intranet", 2, t0)
		w.code(err, vedette.CodeConflict)
		_, err = w.token("", 2, t0)
		w.code(err, vedette.CodeInvalid)
		_, err = w.token("in\ntranet", 2, t0)
		w.code(err, vedette.CodeInvalid)
		_, err = w.o.AddToken(w.ctx, vedette.Token{ID: vedette.NewID(t0), Name: "for ever", Acts: []string{"look"}, By: "Ada", Until: t0.Add(366 * 24 * time.Hour)}, []byte{2}, t0)
		w.code(err, vedette.CodeInvalid)

		k, found, err := w.o.TokenOf(w.ctx, []byte{1})
		w.ok(err)
		equal(t, "by hash", fmt.Sprintln(found, k.Name, k.Acts, k.By, k.Until.Sub(k.Made), k.Used.IsZero()), "true intranet [look see people] Ada 24h0m0s true\n")
		for _, hash := range [][]byte{nil, {}, {2}} {
			_, found, err := w.o.TokenOf(w.ctx, hash)
			w.ok(err)
			equal(t, fmt.Sprint("by ", hash), found, false)
		}
		w.ok(w.o.SeeToken(w.ctx, k.Key, t0.Add(time.Minute)))
		w.ok(w.o.SeeToken(w.ctx, k.Key, t0)) // a clock that was set back
		k, err = w.o.EndToken(w.ctx, "intranet", t0.Add(time.Hour))
		w.ok(err)
		equal(t, "used", k.Used, t0.Add(time.Minute))
		_, err = w.o.EndToken(w.ctx, "intranet", t0)
		w.code(err, vedette.CodeNotFound)
		k, _, err = w.o.TokenOf(w.ctx, []byte{1})
		w.ok(err)
		equal(t, "good", k.Good(t0), false)
		_, err = w.token("intranet", 2, t0) // the name is free again
		w.ok(err)
		equal(t, "log", w.log(seq), "user token added\nuser token ended\nuser token added")
		now, err := w.o.Tokens(w.ctx, false)
		w.ok(err)
		all, err := w.o.Tokens(w.ctx, true)
		w.ok(err)
		equal(t, "listed", fmt.Sprint(len(now), len(all), now[0].Acts), "1 2 [look see people]")
	})
}

// The record has names alone: none is a user's and a token's at once, nor two tokens'.
func TestATokenHasANameOfItsOwn(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		add := func(name string, link byte) error {
			_, err := w.o.AddUser(w.ctx, vedette.User{ID: vedette.NewID(t0), Name: name, Login: fmt.Sprint("u", link), Role: vedette.RoleAdministrator, By: "Ada"}, []byte{link}, t0, false, t0)
			return err
		}
		w.ok(add("token intranet", 1))
		_, err := w.token("intranet", 1, t0)
		w.code(err, vedette.CodeConflict)
		_, err = w.token("payroll", 2, t0)
		w.ok(err)
		w.code(add("token payroll", 2), vedette.CodeConflict)
		w.ok(add("payroll", 3))
		var wg sync.WaitGroup
		var made atomic.Int32
		for i := range 8 {
			wg.Go(func() {
				if _, err := w.token("badges", byte(10+i), t0); err == nil {
					made.Add(1)
				}
			})
		}
		wg.Wait()
		equal(t, "made", made.Load(), 1)
	})
}

// Nobody sees, uses or ends the tokens of another organisation.
func TestTokensAreOfTheirOrganisation(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, err := w.user("ada", vedette.RoleAdministrator, 1, true)
		w.ok(err)
		k, err := w.token("intranet", 1, t0)
		w.ok(err)
		other, err := w.s.AddOrganisation(w.ctx, "Others", t0)
		w.ok(err)
		o := w.s.In(other.Key)
		_, found, err := o.TokenOf(w.ctx, []byte{1})
		w.ok(err)
		list, err := o.Tokens(w.ctx, true)
		w.ok(err)
		equal(t, "seen", fmt.Sprint(found, len(list)), "false 0")
		_, err = o.EndToken(w.ctx, "intranet", t0)
		w.code(err, vedette.CodeNotFound)
		w.ok(o.SeeToken(w.ctx, k.Key, t0.Add(time.Hour)))
		k, _, err = w.o.TokenOf(w.ctx, []byte{1})
		w.ok(err)
		equal(t, "still good, and not used", fmt.Sprint(k.Good(t0), k.Used.IsZero()), "true true")
	})
}
