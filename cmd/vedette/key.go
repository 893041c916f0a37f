package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"vedette"
	"vedette/app"
)

type keyCmd struct {
	Status keyStatusCmd `cmd:"" default:"withargs" help:"Which key is in use, since when, and which of the processes that run holds which."`
	Rotate keyRotateCmd `cmd:"" help:"Put another key in the place of the one in use, while all works; and go on with it where it was broken off."`
	Make   keyMakeCmd   `cmd:"" help:"Print a new key, for whoever keeps it in VEDETTE_KEY. It changes nothing."`
	Seal   keySealCmd   `cmd:"" help:"Read a secret from standard input and print it sealed, to stand in sms.json, voice.json or providers.json."`
}

// Help says what a key is for, and what a rotation does.
func (c *keyCmd) Help() string {
	return `The installation key opens everything private that the database holds. It lies in a file beside the
database (--key-file) or comes in VEDETTE_KEY, and is in no backup. Rotate it when somebody may have
seen it, when who had it leaves, or once a year.

A rotation seals with the new key the keys of all people and turns on the rota, the addresses of
hooks, and the secrets of one-time codes. From its end on whoever has the old key opens nothing of
the database as it is then, and nothing that comes later; links signed with it end within two weeks.
What they could open before, in a backup of before, they still can.

Not changed by it: links and addresses in messages that were sent stay good, and seals of the record;
so do the keyed hashes by which people are found, and what push services know us by: who has
the old key AND the database can still try whether a known address is in it.

A backup of before needs the old key: keep it as long as you keep such a backup.`
}

// openKeys is open for whoever looks after keys: a file of gateways with a word that does
// not open is no hindrance to sealing it anew.
func (s *session) openKeys(do func(*app.App) error) error {
	c := s.config()
	c.KeysAlone = true
	return s.openWith(c, do)
}

type keyRotateCmd struct {
	Wait time.Duration `help:"How long to wait for processes that do not hold the next key yet." default:"1m"`
}

// Help says how it goes.
func (c *keyRotateCmd) Help() string {
	return `With a key file: the next key is written into it beside the one in use, for its owner alone; processes
that run read it by themselves within seconds. On another machine they have a file of their own: copy
this one there when you are asked to. When all hold the next key it takes over, and what the old one
sealed is sealed anew in short steps. At the end the file holds the new key, and FILE.1, FILE.2 … the
old one.

With VEDETTE_KEY: make the next key with vedette key make, set VEDETTE_KEY to the one in use, a
blank, and the next; start all processes again, one after the other; run vedette key rotate; at its
end set VEDETTE_KEY to the next alone.

Broken off at any moment nothing is lost: run it again, and it goes on. Nothing is moved while a
process that runs could not read it.`
}

// Run rotates the key.
func (c *keyRotateCmd) Run(s *session) error {
	return s.openKeys(func(a *app.App) error {
		r, err := a.RotateKey(s.ctx, app.Rotation{Wait: c.Wait, Say: func(what string) { s.printf("%s\n", what) }})
		if err != nil {
			return err
		}
		s.rotated(r)
		return nil
	})
}

func (s *session) rotated(r app.Rotated) {
	if r.Tidied {
		s.printf("the rotation to key %d was over already; its key file is tidied now. For another rotation run this again\n", r.No)
	} else {
		s.printf("rotated: key %d is in use, %s sealed anew; nothing that the database holds needs the one before\n", r.No, count(r.Brought, "thing was", "things were"))
	}
	switch {
	case r.File == "":
		s.printf("set VEDETTE_KEY to the new key alone from the next start on; keep the old one apart while you keep a backup of before\n")
	case r.Old != "":
		s.printf("%s holds it; the one before is in %s: keep that while you keep a backup of before today, then delete it\n", clean(r.File), clean(r.Old))
	default:
		s.printf("%s holds it\n", clean(r.File))
	}
	if r.File != "" {
		s.printf("copy the key file to wherever you keep a copy, and to the other machines that work from this database\n")
	}
	s.oldWords(r.OldWords)
}

// oldWords says which sealed words are to be sealed again.
func (s *session) oldWords(at []string) {
	for _, w := range at {
		s.printf("sealed with an earlier key, which still opens it: %s; seal it again with vedette key seal\n", clean(w))
	}
}

type keyMakeCmd struct{}

// Run prints a key.
func (c *keyMakeCmd) Run(s *session) error {
	s.printf("%s\n", app.NewKeyText())
	return nil
}

type keySealCmd struct{}

// Help says where a sealed word may stand.
func (c *keySealCmd) Help() string {
	return `Prints one word, sealed:…, that stands in a file of gateways or providers wherever ${NAME} may: as a secret
or account, in an address, or in a header:

  printf %s "$TOKEN" | vedette key seal
  "headers": {"Authorization": "Bearer sealed:AbC…"}

It is opened with the installation key when the file is read. The secret is in no log and in no
argument list. One line end at the end of the input is not part of it.`
}

// Run seals a secret.
func (c *keySealCmd) Run(s *session) error {
	b, err := io.ReadAll(io.LimitReader(s.in, 1<<20))
	if err != nil {
		return vedette.Wrap(err, vedette.CodeInvalid, "the secret cannot be read from standard input")
	}
	secret := strings.TrimSuffix(strings.TrimSuffix(string(b), "\n"), "\r")
	return s.openKeys(func(a *app.App) error {
		word, err := a.SealWord(secret)
		if err != nil {
			return err
		}
		s.printf("%s\n", word)
		return nil
	})
}

type keyStatusCmd struct{}

// Run says where the keys are.
func (c *keyStatusCmd) Run(s *session) error {
	return s.openKeys(func(a *app.App) error {
		st, err := a.KeyStatus(s.ctx)
		if err != nil {
			return err
		}
		s.printf("the installation key comes from %s\n", clean(st.From))
		for i, k := range st.Keys {
			s.printf("key %d (%s): %s\n", k.No, fingerprint(k.Check), keyLine(k, st.Held[i]))
		}
		for _, w := range st.Workers {
			s.printf("%s holds key %d\n", clean(app.ProcessName(w)), w.KeyNo)
		}
		if len(st.Keys) > 0 && st.Keys[len(st.Keys)-1].State != vedette.KeyCurrent || unfinished(st.Keys) {
			s.printf("a rotation is not over: run vedette key rotate to go on with it\n")
		}
		s.oldWords(st.OldWords)
		return nil
	})
}

// fingerprint names a key without saying anything of it.
func fingerprint(check []byte) string { return fmt.Sprintf("%x", check[:min(4, len(check))]) }

func unfinished(keys []vedette.InstallationKey) bool {
	for _, k := range keys {
		if k.State == vedette.KeyLeaving {
			return true
		}
	}
	return false
}

func keyLine(k vedette.InstallationKey, held bool) string {
	line := ""
	switch k.State {
	case vedette.KeyNext:
		line = "is to be the next, made " + k.Made.UTC().Format(minute)
	case vedette.KeyCurrent:
		line = "in use since " + k.Since.UTC().Format(minute)
	case vedette.KeyLeaving:
		line = "some things are still sealed with it"
	case vedette.KeyEnded:
		line = "ended " + k.Ended.UTC().Format(minute) + ", opens nothing here"
	}
	if held && k.State == vedette.KeyEnded {
		line += "; given all the same, and not needed"
	}
	if !held && k.State != vedette.KeyEnded {
		line += "; NOT GIVEN here"
	}
	return line
}
