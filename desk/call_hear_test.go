package desk

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver"
	"vedette/deliver/gateway"
	"vedette/deliver/voice"
	"vedette/deliver/webhook"
	"vedette/store"
)

const callSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

// rung has somebody called about an update by a gateway of its own form, and
// gives what names the call.
func (r *room) rung(u *vedette.Update, person int64) (ref string) {
	r.t.Helper()
	ctx, rows := r.t.Context(), r.Store.In(r.Org.Key)
	var err error
	r.Voice, err = voice.Read(strings.NewReader(`{"gateways": [{"name": "main", "form": "json", "url": "https://gw.example", "secret": "`+callSecret+`", "body": {"to": "{to}", "words": "{words}"}}]}`),
		func(string) string { return "" })
	r.ok(err)
	f, err := rows.LeaseFanout(ctx, "test", r.now(), time.Minute)
	r.ok(err)
	r.ok(rows.PlanChunk(ctx, f, "test", store.Chunk{Variants: []vedette.Variant{{No: 1}}, Notices: []vedette.Notice{{Recipient: person, Relation: vedette.RelationIn, Variant: 1}},
		Deliveries: []vedette.Delivery{{Recipient: person, Address: vedette.AddressVoice, Channel: vedette.ChannelVoice}}}, r.now(), time.Minute))
	r.ok(rows.FinishFanout(ctx, f, "test", r.now()))
	got, err := rows.Claim(ctx, "test", 1, r.now(), time.Minute, []vedette.Channel{vedette.ChannelVoice})
	if err != nil || len(got) != 1 {
		r.t.Fatal(got, err)
	}
	sp, err := rows.PersonByKey(ctx, person)
	r.ok(err)
	pk, err := r.Key.Unwrap(sp.ID, sp.WrappedKey)
	r.ok(err)
	plain, err := json.Marshal(deliver.Spoken{Language: "en", Text: "High risk, Iraq: Stay indoors."})
	r.ok(err)
	r.ok(rows.KeepRings(ctx, []store.Ring{{Update: u.Key, Recipient: person, Round: 1, Address: vedette.AddressVoice, Sealed: pk.Seal(deliver.SpokenPurpose, plain)}}, r.now()))
	_, err = rows.Settle(ctx, "test", []store.Outcome{{Update: u.Key, Recipient: person, Round: 1, Address: vedette.AddressVoice, Event: "accept"}}, r.now())
	r.ok(err)
	return r.Key.SignReturn(auth.Return{Org: r.Org.Key, Update: u.Key, Recipient: person, Round: 1, Address: vedette.AddressVoice})
}

