package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver/provider"
	"vedette/deliver/webhook"
	"vedette/desk"
	"vedette/store"
)

const tellsBy = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

// tells has a provider of mail tell that a mail failed, and gives the answer.
func (w *world) tells(id, delivery string) *httptest.ResponseRecorder {
	w.t.Helper()
	body := fmt.Sprintf(`{"delivery": %q, "event": "failed", "address": "amal@people.example.org", "status": "5.1.1"}`, delivery)
	r := httptest.NewRequest(http.MethodPost, "/mail/own/events", strings.NewReader(body))
	sig, err := webhook.Sign(tellsBy, id, w.now, []byte(body))
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set(webhook.HeaderID, id)
	r.Header.Set(webhook.HeaderTimestamp, fmt.Sprint(w.now.Unix()))
	r.Header.Set(webhook.HeaderSignature, sig)
	got := httptest.NewRecorder()
	w.http.ServeHTTP(got, r)
	return got
}

// waits publishes to somebody, for whom a message then waits at an address.
func (w *world) waits(name string, address int, over vedette.Channel) (*vedette.Update, vedette.Person) {
	w.t.Helper()
	u, p := harbours(), w.person(name)
	u.ID, u.State, u.CreatedAt = vedette.NewID(w.now), vedette.UpdateDraft, w.now
	must(w.t, w.rows.SaveDraft(w.ctx, u, w.now))
	u, err := w.desk.Publish(w.ctx, desk.PublishOrder{Draft: u.ID})
	must(w.t, err)
	f, err := w.rows.LeaseFanout(w.ctx, "test", w.now, time.Minute)
	must(w.t, err)
	must(w.t, w.rows.PlanChunk(w.ctx, f, "test", store.Chunk{Variants: []vedette.Variant{{No: 1}},
		Notices:    []vedette.Notice{{Recipient: p.Key, Relation: vedette.RelationIn, Variant: 1}},
		Deliveries: []vedette.Delivery{{Recipient: p.Key, Address: address, Channel: over, DueAt: w.now}}}, w.now, time.Minute))
	must(w.t, w.rows.FinishFanout(w.ctx, f, "test", w.now))
	return u, p
}

// What a provider tells of a mail before it is written down that the mail was taken
// is asked for again, and not lost.
func TestAProvidersWordBeforeTheLedgers(t *testing.T) {
	w := newWorld(t)
	var err error
	if w.desk.Providers, err = provider.Read(strings.NewReader(`{"providers": [{"name": "own", "form": "json", "secret": "`+tellsBy+`"}]}`), func(string) string { return "" }); err != nil {
		t.Fatal(err)
	}
	for _, left := range []string{"in hand", "in doubt"} {
		u, p := w.waits("Amal", vedette.AddressEmail, vedette.ChannelEmail)
		claim := func() *store.Claimed {
			got, err := w.rows.Claim(w.ctx, "w", 9, w.now, time.Minute, []vedette.Channel{vedette.ChannelEmail})
			if err != nil || len(got) != 1 {
				t.Fatalf("claimed %d, %v", len(got), err)
			}
			return &got[0]
		}
		settle := func(c *store.Claimed, event string, doubts int) {
			o := store.Outcome{Update: c.Update, Recipient: c.Recipient, Round: c.Round, Address: c.Address, Event: event, Doubts: doubts, DueAt: w.now}
			if n, err := w.rows.Settle(w.ctx, "w", []store.Outcome{o}, w.now); err != nil || n != 1 {
				t.Fatalf("settled %d, %v", n, err)
			}
		}
		c := claim()
		if left == "in doubt" {
			settle(c, "retry", 1)
		}
		token := w.key.SignReturn(auth.Return{Org: w.org.Key, Update: u.Key, Recipient: p.Key, Round: c.Round, Address: c.Address})
		got := w.tells(left, token)
		if got.Code != http.StatusServiceUnavailable || got.Header().Get("Retry-After") == "" {
			t.Fatalf("%s: %d %v", left, got.Code, got.Header())
		}
		if left == "in doubt" {
			c = claim()
		}
		settle(c, "accept", 0)
		if got := w.tells(left, token); got.Code != http.StatusNoContent {
			t.Fatalf("%s, told again: %d", left, got.Code)
		}
		d, _, err := w.rows.Delivery(w.ctx, u.Key, p.Key, c.Address)
		if err != nil || d.State != vedette.DeliveryFailed {
			t.Fatalf("%s: %v, %v", left, d.State, err)
		}
	}
}
