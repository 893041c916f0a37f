package main

import (
	"bufio"
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"flag"
	"fmt"
	"math/big"
	"net"
	"os"
	"strings"
	"sync"
	"time"

	"vedette/bench/child"
)

// sink is a mail server that counts what it takes, by recipient and identity.
type sink struct {
	mu          sync.Mutex
	people      map[string]string // by recipient, the identity of what they were told first
	taken       int
	repeats     int   // of who was told already
	others      int   // repeats under another identity
	first, last int64 // when, in nanoseconds of the Unix epoch
	sample      []byte
	log         *bufio.Writer   // a line for each mail, nil for none
	mood        string          // how it behaves: "" takes all
	met         map[string]bool // whom it treated so already, by recipient
	refused     int             // people it refused for good
	odd         int             // mails it kept or read and gave no answer to
}

// taken is what a sink says of itself.
type taken struct {
	Addr    string `json:"addr,omitempty"`
	Taken   int    `json:"taken"`
	People  int    `json:"people"`
	Repeats int    `json:"repeats"`
	Others  int    `json:"others"`
	First   int64  `json:"first"`
	Last    int64  `json:"last"`
	Sample  []byte `json:"sample,omitempty"`
	Refused int    `json:"refused"`
	Odd     int    `json:"odd"`
}

func sinkRole(args []string) error {
	fs := flag.NewFlagSet("sink", flag.ExitOnError)
	ca := fs.String("ca", "", "offer STARTTLS and write the certificate here")
	logTo := fs.String("log", "", "write a table of what was taken here")
	if err := fs.Parse(args); err != nil {
		return err
	}
	s := &sink{}
	s.clear()
	if *logTo != "" {
		f, err := os.Create(*logTo)
		if err != nil {
			return err
		}
		defer f.Close()
		s.log = bufio.NewWriter(f)
		fmt.Fprintln(s.log, "message-id,status")
	}
	protect, err := protection(*ca)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go s.listen(l, protect)
	child.Say(taken{Addr: l.Addr().String()})
	return child.Serve(s.answer)
}

func (s *sink) answer(words []string) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.log != nil {
		if err := s.log.Flush(); err != nil {
			return nil, err
		}
	}
	out := taken{Taken: s.taken, People: len(s.people), Repeats: s.repeats, Others: s.others, First: s.first, Last: s.last, Refused: s.refused, Odd: s.odd}
	switch words[0] {
	case "sample":
		out.Sample = s.sample
	case "clear":
		s.clear()
		s.mood = strings.Join(words[1:], "")
	}
	return out, nil
}

func (s *sink) clear() {
	s.people, s.taken, s.repeats, s.others, s.first, s.last = map[string]string{}, 0, 0, 0, 0, 0
	s.met, s.refused, s.odd = map[string]bool{}, 0, 0
}

func (s *sink) take(rcpt, id string, raw []byte) {
	now := time.Now().UnixNano()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken++; s.first == 0 {
		s.first = now
		s.sample = bytes.Clone(raw)
	}
	s.last = now
	if before, told := s.people[rcpt]; !told {
		s.people[rcpt] = id
	} else if s.repeats++; before != id {
		s.others++
	}
	if s.log != nil {
		fmt.Fprintf(s.log, "%s,delivered\n", id)
	}
}

// protection is what STARTTLS is offered with, nil where no file is named for the
// certificate.
func protection(file string) (*tls.Config, error) {
	if file == "" {
		return nil, nil
	}
	cert, err := certificate(file)
	return &tls.Config{Certificates: []tls.Certificate{cert}}, err
}

// certificate makes one for the loopback address and writes it to a file.
func certificate(file string) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	sheet := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, sheet, sheet, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, err
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, os.WriteFile(file, text, 0o600)
}
