package app

import (
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"vedette"
	"vedette/auth/oidc"
	"vedette/web"
)

// OIDCConfig says by which identity provider people sign in. Without an issuer by none.
type OIDCConfig struct {
	Issuer, Client string
	Secret         string // or
	SecretFile     string
	Name           string
	Scopes         []string
	Groups         string   // the claim that has them
	Roles          []string // GROUP=ROLE each
	RolesFile      string   // of such lines
	Adds           bool
	Strong         []string // values of amr or acr that are a second factor
}

// said says whether anything of it is set.
func (c OIDCConfig) said() bool {
	return c.Issuer != "" || c.Client != "" || c.Secret != "" || c.SecretFile != "" || c.Name != "" || c.Groups != "" || c.RolesFile != "" || c.Adds || len(c.Scopes)+len(c.Roles)+len(c.Strong) > 0
}

// maxRoles bounds the file of roles, in bytes.
const maxRoles = 256 << 10

// grants reads the roles of groups, and says with which setting something is wrong.
func (c OIDCConfig) grants() (out []oidc.Grant, setting string, err error) {
	for _, r := range c.Roles {
		g, err := oidc.ParseGrant(r)
		if err != nil {
			return nil, "oidc-role", err
		}
		out = append(out, g)
	}
	if c.RolesFile == "" {
		return out, "", nil
	}
	text, err := readAtMost(c.RolesFile, maxRoles)
	if err != nil {
		return nil, "oidc-roles", vedette.Wrap(err, vedette.CodeInvalid, "the file of roles, %s, cannot be read", c.RolesFile)
	}
	n := 0
	for line := range strings.Lines(text) {
		n++
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		g, err := oidc.ParseGrant(line)
		if err != nil {
			return nil, "oidc-roles", vedette.Wrap(err, vedette.CodeInvalid, "%s:%d", c.RolesFile, n)
		}
		out = append(out, g)
	}
	return out, "", nil
}

var errTooLong = errors.New("it is too long")

func readAtMost(path string, most int64) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(text)) > most {
		err = errTooLong
	}
	return string(text), err
}

// secret gives what the provider knows the portal by.
func (c OIDCConfig) secret() (string, error) {
	if c.SecretFile == "" {
		return strings.TrimSpace(c.Secret), nil
	}
	if c.Secret != "" {
		return "", vedette.Errorf(vedette.CodeInvalid, "the secret stands both in VEDETTE_OIDC_SECRET and in a file; take one of both away")
	}
	text, err := readAtMost(c.SecretFile, 4<<10)
	if err != nil {
		return "", vedette.Wrap(err, vedette.CodeInvalid, "the file of the secret, %s, cannot be read", c.SecretFile)
	}
	if text = strings.TrimSpace(text); text == "" || strings.ContainsAny(text, "\r\n") {
		return "", vedette.Errorf(vedette.CodeInvalid, "the file of the secret, %s, holds one line, and nothing else", c.SecretFile)
	}
	return text, nil
}

// config makes of it what is asked with, and says with which setting something is wrong.
func (c OIDCConfig) config(base string, now func() time.Time) (out oidc.Config, setting string, err error) {
	out = oidc.Config{Issuer: c.Issuer, Client: c.Client, Name: c.Name, Scopes: c.Scopes, Groups: c.Groups, Adds: c.Adds, Strong: c.Strong, Back: base + web.ProviderBack, Now: now}
	if out.Name == "" {
		out.Name = oidc.UsualName
	}
	if out.Groups == "" {
		out.Groups = oidc.UsualGroups
	}
	if len(out.Scopes) == 0 {
		out.Scopes = oidc.UsualScopes
	}
	if out.Grants, setting, err = c.grants(); err != nil {
		return out, setting, err
	}
	if out.Secret, err = c.secret(); err != nil {
		return out, "oidc-secret-file", err
	}
	setting, err = out.Check()
	return out, setting, err
}

// provider makes what is asked, nil where nobody signs in by one.
func (c OIDCConfig) provider(base string, now func() time.Time) (*oidc.Provider, error) {
	if !c.said() {
		return nil, nil
	}
	cfg, setting, err := c.config(base, now)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "--%s", setting)
	}
	return oidc.New(cfg)
}

// The words of --second-factor.
const (
	factorAlways  = "always"
	factorMatters = "when-it-matters"
)

func checkFactor(word string) error {
	if word == "" || word == factorAlways || word == factorMatters {
		return nil
	}
	return vedette.Errorf(vedette.CodeInvalid, "%q says not when a second factor is asked for; write %s or %s", word, factorAlways, factorMatters)
}
