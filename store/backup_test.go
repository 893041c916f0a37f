package store_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

var anyKey = func(store.Installation) error { return nil }

// furnish fills a world with one of everything.
func (w *world) furnish() *vedette.Update {
	w.t.Helper()
	w.ok(w.s.SetInstallation(w.ctx, store.Installation{ID: vedette.NewID(t0), KeyCheck: []byte("check"), CreatedAt: t0}))
	_, err := w.o.SaveSites(w.ctx, []vedette.Site{{Name: "Basra", Area: "IQ", Point: &vedette.Point{Lat: 30, Lon: 47.5}}}, t0)
	w.ok(err)
	keys := w.people(30)
	_, err = w.o.AddTrips(w.ctx, []vedette.Trip{{Person: keys[0], Stays: []vedette.Stay{{Area: "JO", From: t0}}}}, t0)
	w.ok(err)
	_, err = w.o.SaveWatch(w.ctx, vedette.Watch{Person: keys[1], Areas: []vedette.AreaID{"LB"}}, t0)
	w.ok(err)
	w.ok(w.o.SaveSettings(w.ctx, vedette.Settings{ArrivalDays: 3}, "Ada", t0))
	w.ok(w.o.SaveFlash(w.ctx, "strike", nil, &vedette.FlashTemplate{Key: "strike"}, "Ada", t0))
	_, err = w.o.AddHook(w.ctx, store.SealedHook{Sealed: []byte{0, 1}}, t0)
	w.ok(err)
	w.system("Floods")
	w.settle("a", "accept", w.claimHooks(t0), t0)
	report := vedette.NewID(t0)
	w.ok(w.o.AddReport(w.ctx, vedette.Report{ID: report, Digest: "d", ReceivedAt: t0, Text: []byte("x"),
		File: &vedette.ReportFile{ID: vedette.NewID(t0), Name: "x.pdf", Kind: "PDF", Size: 3, Digest: "f", WrappedKey: []byte("key"), Sealed: []byte("pdf")}}, nil))
	w.ok(w.o.SaveDraft(w.ctx, &vedette.Update{ID: vedette.NewID(t0), Content: vedette.Content{Title: "Of a report"}, Reports: []vedette.ID{report}}, t0))
	d := w.draft("A correction drafted before what it corrects")
	u := w.publish("Rockets", "", t0)
	_, err = w.o.Decide(w.ctx, vedette.Decision{ID: vedette.NewID(t0), Situation: u.Situation.ID, At: t0, What: "stay", By: "Ada"})
	w.ok(err)
	w.plan(u, keys)
	_, err = w.o.GiveHandout(w.ctx, vedette.Handout{ID: vedette.NewID(t0), Update: u.ID, For: "The embassy", By: "Ada", Until: t0.Add(time.Hour)}, t0)
	w.ok(err)
	w.ok(w.o.AddSitrep(w.ctx, store.KeptSitrep{ID: vedette.NewID(t0), Situation: u.Situation.ID, At: t0, Body: []byte("{}"), Digest: "signed", Verb: "kept", Page: []byte("page"), Paper: []byte("pdf")}))
	_, _, err = w.o.AddSignal(w.ctx, signal("1", vedette.SignalUpdate, "0"), []byte("x"))
	w.ok(err)
	_, err = w.o.Publish(w.ctx, store.PublishOrder{Update: d.ID, Corrects: u.ID, At: t0, Freeze: func(*vedette.Update) ([]byte, error) { return []byte("in error"), nil },
		Postures: []vedette.Posture{{Area: "IQ", Action: vedette.AvoidAllTravel, Text: "Avoid all travel to Iraq."}},
		Tasks:    []vedette.Task{{Kind: vedette.TaskKeepOrLift, Area: "JO", Question: "Keep or lift?", Default: "keep", DueAt: t0.Add(time.Hour)}}})
	w.ok(err)
	w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: keys[3], Kind: vedette.ReplyHelp, At: t0}, 1, []byte("words")))
	c := w.conditional()
	w.ok(w.o.Declare(w.ctx, vedette.Declared{Update: c.Key, State: vedette.ConditionMet, At: t0, By: "duty officer"}, true, 0))
	l, err := w.o.LeaseLookout(w.ctx, "lookout", t0, ttl)
	w.ok(err)
	_, err = w.o.LookChunk(w.ctx, l, "lookout", store.LookChunk{Omissions: map[int64][]store.Omission{c.Key: {{Recipient: keys[0], News: vedette.NewsUnchanged, Reason: "nothing changed"}}}}, t0, ttl)
	w.ok(err)
	w.patient(c, t0, keys[5])
	w.tripOf(c, keys[2])
	w.ok(w.o.NoteHeard(w.ctx, []byte("heard"), t0))
	w.ok(w.o.KeepRings(w.ctx, []store.Ring{{Update: u.Key, Recipient: keys[0], Round: 1, Address: 1, Sealed: []byte("words")}}, t0))
	w.ok(w.o.KeepHabits(w.ctx, u.Key, []store.Habit{{Area: "IQ", Sent: 4, Arrived: []int{1}}}))
	_, err = w.o.Bounce(w.ctx, store.Bounce{Update: u.Key, Recipient: keys[4], Round: 1, Address: 1, Detail: "came back", Dead: []byte("hash"), At: t0})
	w.ok(err)
	w.furnishRollcall(u, keys)
	c2 := vedette.Rollcall{ID: vedette.NewID(t0), Title: "By name", OpenedAt: t0, OpenedBy: "Ada"}
	w.ok(w.o.OpenRollcall(w.ctx, c2, w.members(keys[0]), vedette.RollRound{No: 1, At: t0, Asked: t0, By: "Ada"}))
	_, err = w.o.AskRollcall(w.ctx, store.RollAsk{Rollcall: c2.ID, Question: w.question(c2.ID), By: "Ada", At: t0})
	w.ok(err)
	h := store.KeptHandover{ID: vedette.NewID(t0), No: 1, At: t0, Body: []byte("{}"), Digest: "signed"}
	w.ok(w.o.AddHandover(w.ctx, h))
	w.ok(w.o.TakeHandover(w.ctx, h.ID, "Ben", t0))
	_, err = w.clears(u.Situation.ID, nil)
	w.ok(err)
	w.furnishCallout()
	w.ok(w.shuts(keys[6], false, t0))
	ada, err := w.user("ada", vedette.RoleAdministrator, 1, true)
	w.ok(err)
	_, err = w.comes("by a provider", "7", "ben@example.org", grouped(vedette.RoleAnalyst))
	w.ok(err)
	_, err = w.token("intranet", 1, t0)
	w.ok(err)
	head, _, err := w.o.LogHead(w.ctx)
	w.ok(err)
	w.ok(w.o.AddSeal(w.ctx, store.Seal{Head: head, Seal: []byte("seal"), At: t0}))
	_, err = w.o.SetPassword(w.ctx, []byte{1}, "hash", t0)
	w.ok(err)
	w.ok(w.o.AddPasskey(w.ctx, &ada, key(1), nil, t0))
	w.ok(w.o.Invite(w.ctx, vedette.Invitation{ID: vedette.NewID(t0), Note: "Ridge", By: "Ada", Until: t0.Add(time.Hour)}, []byte{7}, t0))
	ridge := w.second("Ridge Aid")
	_, err = w.s.ChangeOrganisation(w.ctx, ridge.Key, "offers", t0, func(o *vedette.Organisation) error { o.Offers = true; return nil })
	w.ok(err)
	w.ok(w.o.Subscribe(w.ctx, ridge.Key, vedette.CopyDraft, "Ada", t0))
	w.ok(w.o.SaveCopy(w.ctx, &vedette.Update{ID: vedette.NewID(t0), Content: vedette.Content{Title: "taken"}}, ridge.Key, vedette.NewID(t0), t0))
	w.furnishApproval(&ada)
	w.ok(w.o.AddCodes(w.ctx, &ada, []byte("sealed"), 7, nil, t0))
	return u
}

