package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/store"
)

// Rotation says how a rotation goes on.
type Rotation struct {
	Say  func(string)  // called with a sentence at each step of it, and now and then in a long one
	Wait time.Duration // for processes that do not hold the next key yet
}

// Rotated is what a rotation did.
type Rotated struct {
	No       int      // of the key that is current now
	Brought  int      // things that are sealed with it now and were with the one before
	Tidied   bool     // it was over before, and only the file was left to tidy
	File     string   // where the key is; "" where it comes from the environment
	Old      string   // where the one before is kept
	OldWords []string // files and lines of sealed words that an earlier key sealed
}

// resealAtOnce bounds how many things are sealed anew in one transaction.
const resealAtOnce = 200

// errSetBoth tells whoever keeps the key in the environment what to do.
var errSetBoth = vedette.Errorf(vedette.CodeConflict, "VEDETTE_KEY holds the key in use alone, and this program cannot set it; make the next with vedette key make, set VEDETTE_KEY to both, the one in use first and a blank between them, start every process again with that, and then run vedette key rotate")

// RotateKey puts another installation key in the place of the current, while others
// work. It goes on where one before was broken off. What is sealed is open all the time
// to every process that runs; those that do not hold the next key stop it before
// anything is moved.
func (a *App) RotateKey(ctx context.Context, r Rotation) (Rotated, error) {
	free, err := a.rotatesAlone()
	if err != nil {
		return Rotated{}, err
	}
	defer free()
	rows, err := a.useKey(ctx)
	if err != nil {
		return Rotated{}, err
	}
	if keyIn(rows, vedette.KeyLeaving) == nil {
		if done, err := a.leftOver(rows); err != nil || done.Tidied {
			return done, err
		}
		if err := a.bringIn(ctx, rows, r); err != nil {
			return Rotated{}, err
		}
	}
	n, err := a.bringOver(ctx, r)
	if err != nil {
		return Rotated{}, err
	}
	if err := a.Store.EndKey(ctx, a.Now()); err != nil {
		return Rotated{}, err
	}
	if rows, err = a.useKey(ctx); err != nil {
		return Rotated{}, err
	}
	out, err := a.tidyKeyFile(rows)
	out.Brought = n
	return out, err
}

// rotatesAlone keeps a second rotation away from the same key file.
func (a *App) rotatesAlone() (free func(), err error) {
	if a.KeyText != "" {
		return func() {}, nil // the store keeps them apart
	}
	f, err := os.Open(filepath.Dir(a.KeyFile))
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeUnavailable, "the directory of the key file %s cannot be read", a.KeyFile)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); errors.Is(err, syscall.EWOULDBLOCK) {
		f.Close()
		return nil, vedette.Errorf(vedette.CodeConflict, "another vedette key rotate is at work on %s; wait for it to end", a.KeyFile)
	}
	return func() { f.Close() }, nil
}

func keyIn(rows []vedette.InstallationKey, state vedette.KeyState) *vedette.InstallationKey {
	for i := range rows {
		if rows[i].State == state {
			return &rows[i]
		}
	}
	return nil
}

// leftOver ends a rotation of which only the key file was left to tidy.
func (a *App) leftOver(rows []vedette.InstallationKey) (Rotated, error) {
	ended := slices.ContainsFunc(rows, func(row vedette.InstallationKey) bool {
		return row.State == vedette.KeyEnded && a.Key.TextOf(row.Check) != ""
	})
	if !ended {
		return Rotated{}, nil
	}
	if a.KeyText != "" {
		if a.nextHeld(rows) != nil {
			return Rotated{}, nil // an old one is still there beside: it does no harm
		}
		return Rotated{}, vedette.Errorf(vedette.CodeConflict, "the rotation is over already: set VEDETTE_KEY to the key in use alone; for another rotation set it to that and one of vedette key make")
	}
	out, err := a.tidyKeyFile(rows)
	out.Tidied = true
	return out, err
}

// nextHeld gives the check value of a key that is held and is to be the next; nil for none.
func (a *App) nextHeld(rows []vedette.InstallationKey) []byte {
	if next := keyIn(rows, vedette.KeyNext); next != nil && a.Key.TextOf(next.Check) != "" {
		return next.Check
	}
	for _, check := range a.Key.Checks() {
		if !slices.ContainsFunc(rows, func(row vedette.InstallationKey) bool { return string(row.Check) == string(check) }) {
			return check
		}
	}
	return nil
}

