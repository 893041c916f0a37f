package web

import (
	"testing"
	"time"

	"vedette"
	"vedette/desk"
	"vedette/store"
)

// The page says how far the last canary came, and what to do where there is
// none.
func TestThePageOfCanaries(t *testing.T) {
	w := newWorld(t)
	wants(t, w.get("/canary"), "Canaries go to nobody yet", "vedette canary set")
	p := w.person("Chiara")
	_, err := w.desk.SetCanary(w.ctx, desk.CanaryOrder{Persons: []string{string(p.ID)}, By: "Ana"})
	must(t, err)
	wants(t, w.get("/canary"), "1 person gets one when somebody sends it", "none was sent within a week")
	_, err = w.desk.SendCanary(w.ctx)
	must(t, err)
	f, err := w.rows.LeaseFanout(w.ctx, "test", w.now, time.Minute)
	must(t, err)
	must(t, w.rows.PlanChunk(w.ctx, f, "test", store.Chunk{Variants: []vedette.Variant{{No: 1}}, Notices: []vedette.Notice{{Recipient: p.Key, Relation: vedette.RelationIn, Variant: 1}},
		Deliveries: []vedette.Delivery{{Recipient: p.Key, Address: vedette.AddressEmail, Channel: vedette.ChannelEmail, DueAt: w.now}}}, w.now, time.Minute))
	wants(t, w.get("/canary"), "The last over email is queued", "Of 1 canary since")
}
