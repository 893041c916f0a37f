package desk

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"vedette"
	"vedette/deliver/gateway"
	"vedette/deliver/sms"
	"vedette/roster"
)

func (r *room) texted(id, from, text string) string {
	r.t.Helper()
	const at = "https://alerts.example.org/sms/main/message"
	form := url.Values{"MessageSid": {id}, "From": {from}, "Body": {text}}
	say, err := r.HearText(r.t.Context(), "main", "", gateway.Call{URL: at, Body: []byte(form.Encode()),
		Header: http.Header{"X-Twilio-Signature": {gateway.SignTwilio("token", at, form)}}})
	if err != nil {
		r.t.Fatal(err)
	}
	return say
}

// A number of two people says nothing of who is safe; STOP holds for both, a
// file that names the number again does not lift it, and START does.
func TestANumberOfTwoPeople(t *testing.T) {
	r := newRoom(t)
	var err error
	r.SMS, err = sms.Read(strings.NewReader(`{"gateways": [{"name": "main", "form": "twilio", "account": "AC1", "secret": "${T}", "from": ["+447700900000"]}]}`),
		func(string) string { return "token" })
	if err != nil {
		t.Fatal(err)
	}
	const number, file = "+447700900104", "name,email,phone,country\nAnn,ann@example.org,+44 7700 900104,Iraq\nBen,ben@example.org,+44 7700 900104,Iraq\n"
	r.bring(file, ImportOptions{})
	if say := r.texted("SM1", number, "1"); !strings.Contains(say, "several people") {
		t.Errorf("%q", say)
	}
	blocked := func() (n int) {
		for _, who := range []string{"ann@example.org", "ben@example.org"} {
			p, err := r.Person(t.Context(), who)
			if err != nil {
				t.Fatal(err)
			}
			if a, _ := p.Record.Address(vedette.AddressPhone); a.Blocked != "" {
				n++
			}
		}
		return n
	}
	r.texted("SM2", number, "Stop")
	if blocked() != 2 {
		t.Errorf("%d blocked, want both", blocked())
	}
	if tasks, err := r.Tasks(t.Context(), false); err != nil || len(tasks) != 2 || tasks[0].Kind != vedette.TaskStopped || strings.Contains(tasks[0].Question, "Ann") {
		t.Errorf("%+v %v", tasks, err)
	}
	if im := r.bring(file, ImportOptions{}); im.Unchanged != 2 {
		t.Errorf("the same file changes %d", im.Changed)
	}
	r.bring(strings.ReplaceAll(file, "Iraq", "Jordan"), ImportOptions{})
	if blocked() != 2 {
		t.Error("a file lifted a STOP")
	}
	r.texted("SM2", number, "Stop") // once more by the gateway
	r.texted("SM3", number, "START")
	r.texted("SM2", number, "Stop") // an old one, told again
	if blocked() != 0 {
		t.Errorf("%d still blocked", blocked())
	}
	r.bring(strings.ReplaceAll(file, "900104", "900105"), ImportOptions{})
	if owners, err := r.rows.Owners(t.Context(), r.Key.Hash("number", number)); err != nil || len(owners) != 0 {
		t.Errorf("%d people have a number that is nobody's any more, %v", len(owners), err)
	}
}

// What text messages take is worked out from some of the people, for all: half
// of these have a number.
func TestWhatTextMessagesTake(t *testing.T) {
	r := newRoom(t)
	cfg, err := sms.Read(strings.NewReader(`{"segments": 1, "currency": "EUR", "prices": [{"prefix": "+44", "per_segment": 0.05}],
		"gateways": [{"name": "main", "form": "twilio", "account": "AC1", "secret": "${T}", "from": ["+447700900000"]}]}`), func(string) string { return "token" })
	if err != nil {
		t.Fatal(err)
	}
	r.Desk = New(Config{Store: r.Store, Org: r.Org, Key: r.Key, Gaz: r.Gaz, Now: r.now, SMS: cfg,
		Rosters: roster.New(r.Store, r.Key, r.Gaz, vedette.ChannelEmail, vedette.ChannelWebhook, vedette.ChannelSMS)})
	var file strings.Builder
	file.WriteString("name,email,phone,country\n")
	for i := range 400 {
		phone := ""
		if i >= 200 {
			phone = fmt.Sprintf("+44 7700 9%05d", i)
		}
		fmt.Fprintf(&file, "P%d,p%d@example.org,%s,Iraq\n", i, i, phone)
	}
	file.WriteString("Far,,+49 151 12345678,Iraq\n")
	r.bring(file.String(), ImportOptions{})
	d, err := r.Compose(t.Context(), DraftOrder{Text: []byte(alert), Origin: "test"})
	if err != nil {
		t.Fatal(err)
	}
	pv, err := r.Preview(t.Context(), d, PublishOrder{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := pv.Texts.Words(), "about 201 text messages, 201 segments, EUR 10, without 1 to numbers that no price is given for"; got != want {
		t.Errorf("%s; want %s", got, want)
	}
}
