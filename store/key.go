package store

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// Keys gives the keys of the installation, as far as the store knows them: the first first.
func (s *Store) Keys(ctx context.Context) (list []vedette.InstallationKey, err error) {
	err = s.read(ctx, "reading which installation key is current", func(t *tx) error {
		list, err = t.installationKeys()
		return err
	})
	return list, err
}

func (t *tx) installationKeys() ([]vedette.InstallationKey, error) {
	return ground.All(t.Tx, func(k *vedette.InstallationKey) []any {
		return []any{&k.No, code.Key.Into(&k.State), &k.Check, &k.Heritage, ground.Time(&k.Made), ground.Time(&k.Since), ground.Time(&k.Left), ground.Time(&k.Ended)}
	}, `SELECT no, state, key_check, heritage, made_at, since, left_at, ended_at FROM installation_keys ORDER BY no`)
}

// keyIn gives the key in a state, and whether there is one.
func (t *tx) keyIn(state vedette.KeyState) (k vedette.InstallationKey, found bool, err error) {
	list, err := t.installationKeys()
	n := slices.IndexFunc(list, func(k vedette.InstallationKey) bool { return k.State == state })
	if err != nil || n < 0 {
		return k, false, err
	}
	return list[n], true, nil
}

// firstKey gives the installation its first key, where it has none.
func (t *tx) firstKey() error {
	_, err := t.Exec(`INSERT INTO installation_keys (no, state, key_check, made_at, since)
		SELECT 1, {key current}, i.key_check, i.created_at, i.created_at FROM installation i WHERE NOT EXISTS (SELECT 1 FROM installation_keys)`)
	return err
}

// PrepareKey notes the key that is to be the next, in the place of one that was to be;
// a conflict while another is still leaving. No is that of the list, one more than the
// current's.
func (s *Store) PrepareKey(ctx context.Context, k vedette.InstallationKey, now time.Time) error {
	return s.write(ctx, "noting the next installation key", func(t *tx) error {
		if err := t.lockKeys(); err != nil {
			return err
		}
		if _, leaving, err := t.keyIn(vedette.KeyLeaving); err != nil || leaving {
			return cmpErr(err, vedette.Errorf(vedette.CodeConflict, "the rotation before this one is not over; finish it first"))
		}
		current, _, err := t.keyIn(vedette.KeyCurrent)
		if err != nil {
			return err
		}
		if k.No != current.No+1 {
			return vedette.Errorf(vedette.CodeConflict, "the installation key was changed by another meanwhile; look at vedette key status")
		}
		if _, err := t.Exec(`DELETE FROM installation_keys WHERE state IN ({key on replace})`); err != nil {
			return err
		}
		_, err = t.Exec(`INSERT INTO installation_keys (no, state, key_check, heritage, made_at) VALUES ($1, {key next}, $2, $3, $4)`,
			int64(k.No), k.Check, k.Heritage, ground.Micros(now))
		return err
	})
}

// lockKeys keeps two rotations apart, and waits for what is being sealed.
func (t *tx) lockKeys() error {
	_, err := t.Keys(`SELECT one FROM installation WHERE one = 1 {lock}`)
	return err
}

