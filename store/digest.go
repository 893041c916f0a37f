package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// maxGathered bounds what of one update is leased for the people whose digests
// are made at a time; each has one word of it, or a few where some wait again.
const maxGathered = 1000

// ClaimDigests leases all that is gathered for up to n people and due: whole
// digests, so that what a mail says is settled together. What Claim says of
// stopped, overtaken and needless rows holds; while a newer update is being
// planned no digest is made, for it would be cut in two.
func (o *Org) ClaimDigests(ctx context.Context, worker string, n int, now time.Time, ttl time.Duration) (got []Claimed, err error) {
	due := false
	err = o.s.read(ctx, "looking for digests", func(t *tx) error {
		segments, fates, err := t.waiting(o.org)
		due = len(gathered(segments, fates, now)) > 0
		return err
	})
	if err != nil || !due {
		return nil, err
	}
	err = o.s.write(ctx, "claiming digests", func(t *tx) error {
		got = nil
		segments, fates, err := t.waiting(o.org)
		if err != nil {
			return err
		}
		segments = gathered(segments, fates, now)
		people, err := t.Keys(`SELECT DISTINCT recipient_id FROM deliveries WHERE org = $1 AND state = {queued} AND lane = $2 AND channel = $3 AND due_at <= $4 ORDER BY recipient_id LIMIT $5`,
			o.org, int64(vedette.LaneDigest), code.Channel.Of(vedette.ChannelEmail), ground.Micros(now), int64(n))
		if err != nil || len(people) == 0 {
			return err
		}
		var withheld []int64
		for _, s := range segments {
			s.among = of(people)
			rows, some, err := t.claim(o.org, s, fates[s.update], worker, maxGathered, now, ttl)
			if err != nil {
				return err
			}
			if got = append(got, rows...); some {
				withheld = append(withheld, s.update)
			}
		}
		return t.logUpdates(o.org, withheld, vedette.LogDelivery, "withheld", now)
	})
	return got, err
}

// gathered are the runs of the queue that digests are made of now; none while
// one of them is held.
func gathered(segments []segment, fates map[int64]*fate, now time.Time) []segment {
	segments = slices.DeleteFunc(segments, func(s segment) bool {
		f := fates[s.update]
		return s.lane != vedette.LaneDigest || s.due > ground.Micros(now) || f != nil && f.stopped
	})
	if slices.ContainsFunc(segments, func(s segment) bool { f := fates[s.update]; return f != nil && f.held }) {
		return nil
	}
	return segments
}

// of is the condition that d is of some people.
func of(people []int64) string {
	keys := make([]string, len(people))
	for i, k := range people {
		keys[i] = fmt.Sprint(k)
	}
	return " AND d.recipient_id IN (" + strings.Join(keys, ", ") + ")"
}
