package email

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"mime"
	netmail "net/mail"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/bounce"
)

// The bounds of header words, in bytes; a name is cut, never refused. With the
// longest domain an identity stays below the 998 bytes that RFC 5322 (section
// 2.1.1) allows a line, and it cannot be folded.
const (
	maxSubject  = 900
	maxName     = 200
	maxIdentity = 200
)

// compose writes the message in wire form. Nothing foreign reaches a header
// but through Clean, and what is not ASCII is encoded (RFC 2047).
func compose(from netmail.Address, back string, at time.Time, m deliver.Message) ([]byte, error) {
	_, domain, _ := strings.Cut(from.Address, "@")
	id := messageID(m.ID)
	if id == "" {
		return nil, vedette.Errorf(vedette.CodeInternal, "the mail has no identity")
	}
	if m.Discreet {
		from.Name = ""
	}
	msg := mail.NewMsg(mail.WithEncoding(mail.EncodingQP), mail.WithNoDefaultUserAgent())
	msg.FromMailAddress(&from)
	msg.ToMailAddress(&netmail.Address{Name: phrase(m.ToName), Address: m.To})
	msg.Subject(trim(deliver.Clean(m.Subject), maxSubject))
	msg.SetDateWithValue(at)
	msg.SetMessageIDWithValue(id + "@" + domain)
	msg.SetGenHeader("List-Id", listID(m, domain))
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	if m.Return != "" {
		msg.SetGenHeader(bounce.Header, messageID(m.Return))
	}
	if m.Answer && back != "" && back != from.Address {
		msg.ReplyTo(back)
	}
	for name, value := range m.Header {
		if headerName(name) {
			msg.SetGenHeader(mail.Header(name), trim(deliver.Clean(value), maxSubject))
		}
	}
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	}
	var b bytes.Buffer
	b.Grow(len(m.Text) + len(m.HTML) + len(m.HTML)/4 + 2048)
	if _, err := msg.WriteTo(&b); err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInternal, "the mail could not be composed")
	}
	return b.Bytes(), nil
}

// phrase makes a name fit to stand before an address. A backslash does not:
// the standard library leaves it bare in an encoded word, where RFC 2047
// (section 5, rule 3) forbids it, and readers refuse the whole address.
func phrase(name string) string {
	return trim(deliver.Clean(strings.ReplaceAll(name, `\`, "/")), maxName)
}

// messageID keeps of an identity what may stand left of the @ in a
// Message-ID: letters, digits, dot, dash, underscore. Of one that is too long
// the tail becomes a sum, so that two that differ only there stay two.
func messageID(id string) string {
	if len(id) > maxIdentity {
		sum := sha256.Sum256([]byte(id))
		id = id[:maxIdentity-33] + "-" + hex.EncodeToString(sum[:16])
	}
	return strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
			return r
		}
		return '-'
	}, id), ".-")
}

// listID is the List-Id header (RFC 2919): a phrase, and a label under the
// sender's domain.
func listID(m deliver.Message, domain string) string {
	label := "<" + firstOf(messageID(m.ListID), "notices") + "." + domain + ">"
	name := phrase(m.ListName)
	switch {
	case name == "":
		return label
	case ascii(name):
		return strconv.Quote(name) + " " + label
	}
	return mime.QEncoding.Encode("utf-8", name) + " " + label
}

// headerName says whether a further header may be set: a name of letters
// and dashes, not longer than a line should be, that is not one of ours.
func headerName(s string) bool {
	if len(s) > 76 {
		return false
	}
	for _, r := range s {
		if r != '-' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	switch strings.ToLower(s) {
	case "", "from", "to", "cc", "bcc", "sender", "subject", "date", "message-id", "mime-version",
		"content-type", "content-transfer-encoding", "list-id", "auto-submitted", "received", "return-path", "vedette-delivery":
		return false
	}
	return true
}

// trim cuts s to at most n bytes at a character.
func trim(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n--; n > 0 && s[n]&0xC0 == 0x80; n-- {
	}
	return s[:n]
}
