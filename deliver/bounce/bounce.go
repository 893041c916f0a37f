// Package bounce reads the mails that come back: delivery status notifications
// (RFC 3464) and what mail servers write instead. It is pure, and takes every
// mail for hostile.
package bounce

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"net/textproto"
	"regexp"
	"strings"

	"vedette"
	"vedette/deliver"
)

// Header is the header of our mails that names the delivery; a mail that comes
// back quotes it.
const Header = "Vedette-Delivery"

// Action is what became of a mail.
type Action string

// The actions; see RFC 3464, section 2.3.3. Relayed and expanded say no more
// than that somebody else has it now.
const (
	Failed    Action = "failed"
	Delayed   Action = "delayed"
	Delivered Action = "delivered"
	Relayed   Action = "relayed"
)

// What its reader says instead, by their mail program or provider.
const (
	Complained   Action = "complained"   // they called it spam (RFC 5965)
	Unsubscribed Action = "unsubscribed" // they want no more
)

// Wished says whether it is its reader's wish rather than what became of it.
func (a Action) Wished() bool { return a == Complained || a == Unsubscribed }

// Returned is what a mail says that came back.
type Returned struct {
	For    []string // whom it was for, as far as the report says: addresses
	Tokens []string // that may name the delivery: of the address it came to, then of the mail it quotes
	Action Action
	Status string // as RFC 3463 has it, "5.1.1"; "" where none is given
	Why    string // in the words of the mail server, one line
}

// dead are the statuses by which an address is no mailbox, and will be none
// (RFC 3463, sections 3.2 and 3.3; RFC 7505 for 5.1.10). A full mailbox, a size
// or a policy is of that day.
var dead = []string{"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}

// Dead says whether the address is not to be written to any more.
func (r *Returned) Dead() bool {
	for _, d := range dead {
		if r.Action == Failed && r.Status == d {
			return true
		}
	}
	return false
}

// The bounds of what is read of a mail.
const (
	MaxMail  = 4 << 20
	maxParts = 20
	maxPart  = 256 << 10
)

// Read reads a mail. One that is no report of a delivery (an automatic reply, a
// letter) is CodeInvalid, with what it is. Of one that is too long the beginning is
// read: the mail that it quotes is at the end.
func Read(raw []byte) (*Returned, error) {
	raw = raw[:min(len(raw), MaxMail)]
	msg, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "this is not a mail")
	}
	r := &Returned{Tokens: tagged(msg.Header)}
	kind, params, _ := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	switch {
	case kind == "multipart/report" && strings.EqualFold(params["report-type"], "delivery-status"):
		r.report(multipart.NewReader(msg.Body, params["boundary"]))
	case kind == "multipart/report" && strings.EqualFold(params["report-type"], "feedback-report"):
		r.report(multipart.NewReader(msg.Body, params["boundary"]))
		if r.Action != Complained {
			return nil, vedette.Errorf(vedette.CodeInvalid, "this feedback is no complaint")
		}
	case automatic(msg.Header):
		return nil, vedette.Errorf(vedette.CodeInvalid, "this is an automatic reply, no report of a delivery")
	case daemon(msg.Header):
		r.plain(msg.Body)
	default:
		return nil, vedette.Errorf(vedette.CodeInvalid, "this is no report of a delivery")
	}
	if r.Action == "" {
		return nil, vedette.Errorf(vedette.CodeInvalid, "this report does not say what became of the mail")
	}
	if len(r.Tokens) == 0 {
		return nil, vedette.Errorf(vedette.CodeInvalid, "this report does not say which mail it is about")
	}
	return r, nil
}

// tagged gives the tokens of the addresses a mail came to.
func tagged(h netmail.Header) (out []string) {
	for _, name := range []string{"Delivered-To", "X-Original-To", "To"} {
		for _, value := range h[textproto.CanonicalMIMEHeaderKey(name)] {
			list, err := netmail.ParseAddressList(value)
			if err != nil {
				continue
			}
			for _, a := range list {
				if t := tag(a.Address); t != "" {
					out = append(out, t)
				}
			}
		}
	}
	return out
}

// tag is what is behind the first plus of the local part of an address.
func tag(address string) string {
	local, _, _ := strings.Cut(address, "@")
	_, t, _ := strings.Cut(local, "+")
	return t
}

// automatic says whether a mail is an answer that nobody wrote (RFC 3834).
func automatic(h netmail.Header) bool {
	return strings.HasPrefix(strings.ToLower(h.Get("Auto-Submitted")), "auto-replied") && !daemon(h)
}

