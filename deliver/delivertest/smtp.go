package delivertest

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"

	"vedette/deliver/email"
)

// Mail is a mail the fake relay has taken.
type Mail struct {
	email.Mail
	ID   string // the message's identity: the Message-ID left of the @
	Back string // of the envelope: where it comes back to
	Rcpt string // of the envelope
	Raw  []byte
}

// SMTP is a fake mail relay on 127.0.0.1. It keeps every mail it takes.
type SMTP struct {
	server *smtp.Server
	addr   string
	ended  chan struct{}
	close  sync.Once

	mu     sync.Mutex
	mails  []*letter
	rcpts  int
	conns  int
	answer func(n int, rcpt string) *smtp.SMTPError
	drop   int
	hang   int
}

type letter struct {
	from, rcpt string
	raw        []byte
}

// NewSMTP starts a relay. With a test it ends with it; with nil, Close ends
// it. Settings of the server (a TLS configuration offers STARTTLS) may be
// added.
func NewSMTP(t testing.TB, settings ...func(*smtp.Server)) *SMTP {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic("delivertest: no loopback to listen on: " + err.Error())
	}
	s := &SMTP{addr: l.Addr().String(), ended: make(chan struct{})}
	s.server = smtp.NewServer(smtp.BackendFunc(s.session))
	s.server.Domain = "relay.example.org"
	s.server.EnableSMTPUTF8 = true
	s.server.MaxMessageBytes = 4 << 20
	s.server.ErrorLog = log.New(io.Discard, "", 0)
	for _, set := range settings {
		set(s.server)
	}
	go s.server.Serve(l)
	if t != nil {
		t.Cleanup(s.Close)
	}
	return s
}

// Addr is the relay's host:port.
func (s *SMTP) Addr() string { return s.addr }

// Close ends the relay and every connection.
func (s *SMTP) Close() {
	s.close.Do(func() {
		close(s.ended)
		s.server.Close()
	})
}

// Answer scripts what is answered to the n-th recipient (from 1, over all
// connections); a nil error takes it. A nil function takes all.
func (s *SMTP) Answer(f func(n int, rcpt string) *smtp.SMTPError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = f
}

// DropAfterData makes the relay keep each of the next n mails and hang up
// without an answer; n < 0 is all.
func (s *SMTP) DropAfterData(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drop = n
}

// Hang makes the relay read each of the next n mails and never answer, nor
// keep it; n < 0 is all.
func (s *SMTP) Hang(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hang = n
}

// Behave does what the exam asks for.
func (s *SMTP) Behave(b Behaviour) {
	s.Answer(nil)
	s.DropAfterData(0)
	s.Hang(0)
	switch b {
	case Defers:
		s.Answer(func(_ int, rcpt string) *smtp.SMTPError {
			return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "<" + strings.ToUpper(rcpt) + ">: come back later"}
		})
	case Refuses:
		s.Answer(func(_ int, rcpt string) *smtp.SMTPError {
			return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "<" + rcpt + ">: no such user\nsee the postmaster " + strings.Repeat("x", 400)}
		})
	case Vanishes:
		s.DropAfterData(-1)
	case Hangs:
		s.Hang(-1)
	}
}

// Count is how many mails were taken.
func (s *SMTP) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.mails)
}

// Conns is how many connections were opened.
func (s *SMTP) Conns() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conns
}

// Taken lists the identities of the mails taken, in order.
func (s *SMTP) Taken() []string {
	mails := s.letters()
	ids := make([]string, len(mails))
	for i, l := range mails {
		ids[i] = identity(messageID(l.raw))
	}
	return ids
}

// Messages decodes the mails taken, in order. A mail that cannot be decoded
// panics: the fake is there to find that out.
func (s *SMTP) Messages() []Mail {
	mails := s.letters()
	out := make([]Mail, len(mails))
	for i, l := range mails {
		m, err := email.Read(l.raw)
		if err != nil {
			panic(fmt.Sprintf("delivertest: mail %d to %s: %v", i, l.rcpt, err))
		}
		out[i] = Mail{Mail: m, ID: identity(m.MessageID), Back: l.from, Rcpt: l.rcpt, Raw: l.raw}
	}
	return out
}

func (s *SMTP) letters() []*letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]*letter(nil), s.mails...)
}

func identity(messageID string) string {
	id, _, _ := strings.Cut(messageID, "@")
	return id
}

// messageID finds the header without decoding the rest.
func messageID(raw []byte) string {
	for line := range bytes.SplitSeq(raw, []byte("\r\n")) {
		if len(line) == 0 {
			return ""
		}
		if name, value, ok := bytes.Cut(line, []byte(":")); ok && bytes.EqualFold(name, []byte("Message-ID")) {
			return string(bytes.Trim(value, " <>"))
		}
	}
	return ""
}

func (s *SMTP) session(c *smtp.Conn) (smtp.Session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns++
	return &session{relay: s, conn: c}, nil
}

type session struct {
	relay      *SMTP
	conn       *smtp.Conn
	from, rcpt string
}

func (s *session) Reset()        { s.from, s.rcpt = "", "" }
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.relay.mu.Lock()
	s.relay.rcpts++
	n, answer := s.relay.rcpts, s.relay.answer
	s.relay.mu.Unlock()
	if answer != nil {
		if err := answer(n, to); err != nil {
			return err
		}
	}
	s.rcpt = to
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	relay := s.relay
	relay.mu.Lock()
	hang, drop := spend(&relay.hang), false
	if !hang {
		relay.mails = append(relay.mails, &letter{from: s.from, rcpt: s.rcpt, raw: raw})
		drop = spend(&relay.drop)
	}
	relay.mu.Unlock()
	if hang {
		<-relay.ended
	}
	if hang || drop {
		s.conn.Conn().Close()
	}
	return nil
}

// spend counts down; a negative count never ends.
func spend(n *int) bool {
	if *n > 0 {
		*n--
		return true
	}
	return *n < 0
}
