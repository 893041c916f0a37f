package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"
)

// reference is doc/configuration.md: every setting there is, as the command line knows it.
func reference() (string, error) {
	c := &cli{}
	k, err := newParser(c, world{out: io.Discard, err: io.Discard}, &book{})
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString(`# Settings

Made by ` + "`go run ./cmd/vedette check-config --reference > doc/configuration.md`" + ` from the command line itself; do not edit.

A setting is given on the command line (` + "`--name value`" + `), else in the environment, else in the file that ` + "`--config`" + ` or ` + "`VEDETTE_CONFIG`" + ` names, else it is its default. The file has a line for each, ` + "`name = value`" + `, the value as on the command line and without a quote around it; a list has commas, or several lines; ` + "`#`" + ` begins a remark. One file does for all commands: each takes what is its own.

` + "```" + `
data = /var/lib/vedette
listen = 0.0.0.0:443
acme = desk.example.org
from = Our desk <alerts@example.org>
mail-limits = /etc/vedette/limits.json
` + "```" + `

` + "`vedette check-config FILE`" + ` names everything that is wrong with it; ` + "`serve`" + ` and ` + "`work`" + ` look at the same at their start and do not begin. What others on the machine can read though it is secret they say in the log, and begin.

`)
	heads := []string{"## Of every command", "## Of vedette serve", "## Of vedette work"}
	for i, n := range []string{"", "serve", "work"} {
		fmt.Fprintf(&b, "%s\n\n| setting | environment | is | default | means |\n|---|---|---|---|---|\n", heads[i])
		for _, f := range settings(k) {
			if of(k, f) == n {
				fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s | %s |\n", f.Name, strings.Join(f.Envs, "`, `"), kind(f), usual(f), cell(f.Help))
			}
		}
		b.WriteString("\n")
	}
	b.WriteString(`## In the environment alone

| environment | means |
|---|---|
| ` + "`VEDETTE_KEY`" + ` | the installation key itself, instead of the file that ` + "`key-file`" + ` names |
| ` + "`VEDETTE_BOUNCES_PASSWORD`" + ` | the password of the mailbox that ` + "`bounces`" + ` names, instead of ` + "`bounces-password-file`" + ` |
| ` + "`VEDETTE_OIDC_SECRET`" + ` | by which the identity provider knows the portal, instead of ` + "`oidc-secret-file`" + ` |
| ` + "`GOMEMLIMIT`" + ` | a soft limit of memory, as the Go runtime reads it; without it there is one that follows what is in use |

The files that ` + "`sms`, `voice`, `providers` and `mail-limits`" + ` name are described in the README; ` + "`${NAME}`" + ` in the first three is a variable of any name.
`)
	return b.String(), nil
}

// of is the command that a flag is of, "" for all.
func of(k *kong.Kong, f *kong.Flag) string {
	for _, n := range k.Model.Children {
		for _, g := range n.Flags {
			if g == f {
				return n.Name
			}
		}
	}
	return ""
}

// kind says in a word what a setting's value is.
func kind(f *kong.Flag) string {
	switch {
	case f.IsSlice() && f.Enum != "":
		return "some of " + cell(strings.Join(f.EnumSlice(), ", "))
	case f.IsSlice():
		return "list of " + cell(f.PlaceHolder)
	case f.IsBool():
		return "true or false"
	case f.Enum != "":
		return "one of " + cell(strings.Join(f.EnumSlice(), ", "))
	case f.Target.CanInt():
		return "number"
	case f.PlaceHolder != "":
		return cell(f.PlaceHolder)
	}
	return "text"
}

func usual(f *kong.Flag) string {
	switch {
	case f.IsBool():
		return "false"
	case f.Default == "":
		return ""
	}
	return "`" + cell(f.Default) + "`"
}

// cell is text in a table's cell.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ").Replace(strings.TrimSpace(s))
}
