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
	"maps"
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

// Box is a mailbox and what is known of it.
type Box struct {
	c     Config
	of    uint32 // UIDVALIDITY that the numbers are of
	known map[imap.UID]*known
}

// known is what is known of a mail that is still in the box.
type known struct {
	took   bool // and could not be moved away yet
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
	uids, all, err := b.waiting(l)
	if err != nil {
		return false, err
	}
	untidy := l.folder()
	for _, uid := range uids {
		if ctx.Err() != nil {
			return false, nil
		}
		k := b.known[uid]
		if k == nil {
			k = &known{}
			b.known[uid] = k
		}
		if !k.took {
			if err := b.hand(ctx, l, uid, k, e); err != nil {
				return false, err
			}
		}
		if !k.took || l.noFolder != nil {
			continue
		}
		if err := l.move(uid, b.c.Read); err != nil {
			untidy = err
			continue
		}
		delete(b.known, uid)
	}
	if ctx.Err() == nil {
		e.Tidy(ctx, untidy)
	}
	return all, nil
}

// hand fetches a mail and hands it over. Only what ends the reading is an error.
func (b *Box) hand(ctx context.Context, l *line, uid imap.UID, k *known, e *Ear) error {
	name := b.c.Folder + "/" + strconv.FormatUint(uint64(uid), 10)
	raw, there, err := l.fetch(uid)
	if err == nil && !there && !k.missed {
		k.missed = true
		return nil // another process has moved it; if not, it is listed again
	}
	if err == nil && len(raw) == 0 {
		err = vedette.Errorf(vedette.CodeInvalid, "the mailbox of %s lists a mail and does not give it", b.c.String())
	}
	if err == nil {
		err = e.Take(ctx, name, raw)
	}
	switch {
	case err == nil:
		k.took = true
	case vedette.ErrorCode(err) == vedette.CodeUnavailable:
		k.fails++
		return err
	case !k.told:
		k.told = true
		e.Left(ctx, name, err)
	}
	return nil
}

// waiting lists what is in the box. What is marked as deleted was read, by a
// server that could not move it. Of numbers that mean other mails now, and of
// mails that have gone, nothing is remembered.
func (b *Box) waiting(l *line) (uids []imap.UID, all bool, err error) {
	if b.of != l.validity {
		b.of, b.known = l.validity, map[imap.UID]*known{}
	}
	set, err := l.search()
	if err != nil {
		return nil, false, err
	}
	maps.DeleteFunc(b.known, func(uid imap.UID, _ *known) bool { return !set.Contains(uid) })
	var again []imap.UID // were taken or left before: they leave others their room
	for _, r := range set {
		for uid := r.Start; uid <= r.Stop && uid != 0 && len(uids) < maxTurn; uid++ { // a server may say 1:4294967295
			switch k := b.known[uid]; {
			case k == nil || !k.took && !k.told && !k.missed && k.fails < lastAfter:
				uids = append(uids, uid)
			case len(again) < maxTurn:
				again = append(again, uid)
			}
		}
	}
	all = len(uids) < maxTurn
	slices.Sort(uids)
	slices.Sort(again)
	return append(uids, again...), all, nil
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
