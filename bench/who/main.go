// Command who measures what a desk waits for while it asks who is where: an
// organisation's people are written to a store, read into memory, and asked
// about through the portal, over TCP as a browser would.
//
//	go run ./bench/who                        20,000 people: that it runs
//	go run ./bench/who --people 1000000       the figures asked
//	go run ./bench/who --postgres URL         the same on PostgreSQL
//	go run ./bench/who --data DIR             keeps the store there; the next run with it only reads
//	go run ./bench/who --cpuprofile FILE      where the time of reading into memory goes
//	go run ./bench/who --draftprofile FILE    where the time of previews goes
//
// The world: people by country and town as a Zipf law has it, one in five at
// a site with an exact point, one in ten with a trip ahead, fixed seed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"runtime/metrics"
	"runtime/pprof"
	"slices"
	"strings"
	"syscall"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
	"vedette/web"
)

func main() {
	people := flag.Int("people", 20_000, "people of the organisation")
	database := flag.String("postgres", "", "PostgreSQL database to use, which must be empty; SQLite by default")
	check := flag.Bool("check", false, "end with 1 when a figure asked is missed")
	flag.StringVar(&data, "data", "", "directory to keep the store and key in; one that holds people is read as it is")
	flag.StringVar(&profile, "cpuprofile", "", "file for a CPU profile of reading into memory")
	flag.StringVar(&only, "draft", "", "preview only drafts whose name begins so")
	flag.StringVar(&looks, "draftprofile", "", "file for a CPU profile of the previews of drafts")
	flag.Parse()
	missed, err := measure(context.Background(), *people, *database)
	if err != nil {
		fmt.Fprintln(os.Stderr, "who:", err)
		os.Exit(1)
	}
	if *check && missed {
		os.Exit(1)
	}
}

var data, profile, looks, only string

