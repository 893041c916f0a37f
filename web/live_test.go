package web

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"vedette/httpd"
)

// follows reads events of a stream, each as its name and its data.
func follows(t *testing.T, ctx context.Context, address string) <-chan [2]string {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, "GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	if kind := res.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/event-stream") {
		t.Fatalf("%s, %s", res.Status, kind)
	}
	out := make(chan [2]string, 100)
	go func() {
		defer close(out)
		defer res.Body.Close()
		lines, event, data := bufio.NewScanner(res.Body), "", ""
		for lines.Scan() {
			switch name, value, _ := strings.Cut(lines.Text(), ": "); {
			case name == "":
				out <- [2]string{event, data}
				data = ""
			case name == "event":
				event = value
			case name == "data":
				data += value + "\n"
			}
		}
	}()
	return out
}

// part waits for a part that says something.
func part(t *testing.T, from <-chan [2]string, says string) {
	t.Helper()
	last := ""
	for late := time.After(30 * time.Second); ; {
		select {
		case e, ok := <-from:
			if !ok {
				t.Fatalf("it ended, and never said %q; last:\n%s", says, last)
			}
			if e[0] == "part" {
				if last = text(e[1]); strings.Contains(last, says) {
					return
				}
			}
		case <-late:
			t.Fatalf("it never said %q; last:\n%s", says, last)
		}
	}
}

// A board that is followed shows an answer by itself, to all who follow; what one
// follower loses another has; and the server closes though they are there.
func TestABoardIsLive(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := httpd.NewServer(httpd.Usual, slog.New(slog.NewTextHandler(io.Discard, nil)), w.http)
	served := make(chan error, 1)
	go func() { served <- srv.Serve(ln, nil) }()
	address := "http://" + ln.Addr().String() + "/updates/" + string(u.ID) + "/board/live"
	leaves, cancel := context.WithCancel(t.Context())
	one, two, three := follows(t, t.Context(), address), follows(t, t.Context(), address), follows(t, leaves, address)
	for _, f := range []<-chan [2]string{one, two, three} {
		part(t, f, "7 silent")
	}
	cancel()
	w.answer(u, "Esra", "1", "")
	for _, f := range []<-chan [2]string{one, two} {
		part(t, f, "1 safe 0 not there 6 silent")
	}
	w.answer(u, "Bo", "2", "hurt")
	part(t, one, "1 need help")
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	if err := srv.Shutdown(ctx); err != nil {
		t.Errorf("it does not close while somebody follows: %v", err)
	}
	if err := <-served; err != http.ErrServerClosed {
		t.Error(err)
	}
}

// Nobody looks at the log when nobody follows.
func TestNobodyLooksWhenNobodyFollows(t *testing.T) {
	looks := make(chan struct{}, 1000)
	l := newLive(func(context.Context) (int64, error) { looks <- struct{}{}; return 1, nil })
	_, leave := l.enter("a")
	_, other := l.enter("a")
	<-looks
	leave()
	<-looks
	if len(l.drawn) != 1 {
		t.Error("who is left has nothing any more")
	}
	other()
	for l.still() {
		time.Sleep(10 * time.Millisecond)
	}
	if len(l.drawn) != 0 {
		t.Error("what nobody follows is kept")
	}
}

func (l *live) still() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.looking
}
