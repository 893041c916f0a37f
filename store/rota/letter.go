package rota

import (
	"context"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
)

// Post queues letters.
func Post(t *ground.Tx, org int64, list []vedette.Letter, now time.Time) error {
	if len(list) == 0 {
		return nil
	}
	first, err := book.Keys(t, "letter", len(list))
	if err != nil {
		return err
	}
	for i, l := range list {
		_, err := t.Exec(`INSERT INTO letters (id, org, uuid, recipient_id, case_id, task_id, callout_id, approval_id, made_at, due_at, kind, entry_no, address_no, channel, state, lane)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $13, $8, $8, $9, $10, $11, $12, {queued}, CASE WHEN EXISTS (SELECT 1 FROM cases c WHERE c.id = $4 AND c.duress = 1) THEN 0 ELSE 1 END)`, first+int64(i), org, string(vedette.NewID(now)), l.Recipient,
			orNull(l.Case), orNull(l.Task), orNull(l.Callout), ground.Micros(now), code.Letter.Of(l.Kind), int64(l.Entry), int64(l.Address), code.Channel.Of(l.Channel), orNull(l.Approval))
		if err != nil {
			return err
		}
	}
	return nil
}

// PostToPerson queues a letter about a case to the person whose it is, to each
// of their addresses on the channels, and gives how many; entry is that of the
// case's log which it says, 0 for none.
func PostToPerson(t *ground.Tx, org int64, c *vedette.Case, kind vedette.LetterKind, entry int, over []vedette.Channel, now time.Time) (int, error) {
	return PostToEach(t, org, vedette.Letter{Kind: kind, Recipient: c.Person, Case: c.Key, Entry: entry}, over, now)
}

// PostToEach queues a letter to each of a person's addresses on the channels,
// and gives how many.
func PostToEach(t *ground.Tx, org int64, of vedette.Letter, over []vedette.Channel, now time.Time) (int, error) {
	var codes []int64
	for _, ch := range over {
		codes = append(codes, code.Channel.Of(ch))
	}
	list, err := ground.All(t, func(l *vedette.Letter) []any { return []any{&l.Address, code.Channel.Into(&l.Channel)} },
		`SELECT no, channel FROM addresses WHERE person_id = $1 AND recorded_to = 0 AND channel {in $2} ORDER BY no`, of.Recipient, ground.List(codes))
	for i := range list {
		l := of
		l.Address, l.Channel = list[i].Address, list[i].Channel
		list[i] = l
	}
	if err != nil {
		return 0, err
	}
	return len(list), Post(t, org, list, now)
}

// Shut withholds what is queued to a recipient.
func Shut(t *ground.Tx, recipient int64, why string) error {
	return withhold(t, `recipient_id = $1`, recipient, why)
}

func orNull(key int64) any {
	if key == 0 {
		return nil
	}
	return key
}

// withhold withholds what is queued, and not on its way to an address. What an
// earlier try left in doubt becomes unknown.
func withhold(t *ground.Tx, which string, key int64, why string) error {
	_, err := t.Exec(`UPDATE letters SET state = CASE WHEN doubts > 0 THEN {unknown} ELSE {withheld} END, detail = $2
		WHERE `+which+` AND leased_by IS NULL AND state IN ({on withhold})`, key, ground.Plain(why, 500))
	return err
}

// ClaimedLetter is a letter that a worker is to send.
type ClaimedLetter struct {
	vedette.Letter
	Over bool // what it calls out for was taken meanwhile, or decided
}

const letterSelect = `SELECT l.id, l.uuid, l.kind, l.recipient_id, coalesce(l.case_id, 0), coalesce(l.task_id, 0), coalesce(l.callout_id, 0), coalesce(l.approval_id, 0), l.entry_no,
	l.address_no, l.channel, l.state, l.attempts, l.doubts, l.made_at, l.due_at, l.accepted_at, coalesce(l.detail, '')`

