package store_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"vedette"
)

// key is a passkey of a number.
func key(n byte) vedette.Passkey {
	return vedette.Passkey{ID: vedette.NewID(t0), Name: fmt.Sprint("key ", n), Handle: []byte{n}, Public: []byte{n, n}, Count: 3, Flags: 0x9d}
}

// holder adds a user with a password, who is signed in by a session of their login.
func (w *world) holder(login string, link byte) vedette.User {
	w.t.Helper()
	u, err := w.user(login, vedette.RoleAdministrator, link, false)
	w.ok(err)
	_, err = w.o.SetPassword(w.ctx, []byte{link}, "hash", t0)
	w.ok(err)
	w.ok(w.o.BeginSession(w.ctx, u.Key, "hash", []byte(login), nil, t0))
	return u
}

func (w *world) strong(session string) time.Time {
	w.t.Helper()
	s, found, err := w.o.SessionOf(w.ctx, []byte(session))
	w.ok(err)
	equal(w.t, "signed in as "+session, found, true)
	return s.Strong
}

func TestPasskeys(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ada, ben := w.holder("ada", 1), w.holder("ben", 2)
		w.ok(w.o.AddPasskey(w.ctx, &ada, key(1), []byte("ada"), t0.Add(time.Minute)))
		equal(t, "shown", w.strong("ada"), t0.Add(time.Minute))
		equal(t, "his", w.strong("ben"), time.Time{})
		w.code(w.o.AddPasskey(w.ctx, &ben, key(1), nil, t0), vedette.CodeConflict) // it is hers
		nameless := key(2)
		nameless.Name = " "
		w.code(w.o.AddPasskey(w.ctx, &ada, nameless, nil, t0), vedette.CodeInvalid)
		list, err := w.o.Passkeys(w.ctx, ada.Key)
		w.ok(err)
		equal(t, "kept", fmt.Sprintln(len(list), list[0].Name, list[0].Handle, list[0].Public, list[0].Count, list[0].Flags, list[0].Made.Equal(t0.Add(time.Minute)), list[0].Used.IsZero()), "1 key 1 [1] [1 1] 3 157 true true\n")

		u, all, found, err := w.o.UserByPasskey(w.ctx, []byte{1})
		w.ok(err)
		equal(t, "by passkey", fmt.Sprintln(u.Login, len(all), found), "ada 1 true\n")
		_, _, found, err = w.o.UserByPasskey(w.ctx, []byte{9})
		w.ok(err)
		equal(t, "of nobody", found, false)

		// Signing in counts; what was counted before is counted no more.
		k := list[0]
		k.Count = 4
		at := t0.Add(time.Hour)
		w.code(w.o.EnterByPasskey(w.ctx, ben.Key, k, 3, []byte("x"), nil, at), vedette.CodeForbidden)
		w.ok(w.o.EnterByPasskey(w.ctx, ada.Key, k, 3, []byte("x"), []byte("ada"), at))
		equal(t, "signed in", w.strong("x"), at)
		_, found, err = w.o.SessionOf(w.ctx, []byte("ada"))
		w.ok(err)
		equal(t, "the one before", found, false)
		w.code(w.o.EnterByPasskey(w.ctx, ada.Key, k, 3, []byte("y"), nil, at), vedette.CodeForbidden)
		k.Count = 5
		w.code(w.o.ShowPasskey(w.ctx, ada.Key, k, 3, []byte("x"), at.Add(time.Hour)), vedette.CodeForbidden)
		w.ok(w.o.ShowPasskey(w.ctx, ada.Key, k, 4, []byte("x"), at.Add(time.Hour)))
		equal(t, "shown again", w.strong("x"), at.Add(time.Hour))

		seq := w.seq()
		w.code(w.o.RemovePasskey(w.ctx, &ben, k.ID, t0), vedette.CodeConflict)
		w.ok(w.o.RemovePasskey(w.ctx, &ada, k.ID, t0))
		equal(t, "log", w.log(seq), "user passkey removed")
		w.code(w.o.ShowPasskey(w.ctx, ada.Key, k, 5, []byte("x"), at), vedette.CodeForbidden)
		for n := range byte(20) {
			w.ok(w.o.AddPasskey(w.ctx, &ada, key(n), nil, t0))
		}
		w.code(w.o.AddPasskey(w.ctx, &ada, key(20), nil, t0), vedette.CodeConflict)
	})
}

