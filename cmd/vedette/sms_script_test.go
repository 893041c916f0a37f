package main

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"vedette/deliver/delivertest"
	"vedette/deliver/gateway"
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

// tell calls one of our doors as Twilio would.
func tell(ts *testscript.TestScript, address, secret string, form url.Values) (status int, body string) {
	req, err := http.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	ts.Check(err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("X-Twilio-Signature", gateway.SignTwilio(secret, address, form))
	res, err := http.DefaultClient.Do(req)
	ts.Check(err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	ts.Check(err)
	return res.StatusCode, string(b)
}

// receipt NUMBER STATE STATUS [CODE]: the gateway tells what became of the last
// message to a number, and is answered with a status.
func cmdReceipt(ts *testscript.TestScript, neg bool, args []string) {
	callback := lastText(ts, args[0]).Callback
	form := url.Values{"MessageSid": {"SM" + callback[len(callback)-12:]}, "MessageStatus": {args[1]}}
	if len(args) > 3 {
		form.Set("ErrorCode", args[3])
	}
	status, body := tell(ts, callback, gatewayToken, form)
	if strconv.Itoa(status) != args[2] {
		ts.Fatalf("the receipt was answered %d %s, want %s", status, body, args[2])
	}
}

var origin = regexp.MustCompile(`https?://[^/\s]+/r/`)

// texted NUMBER TEXT ID STATUS [FILE]: the gateway brings what somebody wrote,
// as message ID; what is answered goes into a file. An ID that begins with
// "forged" is signed by somebody else.
func cmdTexted(ts *testscript.TestScript, neg bool, args []string) {
	texts := fakes(ts).gateway.Texts()
	if len(texts) == 0 {
		ts.Fatalf("nobody was texted yet")
	}
	door := strings.TrimSuffix(origin.FindString(texts[len(texts)-1].Body), "/r/") + "/sms/main/message"
	secret := gatewayToken
	if strings.HasPrefix(args[2], "forged") {
		secret = "somebody else"
	}
	status, body := tell(ts, door, secret, url.Values{"MessageSid": {args[2]}, "From": {args[0]}, "To": {"+447700900000"}, "Body": {args[1]}, "SmsStatus": {"received"}})
	if strconv.Itoa(status) != args[3] {
		ts.Fatalf("it was answered %d %s, want %s", status, body, args[3])
	}
	if len(args) > 4 {
		ts.Check(os.WriteFile(ts.MkAbs(args[4]), []byte(body), 0o600))
	}
}