func (r *room) ok(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// asks is the gateway at one of the doors, with a body that it signs.
func (r *room) asks(name string, step voice.Step, ref, body string) (string, error) {
	r.t.Helper()
	sig, err := webhook.Sign(callSecret, "id", r.now(), []byte(body))
	r.ok(err)
	form, say, err := r.HearCall(r.t.Context(), name, step, ref, gateway.Call{URL: voice.Place{Base: "https://a.example", Gateway: name, Step: step, Ref: ref}.String(), Body: []byte(body),
		Header: http.Header{"Webhook-Id": {"id"}, "Webhook-Timestamp": {strconv.FormatInt(r.now().Unix(), 10)}, "Webhook-Signature": {sig}}})
	said, _ := voice.Write(form, say)
	return string(said), err
}

// state is where the call to somebody is, and what is said of it.
func (r *room) state(u *vedette.Update, person int64) string {
	r.t.Helper()
	d, _, err := r.Store.In(r.Org.Key).Delivery(r.t.Context(), u.Key, person, vedette.AddressVoice)
	r.ok(err)
	return fmt.Sprintf("%s: %s", d.State, d.Detail)
}

// A call from its ringing to the answer, by a gateway of its own form: a guess
// of the gateway moves nothing, a key does, and what is told twice counts once.
func TestACall(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country,landline\nAli,ali@example.org,Iraq,+44 20 7946 0018\n", ImportOptions{})
	ali, err := r.Person(t.Context(), "ali@example.org")
	r.ok(err)
	u := r.publish(alert)
	ref := r.rung(u, ali.Key)
	want := func(what, got string, err error, say string) {
		t.Helper()
		if err != nil || !strings.Contains(got, say) {
			t.Errorf("%s: %s %v, want %q", what, got, err, say)
		}
	}
	said, err := r.asks("main", voice.StepHello, ref, `{"call": "c-1"}`)
	want("hello", said, err, "Press any key")
	if strings.Contains(said, "Iraq") || !strings.Contains(said, "https://a.example/voice/main/told/"+ref) {
		t.Errorf("%s", said)
	}
	_, err = r.asks("main", voice.StepStatus, ref, `{"call": "c-1", "status": "in-progress", "machine": true}`)
	want("a guess", r.state(u, ali.Key), err, "accepted: answered without a key: by a machine, as the gateway holds")
	said, err = r.asks("main", voice.StepTold, ref, `{"call": "c-1", "digits": "5"}`)
	want("told", said, err, "Stay indoors")
	want("and that moves it", r.state(u, ali.Key), nil, "received")
	for range 2 {
		said, err = r.asks("main", voice.StepAnswer, ref, `{"call": "c-1", "digits": "2"}`)
		want("help", said, err, "Someone of the desk is told")
		r.jump(20 * time.Second) // longer than the same answer counts as the one before
	}
	_, err = r.asks("main", voice.StepStatus, ref, `{"call": "c-1", "status": "completed"}`)
	want("over", r.state(u, ali.Key), err, "answered")
	log, err := r.Store.In(r.Org.Key).Log(t.Context(), 0, 1000)
	r.ok(err)
	replies := 0
	for _, l := range log {
		if l.Kind == vedette.LogReply {
			replies++
		}
	}
	if replies != 1 {
		t.Errorf("%d answers are kept", replies)
	}
}

// What one gateway took and did not put through, the next of the route tries;
// where there is none it has failed.
func TestACallThatAGatewayDidNotPutThrough(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country,landline\nAli,ali@example.org,Iraq,+44 20 7946 0018\nBen,ben@example.org,Iraq,+964 770 900 1018\n", ImportOptions{})
	for name, want := range map[string]string{"ali@example.org": "queued: the gateway says the call failed 503; it is rung again", "ben@example.org": "failed: came back: the gateway says the call failed 503"} {
		p, err := r.Person(t.Context(), name)
		r.ok(err)
		u := r.publish(strings.Replace(alert, "Basra", "Basra, "+name[:3], 1))
		ref := r.rung(u, p.Key)
		r.Voice.Gateways = append(r.Voice.Gateways[:1:1], gateway.Gateway{Name: "spare"})
		r.Voice.Routes = []gateway.Route{{Prefix: "+44", Gateways: []string{"main", "spare"}}, {Prefix: "+964", Gateways: []string{"main"}}}
		_, err = r.asks("main", voice.StepStatus, ref, `{"call": "`+name[:3]+`", "status": "failed", "code": "503"}`)
		r.ok(err)
		if got := r.state(u, p.Key); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// What is not of a call that was made, not the gateway's, or old, is refused,
// and nothing is said.
func TestWhoIsToldNothingOnThePhone(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country,landline\nAli,ali@example.org,Iraq,+44 20 7946 0018\n", ImportOptions{})
	ali, err := r.Person(t.Context(), "ali@example.org")
	r.ok(err)
	u := r.publish(alert)
	ref := r.rung(u, ali.Key)
	other := func(change func(*auth.Return)) string {
		of := auth.Return{Org: r.Org.Key, Update: u.Key, Recipient: ali.Key, Round: 1, Address: vedette.AddressVoice}
		change(&of)
		return r.Key.SignReturn(of)
	}
	for what, c := range map[string]struct {
		gateway, ref string
		want         vedette.Code
	}{
		"another gateway":         {"spare", ref, vedette.CodeNotFound},
		"no token":                {"main", "AAAA", vedette.CodeForbidden},
		"another organisation":    {"main", other(func(o *auth.Return) { o.Org++ }), vedette.CodeForbidden},
		"a text message's":        {"main", other(func(o *auth.Return) { o.Address = vedette.AddressPhone }), vedette.CodeNotFound},
		"a round that never rang": {"main", other(func(o *auth.Return) { o.Round = 2 }), vedette.CodeNotFound},
	} {
		for _, s := range voice.Steps {
			if said, err := r.asks(c.gateway, s, c.ref, `{"call": "c-1", "digits": "1", "status": "completed"}`); vedette.ErrorCode(err) != c.want || strings.Contains(said, "indoors") {
				t.Errorf("%s, %s: %s %v, want %s", what, s, said, err, c.want)
			}
		}
	}
	_, err = r.Stop(t.Context(), u.ID, "wrong area")
	r.ok(err)
	if said, err := r.asks("main", voice.StepTold, ref, `{"call": "c-2", "digits": "1"}`); err != nil || strings.Contains(said, "indoors") || !strings.Contains(said, "taken back") {
		t.Errorf("of what was stopped it says %s %v", said, err)
	}
	r.jump(callLife + time.Second)
	if _, err := r.asks("main", voice.StepTold, ref, `{"call": "c-1", "digits": "1"}`); vedette.ErrorCode(err) != vedette.CodeExpired {
		t.Errorf("half an hour later: %v", err)
	}
}
