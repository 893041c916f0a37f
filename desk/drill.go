package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/match"
	"vedette/store"
	"vedette/wording"
)

// DrillOrder asks for a drill: of everyone in some areas, or who may be there;
// of some people; or of everyone. Exactly one of them.
type DrillOrder struct {
	Areas   []vedette.AreaID
	Persons []string // by name, e-mail address or id
	All     bool
	Anyway  bool // though some of them are being warned
	Count   int  // how many people whoever sends it has typed; 0: none
	Seen    *int // how many drills had been sent as they saw it (DrillPreview.Sent); nil: not looked at
}

// MaxDrilled bounds whom a drill names one by one.
const MaxDrilled = 1000

// fewDrilled is up to how many people a preview names.
const fewDrilled = 50

// DrillPreview counts whom a drill would go to.
type DrillPreview struct {
	Of          int
	People      []vedette.Person // where they are few, or asked for by name, the first few by name
	Unreachable int              // without an address that anything is sent to
	Messages    map[vedette.Channel]int
	Warned      int             // of them: an immediate warning stands where they are
	ToType      int             // above so many their number is to be typed
	Sent        int             // drills before this one
	Last        *vedette.Update // the newest of them, nil for none

	keys []int64 // of whom it is
}

// Words say it in English.
func (p *DrillPreview) Words() string { return p.Says().String() }

// Says is how many messages go over which channel.
func (p *DrillPreview) Says() (s wording.Said) {
	for _, k := range []struct {
		over      vedette.Channel
		one, many string
	}{
		{vedette.ChannelEmail, wording.Mark("%d mail"), wording.Mark("%d mails")}, {vedette.ChannelSMS, wording.Mark("%d text message"), wording.Mark("%d text messages")},
		{vedette.ChannelVoice, wording.Mark("%d call"), wording.Mark("%d calls##by phone")}, {vedette.ChannelPush, wording.Mark("%d push to a device"), wording.Mark("%d pushes to devices")},
	} {
		switch n := p.Messages[k.over]; n {
		case 0:
		case 1:
			s = s.And(wording.Said{English: k.one, Args: []any{n}})
		default:
			s = s.And(wording.Said{English: k.many, Args: []any{n}})
		}
	}
	if s.Nothing() {
		return wording.Of("no message")
	}
	return s
}

// Drills lists the drills of people that were sent, newest first.
func (d *Desk) Drills(ctx context.Context, limit int) ([]*vedette.Update, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	return d.rows.Drills(ctx, limit)
}

// warnedFor is for how long after an immediate warning a drill to the same
// people is refused: they are to answer that one.
const warnedFor = 24 * time.Hour

// PreviewDrill counts whom a drill would go to. An order that cannot be carried
// out is CodeInvalid.
func (d *Desk) PreviewDrill(ctx context.Context, o DrillOrder) (*DrillPreview, error) {
	if err := d.asks(&ctx, rights.Drill); err != nil {
		return nil, err
	}
	_, sum, err := d.drill(ctx, o)
	if err != nil {
		return nil, err
	}
	// Counted first: one that is sent in between is then one not seen.
	if sum.Sent, err = d.rows.DrillsSent(ctx); err != nil {
		return nil, err
	}
	list, err := d.rows.Drills(ctx, 1)
	if len(list) > 0 {
		sum.Last = list[0]
	}
	if err == nil && (len(o.Persons) > 0 || sum.Of <= fewDrilled) {
		err = d.nameDrilled(ctx, sum)
	}
	return sum, err
}

// nameDrilled names those whom a drill would go to.
func (d *Desk) nameDrilled(ctx context.Context, sum *DrillPreview) (err error) {
	if sum.People, err = d.Named(ctx, sum.keys); err != nil {
		return err
	}
	slices.SortStableFunc(sum.People, func(a, b vedette.Person) int {
		return strings.Compare(strings.ToLower(a.Record.Name), strings.ToLower(b.Record.Name))
	})
	sum.People = sum.People[:min(len(sum.People), fewDrilled)]
	return nil
}

// Drill sends a test message to people over every channel, last of all that
// waits, and asks them to answer. It is CodeConflict while some of them are
// being warned in earnest, unless the order says that it goes out anyway, and
// where another was sent since whoever sends it looked.
func (d *Desk) Drill(ctx context.Context, o DrillOrder) (*vedette.Update, error) {
	if err := d.asks(&ctx, rights.Drill); err != nil {
		return nil, err
	}
	u, sum, err := d.drill(ctx, o)
	if err != nil {
		return nil, err
	}
	if sum.Of == 0 {
		return nil, vedette.Errorf(vedette.CodeInvalid, "nobody is there, or may be, as far as is recorded: there is nobody to drill; see `vedette who`")
	}
	if err := d.rows.DrilledSince(ctx, o.Seen); err != nil {
		return nil, err
	}
	if sum.Warned > 0 && !o.Anyway {
		return nil, vedette.Errorf(vedette.CodeConflict, "%d of them were warned in earnest within a day: a drill now would be taken for more of it, or its answers for theirs; wait, or say --anyway", sum.Warned)
	}
	if err := u.Validate(); err != nil {
		return nil, err
	}
	set, err := d.rows.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if err := set.Counted(sum.Of, o.Count); err != nil {
		return nil, err
	}
	now := d.Now()
	if err := d.rows.SaveDraft(ctx, u, now); err != nil {
		return nil, err
	}
	return d.rows.Publish(ctx, store.PublishOrder{Update: u.ID, Title: u.Content.Title, Lane: vedette.LaneDrill, At: now, Drills: o.Seen})
}

