package engine

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/limit"
	"vedette/store"
)

// digestsAtOnce is for how many people digests are made at a time: the most that
// a kill repeats.
const digestsAtOnce = 16

// digests sends the digests that are due, and waits until they are settled. Where
// some were claimed, or may have been, and none was sent, astray says so until they
// are given back.
func (b *branch) digests(ctx context.Context, p *press, astray *bool) (more bool, err error) {
	if *astray {
		now := b.Now()
		n, err := b.rows.GiveBackDigests(ctx, b.Worker.ID, b.unwritten.Load(), now, now.Add(astrayFor))
		if err != nil {
			return false, err
		}
		*astray = false
		b.gaveBack(n)
	}
	claimed, err := b.rows.ClaimDigests(ctx, b.Worker.ID, digestsAtOnce, b.Now(), sendLease)
	if err != nil || len(claimed) == 0 {
		*astray = err != nil
		return false, err
	}
	mails, err := p.gather(ctx, claimed)
	if err != nil {
		*astray = true
		return false, err
	}
	var wg sync.WaitGroup
	errs := make([]error, len(mails))
	for i, m := range mails {
		wg.Go(func() { errs[i] = b.postDigest(ctx, m) })
	}
	wg.Wait()
	for _, e := range errs {
		if e != nil {
			return false, e
		}
	}
	return true, nil
}

// digest is what is gathered for somebody into one mail.
type digest struct {
	claims  []store.Claimed
	message deliver.Message
	event   string // how it ends unsent, "" where it is sent
	why     string
}

// head is the claim that the mail goes by.
func (d *digest) head() store.Claimed { return d.claims[0] }

