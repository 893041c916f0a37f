// Package board keeps what an organisation holds to: the postures that stand,
// the tasks they give rise to, its settings, and its templates of flashes. It is the part of the store
// that no message hangs on. Postures and settings are closed by recorded_to,
// never overwritten; a task moves by its machine.
package board

import (
	"context"

	"vedette/store/ground"
)

// Board is one organisation's. It is safe for concurrent use.
type Board struct {
	db  *ground.DB
	org int64
}

// Of gives an organisation's board.
func Of(db *ground.DB, org int64) *Board { return &Board{db, org} }

// tx is a running transaction of an organisation.
type tx struct {
	*ground.Tx
	org int64
}

func (b *Board) write(ctx context.Context, doing string, fn func(*tx) error) error {
	return b.db.Write(ctx, doing, func(t *ground.Tx) error { return fn(&tx{t, b.org}) })
}

func (b *Board) read(ctx context.Context, doing string, fn func(*tx) error) error {
	return b.db.Read(ctx, doing, func(t *ground.Tx) error { return fn(&tx{t, b.org}) })
}
