package oidctest

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

//go:embed provider.mjs
var script []byte

// Account is somebody at the real provider.
type Account struct {
	Mail     string   `json:"email"`
	Verified bool     `json:"email_verified"`
	Name     string   `json:"name"`
	Groups   []string `json:"groups"`
}

// Real is npm's oidc-provider. On its pages one signs in with an account's id, and any
// password.
type Real struct {
	Issuer   string
	t        testing.TB
	accounts string
	stop     func()
}

// startFor is how long it may take to be there, on a machine that has much to do.
const startFor = time.Minute

// StartReal starts one that sends browsers back to an address, from the folder that
// VEDETTE_OIDC_PROVIDER names, where npm put it. Without it the test is skipped, but not
// in CI.
func StartReal(t testing.TB, back string, accounts map[string]Account) *Real {
	t.Helper()
	from := os.Getenv("VEDETTE_OIDC_PROVIDER")
	node, err := exec.LookPath("node")
	if from == "" || err != nil {
		why := "VEDETTE_OIDC_PROVIDER names no folder where npm put oidc-provider, or there is no node"
		if os.Getenv("CI") == "true" {
			t.Fatal(why + "; .ci/run has npm get it")
		}
		t.Skip(why + ", so nobody signs in by a real provider: npm install oidc-provider")
	}
	dir := t.TempDir()
	r := &Real{t: t, accounts: filepath.Join(dir, "accounts.json")}
	r.Set(accounts)
	must(t, os.WriteFile(filepath.Join(dir, "provider.mjs"), script, 0o600))
	must(t, os.Symlink(filepath.Join(from, "node_modules"), filepath.Join(dir, "node_modules")))
	asked, err := json.Marshal(map[string]string{"client": Client, "secret": Secret, "back": back, "accounts": r.accounts})
	must(t, err)
	cmd := exec.Command(node, "provider.mjs")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "ASKED="+string(asked))
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	late := time.AfterFunc(startFor, func() { cmd.Process.Kill() })
	line := ""
	for lines := bufio.NewScanner(out); r.Issuer == "" && lines.Scan(); {
		line = lines.Text()
		r.Issuer, _ = strings.CutPrefix(line, "ready ")
		if r.Issuer == line {
			r.Issuer = ""
		}
	}
	late.Stop()
	r.stop = func() {
		if cmd.ProcessState == nil {
			cmd.Process.Kill()
			cmd.Wait() // it was killed: how it ended says nothing
		}
	}
	t.Cleanup(r.stop)
	if r.Issuer == "" {
		r.stop()
		t.Fatalf("the provider does not start; last it said %q, and\n%s", line, said.String())
	}
	return r
}

// Set says who has an account from now on.
func (r *Real) Set(accounts map[string]Account) {
	r.t.Helper()
	b, err := json.Marshal(accounts)
	must(r.t, err)
	must(r.t, os.WriteFile(r.accounts, b, 0o600))
}

// Stop ends it: it cannot be reached any more.
func (r *Real) Stop() { r.stop() }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
