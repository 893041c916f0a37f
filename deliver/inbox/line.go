package inbox

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"sync/atomic"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"

	"vedette"
)

// line is a connection with the box selected.
type line struct {
	b        *Box
	c        *imapclient.Client
	conn     *meter
	news     chan struct{} // something is new in the box
	validity uint32
	uidNext  imap.UID    // no mail had this number when the server said so last, nor a greater one; 0 where it never did
	size     *uint32     // how many mails were in the box then
	noFolder error       // why what was read cannot be moved, nil where it can
	hangUp   func() bool // takes the watch for the end of ctx back
}

// meter is a connection that gives up where the other side says more than was
// asked for.
type meter struct {
	net.Conn
	left atomic.Int64
}

var errTooMuch = errors.New("the mail server sends far more than it was asked for")

func (m *meter) Read(p []byte) (int, error) {
	if m.left.Load() <= 0 {
		return 0, errTooMuch
	}
	n, err := m.Conn.Read(p)
	m.left.Add(-int64(n))
	return n, err
}

// open connects, signs in and selects the box. When ctx ends it hangs up, but
// for what is being done then: see end.
func (b *Box) open(ctx context.Context) (*line, error) {
	d := net.Dialer{Timeout: 30 * time.Second}
	raw, err := d.DialContext(ctx, "tcp", b.c.Addr)
	if err != nil {
		return nil, b.fail(err, "it cannot be reached")
	}
	l := &line{b: b, conn: &meter{Conn: raw}, news: make(chan struct{}, 1)}
	l.hangUp = context.AfterFunc(ctx, func() {
		time.AfterFunc(5*time.Second, func() { raw.Close() }) // a step that is under way may end
	})
	if err := l.step(maxAnswer, l.sign); err != nil {
		l.end()
		return nil, b.fail(err, "signing in failed; see that user, password and certificate are right")
	}
	err = l.step(maxAnswer, func() error {
		sel, err := l.c.Select(b.c.Folder, nil).Wait()
		if err == nil {
			l.validity, l.uidNext, l.size = sel.UIDValidity, sel.UIDNext, &sel.NumMessages
		}
		return err
	})
	if err != nil {
		l.end()
		return nil, b.fail(err, "its folder cannot be used; %q must be there", b.c.Folder)
	}
	l.noFolder = errUnmade
	return l, nil
}

var errUnmade = errors.New("not made yet")

// folder makes where mails are moved to, unless it is there. Without it they are
// read all the same.
func (l *line) folder() error {
	if l.noFolder != nil {
		err := l.step(maxAnswer, l.makeFolder)
		l.noFolder = l.b.fail(err, "the folder %q cannot be made, so what was read stays and is read again after a restart; make it by hand, or name another with ?read=FOLDER", l.b.c.Read)
	}
	return l.noFolder
}

// step does one thing under the bounds of time and size.
func (l *line) step(size int64, do func() error) error {
	l.conn.left.Store(size)
	t := time.AfterFunc(l.b.c.Timeout, func() { l.conn.Close() })
	defer t.Stop()
	return do()
}

// sign greets, protects the connection and signs in.
func (l *line) sign() (err error) {
	o := &imapclient.Options{TLSConfig: l.b.c.tls(), UnilateralDataHandler: &imapclient.UnilateralDataHandler{
		Mailbox: func(*imapclient.UnilateralDataMailbox) {
			select {
			case l.news <- struct{}{}:
			default:
			}
		},
	}}
	switch l.b.c.TLS {
	case TLSStart:
		if l.c, err = imapclient.NewStartTLS(l.conn, o); err != nil {
			return err
		}
	case TLSImplicit:
		l.c = imapclient.New(tls.Client(l.conn, l.b.c.tls()), o)
	default:
		l.c = imapclient.New(l.conn, o)
	}
	if err := l.c.WaitGreeting(); err != nil {
		return err
	}
	if l.c.Caps().Has(imap.AuthCap("PLAIN")) {
		return l.c.Authenticate(sasl.NewPlainClient("", l.b.c.User, l.b.c.Password))
	}
	return l.c.Login(l.b.c.User, l.b.c.Password).Wait()
}

// makeFolder makes where mails are moved to, unless it is there.
func (l *line) makeFolder() error {
	if _, err := l.c.Status(l.b.c.Read, &imap.StatusOptions{UIDNext: true}).Wait(); err == nil {
		return nil
	}
	return l.c.Create(l.b.c.Read, nil).Wait()
}