// schemaOf gives the number of the schema as a backup says it.
func schemaOf(t *testing.T, backup []byte) []byte {
	t.Helper()
	return regexp.MustCompile(`"schema":\d+`).Find(unzip(t, backup))
}

func (w *world) backup() []byte {
	w.t.Helper()
	var b bytes.Buffer
	_, err := w.s.Backup(w.ctx, &b, t0)
	w.ok(err)
	return b.Bytes()
}

func TestBackupMovesBetweenEngines(t *testing.T) {
	for _, way := range [][2]string{{"sqlite", "postgres"}, {"postgres", "sqlite"}, {"sqlite", "sqlite"}} {
		t.Run(way[0]+" to "+way[1], func(t *testing.T) {
			from := newWorld(t, place(t, way[0]))
			u := from.furnish()
			backup := from.backup()
			s, sum, err := store.Restore(from.ctx, place(t, way[1]), bytes.NewReader(backup), func(in store.Installation) error {
				equal(t, "key check", string(in.KeyCheck), "check")
				return nil
			})
			from.ok(err)
			defer s.Close()
			equal(t, "rows", sum.Rows["deliveries"], 33)
			equal(t, "engine", sum.Engine, way[0])
			to := &world{t: t, ctx: from.ctx, s: s, org: from.org, o: s.In(from.org)}
			equal(t, "log", to.log(0), from.log(0))
			a, err := from.o.Tally(from.ctx, u.Key)
			from.ok(err)
			b, err := to.o.Tally(from.ctx, u.Key)
			to.ok(err)
			equal(t, "answers", b.Answers[vedette.ReplyHelp], a.Answers[vedette.ReplyHelp])
			equal(t, "silent", b.Silent, a.Silent)
			p, err := to.o.PersonByExternal(to.ctx, []byte("hash 7"))
			to.ok(err)
			equal(t, "record", string(p.Record), "record 7")
			// It goes on where the other stopped: keys, numbers, queue.
			to.people(31)
			next := to.publish("Next", u.Situation.ID, t0)
			equal(t, "number", next.Number, 3)
			// What is written again is the same.
			second := (&world{t: t, ctx: from.ctx, s: from.s}).backup()
			if !bytes.Equal(unzip(t, backup), unzip(t, second)) {
				t.Error("two backups of the same differ")
			}
		})
	}
}

