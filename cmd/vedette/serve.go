package main

import (
	"os"

	"vedette/app"
)

type serveCmd struct {
	Listen           string   `help:"Address of the portal." default:"127.0.0.1:8075" env:"VEDETTE_LISTEN" placeholder:"ADDRESS"`
	BaseURL          string   `help:"Where links in messages lead (default: the name in its certificate, else the address it listens on)." env:"VEDETTE_BASE_URL" placeholder:"URL" name:"base-url"`
	TLSCert          string   `help:"File of the portal's certificate and those it is signed by, as PEM: it speaks TLS by itself. Read again when it changes." env:"VEDETTE_TLS_CERT" placeholder:"FILE" name:"tls-cert"`
	TLSKey           string   `help:"File of its key." env:"VEDETTE_TLS_KEY" placeholder:"FILE" name:"tls-key"`
	ACME             []string `help:"Instead of files: the portal's name, for which it has a certificate from Let's Encrypt, whose terms you agree to by this, or from --acme-directory. The authority has to reach it on port 443, or by --listen-http on port 80." env:"VEDETTE_ACME" placeholder:"NAME" name:"acme"`
	ACMEContact      string   `help:"Mail address that the authority may write to." env:"VEDETTE_ACME_CONTACT" placeholder:"ADDRESS" name:"acme-contact"`
	ACMEDirectory    string   `help:"Where another authority is asked." env:"VEDETTE_ACME_DIRECTORY" placeholder:"URL" name:"acme-directory"`
	ACMERoots        string   `help:"File of the certificates that this other authority is known by, as PEM (default: those the machine trusts)." env:"VEDETTE_ACME_ROOTS" placeholder:"FILE" name:"acme-roots"`
	ListenHTTP       string   `help:"Address where plain HTTP leads to TLS: 0.0.0.0:80." env:"VEDETTE_LISTEN_HTTP" placeholder:"ADDRESS" name:"listen-http"`
	TrustedProxy     []string `help:"Address, or range, of a proxy that speaks TLS for the portal and passes requests on, with the client's address last in X-Forwarded-For. One on this machine is trusted." env:"VEDETTE_TRUSTED_PROXY" placeholder:"ADDRESS"`
	InsecureNoAuth   bool     `help:"Listen on an address others can reach, though nobody has to sign in, or without TLS: something in front of it keeps strangers out." env:"VEDETTE_INSECURE_NO_AUTH"`
	MaxConnections   int      `help:"Connections the portal answers at once; more are told to come again." default:"1000" env:"VEDETTE_MAX_CONNECTIONS" placeholder:"N"`
	SecondFactor     string   `help:"When a second factor is asked for: always, of everybody whenever they sign in, or when-it-matters, to publish what is extreme and to take lists of people away (and at each sign-in of who wants it)." default:"when-it-matters" env:"VEDETTE_SECOND_FACTOR" placeholder:"WHEN"`
	OIDCIssuer       string   `help:"Identity provider that people may sign in by (OpenID Connect): https://id.example.org/realm. It sends browsers back to /sign-in/provider/back." env:"VEDETTE_OIDC_ISSUER" placeholder:"URL" name:"oidc-issuer"`
	OIDCClient       string   `help:"What it calls the portal: the client id." env:"VEDETTE_OIDC_CLIENT" placeholder:"ID" name:"oidc-client"`
	OIDCSecretFile   string   `help:"File of the client's secret, instead of VEDETTE_OIDC_SECRET. Without either it knows the portal by PKCE alone." env:"VEDETTE_OIDC_SECRET_FILE" placeholder:"FILE" name:"oidc-secret-file"`
	OIDCName         string   `help:"What stands on the button: Sign in with NAME." default:"your organisation’s account" env:"VEDETTE_OIDC_NAME" placeholder:"NAME" name:"oidc-name"`
	OIDCScope        []string `help:"What is asked of it." default:"openid,email,profile" env:"VEDETTE_OIDC_SCOPE" placeholder:"SCOPE" name:"oidc-scope"`
	OIDCGroups       string   `help:"The claim that has somebody's groups; with dots, what is in one: realm_access.roles." default:"groups" env:"VEDETTE_OIDC_GROUPS" placeholder:"CLAIM" name:"oidc-groups"`
	OIDCRole         []string `help:"The role of whoever is in a group, the one that may most of several: security-desk=analyst. Who is in none does not get in. Without any, roles are kept here." env:"VEDETTE_OIDC_ROLE" placeholder:"GROUP=ROLE" name:"oidc-role"`
	OIDCRoles        string   `help:"File of such roles, a line for each: for many, or groups with a comma in them." env:"VEDETTE_OIDC_ROLES" placeholder:"FILE" name:"oidc-roles"`
	OIDCAdd          bool     `help:"Add whoever is in one of these groups and is not known here." env:"VEDETTE_OIDC_ADD" name:"oidc-add"`
	OIDCSecondFactor []string `help:"Values of amr, or acr, by which it says that a second factor was shown: mfa, hwk. Without any, none that was shown there counts here." env:"VEDETTE_OIDC_SECOND_FACTOR" placeholder:"VALUE" name:"oidc-second-factor"`
	SMTP             string   `help:"Mail server: smtp://user:password@host:587, smtps://…, or smtp://host:25?tls=none. Better in VEDETTE_SMTP than on the command line." env:"VEDETTE_SMTP" placeholder:"URL" name:"smtp"`
	From             string   `help:"Sender of mails: 'Our desk <alerts@example.org>'." env:"VEDETTE_FROM" placeholder:"ADDRESS"`
	DKIMKey          string   `help:"File of the key that signs mails; make one with: vedette dkim new FILE." env:"VEDETTE_DKIM_KEY" placeholder:"FILE" name:"dkim-key"`
	DKIMSelector     string   `help:"Its name in the DNS of the sender's domain: NAME._domainkey." env:"VEDETTE_DKIM_SELECTOR" placeholder:"NAME" name:"dkim-selector"`
	BounceAddress    string   `help:"Address that mails come back to, with what names each behind a plus: bounces@example.org (default: the sender's)." env:"VEDETTE_BOUNCE_ADDRESS" placeholder:"ADDRESS"`
	Bounces          string   `help:"Where these arrive: a Maildir, or a mailbox, imaps://user@mail.example.org/INBOX, whose password stands in VEDETTE_BOUNCES_PASSWORD. Each is read, noted in the ledger and kept." env:"VEDETTE_BOUNCES" placeholder:"DIR|URL"`
	BouncesPassword  string   `help:"File of the mailbox's password, instead of VEDETTE_BOUNCES_PASSWORD." env:"VEDETTE_BOUNCES_PASSWORD_FILE" placeholder:"FILE" name:"bounces-password-file"`
	MailLimits       string   `help:"File of what may go to a mail domain: {\"default\": {\"connections\": 4}, \"example.org\": {\"connections\": 2, \"per_minute\": 600}}." env:"VEDETTE_MAIL_LIMITS" placeholder:"FILE"`
	Workers          int      `help:"Messages sent at once." default:"16" env:"VEDETTE_WORKERS" placeholder:"N"`
	UnreviewedWords  bool     `help:"In text messages and discreet mails, say short forms of advice in languages whose words nobody has reviewed yet; else these have the report's own words." env:"VEDETTE_UNREVIEWED_WORDS"`
	manifestFlags
	AllowPrivateHooks bool `help:"Let webhooks, and pushes to devices, go to private addresses and over plain HTTP." env:"VEDETTE_ALLOW_PRIVATE_HOOKS"`
}

