// Package inbox reads a mailbox over IMAP. Every mail in it is handed over, and
// moved to another folder once it was taken: what is in the box is what nobody
// has read yet, whatever its flags say, for people look into it, too. A process
// that dies between the two leaves the mail, and it is handed over again. The
// server is taken for hostile: what it sends is bounded, and so is its time.
package inbox

import (
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"

	"vedette"
	"vedette/deliver"
)

// MaxMail bounds what is fetched of a mail, in bytes; of one that is longer
// comes one byte more, so that whoever takes it can tell.
const MaxMail = 4 << 20

// The bounds of what a server may answer to one command besides, in bytes, and
// how many mails are read between two looks.
const (
	maxAnswer = 1 << 20
	maxTurn   = 500
)

// Ear is who hears of a box.
type Ear struct {
	// Take takes a mail; name says which in a log. An error leaves it in the box, to
	// be handed over again. One that is CodeUnavailable is of whoever takes rather
	// than of the mail, and ends the reading.
	Take func(ctx context.Context, name string, raw []byte) error
	// Left is told of a mail that stays for its own sake, once.
	Left func(ctx context.Context, name string, err error)
	// Tidy is told after each look whether what was taken could be moved away.
	Tidy func(ctx context.Context, err error)
}

// Box is a mailbox and what is known of it: how far it was looked through, and of
// single mails only of those that stay.
type Box struct {
	c     Config
	of    uint32 // UIDVALIDITY that the numbers are of
	next  uint64 // the first number that was never listed
	swept uint64 // where the second look at what was listed goes on
	known map[imap.UID]*known
	took  imap.UIDSet // were taken and could not be moved away at once
	stuck error       // why what was taken could not be moved, in this round of second looks or the one before
	again error       // in this round
}

// known is what is known of a mail that is still in the box.
type known struct {
	told   bool // that it stays
	missed bool // it was listed, and not there
	fails  int  // for a cause that may be another's
}

// lastAfter is how often a mail may fail for what may be another's cause, before it
// waits behind all others.
const lastAfter = 3

// New makes a box of a configuration that Parse has read.
func New(c Config) *Box {
	if c.Timeout <= 0 {
		c.Timeout = 2 * time.Minute
	}
	if c.Look <= 0 {
		c.Look = 30 * time.Second
	}
	if c.Window <= 0 {
		c.Window = maxWindow
	}
	return &Box{c: c, known: map[imap.UID]*known{}}
}

// Read signs in and hands over what is in the box, then what arrives, until ctx
// ends or something fails; good says whether it could read the box. What was
// being taken is finished and moved when ctx ends.
func (b *Box) Read(ctx context.Context, e Ear) (good bool, err error) {
	l, err := b.open(ctx)
	if err != nil {
		return false, err
	}
	defer l.end()
	for {
		all, err := b.turn(ctx, l, &e)
		if err != nil || ctx.Err() != nil {
			return good, err
		}
		good = true
		if !all {
			continue
		}
		if err := l.wait(ctx, b.c.Look); err != nil || ctx.Err() != nil {
			return good, err
		}
	}
}

// turn takes what is in the box now, the oldest first; all says whether that was
// all. A mail that cannot be taken or moved keeps none from being read.
func (b *Box) turn(ctx context.Context, l *line, e *Ear) (all bool, err error) {
	x, err := b.look(ctx, l)
	if err != nil {
		return false, err
	}
	untidy := l.folder()
	for _, uid := range x.fresh {
		if b.next = uint64(uid); ctx.Err() != nil {
			return false, nil
		}
		if err := b.one(ctx, l, uid, e); err != nil {
			return false, err
		}
	}
	b.next = x.next
	for _, uid := range x.again {
		if ctx.Err() != nil {
			return false, nil
		}
		if err := b.one(ctx, l, uid, e); err != nil {
			return false, err
		}
	}
	if b.swept = x.swept; x.round {
		b.stuck, b.again = b.again, nil
	}
	if untidy == nil {
		untidy = b.stuck
	}
	if ctx.Err() == nil {
		e.Tidy(ctx, untidy)
	}
	return x.all, nil
}

// one hands a mail over, unless that was done, and moves it away.
func (b *Box) one(ctx context.Context, l *line, uid imap.UID, e *Ear) error {
	if !b.took.Contains(uid) {
		took, err := b.hand(ctx, l, uid, e)
		if err != nil || !took {
			return err
		}
		delete(b.known, uid)
	}
	if l.noFolder == nil {
		err := l.move(uid, b.c.Read)
		if err == nil {
			return nil
		}
		b.stuck, b.again = err, err
	}
	if !b.took.Contains(uid) {
		b.took.AddNum(uid)
	}
	return nil
}

// hand fetches a mail and hands it over; took says whether it was taken. Only what
// ends the reading is an error.
func (b *Box) hand(ctx context.Context, l *line, uid imap.UID, e *Ear) (took bool, err error) {
	k := b.known[uid]
	if k == nil {
		k = &known{}
	}
	name := b.c.Folder + "/" + strconv.FormatUint(uint64(uid), 10)
	raw, there, err := l.fetch(uid)
	if err == nil && !there && !k.missed {
		k.missed = true
		b.known[uid] = k
		return false, nil // another process has moved it; if not, it is listed again
	}
	if err == nil && len(raw) == 0 {
		err = vedette.Errorf(vedette.CodeInvalid, "the mailbox of %s lists a mail and does not give it", b.c.String())
	}
	if err == nil {
		err = e.Take(ctx, name, raw)
	}
	if err == nil {
		return true, nil
	}
	b.known[uid] = k
	if vedette.ErrorCode(err) == vedette.CodeUnavailable {
		k.fails++
		return false, err
	}
	if !k.told {
		k.told = true
		e.Left(ctx, name, err)
	}
	return false, nil
}

// refused says whether the server answered, and said no.
func refused(err error) bool {
	var said *imap.Error
	return errors.As(err, &said)
}

// fail says what went wrong with the mailbox, in one line; the server's own
// words are cleaned.
func (b *Box) fail(err error, what string, args ...any) error {
	if err == nil {
		return nil
	}
	var said *imap.Error
	if errors.As(err, &said) {
		text := deliver.Clean(strings.ToValidUTF8(said.Text, ""))
		err = errors.New("the server says: " + text[:min(len(text), 200)])
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("the connection was lost, or its time was over")
	}
	return vedette.Wrap(err, vedette.CodeUnavailable, "the mailbox of "+b.c.String()+": "+what, args...)
}
