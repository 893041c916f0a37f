package delivertest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Ring is a call that the fake gateway has been asked for. It calls nobody by
// itself.
type Ring struct {
	ID       string // the idempotency key
	Call     string // what the gateway calls it
	To, From string
	Words    string // where it asks what to say
	Callback string
	Timeout  string
	Machines string
	Auth     string
	Form     string // all that was asked, as it came
}

// Rings lists the calls taken, in order.
func (g *Gateway) Rings() []Ring {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]Ring(nil), g.rings...)
}

// TakenRings lists the identities of the calls taken, in order.
func (g *Gateway) TakenRings() []string {
	rings := g.Rings()
	ids := make([]string, len(rings))
	for i := range rings {
		ids[i] = rings[i].ID
	}
	return ids
}

// ringing says whether a request is for a call.
func ringing(r *http.Request) bool {
	return strings.HasSuffix(r.URL.Path, "/Calls.json") || strings.HasSuffix(r.URL.Path, "/calls")
}

func readRing(r *http.Request) (Ring, error) {
	n := Ring{ID: r.Header.Get("Idempotency-Key"), Auth: r.Header.Get("Authorization")}
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return n, err
	}
	n.Form = string(body)
	r.Body = io.NopCloser(strings.NewReader(n.Form))
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		err := r.ParseForm()
		n.To, n.From, n.Words, n.Callback = r.PostForm.Get("To"), r.PostForm.Get("From"), r.PostForm.Get("Url"), r.PostForm.Get("StatusCallback")
		n.Timeout, n.Machines = r.PostForm.Get("Timeout"), r.PostForm.Get("MachineDetection")
		return n, err
	}
	var in struct{ To, From, Words, Callback, Ring string }
	err = json.Unmarshal(body, &in)
	n.To, n.From, n.Words, n.Callback, n.Timeout = in.To, in.From, in.Words, in.Callback, in.Ring
	return n, err
}

// keep keeps what was taken, and gives what the gateway calls it.
func (g *Gateway) keep(t Text, n *Ring) (sid string, no int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if n == nil {
		g.texts = append(g.texts, t)
		return fmt.Sprintf("SM%032d", len(g.texts)), len(g.texts)
	}
	n.Call = fmt.Sprintf("CA%032d", len(g.rings)+1)
	g.rings = append(g.rings, *n)
	return n.Call, len(g.rings)
}
