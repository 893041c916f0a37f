package desk

import (
	"context"
	"strings"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver"
	"vedette/tell/record"
)

// ReplyPage is what a reply page may show: only what is needed to answer.
type ReplyPage struct {
	Org      string // "" for whoever is told discreetly; so is the headline
	Language string // BCP 47, of whoever was told
	Status   vedette.Status
	Headline string
	IssuedAt time.Time // when it was published
	Stopped  bool
	Discreet bool
	Call     *CallPage         // their call for help that is not closed, nil for none
	Devices  []vedette.Address // of theirs, that show what they are told; of those nothing but slot and time is for a page
	Mine     string            // the end of a link to their own page; "" where the link is too old to lead there
	PushKey  string            // what a browser subscribes to; "" where the link adds no device
	link     auth.Link
	update   *vedette.Update
	readable bool // their record is there, and can be opened
}

// OpenReply reads a reply link. It changes nothing: a link scanner that
// follows it has answered for nobody. Altered links are CodeForbidden, old
// ones CodeExpired.
func (d *Desk) OpenReply(ctx context.Context, token string) (*ReplyPage, error) {
	inside(&ctx)
	l, err := d.Key.OpenLink(token, d.Now())
	if err != nil {
		return nil, err
	}
	if l.Org != d.Org.Key {
		return nil, vedette.Errorf(vedette.CodeForbidden, "this link is not for this organisation")
	}
	u, err := d.rows.Update(ctx, l.Update)
	if err != nil {
		return nil, gone(err)
	}
	if err := d.sent(ctx, u, l); err != nil {
		return nil, err
	}
	if shut, err := d.rows.IsShut(ctx, l.Recipient); err != nil {
		return nil, err
	} else if shut {
		return &ReplyPage{link: l, update: u}, noLonger()
	}
	pg := &ReplyPage{Org: d.OrgName(), Status: u.Status, Headline: u.Content.Headline, IssuedAt: u.PublishedAt,
		Stopped: u.State == vedette.UpdateStopped, link: l, update: u}
	if err := d.wishes(ctx, pg); err != nil {
		return nil, err
	}
	if pg.Call, err = d.callPage(ctx, l.Recipient); err != nil {
		return nil, err
	}
	// It is made when the message was, so that an old one that was passed on gives no
	// fresh link to what says more than it does.
	if made := l.Expires.Add(-LinkLife); pg.readable && d.Now().Before(made.Add(DevicesWithin)) {
		pg.Mine, err = d.pageLink(ctx, l.Recipient, made)
	}
	return pg, err
}

// sent says whether a link was ever sent: it names a delivery or, with address
// 0, is of a letter about the call that answered the update.
func (d *Desk) sent(ctx context.Context, u *vedette.Update, l auth.Link) error {
	if l.Address != 0 {
		_, ok, err := d.rows.Delivery(ctx, u.Key, l.Recipient, l.Address)
		if err != nil || !ok {
			return gone(err)
		}
		return nil
	}
	rounds, err := d.rows.Rounds(ctx, u.Key, l.Recipient)
	if err != nil || len(rounds) == 0 {
		return gone(err)
	}
	return nil
}

// wishes makes the page speak as whoever was told wishes. A record that cannot
// be opened keeps nobody from answering.
func (d *Desk) wishes(ctx context.Context, pg *ReplyPage) error {
	sp, err := d.rows.PersonByKey(ctx, pg.link.Recipient)
	if err != nil {
		return gone(err)
	}
	rec, err := d.Key.OpenRecord(sp.ID, sp.WrappedKey, sp.Record)
	if err != nil || sp.Erased {
		return nil
	}
	pg.readable = !sp.Retired
	if pg.Devices = rec.Devices(); d.mayAdd(pg.link) {
		pg.PushKey = d.PushKey
	}
	if pg.Language, err = d.language(ctx, rec); err != nil {
		return err
	}
	if rec.Discreet, err = d.discreet(ctx, pg.link.Recipient, rec); err != nil {
		return err
	}
	pg.Discreet = rec.Discreet
	if pg.update.Drill != nil {
		pg.Headline = deliver.DrillHeadline(pg.Language)
		if rec.Discreet {
			pg.Org = ""
		}
		return nil
	}
	if rec.Discreet {
		pg.Org, pg.Headline = "", ""
	}
	return nil
}

// language is that in which somebody is told now.
func (d *Desk) language(ctx context.Context, rec *vedette.PersonRecord) (string, error) {
	set, err := d.rows.Settings(ctx)
	return deliver.Language(&set, rec.Language), err
}

// discreet says whether somebody is told discreetly: by their record, or for where
// they are now.
func (d *Desk) discreet(ctx context.Context, person int64, rec *vedette.PersonRecord) (bool, error) {
	there, err := record.DiscreetThere(ctx, d.rows, d.Gaz, d.Now(), person)
	return rec.Discreet || there[person], err
}

