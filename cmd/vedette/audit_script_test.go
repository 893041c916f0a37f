package main

import (
	"context"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"vedette/store/code"
	"vedette/store/ground"
)

// tamper SQL writes the database past us, as somebody who has no key would.
func cmdTamper(ts *testscript.TestScript, neg bool, args []string) {
	ctx := context.Background()
	db, err := ground.Open(ctx, ts.Getenv("VEDETTE_DATA"), code.States())
	ts.Check(err)
	defer db.Close()
	ts.Check(db.WriteOnce(ctx, "tampering", func(t *ground.Tx) error {
		for _, text := range []string{"DROP TRIGGER IF EXISTS log_refuse_update", "DROP TRIGGER IF EXISTS log_refuse_delete", strings.Join(args, " ")} {
			if _, err := t.Exec(text); err != nil {
				return err
			}
		}
		return nil
	}))
}
