package main

import (
	"bufio"
	"bytes"
	"net"
	"net/textproto"
	"strconv"
	"sync"
)

// receive takes requests on every address of this machine, and gives the port.
// take is called with the path of each, from many at once; where it says false the
// request gets no answer. It reads no more of HTTP than it must: systems that are
// told something are on machines of their own, and these on the cores of what is
// measured.
func receive(take func(path string) (answer bool)) (port int, stop func(), err error) {
	l, err := net.Listen("tcp4", ":0")
	if err != nil {
		return 0, nil, err
	}
	r := &receiving{take: take, conns: map[net.Conn]bool{}}
	go r.accept(l)
	return l.Addr().(*net.TCPAddr).Port, func() { l.Close(); r.close() }, nil
}

type receiving struct {
	take  func(path string) bool
	mu    sync.Mutex
	conns map[net.Conn]bool
}

func (r *receiving) accept(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		r.mu.Lock()
		r.conns[c] = true
		r.mu.Unlock()
		go r.serve(c)
	}
}

func (r *receiving) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for c := range r.conns {
		c.Close()
	}
}

func (r *receiving) serve(c net.Conn) {
	defer func() {
		c.Close()
		r.mu.Lock()
		delete(r.conns, c)
		r.mu.Unlock()
	}()
	in := bufio.NewReaderSize(c, 8<<10)
	for {
		path, length, ok := head(in)
		if !ok {
			return
		}
		if _, err := in.Discard(length); err != nil {
			return
		}
		if !r.take(path) {
			continue // it reads on, and says nothing
		}
		if _, err := c.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")); err != nil {
			return
		}
	}
}

// head reads the first lines of a request: its path, and how many bytes follow. A
// body of another length than it says is not read: ok is false.
func head(in *bufio.Reader) (path string, length int, ok bool) {
	first, err := in.ReadSlice('\n')
	words := bytes.Fields(first)
	if err != nil || len(words) != 3 {
		return "", 0, false
	}
	path, length = string(words[1]), -1
	for {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return "", 0, false
		}
		line = textproto.TrimBytes(line)
		if len(line) == 0 {
			return path, length, length >= 0
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		if bytes.EqualFold(name, []byte("Content-Length")) {
			if length, err = strconv.Atoi(string(textproto.TrimBytes(value))); err != nil {
				return "", 0, false
			}
		}
	}
}