// gone keeps a page from telling what exists: what a good link names but the
// ledger does not hold is a link that is no longer known.
func gone(err error) error {
	if err != nil && vedette.ErrorCode(err) != vedette.CodeNotFound {
		return err
	}
	return noLonger()
}

// noLonger says that a link is dead, and nothing of why.
func noLonger() error {
	return vedette.Errorf(vedette.CodeForbidden, "this link is no longer valid")
}

// Answer records what a person answered by a reply link. By a link of somebody
// who is compromised it is kept too, untrusted, and the page says only that the
// link is no longer valid.
func (d *Desk) Answer(ctx context.Context, token string, kind vedette.ReplyKind, text string) (*ReplyPage, error) {
	inside(&ctx)
	pg, err := d.OpenReply(ctx, token)
	if err != nil && pg != nil {
		if kept := d.answer(ctx, pg.update, pg.link.Recipient, pg.link.Address, kind, text); kept != nil {
			return nil, kept
		}
	}
	if err != nil {
		return nil, err
	}
	if err := d.answer(ctx, pg.update, pg.link.Recipient, pg.link.Address, kind, text); err != nil {
		return nil, err
	}
	pg.Call, err = d.callPage(ctx, pg.link.Recipient)
	return pg, err
}

// answer records what a person answered to an update on a page.
func (d *Desk) answer(ctx context.Context, u *vedette.Update, person int64, address int, kind vedette.ReplyKind, text string) error {
	return d.answerBy(ctx, vedette.WayPage, u, person, address, kind, text)
}

// answerBy records what a person answered to an update, by whatever way. What
// comes from whoever is compromised, or is made to answer, corrects nothing.
func (d *Desk) answerBy(ctx context.Context, way vedette.Way, u *vedette.Update, person int64, address int, kind vedette.ReplyKind, text string) error {
	now := d.Now()
	r := vedette.Reply{ID: vedette.NewID(now), Update: u.Key, Recipient: person, Kind: kind, Text: strings.TrimSpace(text), At: now, Way: way}
	return d.keepAnswer(ctx, u, r, func(r vedette.Reply, sealed []byte) (bool, error) {
		return true, d.rows.Reply(ctx, r, address, sealed)
	})
}

// keepAnswer keeps an answer by the store's act for it, which says whether it counts, and
// does what follows of it.
func (d *Desk) keepAnswer(ctx context.Context, u *vedette.Update, r vedette.Reply, keep func(vedette.Reply, []byte) (bool, error)) error {
	if err := r.Validate(); err != nil {
		return err
	}
	sealed, err := d.sealedFor(ctx, r.Recipient, replyLabel, r.Text)
	lost := vedette.ErrorCode(err) == vedette.CodeWrongKey // the answer counts without its words
	if err != nil && !lost {
		return gone(err)
	}
	if is, err := d.duress(ctx, r.Recipient, r.Text); err != nil {
		return gone(err)
	} else if is {
		r.Belief = vedette.UnderDuress
	}
	if counts, err := keep(r, sealed); err != nil || !counts || r.Belief != "" || r.Kind != vedette.ReplyNotThere && !lost {
		return err
	}
	if shut, err := d.rows.IsShut(ctx, r.Recipient); err != nil || shut {
		return err
	}
	if lost {
		if err := d.lostWords(ctx, r.Recipient); err != nil || r.Kind != vedette.ReplyNotThere {
			return err
		}
	}
	return d.notThere(ctx, u, r.Recipient, r.At)
}

// lostWords asks the desk to ring somebody whose words could not be kept.
func (d *Desk) lostWords(ctx context.Context, person int64) error {
	sp, err := d.rows.PersonByKey(ctx, person)
	if err != nil {
		return err
	}
	return d.bid(ctx, vedette.TaskUnread, "Ring person "+string(sp.ID)+": they answered, and their words could not be kept, for their record cannot be opened with this installation key; import them anew")
}

// replyLabel seals what people answer.
const replyLabel = "reply"

// sealedFor seals words under a person's key; no words are nil. Of somebody
// erased none are kept.
func (d *Desk) sealedFor(ctx context.Context, person int64, label, words string) ([]byte, error) {
	if words == "" {
		return nil, nil
	}
	sp, err := d.rows.PersonByKey(ctx, person)
	if err != nil || sp.Erased {
		return nil, err
	}
	pk, err := d.Key.Unwrap(sp.ID, sp.WrappedKey)
	if err != nil {
		return nil, err
	}
	return pk.Seal(label, []byte(words)), nil
}

// MarkSeen records that a person pressed "I have read this".
func (d *Desk) MarkSeen(ctx context.Context, token string) (*ReplyPage, error) {
	inside(&ctx)
	pg, err := d.OpenReply(ctx, token)
	if err != nil {
		return nil, err
	}
	if pg.link.Address == 0 { // of a letter, which is in another ledger
		return pg, nil
	}
	return pg, d.rows.Seen(ctx, pg.update.Key, pg.link.Recipient, pg.link.Address, d.Now())
}
