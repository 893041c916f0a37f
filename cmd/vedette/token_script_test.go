package main

import (
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// bears TOKEN METHOD URL STATUS FILE [BODY]: asks as a machine does, with a token; what
// is answered is in the file. Nothing leads it elsewhere.
func cmdBears(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 5 {
		ts.Fatalf("usage: bears TOKEN METHOD URL STATUS FILE [BODY]")
	}
	body := ""
	if len(args) > 5 {
		body = ts.ReadFile(args[5])
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	ask := func() (*http.Response, error) {
		r, err := http.NewRequest(args[1], args[2], strings.NewReader(body))
		ts.Check(err)
		r.Header.Set("Authorization", "Bearer "+args[0])
		if body != "" {
			r.Header.Set("Content-Type", "application/scim+json")
		}
		return client.Do(r)
	}
	res, err := ask()
	for deadline := time.Now().Add(20 * time.Second); errors.Is(err, syscall.ECONNREFUSED) && time.Now().Before(deadline); {
		time.Sleep(20 * time.Millisecond) // it is starting
		res, err = ask()
	}
	ts.Check(err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	ts.Check(err)
	if strconv.Itoa(res.StatusCode) != args[3] {
		ts.Fatalf("%s %s was answered %s, want %s: %s", args[1], args[2], res.Status, args[3], b)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[4]), b, 0o600))
}
