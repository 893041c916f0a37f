package share

import (
	"context"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/ground"
)

// maxInvitations bounds how many invitations wait to be used.
const maxInvitations = 200

// Invite keeps an invitation, by the hash of its secret.
func (s *Share) Invite(ctx context.Context, i vedette.Invitation, hash []byte, now time.Time) error {
	return s.write(ctx, "inviting an organisation", func(t *tx) error {
		if err := t.log(i.ID, "invited", now); err != nil { // its lock keeps others out
			return err
		}
		var open int64
		if err := t.Row([]any{&open}, `SELECT count(*) FROM invitations WHERE org = $1 AND used_at = 0 AND until_at > $2`, t.org, ground.Micros(now)); err != nil {
			return err
		}
		if open >= maxInvitations {
			return vedette.Errorf(vedette.CodeConflict, "%d invitations wait to be used, as many as can; end some first", open)
		}
		key, err := book.Keys(t.Tx, "invitation", 1)
		if err != nil {
			return err
		}
		_, err = t.Exec(`INSERT INTO invitations (id, org, uuid, hash, note, made_at, made_by, until_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			key, t.org, string(i.ID), hash, ground.Plain(i.Note, 0), ground.Micros(now), ground.Plain(i.By, 0), ground.Micros(i.Until))
		return err
	})
}

// Invitations lists them, the newest first.
func (s *Share) Invitations(ctx context.Context) (list []vedette.Invitation, err error) {
	err = s.read(ctx, "listing invitations", func(t *tx) error {
		list, err = ground.All(t.Tx, func(i *vedette.Invitation) []any {
			return []any{&i.ID, &i.Note, ground.Time(&i.Made), &i.By, ground.Time(&i.Until), ground.Time(&i.Used), &i.Joined}
		}, `SELECT i.uuid, i.note, i.made_at, i.made_by, i.until_at, i.used_at, coalesce(j.name, '') FROM invitations i LEFT JOIN organisations j ON j.id = i.joined
			WHERE i.org = $1 ORDER BY i.id DESC`, t.org)
		return err
	})
	return list, err
}

// EndInvitation makes one good no more.
func (s *Share) EndInvitation(ctx context.Context, id vedette.ID, now time.Time) error {
	return s.write(ctx, "ending an invitation", func(t *tx) error {
		if err := t.log(id, "invitation ended", now); err != nil {
			return err
		}
		n, err := t.Exec(`UPDATE invitations SET until_at = $3 WHERE org = $1 AND uuid = $2 AND used_at = 0 AND until_at > $3`, t.org, ground.Plain(string(id), 0), ground.Micros(now))
		if err == nil && n == 0 {
			err = vedette.Errorf(vedette.CodeConflict, "there is no such invitation, or it was used or is too old already")
		}
		return err
	})
}

// Invited says whether an invitation is good, and of which organisation it is.
func Invited(t *ground.Tx, hash []byte, now time.Time) (key, org int64, err error) {
	if len(hash) == 0 {
		return 0, 0, nil
	}
	_, err = t.Found([]any{&key, &org}, `SELECT id, org FROM invitations WHERE hash = $1 AND used_at = 0 AND until_at > $2`, hash, ground.Micros(now))
	return key, org, err
}

// Use notes which organisation came by an invitation. One that was used meanwhile is
// CodeExpired.
func Use(t *ground.Tx, invitation, joined int64, now time.Time) error {
	n, err := t.Exec(`UPDATE invitations SET used_at = $2, joined = $3 WHERE id = $1 AND used_at = 0`, invitation, ground.Micros(now), joined)
	if err == nil && n == 0 {
		err = Spent()
	}
	return err
}

// Spent is the error of an invitation that is not good any more.
func Spent() error {
	return vedette.Errorf(vedette.CodeExpired, "this invitation was used already, or is too old; ask whoever sent it for another")
}
