package delivertest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vedette/deliver"
)

// Behaviour is what the far end does with the next messages.
type Behaviour int

// The behaviours.
const (
	Accepts  Behaviour = iota
	Defers             // refuses for now, repeating the address in its answer
	Refuses            // refuses for good, repeating the address in its answer
	Vanishes           // takes the message and hangs up before it answers
	Hangs              // takes the message and says nothing more
)

// Case is a Sender and the far end it speaks to.
type Case struct {
	New     func() deliver.Sender         // over the far end; its patience with an answer is at most 1 s
	Message func(n int) deliver.Message   // a good message, another identity for every n
	Behave  func(Behaviour)               // from the next message on
	Taken   func() []string               // identities of the messages the far end holds, in order
	Bad     func(n int) []deliver.Message // messages to addresses that are malformed or forbidden
	Secrets []string                      // no detail may show these, nor the address
}

// patience bounds every single Send of the exam.
const patience = 15 * time.Second

// Exam puts a Sender to the test; every channel passes the same one.
func Exam(t *testing.T, c Case) {
	t.Helper()
	e := &exam{Case: c}
	for _, q := range []struct {
		name string
		ask  func(*testing.T)
	}{
		{"what is accepted is at the far end once", e.accepted},
		{"a refusal for now is tried again under the same identity", e.temporary},
		{"a refusal for good is failed", e.permanent},
		{"a lost answer is a doubt, and the repeat is recognisable", e.doubt},
		{"a bad address fails without a word to the far end", e.bad},
		{"an ended context sends nothing", e.ended},
		{"a far end that hangs is given up, in doubt", e.hangs},
		{"many at once arrive each once", e.many},
		{"after Close nothing is sent", e.closed},
	} {
		t.Run(q.name, q.ask)
	}
}

type exam struct {
	Case
	n int
}

// next is a message no other question uses.
func (e *exam) next() deliver.Message {
	e.n++
	return e.Message(e.n)
}

func (e *exam) sender(t *testing.T, b Behaviour) deliver.Sender {
	s := e.New()
	t.Cleanup(func() { s.Close() })
	e.Behave(b)
	return s
}

// send sends once and checks what holds for every result.
func (e *exam) send(t *testing.T, s deliver.Sender, m deliver.Message, want deliver.Kind) deliver.Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	r := s.Send(ctx, m)
	e.check(t, m, r, want)
	return r
}

func (e *exam) check(t *testing.T, m deliver.Message, r deliver.Result, want deliver.Kind) {
	t.Helper()
	if r.Kind != want {
		t.Errorf("result is %v (%s), want %v", r.Kind, r.Detail, want)
	}
	if len(r.Detail) > deliver.MaxDetail || strings.ContainsAny(r.Detail, "\r\n\x00") {
		t.Errorf("detail is not one line of at most %d bytes: %q", deliver.MaxDetail, r.Detail)
	}
	if want != deliver.Accepted && r.Detail == "" {
		t.Error("nothing says why")
	}
	for _, secret := range append([]string{m.To, m.Secret}, e.Secrets...) {
		if len(secret) >= 4 && strings.Contains(strings.ToLower(r.Detail), strings.ToLower(secret)) {
			t.Errorf("detail shows %q: %s", secret, r.Detail)
		}
	}
}

func (e *exam) holds(t *testing.T, m deliver.Message, want int) {
	t.Helper()
	got := 0
	for _, id := range e.Taken() {
		if id == m.ID {
			got++
		}
	}
	if got != want {
		t.Errorf("the far end holds %q %d times, want %d", m.ID, got, want)
	}
}

func (e *exam) accepted(t *testing.T) {
	s, m := e.sender(t, Accepts), e.next()
	e.send(t, s, m, deliver.Accepted)
	e.holds(t, m, 1)
	other := e.next()
	e.send(t, s, other, deliver.Accepted)
	e.holds(t, other, 1)
}

func (e *exam) temporary(t *testing.T) {
	s, m := e.sender(t, Defers), e.next()
	e.send(t, s, m, deliver.Retry)
	e.holds(t, m, 0)
	e.Behave(Accepts)
	e.send(t, s, m, deliver.Accepted)
	e.holds(t, m, 1)
}

func (e *exam) permanent(t *testing.T) {
	s, m := e.sender(t, Refuses), e.next()
	e.send(t, s, m, deliver.Failed)
	e.holds(t, m, 0)
	e.Behave(Accepts)
	e.send(t, s, e.next(), deliver.Accepted)
}

func (e *exam) doubt(t *testing.T) {
	s, m := e.sender(t, Vanishes), e.next()
	e.send(t, s, m, deliver.Doubt)
	e.holds(t, m, 1)
	e.Behave(Accepts)
	e.send(t, s, m, deliver.Accepted)
	e.holds(t, m, 2)
}

func (e *exam) bad(t *testing.T) {
	s := e.sender(t, Accepts)
	e.n++
	for _, m := range e.Bad(e.n) {
		t.Run(fmt.Sprintf("%.40q", m.To), func(t *testing.T) {
			e.send(t, s, m, deliver.Failed)
			e.holds(t, m, 0)
		})
	}
}

func (e *exam) ended(t *testing.T) {
	s, m := e.sender(t, Accepts), e.next()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	e.check(t, m, s.Send(ctx, m), deliver.Retry)
	e.holds(t, m, 0)
}

func (e *exam) hangs(t *testing.T) {
	s := e.sender(t, Hangs)
	e.send(t, s, e.next(), deliver.Doubt)
	m := e.next()
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	e.check(t, m, s.Send(ctx, m), deliver.Doubt)
	e.Behave(Accepts)
}

func (e *exam) many(t *testing.T) {
	s := e.sender(t, Accepts)
	const count = 200
	before := len(e.Taken())
	var wg sync.WaitGroup
	var mu sync.Mutex
	for range count {
		m := e.next()
		wg.Go(func() {
			r := s.Send(context.Background(), m)
			mu.Lock()
			defer mu.Unlock()
			e.check(t, m, r, deliver.Accepted)
		})
	}
	wg.Wait()
	got := e.Taken()[before:]
	slices.Sort(got)
	if once := slices.Compact(slices.Clone(got)); len(got) != count || len(once) != count {
		t.Errorf("%d arrived, %d different; want %d", len(got), len(once), count)
	}
}

func (e *exam) closed(t *testing.T) {
	s, m := e.sender(t, Accepts), e.next()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	e.send(t, s, m, deliver.Retry)
	e.holds(t, m, 0)
}
