package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A password that is set at a portal that serves is hashed by another process of the same
// program, which ends with it, also where that is killed.
func TestServeHasHashesMadeElsewhere(t *testing.T) {
	if _, err := os.Stat("/proc/self/cmdline"); err != nil {
		t.Skip("there is no /proc to see processes in")
	}
	t.Parallel()
	c := &command{t: t, env: append(os.Environ(), "RUN_AS_VEDETTE=1", "VEDETTE_DATA="+filepath.Join(t.TempDir(), "data"), "VEDETTE_DATABASE=")}
	serve := c.cmd("serve", "--listen", "127.0.0.1:0")
	out, err := serve.StdoutPipe()
	if err == nil {
		err = serve.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { serve.Process.Kill() })
	var portal, code string
	for lines := bufio.NewScanner(out); code == "" && lines.Scan(); {
		if _, rest, ok := strings.Cut(lines.Text(), "first administrator at "); ok {
			portal, rest, _ = strings.Cut(rest, "/welcome with the code ")
			code, _, _ = strings.Cut(rest, " ")
		}
	}
	if code == "" {
		t.Fatalf("no code for the first administrator was printed: %s", serve.Stderr)
	}
	if made := makers(t, serve.Process.Pid); len(made) > 0 {
		t.Errorf("before there is a password, %v make hashes", made)
	}
	form := url.Values{"code": {code}, "organisation": {"Relief"}, "name": {"Ada"}, "login": {"ada@relief.example.org"}, "password": {"quiet heron ledger 41"}, "again": {"quiet heron ledger 41"}}
	client := &http.Client{Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := http.NewRequest(http.MethodPost, portal+"/welcome", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", portal)
	res, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	made := makers(t, serve.Process.Pid)
	if res.StatusCode != http.StatusSeeOther || len(made) != 1 {
		t.Fatalf("%s, and hashes are made by %v\n%s", res.Status, made, serve.Stderr)
	}
	if err := serve.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = serve.Wait()
	c.until(func() bool {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", made[0]))
		return err != nil || len(b) == 0
	}, "the end of the process that made the hash")
}

// makers are the processes that a process has begun to make hashes.
func makers(t *testing.T, parent int) (list []int) {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, stat := range all {
		b, err := os.ReadFile(stat)
		if err != nil {
			continue // it has ended
		}
		var pid, of int
		var state string
		_, rest, _ := strings.Cut(string(b), ") ") // its name may hold spaces
		fmt.Sscan(string(b), &pid)
		fmt.Sscan(rest, &state, &of)
		said, _ := os.ReadFile(filepath.Join(filepath.Dir(stat), "cmdline"))
		if of == parent && bytes.HasSuffix(bytes.TrimRight(said, "\x00"), []byte("make-hashes")) {
			list = append(list, pid)
		}
	}
	return list
}