func letterInto(l *vedette.Letter) []any {
	return []any{&l.Key, &l.ID, code.Letter.Into(&l.Kind), &l.Recipient, &l.Case, &l.Task, &l.Callout, &l.Approval, &l.Entry, &l.Address, code.Channel.Into(&l.Channel),
		code.Delivery.Into(&l.State), &l.Attempts, &l.Doubts, ground.Time(&l.MadeAt), ground.Time(&l.DueAt), ground.Time(&l.AcceptedAt), &l.Detail}
}

// ClaimLetters leases up to n letters that are due over a channel: those about
// duress, then the first due first. What is claimed whose lease has lapsed is in doubt once more.
func (r *Rota) ClaimLetters(ctx context.Context, worker string, over vedette.Channel, n int, now time.Time, ttl time.Duration) (got []ClaimedLetter, err error) {
	due := []any{r.org, code.Channel.Of(over), ground.Micros(now)}
	waits := false
	const which = ` FROM letters q WHERE q.org = $1 AND q.state = {queued} AND q.channel = $2 AND q.due_at <= $3`
	err = r.read(ctx, "looking at the letters", func(t *tx) error {
		waits, err = t.Exists(`SELECT 1`+which+` LIMIT 1`, due...)
		return err
	})
	if err != nil || !waits {
		return nil, err
	}
	err = r.write(ctx, "claiming letters", func(t *tx) error {
		keys, err := t.Keys(`WITH picked AS MATERIALIZED (SELECT q.id`+which+` ORDER BY q.lane, q.due_at, q.id LIMIT $4 {skip})
			UPDATE letters SET leased_by = $5, due_at = $6, doubts = CASE WHEN leased_by IS NULL THEN doubts ELSE doubts + 1 END
			FROM picked WHERE letters.id = picked.id RETURNING letters.id`, append(due, int64(n), worker, ground.Micros(now.Add(ttl)))...)
		if err != nil {
			return err
		}
		got, err = ground.All(t.Tx, func(c *ClaimedLetter) []any { return append(letterInto(&c.Letter), &c.Over) },
			letterSelect+`, CASE WHEN coalesce(c.ended_at, 0) = 0 AND coalesce(a.due_at, 1) > 0 THEN 0 ELSE 1 END FROM letters l LEFT JOIN callouts c ON c.id = l.callout_id
			LEFT JOIN approvals a ON a.id = l.approval_id AND a.state NOT IN ({approval asked}, {approval unseen})
			WHERE l.id {in $1} ORDER BY l.id`, ground.List(keys))
		return err
	})
	return got, err
}

// LetterOutcome is what became of one try to send a letter.
type LetterOutcome struct {
	Key     int64
	Event   string // accept, retry, fail, doubt or withhold, of vedette.Deliveries
	Detail  string
	DueAt   time.Time // of a retry
	Doubts  int
	Untried bool
}

// Settle writes what became of a letter that the worker has leased; one that it
// does not hold any more is left alone. It gives the letter where it is given up
// and may not have reached anybody, nil else.
func Settle(t *ground.Tx, org int64, worker string, o LetterOutcome, now time.Time) (lost *vedette.Letter, err error) {
	to, ok := vedette.Deliveries.Next(vedette.DeliveryQueued, o.Event)
	if !ok {
		return nil, vedette.Errorf(vedette.CodeInternal, "a worker cannot settle a letter with %q", o.Event)
	}
	accepted := int64(0)
	if o.Event == "accept" {
		accepted = ground.Micros(now)
	}
	n, err := t.Exec(`UPDATE letters SET state = $4, detail = nullif($5, ''), doubts = $6, attempts = attempts + $7, leased_by = NULL, accepted_at = $8,
			due_at = CASE CAST($9 AS bigint) WHEN 0 THEN due_at ELSE CAST($9 AS bigint) END
		WHERE org = $1 AND id = $2 AND leased_by = $3 AND state = {queued}`, org, o.Key, worker, code.Delivery.Of(to), ground.Plain(o.Detail, 500),
		int64(o.Doubts), ground.Bit(!o.Untried), accepted, ground.Micros(o.DueAt))
	if err != nil || n == 0 || to != vedette.DeliveryFailed && to != vedette.DeliveryUnknown {
		return nil, err
	}
	return letterIn(t, o.Key)
}

