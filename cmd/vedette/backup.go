package main

import (
	"runtime/debug"

	"vedette/app"
)

type backupCmd struct {
	File string `arg:"" help:"Where to write it; must not exist yet."`
}

// Run writes a backup.
func (c *backupCmd) Run(s *session) error {
	return s.openAll(func(a *app.App) error {
		sum, err := a.Backup(s.ctx, c.File)
		if err != nil {
			return err
		}
		s.printf("backup %s: %d rows; the installation key is not in it: keep %s and the list of erasures beside it apart\n", c.File, total(sum.Rows), a.KeyFile)
		return nil
	})
}

type restoreCmd struct {
	File       string `arg:"" help:"The backup."`
	NoErasures bool   `help:"Nobody was erased since: do without the list of erasures that lies beside the key."`
}

// Run fills an empty place. The key file has to lie there already.
func (c *restoreCmd) Run(s *session) error {
	r, err := app.Restore(s.ctx, s.config(), c.File, c.NoErasures)
	if err != nil {
		return err
	}
	s.printf("restored %d rows of a backup taken %s\n", total(r.Rows), r.TakenAt.UTC().Format("2 Jan 2006 15:04 UTC"))
	if n := r.Rows["users"]; n > 0 {
		s.printf("who may sign in, and with which password, is as of then: see vedette user list, and close or reset whom it should not be\n")
	}
	if n := r.Rows["tokens"]; n > 0 {
		s.printf("so are tokens: one that was ended since is good again; see vedette token list, and end it\n")
	}
	if n := r.Rows["handouts"]; n > 0 {
		s.printf("so are links of updates: one that was ended since opens again until its time; see vedette share list UPDATE, and end it\n")
	}
	if r.Doubtful > 0 {
		s.printf("%s waiting to be sent then: not sent again, for nobody knows whether they were; see vedette updates, and publish anew what still holds\n", count(r.Doubtful, "message was", "messages were"))
	}
	if r.Halted > 0 {
		s.printf("%s not planned to the end then, and not gone on with: see vedette updates, and publish anew what still holds\n", count(r.Halted, "update was", "updates were"))
	}
	if r.ErasedAgain > 0 {
		s.printf("%s erased since then, erased again\n", count(r.ErasedAgain, "person was", "people were"))
	}
	return nil
}

func total(byTable map[string]int) int {
	n := 0
	for _, rows := range byTable {
		n += rows
	}
	return n
}

type versionCmd struct{}

// Run prints the version.
func (c *versionCmd) Run(s *session) error {
	v := "devel"
	if bi, ok := debug.ReadBuildInfo(); ok && bi.Main.Version != "" && bi.Main.Version != "(devel)" {
		v = bi.Main.Version
	}
	s.printf("vedette %s\n", v)
	return nil
}
