package bounce_test

import (
	"strings"
	"testing"

	"vedette"
	"vedette/deliver/bounce"
)

const token = "04000g81020408kq3r5t7v9a1c2e"

func report(to, fields, quoted string) string {
	return "Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@mx.example.net>\nTo: " + to + "\nSubject: Undelivered Mail Returned to Sender\n" +
		"Auto-Submitted: auto-replied\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status;\n\tboundary=\"b1\"\n\n" +
		"--b1\nContent-Type: text/plain\n\nThis is the mail system.\n\n--b1\nContent-Type: message/delivery-status\n\n" + fields +
		"\n--b1\nContent-Type: text/rfc822-headers\n\n" + quoted + "\n--b1--\n"
}

const postfix = "Reporting-MTA: dns; mx.example.net\nX-Postfix-Queue-ID: 4F2A01\n\nFinal-Recipient: rfc822; dead@example.org\nAction: failed\nStatus: 5.1.1\n" +
	"Remote-MTA: dns; mail.example.org\nDiagnostic-Code: smtp; 550 5.1.1 <dead@example.org>: Recipient address\n    rejected: User unknown\n"

const exchange = "Reporting-MTA: dns;EX01.example.net\nReceived-From-MTA: dns;mail.example.net\n\nFinal-Recipient: rfc822;dead@example.org\nAction: FAILED\nStatus: 5.2.2\nDiagnostic-Code: smtp;554 5.2.2 mailbox full\n"

const quoted = "From: desk@acme.example.org\nMessage-ID: <abc@acme.example.org>\nVedette-Delivery: " + token + "\nSubject: Iraq\n"

// What mail servers write is read as they mean it.
func TestRead(t *testing.T) {
	for what, c := range map[string]struct {
		mail   string
		token  string
		action bounce.Action
		status string
		why    string
		dead   bool
	}{
		"Postfix":                    {report("desk@acme.example.org", postfix, quoted), token, bounce.Failed, "5.1.1", "550 5.1.1 …: Recipient address rejected: User unknown", true},
		"Exchange, full":             {report("desk@acme.example.org", exchange, quoted), token, bounce.Failed, "5.2.2", "554 5.2.2 mailbox full", false},
		"without the mail, to a tag": {report("bounces+"+token+"@acme.example.org", postfix, ""), token, bounce.Failed, "5.1.1", "550 5.1.1 …: Recipient address rejected: User unknown", true},
		"delayed":                    {report("desk@acme.example.org", "\nFinal-Recipient: rfc822;a@b\nAction: delayed\nStatus: 4.4.1\n", quoted), token, bounce.Delayed, "4.4.1", "", false},
		"delivered":                  {report("desk@acme.example.org", "\nFinal-Recipient: rfc822;a@b\nAction: delivered\nStatus: 2.0.0\n", quoted), token, bounce.Delivered, "2.0.0", "", false},
		"relayed, then failed":       {report("x@y.example", "\nAction: relayed\nStatus: 2.0.0\n\nAction: failed\nStatus: 5.1.10\nDiagnostic-Code: null MX\n", quoted), token, bounce.Failed, "5.1.10", "null MX", true},
		"Windows line ends":          {strings.ReplaceAll(report("desk@acme.example.org", postfix, quoted), "\n", "\r\n"), token, bounce.Failed, "5.1.1", "550 5.1.1 …: Recipient address rejected: User unknown", true},
		"an old server's text": {"Return-Path: <>\nFrom: MAILER-DAEMON@old.example\nTo: desk@acme.example.org\n\nHi. This is the qmail-send program at old.example.\n" +
			"I'm afraid I wasn't able to deliver your message.\n\n<dead@example.org>:\nSorry, no such user here. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n" + quoted,
			token, bounce.Failed, "5.1.1", "Sorry, no such user here. (#5.1.1)", true},
	} {
		r, err := bounce.Read([]byte(c.mail))
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if len(r.Tokens) == 0 || r.Tokens[0] != c.token || r.Action != c.action || r.Status != c.status || r.Why != c.why || r.Dead() != c.dead {
			t.Errorf("%s: %+v, dead %v", what, r, r.Dead())
		}
	}
}

// What is no report says what it is, and changes nothing.
func TestWhatIsNoReport(t *testing.T) {
	for what, c := range map[string]struct{ mail, says string }{
		"out of office":             {"From: Ali <ali@example.org>\nTo: desk@acme.example.org\nAuto-Submitted: auto-replied\nSubject: Away\n\nBack on Monday. 5.1.1\n\n" + quoted, "automatic reply"},
		"out of office, no sender":  {"Return-Path: <>\nFrom: Ali <ali@example.org>\nAuto-Submitted: auto-replied\n\nUndeliverable are my thoughts.\n" + quoted, "automatic reply"},
		"a letter":                  {"From: Ali <ali@example.org>\nTo: desk@acme.example.org\n\nUndeliverable! 5.1.1\n" + quoted, "no report"},
		"nothing":                   {"", "not a mail"},
		"bytes":                     {"\x00\xff\xfe", "not a mail"},
		"of whom":                   {report("desk@acme.example.org", postfix, "Subject: x\n"), "which mail"},
		"what became of it":         {report("desk@acme.example.org", "\nFinal-Recipient: rfc822;a@b\n", quoted), "what became"},
		"a report without boundary": {"From: x\nContent-Type: multipart/report; report-type=delivery-status\n\n--\n", "what became"},
		"too long":                  {"From: x\n\n" + strings.Repeat("x", bounce.MaxMail), "no report"},
	} {
		r, err := bounce.Read([]byte(c.mail))
		if vedette.ErrorCode(err) != vedette.CodeInvalid || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %+v, %v", what, r, err)
		}
	}
}

// A report is read whatever the length of the mail that it quotes.
func TestAReportThatIsTooLong(t *testing.T) {
	mail := report("bounces+"+token+"@acme.example.org", postfix, quoted+"\n"+strings.Repeat("x", bounce.MaxMail))
	if r, err := bounce.Read([]byte(mail)); err != nil || r.Action != bounce.Failed || r.Tokens[0] != token {
		t.Fatalf("%+v, %v", r, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(report("bounces+"+token+"@acme.example.org", postfix, quoted)))
	f.Add([]byte("Return-Path: <>\nFrom: MAILER-DAEMON\n\nUser unknown 5.1.1\n" + quoted))
	f.Add([]byte(feedback(abuse, quoted)))
	f.Fuzz(func(t *testing.T, mail []byte) {
		r, err := bounce.Read(mail)
		if err != nil {
			return
		}
		if strings.ContainsAny(r.Why, "\r\n\x00") || len(r.Why) > 310 || len(r.Tokens) == 0 {
			t.Errorf("%+v", r)
		}
	})
}
