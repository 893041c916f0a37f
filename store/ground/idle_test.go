package ground_test

import (
	"context"
	"testing"

	"vedette/store/ground"
	"vedette/store/storetest"
)

// A process that is frozen in a transaction does not hold up the others for
// ever; one that waits for others to have read does not lose its place.
func TestAFrozenTransactionEnds(t *testing.T) {
	db, err := ground.Open(context.Background(), storetest.Schema(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	const asked = `SELECT CAST(setting AS bigint) FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'`
	var most int64
	err = db.Write(t.Context(), "asking", func(t *ground.Tx) error { return t.Row([]any{&most}, asked) })
	if err != nil || most != 20000 {
		t.Errorf("a transaction may be idle for %d ms, %v; 20000 was to be said", most, err)
	}
	moment := func(ground.Reader) (int64, error) { return 1, nil }
	err = db.ReadTogether(t.Context(), "asking", 2, moment, func(_ int64, rs []ground.Reader) error {
		for _, r := range rs {
			if n, _, err := ground.One(r, asked); err != nil || n != 0 {
				t.Errorf("one that reads with others may be idle for %d ms, %v", n, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
