package main

import (
	"context"
	"errors"
	"flag"
	"log/slog"
	"os"
	"runtime/pprof"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"vedette"
	"vedette/app"
	"vedette/bench/child"
	"vedette/desk"
	"vedette/engine"
)

// connections is how many mails are sent at once, by sender and bare client.
const connections = 16

// published is what a sender says when it has published.
type published struct {
	Update vedette.ID `json:"update"`
	Key    int64      `json:"key"`
	Began  int64      `json:"began"` // when it was told to, in nanoseconds of the Unix epoch
	Ended  int64      `json:"ended"` // when it was published
}

// senderRole runs what vedette serve runs, and publishes when it is told to,
// as the portal would.
func senderRole(args []string) error {
	fs := flag.NewFlagSet("sender", flag.ExitOnError)
	data := fs.String("data", "", "data directory")
	database := fs.String("database", "", "PostgreSQL database, SQLite by default")
	smtp := fs.String("smtp", "", "mail server")
	dkim := fs.String("dkim", "", "file of the key that signs")
	profile := fs.String("cpuprofile", "", "file for a CPU profile")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *profile != "" {
		f, err := os.Create(*profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	a, err := app.Open(ctx, app.Config{Data: *data, Database: *database, Now: shifted, AllowPrivateHooks: true, Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))})
	if err != nil {
		return err
	}
	defer a.Close()
	c := app.ServeConfig{Listen: "127.0.0.1:0", Workers: connections, Watch: &engine.Watch{},
		Mail: app.MailConfig{URL: *smtp, From: "Example Relief <alerts@relief.example.org>", DKIMKey: *dkim}}
	if *dkim != "" {
		c.Mail.DKIMSelector = "bench"
	}
	up, served := make(chan bool, 1), make(chan error, 1)
	c.Ready = func(app.At) { up <- true }
	go func() { served <- a.Serve(ctx, c) }()
	select {
	case <-up:
	case err := <-served:
		return err
	}
	r, err := a.Desk.Roster(ctx)
	if err != nil {
		return err
	}
	r.Warm(time.Now()) // as serve keeps it, from its first second on
	child.Say(map[string]bool{"ready": true})
	err = child.Serve(func(words []string) (any, error) { return command(ctx, a, c.Watch, words) })
	cancel()
	return errors.Join(err, <-served)
}

// shift is by how much the sender's clock is off.
var shift atomic.Int64

func shifted() time.Time { return time.Now().Add(time.Duration(shift.Load())) }

func command(ctx context.Context, a *app.App, w *engine.Watch, words []string) (any, error) {
	switch words[0] {
	case "publish":
		people, err := strconv.Atoi(strings.Join(words[1:], ""))
		if err != nil {
			return nil, err
		}
		d, err := a.Desk.Compose(ctx, desk.DraftOrder{Text: []byte(report), Origin: "bench"})
		if err != nil {
			return nil, err
		}
		out := published{Began: time.Now().UnixNano()}
		u, err := a.Desk.PublishDraft(ctx, d, desk.PublishOrder{Again: true, Count: people})
		if err != nil {
			return nil, err
		}
		out.Update, out.Key, out.Ended = u.ID, u.Key, time.Now().UnixNano()
		return out, nil
	case "counts":
		return map[string]int64{"accepted": w.Accepted.Load(), "failed": w.Failed.Load(), "doubtful": w.Doubtful.Load(), "retried": w.Retried.Load()}, nil
	}
	if words[0] == "jump" && len(words) == 2 {
		by, err := time.ParseDuration(words[1])
		shift.Add(int64(by))
		return map[string]bool{"ok": true}, err
	}
	return nil, errors.New("not a command: " + words[0])
}
