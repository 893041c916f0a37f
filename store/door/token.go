package door

import (
	"context"
	"strings"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/ground"
)

const tokenSelect = `SELECT t.id, t.uuid, t.name, t.acts, t.made_at, t.made_by, t.until_at, t.used_at, t.ended_at FROM tokens t`

// tokenInto is where the columns go; acts is split by whoever reads.
func tokenInto(k *vedette.Token, acts *string) []any {
	return []any{&k.Key, &k.ID, &k.Name, acts, ground.Time(&k.Made), &k.By, ground.Time(&k.Until), ground.Time(&k.Used), ground.Time(&k.Ended)}
}

// AddToken keeps a token by the hash of its secret. Somebody has to be there who may
// sign in, and may end it; of a name there is one at a time, also beside the users.
func (d *Door) AddToken(ctx context.Context, k vedette.Token, hash []byte, now time.Time) (vedette.Token, error) {
	if err := k.Validate(now); err != nil {
		return k, err
	}
	k.Name, k.By = ground.Plain(k.Name, 0), ground.Plain(k.By, 0)
	err := d.write(ctx, "adding a token", func(t *tx) error {
		// First, as for a user: its lock keeps two from taking one name.
		if _, err := book.Log(t.Tx, t.org, vedette.LogUser, k.ID, "token added", now); err != nil {
			return err
		}
		if err := t.freeToken(k.Name); err != nil {
			return err
		}
		key, err := book.Keys(t.Tx, "token", 1)
		if err != nil {
			return err
		}
		k.Key, k.Made, k.Until = key, ground.Moment(ground.Micros(now)), ground.Moment(ground.Micros(k.Until))
		_, err = t.Exec(`INSERT INTO tokens (id, org, uuid, name, hash, acts, made_at, made_by, until_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			key, t.org, string(k.ID), k.Name, hash, strings.Join(k.Acts, ","), ground.Micros(now), k.By, ground.Micros(k.Until))
		return err
	})
	return k, err
}

// freeToken says, as CodeConflict, why no token of a name can be made.
func (t *tx) freeToken(name string) error {
	some, err := t.Exists(`SELECT 1 FROM users WHERE org = $1 AND closed_at = 0 LIMIT 1`, t.org)
	if err != nil {
		return err
	}
	if !some {
		return vedette.Errorf(vedette.CodeConflict, "make the first administrator before a token: as long as nobody may sign in nobody has to, and a token would open nothing")
	}
	for _, c := range []struct {
		query, arg string
		says       error
	}{
		{`SELECT 1 FROM tokens WHERE org = $1 AND ended_at = 0 AND name = $2`, name, why("there is a token named %s already; end it first, or give another name: the record has only that", name)},
		{`SELECT 1 FROM users WHERE org = $1 AND closed_at = 0 AND name = $2 LIMIT 1`, vedette.TokenActor(name), why("somebody signs in as %s, and the record has only the name: give the token another", vedette.TokenActor(name))},
	} {
		taken, err := t.Exists(c.query, t.org, c.arg)
		if err != nil {
			return err
		}
		if taken {
			return c.says
		}
	}
	return nil
}

// Tokens lists tokens by name; ended ones too where all is set.
func (d *Door) Tokens(ctx context.Context, all bool) (list []vedette.Token, err error) {
	type row struct {
		vedette.Token
		acts string
	}
	var rows []row
	err = d.read(ctx, "listing tokens", func(t *tx) error {
		rows, err = ground.All(t.Tx, func(r *row) []any { return tokenInto(&r.Token, &r.acts) }, tokenSelect+` WHERE t.org = $1 AND (t.ended_at = 0 OR $2 = 1) ORDER BY t.name, t.id`, t.org, ground.Bit(all))
		return err
	})
	for _, r := range rows {
		r.Acts = strings.Split(r.acts, ",")
		list = append(list, r.Token)
	}
	return list, err
}

// TokenOf gives the token of a hash, also one that is not good any more.
func (d *Door) TokenOf(ctx context.Context, hash []byte) (k vedette.Token, found bool, err error) {
	if len(hash) == 0 {
		return k, false, nil
	}
	err = d.read(ctx, "looking for a token", func(t *tx) error {
		acts := ""
		found, err = t.Found(tokenInto(&k, &acts), tokenSelect+` WHERE t.hash = $1 AND t.org = $2`, hash, t.org)
		k.Acts = strings.Split(acts, ",")
		return err
	})
	return k, found, err
}

// SeeToken notes that a token was used.
func (d *Door) SeeToken(ctx context.Context, key int64, now time.Time) error {
	return d.write(ctx, "noting a token", func(t *tx) error {
		_, err := t.Exec(`UPDATE tokens SET used_at = $3 WHERE id = $1 AND org = $2 AND used_at < $3`, key, t.org, ground.Micros(now))
		return err
	})
}

// EndToken ends the token of a name: it is good no more, at once.
func (d *Door) EndToken(ctx context.Context, name string, now time.Time) (k vedette.Token, err error) {
	err = d.write(ctx, "ending a token", func(t *tx) error {
		acts := ""
		found, err := t.Found(tokenInto(&k, &acts), tokenSelect+` WHERE t.org = $1 AND t.name = $2 AND t.ended_at = 0`, t.org, name)
		if err != nil {
			return err
		}
		n := int64(0)
		if found {
			k.Acts, k.Ended = strings.Split(acts, ","), ground.Moment(ground.Micros(now))
			if n, err = t.Exec(`UPDATE tokens SET ended_at = $2 WHERE id = $1 AND ended_at = 0`, k.Key, ground.Micros(now)); err != nil {
				return err
			}
		}
		if n == 0 {
			return vedette.Errorf(vedette.CodeNotFound, "there is no token %q; `vedette token list` shows which there are", name)
		}
		_, err = book.Log(t.Tx, t.org, vedette.LogUser, k.ID, "token ended", now)
		return err
	})
	return k, err
}