// bringIn makes a key, waits until all who run hold it, and makes it the current one.
func (a *App) bringIn(ctx context.Context, rows []vedette.InstallationKey, r Rotation) error {
	check := a.nextHeld(rows)
	if check == nil {
		if a.KeyText != "" {
			return errSetBoth
		}
		var err error
		if check, err = a.addToFile(rows); err != nil {
			return err
		}
	}
	no := keyIn(rows, vedette.KeyCurrent).No + 1
	if next := keyIn(rows, vedette.KeyNext); next == nil || string(next.Check) != string(check) {
		heritage, err := a.Key.Heritage(check, no)
		if err != nil {
			return err
		}
		if err := a.Store.PrepareKey(ctx, vedette.InstallationKey{No: no, Check: check, Heritage: heritage}, a.Now()); err != nil {
			return err
		}
	}
	r.Say(fmt.Sprintf("key %d is made; waiting until every process that runs holds it", no))
	if err := a.awaitHolders(ctx, no, check, r); err != nil {
		return err
	}
	if _, err := a.useKey(ctx); err != nil {
		return err
	}
	r.Say(fmt.Sprintf("key %d seals from now on", no))
	return nil
}

// addToFile makes a key, keeps a copy of the file that is there, and writes both keys
// into it.
func (a *App) addToFile(rows []vedette.InstallationKey) (check []byte, err error) {
	current := keyIn(rows, vedette.KeyCurrent)
	old, text := a.oldKeyFile(current.No), a.Key.Text()
	have, err := os.ReadFile(old)
	switch {
	case err == nil && strings.TrimSpace(string(have)) != text:
		return nil, vedette.Errorf(vedette.CodeConflict, "%s holds another key than the one in use; move it away, for the one in use is kept there", old)
	case err != nil:
		if err := makeKeyFile(old, text); err != nil {
			return nil, err
		}
	}
	next := auth.NewKeyText()
	if err := changeKeyFile(a.KeyFile, text, next); err != nil {
		return nil, err
	}
	if err := a.Key.Add(next); err != nil {
		return nil, err
	}
	return a.nextHeld(rows), nil
}

// oldKeyFile is where a key is kept that is not in use any more.
func (a *App) oldKeyFile(no int) string { return fmt.Sprintf("%s.%d", a.KeyFile, no) }

// awaitHolders waits until every process that beats holds a key, and makes it current.
func (a *App) awaitHolders(ctx context.Context, no int, check []byte, r Rotation) error {
	begun, said := time.Now(), ""
	for {
		// What beats not, as a command that takes long, looks which key is next as often
		// as all do.
		if !sleep(ctx, 2*followEvery) {
			return ctx.Err()
		}
		now, err := a.dbNow(ctx)
		if err != nil {
			return err
		}
		if err := a.stillInFile(check); err != nil {
			return err
		}
		err = a.Store.TakeOver(ctx, check, now.Add(-store.WorkerGone), now)
		if err == nil {
			return nil
		}
		without, err2 := a.without(ctx, no, now)
		if err2 != nil || without == "" {
			return errors.Join(err, err2)
		}
		if time.Since(begun) > r.Wait {
			return vedette.Errorf(vedette.CodeConflict, "nothing was moved yet: the next key is not held by %s; give the keys that are in the key file here, or in VEDETTE_KEY, to them, start them again and run vedette key rotate once more", without)
		}
		if without != said {
			said = without
			r.Say("waiting for " + without)
		}
	}
}

// dbNow is the time by which processes beat.
func (a *App) dbNow(ctx context.Context) (time.Time, error) {
	at, err := a.Store.Clock(ctx)
	if err != nil || !at.IsZero() {
		return at, err
	}
	return a.Now(), nil
}

func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// stillInFile makes sure that a key that is to seal will be found again.
func (a *App) stillInFile(check []byte) error {
	k, err := a.readKey()
	if err == nil && k.TextOf(check) == "" {
		err = vedette.Errorf(vedette.CodeConflict, "the next key is not in %s any more, so it does not take over; run vedette key rotate again", a.KeyFile)
	}
	return err
}

