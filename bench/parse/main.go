// Command parse measures the reader: how long the places take to be ready and
// what they weigh, a report warm, the longest and most hostile texts, a report
// as a process of its own, and the size of the binary. Beside each figure
// stand the figure asked of it and, where there is one, the same bytes cut into
// words by strings.Fields in the same run: what any reader must do at least.
//
//	go run ./bench/parse                 the sample report of the project
//	go run ./bench/parse --report FILE   another
package main

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"vedette/gazetteer"
	"vedette/parse"
	"vedette/parse/page"
	"vedette/testdata/reports"
)

// figure is one measured value with the most that is asked, 0 for none.
type figure struct {
	name        string
	value, most float64
	unit, note  string
}

func main() {
	report := flag.String("report", "", "report to read instead of the project's sample")
	check := flag.Bool("check", false, "end with 1 when a figure asked is missed")
	flag.Parse()
	text := []byte(reports.Gulf)
	if *report != "" {
		b, err := os.ReadFile(*report)
		if err != nil {
			fail(err)
		}
		text = b
	}
	figures := append(places(), warm(text))
	figures = append(figures, longest()...)
	more, err := process(text)
	if err != nil {
		fail(err)
	}
	fmt.Printf("%s %s/%s, %d cores; report of %d bytes\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), len(text))
	missed := false
	for _, f := range append(figures, more...) {
		missed = f.print() || missed
	}
	if *check && missed {
		os.Exit(1)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "parse:", err)
	os.Exit(1)
}

// print writes the figure and says whether it is missed.
func (f figure) print() bool {
	asked, missed := "", f.most > 0 && f.value > f.most
	if f.most > 0 {
		asked = fmt.Sprintf("at most %g: %.0f %%", f.most, 100*f.value/f.most)
	}
	if missed {
		asked += " MISSED"
	}
	fmt.Printf("%-52s %9.2f %-3s %-24s %s\n", f.name, f.value, f.unit, asked, f.note)
	return missed
}

// places measures the gazetteer at its first use.
func places() []figure {
	before := heap()
	begin := time.Now()
	g := gazetteer.Default()
	ready := time.Since(begin)
	names := heap() - before
	g.Outline("IR", true) // geometry loads when it is asked for
	g.At(g.Countries()[0].Center)
	return []figure{
		{"places ready", ms(ready), 250, "ms", ""},
		{"heap of the places, geometry and all", float64(heap()-before) / (1 << 20), 80, "MB", fmt.Sprintf("names alone %.0f MB", float64(names)/(1<<20))},
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// warm reads a report often and gives the median.
func warm(text []byte) figure {
	g, bare := gazetteer.Default(), string(text)
	t := median(300, func() { parse.Read(g, text, parse.Options{}) })
	least := median(300, func() { strings.Fields(bare) })
	return figure{"the report, warm, median of 300", ms(t), 1, "ms", fmt.Sprintf("%.0f times strings.Fields (%.3f ms)", float64(t)/float64(least), ms(least))}
}

func median(n int, f func()) time.Duration {
	all := make([]time.Duration, 0, n)
	for range n {
		begin := time.Now()
		f()
		all = append(all, time.Since(begin))
	}
	slices.Sort(all)
	return all[n/2]
}

// longest reads 2 MiB of each hostile text in three forms and gives the worst
// time and the most bytes allocated, which is more than were ever held.
func longest() []figure {
	g := gazetteer.Default()
	var worst, most figure
	var fields time.Duration
	for _, name := range slices.Sorted(maps.Keys(reports.Hostile)) {
		for form, text := range reports.Longest(reports.Hostile[name], page.MaxBytes) {
			t := min(timed(func() { parse.Read(g, text, parse.Options{}) }), timed(func() { parse.Read(g, text, parse.Options{}) }))
			if ms(t) > worst.value {
				worst = figure{"2 MiB of the worst text (" + name + ", " + form + ")", ms(t), 250, "ms", ""}
				bare := string(text)
				fields = timed(func() { strings.Fields(bare) })
			}
			if a := allocated(func() { parse.Read(g, text, parse.Options{}) }); a > most.value {
				most = figure{"most bytes allocated (" + name + ", " + form + ")", a, 64, "MB", "in all; held at once is less"}
			}
		}
	}
	worst.note = fmt.Sprintf("%.0f times strings.Fields (%.1f ms)", worst.value/ms(fields), ms(fields))
	return []figure{worst, most}
}

func timed(f func()) time.Duration {
	begin := time.Now()
	f()
	return time.Since(begin)
}

func allocated(f func()) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc-before.TotalAlloc) / (1 << 20)
}

// process builds the binary as it ships and reads the report with it.
func process(text []byte) ([]figure, error) {
	dir, err := os.MkdirTemp("", "vedette-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	bin, file := filepath.Join(dir, "vedette"), filepath.Join(dir, "report.txt")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", bin, "./cmd/vedette")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build (run at the root of the module): %w\n%s", err, out)
	}
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return nil, err
	}
	info, err := os.Stat(bin)
	if err != nil {
		return nil, err
	}
	run := func(args ...string) time.Duration {
		return median(9, func() {
			if e := exec.Command(bin, args...).Run(); e != nil && err == nil {
				err = e
			}
		})
	}
	read, bare := run("parse", "--json", file), run("version")
	return []figure{
		{"vedette parse of the report, as a process", ms(read), 400, "ms", fmt.Sprintf("%.1f times vedette version (%.0f ms)", float64(read)/float64(bare), ms(bare))},
		{"the binary", float64(info.Size()) / (1 << 20), 45, "MB", ""},
	}, err
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