func unzip(t *testing.T, b []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func zipped(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Write(b)
	z.Close()
	return out.Bytes()
}

func TestRestoreRefuses(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.furnish()
		good := w.backup()
		_, _, err := store.Restore(w.ctx, w.place, bytes.NewReader(good), anyKey)
		w.code(err, vedette.CodeConflict)

		lines := bytes.SplitAfter(unzip(t, good), []byte("\n"))
		without := func(i int) []byte {
			return zipped(bytes.Join(append(append([][]byte{}, lines[:i]...), lines[i+1:]...), nil))
		}
		flipped := append([]byte{}, good...)
		flipped[len(flipped)/2] ^= 0x10
		bad := map[string][]byte{
			"cut short":          good[:len(good)*2/3],
			"no trailer":         zipped(bytes.Join(lines[:len(lines)-2], nil)),
			"a bit turned":       flipped,
			"a row missing":      without(len(lines) - 4),
			"a word changed":     zipped(bytes.Replace(unzip(t, good), []byte(`"Acme"`), []byte(`"Acne"`), 1)),
			"a foreign table":    zipped(bytes.Replace(unzip(t, good), []byte(`"table":"log"`), []byte(`"table":"pg_class"`), 1)),
			"a crooked column":   zipped(bytes.Replace(unzip(t, good), []byte(`"name"`), []byte(`"name) --"`), 1)),
			"something after it": append(append([]byte{}, good...), zipped([]byte("x"))...),
			"no backup":          []byte("hello"),
			"nothing":            nil,
		}
		for what, b := range bad {
			empty := place(t, w.s.Engine())
			if _, _, err := store.Restore(w.ctx, empty, bytes.NewReader(b), anyKey); vedette.ErrorCode(err) != vedette.CodeInvalid {
				t.Errorf("%s: %v", what, err)
			}
			w.mustBeEmpty(what, empty)
		}
		empty := place(t, w.s.Engine())
		wrong := vedette.Errorf(vedette.CodeWrongKey, "another key")
		_, _, err = store.Restore(w.ctx, empty, bytes.NewReader(good), func(store.Installation) error { return wrong })
		if !errors.Is(err, wrong) {
			t.Errorf("wrong key: %v", err)
		}
		w.mustBeEmpty("wrong key", empty)
		newer := zipped(bytes.Replace(unzip(t, good), schemaOf(t, good), []byte(`"schema":99`), 1))
		_, _, err = store.Restore(w.ctx, empty, bytes.NewReader(newer), anyKey)
		w.code(err, vedette.CodeConflict)
		w.mustBeEmpty("newer", empty)
		// A place that was opened but never used is empty too.
		s, err := store.Open(w.ctx, empty)
		w.ok(err)
		w.ok(s.Close())
		s, _, err = store.Restore(w.ctx, empty, bytes.NewReader(good), anyKey)
		w.ok(err)
		w.ok(s.Close())
	})
}