// without names the processes that run and do not hold a key; "" for none.
func (a *App) without(ctx context.Context, no int, now time.Time) (string, error) {
	ws, err := a.Store.Workers(ctx, now.Add(-store.WorkerGone))
	if err != nil {
		return "", err
	}
	var names []string
	for _, w := range ws {
		if w.KeyNo < no {
			names = append(names, ProcessName(w))
		}
	}
	return strings.Join(names, " and "), nil
}

// ProcessName names a process for people: what it does, its number, its machine.
func ProcessName(w store.Worker) string {
	host, _, _ := strings.Cut(w.Host, " ")
	kind, _, _ := strings.Cut(w.Kind, " ")
	return fmt.Sprintf("vedette %s (process %d on %s)", kind, w.PID, host)
}

// sayEvery is how often a long step says how far it is.
const sayEvery = 5 * time.Second

// bringOver seals with the current key all that the one before sealed, until a look
// through everything finds nothing more. Each transaction is short.
func (a *App) bringOver(ctx context.Context, r Rotation) (total int, err error) {
	last := time.Now()
	for {
		n := 0
		for _, kind := range vedette.SealKinds {
			var after store.Sealed
			for {
				list, err := a.Store.SealedAfter(ctx, kind, after, resealAtOnce)
				if err != nil {
					return total, err
				}
				if len(list) == 0 {
					break
				}
				moved, err := a.reseal(ctx, list)
				if err != nil {
					return total, err
				}
				n, total, after = n+moved, total+moved, list[len(list)-1]
				if time.Since(last) > sayEvery {
					last = time.Now()
					r.Say(fmt.Sprintf("%d sealed anew", total))
				}
			}
		}
		if n == 0 {
			return total, nil
		}
	}
}

// reseal seals anew what of a list needs it.
func (a *App) reseal(ctx context.Context, list []store.Sealed) (int, error) {
	var was []store.Sealed
	var anew [][]byte
	for _, x := range list {
		b, err := a.Key.Reseal(x.Kind, x.ID, x.Bytes)
		if err != nil {
			return 0, err
		}
		if b != nil {
			was, anew = append(was, x), append(anew, b)
		}
	}
	if len(was) == 0 {
		return 0, nil
	}
	return len(was), a.Store.Reseal(ctx, was, anew)
}

// tidyKeyFile leaves the current key alone in the key file. The one before is kept beside it.
func (a *App) tidyKeyFile(rows []vedette.InstallationKey) (Rotated, error) {
	current := keyIn(rows, vedette.KeyCurrent)
	out := Rotated{No: current.No, OldWords: a.wordsNow()}
	if a.KeyText != "" {
		return out, nil
	}
	out.File = a.KeyFile
	if _, err := os.Stat(a.oldKeyFile(current.No - 1)); err == nil {
		out.Old = a.oldKeyFile(current.No - 1)
	}
	return out, changeKeyFile(a.KeyFile, a.Key.TextOf(current.Check))
}

// wordsNow says which lines of which files hold words that an earlier key sealed.
func (a *App) wordsNow() (old []string) {
	_, _ = a.readSMS(a.Key, &old) // what is wrong with a file is said where it is used
	_, _ = a.readVoice(a.Key, &old)
	_, _ = a.readProviders(a.Key, &old)
	return old
}

// KeyStatus says where the installation's keys are.
type KeyStatus struct {
	Keys     []vedette.InstallationKey
	Held     []bool // of each: whether it was given here
	Workers  []store.Worker
	OldWords []string
	From     string // the file, or VEDETTE_KEY
}

// KeyStatus gives where the installation's keys are, and who holds which.
func (a *App) KeyStatus(ctx context.Context) (s KeyStatus, err error) {
	if s.Keys, err = a.Store.Keys(ctx); err != nil {
		return s, err
	}
	for _, k := range s.Keys {
		s.Held = append(s.Held, a.Key.TextOf(k.Check) != "")
	}
	now, err := a.dbNow(ctx)
	if err != nil {
		return s, err
	}
	if s.Workers, err = a.Store.Workers(ctx, now.Add(-store.WorkerGone)); err != nil {
		return s, err
	}
	s.OldWords, s.From = a.wordsNow(), a.KeyFile
	if a.KeyText != "" {
		s.From = "VEDETTE_KEY"
	}
	return s, nil
}

// NewKeyText makes an installation key, as it is kept in the environment.
func NewKeyText() string { return auth.NewKeyText() }
