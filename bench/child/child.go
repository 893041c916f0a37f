// Package child runs a measuring program once more in another role, so that what is measured
// is a process of its own.
package child

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

// Child is a process of this program in another role. It is asked by lines
// and answers each by a line of JSON.
type Child struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader

	mu   sync.Mutex
	most int64 // resident memory at most, in bytes
}

// Start starts a role; hello is its first answer.
func Start(ctx context.Context, hello any, env []string, role string, args ...string) (*Child, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &Child{cmd: exec.CommandContext(ctx, exe, append([]string{role}, args...)...)}
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
		c.Kill()
		return nil, fmt.Errorf("the %s did not start: %w", role, err)
	}
	return c, nil
}

// Ask sends a line and reads the answer.
func (c *Child) Ask(into any, format string, args ...any) error {
	if _, err := fmt.Fprintf(c.in, format+"\n", args...); err != nil {
		return err
	}
	return c.read(into)
}

func (c *Child) read(into any) error {
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

// End lets a child end by itself: its input is at an end.
func (c *Child) End() error {
	c.in.Close()
	return c.cmd.Wait()
}

// Kill is kill -9.
func (c *Child) Kill() {
	_ = c.cmd.Process.Kill()
	_ = c.cmd.Wait()
}

// Halted lets the child run for a time, and stops it while something is done.
func (c *Child) Halted(after time.Duration, do func() error) error {
	time.Sleep(after)
	if err := c.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		return err
	}
	return errors.Join(do(), c.cmd.Process.Signal(syscall.SIGCONT))
}

// Watch looks at the child's resident memory until stop.
func (c *Child) Watch(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for ctx.Err() == nil {
			if now := Resident(c.cmd.Process.Pid); now > c.most {
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

// Resident is what of a process lies in memory, in bytes.
func Resident(pid int) int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	fields := strings.Fields(string(text))
	if err != nil || len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize())
}

// Used is the processor time of a process so far.
func Used(pid int) time.Duration {
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

// Serve answers the lines of standard input until it ends.
func Serve(answer func(words []string) (any, error)) error {
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		got, err := answer(strings.Fields(in.Text()))
		if err != nil {
			got = map[string]string{"error": err.Error()}
		}
		Say(got)
	}
	return in.Err()
}

// Say answers with a line of JSON: the first is what whoever starts a role waits for.
func Say(v any) { _ = json.NewEncoder(os.Stdout).Encode(v) }

// Used is the processor time of the child so far.
func (c *Child) Used() time.Duration { return Used(c.cmd.Process.Pid) }

// Most is how much of the child lay in memory at most, in bytes, while it was watched.
func (c *Child) Most() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.most
}