// mustBeEmpty fails when a refused restore left something behind.
func (w *world) mustBeEmpty(what, place string) {
	w.t.Helper()
	if !strings.HasPrefix(place, "postgres") {
		if _, err := os.Stat(place); !errors.Is(err, os.ErrNotExist) {
			w.t.Errorf("%s: %s is there", what, place)
		}
		return
	}
	db, err := sql.Open("pgx", place)
	w.ok(err)
	defer db.Close()
	var n int
	w.ok(db.QueryRow(`SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()`).Scan(&n))
	equal(w.t, what+": tables left", n, 0)
}

func TestBackupWhileOthersWrite(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u := w.furnish()
		ctx, stop := context.WithCancel(w.ctx)
		done := make(chan error, 1)
		go func() {
			for n := 100; ctx.Err() == nil; n++ {
				if _, err := w.o.SavePeople(w.ctx, []store.PersonChange{person(n)}, t0); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
		for range 5 {
			s, sum, err := store.Restore(w.ctx, place(t, "sqlite"), bytes.NewReader(w.backup()), anyKey)
			w.ok(err)
			// Each person came with one log row, one record and one presence.
			seq, err := s.In(w.org).Seq(w.ctx)
			w.ok(err)
			equal(t, "log rows", int64(sum.Rows["log"]), seq+1) // and one of the other organisation
			equal(t, "records", sum.Rows["person_records"], sum.Rows["persons"])
			equal(t, "presences", sum.Rows["presences"], sum.Rows["persons"]+1)
			if _, err := s.In(w.org).Update(w.ctx, u.ID); err != nil {
				t.Error(err)
			}
			s.Close()
		}
		stop()
		w.ok(<-done)
	})
}

func TestBackupHoldsEveryTable(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.furnish()
		_, err := w.s.Backup(w.ctx, io.Discard, t0)
		w.ok(err)
		sum, err := w.s.Backup(w.ctx, io.Discard, t0)
		w.ok(err)
		query, driver, dsn := `SELECT tablename FROM pg_tables WHERE schemaname = current_schema()`, "pgx", w.place
		if w.s.Engine() == "sqlite" {
			query, driver, dsn = `SELECT name FROM sqlite_schema WHERE type = 'table'`, "sqlite", filepath.Join(w.place, store.FileName)
		}
		db, err := sql.Open(driver, dsn)
		w.ok(err)
		defer db.Close()
		rows, err := db.Query(query)
		w.ok(err)
		defer rows.Close()
		for rows.Next() {
			var name string
			w.ok(rows.Scan(&name))
			if n := sum.Rows[name]; n == 0 && !slices.Contains([]string{"workers", "sessions", "challenges", "migrations", "shelves", "cards", "words"}, name) {
				t.Errorf("table %s is not in the backup", name)
			}
		}
		w.ok(rows.Err())
	})
}

func TestInstallationIsSetOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, set, err := w.s.Installation(w.ctx)
		w.ok(err)
		equal(t, "set", set, false)
		_, err = w.s.Backup(w.ctx, io.Discard, t0)
		w.code(err, vedette.CodeConflict)
		in := store.Installation{ID: vedette.NewID(t0), KeyCheck: []byte("check"), CreatedAt: t0}
		w.ok(w.s.SetInstallation(w.ctx, in))
		w.code(w.s.SetInstallation(w.ctx, in), vedette.CodeConflict)
		got, set, err := w.open().Installation(w.ctx)
		w.ok(err)
		equal(t, "set", set, true)
		equal(t, "created", got.CreatedAt, t0)
	})
}

func TestWorkers(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.ok(w.s.Beat(w.ctx, store.Worker{ID: "a", Kind: "serve", Host: "h", PID: 7, StartedAt: t0, BeatAt: t0}))
		w.ok(w.s.Beat(w.ctx, store.Worker{ID: "a", Kind: "serve", Host: "h", PID: 7, StartedAt: t0, BeatAt: t0.Add(time.Minute)}))
		list, err := w.s.Workers(w.ctx, t0.Add(time.Second))
		w.ok(err)
		equal(t, "workers", len(list), 1)
		equal(t, "worker", list[0], store.Worker{ID: "a", Kind: "serve", Host: "h", PID: 7, StartedAt: t0, BeatAt: t0.Add(time.Minute)})
		w.ok(w.s.Leave(w.ctx, "a"))
		list, err = w.s.Workers(w.ctx, time.Time{})
		w.ok(err)
		equal(t, "workers left", len(list), 0)
	})
}

func TestOpenNamesThePlace(t *testing.T) {
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "a file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	locked := filepath.Join(t.TempDir(), "locked")
	if err := os.Mkdir(locked, 0o500); err != nil {
		t.Fatal(err)
	}
	places := map[string]string{file: "a file", filepath.Join(file, "in it"): "in it",
		"postgres://nobody:secret@127.0.0.1:1/none?connect_timeout=2": "127.0.0.1:1", "postgres://h:x/": "postgres"}
	if os.Getuid() != 0 {
		places[locked] = "locked"
	}
	for location, names := range places {
		s, err := store.Open(ctx, location)
		if err == nil {
			s.Close()
			t.Errorf("%s was opened", location)
			continue
		}
		if !strings.Contains(err.Error(), names) || strings.Contains(err.Error(), "secret") || vedette.ErrorCode(err) == vedette.CodeInternal {
			t.Errorf("%s: %v (%s)", location, err, vedette.ErrorCode(err))
		}
	}
	dir := filepath.Join(t.TempDir(), "made here", "with 100% ?odd# name")
	s, err := store.Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	if info, err := os.Stat(filepath.Join(dir, store.FileName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v, %v", info, err)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the directory: %v, %v", info, err)
	}
}

func TestANewerSchemaIsRefused(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.ok(w.sql(`INSERT INTO migrations (number, name) VALUES (99, '0099_later')`))
		_, err := store.Open(w.ctx, w.place)
		w.code(err, vedette.CodeConflict)
		if !strings.Contains(err.Error(), "newer") {
			t.Error(err)
		}
	})
}

func TestForeignKeysAreOnInEveryConnection(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		if w.sql(`INSERT INTO notices (update_id, recipient_id, round, cause, made_at, variant_no, relation) VALUES (1, 1, 1, 1, 1, 1, 1)`) == nil {
			t.Error("a notice of nothing to nobody went through")
		}
	})
}
