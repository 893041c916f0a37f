package reconcile

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"strings"

	"vedette"
)

// Fate is what a provider's log says became of a message.
type Fate int8

// The fates, weakest first: of several lines about a message the strongest
// counts, and of what was handed on and came back the return.
const (
	FateSeen Fate = iota // it is named, and nothing is said of it
	FateDeferred
	FateAccepted // handed on to the next system, or delivered
	FateFailed   // refused for good, or returned
)

var fateWords = [...]string{"seen", "deferred", "accepted", "failed"}

func (f Fate) String() string { return fateWords[f] }

// Log is a provider's log, by our own names of messages.
type Log struct {
	Fates  map[string]Fate
	Lines  int
	Others int // lines that name a message that is none of ours
}

// Bounds of a log: it is hostile like any file.
const (
	maxLogLines = 20_000_000
	maxLogLine  = 64 << 10
)

// identity is how messages are named: auth.Key.Identity.
var (
	identity  = regexp.MustCompile(`\b[0-9a-v]{32}\b`)
	messageID = regexp.MustCompile(`(?i)message-id=<?([^>,\s]+)`)
	queued    = regexp.MustCompile(`\b([0-9A-Za-z]{6,20}): `)
)

// ReadLog reads a log. Two shapes are known: a table with a header that has a
// column for the message's id and one for its status; and lines as mail
// servers write them (Postfix: a line that names the Message-ID under a queue
// number, later ones with status=sent, deferred or bounced under the same).
// ours says whether a name is that of a message of the update.
func ReadLog(r io.Reader, ours func(name string) bool) (*Log, error) {
	b := bufio.NewReaderSize(r, maxLogLine)
	head, err := b.Peek(maxLogLine)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "the log cannot be read")
	}
	line, _, _ := strings.Cut(string(head), "\n")
	if sep, cols, ok := header(line); ok {
		return readTable(b, sep, cols, ours)
	}
	return readLines(b, ours)
}

// columns are where a table says what, counted from 0; -1 for nowhere.
type columns struct{ id, status int }

var idHeaders = []string{"message-id", "message id", "messageid", "message_id", "id", "sid", "custom id", "smtp-id"}
var statusHeaders = []string{"status", "event", "state", "result", "delivery status"}

func header(line string) (sep rune, c columns, ok bool) {
	for _, sep := range []rune{',', ';', '\t'} {
		c := columns{-1, -1}
		for i, h := range strings.Split(strings.TrimPrefix(line, "\ufeff"), string(sep)) {
			h = strings.ToLower(strings.Trim(strings.TrimSpace(h), `"`))
			for _, known := range idHeaders {
				if h == known && c.id < 0 {
					c.id = i
				}
			}
			for _, known := range statusHeaders {
				if h == known && c.status < 0 {
					c.status = i
				}
			}
		}
		if c.id >= 0 && c.status >= 0 {
			return sep, c, true
		}
	}
	return 0, columns{}, false
}

func newLog() *Log { return &Log{Fates: map[string]Fate{}} }

func (l *Log) note(name string, f Fate, ours func(string) bool) {
	if name = strings.ToLower(name); !ours(name) {
		l.Others++
		return
	}
	if was, seen := l.Fates[name]; !seen || f > was {
		l.Fates[name] = f
	}
}

func readTable(r io.Reader, sep rune, c columns, ours func(string) bool) (*Log, error) {
	t := csv.NewReader(r)
	t.Comma, t.FieldsPerRecord, t.LazyQuotes, t.ReuseRecord = sep, -1, true, true
	l := newLog()
	for {
		row, err := t.Read()
		switch {
		case errors.Is(err, io.EOF):
			return l, nil
		case err != nil:
			return nil, vedette.Wrap(err, vedette.CodeInvalid, "the log is no table after its line %d", l.Lines)
		case l.Lines >= maxLogLines:
			return nil, tooLong()
		}
		if l.Lines++; l.Lines == 1 || c.id >= len(row) {
			continue
		}
		fate := FateSeen
		if c.status < len(row) {
			fate = fateOf(row[c.status])
		}
		if name := identity.FindString(strings.ToLower(row[c.id])); name != "" {
			l.note(name, fate, ours)
		} else {
			l.Others++
		}
	}
}

func tooLong() error {
	return vedette.Errorf(vedette.CodeInvalid, "the log has more than %d lines; cut it to the time of the update", maxLogLines)
}

// fates are the words of providers for what became of a message, the first
// that is found counts: "not delivered" is no delivery.
var fates = []struct {
	fate  Fate
	words []string
}{
	{FateFailed, []string{"bounce", "undeliver", "not deliver", "fail", "reject", "expired", "dropped", "blocked", "invalid", "spam"}},
	{FateDeferred, []string{"defer", "queued", "delayed", "retry"}},
	{FateAccepted, []string{"deliver", "sent", "accept", "open", "click", "read", "250"}},
}

func fateOf(words string) Fate {
	words = strings.ToLower(words)
	for _, f := range fates {
		for _, w := range f.words {
			if strings.Contains(words, w) {
				return f.fate
			}
		}
	}
	return FateSeen
}

var status = regexp.MustCompile(`(?i)\bstatus=(\w+)`)

func readLines(r *bufio.Reader, ours func(string) bool) (*Log, error) {
	l, at := newLog(), map[string]string{} // queue number → our name
	for {
		raw, err := r.ReadSlice('\n')
		for errors.Is(err, bufio.ErrBufferFull) { // the rest of a line as long as that says nothing
			_, err = r.ReadSlice('\n')
		}
		if len(raw) > 0 {
			if l.Lines++; l.Lines > maxLogLines {
				return nil, tooLong()
			}
			l.line(string(raw), at, ours)
		}
		switch {
		case errors.Is(err, io.EOF):
			return l, nil
		case err != nil:
			return nil, vedette.Wrap(err, vedette.CodeInvalid, "the log cannot be read after line %d", l.Lines)
		}
	}
}

func (l *Log) line(s string, at map[string]string, ours func(string) bool) {
	number := ""
	if m := queued.FindStringSubmatch(s); m != nil {
		number = m[1]
	}
	name := ""
	if m := messageID.FindStringSubmatch(s); m != nil {
		if name = identity.FindString(strings.ToLower(m[1])); name == "" {
			l.Others++
			return
		}
		if number != "" && ours(name) {
			at[number] = name
		}
	} else if name = at[number]; name == "" {
		if name = identity.FindString(strings.ToLower(s)); name == "" || !ours(name) {
			return
		}
	}
	fate := FateSeen
	if m := status.FindStringSubmatch(s); m != nil {
		fate = fateOf(m[1])
	}
	l.note(name, fate, ours)
}
