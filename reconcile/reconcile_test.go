package reconcile_test

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/reconcile"
)

var now = time.Date(2026, 2, 5, 12, 30, 0, 0, time.UTC)

const (
	one = "0123456789abcdefghijklmnopqrstuv"
	two = "1123456789abcdefghijklmnopqrstuv"
)

func ours(name string) bool { return name == one || name == two }

// What providers write is read as they mean it.
func TestReadLog(t *testing.T) {
	for what, c := range map[string]struct {
		log    string
		want   map[string]reconcile.Fate
		others int
	}{
		"Postfix": {"Feb  5 mx postfix/cleanup[1]: 4F2A01: message-id=<" + one + "@acme.example.org>\nFeb  5 mx postfix/smtp[1]: 4F2A01: to=<a@b>, status=deferred (451 later)\n" +
			"Feb  5 mx postfix/smtp[1]: 4F2A01: to=<a@b>, status=sent (250 ok)\n", map[string]reconcile.Fate{one: reconcile.FateAccepted}, 0},
		"Postfix, and it came back": {"x postfix/cleanup[1]: 4F2A01: message-id=<" + one + "@x>\nx postfix/smtp[1]: 4F2A01: status=sent (250)\nx postfix/smtp[1]: 4F2A01: status=bounced (550)\n",
			map[string]reconcile.Fate{one: reconcile.FateFailed}, 0},
		"somebody else's mail":        {"x postfix/cleanup[1]: 4F2A01: message-id=<ab@x>\nx postfix/smtp[1]: 4F2A01: status=sent (250)\n", map[string]reconcile.Fate{}, 1},
		"of another update":           {"x: 4F2A01: message-id=<" + strings.Replace(one, "0", "2", 1) + "@x>\n", map[string]reconcile.Fate{}, 1},
		"a table":                     {"To,SID,Status\na@b," + one + ",delivered\na@c,\"" + two + "@x\",undelivered\nq,r,sent\n", map[string]reconcile.Fate{one: reconcile.FateAccepted, two: reconcile.FateFailed}, 1},
		"by semicolon, large letters": {"\ufeffMessage-ID;Event\n<" + strings.ToUpper(one) + "@X>;Deferred\n", map[string]reconcile.Fate{one: reconcile.FateDeferred}, 0},
		"a status nobody knows":       {"id,status\n" + one + ",purple\n", map[string]reconcile.Fate{one: reconcile.FateSeen}, 0},
		"a row too short":             {"status,id\nsent\nsent," + one + "\n", map[string]reconcile.Fate{one: reconcile.FateAccepted}, 0},
		"nothing":                     {"", map[string]reconcile.Fate{}, 0},
		"a line of 200 kB":            {strings.Repeat("x", 200_000) + "\nx: 4F2A01: message-id=<" + one + "@x>\n", map[string]reconcile.Fate{one: reconcile.FateSeen}, 0},
	} {
		l, err := reconcile.ReadLog(strings.NewReader(c.log), ours)
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if l.Others != c.others || len(l.Fates) != len(c.want) {
			t.Errorf("%s: %+v", what, l)
		}
		for name, fate := range c.want {
			if l.Fates[name] != fate {
				t.Errorf("%s: %s is %s, want %s", what, name, l.Fates[name], fate)
			}
		}
	}
}

// Whoever was told, or is about to be, is no gap; all others are, by the
// address that got furthest.
func TestWhatDoesNotAddUp(t *testing.T) {
	d := func(s vedette.DeliveryState, age time.Duration, detail string) vedette.Delivery {
		return vedette.Delivery{State: s, DueAt: now.Add(-age), Detail: detail}
	}
	for what, c := range map[string]struct {
		list []vedette.Delivery
		kind reconcile.Kind
		why  string
	}{
		"accepted":                      {[]vedette.Delivery{d(vedette.DeliveryAccepted, time.Hour, "")}, "", ""},
		"one failed, the other seen":    {[]vedette.Delivery{d(vedette.DeliveryFailed, 0, "550"), d(vedette.DeliverySeen, 0, "")}, "", ""},
		"queued, due in a while":        {[]vedette.Delivery{d(vedette.DeliveryQueued, -time.Hour, "451")}, "", ""},
		"due since a moment":            {[]vedette.Delivery{d(vedette.DeliveryQueued, 30*time.Second, "")}, "", ""},
		"due since two minutes":         {[]vedette.Delivery{d(vedette.DeliveryQueued, 2*time.Minute, "451 later")}, reconcile.Late, "due since 5 Feb 12:28:00 UTC; 451 later"},
		"failed":                        {[]vedette.Delivery{d(vedette.DeliveryFailed, 0, "550 nobody")}, reconcile.Failed, "550 nobody"},
		"failed, the other not known":   {[]vedette.Delivery{d(vedette.DeliveryFailed, 0, "550"), d(vedette.DeliveryUnknown, 0, "cut off")}, reconcile.Unknown, "cut off"},
		"withheld":                      {[]vedette.Delivery{d(vedette.DeliveryWithheld, 0, "stopped")}, reconcile.Withheld, "stopped"},
		"no way to reach them":          {nil, reconcile.Unreachable, "no address that a channel sends to"},
		"failed, the other still waits": {[]vedette.Delivery{d(vedette.DeliveryFailed, 0, "550"), d(vedette.DeliveryQueued, 0, "")}, "", ""},
	} {
		g, is := reconcile.Of(&reconcile.Entry{Recipient: 7, Deliveries: c.list}, now)
		if is != (c.kind != "") || is && (g.Kind != c.kind || g.Reason != c.why || g.Recipient != 7) {
			t.Errorf("%s: %v %+v, want %q %q", what, is, g, c.kind, c.why)
		}
	}
}

func TestAgainstTheLog(t *testing.T) {
	l := &reconcile.Log{Fates: map[string]reconcile.Fate{"sent": reconcile.FateAccepted, "bounced": reconcile.FateFailed, "waits": reconcile.FateDeferred}}
	for _, c := range []struct {
		state vedette.DeliveryState
		name  string
		want  reconcile.Kind
	}{
		{vedette.DeliveryAccepted, "sent", ""}, {vedette.DeliveryAnswered, "sent", ""}, {vedette.DeliveryAccepted, "waits", ""},
		{vedette.DeliveryAccepted, "nothing", reconcile.Unlogged}, {vedette.DeliveryAccepted, "bounced", reconcile.Refuted},
		{vedette.DeliveryQueued, "sent", reconcile.Unnoted}, {vedette.DeliveryUnknown, "sent", reconcile.Unnoted},
		{vedette.DeliveryFailed, "bounced", ""}, {vedette.DeliveryQueued, "nothing", ""}, {vedette.DeliveryWithheld, "nothing", ""},
	} {
		if g, _ := l.Against(&vedette.Delivery{State: c.state}, c.name); g.Kind != c.want {
			t.Errorf("%s in the ledger, %s in the log: %q, want %q", c.state, c.name, g.Kind, c.want)
		}
	}
}

func FuzzReadLog(f *testing.F) {
	f.Add("id,status\n" + one + ",sent\n")
	f.Add("x: 4F2A01: message-id=<" + one + "@x>\nx: 4F2A01: status=sent")
	f.Add("status;\"id\n\"")
	f.Fuzz(func(t *testing.T, log string) {
		l, err := reconcile.ReadLog(strings.NewReader(log), ours)
		if err != nil {
			if vedette.ErrorCode(err) != vedette.CodeInvalid {
				t.Errorf("%v", err)
			}
			return
		}
		for name := range l.Fates {
			if !ours(name) {
				t.Errorf("%q is none of ours", name)
			}
		}
	})
}
