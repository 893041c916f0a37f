package main

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"net"
)

// listen takes mails. It reads no more of SMTP than it must: a mail server is on a
// machine of its own, and this one on the cores of what is measured. Answers to
// commands that came together go out together (RFC 2920).
func (s *sink) listen(l net.Listener, protect *tls.Config) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		t := &talk{sink: s, protect: protect}
		t.over(c)
		go t.run()
	}
}

// talk is one connection's conversation.
type talk struct {
	sink    *sink
	protect *tls.Config // nil: no STARTTLS, or it is on
	conn    net.Conn
	in      *bufio.Reader
	out     *bufio.Writer
	rcpt    string // taken, "" where none is
	body    bytes.Buffer
}

func (t *talk) over(c net.Conn) {
	t.conn, t.in, t.out = c, bufio.NewReaderSize(c, 16<<10), bufio.NewWriter(c)
}

func (t *talk) run() {
	defer func() { t.conn.Close() }()
	t.say("220 sink.example.org")
	for {
		line, err := t.line()
		if err != nil || !t.obey(bytes.ToUpper(line[:min(4, len(line))]), line) {
			return
		}
	}
}

func (t *talk) say(line string) {
	_, _ = t.out.WriteString(line)
	_, _ = t.out.WriteString("\r\n")
}

// line reads one. What is to be said is said before it waits.
func (t *talk) line() ([]byte, error) {
	if there, _ := t.in.Peek(t.in.Buffered()); bytes.IndexByte(there, '\n') < 0 {
		if err := t.out.Flush(); err != nil {
			return nil, err
		}
	}
	return t.in.ReadSlice('\n')
}

// obey does what a command asks, and says whether there may be another.
func (t *talk) obey(verb, line []byte) bool {
	switch string(verb) {
	case "EHLO":
		t.say("250-sink.example.org")
		if t.protect != nil {
			t.say("250-STARTTLS")
		}
		t.say("250-PIPELINING")
		t.say("250-8BITMIME")
		t.say("250-ENHANCEDSTATUSCODES")
		t.say("250 SIZE 4194304")
	case "STAR":
		if t.protect == nil {
			t.say("502 5.5.1 no")
			return true
		}
		t.say("220 2.0.0 go on")
		if t.out.Flush() != nil {
			return false
		}
		c := tls.Server(t.conn, t.protect)
		t.protect = nil
		t.over(c)
	case "MAIL", "RSET":
		t.rcpt = ""
		t.say("250 2.0.0 yes")
	case "HELO", "NOOP":
		t.say("250 2.0.0 yes")
	case "RCPT":
		_, to, _ := bytes.Cut(line, []byte("<"))
		to, _, _ = bytes.Cut(to, []byte(">"))
		answer := t.sink.greets(string(to))
		if t.rcpt = ""; answer[0] == '2' {
			t.rcpt = string(to)
		}
		t.say(answer)
	case "DATA":
		if t.rcpt == "" {
			t.say("554 5.5.1 to nobody")
			return true
		}
		t.say("354 go on")
		return t.data()
	case "QUIT":
		t.say("221 2.0.0 bye")
		_ = t.out.Flush()
		return false
	default:
		t.say("500 5.5.2 not here")
	}
	return true
}

// data reads a mail, and treats it as the sink's mood is.
func (t *talk) data() (more bool) {
	t.body.Reset()
	for {
		line, err := t.line()
		if err != nil {
			return false
		}
		if line[0] == '.' {
			if string(line) == ".\r\n" {
				break
			}
			line = line[1:]
		}
		t.body.Write(line)
	}
	keeps, answers := t.sink.treats(t.rcpt)
	if keeps {
		t.sink.take(t.rcpt, identity(t.body.Bytes()), t.body.Bytes())
	}
	if answers {
		t.say("250 2.0.0 taken")
		return true
	}
	if !keeps {
		_, _ = t.conn.Read(make([]byte, 1)) // until the other end hangs up
	}
	return false
}

// identity is the Message-ID without its angle brackets.
func identity(raw []byte) string {
	_, rest, ok := bytes.Cut(raw, []byte("Message-ID: <"))
	id, _, _ := bytes.Cut(rest, []byte(">"))
	if !ok {
		return ""
	}
	return string(id)
}
