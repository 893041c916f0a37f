package store

import (
	"context"
	"time"

	"vedette/store/ground"
)

// WorkerGone is how long a worker's last beat may lie back before it counts
// as gone. Workers beat every two seconds.
const WorkerGone = 10 * time.Second

// Worker is a running process that plans or sends.
type Worker struct {
	ID        string
	Kind      string
	Host      string
	PID       int
	StartedAt time.Time
	BeatAt    time.Time
	KeyNo     int // the newest key of the installation that it holds
}

// Beat says that a worker is alive at w.BeatAt.
func (s *Store) Beat(ctx context.Context, w Worker) error {
	return s.write(ctx, "noting a worker", func(t *tx) error {
		_, err := t.Exec(`INSERT INTO workers (id, kind, host, pid, started_at, beat_at, key_no) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, host = excluded.host, pid = excluded.pid,
				started_at = excluded.started_at, beat_at = excluded.beat_at, key_no = excluded.key_no`,
			w.ID, w.Kind, w.Host, int64(w.PID), ground.Micros(w.StartedAt), ground.Micros(w.BeatAt), int64(w.KeyNo))
		return err
	})
}

// Workers lists those that were alive at or after a time, oldest first.
func (s *Store) Workers(ctx context.Context, since time.Time) (list []Worker, err error) {
	err = s.read(ctx, "listing the workers", func(t *tx) error {
		list, err = t.workers(`beat_at >= $1`, ground.Micros(since))
		return err
	})
	return list, err
}

func (t *tx) workers(where string, args ...any) ([]Worker, error) {
	return ground.All(t.Tx, func(w *Worker) []any {
		return []any{&w.ID, &w.Kind, &w.Host, &w.PID, ground.Time(&w.StartedAt), ground.Time(&w.BeatAt), &w.KeyNo}
	}, `SELECT id, kind, host, pid, started_at, beat_at, key_no FROM workers WHERE `+where+` ORDER BY started_at, id`, args...)
}

// Leave takes a worker off the list.
func (s *Store) Leave(ctx context.Context, id string) error {
	return s.write(ctx, "signing a worker off", func(t *tx) error {
		_, err := t.Exec(`DELETE FROM workers WHERE id = $1`, id)
		return err
	})
}
