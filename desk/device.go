package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver/push"
	"vedette/store"
)

// DevicesWithin is for how long after a message its link adds a device. It
// answers for longer: what was passed on, or lies in an old mail, is less likely
// to be in the right hands.
const DevicesWithin = 72 * time.Hour

const (
	// deviceRest is how soon the slot of a device that was removed is given to
	// another: it bounds how many letters adding and removing can make.
	deviceRest = time.Hour
	// notTheirs is why nothing is sent to a device whose owner is somebody else.
	notTheirs = "not theirs"
)

// mayAdd says whether a link may add a device now.
func (d *Desk) mayAdd(l auth.Link) bool {
	return d.PushKey != "" && l.Address != 0 && d.Now().Before(l.Expires.Add(DevicesWithin-LinkLife))
}

// AddDevice lets the browser of whoever opened a reply link show what the
// person is told from now on; subscription is what the browser says of itself.
// The person hears of it at their other addresses, with a link that takes it
// back.
func (d *Desk) AddDevice(ctx context.Context, token string, subscription []byte) (*ReplyPage, error) {
	inside(&ctx)
	pg, err := d.OpenReply(ctx, token)
	switch {
	case err != nil:
		return nil, err
	case d.PushKey == "":
		return nil, vedette.Errorf(vedette.CodeNotFound, "alerts are not sent to devices from here")
	case !d.mayAdd(pg.link):
		return nil, vedette.Errorf(vedette.CodeExpired, "this link is too old to add a device; use the link of a newer message")
	}
	s, err := push.Read(subscription, d.AllowPrivateHooks)
	if err != nil {
		return nil, err
	}
	slot := 0
	edit := func(p *vedette.Person) (changed bool, err error) {
		slot, changed, err = addDevice(&p.Record, s, d.Now())
		return changed, err
	}
	err = d.amend(ctx, pg.link.Recipient, edit, func(c store.PersonChange) error {
		return d.rows.AddDevice(ctx, c, slot, d.letterChannels(), d.Now())
	})
	if err != nil {
		return nil, err
	}
	return d.OpenReply(ctx, token)
}

// addDevice gives a device a slot among a person's: a free one, or that of one
// that was removed a while ago. One that is there already changes nothing.
func addDevice(r *vedette.PersonRecord, s push.Subscription, now time.Time) (slot int, changed bool, err error) {
	taken := map[int]bool{}
	for _, a := range r.Addresses {
		if a.Channel != vedette.ChannelPush {
			continue
		}
		old, _ := push.Parse(a.Value)
		rested, same := now.Sub(a.Since) >= deviceRest, old.Endpoint == s.Endpoint
		switch {
		case a.Blocked == "" && old == s:
			return a.No, false, nil
		case a.Blocked == "" && same && !rested:
			return 0, false, vedette.Errorf(vedette.CodeConflict, "this device was added just now with other keys; add it again in an hour")
		case rested && (same || a.Blocked != ""): // replaced
		default:
			taken[a.No] = true
		}
		if strings.HasPrefix(a.Blocked, notTheirs) && now.Sub(a.Since) < DevicesWithin {
			return 0, false, vedette.Errorf(vedette.CodeForbidden, "a device was added here lately that was not theirs, so none is added for %d hours after that; ask the sender", int(DevicesWithin/time.Hour))
		}
	}
	for slot = vedette.AddressDevice; taken[slot]; slot++ {
	}
	if slot >= vedette.AddressDevice+vedette.MaxDevices {
		return 0, false, vedette.Errorf(vedette.CodeConflict, "there are %d devices already, or some were removed just now; remove one, and add this in an hour", vedette.MaxDevices)
	}
	r.Addresses = slices.DeleteFunc(r.Addresses, func(a vedette.Address) bool {
		old, _ := push.Parse(a.Value)
		return a.Channel == vedette.ChannelPush && (a.No == slot || old.Endpoint == s.Endpoint && !taken[a.No])
	})
	r.Addresses = append(r.Addresses, vedette.Address{No: slot, Channel: vedette.ChannelPush, Value: s.Value(), Since: now.UTC().Truncate(time.Second)})
	return slot, true, nil
}

