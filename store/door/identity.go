package door

import (
	"context"
	"reflect"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
)

const identitySelect = userSelect + `, u.external, u.display_name, u.formatted_name, u.given_name, u.family_name, u.closing, CASE WHEN u.changed_at = 0 THEN u.made_at ELSE u.changed_at END FROM users u`

func identityInto(i *vedette.Identity) []any {
	return append(userInto(&i.User), &i.External, &i.Names.Display, &i.Names.Formatted, &i.Names.Given, &i.Names.Family, code.Closing.Into(&i.Closing), ground.Time(&i.Changed))
}

// unremoved is whom a provider sees by their id.
const unremoved = ` WHERE u.org = $1 AND u.closing <> {closing removed}`

// foremost leaves out those whose login has gone to somebody else since: of a login
// there is one in a list.
const foremost = ` AND (u.closed_at = 0 OR NOT EXISTS (SELECT 1 FROM users v WHERE v.org = u.org AND v.login = u.login AND v.id <> u.id AND v.closing <> {closing removed}
	AND (v.closed_at = 0 OR v.closed_at > u.closed_at OR v.closed_at = u.closed_at AND v.id > u.id)))`

// Identities lists users as a provider sees them, those who may not sign in any more
// too, in the order they came in; and says how many there are.
func (d *Door) Identities(ctx context.Context, q vedette.IdentityQuery) (list []vedette.Identity, total int, err error) {
	// Each text has all parameters: one that is not asked for is "".
	where, login, external := unremoved, "", ""
	if q.Login != nil {
		where, login = where+` AND u.login = $2`, *q.Login
	} else {
		where += ` AND $2 = ''`
	}
	if q.External != nil {
		where, external = where+` AND u.external = $3 AND u.external <> ''`, *q.External
	} else {
		where += ` AND $3 = ''`
	}
	login, external = ground.Plain(login, 0), ground.Plain(external, 0)
	err = d.read(ctx, "listing identities", func(t *tx) error {
		var n int64
		if err := t.Row([]any{&n}, `SELECT count(*) FROM users u`+where+foremost, t.org, login, external); err != nil {
			return err
		}
		total = int(n)
		list, err = ground.All(t.Tx, identityInto, identitySelect+where+foremost+` ORDER BY u.id LIMIT $4 OFFSET $5`, t.org, login, external, int64(max(q.Most, 0)), int64(max(q.From, 0)))
		return err
	})
	for i := range list {
		list[i].Active = list[i].Closed.IsZero()
	}
	return list, total, err
}

// Identity gives one, by id; one that a provider removed is CodeNotFound.
func (d *Door) Identity(ctx context.Context, id vedette.ID) (i vedette.Identity, err error) {
	err = d.read(ctx, "looking for an identity", func(t *tx) error { return t.identity(&i, id) })
	return i, err
}

func (t *tx) identity(i *vedette.Identity, id vedette.ID) error {
	found, err := t.Found(identityInto(i), identitySelect+unremoved+` AND u.uuid = $2`, t.org, ground.Plain(string(id), 0))
	if err == nil && !found {
		err = vedette.Errorf(vedette.CodeNotFound, "there is no such user")
	}
	i.Active = i.Closed.IsZero()
	return err
}

