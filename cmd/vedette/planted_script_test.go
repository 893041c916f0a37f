package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"

	"github.com/rogpeppe/go-internal/testscript"
)

// outside FILE [EXCEPT]… writes all that has left the house so far into a file, whole and
// as its reader sees it: mails, text messages, what gateways were asked to call, and what
// systems and rooms were sent. Left out is what went to an address or a number.
func cmdOutside(ts *testscript.TestScript, _ bool, args []string) {
	o, b := fakes(ts), &bytes.Buffer{}
	except := func(to string) bool { return slices.Contains(args[1:], to) }
	for _, m := range o.relay.Messages() {
		if !except(m.Rcpt) {
			fmt.Fprintf(b, "MAIL %s\n%s\n%s\n%s\n%s\n", m.Rcpt, m.Raw, m.Subject, m.Text, m.HTML)
		}
	}
	for _, t := range o.gateway.Texts() {
		if !except(t.To) {
			fmt.Fprintf(b, "TEXT %+v\n", t)
		}
	}
	for _, r := range o.gateway.Rings() {
		if !except(r.To) {
			fmt.Fprintf(b, "CALL %+v\n", r)
		}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, c := range o.calls {
		fmt.Fprintf(b, "HOOK %v\n%s\n", c.header, c.body)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o600))
}
