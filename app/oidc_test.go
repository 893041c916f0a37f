package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// What is wrong with how people sign in is said by setting, all of it, and no secret.
func TestWhatIsWrongWithTheProvider(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := OIDCConfig{Issuer: "https://id.example.org", Client: "vedette", SecretFile: file("secret", "geheim\n", 0o600), Roles: []string{"desk=analyst"}, Adds: true}
	for what, c := range map[string]struct {
		set  func(*OIDCConfig)
		want string // the settings
	}{
		"good":                      {func(*OIDCConfig) {}, ""},
		"nothing":                   {func(c *OIDCConfig) { *c = OIDCConfig{} }, ""},
		"no issuer":                 {func(c *OIDCConfig) { c.Issuer = "" }, "oidc-issuer"},
		"no client":                 {func(c *OIDCConfig) { c.Client = "" }, "oidc-client"},
		"a secret alone":            {func(c *OIDCConfig) { *c = OIDCConfig{Secret: "geheim"} }, "oidc-issuer"},
		"two secrets":               {func(c *OIDCConfig) { c.Secret = "geheim" }, "oidc-secret-file"},
		"a secret that is not":      {func(c *OIDCConfig) { c.SecretFile = filepath.Join(dir, "none") }, "oidc-secret-file"},
		"an empty one":              {func(c *OIDCConfig) { c.SecretFile = file("empty", "\n", 0o600) }, "oidc-secret-file"},
		"one that everybody reads":  {func(c *OIDCConfig) { c.SecretFile = file("open", "geheim", 0o644) }, "oidc-secret-file"},
		"no role":                   {func(c *OIDCConfig) { c.Roles = []string{"desk=king"} }, "oidc-role"},
		"a file of roles":           {func(c *OIDCConfig) { c.RolesFile = file("roles", "# ours\nCN=a,OU=b=approver\n\n", 0o644) }, ""},
		"a bad line in it":          {func(c *OIDCConfig) { c.RolesFile = file("bad", "desk=analyst\ndesk\n", 0o644) }, "oidc-roles"},
		"one without end":           {func(c *OIDCConfig) { c.RolesFile = file("long", strings.Repeat("desk=analyst\n", 30000), 0o644) }, "oidc-roles"},
		"added as nothing":          {func(c *OIDCConfig) { c.Roles = nil }, "oidc-add"},
		"several at once":           {func(c *OIDCConfig) { c.Roles, c.Issuer, c.Secret = []string{"x"}, "ftp://x", "geheim" }, "oidc-issuer oidc-role oidc-secret-file"},
		"scopes without the needed": {func(c *OIDCConfig) { c.Scopes = []string{"email"} }, "oidc-scope"},
	} {
		o := good
		c.set(&o)
		var got []string
		for _, f := range (ServeConfig{Listen: "127.0.0.1:0", Workers: 1, Connections: 1, OIDC: o}).Faults() {
			got = append(got, f.Setting)
			if strings.Contains(f.Err.Error(), "geheim") {
				t.Errorf("%s: a secret is said: %v", what, f.Err)
			}
			if f.Setting == "oidc-roles" && what == "a bad line in it" && !strings.Contains(f.Err.Error(), "bad:2") {
				t.Errorf("which line: %v", f.Err)
			}
		}
		slices.Sort(got)
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", what, got, c.want)
		}
	}
	p, err := good.provider("https://desk.example.org", time.Now)
	if err != nil || p.Back != "https://desk.example.org/sign-in/provider/back" || p.Secret != "geheim" || p.Groups != "groups" {
		t.Errorf("%v", err)
	}
	if p, err := (OIDCConfig{}).provider("", time.Now); p != nil || err != nil {
		t.Errorf("nobody is named, and %v, %v", p, err)
	}
}

func TestWhenASecondFactorIsAskedFor(t *testing.T) {
	for word, good := range map[string]bool{"": true, "always": true, "when-it-matters": true, "never": false, "Always": false} {
		if err := checkFactor(word); (err == nil) != good {
			t.Errorf("%q: %v", word, err)
		}
	}
}
