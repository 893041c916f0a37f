package main

import (
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"vedette/deliver/delivertest"
)

// gatewayToken signs a script's Twilio in, and what it tells.
const gatewayToken = "0123456789abcdef0123456789abcdef"

// gateway takes | gateway STATUS CODE [NUMBER]: what the gateway of text
// messages answers, to all or for one number.
func cmdGateway(ts *testscript.TestScript, neg bool, args []string) {
	g := fakes(ts).gateway
	if len(args) == 1 && args[0] == "takes" {
		g.Answer(nil)
		return
	}
	status, err := strconv.Atoi(args[0])
	ts.Check(err)
	code, err := strconv.Atoi(args[1])
	ts.Check(err)
	only := ""
	if len(args) > 2 {
		only = args[2]
	}
	g.Answer(func(to string, w http.ResponseWriter) bool {
		if only != "" && to != only {
			return true
		}
		delivertest.Refusal(w, status, code, to)
		return false
	})
}

// texts N waits until the gateway has taken N messages, and fails on more.
func cmdTexts(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	g := fakes(ts).gateway
	deadline := time.Now().Add(20 * time.Second)
	for len(g.Texts()) < want && time.Now().Before(deadline) {
		time.Sleep(20 * time.Millisecond)
	}
	time.Sleep(300 * time.Millisecond) // one too many would come at once
	if n := len(g.Texts()); n != want {
		ts.Fatalf("the gateway took %d messages, want %d", n, want)
	}
}

func lastText(ts *testscript.TestScript, to string) (found delivertest.Text) {
	for _, t := range fakes(ts).gateway.Texts() {
		if t.To == to {
			found = t
		}
	}
	return found
}

// text NUMBER FILE writes the last message to a number into a file. ! text
// NUMBER: none came.
func cmdText(ts *testscript.TestScript, neg bool, args []string) {
	t := lastText(ts, args[0])
	switch {
	case neg && t.To != "":
		ts.Fatalf("a message to %s came", args[0])
	case neg:
	case t.To == "":
		ts.Fatalf("no message to %s", args[0])
	default:
		ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(t.Body+"\n"), 0o600))
	}
}
