package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/rogpeppe/go-internal/testscript"

	"vedette/app"
	"vedette/deliver/delivertest"
	"vedette/deliver/webhook"
)

// The acceptance tests are documents: testdata/script/*.txt at the root. The
// store and the command are real; the clock jumps, mail relay and webhook
// receiver are fakes of the outside world.

func TestMain(m *testing.M) {
	// Tests that kill run this binary as the command, and it begins itself anew, with nothing of
	// the environment.
	if os.Getenv("RUN_AS_VEDETTE") != "" || app.AsksForHashes(os.Args[1:]) {
		os.Exit(run(world{in: os.Stdin, out: os.Stdout, err: os.Stderr, now: time.Now, args: os.Args[1:], again: true}))
	}
	testscript.Main(m, map[string]func(){
		"vedette": func() {
			unraced()
			os.Exit(run(world{in: os.Stdin, out: os.Stdout, err: os.Stderr, now: scriptClock(os.Getenv("CLOCK")), args: os.Args[1:], again: true}))
		},
	})
}

// unraced goes on as the build without the race detector, if there is one and
// nothing but a long-running serve is to be watched: each command reads the
// places anew, which the detector makes ten times slower.
func unraced() {
	plain := os.Getenv("UNRACED")
	if !raced || plain == "" || len(os.Args) < 2 || os.Args[1] == "serve" {
		return
	}
	fmt.Fprintln(os.Stderr, syscall.Exec(plain, os.Args, os.Environ()))
	os.Exit(1)
}

// buildUnraced is the path of this test binary built without the race
// detector, or "" where it is not on.
func buildUnraced(t *testing.T) string {
	if !raced {
		return ""
	}
	path := filepath.Join(t.TempDir(), "vedette")
	if out, err := exec.Command("go", "test", "-c", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("building the command without the race detector: %v\n%s", err, out)
	}
	return path
}

// scriptClock follows the file that the clock command writes: what time it
// was made, and when that was. It goes on ticking between jumps.
func scriptClock(path string) func() time.Time {
	if path == "" {
		return time.Now
	}
	return func() time.Time {
		b, err := os.ReadFile(path)
		fake, set, ok := strings.Cut(strings.TrimSpace(string(b)), " ")
		at, err1 := time.Parse(time.RFC3339Nano, fake)
		since, err2 := strconv.ParseInt(set, 10, 64)
		if err != nil || !ok || err1 != nil || err2 != nil {
			panic("the script's clock does not read: " + string(b))
		}
		return at.Add(time.Since(time.Unix(0, since))).UTC()
	}
}

func setClock(path string, at time.Time) error {
	// Renamed into place: a running command must never read half of it.
	tmp := path + ".new"
	if err := os.WriteFile(tmp, fmt.Appendf(nil, "%s %d\n", at.UTC().Format(time.RFC3339Nano), time.Now().UnixNano()), 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, path)
}

// outside is the fake world of one script.
type outside struct {
	relay   *delivertest.SMTP
	hook    *httptest.Server
	gateway *delivertest.Gateway
	push    *delivertest.PushService
	box     *delivertest.IMAP // nil until a script wants one
	told    *providerCall     // the last that a mail provider told
	arrived map[int]bool      // texts that the gateway told to have arrived, by number

	mu     sync.Mutex
	status int    // what the webhook receiver answers, 0 for 200
	calls  []call // that it took
}

type call struct {
	header http.Header
	body   []byte
}

// watched are the scripts that are run under the race detector with -short: each lets
// the whole system run, and together they come by every channel and every loop.
var watched = []string{
	"night", "lanes", "escalate", "digest", "rota", "sms", "voice", "push", "hooks", "bounces_imap", "canary", "rollcall_ask", "approval", "config",
}

