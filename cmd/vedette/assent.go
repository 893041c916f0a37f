package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"

	"vedette/app"
)

// assent is --yes, alone or with the number of people that somebody means to
// tell: --yes=4955.
type assent struct {
	given bool
	count int // 0 where none was typed
}

// IsBool lets it stand alone.
func (a *assent) IsBool() bool { return true }

// Decode reads it.
func (a *assent) Decode(ctx *kong.DecodeContext) error {
	a.given = true
	if ctx.Scan.Peek().Type != kong.FlagValueToken {
		return nil
	}
	token := fmt.Sprint(ctx.Scan.Pop().Value)
	switch strings.ToLower(token) {
	case "true", "yes":
		return nil
	case "false", "no":
		a.given = false
		return nil
	}
	n, err := strconv.Atoi(strings.NewReplacer(",", "", "_", "", " ", "").Replace(token))
	if err != nil || n < 1 {
		return fmt.Errorf("--yes stands alone, or with the number of people it tells: --yes=4955, not %q", token)
	}
	a.count = n
	return nil
}

// counting says which number is to be typed.
func counting(n, above int) string {
	return fmt.Sprintf("%d people would be told, more than %d: say how many, --yes=%d", n, above, n)
}

// undone ends a preview of what would tell n people: which number is to be
// typed, where they are many, and that nothing was done.
func (s *session) undone(a *app.App, n int, nothing string) error {
	v, err := a.Desk.Settings(s.ctx)
	if err != nil {
		return err
	}
	if n > v.CountAbove {
		s.printf("%s\n", counting(n, v.CountAbove))
	}
	s.printf("%s; say --yes to do it\n", nothing)
	return nil
}

// countArgs is a number of people typed apart from --yes.
type countArgs struct {
	Count int `help:"How many people it tells, typed: wanted where they are more than the settings let pass. The same as --yes=N." placeholder:"N"`
}

// typed is the number that was typed, 0 for none.
func (c *countArgs) typed(a assent) (int, error) {
	switch {
	case c.Count < 0:
		return 0, errUsage{fmt.Errorf("--count is how many people it tells, not %d", c.Count)}
	case c.Count > 0 && a.count > 0 && c.Count != a.count:
		return 0, errUsage{fmt.Errorf("--yes=%d and --count %d differ", a.count, c.Count)}
	case c.Count > 0:
		return c.Count, nil
	}
	return a.count, nil
}