// gather makes mails of what is claimed: one for each reader, address and moment.
func (p *press) gather(ctx context.Context, claimed []store.Claimed) ([]digest, error) {
	slices.SortFunc(claimed, func(a, b store.Claimed) int {
		return cmp.Or(cmp.Compare(a.Recipient, b.Recipient), cmp.Compare(a.Address, b.Address), a.MeantAt.Compare(b.MeantAt), cmp.Compare(a.Update, b.Update), cmp.Compare(a.Round, b.Round))
	})
	var keys []int64
	var out []digest
	for i, c := range claimed {
		if i == 0 || !together(claimed[i-1], c) {
			keys, out = append(keys, c.Recipient), append(out, digest{})
		}
		last := &out[len(out)-1]
		last.claims = append(last.claims, c)
	}
	if err := p.readDead(ctx, keys); err != nil {
		return nil, err
	}
	people, err := p.rows.PersonsByKey(ctx, keys)
	if err != nil {
		return nil, err
	}
	for i := range out {
		sp, ok := people[out[i].head().Recipient]
		if err := p.digest(ctx, &out[i], sp, ok); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func together(a, b store.Claimed) bool {
	return a.Recipient == b.Recipient && a.Address == b.Address && a.MeantAt.Equal(b.MeantAt)
}

// digest makes the mail: each update's line, with its link. Its name is that of
// the moment it is for, the same in every try, though what it gathers may have
// become less.
func (p *press) digest(ctx context.Context, d *digest, sp store.SealedPerson, ok bool) error {
	c := d.head()
	rec, a, event, why := p.reader(c.Address, sp, ok)
	if d.event, d.why = event, why; event != "" {
		return nil
	}
	var err error
	if d.why, err = p.sparedAll(ctx, d, a.Value); err != nil || d.why != "" {
		d.event = "withhold"
		return err
	}
	of := deliver.Digest{Org: p.orgName(), Language: deliver.Language(&p.set, rec.Language), Discreet: rec.Discreet}
	for _, c := range d.claims {
		pr, err := p.pressed(ctx, c.Update)
		if err != nil {
			return err
		}
		late, key, err := p.late(ctx, pr, c, p.Now())
		if err != nil {
			return err
		}
		b, err := p.line(ctx, pr, edition{c.Update, c.Variant, c.Cause, deliver.Language(&p.set, rec.Language), rec.Discreet, key}, late)
		if err != nil {
			return err
		}
		of.Lines = append(of.Lines, b.Text(p.replyLink(c, pr)))
	}
	d.message = of.Message()
	d.message.ID, d.message.To, d.message.Return = p.Key.Digest(c.Recipient, c.Address, c.MeantAt), a.Value, p.Key.SignReturn(p.back(c))
	d.message.Answer = true
	if !rec.Discreet {
		d.message.ToName = rec.Name
	}
	return nil
}

// postDigest tries a digest once, and settles all that it says alike. What is begun
// is let finish when ctx ends; each try has its limit.
func (b *branch) postDigest(ctx context.Context, d digest) error {
	if d.event != "" {
		outs := make([]store.Outcome, len(d.claims))
		for i, c := range d.claims {
			outs[i] = *ended(c, d.event, d.why).done
		}
		return b.settleAll(ctx, d.head().DueAt, outs)
	}
	j := job{claim: d.head(), message: d.message}
	if until := b.turn(j); !until.IsZero() {
		return b.settleDigest(ctx, d.claims, func(o *store.Outcome) {
			o.Event, o.Detail, o.Untried, o.DueAt = "retry", inTurn, true, until
		})
	}
	res, sent := b.sendDigest(context.WithoutCancel(ctx), d, j)
	if !sent { // what was stopped is left out of the next
		return b.settleDigest(ctx, d.claims, func(o *store.Outcome) { o.Event, o.Untried, o.DueAt = "retry", true, time.UnixMicro(1) })
	}
	spread := rand.Float64() // one for all: they are tried again together
	attempts, doubts := 0, 0
	for _, c := range d.claims {
		attempts, doubts = max(attempts, c.Attempts), max(doubts, c.Doubts)
	}
	event, wait := deliver.Decide(res, attempts+1, doubts, spread)
	due := b.Now().Add(wait)
	return b.settleDigest(ctx, d.claims, func(o *store.Outcome) {
		o.Event, o.Detail = event, res.Detail
		if res.Kind == deliver.Doubt {
			o.Doubts++
		}
		if event == "retry" {
			o.DueAt = due
		}
	})
}

// sendDigest sends a digest, and calls it back where anything in it is stopped;
// sent is false where something was before.
func (b *branch) sendDigest(ctx context.Context, d digest, j job) (res deliver.Result, sent bool) {
	how, began := limit.Nothing, time.Now()
	defer func() { b.landed(j, how, time.Since(began)) }()
	for _, c := range d.claims {
		limited, end, why := b.halts.begin(ctx, c.Update, c.Recipient, sendLimit)
		if why != "" {
			return res, false
		}
		defer end()
		ctx = limited
	}
	res = b.senders[vedette.ChannelEmail].Send(ctx, d.message)
	how = ending(res)
	return res, true
}

// settleDigest settles claims alike.
func (b *branch) settleDigest(ctx context.Context, claims []store.Claimed, how func(*store.Outcome)) error {
	outs := make([]store.Outcome, len(claims))
	for i, c := range claims {
		outs[i] = outcome(c)
		outs[i].Detail = c.Detail
		how(&outs[i])
	}
	return b.settleAll(ctx, claims[0].DueAt, outs)
}

func (b *branch) settleAll(ctx context.Context, until time.Time, outs []store.Outcome) error {
	sent := slices.ContainsFunc(outs, func(o store.Outcome) bool { return !o.Untried })
	err := b.untilWritten(ctx, until, sent, func(ctx context.Context) error {
		_, err := b.rows.Settle(ctx, b.Worker.ID, outs, b.Now())
		return err
	})
	if err != nil {
		return err
	}
	for _, o := range outs {
		b.Watch.count(o.Event)
	}
	return nil
}

// gathers says whether this process sends digests.
func (b *branch) gathers() bool { return b.senders[vedette.ChannelEmail] != nil }