func TestScripts(t *testing.T) {
	plain := buildUnraced(t)
	dir := filepath.Join("..", "..", "testdata", "script")
	var only []string
	if raced && testing.Short() {
		for _, name := range watched {
			only = append(only, filepath.Join(dir, name+".txt"))
		}
		dir = ""
	}
	testscript.Run(t, testscript.Params{
		Dir: dir, Files: only,
		Setup: func(env *testscript.Env) error {
			o := newOutside(env)
			env.Values["outside"] = o
			clock := filepath.Join(env.WorkDir, ".clock")
			env.Setenv("CLOCK", clock)
			env.Setenv("UNRACED", plain)
			env.Setenv("VEDETTE_DATA", filepath.Join(env.WorkDir, "data"))
			env.Setenv("VEDETTE_SMTP", "smtp://"+o.relay.Addr()+"?tls=none")
			env.Setenv("VEDETTE_FROM", "Example Relief <alerts@relief.example.org>")
			env.Setenv("VEDETTE_ORG", "Example Relief")
			env.Setenv("HOOK", o.hook.URL)
			env.Setenv("GATEWAY", o.gateway.URL())
			env.Setenv("TWILIO_TOKEN", gatewayToken)
			env.Setenv("SENDGRID_KEY", sendGridPublic())
			root, err := filepath.Abs(filepath.Join("..", ".."))
			if err != nil {
				return err
			}
			env.Setenv("REPO", root)
			return setClock(clock, time.Date(2026, 2, 5, 12, 30, 0, 0, time.UTC))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"clock": cmdClock, "relay": cmdRelay, "mails": cmdMails, "mail": cmdMail, "reply": cmdReply, "visit": cmdVisit, "port": cmdPort,
			"hooks": cmdHooks, "receiver": cmdReceiver, "maillog": cmdMaillog, "bounce": cmdBounce, "mailbox": cmdMailbox, "complaint": cmdComplaint, "tells": cmdTells, "writes": cmdWrites, "rooms": cmdRooms, "gateway": cmdGateway, "texts": cmdTexts, "text": cmdText, "receipt": cmdReceipt, "texted": cmdTexted, "eventually": cmdEventually,
			"rings": cmdRings, "outside": cmdOutside, "pickup": cmdPickup, "hangup": cmdHangup, "asks": cmdAsks,
			"crowd": cmdCrowd, "badnumbers": cmdBadNumbers, "receipts": cmdReceipts, "answers": cmdAnswers, "accounted": cmdAccounted,
			"first": cmdFirst, "take": cmdTake, "offer": cmdOffer, "swell": cmdSwell, "tamper": cmdTamper,
			"subscribe": cmdSubscribe, "unsubscribe": cmdUnsubscribe, "pushservice": cmdPushService, "pushes": cmdPushes, "push": cmdPush, "pushed": cmdPushed, "disown": cmdDisown, "drop": cmdDrop, "bears": cmdBears, "fill": cmdFill,
		},
	})
}

func newOutside(env *testscript.Env) *outside {
	o := &outside{relay: delivertest.NewSMTP(nil), gateway: delivertest.NewGateway(nil), push: delivertest.NewPushService(nil), arrived: map[int]bool{}}
	o.hook = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
		o.mu.Lock()
		defer o.mu.Unlock()
		if o.status != 0 {
			w.WriteHeader(o.status)
			return
		}
		o.calls = append(o.calls, call{r.Header.Clone(), b})
	}))
	env.Defer(o.relay.Close)
	env.Defer(o.hook.Close)
	env.Defer(o.gateway.Close)
	env.Defer(o.push.Close)
	return o
}

func fakes(ts *testscript.TestScript) *outside { return ts.Value("outside").(*outside) }

// clock TIME sets the clock; clock +DURATION lets it jump.
func cmdClock(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: clock TIME|+DURATION")
	}
	path := ts.Getenv("CLOCK")
	if d, ok := strings.CutPrefix(args[0], "+"); ok {
		by, err := time.ParseDuration(d)
		ts.Check(err)
		ts.Check(setClock(path, scriptClock(path)().Add(by)))
		return
	}
	at, err := time.Parse(time.RFC3339, args[0])
	ts.Check(err)
	ts.Check(setClock(path, at))
}

