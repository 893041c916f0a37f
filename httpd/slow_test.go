package httpd

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"
)

// patient are limits that no test comes to: each shortens the one it is about. None asks
// how long anything took: a client that is not cut off hangs, and so does the test.
var patient = Limits{Header: time.Hour, Request: time.Hour, Answer: time.Hour, Idle: time.Hour, MaxHeader: 4 << 10, Conns: 1000}

func listens(t *testing.T, l Limits, h http.Handler) (at string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := NewServer(l, slog.New(slog.DiscardHandler), h)
	go srv.Serve(ln, nil)
	t.Cleanup(func() { srv.Close() })
	return ln.Addr().String()
}

func dial(t *testing.T, at string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// drips sends a byte now and then for as long as somebody takes it.
func drips(c net.Conn, text string) {
	for i := 0; ; i++ {
		if _, err := c.Write([]byte{text[i%len(text)]}); err != nil {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func refused(w http.ResponseWriter, r *http.Request, err error) {
	http.Error(w, Sentence(err), Status(err))
}

func TestNoTimeHasNoBound(t *testing.T) {
	for v, i := reflect.ValueOf(Usual), 0; i < v.NumField(); i++ {
		if v.Field(i).IsZero() {
			t.Errorf("%s has no bound", v.Type().Field(i).Name)
		}
	}
}

func TestWhoSendsAByteNowAndThenIsCutOff(t *testing.T) {
	came := make(chan string, 10)
	h := http.NewServeMux()
	h.Handle("/", Bound(1000, 100*time.Millisecond, refused, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { came <- r.URL.Path })))
	l := patient
	l.Header = 100 * time.Millisecond
	at := listens(t, l, h)
	for name, head := range map[string]string{
		"a header":     "POST /x HTTP/1.1\r\nHost: localhost\r\nX-Long: ",
		"a body":       "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n",
		"pieces":       "POST /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2ff\r\n",
		"nothing more": "",
	} {
		c := dial(t, at)
		fmt.Fprint(c, head)
		go drips(c, "a")
		answer, _ := io.ReadAll(c) // ends when it is cut off
		if len(answer) > 0 && !bytes.Contains(answer, []byte(" 408 ")) && !bytes.Contains(answer, []byte(" 400 ")) {
			t.Errorf("%s: %s", name, answer)
		}
	}
	select {
	case path := <-came:
		t.Errorf("%s was done", path)
	default:
	}
}

// The time that a question has is over when it is here: whoever answers is not stopped by
// it, nor its context ended.
func TestWhoAnswersMayTakeLonger(t *testing.T) {
	l := patient
	l.Request = time.Second
	at := listens(t, l, Bound(1000, time.Second, refused, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
			t.Error("stopped by the time that the question has")
		case <-time.After(1500 * time.Millisecond):
		}
	})))
	for _, body := range []io.Reader{strings.NewReader("in time"), nil} {
		resp, err := http.Post("http://"+at, "text/plain", body)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
	}
}

func TestWhoDoesNotReadIsCutOff(t *testing.T) {
	gone := make(chan error, 1)
	l := patient
	l.Answer = 200 * time.Millisecond
	at := listens(t, l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for piece := make([]byte, 64<<10); ; {
			if _, err := w.Write(piece); err != nil {
				gone <- err
				return
			}
		}
	}))
	c := dial(t, at)
	fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
	<-gone
}

func TestWhoAsksNothingMoreIsCutOff(t *testing.T) {
	l := patient
	l.Idle = 50 * time.Millisecond
	c := dial(t, listens(t, l, http.HandlerFunc(ok)))
	fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
	if answer, _ := io.ReadAll(c); !bytes.Contains(answer, []byte(" 200 ")) {
		t.Errorf("%s", answer)
	}
}

func TestALongHeaderIsNotRead(t *testing.T) {
	c := dial(t, listens(t, patient, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("answered") })))
	fmt.Fprintf(c, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: %s\r\n\r\n", strings.Repeat("a", 16<<10))
	if answer, _ := bufio.NewReader(c).ReadString('\n'); !strings.Contains(answer, " 431 ") {
		t.Errorf("%q", answer)
	}
}

func TestABodyIsReadWholeFirst(t *testing.T) {
	done := 0
	h := Bound(10, time.Minute, refused, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // it reads nothing
		done++
	}))
	at := listens(t, Usual, h)
	for _, c := range []struct {
		body string
		said bool // how long it is
		want int
	}{{"0123456789", true, 200}, {"0123456789a", true, 413}, {"0123456789", false, 200}, {"0123456789a", false, 413}, {"", true, 200}} {
		var body io.Reader = strings.NewReader(c.body)
		if !c.said {
			body = io.MultiReader(body)
		}
		done = 0
		resp, err := http.Post("http://"+at, "text/plain", body)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != c.want || (done == 1) != (c.want == 200) {
			t.Errorf("%+v: %d, done %d times", c, resp.StatusCode, done)
		}
	}
	// One that ends before it is whole is not done either.
	done = 0
	conn := dial(t, at)
	fmt.Fprint(conn, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf")
	conn.(*net.TCPConn).CloseWrite()
	if answer, _ := io.ReadAll(conn); !bytes.Contains(answer, []byte(" 400 ")) || done != 0 {
		t.Errorf("half a body: %s", answer)
	}
}

func TestMoreThanThereIsRoomFor(t *testing.T) {
	l := Usual
	l.Conns = 2
	in, out := make(chan bool, 2), make(chan bool)
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		in <- true
		<-out
	})
	mux.HandleFunc("/healthz", ok)
	at := listens(t, l, mux)
	get := func(path string) (int, http.Header) {
		t.Helper()
		resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get("http://" + at + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.StatusCode, resp.Header
	}
	var held []net.Conn
	for range 2 {
		c := dial(t, at)
		fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
		<-in
		held = append(held, c)
	}
	code, h := get("/")
	if code != 503 || h.Get("Retry-After") == "" || h.Get("Content-Security-Policy") == "" {
		t.Errorf("the third: %d, %v", code, h)
	}
	if code, _ := get("/healthz"); code != 200 {
		t.Errorf("a probe of this machine: %d", code)
	}
	close(out)
	for _, c := range held {
		io.ReadAll(c) // until it is closed, and counted no more
	}
	for code := 503; code != 200; {
		code, _ = get("/")
	}
}

func TestWhoIsHeard(t *testing.T) {
	c := &crowd{most: 800}
	for _, of := range []struct {
		open int
		own  bool
		want welcome
	}{{799, false, served}, {800, false, toldToWait}, {907, false, toldToWait}, {908, false, shutOut}, {908, true, toldToWait}, {1016, true, shutOut}} {
		if got := c.meet(of.open, of.own); got != of.want {
			t.Errorf("%+v: %d", of, got)
		}
	}
}

// A request that brings nothing is not held to the time within which what it brings has
// to be here: its answer may take longer, and a stream lasts.
func TestAnAnswerMayTakeLongerThanWhatWasAsked(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	ended := make(chan bool, 1)
	slow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
			ended <- true
		case <-time.After(500 * time.Millisecond):
			ended <- false
		}
	})
	bound := Bound(4<<10, 50*time.Millisecond, func(http.ResponseWriter, *http.Request, error) {}, slow)
	srv := httptest.NewServer(Ground(Config{Log: log, Now: time.Now}, bound))
	defer srv.Close()
	res, err := http.Get(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if <-ended {
		t.Error("it was cut off")
	}
}
