package desk

import (
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// heard has most of who was told of an update get it: some answer, some within
// the same minute, one long ago by then.
func (r *room) heard(u *vedette.Update) {
	r.t.Helper()
	rows := r.Store.In(r.Org.Key)
	got, err := rows.Claim(r.t.Context(), "test", 64, r.now(), time.Minute, []vedette.Channel{vedette.ChannelEmail})
	if err != nil {
		r.t.Fatal(err)
	}
	var out []store.Outcome
	for i, c := range got {
		if event := []string{"accept", "accept", "fail"}[i%3]; c.Update == u.Key {
			out = append(out, store.Outcome{Update: c.Update, Recipient: c.Recipient, Round: c.Round, Address: c.Address, Event: event, Detail: "said so"})
		}
	}
	if n, err := rows.Settle(r.t.Context(), "test", out, r.now()); err != nil || n < 20 {
		r.t.Fatal(n, err)
	}
	for i := 0; i < len(out); i += 3 {
		if i%9 == 3 {
			r.jump(9 * time.Hour)
		}
		r.reply(u, out[i].Recipient, vedette.ReplySafe)
	}
}

// A preview that is looked at again counts what became of notices meanwhile,
// whichever process wrote it down.
func TestAPreviewRemembersNothingThatChanged(t *testing.T) {
	r := crowded(t)
	first := r.publish(alert)
	r.told(first, 1)
	dr, err := r.NewDraft(t.Context(), KeepOrder{DraftOrder: DraftOrder{Text: []byte(alert), Origin: "test"}, Situation: first.Situation.ID, By: "Ana"})
	if err != nil {
		t.Fatal(err)
	}
	omitted := func() (n int) {
		t.Helper()
		pv, err := r.Preview(t.Context(), dr, PublishOrder{})
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range pv.Omitted {
			n += o.N
		}
		return n
	}
	before := omitted()
	if again := omitted(); again != before {
		t.Errorf("%d, then %d are not told", before, again)
	}
	rows := r.Store.In(r.Org.Key)
	got, err := rows.Claim(t.Context(), "test", 3, r.now(), time.Minute, []vedette.Channel{vedette.ChannelEmail})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range got { // it is high and expected: whoever is known to have it hears nothing again
		r.reply(first, c.Recipient, vedette.ReplySafe)
		if n := omitted(); n != before+i+1 {
			t.Errorf("after %d answers %d are not told, before %d", i+1, n, before)
		}
	}
}