// relay takes | relay CODE [ADDRESS]: what the mail relay answers, to all or
// to one recipient.
func cmdRelay(ts *testscript.TestScript, neg bool, args []string) {
	o := fakes(ts)
	if len(args) == 1 && args[0] == "takes" {
		o.relay.Answer(nil)
		return
	}
	code, err := strconv.Atoi(args[0])
	ts.Check(err)
	only := ""
	if len(args) > 1 {
		only = args[1]
	}
	o.relay.Answer(func(_ int, rcpt string) *smtp.SMTPError {
		if only != "" && rcpt != only {
			return nil
		}
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 0, 0}, Message: "as the script says"}
	})
}

// mails N [MOST] waits until the relay has taken N mails, and fails on more than MOST,
// or N.
func cmdMails(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	most := want
	if len(args) > 1 {
		most, err = strconv.Atoi(args[1])
		ts.Check(err)
	}
	o := fakes(ts)
	deadline := time.Now().Add(20 * time.Second)
	for o.relay.Count() < want && time.Now().Before(deadline) {
		time.Sleep(20 * time.Millisecond)
	}
	time.Sleep(300 * time.Millisecond) // one too many would come at once
	if n := o.relay.Count(); n < want || n > most {
		ts.Fatalf("the relay took %d mails, want %d to %d", n, want, most)
	}
}

// bounce ADDRESS ACTION STATUS FILE writes what a mail server reports of the
// last mail to an address.
func cmdBounce(ts *testscript.TestScript, neg bool, args []string) {
	m := lastMail(ts, args[0])
	var quoted strings.Builder
	for _, name := range []string{"From", "To", "Message-ID", "Vedette-Delivery", "Subject"} {
		fmt.Fprintf(&quoted, "%s: %s\r\n", name, m.Header.Get(name))
	}
	text := fmt.Sprintf("Return-Path: <>\r\nFrom: Mail Delivery System <MAILER-DAEMON@mx.example.org>\r\nTo: desk@example.org\r\nSubject: Undelivered\r\n"+
		"MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\r\n"+
		"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; %s\r\nAction: %s\r\nStatus: %s\r\n"+
		"Diagnostic-Code: smtp; 550 %s <%s> not here\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n%s\r\n--b--\r\n", args[0], args[1], args[2], args[2], args[0], quoted.String())
	ts.Check(os.WriteFile(ts.MkAbs(args[3]), []byte(text), 0o600))
}

// writes TO FROM FILE WORDS writes a mail that answers the last one to an
// address, from another or the same, with what it answers quoted below.
func cmdWrites(ts *testscript.TestScript, neg bool, args []string) {
	m := lastMail(ts, args[0])
	back := cmp.Or(m.Header.Get("Reply-To"), m.From)
	text := fmt.Sprintf("From: <%s>\r\nTo: %s\r\nSubject: Re: %s\r\nMessage-ID: <%s@example.org>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n\r\nOn Thursday, %s wrote:\r\n> %s",
		args[1], back, m.Subject, filepath.Base(args[2]), args[3], m.From, strings.ReplaceAll(m.Text, "\n", "\r\n> "))
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(text), 0o600))
}

// maillog FILE [ADDRESS STATUS]… writes what the relay took as a mail server
// would log it; the status is sent unless another is given for an address, none
// leaves its mail out.
func cmdMaillog(ts *testscript.TestScript, neg bool, args []string) {
	other := map[string]string{}
	for i := 1; i+1 < len(args); i += 2 {
		other[args[i]] = args[i+1]
	}
	var b strings.Builder
	b.WriteString("Feb  5 12:30:01 mx postfix/smtpd[11]: connect from localhost[127.0.0.1]\n")
	for i, m := range fakes(ts).relay.Messages() {
		status := cmp.Or(other[m.Rcpt], "sent")
		if status == "none" {
			continue
		}
		fmt.Fprintf(&b, "Feb  5 12:30:02 mx postfix/cleanup[12]: 4F2A%04X: message-id=%s\n", i, m.Header.Get("Message-ID"))
		fmt.Fprintf(&b, "Feb  5 12:30:03 mx postfix/smtp[13]: 4F2A%04X: to=<%s>, relay=mx.example.org[192.0.2.1]:25, dsn=2.0.0, status=%s (250 ok)\n", i, m.Rcpt, status)
	}
	b.WriteString("Feb  5 12:30:04 mx postfix/cleanup[12]: 4F2B0001: message-id=<20260205.12@elsewhere.example>\n")
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(b.String()), 0o600))
}

