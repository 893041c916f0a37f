package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
)

// SealedApprover is somebody who may approve as the store holds them: where they are
// rung is sealed.
type SealedApprover struct {
	vedette.User
	Recipient  int64      // key; 0 as long as nothing was sent to them or set
	ReachID    vedette.ID // that the addresses are sealed for
	WrappedKey []byte     // nil: where they are rung was not said
	Sealed     []byte
	HasPIN     bool
	Wrong      int // how often a wrong PIN was typed
}

// MaxWrongPINs is how often a wrong PIN may be typed before only signing in is left.
const MaxWrongPINs = 5

const approverSelect = `SELECT u.id, u.uuid, u.name, u.login, u.role, u.made_at, u.closed_at, coalesce(r.id, 0), coalesce(r.uuid, ''), r.wrapped_key, r.sealed,
	CASE WHEN r.pin IS NULL THEN 0 ELSE 1 END, coalesce(r.wrong, 0) FROM users u LEFT JOIN user_reach r ON r.user_id = u.id WHERE u.org = $1`

func (t *tx) approvers(org int64, where string, args ...any) ([]SealedApprover, error) {
	return ground.All(t.Tx, func(a *SealedApprover) []any {
		u := &a.User
		return []any{&u.Key, &u.ID, &u.Name, &u.Login, code.UserRole.Into(&u.Role), ground.Time(&u.Made), ground.Time(&u.Closed), &a.Recipient, &a.ReachID, &a.WrappedKey, &a.Sealed, &a.HasPIN, &a.Wrong}
	}, approverSelect+where, append([]any{org}, args...)...)
}

// Approvers lists those who sign in in one of some roles, by name, with where they are
// rung.
func (o *Org) Approvers(ctx context.Context, roles []vedette.UserRole) (list []SealedApprover, err error) {
	var codes []int64
	for _, r := range roles {
		codes = append(codes, code.UserRole.Of(r))
	}
	err = o.s.read(ctx, "looking who may approve", func(t *tx) error {
		list, err = t.approvers(o.org, ` AND u.closed_at = 0 AND u.role {in $2} ORDER BY u.name, u.id`, ground.List(codes))
		return err
	})
	return list, err
}

// ApproverOf gives somebody who signs in, by their key or by theirs as a recipient, with
// where they are rung; whoever was closed, too.
func (o *Org) ApproverOf(ctx context.Context, user, recipient int64) (a SealedApprover, err error) {
	err = o.s.read(ctx, "looking where somebody is rung", func(t *tx) error {
		list, err := t.approvers(o.org, ` AND (u.id = $2 OR r.id = $3)`, user, recipient)
		if err == nil && len(list) == 0 {
			err = vedette.Errorf(vedette.CodeNotFound, "this is of nobody who signs in")
		}
		if err == nil {
			a = list[0]
		}
		return err
	})
	return a, err
}

// reachOf gives the key of a user as a recipient, and makes it where there is none.
func (t *tx) reachOf(org int64, u *vedette.User, now time.Time) (key int64, err error) {
	// The user's row keeps others who ring them out until this is in.
	if _, err := t.Exists(`SELECT 1 FROM users WHERE id = $1 {lock}`, u.Key); err != nil {
		return 0, err
	}
	found, err := t.Found([]any{&key}, `SELECT id FROM user_reach WHERE user_id = $1`, u.Key)
	if err != nil || found {
		return key, err
	}
	if key, err = book.Keys(t.Tx, "recipient", 1); err != nil {
		return 0, err
	}
	id := vedette.NewID(now)
	if _, err := t.Exec(`INSERT INTO recipients (id, org, uuid, kind) VALUES ($1, $2, $3, $4)`, key, org, string(id), int64(code.Hook)); err != nil {
		return 0, err
	}
	_, err = t.Exec(`INSERT INTO user_reach (id, org, user_id, uuid, set_at, set_by) VALUES ($1, $2, $3, $4, $5, '')`, key, org, u.Key, string(id), ground.Micros(now))
	return key, err
}

// SetReach says where a user is rung; nil as sealed is by what they sign in with.
func (o *Org) SetReach(ctx context.Context, u *vedette.User, id vedette.ID, wrapped, sealed []byte, by string, now time.Time) error {
	return o.s.write(ctx, "keeping where somebody is rung", func(t *tx) error {
		key, err := t.reachOf(o.org, u, now)
		if err != nil {
			return err
		}
		if wrapped != nil {
			if err := book.SealedNow(t.Tx, wrapped); err != nil {
				return err
			}
		}
		if _, err := t.Exec(`UPDATE user_reach SET uuid = $2, wrapped_key = $3, sealed = $4, set_at = $5, set_by = $6 WHERE id = $1`,
			key, string(id), orNil(wrapped), orNil(sealed), ground.Micros(now), ground.Plain(by, 0)); err != nil {
			return err
		}
		return t.log(o.org, vedette.LogUser, u.ID, "where they are rung was set", now)
	})
}

func orNil(b []byte) any {
	if b == nil {
		return nil
	}
	return b
}

// SetPIN keeps the hash of a user's PIN; "" takes it away.
func (o *Org) SetPIN(ctx context.Context, u *vedette.User, hash string, now time.Time) error {
	return o.s.write(ctx, "keeping a PIN", func(t *tx) error {
		key, err := t.reachOf(o.org, u, now)
		if err != nil {
			return err
		}
		if _, err := t.Exec(`UPDATE user_reach SET pin = nullif($2, ''), wrong = 0 WHERE id = $1`, key, hash); err != nil {
			return err
		}
		return t.log(o.org, vedette.LogUser, u.ID, "PIN set", now)
	})
}

// TryPIN counts a try and gives the hash of a user's PIN, "" where there is none or too
// many were wrong. A try counts as wrong until [Org.RightPIN].
func (o *Org) TryPIN(ctx context.Context, user int64) (hash string, err error) {
	err = o.s.write(ctx, "trying a PIN", func(t *tx) error {
		hash = ""
		_, err := t.Found([]any{&hash}, `UPDATE user_reach SET wrong = wrong + 1 WHERE org = $1 AND user_id = $2 AND pin IS NOT NULL AND wrong < $3 RETURNING pin`, o.org, user, int64(MaxWrongPINs))
		return err
	})
	return hash, err
}

// RightPIN notes that a PIN was right.
func (o *Org) RightPIN(ctx context.Context, user int64) error {
	return o.s.write(ctx, "noting a PIN", func(t *tx) error {
		_, err := t.Exec(`UPDATE user_reach SET wrong = 0 WHERE org = $1 AND user_id = $2`, o.org, user)
		return err
	})
}
