package store

import (
	"context"
	"io"
	"time"

	"vedette"
	"vedette/store/dump"
)

// backupTables are the tables of a backup, parents first, with the order of
// their rows. Workers, sessions, challenges and migrations are not kept: they belong to the
// place. Nor is the shelf (cards, words, shelves): it is made anew of the updates.
var backupTables = []struct{ name, order string }{
	{"installation", "one"}, {"installation_keys", "no"}, {"counters", "noun"}, {"organisations", "id"}, {"users", "id"}, {"passkeys", "id"}, {"user_codes", "user_id"}, {"tokens", "id"}, {"log", "org, seq"}, {"seals", "org, seq"}, {"recipients", "id"}, {"persons", "id"}, {"page_links", "person_id"},
	{"person_records", "person_id, id"}, {"numbers", "org, hash, person_id"}, {"addresses", "person_id, id"}, {"sites", "id"}, {"site_records", "site_id, id"},
	{"trips", "id"}, {"trip_records", "person_id, id"}, {"presences", "person_id, id"}, {"watches", "person_id, id"}, {"changed", "org, seq, person_id"},
	{"hooks", "id"}, {"receivers", "hook_id"}, {"reports", "uuid"}, {"report_files", "id"}, {"situations", "id"}, {"updates", "id"}, {"all_clears", "update_id, situation_id"}, {"marks", "update_id"}, {"handouts", "id"}, {"sitreps", "id"}, {"report_uses", "report, update_id"}, {"signals", "id"}, {"signal_refers", "signal_id, sender, identifier, sent_at"}, {"retractions", "update_id"}, {"fanouts", "id"},
	{"variants", "update_id, no"}, {"notices", "update_id, recipient_id, round"}, {"deliveries", "update_id, recipient_id, round, address_no"}, {"rings", "update_id, recipient_id, round, address_no"}, {"replies", "org, seq"}, {"superiors", "id"}, {"dead_addresses", "org, hash, since"}, {"clashes", "update_id, recipient_id, round"},
	{"reach", "person_id, address_id"}, {"habits", "update_id, area"},
	{"policies", "id"}, {"escalations", "update_id, recipient_id, round"},
	{"omission_reasons", "update_id, no"}, {"omissions", "update_id, recipient_id, fanout_no"}, {"declarations", "org, seq"}, {"lookouts", "org"},
	{"settings", "org, id"}, {"flash_templates", "org, id"}, {"decisions", "org, seq"}, {"postures", "id"}, {"tasks", "id"}, {"cases", "id"}, {"case_entries", "case_id, no"}, {"heard", "org, hash"},
	{"rollcalls", "id"}, {"roll_members", "rollcall_id, person_id"}, {"roll_rounds", "rollcall_id, no"}, {"roll_callers", "rollcall_id, seq, no"},
	{"roll_sheets", "rollcall_id, person_id, seq"}, {"roll_accounts", "rollcall_id, person_id, seq"}, {"roll_tries", "rollcall_id, person_id, seq"},
	{"roll_questions", "update_id"}, {"handovers", "id"}, {"handovers_taken", "handover_id"},
	{"invitations", "id"}, {"subscriptions", "org, publisher"}, {"copies", "update_id"},
	{"compromises", "id"}, {"compromised_addresses", "compromise_id, hash"}, {"duties", "id"}, {"callouts", "id"}, {"approvals", "id"}, {"user_reach", "id"}, {"letters", "id"},
}

// BackupSummary says what a backup holds.
type BackupSummary struct {
	Installation vedette.ID
	Engine       string // the one it was taken from
	Schema       int
	TakenAt      time.Time
	Rows         map[string]int // by table, without empty ones
	Doubtful     int            // of a restore: deliveries that waited, and are not sent again
	Halted       int            // of a restore: updates whose planning was not done, and is not gone on with
}

func summary(h dump.Header, rows map[string]int) BackupSummary {
	return BackupSummary{Installation: h.Installation, Engine: h.Engine, Schema: h.Schema, TakenAt: h.TakenAt, Rows: rows}
}

// Backup writes all that the store holds as of one moment, the same from
// either engine; others may write meanwhile. It holds sealed records and
// wrapped keys, never the installation's key.
func (s *Store) Backup(ctx context.Context, w io.Writer, now time.Time) (sum BackupSummary, err error) {
	var out *dump.Writer
	var head dump.Header
	err = s.read(ctx, "taking a backup", func(t *tx) error {
		in, set, err := t.installation()
		if err != nil {
			return err
		}
		if !set {
			return vedette.Errorf(vedette.CodeConflict, "there is nothing at %s to back up yet", s.Place())
		}
		schema, err := t.Schema()
		if err != nil {
			return err
		}
		head = dump.Header{Schema: schema, Engine: s.Engine(), TakenAt: now.UTC(), Installation: in.ID, KeyCheck: in.KeyCheck, CreatedAt: in.CreatedAt}
		if out, err = dump.NewWriter(w, head); err != nil {
			return badWrite(err)
		}
		for _, table := range backupTables {
			if err := t.dump(out, table.name, table.order); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return sum, err
	}
	rows, err := out.Close()
	return summary(head, rows), badWrite(err)
}

func badWrite(err error) error {
	return vedette.Wrap(err, vedette.CodeUnavailable, "the backup cannot be written")
}

// dump writes a table.
func (t *tx) dump(out *dump.Writer, table, order string) error {
	return t.Whole(table, order, func(cols []string) error { return badWrite(out.Table(table, cols)) },
		func(values []any) error { return badWrite(out.Row(values)) })
}
