package store

import (
	"context"
	"fmt"
	"time"

	"vedette"
	"vedette/store/ground"
)

// WithholdMarked withholds what must not be sent any more and is under
// nobody's lease: up to limit queued deliveries of stopped updates ("stopped:
// reason") and of overtaken ones whose recipient has a notice in a newer
// update of the situation that is not waiting itself ("overtaken by update
// N"), or of an all-clear given since ("an all-clear was given"). What an earlier try left in doubt becomes unknown. It gives their
// number.
func (o *Org) WithholdMarked(ctx context.Context, now time.Time, limit int) (withheld int, err error) {
	marked := false
	err = o.s.read(ctx, "looking at the queue", func(t *tx) error {
		_, fates, err := t.waiting(o.org)
		marked = false
		for _, f := range fates {
			marked = marked || f.stopped || !f.held
		}
		return err
	})
	if err != nil || !marked {
		return 0, err
	}
	err = o.s.write(ctx, "withholding deliveries", func(t *tx) error {
		withheld, err = t.withholdMarked(o.org, now, limit)
		return err
	})
	return withheld, err
}

func (t *tx) withholdMarked(org int64, now time.Time, limit int) (total int, err error) {
	segments, fates, err := t.waiting(org)
	if err != nil {
		return 0, err
	}
	touched := map[int64]bool{}
	for _, s := range segments {
		n, err := t.withholdSegment(org, s, fates[s.update], now, limit-total)
		if err != nil {
			return 0, err
		}
		if n > 0 {
			total, touched[s.update] = total+n, true
		}
	}
	for _, s := range segments {
		if touched[s.update] {
			delete(touched, s.update)
			if err := t.logUpdate(org, s.update, vedette.LogDelivery, "withheld", now); err != nil {
				return 0, err
			}
		}
	}
	return total, nil
}

func (t *tx) withholdSegment(org int64, s segment, f *fate, now time.Time, limit int) (total int, err error) {
	switch {
	case f == nil || limit <= 0 || f.held && !f.stopped:
		return 0, nil
	case f.stopped:
		return t.withhold(org, s, "", "stopped: "+f.reason, now, limit)
	case s.channel == vedette.ChannelWebhook:
		return 0, nil // systems get every update
	}
	for _, n := range f.newer {
		// While the newer one is still queued it may yet be stopped: then this
		// one goes out after all.
		// Of the newer one the newest round counts.
		noticed := fmt.Sprintf(` AND EXISTS (SELECT 1 FROM notices n WHERE n.update_id = %d AND n.recipient_id = d.recipient_id) AND `, n.key) + gone(n.key)
		done, err := t.withhold(org, s, noticed, fmt.Sprintf("overtaken by update %d", n.number), now, limit-total)
		if err != nil {
			return 0, err
		}
		total += done
	}
	for _, key := range f.clears {
		done, err := t.withhold(org, s, ` AND `+clearedBy(key)+` AND `+gone(key), "an all-clear was given", now, limit-total)
		if err != nil {
			return 0, err
		}
		total += done
	}
	return total, nil
}

// gone is the condition that the newest round of an update to the recipient of
// d waits no more.
func gone(key int64) string {
	return fmt.Sprintf(`NOT EXISTS (SELECT 1 FROM deliveries w WHERE w.update_id = %[1]d AND w.recipient_id = d.recipient_id AND w.state IN ({queued}, {withheld})
		AND w.round = (SELECT max(n.round) FROM notices n WHERE n.update_id = %[1]d AND n.recipient_id = d.recipient_id))`, key)
}

// inDoubt ends the detail of what is withheld after a try that may have been
// accepted.
const inDoubt = "; an earlier try may have been accepted"

func (t *tx) withhold(org int64, s segment, which, why string, now time.Time, limit int) (int, error) {
	n, err := t.Exec(`WITH picked AS MATERIALIZED (SELECT update_id, recipient_id, round, address_no FROM deliveries d
		WHERE d.org = $1 AND d.state = {queued} AND d.state IN ({on withhold}) AND d.lane = $2 AND d.channel = $3 AND d.update_id = $4
			AND (d.leased_by IS NULL OR d.due_at <= $5)`+which+` LIMIT $6 {skip})
		UPDATE deliveries SET leased_by = NULL,
			state = CASE WHEN doubts > 0 OR leased_by IS NOT NULL THEN {unknown} ELSE {withheld} END,
			detail = CASE WHEN doubts > 0 OR leased_by IS NOT NULL THEN $8 ELSE $7 END FROM picked
		WHERE deliveries.update_id = picked.update_id AND deliveries.recipient_id = picked.recipient_id
			AND deliveries.round = picked.round AND deliveries.address_no = picked.address_no`,
		org, int64(s.lane), s.code, s.update, ground.Micros(now), int64(limit), why, why+inDoubt)
	return int(n), err
}
