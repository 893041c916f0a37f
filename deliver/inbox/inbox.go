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
	"slices"
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

// Take takes a mail; name says which in a log. An error leaves it in the box,
// and ends the reading.
type Take func(ctx context.Context, name string, raw []byte) error

// Box is a mailbox and what is known of it.
type Box struct {
	c    Config
	of   uint32            // UIDVALIDITY that the numbers are of
	took map[imap.UID]bool // mails that were taken, and could not be moved away yet
}

// New makes a box of a configuration that Parse has read.
func New(c Config) *Box {
	if c.Timeout <= 0 {
		c.Timeout = 2 * time.Minute
	}
	if c.Look <= 0 {
		c.Look = 30 * time.Second
	}
	return &Box{c: c, took: map[imap.UID]bool{}}
}

// Read signs in and hands over what is in the box, then what arrives, until ctx
// ends or something fails; good says whether it could read the box. What was
// being taken is finished and moved when ctx ends.
func (b *Box) Read(ctx context.Context, take Take) (good bool, err error) {
	l, err := b.open(ctx)
	if err != nil {
		return false, err
	}
	defer l.end()
	for {
		all, err := b.turn(ctx, l, take)
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
// all. A mail that cannot be moved keeps none from being read.
func (b *Box) turn(ctx context.Context, l *line, take Take) (all bool, err error) {
	uids, all, err := b.waiting(l)
	if err != nil {
		return false, err
	}
	var unmoved error
	for _, uid := range uids {
		if ctx.Err() != nil {
			return false, nil
		}
		if !b.took[uid] {
			raw, there, err := l.fetch(uid)
			if err != nil {
				return false, err
			}
			if !there {
				continue // another process has moved it
			}
			if err := take(ctx, b.c.Folder+"/"+strconv.FormatUint(uint64(uid), 10), raw); err != nil {
				return false, err
			}
			b.took[uid] = true
		}
		if err := l.move(uid, b.c.Read); err != nil {
			unmoved = err
			continue
		}
		delete(b.took, uid)
	}
	return all, unmoved
}

// waiting lists what is in the box. What is marked as deleted was read, by a
// server that could not move it. Of numbers that mean other mails now nothing is
// remembered.
func (b *Box) waiting(l *line) (uids []imap.UID, all bool, err error) {
	if b.of != l.validity {
		b.of, b.took = l.validity, map[imap.UID]bool{}
	}
	set, err := l.search()
	if err != nil {
		return nil, false, err
	}
	var again []imap.UID // were taken, and are only to be moved: they leave others their room
	for _, r := range set {
		for uid := r.Start; uid <= r.Stop && uid != 0 && len(uids) < maxTurn; uid++ { // a server may say 1:4294967295
			switch {
			case !b.took[uid]:
				uids = append(uids, uid)
			case len(again) < maxTurn:
				again = append(again, uid)
			}
		}
	}
	all = len(uids) < maxTurn
	uids = append(uids, again...)
	slices.Sort(uids)
	return uids, all, nil
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
