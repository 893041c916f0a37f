package store

import (
	"database/sql"
	"maps"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// telling is what one transaction writes of one update: a planner's chunk, or
// what the lookout has for those who are newly concerned.
type telling struct {
	org, update int64
	fanout      int64         // key, 0 for the lookout
	no          int           // of the fan-out within the update, 0 for the lookout
	cause       vedette.Cause // of the fan-out; the lookout's notices have their own
	variants    []vedette.Variant
	notices     []vedette.Notice
	deliveries  []vedette.Delivery
	omissions   []Omission
	clashes     []ClashNote // of the notices of superiors
	escalations []vedette.Escalation
	at          time.Time

	shut  []SealedCompromise // who is left out, for they are compromised
	seats map[int64]*seat
}

// written counts what a telling wrote.
type written struct{ notices, deliveries, omissions int }

// seat is what a recipient has of an update.
type seat struct {
	last int     // the newest round, 0 for none
	word int     // the newest round that is no reminder, 0 for none
	own  int     // the round of this fan-out, 0 for none
	made int     // the round that is being written, 0 for none
	have []int64 // addresses that have a delivery of the own round
}

// place gives the round that a delivery to the recipient belongs to, 0 where
// an earlier notice is kept.
func (s *seat) place() int {
	if s.made > 0 {
		return s.made
	}
	return s.own
}

// tell writes what is not there yet. Whoever plans the update is locked out.
func (t *tx) tell(b *telling) (w written, err error) {
	if err := t.leaveOut(b); err != nil {
		return w, err
	}
	if err := t.takeSeats(b); err != nil {
		return w, err
	}
	notices := b.fresh()
	deliveries, err := b.missing()
	if err != nil {
		return w, err
	}
	if err := t.addNotices(b, notices); err != nil {
		return w, err
	}
	if err := t.addDeliveries(b, deliveries); err != nil {
		return w, err
	}
	if err := t.addClashes(b); err != nil {
		return w, err
	}
	if err := t.addEscalations(b); err != nil {
		return w, err
	}
	omitted, err := t.omit(b)
	if err != nil {
		return w, err
	}
	err = t.askShut(b)
	return written{len(notices), len(deliveries), omitted}, err
}

// among is the condition that a row is of one of the telling's recipients;
// its arguments begin with $2. A publication's lie close together, and hardly
// one of them has a row: there a range is read.
func (b *telling) among() (where string, args []any) {
	if b.no != 1 {
		keys := make([]int64, 0, len(b.seats))
		for key := range b.seats {
			keys = append(keys, key)
		}
		return `recipient_id {in $2}`, []any{ground.List(keys)}
	}
	low, high := int64(1<<63-1), int64(0)
	for key := range b.seats {
		low, high = min(low, key), max(high, key)
	}
	return `recipient_id BETWEEN $2 AND $3`, []any{low, high}
}

// seat gives every recipient a seat.
func (b *telling) seat() {
	b.seats = make(map[int64]*seat, len(b.notices))
	all := make([]seat, len(b.notices))
	for i := range b.notices {
		b.seats[b.notices[i].Recipient] = &all[i]
	}
	for _, o := range b.omissions {
		if b.seats[o.Recipient] == nil {
			b.seats[o.Recipient] = &seat{}
		}
	}
	for i := range b.deliveries {
		if b.seats[b.deliveries[i].Recipient] == nil {
			b.seats[b.deliveries[i].Recipient] = &seat{}
		}
	}
}

// takeSeats looks what the recipients have of the update.
func (t *tx) takeSeats(b *telling) error {
	b.seat()
	where, args := b.among()
	args = append([]any{b.update}, args...)
	own := false
	err := t.Each(func(r *sql.Rows) error {
		var key, fanout int64
		var round, word int
		err := r.Scan(&key, &round, &word, &fanout)
		if s := b.seats[key]; s != nil {
			s.last, s.word = max(s.last, round), max(s.word, word)
			if fanout == b.fanout && b.fanout != 0 {
				s.own, own = round, true
			}
		}
		return err
	}, `SELECT recipient_id, round, word, coalesce(fanout_id, 0) FROM notices WHERE update_id = $1 AND `+where, args...)
	if err != nil || !own {
		return err
	}
	return t.Each(func(r *sql.Rows) error {
		var key, address int64
		var round int
		err := r.Scan(&key, &round, &address)
		if s := b.seats[key]; s != nil && s.own == round {
			s.have = append(s.have, address)
		}
		return err
	}, `SELECT recipient_id, round, address_no FROM deliveries WHERE update_id = $1 AND `+where, args...)
}

// fresh gives the notices that are to be written, with their rounds.
func (b *telling) fresh() []*vedette.Notice {
	out := make([]*vedette.Notice, 0, len(b.notices))
	for i := range b.notices {
		n := &b.notices[i]
		s := b.seats[n.Recipient]
		switch {
		case s.own > 0 || s.made > 0: // has it
			continue
		case b.no == 1 && s.last > 0: // was told meanwhile
			continue
		case b.no == 0 && n.Round > 0 && n.Round != s.word+1: // was told since the lookout looked; a reminder tells nothing new
			continue
		}
		s.made = s.last + 1
		out = append(out, n)
	}
	return out
}

// missing gives the deliveries that are to be written.
func (b *telling) missing() ([]*vedette.Delivery, error) {
	out := make([]*vedette.Delivery, 0, len(b.deliveries))
	for i := range b.deliveries {
		d := &b.deliveries[i]
		s := b.seats[d.Recipient]
		if s.place() == 0 {
			if s.last == 0 {
				return nil, vedette.Errorf(vedette.CodeInternal, "a delivery to recipient %d has no notice", d.Recipient)
			}
			continue
		}
		if !s.takes(int64(d.Address)) {
			continue
		}
		out = append(out, d)
	}
	return out, nil
}

// takes notes an address, false where it has its delivery.
func (s *seat) takes(address int64) bool {
	for _, a := range s.have {
		if a == address {
			return false
		}
	}
	s.have = append(s.have, address)
	return true
}

func (t *tx) addNotices(b *telling, notices []*vedette.Notice) error {
	used := make(map[int]bool, len(b.variants))
	for _, n := range notices {
		used[n.Variant] = n.Cause != vedette.CauseReminder // that one's is in the store
	}
	maps.DeleteFunc(used, func(_ int, fresh bool) bool { return !fresh })
	numbers, err := t.variantNumbers(b.update, b.variants, used)
	if err != nil {
		return err
	}
	args := make([]any, 9)
	args[0], args[2], args[3] = b.update, any(nil), ground.Micros(b.at)
	if b.fanout != 0 {
		args[2] = b.fanout
	}
	return t.Bulk("notices", []string{"update_id", "recipient_id", "fanout_id", "made_at", "variant_no", "round", "relation", "cause", "word"}, len(notices), func(i int) []any {
		n, cause := notices[i], b.cause
		if b.no == 0 {
			cause = n.Cause
		}
		round := int64(b.seats[n.Recipient].made)
		args[1], args[4], args[5], args[8] = n.Recipient, numbers[n.Variant], round, round
		if cause == vedette.CauseReminder { // it says what its word said
			args[4], args[8] = int64(n.Variant), int64(n.Word)
		}
		args[6], args[7] = code.Relation.Of(n.Relation), code.Cause.Of(cause)
		return args
	})
}

func (t *tx) addDeliveries(b *telling, deliveries []*vedette.Delivery) error {
	args, queued := make([]any, 12), code.Delivery.Of(vedette.DeliveryQueued)
	return t.Bulk("deliveries", []string{"update_id", "recipient_id", "org", "due_at", "round", "address_no", "channel", "state", "lane", "detail", "meant_at", "held"}, len(deliveries), func(i int) []any {
		d := deliveries[i]
		args[0], args[1], args[2], args[3], args[4] = b.update, d.Recipient, b.org, ground.Micros(d.DueAt), int64(b.seats[d.Recipient].place())
		args[5], args[6], args[7], args[8], args[9] = int64(d.Address), code.Channel.Of(d.Channel), queued, int64(d.Lane), any(nil)
		if d.Detail != "" {
			args[9] = ground.Plain(d.Detail, maxDetail)
		}
		args[10], args[11] = int64(0), ground.Bit(d.Held)
		if !d.MeantAt.IsZero() {
			args[10] = ground.Micros(d.MeantAt)
		}
		return args
	})
}

// mustStand is a conflict unless the update is published, not stopped, and
// the newest of its situation that is not stopped: only then may somebody
// more be told of it.
func (t *tx) mustStand(org, update int64) error {
	var state, marked vedette.UpdateState
	var newer int64
	found, err := t.Found([]any{code.Update.Into(&state), code.Update.Into(&marked), &newer}, `SELECT u.state, coalesce(m.state, 0),
			coalesce((SELECT max(n.number) FROM updates n LEFT JOIN marks k ON k.update_id = n.id AND k.state = {update stopped}
				WHERE n.situation_id = u.situation_id AND n.number > u.number AND n.alone = 0 AND k.update_id IS NULL), 0)
		FROM updates u LEFT JOIN marks m ON m.update_id = u.id WHERE u.org = $1 AND u.id = $2`, org, update)
	switch {
	case err != nil:
		return err
	case !found:
		return vedette.Errorf(vedette.CodeNotFound, "there is no such update")
	case state == vedette.UpdateDraft:
		return vedette.Errorf(vedette.CodeConflict, "the update is a draft, nobody was told of it; publish it")
	case marked == vedette.UpdateStopped:
		return vedette.Errorf(vedette.CodeConflict, "the update is stopped, nobody more is told of it; publish a new one")
	case newer > 0:
		return vedette.Errorf(vedette.CodeConflict, "update %d of the situation has overtaken this one; take that", newer)
	}
	return nil
}
