package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// child is a process of this program in another role. It is asked by lines
// and answers each by a line of JSON.
type child struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader

	mu   sync.Mutex
	most int64 // resident memory at most, in bytes
}

// spawn starts a role; hello is its first answer.
func spawn(ctx context.Context, hello any, env []string, role string, args ...string) (*child, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{cmd: exec.CommandContext(ctx, exe, append([]string{role}, args...)...)}
	c.cmd.Env, c.cmd.Stderr = append(os.Environ(), env...), os.Stderr
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.out = bufio.NewReader(out)
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	if err := c.read(hello); err != nil {
		c.kill()
		return nil, fmt.Errorf("the %s did not start: %w", role, err)
	}
	return c, nil
}

// ask sends a line and reads the answer.
func (c *child) ask(into any, format string, args ...any) error {
	if _, err := fmt.Fprintf(c.in, format+"\n", args...); err != nil {
		return err
	}
	return c.read(into)
}

func (c *child) read(into any) error {
	line, err := c.out.ReadBytes('\n')
	if err != nil {
		return err
	}
	var failed struct{ Error string }
	if err := json.Unmarshal(line, &failed); err == nil && failed.Error != "" {
		return errors.New(failed.Error)
	}
	return json.Unmarshal(line, into)
}

// end lets a child end by itself: its input is at an end.
func (c *child) end() error {
	c.in.Close()
	return c.cmd.Wait()
}

// kill is kill -9.
func (c *child) kill() {
	_ = c.cmd.Process.Kill()
	_ = c.cmd.Wait()
}

// halted lets the child run for a time, and stops it while something is done.
func (c *child) halted(after time.Duration, do func() error) error {
	time.Sleep(after)
	if err := c.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		return err
	}
	return errors.Join(do(), c.cmd.Process.Signal(syscall.SIGCONT))
}

// watch looks at the child's resident memory until stop.
func (c *child) watch(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for ctx.Err() == nil {
			if now := resident(c.cmd.Process.Pid); now > c.most {
				c.mu.Lock()
				c.most = now
				c.mu.Unlock()
			}
			select {
			case <-ctx.Done():
			case <-time.After(50 * time.Millisecond):
			}
		}
	}()
	return func() { cancel(); <-done }
}

// resident is what of a process lies in memory, in bytes.
func resident(pid int) int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	fields := strings.Fields(string(text))
	if err != nil || len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize())
}

// used is the processor time of a process so far.
func used(pid int) time.Duration {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(text), ") ") // its name may hold spaces
	fields := strings.Fields(rest)
	if err != nil || len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * (time.Second / 100) // USER_HZ
}

// serveLines answers the lines of standard input until it ends.
func serveLines(answer func(words []string) (any, error)) error {
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		got, err := answer(strings.Fields(in.Text()))
		if err != nil {
			got = map[string]string{"error": err.Error()}
		}
		say(got)
	}
	return in.Err()
}

func say(v any) { _ = json.NewEncoder(os.Stdout).Encode(v) }
