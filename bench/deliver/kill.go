package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"vedette"
	"vedette/bench/child"
	"vedette/bench/cluster"
	"vedette/desk"
)

const (
	// inFlight is the most that a kill may repeat.
	inFlight = 64
	// inHand is the most of which a kill leaves a doubt: what was claimed ahead and
	// not begun, too.
	inHand = inFlight + 192
)

// trouble is one way in which sending is disturbed.
type trouble struct {
	name   string
	mood   string                                                    // of the sink
	engine string                                                    // the only one it is for, "" for both
	during func(ctx context.Context, k *killing, u *published) error // nil: nothing but the mood
	kills  int                                                       // so many times what is in flight may be repeated
}

// killing is a delivery that is disturbed.
type killing struct {
	*delivery
	cluster *cluster.Cluster // of PostgreSQL
	sender  *child.Child
}

// troubles are what is tried on each engine.
func troubles(times int) []trouble {
	var out []trouble
	for range times {
		for _, percent := range []int{10, 30, 60, 90} {
			out = append(out, trouble{name: fmt.Sprintf("kill -9 at %d %%", percent), kills: 1, during: killAt(percent)})
		}
	}
	return append(out,
		trouble{name: "kill -9 four times", kills: 4, during: killAt(10, 30, 60, 90)},
		trouble{name: "4xx to a fifth, kill", mood: moodDefers, kills: 1, during: killAt(50)},
		trouble{name: "5xx to a fifth, kill", mood: moodRefuses, kills: 1, during: killAt(30)},
		trouble{name: "hung up on after DATA, kill", mood: moodDrops, kills: 1, during: killAt(50)},
		trouble{name: "no answer at all, kill", mood: moodHangs, kills: 1, during: killAt(50)},
		trouble{name: "database crashes, twice", engine: "postgres", kills: 2, during: crashAt(30, 60)},
		trouble{name: "the disk is full", engine: "sqlite", during: fillDisk},
		trouble{name: "clock an hour ahead, then right", during: jumpClock},
	)
}

// saw is what came of one trouble.
type saw struct {
	Engine  string  `json:"engine"`
	Trouble string  `json:"trouble"`
	People  int     `json:"people"`
	Missing int     `json:"missing"`
	Repeats int     `json:"repeats"`
	Most    int     `json:"repeats_at_most"`
	Others  int     `json:"other_identity"`
	Ledger  string  `json:"ledger"`
	Gaps    int     `json:"gaps"` // of reconciling with the sink's log, but those who were refused
	Seconds float64 `json:"seconds"`
}

func (s saw) wrong() bool { return s.Missing+s.Others+s.Gaps > 0 || s.Repeats > s.Most }

// kill runs all troubles and prints a table of what was seen.
func kill(ctx context.Context, c config) error {
	fmt.Printf("%-9s %-34s %8s %8s %14s %8s %6s %8s  %s\n", "", "", "people", "missing", "repeats", "other id", "gaps", "seconds", "the ledger")
	wrong := false
	for _, engine := range c.engines() {
		if err := c.killOn(ctx, engine, func(s saw) {
			mark := ""
			if s.wrong() {
				wrong, mark = true, "  WRONG"
			}
			fmt.Printf("%-9s %-34s %8d %8d %6d of ≤%4d %8d %6d %8.1f  %s%s\n", s.Engine, s.Trouble, s.People, s.Missing, s.Repeats, s.Most, s.Others, s.Gaps, s.Seconds, s.Ledger, mark)
		}); err != nil {
			return fmt.Errorf("on %s: %w", engine, err)
		}
	}
	if wrong {
		return errors.New("somebody was missed, or told too often, or the ledger is wrong")
	}
	return nil
}

