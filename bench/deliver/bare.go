package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/emersion/go-smtp"

	"vedette/bench/child"
)

// bareRole hands the same mail to a server so many times, as fast as it can:
// no ledger, nothing rendered, signed or looked up.
func bareRole(args []string) error {
	fs := flag.NewFlagSet("bare", flag.ExitOnError)
	addr := fs.String("addr", "", "the sink")
	mail := fs.String("mail", "", "file of the mail")
	ca := fs.String("ca", "", "protect the connection; file of the certificate")
	n := fs.Int("n", 0, "how many")
	if err := fs.Parse(args); err != nil {
		return err
	}
	wire, err := os.ReadFile(*mail)
	if err != nil {
		return err
	}
	dial := func() (*smtp.Client, error) { return smtp.Dial(*addr) }
	if *ca != "" {
		text, err := os.ReadFile(*ca)
		if err != nil {
			return err
		}
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM(text)
		dial = func() (*smtp.Client, error) {
			return smtp.DialStartTLS(*addr, &tls.Config{RootCAs: roots, ServerName: "127.0.0.1"})
		}
	}
	began := time.Now()
	if err := handIn(dial, wire, *n); err != nil {
		return err
	}
	child.Say(bareTook{Seconds: time.Since(began).Seconds(), CPU: child.Used(os.Getpid()).Seconds()})
	return nil
}

// handIn dials anew after as many mails as our sender does.
func handIn(dial func() (*smtp.Client, error), wire []byte, n int) error {
	var next atomic.Int64
	errs := make([]error, connections)
	var wg sync.WaitGroup
	for i := range connections {
		wg.Go(func() {
			for errs[i] == nil && next.Load() < int64(n) {
				errs[i] = converse(dial, wire, &next, int64(n))
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

func converse(dial func() (*smtp.Client, error), wire []byte, next *atomic.Int64, n int64) error {
	c, err := dial()
	if err != nil {
		return err
	}
	defer c.Close()
	for range 1000 {
		no := next.Add(1)
		if no > n {
			break
		}
		if err := c.SendMail("alerts@relief.example.org", []string{fmt.Sprintf("p%d@example.org", no)}, bytes.NewReader(wire)); err != nil {
			return err
		}
	}
	return c.Quit()
}
