package webhook

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"vedette/deliver"
	"vedette/deliver/outbound"
)

// A name that passed every look at the address and leads to a private one
// all the same is refused when it is dialled, and nothing gets through.
func TestNameThatTurnsPrivate(t *testing.T) {
	calls := 0
	web := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { calls++ }))
	defer web.Close()
	s := New(Config{Now: func() time.Time { return time.Unix(0, 0) }})
	defer s.Close()
	url := strings.Replace(web.URL, "127.0.0.1", "localhost", 1)
	_, err := s.client.Post(url, "application/json", nil)
	if err == nil || calls != 0 {
		t.Fatalf("%v, %d calls", err, calls)
	}
	if r := outbound.Lost(err, false); r.Kind != deliver.Failed || !strings.Contains(r.Detail, "--allow-private-hooks") {
		t.Errorf("%v %s", r.Kind, r.Detail)
	}
}
