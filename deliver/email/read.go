package email

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"

	"vedette"
)

// Mail is a mail as it was received, decoded.
type Mail struct {
	MessageID string // without < >
	Subject   string
	From, To  string // as in the header, decoded
	Header    netmail.Header
	Text      string // lines end with \n
	HTML      string
}

// The bounds of what Read looks at in a mail.
const (
	maxParts = 50
	maxDepth = 5
	maxPart  = 4 << 20 // bytes of one part, decoded
)

// Read decodes a mail. It keeps the first text and the first HTML part and
// passes over the rest. Bytes that are no mail give an error of code
// invalid; a part that is broken ends where it breaks.
func Read(raw []byte) (Mail, error) {
	msg, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return Mail{}, vedette.Wrap(err, vedette.CodeInvalid, "this is not a mail")
	}
	m := Mail{
		Header:    msg.Header,
		MessageID: strings.Trim(strings.TrimSpace(msg.Header.Get("Message-ID")), "<>"),
		Subject:   decodeWords(msg.Header.Get("Subject")),
		From:      decodeWords(msg.Header.Get("From")), To: decodeWords(msg.Header.Get("To")),
	}
	parts := maxParts
	m.part(msg.Header.Get("Content-Type"), msg.Header.Get("Content-Transfer-Encoding"), msg.Body, maxDepth, &parts)
	return m, nil
}

// part reads one part, or the parts in it.
func (m *Mail) part(contentType, encoding string, body io.Reader, depth int, parts *int) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind = "text/plain" // RFC 2045 section 5.2
	}
	if strings.HasPrefix(kind, "multipart/") {
		if depth == 0 || params["boundary"] == "" {
			return
		}
		r := multipart.NewReader(body, params["boundary"])
		for ; *parts > 0; *parts-- {
			p, err := r.NextRawPart()
			if err != nil {
				return
			}
			m.part(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, depth-1, parts)
		}
		return
	}
	switch {
	case kind == "text/plain" && m.Text == "":
		m.Text = decodeBody(encoding, body)
	case kind == "text/html" && m.HTML == "":
		m.HTML = decodeBody(encoding, body)
	}
}

func decodeBody(encoding string, body io.Reader) string {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	b, _ := io.ReadAll(io.LimitReader(body, maxPart)) // what could be read before it broke is kept
	return strings.ToValidUTF8(strings.ReplaceAll(string(b), "\r\n", "\n"), "\uFFFD")
}

func decodeWords(s string) string {
	out, err := new(mime.WordDecoder).DecodeHeader(s)
	if err != nil {
		out = s
	}
	return strings.ToValidUTF8(out, "\uFFFD")
}
