package desk

import (
	"context"
	"strings"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver"
	"vedette/gazetteer"
)

// PageLife is how long a link to somebody's own page is good after it was made.
const PageLife = auth.PageLife

// freshFor is for how long after it was made such a link gives away all that is kept of
// them: what lies on a phone, or in a mail that was passed on, does not.
const freshFor = time.Hour

// minesShown bounds the notices of a page.
const minesShown = 20

// MyPage is what somebody's own page shows: what is about them, and of nobody else. It
// does not hold their name, nor an exact point. Of whoever is told discreetly it says only
// what to do.
type MyPage struct {
	Org      string // "" for whoever is told discreetly
	Language string // BCP 47
	Discreet bool
	AsOf     time.Time
	Until    time.Time // the link is good
	Notices  []MyNotice
	More     bool      // older ones stand, too
	Call     *CallPage // their call for help that is not closed, nil for none
	Numbers  []gazetteer.Emergency
	Trips    []MyTrip
	Ways     []MyWay
	Wishes   vedette.Wishes
	Speaks   string   // the language on their record, "" for none of Tongues
	Tongues  []string // the languages they may wish: tags
	Checkins bool     // they agreed to check-ins
	Open     bool     // all that is kept of them is given away by this link, for now

	link auth.Page
	id   vedette.ID
	rec  *vedette.PersonRecord
}

// MyCard is what a notice says, in their language.
type MyCard = deliver.Card

// MyNotice is what somebody was told that stands, and what they answered last.
type MyNotice struct {
	MyCard
	Update     *vedette.Update
	MadeAt     time.Time
	Answer     vedette.ReplyKind // "" for none
	AnsweredAt time.Time
}

// MyTrip is a trip that is not over, with what advice says of it.
type MyTrip struct {
	Areas    []vedette.AreaID
	From, To time.Time // zero: open
	Clashes  []MyClash
}

// MyClash is a place of a trip that an update advises against.
type MyClash struct {
	Area   vedette.AreaID
	Action vedette.Action
	MayBe  bool // it may be there
}

// pageLink makes the end of a link to somebody's own page, good from a moment on; "" where
// the links of that moment were ended since: no old message gives another for them.
func (d *Desk) pageLink(ctx context.Context, person int64, made time.Time) (string, error) {
	no, since, err := d.rows.PageNo(ctx, person)
	if err != nil || made.Before(since) {
		return "", err
	}
	return d.Key.SignPage(auth.Page{Org: d.Org.Key, Person: person, No: no, Expires: made.Add(PageLife)}), nil
}

// OpenMine reads a link to somebody's own page. It changes nothing. Altered links, and
// those that were ended, are CodeForbidden, old ones CodeExpired.
func (d *Desk) OpenMine(ctx context.Context, token string) (*MyPage, error) {
	inside(&ctx)
	pg, err := d.mine(ctx, token)
	if err != nil {
		return nil, err
	}
	return pg, d.fillMine(ctx, pg)
}

// mine says whose page a link opens, and how it speaks. Of whoever is compromised it gives
// both the page and that the link is dead: what comes by it is kept all the same.
func (d *Desk) mine(ctx context.Context, token string) (*MyPage, error) {
	l, err := d.Key.OpenPage(token, d.Now())
	if err != nil {
		return nil, err
	}
	if l.Org != d.Org.Key {
		return nil, vedette.Errorf(vedette.CodeForbidden, "this link is not for this organisation")
	}
	sp, err := d.rows.PersonByKey(ctx, l.Person)
	if err != nil || sp.Erased || sp.Retired {
		return nil, gone(err)
	}
	pg := &MyPage{AsOf: d.Now(), Until: l.Expires, link: l, id: sp.ID}
	if shut, err := d.rows.IsShut(ctx, l.Person); err != nil {
		return nil, err
	} else if shut {
		return pg, noLonger()
	}
	no, _, err := d.rows.PageNo(ctx, l.Person)
	if err != nil {
		return nil, err
	}
	if no != l.No {
		return nil, noLonger()
	}
	p := d.unveiled(&sp)
	if p.Broken {
		return nil, vedette.Errorf(vedette.CodeConflict, "what is kept of you cannot be read just now; phone or write to the person who looks after you")
	}
	pg.rec = &p.Record
	if pg.Language, err = d.language(ctx, pg.rec); err != nil {
		return nil, err
	}
	if pg.Tongues, err = d.tongues(ctx); err != nil {
		return nil, err
	}
	if pg.Discreet, err = d.discreet(ctx, l.Person, pg.rec); err != nil {
		return nil, err
	}
	if pg.Org = d.OrgName(); pg.Discreet {
		pg.Org = ""
	}
	pg.Open = !pg.Discreet && !pg.rec.Restricted && d.Now().Before(l.Expires.Add(freshFor-PageLife))
	return pg, nil
}

