package mailbox

import (
	"io"
	"log"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/emersion/go-smtp"

	"vedette"
	"vedette/deliver/email"
)

// The bounds of what is kept; the oldest mails make room.
const (
	maxMails = 20_000
	maxBytes = 128 << 20
	maxMail  = 2 << 20
)

// Message is a mail as it was taken, decoded.
type Message struct {
	No int // from 1, in order of arrival
	email.Mail
	Rcpt string // of the envelope
}

// letter is a mail as it is kept.
type letter struct {
	rcpt string
	raw  []byte
}

// Mailbox is the server and what it keeps.
type Mailbox struct {
	server *smtp.Server
	addr   string

	mu    sync.Mutex
	kept  []letter // the newest; kept[i] has the number count-len(kept)+i+1
	bytes int
	count int
	on    func(Message)
}

// Start listens on a loopback address, "127.0.0.1:0" for any free port.
func Start(addr string) (*Mailbox, error) {
	host, _, err := net.SplitHostPort(addr)
	if ip, ipErr := netip.ParseAddr(host); err != nil || host != "localhost" && (ipErr != nil || !ip.IsLoopback()) {
		return nil, vedette.Errorf(vedette.CodeInvalid, "the demo's mailbox takes mail from anyone, so it listens only on loopback, not on %q; use 127.0.0.1:0", addr)
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeUnavailable, "the demo's mailbox cannot listen on %s; choose another port", addr)
	}
	m := &Mailbox{addr: l.Addr().String()}
	m.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{box: m}, nil }))
	m.server.Domain = "mailbox.example.org"
	m.server.EnableSMTPUTF8 = true
	m.server.MaxMessageBytes = maxMail
	m.server.MaxRecipients = 1
	m.server.ReadTimeout, m.server.WriteTimeout = 5*time.Minute, time.Minute
	m.server.ErrorLog = log.New(io.Discard, "", 0) // a client that hangs up is no news
	go m.server.Serve(l)                           // ends with Close
	return m, nil
}

// Addr is the server's host:port.
func (m *Mailbox) Addr() string { return m.addr }

// Close ends the server; what it keeps stays readable.
func (m *Mailbox) Close() error { return m.server.Close() }

// Count is how many mails were taken since the start.
func (m *Mailbox) Count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.count
}

// OnMessage calls f, in a goroutine of its own, with every mail taken from
// now on.
func (m *Mailbox) OnMessage(f func(Message)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.on = f
}

// Messages gives the newest mails still kept, newest first, at most limit.
func (m *Mailbox) Messages(limit int) []Message {
	m.mu.Lock()
	n := max(min(limit, len(m.kept)), 0)
	letters := append([]letter(nil), m.kept[len(m.kept)-n:]...)
	last := m.count
	m.mu.Unlock()
	out := make([]Message, n)
	for i := range out {
		out[i] = letters[n-1-i].open(last - i)
	}
	return out
}

// Message gives the mail with a number, if it is still kept.
func (m *Mailbox) Message(n int) (Message, bool) {
	m.mu.Lock()
	i := n - 1 - (m.count - len(m.kept))
	if i < 0 || i >= len(m.kept) {
		m.mu.Unlock()
		return Message{}, false
	}
	l := m.kept[i]
	m.mu.Unlock()
	return l.open(n), true
}

// open decodes a mail. One that is none shows as its bytes.
func (l letter) open(no int) Message {
	mail, err := email.Read(l.raw)
	if err != nil {
		mail = email.Mail{Subject: "(not a mail)", Text: string(l.raw)}
	}
	return Message{No: no, Mail: mail, Rcpt: l.rcpt}
}

// take keeps a mail and lets the oldest go where there are too many.
func (m *Mailbox) take(l letter) {
	m.mu.Lock()
	m.count++
	m.kept = append(m.kept, l)
	m.bytes += len(l.raw)
	for len(m.kept) > maxMails || m.bytes > maxBytes {
		m.bytes -= len(m.kept[0].raw)
		m.kept[0] = letter{}
		m.kept = m.kept[1:]
	}
	no, on := m.count, m.on
	m.mu.Unlock()
	if on != nil {
		go func() { on(l.open(no)) }()
	}
}

// session is one connection's conversation.
type session struct {
	box  *Mailbox
	rcpt string
}

func (s *session) Reset()                               { s.rcpt = "" }
func (s *session) Logout() error                        { return nil }
func (s *session) Mail(string, *smtp.MailOptions) error { return nil }

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.rcpt = to
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(io.LimitReader(r, maxMail+1))
	if err != nil {
		return err
	}
	s.box.take(letter{rcpt: s.rcpt, raw: raw})
	return nil
}