// RemoveDevice sends nothing more to a device of the person whose reply link it
// is.
func (d *Desk) RemoveDevice(ctx context.Context, token string, slot int) (*ReplyPage, error) {
	inside(&ctx)
	pg, err := d.OpenReply(ctx, token)
	if err != nil {
		return nil, err
	}
	if _, err := d.dropDevice(ctx, pg.link.Recipient, slot, "removed", func(time.Time) bool { return true }); err != nil {
		return nil, err
	}
	return d.OpenReply(ctx, token)
}

// dropDevice sends nothing more to the device in a slot, if it is the one that
// is meant by when it was added: the reason is kept. False: it is not.
func (d *Desk) dropDevice(ctx context.Context, person int64, slot int, why string, which func(added time.Time) bool) (dropped bool, err error) {
	edit := func(p *vedette.Person) (bool, error) {
		dropped = false
		for i := range p.Record.Addresses {
			a := &p.Record.Addresses[i]
			if a.No == slot && a.Channel == vedette.ChannelPush && a.Blocked == "" && which(a.Since) {
				a.Blocked, a.Since, dropped = fmt.Sprintf("%s, %s", why, d.Now().UTC().Format("2 Jan 2006")), d.Now().UTC().Truncate(time.Second), true
			}
		}
		return dropped, nil
	}
	return dropped, d.amend(ctx, person, edit, d.saveOne(ctx))
}

// DevicePage is what the page may show that a letter about a device leads to.
type DevicePage struct {
	Org      string // "" for whoever is told discreetly
	Language string // BCP 47
	Since    time.Time
	There    bool // it shows what they are told; else it was removed
	device   auth.Device
}

// OpenDevice reads the link of a letter that says a device was added. It
// changes nothing.
func (d *Desk) OpenDevice(ctx context.Context, token string) (*DevicePage, error) {
	inside(&ctx)
	of, err := d.Key.OpenDevice(token, d.Now())
	if err != nil {
		return nil, err
	}
	if of.Org != d.Org.Key {
		return nil, vedette.Errorf(vedette.CodeForbidden, "this link is not for this organisation")
	}
	sp, err := d.rows.PersonByKey(ctx, of.Person)
	if err != nil || sp.Erased {
		return nil, gone(err)
	}
	p := d.unveiled(&sp)
	pg := &DevicePage{Org: d.OrgName(), Since: of.Since, device: of}
	if pg.Language, err = d.language(ctx, &p.Record); err != nil {
		return nil, err
	}
	if discreet, err := d.discreet(ctx, of.Person, &p.Record); err != nil {
		return nil, err
	} else if discreet {
		pg.Org = ""
	}
	a, ok := p.Record.Address(of.Slot)
	pg.There = ok && a.Channel == vedette.ChannelPush && a.Blocked == "" && a.Since.Equal(of.Since)
	return pg, nil
}

// DisownDevice removes a device that somebody else added to theirs, lets none be
// added for a while, and has the desk ask the person: whoever added it has a
// link of theirs.
func (d *Desk) DisownDevice(ctx context.Context, token string) (*DevicePage, error) {
	inside(&ctx)
	pg, err := d.OpenDevice(ctx, token)
	if err != nil {
		return nil, err
	}
	of := pg.device
	dropped, err := d.dropDevice(ctx, of.Person, of.Slot, notTheirs, of.Since.Equal)
	if err != nil {
		return nil, err
	}
	if dropped {
		sp, err := d.rows.PersonByKey(ctx, of.Person)
		if err != nil {
			return nil, err
		}
		if err := d.bid(ctx, vedette.TaskUnread, "Ring person "+string(sp.ID)+": they removed a device that was added to theirs and is not; somebody else may have the link of a message to them"); err != nil {
			return nil, err
		}
	}
	return d.OpenDevice(ctx, token)
}

// DeviceHas notes that a device has a message: what names it was in there,
// encrypted for that device alone.
func (d *Desk) DeviceHas(ctx context.Context, receipt string) error {
	inside(&ctx)
	of, err := d.Key.OpenReturn(receipt)
	if err != nil {
		return err
	}
	if of.Org != d.Org.Key || of.Update == 0 || of.Address < vedette.AddressDevice || of.Address >= vedette.AddressDevice+vedette.MaxDevices {
		return vedette.Errorf(vedette.CodeForbidden, "this is of no device here")
	}
	b := store.Bounce{Update: of.Update, Recipient: of.Recipient, Round: of.Round, Address: of.Address, Arrived: true, At: d.Now()}
	return d.patiently(ctx, mailed(of), true, func() (bool, error) { return d.rows.Bounce(ctx, b) })
}