// A reset takes passkeys and codes away, and whoever was about to add some adds them no
// more; so does a closing.
func TestAResetTakesSecondFactors(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ada, ben := w.holder("ada", 1), w.holder("ben", 2)
		for i, u := range []*vedette.User{&ada, &ben} {
			w.ok(w.o.AddPasskey(w.ctx, u, key(byte(i)), nil, t0))
			w.ok(w.o.AddCodes(w.ctx, u, []byte("sealed"), 7, nil, t0))
			w.ok(w.o.KeepChallenge(w.ctx, []byte{byte(i)}, vedette.Challenge{Kind: vedette.ChallengeAdd, User: u.Key, Kept: []byte("k"), Until: t0.Add(time.Minute)}, t0))
		}
		_, err := w.o.ResetUser(w.ctx, "ada", []byte{3}, t0.Add(time.Hour), t0)
		w.ok(err)
		_, err = w.o.CloseUser(w.ctx, "ben", t0)
		w.ok(err)
		for i, u := range []*vedette.User{&ada, &ben} {
			list, err := w.o.Passkeys(w.ctx, u.Key)
			w.ok(err)
			_, found, err := w.o.TakeChallenge(w.ctx, []byte{byte(i)}, t0)
			w.ok(err)
			equal(t, "left", fmt.Sprint(len(list), found), "0 false")
			_, found, err = w.o.CodesOf(w.ctx, u.Key)
			w.ok(err)
			equal(t, "codes left", found, false)
			w.code(w.o.AddCodes(w.ctx, u, []byte("sealed"), 7, nil, t0), vedette.CodeConflict)
			w.code(w.o.AddPasskey(w.ctx, u, key(7), nil, t0), vedette.CodeConflict)
		}
	})
}

func TestChallengesAreAnsweredOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ada := w.holder("ada", 1)
		asked := vedette.Challenge{Kind: vedette.ChallengeShow, User: ada.Key, Kept: []byte("kept"), Until: t0.Add(time.Minute)}
		w.ok(w.o.KeepChallenge(w.ctx, []byte("a"), asked, t0))
		w.ok(w.o.KeepChallenge(w.ctx, []byte("b"), vedette.Challenge{Kind: vedette.ChallengeSignIn, Kept: []byte("other"), Until: t0.Add(time.Minute)}, t0))
		other, err := w.s.AddOrganisation(w.ctx, "Others", t0)
		w.ok(err)
		_, found, err := w.s.In(other.Key).TakeChallenge(w.ctx, []byte("a"), t0)
		w.ok(err)
		equal(t, "in another organisation", found, false)

		var taken atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				c, found, err := w.o.TakeChallenge(w.ctx, []byte("a"), t0)
				if err == nil && found && c.User == ada.Key && c.Kind == vedette.ChallengeShow && string(c.Kept) == "kept" {
					taken.Add(1)
				}
			})
		}
		wg.Wait()
		equal(t, "taken", taken.Load(), 1)
		_, found, err = w.o.TakeChallenge(w.ctx, []byte("b"), t0.Add(time.Minute))
		w.ok(err)
		equal(t, "too late", found, false)
		_, found, err = w.o.TakeChallenge(w.ctx, nil, t0)
		w.ok(err)
		equal(t, "of no browser", found, false)
	})
}

func TestACodeIsGoodOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ada, ben := w.holder("ada", 1), w.holder("ben", 2)
		w.ok(w.o.AddCodes(w.ctx, &ada, []byte("sealed"), 7, []byte("ada"), t0))
		equal(t, "shown", w.strong("ada"), t0)
		w.code(w.o.ShowCode(w.ctx, ben.Key, 7, 8, []byte("ben"), t0), vedette.CodeForbidden)
		var shown atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if w.o.ShowCode(w.ctx, ada.Key, 7, 8, []byte("ada"), t0.Add(time.Minute)) == nil {
					shown.Add(1)
				}
			})
		}
		wg.Wait()
		equal(t, "shown", fmt.Sprint(shown.Load(), w.strong("ada")), fmt.Sprint(1, t0.Add(time.Minute)))
		c, found, err := w.o.CodesOf(w.ctx, ada.Key)
		w.ok(err)
		equal(t, "kept", fmt.Sprintln(found, string(c.Sealed), c.Step, c.Made, c.Used), fmt.Sprintln(true, "sealed", 8, t0, t0.Add(time.Minute)))
		w.ok(w.o.AddCodes(w.ctx, &ada, []byte("another"), 3, nil, t0))
		w.ok(w.o.RemoveCodes(w.ctx, &ada, t0))
		w.code(w.o.RemoveCodes(w.ctx, &ada, t0), vedette.CodeConflict)
	})
}
