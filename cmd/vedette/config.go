package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"

	"vedette"
	"vedette/conf"
)

// configFile is the name of the file of settings.
type configFile string

// BeforeResolve reads it, for every command but the one that says all that is wrong.
func (configFile) BeforeResolve(k *kong.Kong, ctx *kong.Context, trace *kong.Path, b *book) error {
	path, _ := ctx.FlagValue(trace.Flag).(configFile)
	if n := ctx.Selected(); path == "" || n != nil && n.Name == checkName {
		return nil
	}
	if b.read(k, string(path)); len(b.faults) > 0 {
		b.sort(b.faults)
		return &wrong{b.faults}
	}
	ctx.AddResolver(b)
	return nil
}

// book is a file of settings that was read.
type book struct {
	path   string
	values map[string]conf.Line // by name
	faults []fault
	open   []fault // no more than that others can read a password in it
}

// fault is something wrong with a setting, and where it was given.
type fault struct{ place, setting, says string }

// String is the line that says it.
func (f fault) String() string {
	out := f.place
	if f.setting != "" && !strings.HasSuffix(f.place, f.setting) {
		out += ": " + f.setting
	}
	return out + ": " + f.says
}

// wrong is an error that says several faults, a line for each.
type wrong struct{ faults []fault }

// Error says them.
func (w *wrong) Error() string {
	var lines []string
	for _, f := range w.faults {
		lines = append(lines, f.String())
	}
	return strings.Join(lines, "\n")
}

func (w *wrong) print(to io.Writer) {
	for _, f := range w.faults {
		fmt.Fprintln(to, "vedette:", clean(f.String()))
	}
}

// settings are the flags that a file, and the environment, may set: those of every
// command, of serve and of work. What serve and work both have is there twice.
func settings(k *kong.Kong) (out []*kong.Flag) {
	nodes := []*kong.Node{k.Model.Node}
	for _, n := range k.Model.Children {
		if n.Name == "serve" || n.Name == "work" {
			nodes = append(nodes, n)
		}
	}
	for _, n := range nodes {
		for _, f := range n.Flags {
			if f.Name != "help" {
				out = append(out, f)
			}
		}
	}
	return out
}

// read reads a file, and notes what is wrong with it; a setting that does not read has
// no value.
func (b *book) read(k *kong.Kong, path string) {
	b.path, b.values = path, map[string]conf.Line{}
	text, err := readSettings(path)
	if err != nil {
		b.faults = append(b.faults, fault{path, "", clean(err.Error())})
		return
	}
	lines, faults := conf.Read(text)
	for _, f := range faults {
		b.note(f.Number, f.Name, f.Says)
	}
	known := map[string]*kong.Flag{}
	for _, f := range settings(k) {
		known[f.Name] = f
	}
	delete(known, "config")
	for _, l := range lines {
		f, ok := known[l.Name]
		if ok && f.IsSlice() {
			l.Value = tight(l.Value)
		}
		before, twice := b.values[l.Name]
		switch {
		case !ok:
			b.note(l.Number, l.Name, unknown(l.Name, known))
			continue
		case misfit(f, l.Value) != "":
			b.note(l.Number, l.Name, misfit(f, l.Value))
			continue
		case twice && !f.IsSlice():
			b.note(l.Number, l.Name, fmt.Sprintf("it is set in line %d already; take one of both away", before.Number))
			continue
		case twice:
			l.Value = before.Value + "," + l.Value
		}
		b.values[l.Name] = l
	}
	b.readable(known)
}

// sort puts faults into the order of the file, and those of other places after it.
func (b *book) sort(list []fault) {
	line := func(f fault) int {
		n, err := strconv.Atoi(strings.TrimPrefix(f.place, b.path+":"))
		if err != nil {
			return math.MaxInt
		}
		return n
	}
	slices.SortStableFunc(list, func(x, y fault) int { return cmp.Compare(line(x), line(y)) })
}

// tight takes the blanks around the commas of a list away.
func tight(list string) string {
	parts := strings.Split(list, ",")
	for i, p := range parts {
		parts[i] = strings.TrimSpace(p)
	}
	return strings.Join(parts, ",")
}

// dropEmpty takes variables that are empty for such as are not there: whoever writes a
// list of them for a container leaves some so.
func dropEmpty() {
	for _, e := range os.Environ() {
		if name, value, _ := strings.Cut(e, "="); value == "" && strings.HasPrefix(name, "VEDETTE_") {
			os.Unsetenv(name)
		}
	}
}

func readSettings(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "the file of settings cannot be read")
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, conf.MaxFile+1))
	return text, vedette.Wrap(err, vedette.CodeInvalid, "the file of settings cannot be read")
}

func (b *book) place(line int) string { return fmt.Sprintf("%s:%d", b.path, line) }

func (b *book) note(line int, name, says string) {
	b.faults = append(b.faults, fault{b.place(line), name, says})
}

func unknown(name string, known map[string]*kong.Flag) string {
	var names []string
	for n := range known {
		names = append(names, n)
	}
	slices.Sort(names)
	if near := conf.Nearest(name, names); near != "" {
		return "there is no setting of this name; " + near + " is like it"
	}
	return "there is no setting of this name; doc/configuration.md lists those there are"
}

// misfit says why a value is none of a setting, "" where it is. It repeats no text that
// could be a secret: those are of settings that take any.
func misfit(f *kong.Flag, value string) string {
	target := reflect.New(f.Target.Type()).Elem()
	err := f.Mapper.Decode(&kong.DecodeContext{Value: f.Value, Scan: kong.ScanFromTokens(kong.Token{Type: kong.FlagValueToken, Value: value})}, target)
	switch {
	case err != nil && f.IsBool():
		return fmt.Sprintf("%q is neither true nor false", value)
	case err != nil && f.Target.CanInt():
		return fmt.Sprintf("%q is no whole number", value)
	case err != nil:
		return "this cannot be read as its value"
	case f.Enum == "":
		return ""
	}
	given := []string{value}
	if f.IsSlice() {
		given = strings.Split(value, ",")
	}
	for _, v := range given {
		if !slices.Contains(f.EnumSlice(), v) {
			return fmt.Sprintf("%q is none of %s", v, strings.Join(f.EnumSlice(), ", "))
		}
	}
	return ""
}

// readable notes a password that everybody on this machine can read.
func (b *book) readable(known map[string]*kong.Flag) {
	st, err := os.Stat(b.path)
	if err != nil || !st.Mode().IsRegular() || st.Mode().Perm()&0o007 == 0 {
		return
	}
	for name, l := range b.values {
		u, err := url.Parse(l.Value)
		if err != nil || u.User == nil {
			continue
		}
		if _, secret := u.User.Password(); secret {
			b.open = append(b.open, fault{b.place(l.Number), name, fmt.Sprintf("there is a password in it, and everybody on this machine may read the file; write chmod o= %s, or put it into %s", b.path, strings.Join(known[name].Envs, ""))})
		}
	}
}

// Validate is part of what a resolver has to be able to do.
func (b *book) Validate(*kong.Application) error { return nil }

// Resolve gives what the file says of a flag of every command, of serve or of work; what
// the environment says goes before it.
func (b *book) Resolve(_ *kong.Context, parent *kong.Path, flag *kong.Flag) (any, error) {
	if n := parent.Node(); parent.App == nil && (n == nil || n.Name != "serve" && n.Name != "work") {
		return nil, nil
	}
	for _, env := range flag.Envs {
		if os.Getenv(env) != "" {
			return nil, nil
		}
	}
	if l, ok := b.values[flag.Name]; ok {
		return l.Value, nil
	}
	return nil, nil
}
