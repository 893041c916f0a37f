package main

import (
	"vedette"
	"vedette/app"
)

type workCmd struct {
	Plan              bool     `help:"Hold everybody in memory as well, plan who is told what, and look out for who is newly concerned." env:"VEDETTE_PLAN"`
	BaseURL           string   `help:"Where links in messages lead: the portal's address." env:"VEDETTE_BASE_URL" placeholder:"URL" name:"base-url"`
	Channels          []string `help:"What it sends over: email, webhook, sms, voice, push. The pace of text messages and calls is kept by each process for itself, so let one alone send them." default:"email,webhook" enum:"email,webhook,sms,voice,push" env:"VEDETTE_CHANNELS"`
	Metrics           string   `help:"Answer /healthz, /readyz and /metrics on this address." env:"VEDETTE_METRICS" placeholder:"ADDR"`
	SMTP              string   `help:"Mail server, as for serve. Better in VEDETTE_SMTP than on the command line." env:"VEDETTE_SMTP" placeholder:"URL" name:"smtp"`
	From              string   `help:"Sender of mails: 'Our desk <alerts@example.org>'." env:"VEDETTE_FROM" placeholder:"ADDRESS"`
	DKIMKey           string   `help:"File of the key that signs mails." env:"VEDETTE_DKIM_KEY" placeholder:"FILE" name:"dkim-key"`
	DKIMSelector      string   `help:"Its name in the DNS of the sender's domain." env:"VEDETTE_DKIM_SELECTOR" placeholder:"NAME" name:"dkim-selector"`
	BounceAddress     string   `help:"Address that mails come back to (default: the sender's)." env:"VEDETTE_BOUNCE_ADDRESS" placeholder:"ADDRESS"`
	MailLimits        string   `help:"File of what may go to a mail domain, as for serve. All that send keep to it together: give each the same." env:"VEDETTE_MAIL_LIMITS" placeholder:"FILE"`
	Workers           int      `help:"Messages sent at once." default:"16" env:"VEDETTE_WORKERS" placeholder:"N"`
	UnreviewedWords   bool     `help:"As for serve." env:"VEDETTE_UNREVIEWED_WORDS"`
	AllowPrivateHooks bool     `help:"Let webhooks, and pushes to devices, go to private addresses and over plain HTTP." env:"VEDETTE_ALLOW_PRIVATE_HOOKS"`
}

// Help says where it belongs.
func (c *workCmd) Help() string {
	return `A process that sends, beside vedette serve or other workers, from one PostgreSQL: as many as
wanted, on as many machines as wanted, all with the same installation key (--key-file, or
VEDETTE_KEY) and the same --base-url. What one that is killed had in hand another sends, under
the same identity.`
}

// configs are what it is set up by.
func (c *workCmd) configs(s *session) (app.Config, app.WorkConfig) {
	cfg := s.config()
	cfg.Any = true
	cfg.AllowPrivateHooks = c.AllowPrivateHooks
	w := app.WorkConfig{Plan: c.Plan, BaseURL: c.BaseURL, Workers: c.Workers, UnreviewedWords: c.UnreviewedWords, Metrics: c.Metrics,
		Mail: app.MailConfig{URL: c.SMTP, From: c.From, Bounces: c.BounceAddress, DKIMKey: c.DKIMKey, DKIMSelector: c.DKIMSelector, Limits: c.MailLimits},
		Ready: func(probes string) {
			if probes == "" {
				s.printf("working; Ctrl-C ends it\n")
				return
			}
			s.printf("working; probes on http://%s; Ctrl-C ends it\n", probes)
		}}
	for _, name := range c.Channels {
		w.Channels = append(w.Channels, vedette.Channel(name))
	}
	return cfg, w
}

// Run works until it is interrupted, then finishes what is on its way.
func (c *workCmd) Run(s *session) error {
	cfg, work := c.configs(s)
	if err := s.sound(cfg.Faults(), work.Faults()); err != nil {
		return err
	}
	return s.openWith(cfg, func(a *app.App) error { return a.Work(s.ctx, work) })
}