// tongues are the languages that people are told in here.
func (d *Desk) tongues(ctx context.Context) (out []string, err error) {
	set, err := d.rows.Settings(ctx)
	for _, tag := range deliver.Languages() {
		if deliver.Language(&set, tag) == tag {
			out = append(out, tag)
		}
	}
	return out, err
}

// fillMine adds what the page shows. Nothing of it depends on whether an answer of theirs
// was believed: whoever makes them answer may look over their shoulder. So where they are
// held to be now is not on it, nor is anything that an answer ends.
func (d *Desk) fillMine(ctx context.Context, pg *MyPage) error {
	sp, err := d.rows.PersonByKey(ctx, pg.link.Person)
	if err != nil {
		return err
	}
	trips, err := d.tripsOf(ctx, &sp)
	if err != nil {
		return err
	}
	told, err := d.myNotices(ctx, pg)
	if err != nil {
		return err
	}
	if pg.Call, err = d.callPage(ctx, pg.link.Person); err != nil || pg.Discreet {
		return err
	}
	now := d.Now()
	ps := untouched(sp.Presences, trips, now)
	pg.Numbers = d.Gaz.EmergencyIn(vedette.AreasAt(ps, now))
	pg.Wishes, pg.Speaks, pg.Checkins = pg.rec.Wishes, speaks(pg.rec), pg.rec.Checkins
	if pg.Trips, err = d.myTrips(ctx, ps, told); err != nil {
		return err
	}
	pg.Ways, err = d.myWays(ctx, pg)
	return err
}

// untouched are places of theirs as they are whatever they answered: homes and sites, what
// they said of late, and their trips as they were booked.
func untouched(ps []vedette.Presence, trips []vedette.Trip, now time.Time) (out []vedette.Presence) {
	for _, p := range ps {
		said := p.Because.Trust() == vedette.TrustSaid && now.Sub(p.From) < away
		if kept := p.Because.Trust() == vedette.TrustKept && !p.Ahead(now) && (p.Covers(now) || p.Ended != "" && now.Sub(p.To) < away); !said && !kept {
			continue
		}
		p.To, p.Point, p.PointRef = time.Time{}, nil, ""
		out = append(out, p)
	}
	for i := range trips {
		for _, p := range trips[i].Presences() {
			if p.Covers(now) || p.Ahead(now) {
				out = append(out, p)
			}
		}
	}
	return out
}

// MyWay is one of their addresses, masked, and how it is doing.
type MyWay struct {
	Channel       vedette.Channel
	Shown         string // "b…@p….org", "…34"; "" where nothing is
	Heard, Failed time.Time
	Works         bool // messages go there
}

// myWays are their addresses as whoever finds the phone may see them.
func (d *Desk) myWays(ctx context.Context, pg *MyPage) (out []MyWay, err error) {
	known, err := d.reachKnown(ctx, []int64{pg.link.Person})
	if err != nil {
		return nil, err
	}
	for _, w := range known[pg.link.Person].ways {
		way := MyWay{Channel: w.Channel, Heard: w.Heard.At, Failed: w.Failed, Works: w.Sends && w.Dead.IsZero() && w.Blocked == ""}
		if !pg.rec.Restricted && w.Channel != vedette.ChannelPush {
			way.Shown = masked(w.Value)
		}
		out = append(out, way)
	}
	return out, nil
}

// masked is an address by which its owner knows it, and nobody else learns it.
func masked(value string) string {
	name, host, mail := strings.Cut(value, "@")
	if !mail {
		r := []rune(value)
		return "…" + string(r[max(0, len(r)-2):])
	}
	first := func(s string) string {
		for _, r := range s {
			return string(r) + "…"
		}
		return "…"
	}
	end := host[strings.LastIndexByte(host, '.')+1:]
	return first(name) + "@" + first(host) + "." + end
}
