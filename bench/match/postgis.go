package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"vedette"
	"vedette/match/index"
)

// postgis is a database of a part of the world: the areas of a presence and all
// that contain them in an array under GIN, the points under GiST, the times
// beside them.
type postgis struct {
	server, db *pgx.Conn
	name       string
	rows       int
}

const tables = `CREATE EXTENSION IF NOT EXISTS postgis;
CREATE TABLE presence (person bigint NOT NULL, area text NOT NULL, within text[] NOT NULL, trip boolean NOT NULL, site boolean NOT NULL,
	point geography(Point), since timestamptz NOT NULL, until timestamptz NOT NULL)`

const indexes = `CREATE INDEX ON presence USING gin (within);
CREATE INDEX ON presence (area);
CREATE INDEX ON presence USING gist (point);
CREATE INDEX ON presence (since, until) WHERE trip;
VACUUM ANALYZE presence`

// newPostGIS makes the database and fills it.
func newPostGIS(ctx context.Context, c config, w *world) (*postgis, error) {
	server, err := pgx.Connect(ctx, c.postgres)
	if err != nil {
		return nil, fmt.Errorf("--postgres %s: %w", c.postgres, err)
	}
	p := &postgis{server: server, name: fmt.Sprintf("vedette_bench_match_%d", os.Getpid()), rows: min(c.postgresRows, len(w.all))}
	if err := p.available(ctx, c.install); err != nil {
		return nil, err
	}
	if _, err := server.Exec(ctx, "CREATE DATABASE "+p.name); err != nil {
		return nil, err
	}
	at := server.Config().Copy()
	at.Database = p.name
	if p.db, err = pgx.ConnectConfig(ctx, at); err == nil {
		err = p.fill(ctx, w)
	}
	if err != nil {
		p.close(ctx)
		return nil, err
	}
	return p, nil
}

// available says what is missing, or installs it.
func (p *postgis) available(ctx context.Context, install bool) error {
	var have bool
	var version int
	if err := p.server.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'postgis'), current_setting('server_version_num')::int").Scan(&have, &version); err != nil || have {
		return err
	}
	pack := fmt.Sprintf("postgresql-%d-postgis-3", version/10000)
	if !install {
		return fmt.Errorf("the server has no PostGIS; install the package %s, or say --install", pack)
	}
	cmd := exec.Command("sh", "-c", "apt-get update -qq && apt-get install -y -qq "+pack)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("installing %s: %w\n%s", pack, err, out)
	}
	return nil
}

func (p *postgis) close(ctx context.Context) {
	if p.db != nil {
		p.db.Close(ctx)
	}
	if _, err := p.server.Exec(ctx, "DROP DATABASE IF EXISTS "+p.name); err != nil {
		fmt.Fprintln(os.Stderr, "match: the database", p.name, "is left:", err)
	}
	p.server.Close(ctx)
}

func (p *postgis) fill(ctx context.Context, w *world) error {
	if _, err := p.db.Exec(ctx, tables); err != nil {
		return err
	}
	// Points come as text, which COPY cannot turn into a geography.
	if _, err := p.db.Exec(ctx, "CREATE TEMP TABLE rough (person bigint, area text, within text[], trip boolean, site boolean, lat float8, lon float8, since timestamptz, until timestamptz)"); err != nil {
		return err
	}
	begin := time.Now()
	columns := []string{"person", "area", "within", "trip", "site", "lat", "lon", "since", "until"}
	if _, err := p.db.CopyFrom(ctx, pgx.Identifier{"rough"}, columns, pgx.CopyFromSlice(p.rows, func(i int) ([]any, error) { return row(w, &w.all[i]), nil })); err != nil {
		return err
	}
	_, err := p.db.Exec(ctx, `INSERT INTO presence SELECT person, area, within, trip, site,
		ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography, coalesce(since, '-infinity'), coalesce(until, 'infinity') FROM rough`)
	if err != nil {
		return err
	}
	for _, one := range strings.Split(indexes, ";") {
		if _, err := p.db.Exec(ctx, one); err != nil {
			return err
		}
	}
	fmt.Printf("PostgreSQL with PostGIS: %d presences copied and indexed in %.0f s\n", p.rows, time.Since(begin).Seconds())
	return nil
}

func row(w *world, p *vedette.Presence) []any {
	out := []any{p.Person, string(p.Area), append([]vedette.AreaID{p.Area}, w.g.Ancestors(p.Area)...), p.Because.Travels(), p.Because == vedette.BecauseSite, nil, nil, nil, nil}
	if p.Point != nil {
		out[5], out[6] = p.Point.Lat, p.Point.Lon
	}
	if !p.From.IsZero() {
		out[7] = p.From
	}
	if !p.To.IsZero() {
		out[8] = p.To
	}
	return out
}

// ask asks the same queries and prints what they took.
func (p *postgis) ask(ctx context.Context, kinds []kind) error {
	for _, k := range kinds {
		if q := k.queries[0]; len(q.Shapes) > 0 && q.Shapes[0].Shape == nil {
			continue // sites about a town
		}
		var err error
		n := min(len(k.queries), 40)
		found, took := 0, make([]time.Duration, 0, n)
		p50, p99 := times(n, func(i int) {
			begin := time.Now()
			c, e := p.count(ctx, &k.queries[i])
			if e != nil {
				err = e
			}
			found, took = found+c, append(took, time.Since(begin))
		})
		if err != nil {
			return err
		}
		fmt.Printf("PostGIS, %-41s %10.3f ms  p50, p99 %.1f ms; %d people on average; %.0f times the index (which holds all)\n",
			k.name, ms(p50), ms(p99), found/len(took), float64(p50)/float64(k.p50))
	}
	return nil
}

// count counts people. By a shape it looks at points alone, which is less
// than the index does: it finds no towns and countries that the shape meets.
func (p *postgis) count(ctx context.Context, q *index.Query) (n int, err error) {
	where, args := "since < $2 AND until > $1", []any{q.From, q.To.Add(time.Microsecond)}
	if q.Trips {
		where += " AND trip"
	}
	var any []string
	for _, s := range q.Areas {
		args = append(args, []string{string(s.Area)})
		any = append(any, fmt.Sprintf("within @> $%d", len(args)))
	}
	for _, r := range q.Shapes {
		switch {
		case r.Shape.Circle != nil:
			c := r.Shape.Circle
			args = append(args, c.Center.Lon, c.Center.Lat, c.KM*1000)
			any = append(any, fmt.Sprintf("ST_DWithin(point, ST_SetSRID(ST_MakePoint($%d, $%d), 4326)::geography, $%d)", len(args)-2, len(args)-1, len(args)))
		default:
			args = append(args, polygonText(r.Shape.Polygon))
			any = append(any, fmt.Sprintf("ST_Intersects(point, $%d::geography)", len(args)))
		}
	}
	err = p.db.QueryRow(ctx, "SELECT count(DISTINCT person) FROM presence WHERE "+where+" AND ("+strings.Join(any, " OR ")+")", args...).Scan(&n)
	return n, err
}

func polygonText(ring []vedette.Point) string {
	var b strings.Builder
	b.WriteString("SRID=4326;POLYGON((")
	for _, q := range append(ring[:len(ring):len(ring)], ring[0]) {
		if b.Len() > len("SRID=4326;POLYGON((") {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%.7f %.7f", q.Lon, q.Lat)
	}
	return b.String() + "))"
}