// configs are what it is set up by.
func (c *serveCmd) configs(s *session) (app.Config, app.ServeConfig) {
	cfg := s.config()
	cfg.Any = true
	cfg.AllowPrivateHooks, cfg.HashesAside = c.AllowPrivateHooks, s.again
	return cfg, app.ServeConfig{Listen: c.Listen, InsecureNoAuth: c.InsecureNoAuth, BaseURL: c.BaseURL, Proxies: c.TrustedProxy, Connections: c.MaxConnections,
		TLS:          app.TLSConfig{Cert: c.TLSCert, Key: c.TLSKey, ACME: c.ACME, Contact: c.ACMEContact, Directory: c.ACMEDirectory, Roots: c.ACMERoots, Plain: c.ListenHTTP},
		Mail:         app.MailConfig{URL: c.SMTP, From: c.From, Bounces: c.BounceAddress, DKIMKey: c.DKIMKey, DKIMSelector: c.DKIMSelector, Limits: c.MailLimits},
		SecondFactor: c.SecondFactor, OIDC: c.oidc(), Manifest: c.manifestFlags.config(),
		Bounces: app.BounceConfig{Box: c.Bounces, Password: os.Getenv("VEDETTE_BOUNCES_PASSWORD"), PasswordFile: c.BouncesPassword}, Workers: c.Workers, UnreviewedWords: c.UnreviewedWords,
		Ready: func(at app.At) {
			s.printf("serving %s; links in messages lead to %s; Ctrl-C ends it\n", at.Portal, at.Links)
			if at.Code != "" {
				s.printf("nobody may sign in yet: make the first administrator at %s/welcome with the code %s (good once, for an hour)\n", at.Portal, at.Code)
			}
		}}
}

// oidc is the identity provider that people sign in by: nothing, where none is named.
func (c *serveCmd) oidc() app.OIDCConfig {
	secret := os.Getenv("VEDETTE_OIDC_SECRET")
	if c.OIDCIssuer == "" && c.OIDCClient == "" && secret == "" && c.OIDCSecretFile == "" && c.OIDCRoles == "" && !c.OIDCAdd && len(c.OIDCRole)+len(c.OIDCSecondFactor) == 0 {
		return app.OIDCConfig{} // what is usual alone names nobody
	}
	return app.OIDCConfig{Issuer: c.OIDCIssuer, Client: c.OIDCClient, Secret: secret, SecretFile: c.OIDCSecretFile, Name: c.OIDCName, Scopes: c.OIDCScope,
		Groups: c.OIDCGroups, Roles: c.OIDCRole, RolesFile: c.OIDCRoles, Adds: c.OIDCAdd, Strong: c.OIDCSecondFactor}
}

// Run serves until it is interrupted, then finishes what is on its way.
func (c *serveCmd) Run(s *session) error {
	cfg, serve := c.configs(s)
	if err := s.sound(cfg.Faults(), serve.Faults()); err != nil {
		return err
	}
	return s.openWith(cfg, func(a *app.App) error { return a.Serve(s.ctx, serve) })
}
