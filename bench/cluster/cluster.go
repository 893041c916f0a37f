// Package cluster runs a PostgreSQL server of its own, for measuring and
// tests that restart it.
package cluster

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
)

// Cluster is a running server on 127.0.0.1 that lets the user postgres in.
type Cluster struct {
	bin, dir string
	port     int
	as       *syscall.SysProcAttr
}

// ErrNone says that no PostgreSQL is installed.
var ErrNone = errors.New("no PostgreSQL server is installed (initdb is not in /usr/lib/postgresql)")

// Start makes a cluster in a temporary place and starts it. Stop ends it and
// removes the place.
func Start(ctx context.Context) (*Cluster, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return nil, ErrNone
	}
	c := &Cluster{bin: filepath.Dir(slices.Max(found))}
	var err error
	if c.dir, err = os.MkdirTemp("", "vedette-pg-"); err != nil {
		return nil, err
	}
	if err = c.init(ctx); err == nil {
		err = c.start(ctx)
	}
	if err != nil {
		os.RemoveAll(c.dir)
		return nil, err
	}
	return c, nil
}

func (c *Cluster) init(ctx context.Context) error {
	if err := c.disown(); err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	c.port = l.Addr().(*net.TCPAddr).Port
	l.Close()
	return c.run(ctx, "initdb", "-D", filepath.Join(c.dir, "db"), "-U", "postgres", "-A", "trust", "-E", "UTF8")
}

// disown gives the place to the user postgres where we are root, whom the
// server refuses.
func (c *Cluster) disown() error {
	if os.Geteuid() != 0 {
		return nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return err
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return err
	}
	c.as = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	return os.Chown(c.dir, uid, gid)
}

func (c *Cluster) run(ctx context.Context, program string, args ...string) error {
	cmd := exec.CommandContext(ctx, filepath.Join(c.bin, program), args...)
	cmd.Dir, cmd.SysProcAttr = c.dir, c.as
	// Its output goes to a file: a server keeps its starter's pipe open.
	log, err := os.Create(filepath.Join(c.dir, program+".out"))
	if err != nil {
		return err
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Run(); err != nil {
		said, _ := os.ReadFile(log.Name())
		return fmt.Errorf("%s %v: %w\n%s", program, args, err, said)
	}
	return nil
}

func (c *Cluster) start(ctx context.Context) error {
	options := fmt.Sprintf("-c port=%d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s", c.port, c.dir)
	return c.run(ctx, "pg_ctl", "-D", filepath.Join(c.dir, "db"), "-w", "-o", options, "-l", filepath.Join(c.dir, "log"), "start")
}

// URL names the database postgres of the cluster.
func (c *Cluster) URL() string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", c.port)
}

// Crash ends the server as a power cut would, and starts it again.
func (c *Cluster) Crash(ctx context.Context) error {
	if err := c.stop(ctx, "immediate"); err != nil {
		return err
	}
	return c.start(ctx)
}

func (c *Cluster) stop(ctx context.Context, mode string) error {
	return c.run(ctx, "pg_ctl", "-D", filepath.Join(c.dir, "db"), "-w", "-m", mode, "stop")
}

// Stop ends the server and removes what it kept.
func (c *Cluster) Stop() error {
	return errors.Join(c.stop(context.Background(), "immediate"), os.RemoveAll(c.dir))
}
