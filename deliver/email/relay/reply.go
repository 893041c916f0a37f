package relay

import (
	"bufio"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// The bounds of a reply. RFC 5321 (section 4.5.3.1.5) allows a line 512 bytes;
// servers are known to say more.
const (
	maxLine  = 2000 // bytes
	maxLines = 100
)

// Refusal is a reply that is not the one hoped for.
type Refusal struct {
	Code     int    // 400 to 599, or what else it was
	Enhanced [3]int // RFC 3463, zeros where it has none
	Text     string // of all its lines, without the enhanced code
}

func (r *Refusal) Error() string {
	if r.Text == "" {
		return fmt.Sprintf("SMTP error %03d", r.Code)
	}
	return fmt.Sprintf("SMTP error %03d: %s", r.Code, r.Text)
}

var errReply = errors.New("the mail relay answers with what is no reply of SMTP")

// reply is what the server said.
type reply struct {
	code  int
	lines []string
}

// ok gives nothing for a code, the refusal for any other.
func (r *reply) ok(code int) error {
	if r.code == code {
		return nil
	}
	out := &Refusal{Code: r.code}
	for i, line := range r.lines {
		if enhanced, rest, ok := enhancedOf(line); ok {
			if r.lines[i] = rest; i == 0 {
				out.Enhanced = enhanced
			}
		}
	}
	out.Text = strings.Join(r.lines, "\n")
	return out
}

// enhancedOf takes the enhanced status code off the begin of a line.
func enhancedOf(line string) (code [3]int, rest string, ok bool) {
	word, rest, _ := strings.Cut(line, " ")
	parts := strings.Split(word, ".")
	if len(parts) != len(code) {
		return code, line, false
	}
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || n < 0 || n > 999 || strings.ContainsAny(p, "+-") {
			return [3]int{}, line, false
		}
		code[i] = n
	}
	return code, rest, true
}

// readReply reads a reply of one or more lines.
func readReply(r *bufio.Reader) (*reply, error) {
	out := &reply{}
	for range maxLines {
		line, err := readLine(r)
		if err != nil {
			return nil, err
		}
		code, rest, last, err := parseLine(line)
		if err != nil || out.code != 0 && code != out.code {
			return nil, errReply
		}
		out.code = code
		out.lines = append(out.lines, rest)
		if last {
			return out, nil
		}
	}
	return nil, errReply
}

// readLine reads a line without its end. The reader's room is above maxLine.
func readLine(r *bufio.Reader) (string, error) {
	b, err := r.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull), len(b) > maxLine:
		return "", errReply
	case err != nil:
		return "", err
	}
	return strings.TrimRight(string(b), "\r\n"), nil
}

// parseLine reads "250-text", "250 text" or "250".
func parseLine(line string) (code int, rest string, last bool, err error) {
	if len(line) < 3 {
		return 0, "", false, errReply
	}
	for _, c := range []byte(line[:3]) {
		if c < '0' || c > '9' {
			return 0, "", false, errReply
		}
		code = code*10 + int(c-'0')
	}
	if code < 200 || code > 599 {
		return 0, "", false, errReply
	}
	switch {
	case len(line) == 3:
		return code, "", true, nil
	case line[3] == ' ':
		return code, line[4:], true, nil
	case line[3] == '-':
		return code, line[4:], false, nil
	}
	return 0, "", false, errReply
}
