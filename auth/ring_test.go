package auth

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette"
)

const linkLife = 14 * 24 * time.Hour

// turned is an installation whose key was put in the place of another: a process that
// holds both, one that came later and holds the new alone, and what the store has.
type turned struct {
	both, later *Key
	old         string // the text of the first
	rows        []vedette.InstallationKey
	at          time.Time
}

func (t *turned) follow(tt *testing.T, keys ...*Key) {
	tt.Helper()
	for _, k := range keys {
		if err := k.Follow(t.rows, linkLife); err != nil {
			tt.Fatal(err)
		}
	}
}

// begin prepares a next key; both holds the two, and seals with the first.
func begin(t *testing.T) *turned {
	t.Helper()
	w := &turned{both: NewKey(), at: now}
	w.old = w.both.Text()
	w.rows = []vedette.InstallationKey{{No: 1, State: vedette.KeyCurrent, Check: w.both.Check(), Since: now.Add(-time.Hour)}}
	w.follow(t, w.both)
	next := NewKey()
	if err := w.both.Add(next.Text()); err != nil {
		t.Fatal(err)
	}
	h, err := w.both.Heritage(next.Check(), 2)
	if err != nil {
		t.Fatal(err)
	}
	w.rows = append(w.rows, vedette.InstallationKey{No: 2, State: vedette.KeyNext, Check: next.Check(), Heritage: h})
	w.follow(t, w.both)
	w.later = next
	return w
}

// turn makes the second key the current one.
func (w *turned) turn() {
	w.rows[0].State, w.rows[0].Left = vedette.KeyLeaving, w.at
	w.rows[1].State, w.rows[1].Since = vedette.KeyCurrent, w.at
}

// What was made with the key before is known and open after a rotation, to whoever
// holds the new one alone, but for what was sealed and not brought over.
func TestWhatOutlastsAKey(t *testing.T) {
	w := begin(t)
	k, id := w.both, vedette.NewID(now)
	_, wrapped := k.NewPersonKey(id)
	hook := vedette.Hook{ID: id, URL: "https://example.org", Secret: "s"}
	sealedHook, _ := k.SealHook(hook)
	code := k.SealCode(id, NewCodeSecret())
	link := k.SignLink(Link{Org: 1, Update: id, Expires: now.Add(linkLife)})
	pass := k.SignPass(Pass{Org: 1, Case: 2, Expires: now.Add(time.Hour)})
	device := k.SignDevice(Device{Org: 1, Person: 2, Expires: now.Add(time.Hour)})
	back := k.SignReturn(Return{Org: 1, Update: 2})
	seal, hash, name := k.SealLog(id, "head"), string(k.Hash("email", "a@example.org")), k.Message(id, 1, 2, 3)
	private, _ := k.PushKey()
	word, _ := k.SealWord("hush")

	w.turn()
	w.follow(t, w.both)
	for what, sealed := range map[vedette.SealKind][]byte{vedette.SealPerson: wrapped, vedette.SealHook: sealedHook, vedette.SealCode: code} {
		anew, err := w.both.Reseal(what, id, sealed)
		if no, _ := vedette.SealedBy(anew); err != nil || no != 2 {
			t.Fatalf("%s: sealed anew by %d, %v", what, no, err)
		}
		if again, err := w.both.Reseal(what, id, anew); again != nil || err != nil {
			t.Errorf("%s: what the new key sealed is sealed once more: %v", what, err)
		}
		switch what {
		case vedette.SealPerson:
			if _, err := w.both.Unwrap(id, sealed); err != nil {
				t.Error("who holds both cannot open what was not brought over yet:", err)
			}
			wrapped = anew
		case vedette.SealHook:
			sealedHook = anew
		case vedette.SealCode:
			code = anew
		}
	}
	w.rows[0].State = vedette.KeyEnded
	w.follow(t, w.later)
	for _, k := range []*Key{w.both, w.later} {
		if _, err := k.Unwrap(id, wrapped); err != nil {
			t.Error("a person's key:", err)
		}
		if h, err := k.OpenHook(id, sealedHook); err != nil || h != hook {
			t.Error("a hook:", err)
		}
		if _, err := k.OpenCode(id, code); err != nil {
			t.Error("codes:", err)
		}
		if _, err := k.OpenLink(link, now); err != nil {
			t.Error("a reply link of before:", err)
		}
		if _, err := k.OpenPass(pass, now); err != nil {
			t.Error("a pass of before:", err)
		}
		if _, err := k.OpenDevice(device, now); err != nil {
			t.Error("a device's link of before:", err)
		}
		if _, err := k.OpenReturn(back); err != nil {
			t.Error("a return address of before:", err)
		}
		if !k.VerifyLog(id, "head", seal) || k.VerifyLog(id, "another head", seal) {
			t.Error("the seal of a log of before does not hold, or holds for anything")
		}
		if string(k.Hash("email", "a@example.org")) != hash || k.Message(id, 1, 2, 3) != name {
			t.Error("what is looked up by, or a message's name, is another")
		}
		if p, _ := k.PushKey(); p != private {
			t.Error("devices that subscribed are lost")
		}
		if s, old, err := k.OpenWord(word); s != "hush" || old != 1 || err != nil {
			t.Errorf("a sealed word of before: %q, %d, %v", s, old, err)
		}
		if k.SignLink(Link{Org: 1, Update: id, Expires: now}) == w.before().SignLink(Link{Org: 1, Update: id, Expires: now}) {
			t.Error("links are still signed with the key before")
		}
		if k.Seals() != 2 || k.Holds() != 2 {
			t.Errorf("seals with %d, holds %d", k.Seals(), k.Holds())
		}
	}
}

