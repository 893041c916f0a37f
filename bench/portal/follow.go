package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"runtime"
	"strings"
	"time"

	"vedette"
	"vedette/bench/figure"
	"vedette/bench/load"
)

// followed is how long it takes until a change is with everybody who follows a board,
// and what each of them costs the server.
func (h *house) followed(ctx context.Context, s size) ([]figure.Figure, error) {
	before := settled()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	seen := make(chan time.Time, 8*s.followers)
	var lines []*follower
	defer func() {
		for _, l := range lines {
			l.conn.Close()
		}
	}()
	for range s.followers {
		l, err := h.follow("/updates/"+string(h.board.ID)+"/board/live", seen)
		if err != nil {
			return nil, fmt.Errorf("follower %d: %w", len(lines)+1, err)
		}
		lines = append(lines, l)
	}
	if err := all(seen, s.followers); err != nil { // what the page has already
		return nil, err
	}
	each := float64(settled()-before) / float64(s.followers)
	var slowest []time.Duration
	for n := range 5 {
		begin := time.Now()
		answer := vedette.Reply{Update: h.board.Key, Recipient: h.told[n], Kind: vedette.ReplySafe, At: begin}
		if err := h.rows.Reply(ctx, answer, vedette.AddressEmail, nil); err != nil {
			return nil, err
		}
		for range s.followers {
			select {
			case at := <-seen:
				slowest = append(slowest, at.Sub(begin))
			case <-time.After(30 * time.Second):
				return nil, errors.New("a change never came to everybody")
			}
		}
		time.Sleep(time.Second)
	}
	return []figure.Figure{
		{Name: fmt.Sprintf("a change, until it is with %d followers, p99", s.followers), Value: load.At(slowest, 99), Unit: "ms", Asked: askedChange, AtMost: true,
			Note: fmt.Sprintf("half within %.0f ms, the last %.0f ms", load.At(slowest, 50), load.At(slowest, 100))},
		{Name: "memory of a follower", Value: each, Unit: "bytes", Asked: askedMemory, AtMost: true, Note: "heap and stacks, with the reading end, which is in this process, too"},
	}, nil
}

// all waits until everybody who follows has something.
func all(seen <-chan time.Time, followers int) error {
	for range followers {
		select {
		case <-seen:
		case <-time.After(30 * time.Second):
			return errors.New("not everybody who follows was shown the board")
		}
	}
	return nil
}

// follower is one who follows, at the other end of a line. It keeps little: what it costs
// is counted with the server's.
type follower struct{ conn net.Conn }

func (h *house) follow(path string, seen chan<- time.Time) (*follower, error) {
	conn, err := net.Dial("tcp", strings.TrimPrefix(h.base, "http://"))
	if err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", path, strings.TrimPrefix(h.base, "http://")); err != nil {
		return nil, err
	}
	go func() {
		in := bufio.NewReaderSize(conn, 1024)
		for {
			line, err := in.ReadSlice('\n')
			if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
				return
			}
			if strings.HasPrefix(string(line), "event: part") {
				seen <- time.Now()
			}
		}
	}()
	return &follower{conn}, nil
}

// settled is how much memory is in use.
func settled() int64 {
	var m runtime.MemStats
	for range 3 {
		runtime.GC()
	}
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse)
}
