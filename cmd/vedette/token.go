package main

import (
	"strings"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type tokenCmd struct {
	List tokenListCmd `cmd:"" default:"withargs" help:"Which machines may come in, to do what, until when, and when each was here last."`
	Add  tokenAddCmd  `cmd:"" help:"Let a machine in: prints a secret, once, that it sends with each request."`
	End  tokenEndCmd  `cmd:"" help:"Let it in no more, at once."`
}

// Help says what tokens may.
func (c *tokenCmd) Help() string {
	return `A machine sends its token with each request to the portal: Authorization: Bearer vdt_…
It may do what it was given, and no more: look, see people, draft, publish, account, ask people,
take cases, keep the log, hand over, drill; and scim, which lets an identity provider keep who may sign in, under
/scim/v2/. The record names it "token NAME". No token adds users or tokens by their pages.`
}

type tokenAddCmd struct {
	Name string   `arg:"" help:"What has it, as the record will name it."`
	May  []string `help:"What it may do: look, see people, draft, publish, account, ask people, take cases, keep the log, hand over, drill, scim. Again, or with commas, for more." required:"" placeholder:"ACT"`
	Days int      `help:"How long it is good, at most 365." default:"90"`
	By   string   `help:"Who lets it." default:"${user}"`
}

// Run adds a token.
func (c *tokenAddCmd) Run(s *session) error {
	if c.Days < 1 {
		return errUsage{vedette.Errorf(vedette.CodeInvalid, "--days %d: a token is good for a day at least", c.Days)}
	}
	return s.open(func(a *app.App) error {
		k, secret, err := a.Desk.AddToken(s.ctx, desk.TokenOrder{Name: c.Name, Acts: c.May, Days: c.Days, By: c.By})
		if err != nil {
			return err
		}
		s.printf("%s may %s, until %s\n", clean(k.Actor()), strings.Join(k.Acts, ", "), k.Until.UTC().Format(minute))
		s.printf("it is shown this once; keep it where secrets are kept:\n%s\n", secret)
		return nil
	})
}

type tokenListCmd struct {
	All bool `help:"Also those that were ended."`
}

// Run lists tokens.
func (c *tokenListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		list, err := a.Desk.Tokens(s.ctx, c.All)
		if err != nil {
			return err
		}
		p := s.paper()
		if len(list) == 0 {
			p.line("there are no tokens: no machine may come in by one")
			p.note(2, "vedette token add 'the intranet' --may look")
		}
		for i := range list {
			p.item("• ", tokenLine(&list[i], s.now()))
		}
		return nil
	})
}

func tokenLine(k *vedette.Token, now time.Time) string {
	until, used := k.Until.UTC().Format(minute), "never used"
	if !k.Used.IsZero() {
		used = "used " + k.Used.UTC().Format(minute)
	}
	state := "good until " + until
	switch {
	case !k.Ended.IsZero():
		state = "ended " + k.Ended.UTC().Format(minute)
	case !k.Good(now):
		state = "good no more since " + until
	case k.Until.Sub(now) < desk.TokenEndsSoon:
		state = "ENDS SOON: " + state
	}
	return strings.Join([]string{k.Name, state, used, "may " + strings.Join(k.Acts, ", "), "made by " + k.By}, ", ")
}

type tokenEndCmd struct {
	Name string `arg:"" help:"Its name."`
}

// Run ends a token.
func (c *tokenEndCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		k, err := a.Desk.EndToken(s.ctx, c.Name)
		if err != nil {
			return err
		}
		s.printf("%s lets nobody in any more\n", clean(k.Actor()))
		return nil
	})
}