// before is the first key as somebody may have a copy of it.
func (w *turned) before() *Key {
	k, _ := ParseKey(w.old)
	return k
}

// Who has the key before, and should not, makes no link that is good for long, seals
// nothing that is taken, and opens nothing of after.
func TestAStolenKeyIsOfNoUse(t *testing.T) {
	w := begin(t)
	w.turn()
	w.rows[0].State = vedette.KeyEnded
	w.follow(t, w.later)
	thief, id := w.before(), vedette.NewID(now)
	for until, good := range map[time.Duration]bool{linkLife: true, linkLife + 2*time.Hour: false} {
		if _, err := w.later.OpenLink(thief.SignLink(Link{Org: 1, Update: id, Expires: now.Add(until)}), now); (err == nil) != good {
			t.Errorf("a link of the old key, good for %s: %v", until, err)
		}
		if _, err := w.later.OpenPass(thief.SignPass(Pass{Org: 1, Expires: now.Add(until)}), now); (err == nil) != good {
			t.Errorf("a pass of the old key, good for %s: %v", until, err)
		}
		if _, err := w.later.OpenDevice(thief.SignDevice(Device{Org: 1, Expires: now.Add(until)}), now); (err == nil) != good {
			t.Errorf("a device's link of the old key, good for %s: %v", until, err)
		}
	}
	_, wrapped := w.later.NewPersonKey(id)
	if _, err := thief.Unwrap(id, wrapped); err == nil {
		t.Error("the old key opens what the new one sealed")
	}
	_, theirs := thief.NewPersonKey(id)
	if _, err := w.later.Unwrap(id, theirs); vedette.ErrorCode(err) != vedette.CodeWrongKey {
		t.Errorf("what the old key seals is taken for ours: %v", err)
	}
	word, _ := w.later.SealWord("hush")
	if _, _, err := thief.OpenWord(word); vedette.ErrorCode(err) != vedette.CodeWrongKey || strings.Contains(err.Error(), word[10:]) {
		t.Errorf("a sealed word under the wrong key: %v", err)
	}
}

// Each key that is wrong is named for what it is.
func TestTheWrongKeyIsNamed(t *testing.T) {
	w := begin(t)
	next, _ := ParseKey(w.later.Text())
	says := func(what string, k *Key, words ...string) {
		t.Helper()
		err := k.Follow(w.rows, linkLife)
		for _, word := range words {
			if vedette.ErrorCode(err) != vedette.CodeWrongKey || !strings.Contains(err.Error(), word) {
				t.Errorf("%s: %v; want it to say %q", what, err, word)
			}
		}
	}
	says("the next key alone, before it is current", next, "about to bring in (number 2)", "give both")
	if w.before().Follow(w.rows, linkLife) != nil {
		t.Error("who holds the current key alone is to work on until the next is current")
	}
	w.turn()
	says("the key before alone", w.before(), "an earlier installation key (number 1)", "5 February 2026 12:00 UTC", "number 2")
	next, _ = ParseKey(w.later.Text())
	says("the new key alone, before all is brought over", next, "is not over", "(number 1)", "missing")
	says("another's", NewKey(), "is not the one these records are sealed with")
	both, err := ParseKey(w.old + " " + w.later.Text() + "\n")
	if err != nil {
		t.Fatal(err)
	}
	w.follow(t, both)
	if s := fmt.Sprintf("%v %s %#v %+v %x", both, both, both, both, both); strings.Contains(s, w.old[len(keyPrefix):]) {
		t.Error("printing a key shows it")
	}
}

// A process that learns late that another key is current loses nothing meanwhile.
func TestWhoLearnsLate(t *testing.T) {
	w := begin(t)
	late, err := ParseKey(w.old + "\n" + w.later.Text())
	if err != nil {
		t.Fatal(err)
	}
	w.follow(t, late)
	w.turn()
	w.follow(t, w.both)
	id := vedette.NewID(now)
	_, wrapped := w.both.NewPersonKey(id)
	if _, err := late.Unwrap(id, wrapped); err != nil {
		t.Error("what another sealed with the new key:", err)
	}
	if _, err := w.both.OpenLink(late.SignLink(Link{Org: 1, Update: id, Expires: now.Add(linkLife)}), now); err != nil {
		t.Error("a link of whoever still signs with the key before:", err)
	}
	if _, err := late.OpenLink(w.both.SignLink(Link{Org: 1, Update: id, Expires: now.Add(linkLife)}), now); err != nil {
		t.Error("a link of the new key:", err)
	}
}

func FuzzOpenWord(f *testing.F) {
	k := NewKey()
	word, _ := k.SealWord("hush")
	f.Add(word)
	f.Add(WordPrefix)
	f.Add("sealed:AAAA")
	f.Fuzz(func(t *testing.T, word string) {
		if s, _, err := k.OpenWord(word); err == nil && s != "hush" {
			t.Errorf("%q opens as %q", word, s)
		}
	})
}

func FuzzSealedBy(f *testing.F) {
	f.Add([]byte("\x00vdk\xff\x02rest"))
	f.Add([]byte("\x00vdk\xff\xff\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if no, rest := vedette.SealedBy(b); no < 1 || len(rest) > len(b) {
			t.Errorf("number %d, %d bytes of %d", no, len(rest), len(b))
		}
	})
}