// daemon says whether a mail comes from a mail server.
func daemon(h netmail.Header) bool {
	from := strings.ToLower(h.Get("From"))
	return strings.TrimSpace(h.Get("Return-Path")) == "<>" && !strings.HasPrefix(strings.ToLower(h.Get("Auto-Submitted")), "auto-replied") ||
		strings.Contains(from, "mailer-daemon") || strings.Contains(from, "postmaster@")
}

// report reads the parts of a report.
func (r *Returned) report(parts *multipart.Reader) {
	for range maxParts {
		p, err := parts.NextRawPart()
		if err != nil {
			return
		}
		kind, _, _ := mime.ParseMediaType(p.Header.Get("Content-Type"))
		body := io.LimitReader(decoded(p, p.Header.Get("Content-Transfer-Encoding")), maxPart)
		switch kind {
		case "message/delivery-status", "message/global-delivery-status":
			r.status(body)
		case "message/feedback-report":
			r.feedback(body)
		case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers":
			r.quoted(body)
		}
	}
}

func decoded(body io.Reader, encoding string) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	}
	return body
}

// status reads the groups of fields of a delivery status: of the message, then
// of each recipient. Of several the worst counts: each of our mails has one.
func (r *Returned) status(body io.Reader) {
	t := textproto.NewReader(bufio.NewReader(body))
	for range maxParts {
		h, err := t.ReadMIMEHeader()
		if action := Action(strings.ToLower(strings.TrimSpace(h.Get("Action")))); worse(action, r.Action) {
			r.Action, r.Status = action, code.FindString(h.Get("Status"))
			_, why, typed := strings.Cut(h.Get("Diagnostic-Code"), ";")
			if !typed {
				why = h.Get("Diagnostic-Code")
			}
			r.Why = line(why)
		}
		for _, name := range []string{"Original-Recipient", "Final-Recipient"} {
			if _, who, ok := strings.Cut(h.Get(name), ";"); ok {
				r.For = append(r.For, strings.Trim(strings.TrimSpace(who), "<>"))
			}
		}
		if err != nil {
			return
		}
	}
}

var order = []Action{"", Relayed, Delivered, Delayed, Failed}

func worse(a, b Action) bool {
	if a == "expanded" {
		a = Relayed
	}
	rank := func(a Action) int {
		for i, o := range order {
			if o == a {
				return i
			}
		}
		return -1
	}
	return rank(a) > rank(b)
}

// quoted reads the headers of the mail that came back.
func (r *Returned) quoted(body io.Reader) {
	h, err := textproto.NewReader(bufio.NewReader(body)).ReadMIMEHeader()
	if err != nil && !errors.Is(err, io.EOF) && len(h) == 0 {
		return
	}
	for _, token := range h.Values(Header) {
		r.Tokens = append(r.Tokens, strings.TrimSpace(token))
	}
}

var (
	code  = regexp.MustCompile(`\b[245]\.\d{1,3}\.\d{1,3}\b`)
	token = regexp.MustCompile(`(?im)^>?\s*` + Header + `:\s*([0-9a-v]{20,80})\b`)
	bad   = regexp.MustCompile(`(?i)undeliver|could not be delivered|not be delivered|delivery (?:has )?failed|failure notice|returned to sender|user unknown|no such user|mailbox unavailable|permanent error`)
)

// plain reads what old servers write: a text with the mail behind it.
func (r *Returned) plain(body io.Reader) {
	b, _ := io.ReadAll(io.LimitReader(body, maxPart))
	for _, m := range token.FindAllSubmatch(b, -1) {
		r.Tokens = append(r.Tokens, string(m[1]))
	}
	if r.Status = string(code.Find(b)); strings.HasPrefix(r.Status, "5") || bad.Match(b) {
		r.Action = Failed
	} else if strings.HasPrefix(r.Status, "4") {
		r.Action = Delayed
	}
	if at := bad.FindIndex(b); at != nil {
		from := bytes.LastIndexByte(b[:at[0]], '\n') + 1
		rest, _, _ := bytes.Cut(b[from:], []byte("\n"))
		r.Why = line(string(rest))
	}
}

// maxWhy bounds the words of a mail server, in bytes.
const maxWhy = 300

var address = regexp.MustCompile(`<?[^\s<>()";,]+@[^\s<>()";,]+[^\s<>()";,.:]>?`)

// line makes one line of a mail server's words, without any address: they are
// kept in the ledger, in the open.
func line(s string) string {
	s = deliver.Clean(address.ReplaceAllString(strings.ToValidUTF8(s, ""), "…"))
	if len(s) <= maxWhy {
		return s
	}
	return strings.ToValidUTF8(s[:maxWhy], "")
}
