package desk

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver/gateway"
	"vedette/deliver/sms"
	"vedette/store"
)

// sent has an organisation's newest update go to somebody by text message, as the engine
// would.
func (w *two) sent(d *Desk, who string) {
	w.t.Helper()
	p, err := d.Person(w.ctx, who)
	w.ok(err)
	f, err := d.rows.LeaseFanout(w.ctx, "test", w.now(), time.Minute)
	w.ok(err)
	w.ok(d.rows.PlanChunk(w.ctx, f, "test", store.Chunk{Variants: []vedette.Variant{{No: 1}}, Notices: []vedette.Notice{{Recipient: p.Key, Relation: vedette.RelationIn, Variant: 1}},
		Deliveries: []vedette.Delivery{{Recipient: p.Key, Address: vedette.AddressPhone, Channel: vedette.ChannelSMS, DueAt: w.now()}}}, w.now(), time.Minute))
	w.ok(d.rows.FinishFanout(w.ctx, f, "test", w.now()))
	got, err := d.rows.Claim(w.ctx, "test", 9, w.now(), time.Minute, []vedette.Channel{vedette.ChannelSMS})
	w.ok(err)
	for _, c := range got {
		_, err := d.rows.Settle(w.ctx, "test", []store.Outcome{{Update: c.Update, Recipient: c.Recipient, Round: c.Round, Address: c.Address, Event: "accept"}}, w.now())
		w.ok(err)
	}
}

// What somebody writes whose number two organisations have is for that which texted them
// last; a call for help, and STOP, are for both. A receipt is for whose message it was.
func TestWhoATextIsFor(t *testing.T) {
	shared(t, vedette.CopyDraft, func(t *testing.T, w *two) {
		cfg, err := sms.Read(strings.NewReader(`{"gateways": [{"name": "main", "form": "twilio", "account": "AC1", "secret": "${T}", "from": ["+447700900000"]}]}`), func(string) string { return "token" })
		w.ok(err)
		w.Desk.SMS, w.ridge.SMS = cfg, cfg
		w.desks.config.SMS = cfg
		const number = "+447700900104"
		w.bring("name,email,phone,country\nAnn,ann@example.org,+44 7700 900104,Iraq\nBen,ben@example.org,+44 7700 900105,Iraq\n", ImportOptions{})
		_, err = w.ridge.ImportPeople(w.ctx, strings.NewReader("name,email,phone,country\nAnn,ann@ridge.example.org,+44 7700 900104,Iraq\n"), ImportOptions{})
		w.ok(err)
		n := 0
		texts := func(from, body string) {
			t.Helper()
			n++
			const at = "https://alerts.example.org/sms/main/message"
			form := url.Values{"MessageSid": {"SM" + string(rune('a'+n))}, "From": {from}, "Body": {body}}
			_, err := w.desks.HearText(w.ctx, "main", "", gateway.Call{URL: at, Body: []byte(form.Encode()), Header: http.Header{"X-Twilio-Signature": {gateway.SignTwilio("token", at, form)}}})
			if err != nil && vedette.ErrorCode(err) != vedette.CodeForbidden {
				t.Fatal(err)
			}
		}
		answers := func(d *Desk, u *vedette.Update, kind vedette.ReplyKind) int {
			t.Helper()
			tally, err := d.rows.Tally(w.ctx, u.Key)
			w.ok(err)
			return tally.Answers[kind]
		}
		ours := w.publish(alert)
		w.sent(w.Desk, "ann@example.org")
		w.jump(time.Minute)
		d, err := w.ridge.Compose(t.Context(), DraftOrder{Text: []byte(strings.ReplaceAll(alert, "Basra", "Mosul")), Origin: "test"})
		w.ok(err)
		theirs, err := w.ridge.PublishDraft(w.ctx, d, PublishOrder{})
		w.ok(err)
		w.sent(w.ridge, "ann@ridge.example.org")
		w.jump(time.Minute)
		texts(number, "1")
		if answers(w.Desk, ours, vedette.ReplySafe) != 0 || answers(w.ridge, theirs, vedette.ReplySafe) != 1 {
			t.Error("that she is safe is for who texted her last")
		}
		w.jump(time.Minute)
		texts(number, "2")
		if answers(w.Desk, ours, vedette.ReplyHelp) != 1 || answers(w.ridge, theirs, vedette.ReplyHelp) != 1 {
			t.Error("a call for help is for both")
		}
		texts(number, "STOP")
		for _, x := range []struct {
			d   *Desk
			who string
		}{{w.Desk, "ann@example.org"}, {w.ridge, "ann@ridge.example.org"}} {
			p, err := x.d.Person(w.ctx, x.who)
			w.ok(err)
			if a, _ := p.Record.Address(vedette.AddressPhone); a.Blocked == "" {
				t.Errorf("STOP does not hold for %s", x.d.OrgName())
			}
		}
		before, err := w.ridge.rows.Seq(w.ctx)
		w.ok(err)
		texts("+447700900105", "STOP")
		if after, err := w.ridge.rows.Seq(w.ctx); err != nil || after != before {
			t.Errorf("what is for one was heard by the other: %v", err)
		}
	})
}
