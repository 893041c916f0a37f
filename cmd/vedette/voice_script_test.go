package main

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"vedette/deliver/delivertest"
)

// rings N waits until the gateway has been asked for N calls, and fails on more.
func cmdRings(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	g := fakes(ts).gateway
	deadline := time.Now().Add(20 * time.Second)
	for len(g.Rings()) < want && time.Now().Before(deadline) {
		time.Sleep(20 * time.Millisecond)
	}
	time.Sleep(300 * time.Millisecond) // one too many would come at once
	if n := len(g.Rings()); n != want {
		ts.Fatalf("the gateway was asked for %d calls, want %d", n, want)
	}
}

func lastRing(ts *testscript.TestScript, to string) (found delivertest.Ring) {
	for _, r := range fakes(ts).gateway.Rings() {
		if r.To == to {
			found = r
		}
	}
	if found.To == "" {
		ts.Fatalf("%s was not called", to)
	}
	return found
}

// verb is what our door bids the gateway do, as it reads it.
type verb struct {
	XMLName  xml.Name
	Action   string `xml:"action,attr"`
	Language string `xml:"language,attr"`
	Text     string `xml:",chardata"`
	Does     []verb `xml:",any"`
}

// hear writes down what is said, in order, until a key is waited for that
// somebody presses; then it gives where the gateway asks on.
func (v verb) hear(w io.Writer, presses bool) (action string) {
	for _, d := range v.Does {
		switch d.XMLName.Local {
		case "Say":
			fmt.Fprintf(w, "%s: %s\n", d.Language, d.Text)
		case "Gather":
			d.hear(w, false)
			if presses {
				return d.Action
			}
		}
	}
	return ""
}

// pickup NUMBER KEYS FILE: somebody takes the last call to a number and presses
// keys, one each time they are asked ("-" for none); what they hear is written
// down. Then they hang up, and the gateway says so.
func cmdPickup(ts *testscript.TestScript, neg bool, args []string) {
	r := lastRing(ts, args[0])
	var heard strings.Builder
	form := url.Values{"CallSid": {r.Call}, "CallStatus": {"in-progress"}, "To": {r.To}}
	keys, at := strings.Trim(args[1], "-"), r.Words
	for {
		status, body := tell(ts, at, gatewayToken, form)
		if status != http.StatusOK {
			ts.Fatalf("what to say was answered %d %s", status, body)
		}
		var said verb
		ts.Check(xml.Unmarshal([]byte(body), &said))
		action := said.hear(&heard, keys != "")
		if action == "" {
			break
		}
		fmt.Fprintf(&heard, "KEY %s\n", keys[:1])
		form.Set("Digits", keys[:1])
		keys, at = keys[1:], action
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(heard.String()), 0o600))
	hangup(ts, r, "completed", "", "204")
}

// hangup NUMBER STATE STATUS [FIELD=VALUE]: the gateway tells what became of the
// last call to a number, and is answered with a status.
func cmdHangup(ts *testscript.TestScript, neg bool, args []string) {
	more := ""
	if len(args) > 3 {
		more = args[3]
	}
	hangup(ts, lastRing(ts, args[0]), args[1], more, args[2])
}

func hangup(ts *testscript.TestScript, r delivertest.Ring, state, more, want string) {
	form := url.Values{"CallSid": {r.Call}, "CallStatus": {state}}
	if k, v, ok := strings.Cut(more, "="); ok {
		form.Set(k, v)
	}
	status, body := tell(ts, r.Callback, gatewayToken, form)
	if strconv.Itoa(status) != want {
		ts.Fatalf("it was answered %d %s, want %s", status, body, want)
	}
}

// asks NUMBER STEP DIGIT STATUS [SECRET]: somebody who signs with a secret of
// their own, or the gateway, asks what a call says at a step. SECRET "altered"
// is the gateway's own, at an address that was changed.
func cmdAsks(ts *testscript.TestScript, neg bool, args []string) {
	r := lastRing(ts, args[0])
	at, secret := strings.Replace(r.Words, "/hello/", "/"+args[1]+"/", 1), gatewayToken
	if len(args) > 4 {
		if secret = args[4]; secret == "altered" {
			at, secret = at[:len(at)-3]+"AAA", gatewayToken
		}
	}
	status, body := tell(ts, at, secret, url.Values{"CallSid": {r.Call}, "Digits": {args[2]}})
	if strconv.Itoa(status) != args[3] {
		ts.Fatalf("it was answered %d %s, want %s", status, body, args[3])
	}
}
