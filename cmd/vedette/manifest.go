package main

import (
	"bufio"
	"io"

	"vedette"
	"vedette/app"
)

// manifestFlags say where manifests go, and who can read them.
type manifestFlags struct {
	Manifest     string   `help:"Directory that, each hour, an encrypted file goes into of who is where, how to reach them and whom to ask, which is read without the server: vedette manifest open." env:"VEDETTE_MANIFEST" placeholder:"DIR"`
	ManifestTo   []string `help:"Who can read it: age1…, which vedette manifest key prints. Several may." env:"VEDETTE_MANIFEST_TO" placeholder:"RECIPIENT" name:"manifest-to"`
	ManifestKeep int      `help:"How many are kept of each organisation; older ones are removed." default:"48" env:"VEDETTE_MANIFEST_KEEP" placeholder:"N" name:"manifest-keep"`
	ManifestAll  bool     `help:"Have everybody in it, not only whoever is concerned by what is open." env:"VEDETTE_MANIFEST_ALL" name:"manifest-all"`
}

func (f *manifestFlags) config() app.ManifestConfig {
	return app.ManifestConfig{Dir: f.Manifest, To: f.ManifestTo, Keep: f.ManifestKeep, All: f.ManifestAll}
}

type manifestCmd struct {
	Write manifestWriteCmd `cmd:"" default:"withargs" help:"Write one now."`
	Key   manifestKeyCmd   `cmd:"" help:"Make a key that opens manifests. Keep its file elsewhere: the server needs only what is printed."`
	Open  manifestOpenCmd  `cmd:"" help:"Read one. It needs no server and no database."`
}

type manifestWriteCmd struct{ manifestFlags }

// Run writes a manifest.
func (c *manifestWriteCmd) Run(s *session) error {
	if _, err := c.config().Check(); err != nil {
		return err
	}
	return s.open(func(a *app.App) error {
		done, err := a.WriteManifest(s.ctx, a.Desk, c.config())
		if err != nil {
			return err
		}
		s.printf("wrote %s: %s\n", clean(done.File), count(done.People, "entry", "entries"))
		if done.Left > 0 {
			s.printf("restricted people left out: %d\n", done.Left)
		}
		if done.Removed > 0 {
			s.printf("older ones removed: %d\n", done.Removed)
		}
		return nil
	})
}

type manifestKeyCmd struct {
	File string `arg:"" help:"Where the key goes; it must not be there yet."`
}

// Run makes a key.
func (c *manifestKeyCmd) Run(s *session) error {
	to, err := app.NewManifestKey(c.File, s.now())
	if err != nil {
		return err
	}
	s.printf("made %s: keep it where you can read it when the server is gone, and not on the server\nfor the server: --manifest DIR --manifest-to %s\n", clean(c.File), to)
	return nil
}

type manifestOpenCmd struct {
	File string `arg:"" help:"The manifest."`
	Key  string `help:"File of the key." required:"" placeholder:"FILE"`
}

// Run prints a manifest.
func (c *manifestOpenCmd) Run(s *session) error {
	in, err := app.OpenManifest(c.File, c.Key)
	if err != nil {
		return err
	}
	defer in.Close()
	out := bufio.NewWriter(s.out)
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			if _, err := out.WriteString(clean(line[:len(line)-ends(line)]) + "\n"); err != nil {
				return vedette.Wrap(err, vedette.CodeUnavailable, "the manifest cannot be shown")
			}
		}
		if err == io.EOF {
			return vedette.Wrap(out.Flush(), vedette.CodeUnavailable, "the manifest cannot be shown")
		}
		if err != nil {
			_ = out.Flush() // as far as it goes
			return err
		}
	}
}

// ends is how long the end of a line is.
func ends(line string) int {
	if line[len(line)-1] == '\n' {
		return 1
	}
	return 0
}
