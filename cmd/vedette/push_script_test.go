package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"vedette/deliver/delivertest"
)

var (
	pushKey = regexp.MustCompile(`data-key="([^"]+)"`)
	pushTo  = regexp.MustCompile(`data-to="([^"]+)"`)

	replyLink  = regexp.MustCompile(`https?://\S+/r/[A-Za-z0-9_-]{30,}`)
	deviceLink = regexp.MustCompile(`https?://\S+/r/device/[A-Za-z0-9_-]+`)
)

// lastLink is the link of the last mail to an address that has one of a kind.
func lastLink(ts *testscript.TestScript, to string, kind *regexp.Regexp) (link string) {
	for _, m := range fakes(ts).relay.Messages() {
		if found := kind.FindString(m.Text); m.Rcpt == to && found != "" {
			link = found
		}
	}
	if link == "" {
		ts.Fatalf("no mail to %s has such a link", to)
	}
	return strings.Replace(link, strings.TrimSuffix(origin.FindString(link), "/r/"), portalAt(ts), 1)
}

// portalAt is where the portal listens now: after a restart on another port.
func portalAt(ts *testscript.TestScript) string {
	mails := fakes(ts).relay.Messages()
	return strings.TrimSuffix(origin.FindString(mails[len(mails)-1].Text), "/r/")
}

// subscribe ADDRESS STATUS: the reader of the last mail to an address opens its
// link, and their browser subscribes as the page asks it to; the page's door
// answers with a status. Devices are counted from 1, over all.
func cmdSubscribe(ts *testscript.TestScript, neg bool, args []string) {
	link := lastLink(ts, args[0], replyLink)
	res, err := http.Get(link)
	ts.Check(err)
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	ts.Check(err)
	key, to := pushKey.FindSubmatch(page), pushTo.FindSubmatch(page)
	if key == nil || to == nil {
		if neg {
			return
		}
		ts.Fatalf("the page behind %s offers no alerts on a device", link)
	}
	if neg {
		ts.Fatalf("the page behind %s offers alerts on a device", link)
	}
	_, subscription := fakes(ts).push.Subscribe(string(key[1]))
	door := portalAt(ts) + string(to[1])
	answer, err := http.Post(door, "application/json", bytes.NewReader(subscription))
	ts.Check(err)
	defer answer.Body.Close()
	if said, _ := io.ReadAll(answer.Body); strconv.Itoa(answer.StatusCode) != args[1] {
		ts.Fatalf("the subscription was answered %s %s, want %s", answer.Status, said, args[1])
	}
}

// unsubscribe N: a device takes nothing more.
func cmdUnsubscribe(ts *testscript.TestScript, neg bool, args []string) {
	no, err := strconv.Atoi(args[0])
	ts.Check(err)
	fakes(ts).push.Unsubscribe(no)
}

// pushservice STATUS: what the push service answers from now on; 0: it takes all.
func cmdPushService(ts *testscript.TestScript, neg bool, args []string) {
	status, err := strconv.Atoi(args[0])
	ts.Check(err)
	fakes(ts).push.Answer(status, "")
}

// pushes N waits until devices have read N messages, and fails on more; and on
// any that was signed or encrypted wrongly.
func cmdPushes(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	p := fakes(ts).push
	deadline := time.Now().Add(20 * time.Second)
	for len(p.Pushed()) < want && time.Now().Before(deadline) {
		time.Sleep(20 * time.Millisecond)
	}
	time.Sleep(300 * time.Millisecond) // one too many would come at once
	if n := len(p.Pushed()); n != want || len(p.Refused()) > 0 {
		ts.Fatalf("devices read %d messages, want %d; refused: %v", n, want, p.Refused())
	}
}

// lastPush is the last message that a device has read.
func lastPush(ts *testscript.TestScript, device string) (last delivertest.Pushed, said map[string]any) {
	no, err := strconv.Atoi(device)
	ts.Check(err)
	for _, m := range fakes(ts).push.Pushed() {
		if m.Device == no {
			last = m
		}
	}
	if last.Body == nil {
		ts.Fatalf("device %d has read nothing", no)
	}
	ts.Check(json.Unmarshal(last.Body, &said))
	return last, said
}

// push DEVICE FILE writes the last message that a device has read into a file.
func cmdPush(ts *testscript.TestScript, neg bool, args []string) {
	m, said := lastPush(ts, args[0])
	text := fmt.Sprintf("title: %v\nbody: %v\nlang: %v %v\nurgency: %s\ntopic: %d\n", said["title"], said["body"], said["lang"], said["dir"], m.Header.Get("Urgency"), len(m.Header.Get("Topic")))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o600))
}

// pushed DEVICE had|answer|page STATUS [ANSWER|FILE]: what a device does with
// the last message it has read. It says that it has it; or whoever holds it
// opens the page, or answers there.
func cmdPushed(ts *testscript.TestScript, neg bool, args []string) {
	_, said := lastPush(ts, args[0])
	root := portalAt(ts)
	var res *http.Response
	var err error
	switch page := root + said["path"].(string); args[1] {
	case "had":
		res, err = http.Post(root+"/r/received", "text/plain", strings.NewReader(said["receipt"].(string)))
	case "answer":
		res, err = http.Post(page, "application/x-www-form-urlencoded", strings.NewReader("answer="+args[3]))
	default:
		res, err = http.Get(page)
	}
	ts.Check(err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	ts.Check(err)
	if strconv.Itoa(res.StatusCode) != args[2] {
		ts.Fatalf("it was answered %s %s, want %s", res.Status, b, args[2])
	}
	if args[1] == "page" {
		ts.Check(os.WriteFile(ts.MkAbs(args[3]), b, 0o600))
	}
}

// disown ADDRESS STATUS: whoever reads the last mail to an address says that the
// device it tells of is not theirs.
func cmdDisown(ts *testscript.TestScript, neg bool, args []string) {
	link := lastLink(ts, args[0], deviceLink)
	res, err := http.Post(link, "application/x-www-form-urlencoded", nil)
	ts.Check(err)
	defer res.Body.Close()
	if strconv.Itoa(res.StatusCode) != args[1] {
		ts.Fatalf("%s was answered %s, want %s", link, res.Status, args[1])
	}
}

// drop ADDRESS SLOT STATUS: the reader of the last mail to an address with a
// reply link presses Remove on its page.
func cmdDrop(ts *testscript.TestScript, neg bool, args []string) {
	link := lastLink(ts, args[0], replyLink)
	res, err := http.Post(strings.Replace(link, "/r/", "/r/devices/", 1)+"/remove", "application/x-www-form-urlencoded", strings.NewReader("slot="+args[1]))
	ts.Check(err)
	defer res.Body.Close()
	if strconv.Itoa(res.StatusCode) != args[2] {
		ts.Fatalf("%s was answered %s, want %s", link, res.Status, args[2])
	}
}
