package app

import (
	"context"
	"os"
	"strings"
	"time"

	"vedette"
	"vedette/deliver/inbox"
)

// BounceConfig says where the mails arrive that come back.
type BounceConfig struct {
	Box          string // a Maildir, or imaps://user@host/INBOX; "" for none
	Password     string // of the latter
	PasswordFile string // that it stands in, instead
}

// How long is waited before a mailbox is tried again that could not be read, and
// after how long the desk is asked to see to it.
const (
	inboxFirst = time.Second
	inboxMost  = 5 * time.Minute
	inboxShut  = 15 * time.Minute
)

// reader gives what reads the mails that come back until its ctx ends, nil for
// nothing.
func (c BounceConfig) reader(a *App) (func(context.Context), error) {
	if !inbox.IsURL(c.Box) {
		if c.Box == "" {
			return nil, nil
		}
		return func(ctx context.Context) { a.bounces(ctx, c.Box) }, checkMaildir(c.Box)
	}
	password, err := c.password()
	if err != nil {
		return nil, err
	}
	of, err := inbox.Parse(c.Box, password)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) { a.readInbox(ctx, inbox.New(*of), of.String()) }, nil
}

func (c BounceConfig) password() (string, error) {
	if c.PasswordFile == "" {
		return c.Password, nil
	}
	if c.Password != "" {
		return "", vedette.Errorf(vedette.CodeInvalid, "the password of the mailbox is given twice: take VEDETTE_BOUNCES_PASSWORD or --bounces-password-file away")
	}
	text, err := os.ReadFile(c.PasswordFile)
	return strings.TrimRight(string(text), "\r\n"), vedette.Wrap(err, vedette.CodeInvalid, "the password of the mailbox cannot be read")
}

// readInbox reads a mailbox until ctx ends; what fails is tried again, after
// growing waits. Answers arrive there, so that nobody reads it is no secret of the
// log.
func (a *App) readInbox(ctx context.Context, box *inbox.Box, name string) {
	var since time.Time
	ear := inbox.Ear{Take: a.cameBack, Left: a.leftIn(name), Tidy: a.tidy(name)}
	for wait := inboxFirst; ; {
		good, err := box.Read(ctx, ear)
		if ctx.Err() != nil {
			return
		}
		if good || since.IsZero() {
			wait, since = inboxFirst, a.Now()
		}
		a.askMailbox(ctx, name, since)
		a.Log.Error("mails that came back cannot be read, trying again", "box", name, "in", wait, "err", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		wait = min(2*wait, inboxMost)
	}
}

// askMailbox asks the desk to see to a mailbox with which something is wrong for
// long.
func (a *App) askMailbox(ctx context.Context, name string, since time.Time) {
	if a.Now().Sub(since) < inboxShut {
		return
	}
	if err := a.Desk.AskMailbox(ctx, name); err != nil {
		a.Log.Error("the desk could not be asked to see to the mailbox", "box", name, "err", err)
	}
}

// tidy hears whether what was read could be moved away: where it stays it is
// logged once, and is a task after a while.
func (a *App) tidy(name string) func(context.Context, error) {
	var since time.Time
	return func(ctx context.Context, err error) {
		if err == nil {
			since = time.Time{}
			return
		}
		if since.IsZero() {
			since = a.Now()
			a.Log.Error("mails that came back are read, and cannot be moved away", "box", name, "err", err)
		}
		a.askMailbox(ctx, name, since)
	}
}

// maxLeft bounds how many mails of a box the desk is asked about by name.
const maxLeft = 20

// leftIn hears of mails that cannot be taken, each once: a call for help may be in
// each, but in a report that is early.
func (a *App) leftIn(box string) func(context.Context, string, error) {
	n := 0
	return func(ctx context.Context, mail string, err error) {
		a.Log.Error("a mail that came back cannot be taken; it stays, and is tried again", "box", box, "mail", mail, "err", err)
		if vedette.ErrorCode(err) == vedette.CodeConflict {
			return
		}
		if n++; n > maxLeft+1 {
			return
		}
		if n > maxLeft {
			mail = "many more"
		}
		if err := a.Desk.AskMail(ctx, mail, box); err != nil {
			a.Log.Error("the desk could not be asked to read the mail", "box", box, "mail", mail, "err", err)
		}
	}
}
