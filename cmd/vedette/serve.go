package main

import (
	"fmt"
	"os"

	"vedette/app"
)

type serveCmd struct {
	Listen            string   `help:"Address of the portal." default:"127.0.0.1:8075" env:"VEDETTE_LISTEN"`
	BaseURL           string   `help:"Where links in messages lead (default: the address it listens on)." env:"VEDETTE_BASE_URL" placeholder:"URL" name:"base-url"`
	TrustedProxy      []string `help:"Address, or range, of a proxy that speaks TLS for the portal and passes requests on, with the client's address last in X-Forwarded-For. One on this machine is trusted." env:"VEDETTE_TRUSTED_PROXY" placeholder:"ADDRESS"`
	InsecureNoAuth    bool     `help:"Listen on an address others can reach, though nobody has to sign in, or over no TLS: something in front of it keeps strangers out."`
	SMTP              string   `help:"Mail server: smtp://user:password@host:587, smtps://…, or smtp://host:25?tls=none. Better in VEDETTE_SMTP than on the command line." env:"VEDETTE_SMTP" placeholder:"URL" name:"smtp"`
	From              string   `help:"Sender of mails: 'Our desk <alerts@example.org>'." env:"VEDETTE_FROM" placeholder:"ADDRESS"`
	DKIMKey           string   `help:"File of the key that signs mails; make one with: vedette dkim new FILE." env:"VEDETTE_DKIM_KEY" placeholder:"FILE" name:"dkim-key"`
	DKIMSelector      string   `help:"Its name in the DNS of the sender's domain: NAME._domainkey." env:"VEDETTE_DKIM_SELECTOR" placeholder:"NAME" name:"dkim-selector"`
	BounceAddress     string   `help:"Address that mails come back to, with what names each behind a plus: bounces@example.org (default: the sender's)." env:"VEDETTE_BOUNCE_ADDRESS" placeholder:"ADDRESS"`
	Bounces           string   `help:"Where these arrive: a Maildir, or a mailbox, imaps://user@mail.example.org/INBOX, whose password stands in VEDETTE_BOUNCES_PASSWORD. Each is read, noted in the ledger and kept." env:"VEDETTE_BOUNCES" placeholder:"DIR|URL"`
	BouncesPassword   string   `help:"File of the mailbox's password, instead of VEDETTE_BOUNCES_PASSWORD." env:"VEDETTE_BOUNCES_PASSWORD_FILE" placeholder:"FILE" name:"bounces-password-file"`
	MailLimits        string   `help:"File of what may go to a mail domain: {\"default\": {\"connections\": 4}, \"example.org\": {\"connections\": 2, \"per_minute\": 600}}." env:"VEDETTE_MAIL_LIMITS" placeholder:"FILE"`
	Workers           int      `help:"Messages sent at once." default:"16"`
	UnreviewedWords   bool     `help:"In text messages and discreet mails, say short forms of advice in languages whose words nobody has reviewed yet; else these have the report's own words." env:"VEDETTE_UNREVIEWED_WORDS"`
	AllowPrivateHooks bool     `help:"Let webhooks, and pushes to devices, go to private addresses and over plain HTTP." env:"VEDETTE_ALLOW_PRIVATE_HOOKS"`
}

// Run serves until it is interrupted, then finishes what is on its way.
func (c *serveCmd) Run(s *session) error {
	cfg := s.config()
	cfg.AllowPrivateHooks = c.AllowPrivateHooks
	if c.Workers < 1 {
		return errUsage{fmt.Errorf("--workers is at least 1")}
	}
	return s.openWith(cfg, func(a *app.App) error {
		return a.Serve(s.ctx, app.ServeConfig{Listen: c.Listen, InsecureNoAuth: c.InsecureNoAuth, BaseURL: c.BaseURL, Proxies: c.TrustedProxy,
			Mail:    app.MailConfig{URL: c.SMTP, From: c.From, Bounces: c.BounceAddress, DKIMKey: c.DKIMKey, DKIMSelector: c.DKIMSelector, Limits: c.MailLimits},
			Bounces: app.BounceConfig{Box: c.Bounces, Password: os.Getenv("VEDETTE_BOUNCES_PASSWORD"), PasswordFile: c.BouncesPassword}, Workers: c.Workers, UnreviewedWords: c.UnreviewedWords,
			Ready: func(at, links string) {
				s.printf("serving http://%s; links in messages lead to %s; Ctrl-C ends it\n", at, links)
			}})
	})
}
