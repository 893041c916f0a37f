package main

import (
	"encoding/pem"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/rogpeppe/go-internal/testscript"

	"vedette/deliver/delivertest"
)

// mailbox open: a mailbox over IMAP, at $IMAP, whose certificate is trusted |
// mailbox take FILE: a mail arrives | mailbox refuses move | mailbox allows |
// mailbox gone | mailbox back: its server goes and comes back |
// mailbox holds FOLDER N waits until so many are in a folder.
func cmdMailbox(ts *testscript.TestScript, neg bool, args []string) {
	o := fakes(ts)
	switch args[0] {
	case "open":
		o.box = delivertest.NewIMAP(nil, imap.CapMove, imap.CapUIDPlus, imap.CapIdle)
		ts.Defer(o.box.Close)
		ts.Setenv("IMAP", "imaps://"+url.User(delivertest.IMAPUser).String()+"@"+o.box.Addr()+"/INBOX")
		root := ts.MkAbs(".root.pem")
		ts.Check(os.WriteFile(root, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: o.box.Certificate()}), 0o600))
		ts.Setenv("SSL_CERT_FILE", root)
		ts.Check(os.WriteFile(ts.MkAbs("password"), []byte(delivertest.IMAPPassword+"\n"), 0o600))
	case "take":
		o.box.Arrive(ts.ReadFile(args[1]))
	case "refuses":
		o.box.Trip(func(step string) error {
			if step != args[1] {
				return nil
			}
			return &imap.Error{Type: imap.StatusResponseTypeNo, Text: "as the script says"}
		})
	case "allows":
		o.box.Trip(nil)
	case "gone":
		o.box.Stop()
	case "back":
		o.box.Start()
	case "holds":
		want, err := strconv.Atoi(args[2])
		ts.Check(err)
		for deadline := time.Now().Add(20 * time.Second); o.box.Count(args[1]) != want; time.Sleep(20 * time.Millisecond) {
			if time.Now().After(deadline) {
				ts.Fatalf("%q holds %d mails, want %d", args[1], o.box.Count(args[1]), want)
			}
		}
	default:
		ts.Fatalf("usage: mailbox open|take|refuses|allows|gone|back|holds")
	}
}

// complaint ADDRESS TYPE FILE [NAMED] writes what a mailbox provider passes on
// when its user presses "spam" on the last mail to an address; NAMED is the address
// it names, the same where there is none.
func cmdComplaint(ts *testscript.TestScript, neg bool, args []string) {
	m := lastMail(ts, args[0])
	named := args[0]
	if len(args) > 3 {
		named = args[3]
	}
	text := fmt.Sprintf("From: <feedback@fbl.example.net>\r\nTo: desk@example.org\r\nSubject: FW: %s\r\nMIME-Version: 1.0\r\n"+
		"Content-Type: multipart/report; report-type=feedback-report; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nThis is an email abuse report.\r\n\r\n"+
		"--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: %s\r\nUser-Agent: Example-FBL/1.0\r\nVersion: 1\r\nOriginal-Rcpt-To: <%s>\r\n\r\n"+
		"--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: %s\r\nVedette-Delivery: %s\r\nSubject: %s\r\n\r\n%s\r\n--b--\r\n",
		m.Subject, args[1], named, m.From, m.Header.Get("Vedette-Delivery"), m.Subject, m.Text)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(text), 0o600))
}
