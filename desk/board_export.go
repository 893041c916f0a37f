package desk

import (
	"context"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
)

// OnBoard is somebody of an update's board, with how far the word came over each channel
// that it was sent over.
type OnBoard struct {
	BoardRow
	By map[vedette.Channel]vedette.DeliveryState
}

// boardPage is how many people of a board are unsealed at a time.
const boardPage = 500

// EachOnBoard goes through everyone of an update's board, but for restricted people, and
// gives how many of these it left out.
func (d *Desk) EachOnBoard(ctx context.Context, id vedette.ID, fn func(*OnBoard) error) (left int, err error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return 0, err
	}
	u, err := d.Update(ctx, id)
	if err != nil {
		return 0, err
	}
	if u.State == vedette.UpdateDraft {
		return 0, vedette.Errorf(vedette.CodeConflict, "update %s is a draft: nobody was told; publish it first", id)
	}
	return d.eachOnBoard(ctx, u, store.RowFilter{}, fn)
}

func (d *Desk) eachOnBoard(ctx context.Context, u *vedette.Update, f store.RowFilter, fn func(*OnBoard) error) (left int, err error) {
	for f.Limit = boardPage; ; {
		rows, err := d.boardRows(ctx, u, f)
		if err != nil || len(rows) == 0 {
			return left, err
		}
		keys := make([]int64, len(rows))
		for i := range rows {
			keys[i] = rows[i].Person.Key
		}
		by, err := d.rows.ChannelStates(ctx, u.Key, keys)
		if err != nil {
			return left, err
		}
		for i := range rows {
			if rows[i].Person.Record.Restricted {
				left++
				continue
			}
			if err := fn(&OnBoard{rows[i], by[rows[i].Person.Key]}); err != nil {
				return left, err
			}
		}
		f.After = keys[len(keys)-1]
	}
}