func cmpErr(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// TakeOver makes the next key, the one with a check value, the current one, in one transaction with a row in the log
// of every organisation. It is a conflict, and nothing is changed, while a process that
// beat at or after a time does not hold it.
func (s *Store) TakeOver(ctx context.Context, check []byte, alive, now time.Time) error {
	return s.write(ctx, "putting the next installation key in the place of the current", func(t *tx) error {
		if err := t.lockKeys(); err != nil {
			return err
		}
		next, found, err := t.keyIn(vedette.KeyNext)
		if err != nil || !found || !bytes.Equal(next.Check, check) {
			return cmpErr(err, vedette.Errorf(vedette.CodeConflict, "another rotation went before this one; look at vedette key status"))
		}
		without, err := t.workers(`beat_at >= $1 AND key_no < $2`, ground.Micros(alive), int64(next.No))
		if err != nil || len(without) > 0 {
			return cmpErr(err, vedette.Errorf(vedette.CodeConflict, "a process that runs does not hold the next key yet"))
		}
		at := ground.Micros(now)
		for _, step := range []struct {
			text string
			args []any
		}{
			{`UPDATE installation_keys SET state = {key leaving}, left_at = $1 WHERE state IN ({key on leave})`, []any{at}},
			{`UPDATE installation_keys SET state = {key current}, since = $1 WHERE state IN ({key on take_over})`, []any{at}},
			{`UPDATE installation SET key_check = $1 WHERE one = 1`, []any{next.Check}},
		} {
			if _, err := t.Exec(step.text, step.args...); err != nil {
				return err
			}
		}
		return t.logEverywhere("another took over", now)
	})
}

// EndKey notes that nothing is sealed with the key that is leaving; a conflict where none is.
func (s *Store) EndKey(ctx context.Context, now time.Time) error {
	err := s.write(ctx, "ending an installation key", func(t *tx) error {
		n, err := t.Exec(`UPDATE installation_keys SET state = {key ended}, ended_at = $1 WHERE state IN ({key on end})`, ground.Micros(now))
		if err != nil || n == 0 {
			return cmpErr(err, vedette.Errorf(vedette.CodeConflict, "no installation key is leaving; look at vedette key status"))
		}
		return t.logEverywhere("the one before ended", now)
	})
	if err != nil {
		return err
	}
	return s.db.Forget(ctx) // SQLite's journal still has what it sealed
}

// logEverywhere writes a row of a change of keys into the log of every organisation.
func (t *tx) logEverywhere(verb string, now time.Time) error {
	orgs, err := t.Keys(`SELECT id FROM organisations ORDER BY id`)
	for _, org := range orgs {
		if err == nil {
			err = t.log(org, vedette.LogKey, "", verb, now)
		}
	}
	return err
}

// Sealed is a thing that is sealed with the installation's key itself.
type Sealed struct {
	Kind   vedette.SealKind
	Key    int64 // of its row, and
	Record int64 // of a person's record
	ID     vedette.ID
	Bytes  []byte
}

// sealedIn says where each kind lies: its table, the column, by what its rows are
// ordered, and whose id it is sealed for.
var sealedIn = map[vedette.SealKind]struct{ table, column, key, record, owner string }{
	vedette.SealPerson: {"person_records", "wrapped_key", "person_id", "id", "recipients"},
	vedette.SealDuty:   {"duties", "wrapped_key", "id", "0", "recipients"},
	vedette.SealHook:   {"hooks", "sealed", "id", "0", "recipients"},
	vedette.SealCode:   {"user_codes", "sealed", "user_id", "0", "users"},
	vedette.SealRung:   {"user_reach", "wrapped_key", "id", "0", "user_reach"},
	vedette.SealFile:   {"report_files", "wrapped_key", "id", "0", "report_files"},
}

// SealedAfter gives up to limit things of a kind, in the order of their rows, after one
// (the zero value is the first).
func (s *Store) SealedAfter(ctx context.Context, kind vedette.SealKind, after Sealed, limit int) (list []Sealed, err error) {
	in := sealedIn[kind]
	text := `SELECT x.$key, x.$record, o.uuid, x.$column FROM $table x JOIN $owner o ON o.id = x.$key
		WHERE x.$key > $1 OR x.$key = $1 AND x.$record > $2 ORDER BY x.$key, x.$record LIMIT $3`
	if in.record == "0" {
		text = `SELECT x.$key, 0, o.uuid, x.$column FROM $table x JOIN $owner o ON o.id = x.$key WHERE x.$key > $1 AND $2 = 0 AND x.$column IS NOT NULL ORDER BY x.$key LIMIT $3`
	}
	text = strings.NewReplacer("$key", in.key, "$record", in.record, "$column", in.column, "$table", in.table, "$owner", in.owner).Replace(text)
	err = s.read(ctx, "reading what is sealed", func(t *tx) error {
		list, err = ground.All(t.Tx, func(x *Sealed) []any { x.Kind = kind; return []any{&x.Key, &x.Record, &x.ID, &x.Bytes} }, text, after.Key, after.Record, int64(limit))
		return err
	})
	return list, err
}

// Reseal puts what was sealed anew in the place of what was read, in one transaction.
// What was erased or changed meanwhile stays as it is.
func (s *Store) Reseal(ctx context.Context, was []Sealed, anew [][]byte) error {
	return s.write(ctx, "sealing anew", func(t *tx) error {
		for i, x := range was {
			in := sealedIn[x.Kind]
			text, args := `UPDATE `+in.table+` SET `+in.column+` = $1 WHERE `+in.key+` = $2 AND `+in.column+` = $3`, []any{anew[i], x.Key, x.Bytes}
			if in.record != "0" {
				text, args = text+` AND `+in.record+` = $4`, append(args, x.Record)
			}
			if _, err := t.Exec(text, args...); err != nil {
				return err
			}
		}
		return nil
	})
}