func lastMail(ts *testscript.TestScript, to string) delivertest.Mail {
	var found *delivertest.Mail
	for _, m := range fakes(ts).relay.Messages() {
		if m.Rcpt == to {
			found = &m
		}
	}
	if found == nil {
		ts.Fatalf("no mail to %s", to)
	}
	return *found
}

// mail ADDRESS FILE writes the last mail to an address into a file: subject,
// some headers, then the text part. ! mail ADDRESS: none came.
func cmdMail(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		for _, m := range fakes(ts).relay.Messages() {
			if m.Rcpt == args[0] {
				ts.Fatalf("a mail to %s came", args[0])
			}
		}
		return
	}
	m := lastMail(ts, args[0])
	h := func(n string) string { return n + ": " + m.Header.Get(n) + "\n" }
	text := "Subject: " + m.Subject + "\n" + h("Message-ID") + h("DKIM-Signature") + h("List-Id") + h("Auto-Submitted") + h("Content-Language") + "\n" + m.Text
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o600))
}

// pageLink is the link to somebody's own page.
var pageLink = regexp.MustCompile(`/r/me/[A-Za-z0-9_-]+`)

var linkInMail = regexp.MustCompile(`https?://\S+/r/(?:me/)?[A-Za-z0-9_-]+`)

// reply ADDRESS ANSWER [TEXT [FILE]] answers the last mail to an address as its
// reader would: by the page behind its link. What comes back goes into a file.
// ! reply: it is refused.
func cmdReply(ts *testscript.TestScript, neg bool, args []string) {
	form := url.Values{"answer": {args[1]}}
	if len(args) > 2 {
		form.Set("text", args[2])
	}
	res, err := http.PostForm(linkInMail.FindString(lastMail(ts, args[0]).Text), form)
	ts.Check(err)
	defer res.Body.Close()
	if (res.StatusCode < 300) == neg {
		ts.Fatalf("the answer was met with %s", res.Status)
	}
	if len(args) > 3 {
		b, err := io.ReadAll(res.Body)
		ts.Check(err)
		b = pageLink.ReplaceAll(b, []byte("/r/me/...")) // each has their own: what two are shown is compared
		ts.Check(os.WriteFile(ts.MkAbs(args[3]), b, 0o600))
	}
}

// visit ADDRESS [SUFFIX] STATUS FILE opens the link of the last mail to an
// address, as a mail scanner would; SUFFIX is put behind it.
func cmdVisit(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) == 3 {
		args = []string{args[0], "", args[1], args[2]}
	}
	link := args[0]
	if strings.Contains(link, "@") {
		link = linkInMail.FindString(lastMail(ts, args[0]).Text)
	}
	res, err := http.Get(link + args[1])
	for deadline := time.Now().Add(20 * time.Second); errors.Is(err, syscall.ECONNREFUSED) && time.Now().Before(deadline); {
		time.Sleep(20 * time.Millisecond) // it is starting
		res, err = http.Get(link + args[1])
	}
	ts.Check(err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	ts.Check(err)
	if strconv.Itoa(res.StatusCode) != args[2] {
		ts.Fatalf("%s was answered %s, want %s", link, res.Status, args[2])
	}
	b = pageLink.ReplaceAll(b, []byte("/r/me/..."))
	ts.Check(os.WriteFile(ts.MkAbs(args[3]), b, 0o600))
}

// port NAME sets a variable to the number of a port that is free.
func cmdPort(ts *testscript.TestScript, neg bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv(args[0], strconv.Itoa(l.Addr().(*net.TCPAddr).Port))
	ts.Check(l.Close())
}