// ends gives numbers before which and after which there was no mail when the server
// was asked; last is 0 where it does not say.
func (l *line) ends() (first, last uint64, err error) {
	err = l.step(maxAnswer, func() error {
		st, err := l.c.Status(l.b.c.Folder, &imap.StatusOptions{UIDNext: true, NumMessages: true}).Wait()
		if err == nil {
			l.size, l.uidNext = st.NumMessages, max(l.uidNext, st.UIDNext)
		} else if refused(err) {
			err = nil // what it said when the box was opened does as well: what came since is looked for, too
		}
		return err
	})
	if last = uint64(l.uidNext); last > 0 {
		last--
	}
	if err != nil || last <= uint64(l.b.c.Window) || l.size == nil || *l.size == 0 {
		return 1, last, l.b.fail(err, "what is in it cannot be listed")
	}
	first, err = l.first()
	return first, last, l.b.fail(err, "what is in it cannot be listed")
}

// first gives the number of the first mail in the box, where the server says so.
func (l *line) first() (first uint64, err error) {
	first = 1
	err = l.step(maxAnswer, func() error {
		got, err := l.c.Fetch(imap.SeqSetNum(1), &imap.FetchOptions{UID: true}).Collect()
		for _, m := range got {
			if m.SeqNum == 1 {
				first = max(first, uint64(m.UID))
			}
		}
		if refused(err) {
			err = nil
		}
		return err
	})
	return first, err
}

// search lists the mails from one number to another, 0 for all that follow, that are
// not marked as deleted: those were read, by a server that could not move them.
func (l *line) search(from, to uint64) (set imap.UIDSet, err error) {
	var window imap.UIDSet
	window.AddRange(imap.UID(from), imap.UID(to))
	err = l.step(maxAnswer, func() error {
		found, err := l.c.UIDSearch(&imap.SearchCriteria{UID: []imap.UIDSet{window}, NotFlag: []imap.Flag{imap.FlagDeleted}}, nil).Wait()
		if err == nil {
			set, _ = found.All.(imap.UIDSet)
		}
		return err
	})
	return set, l.b.fail(err, "what is in it cannot be listed")
}

// fetch gives a mail, at most MaxMail and a byte of it, and leaves its flags
// alone; there is false of one that is not there. Where the server refuses that
// mail it is CodeInvalid.
func (l *line) fetch(uid imap.UID) (raw []byte, there bool, err error) {
	err = l.step(MaxMail+maxAnswer, func() error {
		cmd := l.c.Fetch(imap.UIDSetNum(uid), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{
			{Peek: true, Partial: &imap.SectionPartial{Size: MaxMail + 1}}}})
		got, err := cmd.Collect()
		for _, m := range got {
			if m.UID != uid {
				continue
			}
			there = true
			for _, part := range m.BodySection {
				raw = part.Bytes
			}
		}
		return err
	})
	if refused(err) {
		err = l.b.fail(err, "a mail cannot be fetched")
		return nil, false, vedette.Wrap(err, vedette.CodeInvalid, "the server does not give it")
	}
	return raw, there, l.b.fail(err, "a mail cannot be fetched")
}

// move puts a mail that was read into another folder. A server that cannot move
// copies it and marks it as deleted; where it cannot remove that one alone, it
// stays so marked.
func (l *line) move(uid imap.UID, to string) error {
	set := imap.UIDSetNum(uid)
	err := l.step(maxAnswer, func() error {
		caps := l.c.Caps()
		if caps.Has(imap.CapMove) {
			_, err := l.c.Move(set, to).Wait()
			return err
		}
		if _, err := l.c.Copy(set, to).Wait(); err != nil {
			return err
		}
		if err := l.c.Store(set, &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}, nil).Close(); err != nil {
			return err
		}
		if caps.Has(imap.CapUIDPlus) {
			return l.c.UIDExpunge(set).Close()
		}
		return nil
	})
	return l.b.fail(err, "a mail that was read cannot be moved to %q, so it stays and is read again after a restart", to)
}

// wait waits until something is new in the box, the next look is due, or ctx
// ends. The server says so by itself where it can.
func (l *line) wait(ctx context.Context, look time.Duration) error {
	var idle *imapclient.IdleCommand
	if l.c.Caps().Has(imap.CapIdle) {
		if err := l.step(maxAnswer, func() (err error) { idle, err = l.c.Idle(); return err }); err != nil {
			return l.b.fail(err, "it cannot be watched")
		}
	}
	t := time.NewTimer(look)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	case <-l.news:
	case <-l.c.Closed():
	}
	if idle == nil {
		return l.b.fail(l.step(maxAnswer, func() error { return l.c.Noop().Wait() }), "the connection went")
	}
	return l.b.fail(l.step(maxAnswer, func() error {
		if err := idle.Close(); err != nil {
			return err
		}
		return idle.Wait()
	}), "the connection went")
}

// end signs out, where that is quick, and hangs up.
func (l *line) end() {
	l.hangUp()
	if l.c == nil {
		l.conn.Close()
		return
	}
	t := time.AfterFunc(2*time.Second, func() { l.conn.Close() })
	defer t.Stop()
	_ = l.c.Logout().Wait() // a courtesy
	l.c.Close()
}
