package engine

import (
	"sync"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/store"
)

func (n *night) addHook(url string) {
	n.t.Helper()
	id := vedette.NewID(n.clock())
	sealed, err := n.key.SealHook(vedette.Hook{ID: id, URL: url, Secret: "whsec_AAAA"})
	if err == nil {
		_, err = n.rows.AddHook(n.t.Context(), store.SealedHook{ID: id, Sealed: sealed}, n.clock())
	}
	if err != nil {
		n.t.Fatal(err)
	}
}

// hanging is a far side of which one system does not answer until it is let go.
type hanging struct {
	url  string
	free chan struct{}

	mu       sync.Mutex
	at, most int
	took     map[string]int
}

func (h *hanging) answer(_ int, m deliver.Message) deliver.Result {
	h.mu.Lock()
	if m.To == h.url {
		h.at++
		h.most = max(h.most, h.at)
		h.mu.Unlock()
		<-h.free
		h.mu.Lock()
		h.at--
	}
	h.took[m.To]++
	h.mu.Unlock()
	return deliver.Result{Kind: deliver.Accepted}
}

func TestASystemThatHangsHoldsUpNoOther(t *testing.T) {
	n := newNight(t, 0)
	n.live = time.Now()
	h := &hanging{url: "https://slow.example.org/in", free: make(chan struct{}), took: map[string]int{}}
	n.box.answer = h.answer
	n.addHook(h.url)
	n.addHook("https://quick.example.org/in")
	const many = 40
	us := make([]*vedette.Update, many)
	for i := range us {
		us[i] = n.publish("", "")
	}
	n.engine("one")
	for _, u := range us {
		n.until(u, "the quick one told", func(t store.Tally) bool { return t.Hooks[vedette.DeliveryAccepted] == 1 })
	}
	h.mu.Lock()
	if h.most > atOnce || h.took[h.url] > 0 {
		t.Errorf("%d at once at the one that hangs, %d taken, want at most %d and none", h.most, h.took[h.url], atOnce)
	}
	h.mu.Unlock()
	close(h.free)
	for _, u := range us {
		n.until(u, "both told", func(t store.Tally) bool { return t.Hooks[vedette.DeliveryAccepted] == 2 })
		n.jump(lookAgain)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for url, took := range h.took {
		if took != many {
			t.Errorf("%s was told %d times, want %d", url, took, many)
		}
	}
}

// What one system has too much of is due about when it has taken what is before it.
func TestWhatIsPutOffComesWhenTheSystemHasTime(t *testing.T) {
	at := time.Now()
	l := &line{heard: at}
	if got := l.until(); got != inLine*leastGap {
		t.Errorf("of one whose pace is not known %v, want %v", got, inLine*leastGap)
	}
	for range 40 {
		at = at.Add(2 * time.Millisecond)
		l.answers(at)
	}
	for l.later = range 100 {
		if got, want := l.until(), time.Duration(inLine+l.later)*2*time.Millisecond; got != want {
			t.Fatalf("number %d is due in %v, want %v", l.later, got, want)
		}
	}
	if l.answers(at.Add(2 * time.Millisecond)); l.later != 98 {
		t.Errorf("%d are put off after an answer, want 98", l.later)
	}
	l.answers(at.Add(time.Hour))
	if got := l.until(); got != behind {
		t.Errorf("of one that is slow %v, want %v", got, behind)
	}
}
