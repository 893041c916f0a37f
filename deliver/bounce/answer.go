package bounce

import (
	"bufio"
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"regexp"
	"strings"
	"unicode/utf8"

	"vedette"
)

// Answered is a mail that somebody wrote back.
type Answered struct {
	Tokens []string // that may name the mail it answers: of the address it came to
	From   string   // address, as the mail says; nobody has proven it
	ID     string   // Message-ID, "" for none
	Text   string   // their own words, without what they quote; "" where none can be read
	Broken bool     // its head cannot be read: nothing is known but where it came to
}

// maxWords bounds what is read of somebody's own words, in bytes.
const maxWords = 4000

// ReadAnswer reads a mail that somebody wrote back. One that nobody wrote (a
// report, an automatic reply, one to many) is CodeInvalid, and so is one that
// came to no address of a delivery. Of one that is too long the beginning is read:
// a photo may be behind the words.
func ReadAnswer(raw []byte) (*Answered, error) {
	raw = raw[:min(len(raw), MaxMail)]
	msg, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		if tokens := loose(raw); len(tokens) > 0 {
			return &Answered{Tokens: tokens, Broken: true}, nil
		}
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "this is not a mail")
	}
	a := &Answered{Tokens: tagged(msg.Header), ID: strings.TrimSpace(msg.Header.Get("Message-Id"))}
	if from, err := netmail.ParseAddress(msg.Header.Get("From")); err == nil {
		a.From = from.Address
	}
	switch {
	case unwritten(msg.Header):
		return nil, vedette.Errorf(vedette.CodeInvalid, "this is no mail that somebody wrote")
	case len(a.Tokens) == 0:
		return nil, vedette.Errorf(vedette.CodeInvalid, "this mail does not say what it answers")
	}
	a.Text = own(words(msg.Header.Get("Content-Type"), msg.Header.Get("Content-Transfer-Encoding"), msg.Body, 0))
	return a, nil
}

// maxHead bounds what is looked through of a head that cannot be read, in bytes.
const maxHead = 64 << 10

var (
	// addressed finds tokens where mails come to.
	addressed = regexp.MustCompile(`(?im)^(?:Delivered-To|X-Original-To|To):.*\+([0-9a-v]{20,80})@`)
	headEnd   = regexp.MustCompile(`\r?\n\r?\n`)
	// machine is in the heads of mails that nobody wrote.
	machine = regexp.MustCompile(`(?im)^(?:Auto-Submitted: *auto-|Precedence: *(?:bulk|junk|list|auto_reply)|X-Autore|List-Id:|Return-Path: *<>|From:.*(?:mailer-daemon|postmaster@)|Content-Type: *multipart/report)`)
)

// loose gives the tokens of a head that cannot be read as one, unless it says that
// nobody wrote the mail.
func loose(raw []byte) (out []string) {
	head := raw[:min(len(raw), maxHead)]
	if at := headEnd.FindIndex(head); at != nil {
		head = head[:at[0]]
	}
	if machine.Match(head) {
		return nil
	}
	for _, m := range addressed.FindAllSubmatch(head, maxParts) {
		out = append(out, string(m[1]))
	}
	return out
}

// unwritten says whether nobody wrote a mail for us: RFC 3834 and what was used
// before it.
func unwritten(h netmail.Header) bool {
	auto := strings.ToLower(strings.TrimSpace(h.Get("Auto-Submitted")))
	bulk := strings.ToLower(strings.TrimSpace(h.Get("Precedence")))
	return auto != "" && auto != "no" || bulk == "bulk" || bulk == "junk" || bulk == "list" || bulk == "auto_reply" ||
		h.Get("X-Autoreply") != "" || h.Get("X-Autorespond") != "" || h.Get("List-Id") != "" || daemon(h)
}

// maxDepth bounds how deep parts lie within each other.
const maxDepth = 4

// words gives the first plain text of a mail, in UTF-8.
func words(contentType, encoding string, body io.Reader, depth int) string {
	kind, params, err := mime.ParseMediaType(contentType)
	if contentType == "" {
		kind, err = "text/plain", nil
	}
	switch {
	case err != nil || depth > maxDepth:
		return ""
	case kind == "text/plain":
		b, _ := io.ReadAll(io.LimitReader(decoded(body, encoding), maxPart)) // what could be read
		return text(b, params["charset"])
	case !strings.HasPrefix(kind, "multipart/"):
		return ""
	}
	parts := multipart.NewReader(body, params["boundary"])
	for range maxParts {
		p, err := parts.NextRawPart()
		if err != nil {
			return ""
		}
		if strings.HasPrefix(strings.ToLower(p.Header.Get("Content-Disposition")), "attachment") {
			continue
		}
		if t := words(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, depth+1); t != "" {
			return t
		}
	}
	return ""
}

// text reads bytes of a charset; "" of one that is neither UTF-8, ASCII nor
// Latin 1: words that are guessed say something else.
func text(b []byte, charset string) string {
	switch strings.ToLower(charset) {
	case "", "utf-8", "us-ascii", "utf8":
		if !utf8.Valid(b) {
			return ""
		}
		return string(b)
	case "iso-8859-1", "windows-1252", "iso-8859-15":
		var out strings.Builder
		for _, c := range b {
			out.WriteRune(rune(c))
		}
		return out.String()
	}
	return ""
}

var (
	// quoting begins what mail programs put before the mail that is answered.
	quoting = regexp.MustCompile(`^(-{2,} ?(Original Message|Forwarded message|Message d'origine|Mensaje original|Исходное сообщение).*|_{5,}|-- )$`)
	// heading is a line of its header; two of them follow each other there.
	heading = regexp.MustCompile(`^\*?(From|Sent|To|Subject|Date|De|Envoyé|À|Objet|Enviado|Para|Asunto|От|Кому|Тема|Дата)\*? ?:`)
)

// own takes of a text what its writer wrote: not what is quoted, and nothing
// that stands behind a mail's head, a line with an address of the web, or a
// signature.
func own(s string) string {
	var lines []string
	in := bufio.NewScanner(strings.NewReader(s))
	in.Buffer(nil, maxPart+1)
	was := false // the line before was one of a head
	for in.Scan() {
		line := strings.TrimRight(in.Text(), " \t\r")
		head := heading.MatchString(line)
		switch {
		case in.Text() == "-- ", quoting.MatchString(line), strings.Contains(line, "://"):
			return joined(lines)
		case head && was:
			return joined(lines[:len(lines)-1])
		case strings.HasPrefix(line, ">"):
			if n := len(lines); n > 0 && strings.HasSuffix(lines[n-1], ":") { // "On … wrote:"
				lines = lines[:n-1]
			}
			was = false
			continue
		}
		if strings.TrimSpace(line) != "" {
			lines = append(lines, strings.TrimSpace(line))
			was = head
		}
	}
	return joined(lines)
}

func joined(lines []string) string {
	s := strings.Join(lines, "\n")
	if len(s) > maxWords {
		s = strings.ToValidUTF8(s[:maxWords], "")
	}
	return s
}
