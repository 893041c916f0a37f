package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"vedette"
)

// TapOrder is an answer tapped on somebody's own page.
type TapOrder struct {
	Notice vedette.ID // the update it answers
	Kind   vedette.ReplyKind
	Text   string
	Tap    string        // a UUID that the phone gave the tap, so that a repeat is known; "" for none
	Waited time.Duration // how long it waited on the phone for a line, by the phone's own measure
}

// TapMine keeps an answer tapped on somebody's own page, once, and gives the page then.
// They answer only what they were told. By the link of somebody who is compromised it is
// kept too, untrusted, and the page says only that the link is no longer valid.
func (d *Desk) TapMine(ctx context.Context, token string, o TapOrder) (*MyPage, error) {
	inside(&ctx)
	if o.Tap != "" && !vedette.ID(o.Tap).Valid() {
		return nil, vedette.Errorf(vedette.CodeInvalid, "the tap has no name that can be kept; load the page again and press the button once more")
	}
	if !o.Notice.Valid() {
		return nil, notMine()
	}
	pg, err := d.mine(ctx, token)
	if pg == nil {
		return nil, err
	}
	if kept := d.tap(ctx, pg, o); kept != nil {
		return nil, kept
	}
	if err != nil {
		return nil, err
	}
	return pg, d.fillMine(ctx, pg)
}

func notMine() error {
	return vedette.Errorf(vedette.CodeForbidden, "that is no message to you; load the page again")
}

func (d *Desk) tap(ctx context.Context, pg *MyPage, o TapOrder) error {
	u, err := d.rows.Update(ctx, o.Notice)
	if vedette.ErrorCode(err) == vedette.CodeNotFound {
		return notMine()
	}
	if err != nil {
		return err
	}
	rounds, err := d.rows.Rounds(ctx, u.Key, pg.link.Person)
	if err != nil {
		return err
	}
	if len(rounds) == 0 {
		return notMine()
	}
	now := d.Now()
	r := vedette.Reply{ID: vedette.NewID(now), Update: u.Key, Recipient: pg.link.Person, Kind: o.Kind, Text: strings.TrimSpace(o.Text), At: now, Way: vedette.WayPage,
		Tapped: vedette.TappedAt(o.Waited, rounds[0].MadeAt, now)}
	if o.Tap != "" {
		r.ID = vedette.NewIDOf(u.PublishedAt, "tap "+string(pg.id)+" "+o.Tap)
	}
	return d.keepAnswer(ctx, u, r, func(r vedette.Reply, sealed []byte) (bool, error) { return d.rows.Tap(ctx, r, sealed) })
}

// HereMine checks somebody in by their own page, as the desk does: a place by name, or
// "LAT,LON".
func (d *Desk) HereMine(ctx context.Context, token, place string) (*MyPage, error) {
	inside(&ctx)
	pg, err := d.mine(ctx, token)
	if err != nil {
		return nil, err
	}
	if !pg.rec.Checkins {
		return nil, vedette.Errorf(vedette.CodeForbidden, "you have not agreed to check-ins, so where you say you are is not kept; tell the person who looks after you if you want them")
	}
	if _, err := d.checkIn(ctx, pg.link.Person, CheckInOrder{Place: strings.TrimSpace(place)}); err != nil {
		return nil, err
	}
	return pg, d.fillMine(ctx, pg)
}

// MyWishes are what somebody sets themselves on their own page. None of it holds back a
// warning.
type MyWishes struct {
	Language         string // a tag; "" leaves it to the organisation
	QuietOf, QuietTo string // "22:00"; both "" for none
	Digest           string // "07:00", "" for never
	First            string // the channel to be told over first, "" for all at once
}

// WishMine keeps somebody's wishes.
func (d *Desk) WishMine(ctx context.Context, token string, o MyWishes) (*MyPage, error) {
	inside(&ctx)
	pg, err := d.mine(ctx, token)
	if err == nil {
		err = pg.veiledRefused()
	}
	if err != nil {
		return nil, err
	}
	w, err := o.wishes(pg.rec.Wishes)
	if err != nil {
		return nil, err
	}
	if o.Language != "" && !slices.Contains(pg.Tongues, o.Language) {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%q is none of the languages on the page", o.Language)
	}
	edit := func(p *vedette.Person) (bool, error) {
		was := p.Record.Wishes
		p.Record.Wishes = w
		spoke := speakIn(&p.Record, o.Language)
		return was != w || spoke, nil
	}
	if err := d.amend(ctx, pg.link.Person, edit, d.saveOne(ctx)); err != nil {
		return nil, err
	}
	return d.OpenMine(ctx, token)
}

// veiledRefused keeps what a page does not show from being set by it.
func (pg *MyPage) veiledRefused() error {
	if pg.Discreet {
		return vedette.Errorf(vedette.CodeForbidden, "this cannot be done by this page now; phone or write to the person who looks after you")
	}
	return nil
}

// wishes reads them; what was a longer order that begins as wished stays.
func (o *MyWishes) wishes(was vedette.Wishes) (w vedette.Wishes, err error) {
	if (o.QuietOf == "") != (o.QuietTo == "") {
		return w, vedette.Errorf(vedette.CodeInvalid, "quiet hours want both: from when, and to when")
	}
	if o.QuietOf != "" {
		if w.Quiet.From, err = clock(o.QuietOf); err != nil {
			return w, err
		}
		if w.Quiet.To, err = clock(o.QuietTo); err != nil {
			return w, err
		}
	}
	if o.Digest != "" {
		at, err := clock(o.Digest)
		if err != nil {
			return w, err
		}
		w.Digest = vedette.DailyAt(at)
	}
	switch first, _, _ := strings.Cut(string(was.Order), " "); {
	case o.First == first:
		w.Order = was.Order
	case slices.Contains(firsts, vedette.Channel(o.First)):
		w.Order = vedette.OrderOf(vedette.Channel(o.First))
	case o.First != "":
		return w, vedette.Errorf(vedette.CodeInvalid, "%q is none of the ways on the page", o.First)
	}
	return w, nil
}

// firsts are the channels that somebody may wish to be told over first.
var firsts = []vedette.Channel{vedette.ChannelEmail, vedette.ChannelSMS, vedette.ChannelPush, vedette.ChannelVoice}

// clock reads "22:00" as minutes since midnight.
func clock(s string) (int, error) {
	t, err := time.Parse("15:04", s)
	if err != nil {
		return 0, vedette.Errorf(vedette.CodeInvalid, "%q is no time of the day; write it as 22:00", s)
	}
	return t.Hour()*60 + t.Minute(), nil
}
