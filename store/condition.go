package store

import (
	"context"
	"slices"

	"vedette"
	"vedette/store/board"
	"vedette/store/code"
	"vedette/store/ground"
)

// conditionEvent is the event of the machine that leads to a state.
var conditionEvent = map[vedette.ConditionState]string{
	vedette.ConditionMet: "meet", vedette.ConditionPassed: "pass", vedette.ConditionAwaited: "await"}

// Declare keeps what a person declared of a condition of an update's advice.
// With tell, a fan-out with the cause condition is queued in the given lane
// in the same transaction. What the machine does not allow is a conflict, and
// so is an update that does not stand; an advice without a condition is
// invalid.
func (o *Org) Declare(ctx context.Context, d vedette.Declared, tell bool, lane vedette.Lane) error {
	return o.DeclareBringing(ctx, d, tell, lane, nil, nil)
}

// DeclareBringing is Declare that also writes on the board, in the same
// transaction, what the declaration brings: as publishing does, it raises and
// never lowers. Only an actual update brings anything.
func (o *Org) DeclareBringing(ctx context.Context, d vedette.Declared, tell bool, lane vedette.Lane, postures []vedette.Posture, tasks []vedette.Task) error {
	event, ok := conditionEvent[d.State]
	if !ok {
		return vedette.Errorf(vedette.CodeInvalid, "%q is no state of a condition; declare it met, passed or awaited", d.State)
	}
	return o.s.write(ctx, "declaring a condition", func(t *tx) error {
		u, err := t.update(`u.id = $2`, o.org, d.Update)
		if err != nil {
			return err
		}
		if !hasCondition(u, d.Group, d.Item) {
			return vedette.Errorf(vedette.CodeInvalid, "advice %d of group %d of the update has no condition to declare", d.Item+1, d.Group+1)
		}
		if err := t.lockPlanning(u.Key); err != nil {
			return err
		}
		if err := t.mustStand(o.org, u.Key); err != nil {
			return err
		}
		is := vedette.ConditionAwaited
		if _, err := t.Found([]any{code.Condition.Into(&is)}, `SELECT state FROM declarations WHERE update_id = $1 AND group_no = $2 AND item_no = $3 ORDER BY seq DESC LIMIT 1`,
			u.Key, int64(d.Group), int64(d.Item)); err != nil {
			return err
		}
		if _, ok := vedette.Conditions.Next(is, event); !ok {
			return vedette.Errorf(vedette.CodeConflict, "the condition is %s already", is)
		}
		if tell {
			if _, err := t.tellAgain(o.org, u.Key, vedette.CauseCondition, d.At, lane); err != nil {
				return err
			}
		}
		if u.Status != vedette.StatusActual && len(postures)+len(tasks) > 0 {
			return vedette.Errorf(vedette.CodeInvalid, "the update is %s: its conditions set no posture and no task", u.Status)
		}
		if _, err := board.Publish(t.Tx, o.org, u.Key, postures, slices.Clone(tasks), d.At); err != nil {
			return err
		}
		return t.addDeclaration(o.org, u.ID, d, tell)
	})
}

func hasCondition(u *vedette.Update, group, item int) bool {
	groups := u.Content.Recommendations
	return group >= 0 && group < len(groups) && item >= 0 && item < len(groups[group].Advice) && groups[group].Advice[item].Condition != ""
}

// addDeclaration writes a declaration with its log rows.
func (t *tx) addDeclaration(org int64, id vedette.ID, d vedette.Declared, told bool) error {
	seq, err := t.logged(org, vedette.LogCondition, id, string(d.State), d.At)
	if err != nil {
		return err
	}
	if _, err := t.Exec(`INSERT INTO declarations (org, seq, update_id, group_no, item_no, at, state, said_by, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		org, seq, d.Update, int64(d.Group), int64(d.Item), ground.Micros(d.At), code.Condition.Of(d.State), ground.Plain(d.By, maxReason), ground.Plain(d.Reason, maxReason)); err != nil || !told {
		return err
	}
	return t.log(org, vedette.LogFanout, id, "queued", d.At)
}

// Declared gives how the conditions of an update stand that something was
// declared of, in the order of its advice; all others are awaited.
func (o *Org) Declared(ctx context.Context, update int64) ([]vedette.Declared, error) {
	return o.declarations(ctx, update, stillDeclared+` ORDER BY d.group_no, d.item_no`)
}

// DeclaredOf is [Org.Declared] of many updates at once, by key; those of which
// nothing was declared are not in it.
func (o *Org) DeclaredOf(ctx context.Context, updates []*vedette.Update) (map[int64][]vedette.Declared, error) {
	keys, out := make([]int64, len(updates)), map[int64][]vedette.Declared{}
	for i, u := range updates {
		keys[i] = u.Key
	}
	if len(keys) == 0 {
		return out, nil
	}
	return out, o.s.read(ctx, "reading declarations", func(t *tx) error {
		list, err := t.declared(`d.org = $1 AND d.update_id {in $2}`+stillDeclared+` ORDER BY d.update_id, d.group_no, d.item_no`, o.org, ground.List(keys))
		clear(out)
		for _, d := range list {
			out[d.Update] = append(out[d.Update], d)
		}
		return err
	})
}

// stillDeclared is the condition that nothing else was declared since.
const stillDeclared = ` AND NOT EXISTS (SELECT 1 FROM declarations l WHERE l.update_id = d.update_id AND l.group_no = d.group_no AND l.item_no = d.item_no AND l.seq > d.seq)`

// Declarations lists all that was declared of an update's conditions, in the
// order it was.
func (o *Org) Declarations(ctx context.Context, update int64) ([]vedette.Declared, error) {
	return o.declarations(ctx, update, ` ORDER BY d.seq`)
}

func (o *Org) declarations(ctx context.Context, update int64, which string) (list []vedette.Declared, err error) {
	err = o.s.read(ctx, "reading declarations", func(t *tx) error {
		if _, err := t.updateID(o.org, update); err != nil {
			return err
		}
		list, err = t.declared(`d.update_id = $1`+which, update)
		return err
	})
	return list, err
}

func (t *tx) declared(where string, args ...any) ([]vedette.Declared, error) {
	return ground.All(t.Tx, func(d *vedette.Declared) []any {
		return []any{&d.Update, &d.Group, &d.Item, code.Condition.Into(&d.State), ground.Time(&d.At), &d.By, &d.Reason}
	}, `SELECT d.update_id, d.group_no, d.item_no, d.state, d.at, d.said_by, d.reason FROM declarations d WHERE `+where, args...)
}
