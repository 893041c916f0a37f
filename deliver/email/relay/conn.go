package relay

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-sasl"
)

// Config says how a relay is greeted.
type Config struct {
	Hello    string        // the name we greet with
	StartTLS *tls.Config   // asked for and required, nil for none
	User     string        // "" for no sign-in
	Password string        // never logged
	Timeout  time.Duration // of one command; the answer to a whole message may take four times as long
}

// Conn is a greeted, signed-in connection to a relay. One goroutine at a time
// may use it.
type Conn struct {
	conn    net.Conn
	in      *bufio.Reader
	out     []byte // room
	timeout time.Duration
	offers  map[string]string // by extension, in capitals
}

// Greet greets a relay over a connection, protects it, and signs in. The
// caller bounds the time by closing the connection.
func Greet(ctx context.Context, conn net.Conn, cfg Config) (*Conn, error) {
	c := &Conn{timeout: cfg.Timeout}
	c.over(conn)
	if _, err := c.read(220); err != nil {
		return nil, err
	}
	if err := c.hello(cfg.Hello); err != nil {
		return nil, err
	}
	if cfg.StartTLS != nil {
		if err := c.startTLS(ctx, cfg); err != nil {
			return nil, err
		}
	}
	if cfg.User != "" {
		return c, c.signIn(cfg.User, cfg.Password)
	}
	return c, nil
}

// room is the reader's: above a line, and enough for what a server says at once.
const room = 4096

func (c *Conn) over(conn net.Conn) {
	c.conn, c.in = conn, bufio.NewReaderSize(conn, room)
}

// hello asks for the extensions. A server that knows none is greeted as of
// old.
func (c *Conn) hello(name string) error {
	c.offers = map[string]string{}
	r, err := c.ask(250, "EHLO "+name)
	if refusal, ok := errors.AsType[*Refusal](err); ok && refusal.Code/100 == 5 {
		_, err = c.ask(250, "HELO "+name)
		return err
	}
	if err != nil {
		return err
	}
	for _, line := range r.lines[1:] {
		word, rest, _ := strings.Cut(line, " ")
		c.offers[strings.ToUpper(word)] = rest
	}
	return nil
}

// Offers says whether the relay knows an extension.
func (c *Conn) Offers(extension string) bool {
	_, ok := c.offers[extension]
	return ok
}

// startTLS protects the connection. What came before, in the clear, counts for
// nothing: a reply that was slipped in behind the server's is refused, and the
// extensions are asked for anew.
func (c *Conn) startTLS(ctx context.Context, cfg Config) error {
	if !c.Offers("STARTTLS") {
		return errors.New("the mail relay offers no STARTTLS")
	}
	if _, err := c.ask(220, "STARTTLS"); err != nil {
		return err
	}
	if c.in.Buffered() > 0 {
		return errors.New("the mail relay says more than that TLS may begin")
	}
	t := tls.Client(c.conn, cfg.StartTLS)
	if err := t.HandshakeContext(ctx); err != nil {
		return err
	}
	c.over(t)
	return c.hello(cfg.Hello)
}

// signIn uses PLAIN, or LOGIN where the relay knows only that.
func (c *Conn) signIn(user, password string) error {
	has := func(mech string) bool {
		return strings.Contains(" "+strings.ToUpper(c.offers["AUTH"])+" ", " "+mech+" ")
	}
	switch {
	case has(sasl.Plain):
		return c.auth(sasl.NewPlainClient("", user, password))
	case has(sasl.Login):
		return c.auth(sasl.NewLoginClient(user, password))
	}
	return errors.New("the relay offers neither PLAIN nor LOGIN to sign in with")
}

// maxChallenges bounds how often a server may ask before it decides.
const maxChallenges = 10

func (c *Conn) auth(client sasl.Client) error {
	mech, first, err := client.Start()
	if err != nil {
		return err
	}
	line := "AUTH " + mech
	if first != nil {
		line += " " + encoded(first)
	}
	for range maxChallenges {
		r, err := c.say(line)
		if err != nil {
			return err
		}
		if r.code != 334 {
			return r.ok(235)
		}
		challenge, err := base64.StdEncoding.DecodeString(r.lines[0])
		var answer []byte
		if err == nil {
			answer, err = client.Next(challenge)
		}
		if err != nil {
			c.say("*") // gives up; the error is what counts
			return errors.New("the mail relay asks for what is no part of signing in with " + mech)
		}
		line = base64.StdEncoding.EncodeToString(answer)
	}
	return errors.New("the mail relay asks again and again to sign in")
}

// encoded is an initial answer; "=" stands for an empty one (RFC 4954).
func encoded(b []byte) string {
	if len(b) == 0 {
		return "="
	}
	return base64.StdEncoding.EncodeToString(b)
}

// ask sends a command and wants a code.
func (c *Conn) ask(code int, line string) (*reply, error) {
	r, err := c.say(line)
	if err != nil {
		return nil, err
	}
	return r, r.ok(code)
}

// say sends a command and reads the reply.
func (c *Conn) say(line string) (*reply, error) {
	if strings.ContainsAny(line, "\r\n") {
		return nil, errors.New("a line break in a command to the mail relay")
	}
	c.out = append(append(c.out[:0], line...), "\r\n"...)
	if err := c.write(c.out); err != nil {
		return nil, err
	}
	return readReply(c.in)
}

// read reads a reply that nothing was asked for.
func (c *Conn) read(code int) (*reply, error) {
	c.within(c.timeout)
	r, err := readReply(c.in)
	if err != nil {
		return nil, err
	}
	return r, r.ok(code)
}

// write sends; for its reply there is as long as for itself.
func (c *Conn) write(b []byte) error {
	c.within(c.timeout)
	_, err := c.conn.Write(b)
	return err
}

func (c *Conn) within(d time.Duration) { c.conn.SetDeadline(time.Now().Add(d)) }

// Reset ends a transaction that was refused.
func (c *Conn) Reset() error {
	_, err := c.ask(250, "RSET")
	return err
}

// Quit takes leave; the relay has that long to say goodbye.
func (c *Conn) Quit(wait time.Duration) {
	c.timeout = wait
	c.say("QUIT") // a farewell: it is closed either way
}
