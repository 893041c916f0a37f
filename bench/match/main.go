// Command match measures the index of presences (match/index): region, city,
// point, polygon and trip queries over one organisation's people, building,
// changing, memory, and "why" for one person. Beside the figures stand, from
// the same run and the same world, a scan of all presences packed in an array,
// a bare read of those bytes (no scan can be faster), and PostgreSQL with
// PostGIS and GIN indexes, which one would use instead.
//
//	go run ./bench/match                                    20,000 presences: that it runs
//	go run ./bench/match --presences 10000000 --check       the figures asked
//	go run ./bench/match --presences 1000000 --postgres URL beside PostGIS; --install to install it (Debian)
//	go run ./bench/match --presences 1000000 --store-rows 1000000   also built from a store of as many
//
// The world: Zipf by country and by town, the largest town holds 2 % of all;
// 20 % of the presences have exact points; every tenth person has a trip, a
// stay and a leg; three of ten are kept by a site, the others by a home.
//
// Every query is asked five times and the quickest counts, so that other
// work on the machine does not; p99 is over a thousand queries.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
)

type config struct {
	presences, postgresRows, storeRows int
	postgres                           string
	install, check                     bool
}

// figure is one measured value with the most that is asked, 0 for none.
type figure struct {
	name        string
	value, most float64
	unit, note  string
}

func main() {
	var c config
	flag.IntVar(&c.presences, "presences", 20_000, "presences of the world")
	flag.IntVar(&c.presences, "people", 20_000, "the same")
	flag.StringVar(&c.postgres, "postgres", "", "server to make a database on, for PostGIS; none by default")
	flag.IntVar(&c.postgresRows, "postgres-rows", 1_000_000, "at most so many of the presences go to PostGIS")
	flag.IntVar(&c.storeRows, "store-rows", 5_000, "at most so many of the presences are saved and read back, 0 for none")
	flag.BoolVar(&c.install, "install", false, "install PostGIS for the server on this machine (apt-get)")
	flag.BoolVar(&c.check, "check", false, "end with 1 when a figure asked is missed")
	flag.Parse()
	missed, err := measure(context.Background(), c)
	if err != nil {
		fmt.Fprintln(os.Stderr, "match:", err)
		os.Exit(1)
	}
	if c.check && missed {
		os.Exit(1)
	}
}

func measure(ctx context.Context, c config) (missed bool, err error) {
	w := newWorld(c.presences)
	w.size = len(w.all)
	fmt.Printf("%s %s/%s, %d cores, %s; %d presences of %d people, %d with points, in %d areas\n", runtime.Version(), runtime.GOOS, runtime.GOARCH,
		runtime.NumCPU(), processor(), len(w.all), w.people, w.points, len(w.seen))
	if c.presences < 1_000_000 {
		fmt.Println("a small world: it shows that the program runs, not how fast the index is")
	}
	var rival *postgis
	if c.postgres != "" {
		if rival, err = newPostGIS(ctx, c, w); err != nil {
			return false, err
		}
		defer rival.close(ctx)
	}
	var fromStore []figure
	if c.storeRows > 0 {
		f, err := stored(ctx, w, c.storeRows)
		if err != nil {
			return false, err
		}
		fromStore = append(fromStore, f)
	}
	rows, in := pack(w)
	x, figures := built(w)
	w.all = nil // who runs the index has no such list; the collector would walk it
	heap()
	beside := scanned(w, x, rows, in)
	rows = nil
	queries, asked := asked(w, x)
	figures = append(append(append(fromStore, figures...), asked...), why(w, x))
	figures = append(figures, changed(w, x)...)
	for _, f := range figures {
		missed = f.print() || missed
	}
	for _, line := range beside {
		fmt.Println(line)
	}
	if rival != nil {
		return missed, rival.ask(ctx, queries)
	}
	return missed, nil
}

// print writes the figure and says whether it is missed.
func (f figure) print() bool {
	verdict, missed := "", f.most > 0 && f.value > f.most
	if f.most > 0 {
		verdict = fmt.Sprintf("at most %g: %.0f %%", f.most, 100*f.value/f.most)
	}
	if missed {
		verdict += " MISSED"
	}
	fmt.Printf("%-50s %10.3f %-3s %-24s %s\n", f.name, f.value, f.unit, verdict, f.note)
	return missed
}

// processor names the machine's, "" where it is not said.
func processor() string {
	b, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(b)) {
		if name, value, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
