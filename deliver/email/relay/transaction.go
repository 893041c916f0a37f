package relay

import (
	"bytes"
	"errors"
	"strings"
)

// Stage is how far the handing in of a mail came.
type Stage int

// The stages.
const (
	AtConnect Stage = iota // dial, TLS, greeting, sign-in
	AtMail                 // MAIL FROM
	AtRcpt                 // RCPT TO
	AtData                 // DATA, and the mail up to the final dot
	AtAnswer               // the dot is out
)

// ErrBroken is joined to a refusal after which the connection is of no more
// use.
var ErrBroken = errors.New("the connection broke afterwards")

// Open names the sender and the recipient of a mail and asks to send it: then
// [Conn.Send] is next. After a refusal the connection is fit for another mail,
// unless the error is an [ErrBroken] besides. utf8 says that an address, or a
// header, has letters beyond ASCII: for a relay that offers SMTPUTF8.
func (c *Conn) Open(from, to string, utf8 bool) (Stage, error) {
	mail := "MAIL FROM:<" + from + ">"
	if c.Offers("8BITMIME") {
		mail += " BODY=8BITMIME"
	}
	if utf8 {
		mail += " SMTPUTF8"
	}
	steps := []string{mail, "RCPT TO:<" + to + ">", "DATA"}
	for _, s := range steps {
		if strings.ContainsAny(s, "\r\n") {
			return AtMail, errors.New("a line break in an address")
		}
	}
	if c.Offers("PIPELINING") {
		return c.together(steps)
	}
	return c.apart(steps)
}

var wanted = [...]int{250, 250, 354}

// accepts says whether a step was taken. To a recipient 251 (it is forwarded)
// is as good, and so is 252 (it will be tried).
func accepts(step int, r *reply) error {
	if step == 1 && (r.code == 251 || r.code == 252) {
		return nil
	}
	return r.ok(wanted[step])
}

// apart goes step by step.
func (c *Conn) apart(steps []string) (Stage, error) {
	for i, line := range steps {
		r, err := c.say(line)
		if err != nil {
			return AtMail + Stage(i), err
		}
		if err := accepts(i, r); err != nil {
			return AtMail + Stage(i), c.refused(err)
		}
	}
	return AtData, nil
}

// together says all in one write. Where a step is refused the server may have
// been misled to expect the mail all the same (RFC 2920, section 3.1): it gets
// an empty one, which it refuses, having nobody to give it to.
func (c *Conn) together(steps []string) (Stage, error) {
	c.out = c.out[:0]
	for _, line := range steps {
		c.out = append(append(c.out, line...), "\r\n"...)
	}
	if err := c.write(c.out); err != nil {
		return AtMail, err
	}
	var at Stage
	var refusal error
	for i := range steps {
		c.within(c.timeout) // each: a server may take its time over a recipient
		r, err := readReply(c.in)
		switch {
		case err != nil && refusal != nil: // it said why, and left
			return at, errors.Join(refusal, ErrBroken)
		case err != nil:
			return AtMail + Stage(i), err
		}
		if err := accepts(i, r); err != nil && refusal == nil {
			at, refusal = AtMail+Stage(i), err
		} else if err == nil && i == len(steps)-1 && refusal != nil {
			return at, c.empty(refusal)
		}
	}
	if refusal != nil {
		return at, c.refused(refusal)
	}
	return AtData, nil
}

// empty ends a mail that was refused before it began. A server that takes it is
// not one to go on with.
func (c *Conn) empty(refusal error) error {
	r, err := c.say(".")
	if err != nil || r.code/100 < 4 {
		return errors.Join(refusal, ErrBroken)
	}
	return c.refused(refusal)
}

// refused makes the connection fit for the next mail.
func (c *Conn) refused(err error) error {
	if r, ok := errors.AsType[*Refusal](err); ok && r.Code == 421 { // it is leaving
		return err
	}
	if broken := c.Reset(); broken != nil {
		return errors.Join(err, ErrBroken)
	}
	return err
}

// Send hands in a mail after [Conn.Open], and gives the relay's answer where it
// was taken. Until the last byte is written it was certainly not accepted
// (AtData); from then on it may have been (AtAnswer).
func (c *Conn) Send(mail []byte) (Stage, string, error) {
	c.out = appendStuffed(c.out[:0], mail)
	c.within(4 * c.timeout)
	if _, err := c.conn.Write(c.out); err != nil {
		return AtData, "", err // the dot is the last of what is written: it did not get out
	}
	r, err := readReply(c.in)
	if err != nil {
		return AtAnswer, "", err
	}
	switch r.code / 100 {
	case 2:
		return AtAnswer, strings.Join(r.lines, "\n"), nil
	case 4, 5:
		return AtAnswer, "", r.ok(250)
	}
	return AtAnswer, "", errReply // whatever that means, it may have been accepted
}

// appendStuffed appends a mail as it goes over the wire: lines end in CRLF and
// no other way, a dot that begins one is doubled, and a dot ends it all. A line
// that ended in another way could end the mail where a server reads it so, and
// begin another.
func appendStuffed(b, mail []byte) []byte {
	for len(mail) > 0 {
		var line []byte
		if end := bytes.IndexByte(mail, '\n'); end < 0 {
			line, mail = mail, nil
		} else {
			line, mail = mail[:end], mail[end+1:]
		}
		if line = bytes.TrimSuffix(line, []byte("\r")); bytes.IndexByte(line, '\r') < 0 {
			b = appendLine(b, line)
			continue
		}
		for part := range bytes.SplitSeq(line, []byte("\r")) {
			b = appendLine(b, part)
		}
	}
	return append(b, ".\r\n"...)
}

func appendLine(b, line []byte) []byte {
	if len(line) > 0 && line[0] == '.' {
		b = append(b, '.')
	}
	return append(append(b, line...), "\r\n"...)
}
