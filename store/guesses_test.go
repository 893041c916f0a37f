package store_test

import (
	"database/sql"
	"regexp"
	"strconv"
	"testing"
)

// PostgreSQL does not take it that an update which it has not counted yet has no
// rows: what is asked of one that is being planned would take minutes.
func TestAnUpdateThatIsNotCountedYet(t *testing.T) {
	w := newWorld(t, place(t, "postgres"))
	keys := w.people(3000)
	for _, title := range []string{"Rockets", "Flood"} {
		w.plan(w.publish(title, "", t0), keys)
	}
	w.ok(w.sql(`ANALYZE`))
	db, err := sql.Open("pgx", w.place)
	w.ok(err)
	defer db.Close()
	for _, table := range []string{"notices", "deliveries"} {
		var plan string
		w.ok(db.QueryRow(`EXPLAIN SELECT 1 FROM ` + table + ` WHERE update_id = 999`).Scan(&plan))
		m := regexp.MustCompile(`rows=(\d+)`).FindStringSubmatch(plan)
		if n, _ := strconv.Atoi(m[1]); n < 20 {
			t.Errorf("%s: it takes it that there are %d rows: %s", table, n, plan)
		}
	}
}