func (c config) killOn(ctx context.Context, engine string, seen func(saw)) error {
	k := &killing{}
	if engine == "postgres" {
		var err error
		if k.cluster, err = cluster.Start(ctx); err != nil {
			return err
		}
		defer k.cluster.Stop()
		c.postgres = k.cluster.URL()
	}
	p, err := c.place(ctx, engine)
	if err != nil {
		return err
	}
	defer p.end()
	if engine == "sqlite" {
		defer smallDisk(p.dir, c.recipients)()
	}
	k.delivery = &delivery{config: c, place: p}
	if err := k.fill(ctx, c.recipients); err != nil {
		return err
	}
	logs, err := os.MkdirTemp("", "vedette-bench-log-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(logs)
	var hello taken
	if k.sink, err = child.Start(ctx, &hello, nil, "sink", "-log", filepath.Join(logs, "log")); err != nil {
		return err
	}
	defer k.sink.Kill()
	k.addr = hello.Addr
	for _, t := range troubles(c.times) {
		if t.engine != "" && t.engine != engine {
			continue
		}
		s, err := k.disturb(ctx, t, filepath.Join(logs, "log"))
		if err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		seen(s)
	}
	return nil
}

// disturb publishes, disturbs, waits until all is settled, and compares.
func (k *killing) disturb(ctx context.Context, t trouble, log string) (s saw, err error) {
	var got taken
	if err := k.sink.Ask(&got, "clear %s", t.mood); err != nil {
		return s, err
	}
	if err := k.start(ctx); err != nil {
		return s, err
	}
	defer func() { k.sender.Kill() }()
	began := time.Now()
	var u published
	if err := k.sender.Ask(&u, "publish %d", k.recipients); err != nil {
		return s, err
	}
	if t.during != nil {
		if err := t.during(ctx, k, &u); err != nil {
			return s, err
		}
	}
	tally, err := k.settled(ctx, &u)
	if err != nil {
		return s, err
	}
	if err := k.sink.Ask(&got, "count"); err != nil {
		return s, err
	}
	s = saw{Engine: k.engine, Trouble: t.name, People: k.recipients, Missing: k.recipients - got.People - got.Refused, Repeats: got.Repeats, Others: got.Others,
		Most: t.kills*inFlight + got.Odd, Seconds: time.Since(began).Seconds(), Ledger: fmt.Sprintf("%d accepted, %d failed, %d unknown", tally[vedette.DeliveryAccepted], tally[vedette.DeliveryFailed], tally[vedette.DeliveryUnknown])}
	s.Gaps, err = k.reconcile(ctx, &u, log)
	// Who was being told when the sender was killed, and was refused later, is
	// unknown: the earlier try may have been accepted.
	unknown := tally[vedette.DeliveryUnknown]
	if tally[vedette.DeliveryAccepted] != got.People || tally[vedette.DeliveryFailed]+unknown != got.Refused || unknown > t.kills*inHand {
		s.Gaps++
	}
	return s, err
}

func (k *killing) start(ctx context.Context) (err error) {
	k.sender, err = k.delivery.sender(ctx)
	return err
}

// settled waits until all is planned and nothing is queued.
func (k *killing) settled(ctx context.Context, u *published) (map[vedette.DeliveryState]int, error) {
	a, err := k.open(ctx)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	for ctx.Err() == nil {
		t, err := a.Store.In(a.Org.Key).Tally(ctx, u.Key)
		if err != nil {
			return nil, err
		}
		if t.Fanout.State == vedette.FanoutPlanned && t.Deliveries[vedette.DeliveryQueued] == 0 {
			return t.Deliveries, nil
		}
		time.Sleep(300 * time.Millisecond)
	}
	return nil, ctx.Err()
}

// reconcile counts what does not add up, as vedette reconcile --log does. Who
// was refused is no gap of that sort.
func (k *killing) reconcile(ctx context.Context, u *published, log string) (gaps int, err error) {
	a, err := k.open(ctx)
	if err != nil {
		return 0, err
	}
	defer a.Close()
	f, err := os.Open(log)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	r, err := a.Desk.Reconcile(ctx, u.Update, f)
	if err != nil {
		return 0, err
	}
	for _, g := range r.Gaps {
		if g.Kind != desk.GapFailed && g.Kind != desk.GapUnknown {
			gaps++
		}
	}
	return gaps, nil
}

// reached waits until the sink has taken so many percent.
func (k *killing) reached(ctx context.Context, percent int) error {
	for ctx.Err() == nil {
		var got taken
		if err := k.sink.Ask(&got, "count"); err != nil {
			return err
		}
		if got.Taken >= k.recipients*percent/100 {
			return nil
		}
		time.Sleep(2 * time.Millisecond)
	}
	return ctx.Err()
}

// killAt kills the sender when so many percent are sent, and starts another.
func killAt(percents ...int) func(context.Context, *killing, *published) error {
	return func(ctx context.Context, k *killing, _ *published) error {
		for _, p := range percents {
			if err := k.reached(ctx, p); err != nil {
				return err
			}
			k.sender.Kill()
			if err := k.start(ctx); err != nil {
				return err
			}
		}
		return nil
	}
}

// crashAt ends the database as a power cut would.
func crashAt(percents ...int) func(context.Context, *killing, *published) error {
	return func(ctx context.Context, k *killing, _ *published) error {
		for _, p := range percents {
			if err := k.reached(ctx, p); err != nil {
				return err
			}
			if err := k.cluster.Crash(ctx); err != nil {
				return err
			}
		}
		return nil
	}
}

// jumpClock sets the sender's clock an hour ahead, and right again.
func jumpClock(ctx context.Context, k *killing, _ *published) error {
	for _, step := range []struct {
		percent int
		by      string
	}{{20, "1h"}, {50, "-1h"}} {
		if err := k.reached(ctx, step.percent); err != nil {
			return err
		}
		var ok map[string]bool
		if err := k.sender.Ask(&ok, "jump %s", step.by); err != nil {
			return err
		}
		time.Sleep(5 * time.Second) // the sender looks at its clock every two
	}
	return nil
}

// smallDisk puts a file system of limited size, in memory, where the data
// are to be, where this process may.
func smallDisk(dir string, people int) (end func()) {
	size := 256<<20 + people*16<<10
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d,mode=0700", size)); err != nil {
		fmt.Fprintln(os.Stderr, "deliver: no small disk could be made; the disk is not filled:", err)
		return func() {}
	}
	return func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) }
}

// fillDisk leaves no room while it sends, for ten seconds.
func fillDisk(ctx context.Context, k *killing, _ *published) error {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(k.dir, &fs); err != nil {
		return err
	}
	const tmpfs = 0x01021994
	if fs.Type != tmpfs {
		return nil
	}
	if err := k.reached(ctx, 20); err != nil {
		return err
	}
	ballast := filepath.Join(k.dir, "ballast")
	f, err := os.Create(ballast)
	if err != nil {
		return err
	}
	defer os.Remove(ballast)
	defer f.Close()
	page := make([]byte, 4096)
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
		if _, err := f.Write(page); err != nil {
			if !errors.Is(err, syscall.ENOSPC) {
				return err
			}
			time.Sleep(10 * time.Millisecond) // what is given back meanwhile is taken, too
		}
	}
	return nil
}
