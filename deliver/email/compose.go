package email

import (
	"crypto/sha256"
	"encoding/hex"
	"math/rand/v2"
	"mime"
	netmail "net/mail"
	"slices"
	"strconv"
	"strings"
	"time"

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
	fields := append(make([]field, 0, 16),
		field{"Auto-Submitted", "auto-generated"},
		field{"Date", at.Format(time.RFC1123Z)},
		field{"List-Id", listID(m, domain)},
		field{"MIME-Version", "1.0"},
		field{"Message-ID", "<" + id + "@" + domain + ">"},
		field{"Subject", words(trim(deliver.Clean(m.Subject), maxSubject))})
	if m.Return != "" {
		fields = append(fields, field{bounce.Header, messageID(m.Return)})
	}
	for name, value := range m.Header {
		if headerName(name) { // machines read it: what is ASCII stays as it is
			fields = append(fields, field{name, mime.QEncoding.Encode("utf-8", trim(deliver.Clean(value), maxSubject))})
		}
	}
	slices.SortFunc(fields, func(a, b field) int { return strings.Compare(a.name, b.name) })
	fields = append(fields, field{"From", mailbox(from)}, field{"To", mailbox(netmail.Address{Name: phrase(m.ToName), Address: m.To})})
	if m.Answer && back != "" && back != from.Address {
		fields = append(fields, field{"Reply-To", mailbox(netmail.Address{Address: back})})
	}
	return write(fields, &m), nil
}

// write writes header and bodies, in room that is enough for all but the oddest
// mail.
func write(fields []field, m *deliver.Message) []byte {
	text, html := m.Bodies()
	n := text.Size() + html.Size() + 512
	for _, f := range fields {
		n += len(f.name) + len(f.value) + len(f.value)/16 + 8
	}
	b := make([]byte, 0, n)
	for _, f := range fields {
		b = f.append(b)
	}
	if m.HTML == "" {
		return appendPart(b, "text/plain", text)
	}
	at := boundary()
	b = append(b, "Content-Type: multipart/alternative;\r\n boundary=\""...)
	b = append(append(b, at[2:]...), "\"\r\n\r\n"...)
	b = appendPart(append(append(b, at...), "\r\n"...), "text/plain", text)
	b = append(append(append(b, "\r\n"...), at...), "\r\n"...)
	b = appendPart(b, "text/html", html)
	return append(append(append(b, "\r\n"...), at...), "--\r\n"...)
}

// boundary is what stands between the parts, with its two dashes. No text in
// quoted-printable has "=_" in it (RFC 2045, section 6.7), so none is cut by it; it
// is another in every mail, for a mail may be quoted in a mail.
func boundary() []byte {
	b := append(make([]byte, 0, 32), "--=_"...)
	b = strconv.AppendUint(b, rand.Uint64(), 36)
	return strconv.AppendUint(b, rand.Uint64(), 36)
}

func appendPart(b []byte, kind string, body deliver.Quotation) []byte {
	b = append(b, "Content-Transfer-Encoding: quoted-printable\r\nContent-Type: "...)
	b = append(append(b, kind...), "; charset=UTF-8\r\n\r\n"...)
	for _, p := range body.Pieces {
		b = append(b, p...)
	}
	return b
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