func measure(ctx context.Context, people int, database string) (missed bool, err error) {
	dir := data
	if dir == "" {
		if dir, err = os.MkdirTemp("", "vedette-bench-who-"); err != nil {
			return false, err
		}
		defer os.RemoveAll(dir)
	}
	a, err := app.Open(ctx, app.Config{Data: dir, Database: database, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return false, err
	}
	defer a.Close()
	fmt.Printf("%s %s/%s, %d cores, %s; %d people\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), a.Store.Engine(), people)
	if err := write(ctx, a, people); err != nil {
		return false, err
	}
	if err := read(ctx, a); err != nil {
		return false, err
	}
	return ask(ctx, a, people)
}

// write fills the store, where nobody is in it yet.
func write(ctx context.Context, a *app.App, people int) error {
	if seq, err := a.Store.In(a.Org.Key).PeopleSeq(ctx); err != nil || seq > 0 {
		return err
	}
	at := time.Now()
	presences, err := fill(ctx, a, people)
	if err != nil {
		return err
	}
	fmt.Printf("written to the store: %d presences in %.1f s\n", presences, time.Since(at).Seconds())
	return nil
}

// read has the organisation's people read into memory.
func read(ctx context.Context, a *app.App) error {
	stop, err := profiled(profile)
	if err != nil {
		return err
	}
	defer stop()
	before, at, cpu := heap(), time.Now(), used()
	peak := watchHeap()
	r, err := a.Desk.Roster(ctx)
	if err != nil {
		return err
	}
	took, n := time.Since(at), float64(r.Index.Len())
	cpu = used() - cpu
	fmt.Printf("read into memory: %.1f s, %.0f presences a second, %.1f µs of CPU each; %.0f B a presence with all that is known of people, %.0f B at the peak of reading\n",
		took.Seconds(), n/took.Seconds(), float64(cpu.Microseconds())/n, float64(heap()-before)/n, float64(peak()-before)/n)
	return nil
}

// profiled writes a CPU profile until its function is called; none without a
// file's name.
func profiled(name string) (stop func(), err error) {
	if name == "" {
		return func() {}, nil
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() { pprof.StopCPUProfile(); f.Close() }, nil
}

// watchHeap looks at the heap until its function is called, which gives the
// most it was, with what was not yet collected.
func watchHeap() (peak func() uint64) {
	stop, most := make(chan struct{}), make(chan uint64)
	go func() {
		top := uint64(0)
		for s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}; ; {
			metrics.Read(s)
			top = max(top, s[0].Value.Uint64())
			select {
			case <-stop:
				most <- top
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() uint64 { close(stop); return <-most }
}

// used is the processor time of this process so far.
func used() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// batch is how many people are written at a time.
const batch = 20_000

func fill(ctx context.Context, a *app.App, people int) (presences int, err error) {
	w := newWorld(a)
	for n := 0; n < people; n += batch {
		list := make([]desk.NewPerson, min(batch, people-n))
		for i := range list {
			list[i] = w.person(n + i)
			presences += len(list[i].Presence) + len(list[i].Trips)
		}
		if err := a.Desk.AddPeople(ctx, w.fresh(), list); err != nil {
			return presences, err
		}
	}
	return presences, nil
}

// world makes people up from a fixed seed.
type world struct {
	*rand.Rand
	towns []vedette.Area
	zipf  *rand.Zipf
	sites []vedette.Site
	known map[string]bool
}

func newWorld(a *app.App) *world {
	r := rand.New(rand.NewPCG(4, 2))
	w := &world{Rand: r, known: map[string]bool{}}
	a.Gaz.Cities(-180, -90, 180, 90, 100_000, func(c vedette.Area) { w.towns = append(w.towns, c) })
	r.Shuffle(len(w.towns), func(i, j int) { w.towns[i], w.towns[j] = w.towns[j], w.towns[i] })
	w.zipf = rand.NewZipf(r, 1.1, 8, uint64(len(w.towns)-1))
	return w
}

func (w *world) town() vedette.Area { return w.towns[w.zipf.Uint64()] }

func (w *world) person(n int) desk.NewPerson {
	home := w.town()
	p := desk.NewPerson{Record: vedette.PersonRecord{Name: fmt.Sprintf("Person %d", n)},
		Presence: []vedette.Presence{{Area: home.ID, Because: vedette.BecauseHome}}}
	if n%50 != 0 {
		p.Record.Addresses = []vedette.Address{{No: vedette.AddressEmail, Channel: vedette.ChannelEmail, Value: fmt.Sprintf("p%d@example.org", n)}}
	}
	if n%5 == 0 {
		name := home.Name + " office " + string(home.ID)
		if !w.known[name] {
			w.known[name] = true
			w.sites = append(w.sites, vedette.Site{Name: name, Area: home.ID, Point: &home.Center})
		}
		p.Record.Points = map[string]vedette.Point{"home": home.Center}
		p.Presence[0] = vedette.Presence{Area: home.ID, Because: vedette.BecauseSite, Site: name, PointRef: "home"}
	}
	if n%10 == 0 {
		from := time.Now().Add(time.Duration(w.IntN(30*24)) * time.Hour)
		p.Trips = []vedette.Stay{{Area: w.town().ID, From: from, To: from.AddDate(0, 0, 5)}}
	}
	return p
}

// fresh gives the sites that are new since it was asked.
func (w *world) fresh() []vedette.Site {
	out := w.sites
	w.sites = nil
	return out
}

// asked are the places asked about, from one town to a region.
var asked = []string{"area=mena", "area=Iraq%3BLebanon", "area=IN", "area=US", "area=europe", "area=Baghdad", "area=southeast-asia", "area=red-sea", "at=31.8,34.65&km=25", "at=28.6,77.2&km=300"}

const (
	rounds  = 30
	mostP95 = 30.0 // ms, of a million people
)

func ask(ctx context.Context, a *app.App, people int) (missed bool, err error) {
	portal, err := web.New(web.Config{Desk: a.Desk, Gaz: a.Gaz, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return false, err
	}
	s := httptest.NewServer(portal)
	defer s.Close()
	who := pages{what: "who is where, through the portal"}
	for _, q := range asked {
		if err := who.open(s.URL+"/who?"+q, q, nil); err != nil {
			return false, err
		}
	}
	stop, err := profiled(looks)
	if err != nil {
		return false, err
	}
	defer stop()
	drafts := pages{what: "preview of a draft, through the portal"}
	running := pages{what: "preview of a draft that goes on, of a situation that everyone concerned was told of"}
	for _, d := range drafted {
		if !strings.HasPrefix(d.name, only) {
			continue
		}
		id, err := d.keep(ctx, a)
		if err != nil {
			return false, fmt.Errorf("draft %s: %w", d.name, err)
		}
		n, err := d.concerns(ctx, a, id)
		if err != nil {
			return false, err
		}
		of := &drafts
		if d.running {
			of = &running
		}
		if err := of.open(s.URL+"/drafts/"+string(id), fmt.Sprintf("%s: %d", d.name, n), func(n int) error { return d.edit(ctx, a, id, n) }); err != nil {
			return false, err
		}
	}
	for _, p := range []*pages{&who, &drafts, &running} {
		missed = p.verdict(people) || missed
	}
	return missed, nil
}

// pages is how long some pages took.
type pages struct {
	what string
	all  []float64 // ms
}

// open opens a page as often as is measured, each time after what before does.
func (p *pages) open(address, name string, before func(n int) error) error {
	var took []float64
	var cpu time.Duration
	for n := range rounds {
		if before != nil {
			if err := before(n); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		at, spent := time.Now(), used()
		if err := get(address); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		cpu += used() - spent
		took = append(took, float64(time.Since(at).Microseconds())/1000)
	}
	slices.Sort(took)
	fmt.Printf("  %-40s p50 %7.2f ms   p95 %7.2f ms   CPU %6.1f ms\n", name, took[len(took)/2], took[len(took)*95/100], float64(cpu.Microseconds())/1000/rounds)
	p.all = append(p.all, took...)
	return nil
}

// verdict prints what is asked of them all, and says whether it was missed.
func (p *pages) verdict(people int) (missed bool) {
	if len(p.all) == 0 {
		return false
	}
	slices.Sort(p.all)
	p95, words := p.all[len(p.all)*95/100], ""
	if people >= 1_000_000 {
		missed = p95 > mostP95
		words = fmt.Sprintf("at most %g ms: %.0f %%", mostP95, 100*p95/mostP95)
		if missed {
			words += " MISSED"
		}
	}
	fmt.Printf("%s: p50 %.2f ms, p95 %.2f ms  %s\n", p.what, p.all[len(p.all)/2], p95, words)
	return missed
}

func get(address string) error {
	res, err := http.Get(address)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("the portal answers %s", res.Status)
	}
	return nil
}
