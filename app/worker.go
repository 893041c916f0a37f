package app

import (
	"context"
	"errors"
	"os"
	"strings"
	"syscall"
	"time"

	"vedette"
	"vedette/store"
)

// worker is this process in the store's list of workers.
func (a *App) worker(kind string) store.Worker {
	return store.Worker{Kind: kind, ID: string(vedette.NewID(a.Now())), Host: machine(), PID: os.Getpid(), StartedAt: a.Now()}
}

// machine names the place in which process numbers mean something: host, its
// boot and, in a container, its process namespace. Where Linux does not tell,
// the name is one of its own, so that nobody is taken for dead by mistake.
func machine() string {
	host, err := os.Hostname()
	boot, err2 := os.ReadFile("/proc/sys/kernel/random/boot_id")
	ns, err3 := os.Readlink("/proc/self/ns/pid")
	if errors.Join(err, err2, err3) != nil {
		return "unknown " + string(vedette.NewID(time.Now()))
	}
	return strings.Join([]string{host, strings.TrimSpace(string(boot)), ns}, " ")
}

// takeUpDead gives back what a killed process of this machine still has
// leased, so that others go on at once and not when the lease lapses. At the
// start one with our own number is gone, too: we have it now.
func (a *App) takeUpDead(ctx context.Context, starting bool) error {
	ws, err := a.Store.Workers(ctx, time.Time{})
	if err != nil {
		return err
	}
	here := machine()
	for _, w := range ws {
		ours := w.PID == os.Getpid()
		if w.Host != here || ours && !starting || !ours && alive(w.PID) {
			continue
		}
		if err := a.takeUp(ctx, w); err != nil {
			return err
		}
	}
	return nil
}

// takeUpEvery is how often a process that sends looks for others of this
// machine that were killed.
const takeUpEvery = 2 * time.Second

// keepTakingUp does so until ctx ends.
func (a *App) keepTakingUp(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(takeUpEvery):
		}
		if err := a.takeUpDead(ctx, false); err != nil && ctx.Err() == nil {
			a.Log.Warn("what killed processes left cannot be looked for, trying again", "err", err)
		}
	}
}

func (a *App) takeUp(ctx context.Context, w store.Worker) error {
	orgs, err := a.Store.AllOrganisations(ctx)
	if err != nil {
		return err
	}
	for _, o := range orgs {
		n, err := a.Store.In(o.Key).Abandon(ctx, w.ID)
		if err != nil {
			return err
		}
		if n > 0 {
			a.Log.Info("took up what a killed process left", "pid", w.PID, "deliveries", n)
		}
	}
	return a.Store.Leave(ctx, w.ID)
}

func alive(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
