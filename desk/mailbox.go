package desk

import (
	"context"

	"vedette"
	"vedette/auth/rights"
)

// AskMailbox asks the desk to see to a mailbox that cannot be read: what comes back
// and what people answer by mail waits there unheard.
func (d *Desk) AskMailbox(ctx context.Context, name string) error {
	if err := d.asks(&ctx, rights.RunHouse); err != nil {
		return err
	}
	return d.bid(ctx, vedette.TaskMailbox, "Mend the mailbox of "+name+": for a quarter of an hour and more it could not be read, or not tidied, so people's answers by mail may be in it unheard; the log of serve says why")
}

// AskMail asks the desk to read a mail by hand that could not be taken: somebody
// may call for help in it.
func (d *Desk) AskMail(ctx context.Context, mail, box string) error {
	if err := d.asks(&ctx, rights.RunHouse); err != nil {
		return err
	}
	return d.bid(ctx, vedette.TaskMailbox, "Read mail "+mail+" in the mailbox of "+box+": it could not be taken, and somebody may call for help in it; the log of serve says why")
}