// drill makes the update of a drill, and counts whom it is for.
func (d *Desk) drill(ctx context.Context, o DrillOrder) (*vedette.Update, *DrillPreview, error) {
	kinds := 0
	for _, on := range []bool{len(o.Areas) > 0, len(o.Persons) > 0, o.All} {
		if on {
			kinds++
		}
	}
	switch {
	case kinds != 1:
		return nil, nil, vedette.Errorf(vedette.CodeInvalid, "say whom to drill: areas, people, or all; one of them")
	case len(o.Persons) > MaxDrilled:
		return nil, nil, vedette.Errorf(vedette.CodeInvalid, "%d people are named; at most %d", len(o.Persons), MaxDrilled)
	}
	now := d.Now()
	u := &vedette.Update{ID: vedette.NewID(now), State: vedette.UpdateDraft, Status: vedette.StatusTest, CreatedAt: now, Drill: &vedette.Drill{All: o.All}}
	keys, of, err := d.drillKeys(ctx, o, u)
	if err != nil {
		return nil, nil, err
	}
	u.Content = vedette.Content{Title: "Drill: " + of, Headline: "Drill: " + of + ". Please answer", IssuedAt: &now, Urgency: vedette.UrgencyPast, Affected: u.Content.Affected}
	sum, err := d.drillCount(ctx, keys)
	return u, sum, err
}

// drillKeys finds whom a drill is for, and says in words who they are. No name
// of a person is among them.
func (d *Desk) drillKeys(ctx context.Context, o DrillOrder, u *vedette.Update) (keys []int64, of string, err error) {
	for _, name := range o.Persons {
		p, err := d.Person(ctx, name)
		if err != nil {
			return nil, "", err
		}
		if p.Erased {
			return nil, "", vedette.Errorf(vedette.CodeInvalid, "%q was erased", name)
		}
		if slices.Contains(keys, p.Key) {
			continue
		}
		keys, u.Drill.Persons = append(keys, p.Key), append(u.Drill.Persons, p.ID)
	}
	switch {
	case len(keys) == 1:
		return keys, "one person", nil
	case len(keys) > 1:
		return keys, "some people by name", nil
	}
	var names []string
	for _, a := range o.Areas {
		names = append(names, d.placeName(a))
		u.Content.Affected = append(u.Content.Affected, vedette.Place{Text: d.placeName(a), Area: a})
	}
	keys, err = d.asksOf(ctx, ReachQuestion{Areas: o.Areas})
	if o.All {
		return keys, "everyone", err
	}
	return keys, strings.Join(names, ", "), err
}

// drillCount counts messages, and those who were warned in earnest.
func (d *Desk) drillCount(ctx context.Context, keys []int64) (*DrillPreview, error) {
	r, err := d.people.Current(ctx)
	if err != nil {
		return nil, err
	}
	warnings, err := d.warnings(ctx, r.Settings())
	if err != nil {
		return nil, err
	}
	set, now := r.Settings(), d.Now()
	sum := &DrillPreview{Messages: map[vedette.Channel]int{}, ToType: set.CountAbove}
	for _, key := range keys {
		f, ok := r.Facts(key)
		if !ok {
			continue
		}
		sum.Of++
		sum.keys = append(sum.keys, key)
		if !f.Reached() {
			sum.Unreachable++
		}
		for _, s := range f.Slots {
			sum.Messages[s.Channel]++
		}
		for _, w := range warnings {
			if rel := w.Relation(r.Presences(key), nil, now); rel == vedette.RelationIn || rel == vedette.RelationMayBe {
				sum.Warned++
				break
			}
		}
	}
	return sum, nil
}

// warnings are the immediate updates that stand in earnest and are young.
func (d *Desk) warnings(ctx context.Context, s vedette.Settings) (out []*match.Prepared, err error) {
	all, err := d.rows.Standing(ctx)
	for _, u := range all {
		if u.Status == vedette.StatusActual && u.Content.Urgency == vedette.UrgencyImmediate && d.Now().Sub(u.PublishedAt) < warnedFor {
			out = append(out, match.Prepare(d.Gaz, u, s))
		}
	}
	return out, err
}

// drilledToo says whether an answer by text may be meant for a drill, though a
// real update came after it: nobody is held to be safe by that. A call for help
// is one, whatever it answers.
func (d *Desk) drilledToo(ctx context.Context, u *vedette.Update, person int64, kind vedette.ReplyKind) (bool, error) {
	if u.Drill != nil || u.Status != vedette.StatusActual || kind == vedette.ReplyHelp {
		return false, nil
	}
	return d.rows.DrillOpen(ctx, person, vedette.ChannelSMS, d.Now().Add(-warnedFor))
}
