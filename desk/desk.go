// Package desk holds the acts of an organisation's desk: read a report into
// a draft, see whom it concerns, publish, stop, follow who answered. Each act
// asks the rules and calls one method of the store.
package desk

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/auth/guard"
	"vedette/auth/rights"
	"vedette/deliver/provider"
	"vedette/deliver/sms"
	"vedette/deliver/voice"
	"vedette/gazetteer"
	"vedette/roster"
	"vedette/store"
	"vedette/tell/record"
)

// LinkLife is how long a reply link is good after its notice was published.
const LinkLife = 14 * 24 * time.Hour

// Config is what a desk works with.
type Config struct {
	Store   *store.Store
	Org     vedette.Organisation
	Key     *auth.Key
	Gaz     *gazetteer.Gazetteer
	Rosters *roster.Rosters
	Now     func() time.Time

	// SMS are the gateways of text messages, nil for none.
	SMS *sms.Config
	// Providers are those of mail that tell what became of it, nil for none.
	Providers *provider.Config
	// Voice are the gateways of calls, nil for none.
	Voice *voice.Config
	// PushKey is the public key that devices subscribe to, "" where nothing is
	// sent to devices.
	PushKey string
	// AllowPrivateHooks lets hooks, and devices' push services, have private addresses.
	AllowPrivateHooks bool
	// Guard bounds how often signing in is tried, and how much of the machine that takes:
	// one for all organisations of an installation; nil: one of its own.
	Guard *guard.Guard
	// Hasher makes the hashes of passwords; nil: they are made here.
	Hasher auth.Hasher
	// Apart has everybody sign in from the beginning: of an organisation that is not
	// the first, which stands open to its own machine until somebody may.
	Apart bool
	// Erased is told of every erasure, so that a restored backup can repeat
	// it. It is called before the record goes.
	Erased func(person vedette.ID, at time.Time) error
}

// Desk is one organisation's desk. It is safe for concurrent use.
type Desk struct {
	Config
	rows      *store.Org
	people    *roster.Keeper
	told      record.Memory
	reach     keptReach
	shelf     shelfed
	updates   keptUpdates
	words     keptWords
	standings keptStanding
	night     nightCounts
	opened    keptOpen
	cameIn    keptInbox
	logs      keptLogs
	world     keptWorld
	heads     keptHeads[string, map[vedette.AreaID]WhoCount]
	areaHeads keptHeads[vedette.AreaID, areaCount]
	travels   keptHeads[travelsAsked, travels]
	door      *doorway
	orgName   atomic.Pointer[string] // the organisation's name, which the first administrator gives
}

// New opens the desk of an organisation.
func New(c Config) *Desk {
	rows := c.Store.In(c.Org.Key)
	d := &Desk{Config: c, rows: rows, people: c.Rosters.Of(c.Org.Key), door: newDoorway(c.Guard, c.Hasher)}
	d.orgName.Store(&c.Org.Name)
	return d
}

// Roster gives the organisation's people as they stand now.
func (d *Desk) Roster(ctx context.Context) (*roster.Roster, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	return d.people.Current(ctx)
}

// LogSeq gives how far the log is: whoever shows what is live asks again when it goes on.
func (d *Desk) LogSeq(ctx context.Context) (int64, error) {
	inside(&ctx)
	return d.rows.Seq(ctx)
}

// Update gives one update, draft or published.
func (d *Desk) Update(ctx context.Context, id vedette.ID) (*vedette.Update, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	if !id.Valid() {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%q is no update's id; `vedette updates` lists them", id)
	}
	return d.rows.Update(ctx, id)
}

// Report gives a report as it came in and how it was read.
func (d *Desk) Report(ctx context.Context, id vedette.ID) (vedette.Report, *vedette.Reading, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return vedette.Report{}, nil, err
	}
	return d.rows.Report(ctx, id)
}

// Sending says whether somebody sends mail: only `vedette serve` and `vedette
// work` with a mail server do.
func (d *Desk) Sending(ctx context.Context) (bool, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return false, err
	}
	return d.sending(ctx, d.Now().Add(-store.WorkerGone))
}

func (d *Desk) sending(ctx context.Context, since time.Time) (bool, error) {
	ws, err := d.Store.Workers(ctx, since)
	return slices.ContainsFunc(ws, func(w store.Worker) bool {
		return slices.Contains(strings.Fields(w.Kind), string(vedette.ChannelEmail))
	}), err
}

// nextBeat is by when whoever sends has said again that they are there.
const nextBeat = 5 * time.Second

// SendingYet is Sending for whoever just did something that is to be sent: where
// one that sends has not said for long that it is there, it is given the time to
// say so. A clock that is set forward, or a machine that slept, makes each look
// gone for a moment.
func (d *Desk) SendingYet(ctx context.Context) (bool, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return false, err
	}
	for end := time.Now().Add(nextBeat); ; {
		is, err := d.Sending(ctx)
		if is || err != nil {
			return is, err
		}
		if was, err := d.sending(ctx, time.Time{}); !was || err != nil || time.Now().After(end) {
			return false, err
		}
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case <-time.After(nextBeat / 20):
		}
	}
}