// Back notes what a receipt, or a mail that came back, says of a letter; moved is
// false where that is no news. It gives the letter where it came back, nil else.
func Back(t *ground.Tx, org, key int64, arrived bool, detail string, at time.Time) (moved bool, lost *vedette.Letter, err error) {
	event, to := "bounce", vedette.DeliveryFailed
	if arrived {
		event, to = "receive", vedette.DeliveryReceived
	}
	n, err := t.Exec(`UPDATE letters SET state = $3, detail = nullif($4, ''), heard_at = $5 WHERE org = $1 AND id = $2 AND state IN ({on `+event+`})`,
		org, key, code.Delivery.Of(to), ground.Plain(detail, 500), ground.Micros(at))
	if err != nil || n == 0 || arrived {
		return n > 0, nil, err
	}
	lost, err = letterIn(t, key)
	return true, lost, err
}

func letterIn(t *ground.Tx, key int64) (*vedette.Letter, error) {
	var l vedette.Letter
	return &l, t.Row(letterInto(&l), letterSelect+` FROM letters l WHERE l.id = $1`, key)
}

// LetterCalled gives a letter that is a call. What is none is CodeNotFound.
func (r *Rota) LetterCalled(ctx context.Context, key int64) (l vedette.Letter, err error) {
	err = r.read(ctx, "reading what a call is about", func(t *tx) error {
		found, err := t.Found(letterInto(&l), letterSelect+` FROM letters l WHERE l.org = $1 AND l.id = $2 AND l.channel = $3`, t.org, key, code.Channel.Of(vedette.ChannelVoice))
		if err == nil && !found {
			err = vedette.Errorf(vedette.CodeNotFound, "there is no such call")
		}
		return err
	})
	return l, err
}

// LetterUnheard notes of a call that it was taken and is over, and that nobody pressed a
// key: it is no more than accepted.
func (r *Rota) LetterUnheard(ctx context.Context, key int64, detail string) (moved bool, err error) {
	err = r.write(ctx, "noting a call without a key", func(t *tx) error {
		n, err := t.Exec(`UPDATE letters SET detail = $3 WHERE org = $1 AND id = $2 AND state = {accepted} AND channel = $4`,
			t.org, key, ground.Plain(detail, 500), code.Channel.Of(vedette.ChannelVoice))
		moved = n > 0
		return err
	})
	return moved, err
}

// GotNowhere says whether nothing of what a letter says is on its way to its reader,
// or further, at any address.
func GotNowhere(t *ground.Tx, l *vedette.Letter) (bool, error) {
	on, err := t.Exists(`SELECT 1 FROM letters WHERE recipient_id = $1 AND case_id = $2 AND kind = $3 AND entry_no = $4 AND made_at = $5
		AND state IN ({queued}, {accepted}, {received}, {seen}, {answered})`, l.Recipient, l.Case, code.Letter.Of(l.Kind), int64(l.Entry), ground.Micros(l.MadeAt))
	return !on, err
}

// LetterTo gives the person a letter went to: whose case it is. One to somebody
// else is CodeNotFound.
func (r *Rota) LetterTo(ctx context.Context, key int64) (person int64, err error) {
	err = r.read(ctx, "reading a letter", func(t *tx) error {
		var kind vedette.LetterKind
		found, err := t.Found([]any{&person, code.Letter.Into(&kind)}, `SELECT recipient_id, kind FROM letters WHERE org = $1 AND id = $2`, t.org, key)
		if err == nil && (!found || !kind.ToPerson()) {
			err = vedette.Errorf(vedette.CodeNotFound, "this answers a letter whose answers are not read")
		}
		return err
	})
	return person, err
}