// AddIdentity adds a user whom a provider knows: without a password, and without a
// link that sets one. They are never the first.
func (d *Door) AddIdentity(ctx context.Context, i vedette.Identity, now time.Time) (vedette.Identity, error) {
	if err := i.Validate(); err != nil {
		return i, err
	}
	err := d.write(ctx, "adding an identity", func(t *tx) error {
		if _, err := book.Log(t.Tx, t.org, vedette.LogUser, i.ID, "added", now); err != nil {
			return err
		}
		if err := t.mayAdd(&i); err != nil {
			return err
		}
		key, err := book.Keys(t.Tx, "user", 1)
		if err != nil {
			return err
		}
		at := ground.Moment(ground.Micros(now))
		i.Key, i.Made, i.Changed, i.Closed, i.Closing = key, at, at, time.Time{}, ""
		if !i.Active {
			i.Closed, i.Closing = at, vedette.ClosingInactive
		}
		_, err = t.Exec(`INSERT INTO users (id, org, uuid, name, login, role, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			key, t.org, string(i.ID), i.Name, i.Login, code.UserRole.Of(i.Role), ground.Micros(now), ground.Plain(i.By, 0))
		if err != nil {
			return err
		}
		return t.keepIdentity(&i, now)
	})
	return i, err
}

// mayAdd says why a provider may not add somebody: nobody may sign in yet, another has
// their login or name, or they were closed here by hand.
func (t *tx) mayAdd(i *vedette.Identity) error {
	some, err := t.Exists(`SELECT 1 FROM users WHERE org = $1 AND closed_at = 0 LIMIT 1`, t.org)
	if err != nil {
		return err
	}
	if !some {
		return vedette.Errorf(vedette.CodeConflict, "the first who may sign in is an administrator, made here by hand")
	}
	if err := t.unclaimed(i); err != nil {
		return err
	}
	byHand, err := t.Exists(`SELECT 1 FROM users WHERE org = $1 AND login = $2 AND closed_at > 0 AND closing = 0 LIMIT 1`, t.org, i.Login)
	if err == nil && byHand {
		err = vedette.Errorf(vedette.CodeTaken, "%s was closed here by an administrator, who alone lets them in again: add them by hand, and they are found by their userName", i.Login)
	}
	return err
}

// unclaimed says, as CodeTaken, that a login or a name is another's.
func (t *tx) unclaimed(i *vedette.Identity) error {
	taken, err := t.Exists(`SELECT 1 FROM users WHERE org = $1 AND login = $2 AND id <> $3 AND (closed_at = 0 OR closing = {closing inactive}) LIMIT 1`, t.org, i.Login, i.Key)
	if err == nil && taken {
		err = vedette.Errorf(vedette.CodeTaken, "the userName %s is taken: another user has it", i.Login)
	}
	if err != nil || !i.Active {
		return err
	}
	if err = t.free(&i.User, false); vedette.ErrorCode(err) == vedette.CodeConflict {
		err = vedette.Errorf(vedette.CodeTaken, "%s", err)
	}
	return err
}

// ChangeIdentity changes what a provider may say of a user: change gives them as they
// are to be, and may be asked more than once. What is as it was is not written.
func (d *Door) ChangeIdentity(ctx context.Context, id vedette.ID, change func(vedette.Identity) vedette.Identity, now time.Time) (is vedette.Identity, err error) {
	err = d.write(ctx, "changing an identity", func(t *tx) error {
		var was vedette.Identity
		for logged := false; ; logged = true {
			if err := t.identity(&was, id); err != nil {
				return err
			}
			if is = change(was); reflect.DeepEqual(is, was) || logged {
				break
			}
			// The log's lock keeps others out; one may have come before, so once more.
			if _, err := book.Log(t.Tx, t.org, vedette.LogUser, id, verbOf(was, is), now); err != nil {
				return err
			}
		}
		if reflect.DeepEqual(is, was) {
			return nil
		}
		if err := t.mayBecome(&was, &is); err != nil {
			return err
		}
		switch {
		case was.Active && !is.Active:
			is.Closed, is.Closing = ground.Moment(ground.Micros(now)), vedette.ClosingInactive
		case is.Active && !was.Active:
			is.Closed, is.Closing = time.Time{}, ""
		}
		is.Changed = ground.Moment(ground.Micros(now))
		return t.keepIdentity(&is, now)
	})
	return is, err
}

func verbOf(was, is vedette.Identity) string {
	switch {
	case was.Active && !is.Active:
		return "closed"
	case is.Active && !was.Active:
		return "let in again"
	case is.Role != was.Role:
		return "role changed"
	}
	return "changed"
}

// mayBecome says why somebody may not become what a provider says.
func (t *tx) mayBecome(was, is *vedette.Identity) error {
	if err := is.Validate(); err != nil {
		return err
	}
	if is.Active && !was.Active && was.Closing != vedette.ClosingInactive {
		return vedette.Errorf(vedette.CodeConflict, "%s was closed here by an administrator, who alone lets them in again: add them by hand, and they are found by their userName", was.Login)
	}
	if was.Active && (!is.Active || is.Role != vedette.RoleAdministrator) {
		if err := t.notLast(&was.User); err != nil {
			return err
		}
	}
	if is.Login != was.Login || is.Name != was.Name || is.Active && !was.Active {
		return t.unclaimed(is)
	}
	return nil
}

// keepIdentity writes what a provider may say of somebody. Whoever may not sign in
// keeps no password, and is signed out. A role that it changes is as one given by hand.
func (t *tx) keepIdentity(i *vedette.Identity, now time.Time) error {
	_, err := t.Exec(`UPDATE users SET name = $2, login = $3, follows = CASE WHEN role = $4 THEN follows ELSE 0 END, role = $4, external = $5, display_name = $6, formatted_name = $7, given_name = $8, family_name = $9, changed_at = $10 WHERE id = $1`,
		i.Key, ground.Plain(i.Name, 0), i.Login, code.UserRole.Of(i.Role), i.External, i.Names.Display, i.Names.Formatted, i.Names.Given, i.Names.Family, ground.Micros(now))
	if err != nil {
		return err
	}
	if i.Active {
		_, err = t.Exec(`UPDATE users SET closed_at = 0, closing = 0 WHERE id = $1`, i.Key)
		return err
	}
	return t.close(i.Key, i.Closing, i.Closed)
}

// RemoveIdentity closes a user whom a provider removes: it knows them no more. One who
// was closed already is only forgotten by it.
func (d *Door) RemoveIdentity(ctx context.Context, id vedette.ID, now time.Time) error {
	return d.write(ctx, "removing an identity", func(t *tx) error {
		var i vedette.Identity
		if err := t.identity(&i, id); err != nil {
			return err
		}
		if _, err := book.Log(t.Tx, t.org, vedette.LogUser, id, "removed", now); err != nil {
			return err
		}
		if err := t.identity(&i, id); err != nil {
			return err
		}
		if i.Active {
			if err := t.notLast(&i.User); err != nil {
				return err
			}
			i.Closed = now
		}
		return t.close(i.Key, vedette.ClosingRemoved, i.Closed)
	})
}
