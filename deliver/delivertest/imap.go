package delivertest

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// Who reads the mailbox of the fake.
const (
	IMAPUser     = "bounces@relief.example.org"
	IMAPPassword = "swordfish"
)

// IMAP is a mail server's mailbox on 127.0.0.1, behind TLS; where it is to be
// able of STARTTLS, behind that.
type IMAP struct {
	mem  *imapmemserver.Server
	user *imapmemserver.User
	cert *httptest.Server
	addr string
	caps []imap.Cap

	mu     sync.Mutex
	server *imapserver.Server
	trip   func(step string) error
}

// NewIMAP starts one, which can do what caps name beside IMAP4rev1. With a test
// it ends with it; with nil, Close ends it.
func NewIMAP(t testing.TB, caps ...imap.Cap) *IMAP {
	s := &IMAP{mem: imapmemserver.New(), user: imapmemserver.NewUser(IMAPUser, IMAPPassword), cert: httptest.NewTLSServer(nil), addr: "127.0.0.1:0", caps: caps}
	s.mem.AddUser(s.user)
	if err := s.user.Create("INBOX", nil); err != nil {
		panic("delivertest: " + err.Error())
	}
	s.Start()
	if t != nil {
		t.Cleanup(s.Close)
	}
	return s
}

// Start serves, again at the same address after a Stop.
func (s *IMAP) Start() {
	l, err := net.Listen("tcp", s.addr)
	if err != nil {
		panic("delivertest: no loopback to listen on: " + err.Error())
	}
	caps := imap.CapSet{imap.CapIMAP4rev1: {}}
	for _, c := range s.caps {
		caps[c] = struct{}{}
	}
	cert := &tls.Config{Certificates: s.cert.TLS.Certificates}
	options := &imapserver.Options{Caps: caps, Logger: log.New(io.Discard, "", 0),
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return &sitting{s.mem.NewSession().(inner), s}, nil, nil
		}}
	if slices.Contains(s.caps, imap.CapStartTLS) {
		options.TLSConfig = cert
	}
	srv := imapserver.New(options)
	s.mu.Lock()
	s.addr, s.server = l.Addr().String(), srv
	s.mu.Unlock()
	if options.TLSConfig == nil {
		l = tls.NewListener(l, cert)
	}
	go srv.Serve(l)
}

// Stop hangs up on everybody; the mails stay.
func (s *IMAP) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.server.Close()
}

// Close ends it.
func (s *IMAP) Close() {
	s.Stop()
	s.cert.Close()
}

// Addr is its host:port.
func (s *IMAP) Addr() string { return s.addr }

// Roots trust its certificate.
func (s *IMAP) Roots() *x509.CertPool {
	roots := x509.NewCertPool()
	roots.AddCert(s.cert.Certificate())
	return roots
}

// Certificate is what it shows, in DER.
func (s *IMAP) Certificate() []byte { return s.cert.Certificate().Raw }

// Arrive puts a mail into the inbox.
func (s *IMAP) Arrive(raw string) {
	if _, err := s.user.Append("INBOX", literal{strings.NewReader(raw), int64(len(raw))}, &imap.AppendOptions{}); err != nil {
		panic("delivertest: " + err.Error())
	}
}

// Fill puts the same mail into the inbox n times.
func (s *IMAP) Fill(n int, raw string) {
	for range n {
		s.Arrive(raw)
	}
}

// Count is how many mails are in a folder, 0 where there is none; those that are
// marked as deleted do not count.
func (s *IMAP) Count(folder string) int {
	st, err := s.user.Status(folder, &imap.StatusOptions{NumMessages: true, NumDeleted: true})
	if err != nil {
		return 0
	}
	return int(*st.NumMessages) - int(*st.NumDeleted)
}

// Trip has a step ("fetch", "move", "copy", "create") fail, by what f says; with
// "give" it says that all is well, and gives no mail. nil takes it back.
func (s *IMAP) Trip(f func(step string) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trip = f
}

func (s *IMAP) trips(step string) error {
	s.mu.Lock()
	f := s.trip
	s.mu.Unlock()
	if f == nil {
		return nil
	}
	return f(step)
}

type literal struct {
	io.Reader
	size int64
}

func (l literal) Size() int64 { return l.size }

// inner is a session that can move.
type inner interface {
	imapserver.Session
	imapserver.SessionMove
	imapserver.SessionNamespace
}

// sitting is one that trips where it is told to.
type sitting struct {
	inner
	s *IMAP
}

// Fetch gives mails.
func (x *sitting) Fetch(w *imapserver.FetchWriter, set imap.NumSet, o *imap.FetchOptions) error {
	if err := x.s.trips("fetch"); err != nil {
		return err
	}
	if x.s.trips("give") != nil {
		return nil
	}
	return x.inner.Fetch(w, set, o)
}

// Create makes a folder.
func (x *sitting) Create(name string, o *imap.CreateOptions) error {
	if err := x.s.trips("create"); err != nil {
		return err
	}
	return x.inner.Create(name, o)
}

// Copy copies mails.
func (x *sitting) Copy(set imap.NumSet, to string) (*imap.CopyData, error) {
	if err := x.s.trips("copy"); err != nil {
		return nil, err
	}
	return x.inner.Copy(set, to)
}

// Move moves mails.
func (x *sitting) Move(w *imapserver.MoveWriter, set imap.NumSet, to string) error {
	if err := x.s.trips("move"); err != nil {
		return err
	}
	return x.inner.Move(w, set, to)
}