// Heard notes that a recipient answered to what a case's letters say.
func Heard(t *ground.Tx, ofCase, recipient int64, at time.Time) error {
	_, err := t.Exec(`UPDATE letters SET state = {answered}, heard_at = $3, leased_by = NULL WHERE case_id = $1 AND recipient_id = $2
		AND state IN ({on answer}) AND (state <> {queued} OR attempts > 0 OR leased_by IS NOT NULL)`, ofCase, recipient, ground.Micros(at))
	return err
}

// WithholdApproval withholds what asks approvers, and was not sent.
func WithholdApproval(t *ground.Tx, approval int64, why string) error {
	return withhold(t, `approval_id = $1`, approval, why)
}

// LettersAsking lists the letters by which approvers were rung, the first first.
func LettersAsking(t *ground.Tx, org, approval int64) ([]vedette.Letter, error) {
	return ground.All(t, letterInto, letterSelect+` FROM letters l WHERE l.org = $1 AND l.approval_id = $2 ORDER BY l.id`, org, approval)
}

// LettersOf lists the letters about a case, the first first.
func (r *Rota) LettersOf(ctx context.Context, ofCase int64) (list []vedette.Letter, err error) {
	err = r.read(ctx, "reading the letters", func(t *tx) error {
		list, err = ground.All(t.Tx, letterInto, letterSelect+` FROM letters l WHERE l.org = $1 AND l.case_id = $2 ORDER BY l.id`, t.org, ofCase)
		return err
	})
	return list, err
}

// Offered gives the cases, by key, that were offered to turns and that nobody
// has taken.
func (r *Rota) Offered(ctx context.Context, duties []int64) (cases []int64, err error) {
	err = r.read(ctx, "finding what was offered", func(t *tx) error {
		cases, err = t.Keys(`SELECT s.id FROM cases s WHERE s.org = $1 AND s.state = {case open}
			AND EXISTS (SELECT 1 FROM letters l WHERE l.case_id = s.id AND l.recipient_id {in $2}) ORDER BY s.id`, t.org, ground.List(duties))
		return err
	})
	return cases, err
}

// GiveBackLetters makes due, at a time, all letters over a channel that a worker
// holds by the store and does not know of: the answer to its claim was lost.
// Those whose lease has lapsed are left to whoever claims them, as in doubt. doubt says that some of the others may
// have been sent, too.
func (r *Rota) GiveBackLetters(ctx context.Context, worker string, over vedette.Channel, doubt bool, now, due time.Time) (given int, err error) {
	err = r.write(ctx, "giving back letters", func(t *tx) error {
		n, err := t.Exec(`UPDATE letters SET leased_by = NULL, due_at = $4, doubts = doubts + $6 WHERE org = $1 AND state = {queued} AND leased_by = $2 AND due_at > $5 AND channel = $3`,
			r.org, worker, code.Channel.Of(over), ground.Micros(due), ground.Micros(now), ground.Bit(doubt))
		given = int(n)
		return err
	})
	return given, err
}

// Release gives back what a worker has leased; doubt is 1 where it was killed
// and may have sent it.
func Release(t *ground.Tx, org int64, worker string, doubt int64) (int64, error) {
	return t.Exec(`UPDATE letters SET leased_by = NULL, due_at = made_at, doubts = doubts + $3 WHERE org = $1 AND state = {queued} AND leased_by = $2`, org, worker, doubt)
}

// HoldBack keeps what waited when a backup was taken from being sent again.
func HoldBack(t *ground.Tx) (int64, error) {
	return t.Exec(`UPDATE letters SET state = {unknown}, leased_by = NULL,
		detail = 'waiting when the backup was taken that this is restored from' WHERE state = {queued}`)
}
