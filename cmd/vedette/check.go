package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"vedette"
	"vedette/app"
	"vedette/conf"
)

// checkName is the command that says what is wrong with the settings.
const checkName = "check-config"

type checkCmd struct {
	File      string `arg:"" optional:"" help:"The file of settings (default: --config)."`
	For       string `help:"For which command: serve or work." enum:"serve,work" default:"serve" name:"for"`
	Reference bool   `help:"Print the list of all settings instead, as doc/configuration.md has it."`
}

// Help says what it looks at.
func (c *checkCmd) Help() string {
	return `Reads the file of settings and the environment as vedette serve would, and names everything that is
wrong, each with its line, the setting and the mend: settings there are not, values that are none, files
that cannot be read or that others can, what does not go together, and the files of gateways, providers and
limits. It asks nobody and changes nothing. Whether somebody may sign in yet it does not look at.

A file has a line for each setting, name = value, the value as on the command line; # begins a remark:

  listen = 0.0.0.0:443
  acme = desk.example.org
  from = Our desk <alerts@example.org>

What is said on the command line goes before the environment, and that before the file.
Exit code: 0 nothing wrong, 2 something is.`
}

// Run says all that is wrong.
func (c *checkCmd) Run(s *session) error {
	if c.Reference {
		page, err := reference()
		s.printf("%s", page)
		return err
	}
	path := c.File
	if path == "" {
		path = string(s.cli.Config)
	}
	all, err := s.faults(path, c.For)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		s.printf("nothing wrong\n")
		return nil
	}
	for _, f := range all {
		s.printf("%s\n", clean(f.String()))
	}
	return errUsage{fmt.Errorf("%s", count(len(all), "mistake", "mistakes"))}
}

// faults gives what is wrong with a file, "" for none, and the environment, for a command.
func (s *session) faults(path, command string) (all []fault, err error) {
	fresh := &cli{}
	b := &book{}
	k, err := newParser(fresh, s.world, b)
	if err != nil {
		return nil, err
	}
	if path != "" {
		b.read(k, path)
	}
	all = slices.Concat(b.faults, b.open, environment(k))
	kctx, err := kong.Trace(k, []string{command})
	if err != nil {
		return nil, err
	}
	if err := errors.Join(kctx.Error, kctx.Reset()); err != nil {
		return nil, err
	}
	kctx.AddResolver(b)
	if err := kctx.Resolve(); err != nil {
		return nil, err
	}
	if _, err := kctx.Apply(); err != nil {
		return nil, err
	}
	then := *s
	then.cli, then.book, then.given = fresh, b, nil
	if command == "work" {
		cfg, w := fresh.Work.configs(&then)
		all = append(all, then.placed(cfg.Faults(), w.Faults())...)
	} else {
		cfg, c := fresh.Serve.configs(&then)
		all = append(all, then.placed(cfg.Faults(), c.Faults())...)
	}
	b.sort(all)
	return all, nil
}

// aside are the variables that are no flag's.
var aside = []string{"VEDETTE_KEY", "VEDETTE_BOUNCES_PASSWORD", "VEDETTE_OIDC_SECRET"}

// environment gives what is wrong with the variables, and has those that do not read
// left out of what follows. One that is no setting's is only wrong where it is written
// like one: a gateway's secret may be called as one likes.
func environment(k *kong.Kong) (out []fault) {
	known := slices.Clone(aside)
	for _, f := range settings(k) {
		known = append(known, f.Envs...)
		for _, env := range f.Envs {
			value, set := os.LookupEnv(env)
			if !set || misfit(f, value) == "" {
				continue
			}
			if says := (fault{env, f.Name, misfit(f, value)}); !slices.Contains(out, says) {
				out = append(out, says)
			}
			f.Envs, f.Tag.Envs = nil, nil
		}
	}
	for _, e := range os.Environ() {
		name, _, _ := strings.Cut(e, "=")
		if !strings.HasPrefix(name, "VEDETTE_") || slices.Contains(known, name) {
			continue
		}
		if near := conf.Nearest(strings.TrimPrefix(name, "VEDETTE_"), trimmed(known)); near != "" && len(near) > 3 {
			out = append(out, fault{name, "", "there is no setting of this name; VEDETTE_" + near + " is like it"})
		}
	}
	slices.SortFunc(out, func(x, y fault) int { return strings.Compare(x.place, y.place) })
	return out
}

func trimmed(names []string) (out []string) {
	for _, n := range names {
		out = append(out, strings.TrimPrefix(n, "VEDETTE_"))
	}
	return out
}

// placed says where each fault's setting was given.
func (s *session) placed(lists ...[]app.Fault) (out []fault) {
	for _, f := range slices.Concat(lists...) {
		out = append(out, fault{s.where(f.Setting), f.Setting, f.Err.Error()})
	}
	return out
}

// where a setting was given: the command line, the environment, the file, or nowhere.
func (s *session) where(setting string) string {
	if setting == "key" {
		return aside[0]
	}
	if s.given[setting] {
		return "--" + setting
	}
	if s.book != nil {
		if k, err := newParser(&cli{}, s.world, &book{}); err == nil {
			for _, f := range settings(k) {
				for _, env := range f.Envs {
					if f.Name == setting && os.Getenv(env) != "" {
						return env
					}
				}
			}
		}
		if l, ok := s.book.values[setting]; ok {
			return s.book.place(l.Number)
		}
	}
	return "--" + setting
}

// sound refuses to go on where something is wrong with how it was set up, and says all
// of it. What others can read is no more than said: a portal that does not start warns
// nobody.
func (s *session) sound(lists ...[]app.Fault) error {
	for _, f := range s.book.open {
		s.log().Warn("a secret lies open", "setting", f.setting, "why", f.says)
	}
	var bad []app.Fault
	for _, f := range slices.Concat(lists...) {
		if f.Open {
			what := "a secret lies open"
			if vedette.ErrorCode(f.Err) == vedette.CodeWrongKey {
				what = "a sealed word is to be sealed anew"
			}
			s.log().Warn(what, "setting", f.Setting, "why", f.Err)
			continue
		}
		bad = append(bad, f)
	}
	// Where it may listen depends on who may sign in, too: if that is all, whoever serves
	// says it, who can look.
	if len(bad) == 0 || len(bad) == 1 && vedette.ErrorCode(bad[0].Err) == vedette.CodeForbidden {
		return nil
	}
	list := s.placed(bad)
	s.book.sort(list)
	return &wrong{list}
}
