package door

import (
	"context"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// maxChallenges bounds how many challenges wait for an answer: of more those that end
// first are forgotten. Anybody may ask for one.
const maxChallenges = 10_000

// KeepChallenge keeps what a browser was asked, under the hash of its secret.
func (d *Door) KeepChallenge(ctx context.Context, hash []byte, c vedette.Challenge, now time.Time) error {
	return d.write(ctx, "keeping a challenge", func(t *tx) error {
		if _, err := t.Exec(`DELETE FROM challenges WHERE org = $1 AND (until_at <= $2 OR until_at < (SELECT until_at FROM challenges WHERE org = $1 ORDER BY until_at DESC LIMIT 1 OFFSET $3))`,
			t.org, ground.Micros(now), int64(maxChallenges)); err != nil {
			return err
		}
		var user any
		if c.User != 0 {
			user = c.User
		}
		_, err := t.Exec(`INSERT INTO challenges (hash, org, user_id, kind, kept, until_at) VALUES ($1, $2, $3, $4, $5, $6)`,
			hash, t.org, user, code.Challenge.Of(c.Kind), c.Kept, ground.Micros(c.Until))
		return err
	})
}

// TakeChallenge gives what a browser was asked, once: whoever asks next gets nothing.
func (d *Door) TakeChallenge(ctx context.Context, hash []byte, now time.Time) (c vedette.Challenge, found bool, err error) {
	if len(hash) == 0 {
		return c, false, nil
	}
	err = d.write(ctx, "taking a challenge", func(t *tx) error {
		found, err = t.Found([]any{code.Challenge.Into(&c.Kind), &c.User, &c.Kept, ground.Time(&c.Until)},
			`SELECT kind, coalesce(user_id, 0), kept, until_at FROM challenges WHERE hash = $1 AND org = $2`, hash, t.org)
		if err != nil || !found {
			return err
		}
		n, err := t.Exec(`DELETE FROM challenges WHERE hash = $1 AND org = $2`, hash, t.org)
		found = n == 1 && now.Before(c.Until)
		return err
	})
	if err != nil || !found {
		return vedette.Challenge{}, false, err
	}
	return c, true, nil
}
