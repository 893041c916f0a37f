package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver/gateway"
	"vedette/deliver/sms"
	"vedette/store"
)

// A receipt that is here before the ledger says that the text was taken is asked for
// again, and not lost.
func TestAReceiptBeforeTheLedgers(t *testing.T) {
	w := newWorld(t)
	var err error
	if w.desk.SMS, err = sms.Read(strings.NewReader(`{"gateways": [{"name": "main", "form": "twilio", "account": "AC1", "secret": "${T}", "from": ["+447700900000"]}]}`),
		func(string) string { return "token" }); err != nil {
		t.Fatal(err)
	}
	u, p := w.waits("Dawit", vedette.AddressPhone, vedette.ChannelSMS)
	got, err := w.rows.Claim(w.ctx, "w", 9, w.now, time.Minute, []vedette.Channel{vedette.ChannelSMS})
	if err != nil || len(got) != 1 {
		t.Fatalf("claimed %d, %v", len(got), err)
	}
	c := got[0]
	token := w.key.SignReturn(auth.Return{Org: w.org.Key, Update: u.Key, Recipient: p.Key, Round: c.Round, Address: c.Address})
	receipt := func(status string) *httptest.ResponseRecorder {
		path, form := "/sms/main/receipt/"+token, url.Values{"MessageSid": {"SM1"}, "MessageStatus": {status}}
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Twilio-Signature", gateway.SignTwilio("token", path, form))
		rec := httptest.NewRecorder()
		w.http.ServeHTTP(rec, r)
		return rec
	}
	early := func(when, status string, want int) {
		t.Helper()
		if rec := receipt(status); rec.Code != want || (rec.Header().Get("Retry-After") != "") != (want == http.StatusServiceUnavailable) {
			t.Fatalf("%s: %d %s", when, rec.Code, rec.Body)
		}
	}
	settle := func(event string, doubts int) {
		t.Helper()
		o := store.Outcome{Update: c.Update, Recipient: c.Recipient, Round: c.Round, Address: c.Address, Event: event, Doubts: doubts, DueAt: w.now}
		if n, err := w.rows.Settle(w.ctx, "w", []store.Outcome{o}, w.now); err != nil || n != 1 {
			t.Fatalf("settled %d, %v", n, err)
		}
	}
	early("in hand", "undelivered", http.StatusServiceUnavailable)
	settle("retry", 1)
	// It is tried again: that the first try did not get there is not to be taken as
	// the word of the second.
	early("in doubt, not there", "undelivered", http.StatusNoContent)
	early("in doubt, there", "delivered", http.StatusServiceUnavailable)
	if got, err = w.rows.Claim(w.ctx, "w", 9, w.now, time.Minute, []vedette.Channel{vedette.ChannelSMS}); err != nil || len(got) != 1 {
		t.Fatalf("claimed again %d, %v", len(got), err)
	}
	settle("accept", 0)
	for range 2 {
		if rec := receipt("delivered"); rec.Code != http.StatusNoContent {
			t.Fatalf("told again: %d %s", rec.Code, rec.Body)
		}
	}
	if d, _, err := w.rows.Delivery(w.ctx, u.Key, p.Key, c.Address); err != nil || d.State != vedette.DeliveryReceived {
		t.Fatalf("%v, %v", d.State, err)
	}
}