// rooms N waits for N calls of chats' rooms, which are not signed, and writes
// their bodies to room1.json and so on.
func cmdRooms(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	o := fakes(ts)
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		o.mu.Lock()
		calls := append([]call(nil), o.calls...)
		o.mu.Unlock()
		if len(calls) < want && time.Now().Before(deadline) {
			continue
		}
		if len(calls) != want {
			ts.Fatalf("%d calls came, want %d", len(calls), want)
		}
		for i, c := range calls {
			if c.header.Get(webhook.HeaderSignature) != "" {
				ts.Fatalf("call %d is signed", i+1)
			}
			ts.Check(os.WriteFile(ts.MkAbs(fmt.Sprintf("room%d.json", i+1)), c.body, 0o600))
		}
		return
	}
}

// receiver takes | receiver CODE: what the webhook receiver answers.
func cmdReceiver(ts *testscript.TestScript, neg bool, args []string) {
	o := fakes(ts)
	status := 0
	if args[0] != "takes" {
		var err error
		status, err = strconv.Atoi(args[0])
		ts.Check(err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.status = status
}

// hooks N FILE waits for N calls of the webhook, verifies each by the secret
// in FILE ("secret whsec_…"), and writes the last body to hook.json, and how
// many webhook-ids they had to hook.ids.
func cmdHooks(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	_, secret, ok := strings.Cut(ts.ReadFile(args[1]), "secret ")
	if !ok {
		ts.Fatalf("no secret in %s", args[1])
	}
	secret = strings.Fields(secret)[0]
	o := fakes(ts)
	deadline := time.Now().Add(20 * time.Second)
	for {
		o.mu.Lock()
		calls := append([]call(nil), o.calls...)
		o.mu.Unlock()
		if len(calls) < want && time.Now().Before(deadline) {
			time.Sleep(20 * time.Millisecond)
			continue
		}
		if len(calls) != want {
			ts.Fatalf("the hook was called %d times, want %d", len(calls), want)
		}
		ids := map[string]bool{}
		for i, c := range calls {
			now := scriptClock(ts.Getenv("CLOCK"))()
			if at, err := strconv.ParseInt(c.header.Get("webhook-timestamp"), 10, 64); err == nil && i < len(calls)-1 {
				now = time.Unix(at, 0) // the clock may have jumped since
			}
			ids[c.header.Get("webhook-id")] = true
			ts.Check(webhook.Verify(secret, c.header.Get("webhook-id"), c.header.Get("webhook-timestamp"), c.header.Get("webhook-signature"), c.body, now))
		}
		ts.Check(os.WriteFile(ts.MkAbs("hook.ids"), fmt.Appendf(nil, "%d distinct\n", len(ids)), 0o600))
		ts.Check(os.WriteFile(ts.MkAbs("hook.json"), calls[len(calls)-1].body, 0o600))
		return
	}
}

// first REGEXP FILE NAME sets the variable NAME to the first match's group
// in a file.
func cmdFirst(ts *testscript.TestScript, neg bool, args []string) {
	m := regexp.MustCompile("(?m)" + args[0]).FindStringSubmatch(ts.ReadFile(args[1]))
	if m == nil {
		ts.Fatalf("%s does not match in %s", args[0], args[1])
	}
	ts.Setenv(args[2], m[1])
}

// swell FILE MB makes the word BIG in a file so many megabytes long.
func cmdSwell(ts *testscript.TestScript, neg bool, args []string) {
	mb, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(ts.ReadFile(args[0]), "BIG", strings.Repeat("x", mb<<20), 1)), 0o600))
}

// eventually REGEXP COMMAND… repeats a command until its output matches.
func cmdEventually(ts *testscript.TestScript, neg bool, args []string) {
	re := regexp.MustCompile("(?ms)" + args[0])
	deadline := time.Now().Add(20 * time.Second)
	for {
		err := ts.Exec(args[1], args[2:]...)
		if out := ts.ReadFile("stdout"); err == nil && re.MatchString(out) {
			return
		} else if time.Now().After(deadline) {
			ts.Fatalf("never matched %s: %v\n%s", args[0], err, out)
		}
		time.Sleep(50 * time.Millisecond)
	}
}
