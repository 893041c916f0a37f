package voice_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/delivertest"
	"vedette/deliver/gateway"
	"vedette/deliver/voice"
)

const (
	token  = "tr0ub4dor-token"
	secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
)

func read(text string) (*voice.Config, error) {
	return voice.Read(strings.NewReader(text), func(name string) string { return map[string]string{"TOKEN": token}[name] })
}

func config(t testing.TB, text string) *voice.Config {
	t.Helper()
	c, err := read(text)
	if err != nil {
		t.Fatal(err)
	}
	c.Callback = "https://alerts.example.org"
	return c
}

func twilioAt(url string) string {
	return fmt.Sprintf(`{"name": "one", "form": "twilio", "url": %q, "account": "AC1", "secret": "${TOKEN}", "from": ["+447700900001"], "per_second": 10000}`, url)
}

func jsonAt(url string) string {
	return fmt.Sprintf(`{"name": "one", "form": "json", "url": %q, "secret": %q, "headers": {"Authorization": "Bearer ${TOKEN}"}, "per_second": 10000, "from": ["+447700900001"],
		"body": {"to": "{to}", "from": "{from}", "words": "{words}", "callback": "{callback}", "ring": "{ring}"}, "id": "messages.0.id"}`, url+"/calls", secret)
}

func message(n int) deliver.Message {
	return deliver.Message{ID: fmt.Sprintf("msg-%d", n), To: fmt.Sprintf("+4477009%05d", n), Text: "High, Basra: shelter now", Return: "0123abcd"}
}

func TestExam(t *testing.T) {
	for form, at := range map[string]func(string) string{"twilio": twilioAt, "json": jsonAt} {
		t.Run(form, func(t *testing.T) {
			far := delivertest.NewGateway(t)
			delivertest.Exam(t, delivertest.Case{
				New: func() deliver.Sender {
					return voice.New(config(t, `{"allow_private": true, "gateways": [`+at(far.URL())+`]}`), time.Second)
				},
				Message: message, Behave: far.Behave, Taken: far.TakenRings, Secrets: []string{token, secret},
				Bad: func(n int) []deliver.Message {
					var out []deliver.Message
					for _, to := range []string{"", "07700900123", "+44 7700 900123", "+44770090012\n3", "sip:ali@example.org"} {
						m := message(n)
						m.To = to
						out = append(out, m)
					}
					nameless := message(n)
					nameless.Return = ""
					return append(out, nameless)
				},
			})
		})
	}
}

// The gateway is told whom to call and where to ask what to say, and not a word
// of what is said.
func TestWhatTheGatewayGets(t *testing.T) {
	for form, at := range map[string]func(string) string{"twilio": twilioAt, "json": jsonAt} {
		far := delivertest.NewGateway(t)
		s := voice.New(config(t, `{"allow_private": true, "ring": 25, "detect_machines": true, "gateways": [`+at(far.URL())+`]}`), time.Second)
		defer s.Close()
		if s.Channel() != vedette.ChannelVoice {
			t.Errorf("it is sent over %s", s.Channel())
		}
		if r := s.Send(t.Context(), message(7)); r.Kind != deliver.Accepted {
			t.Fatalf("%s: %v %s", form, r.Kind, r.Detail)
		}
		got := far.Rings()[0]
		if got.To != "+447700900007" || got.From != "+447700900001" || got.ID != "msg-7" || got.Auth == "" || got.Timeout != "25" ||
			got.Words != "https://alerts.example.org/voice/one/hello/0123abcd" || got.Callback != "https://alerts.example.org/voice/one/status/0123abcd" {
			t.Errorf("%s: %+v", form, got)
		}
		if asked, _ := url.QueryUnescape(got.Form); strings.Contains(asked, "shelter") || strings.Contains(asked, "Basra") {
			t.Errorf("%s: what is said went to the gateway: %s", form, asked)
		}
		if form == "twilio" && (got.Machines != "Enable" || !strings.Contains(got.Form, "AsyncAmd=true")) {
			t.Errorf("no machine is listened for beside the call: %s", got.Form)
		}
	}
}

// A call that came to nothing begins with the next gateway; one that is down is
// passed over.
func TestTheNextGatewayRings(t *testing.T) {
	one, two := delivertest.NewGateway(t), delivertest.NewGateway(t)
	s := voice.New(config(t, `{"allow_private": true, "gateways": [`+twilioAt(one.URL())+`,`+strings.Replace(twilioAt(two.URL()), `"one"`, `"two"`, 1)+`]}`), time.Second)
	defer s.Close()
	for turn, want := range [][2]int{{1, 0}, {1, 1}, {2, 1}} {
		m := message(turn)
		m.Turn = turn
		if r := s.Send(t.Context(), m); r.Kind != deliver.Accepted {
			t.Fatalf("%v %s", r.Kind, r.Detail)
		}
		if got := [2]int{len(one.Rings()), len(two.Rings())}; got != want {
			t.Errorf("turn %d: they rang %v, want %v", turn, got, want)
		}
	}
	two.Behave(delivertest.Defers)
	m := message(9)
	m.Turn = 1
	if r := s.Send(t.Context(), m); r.Kind != deliver.Accepted || len(one.Rings()) != 3 {
		t.Errorf("the next is down: %v %s", r.Kind, r.Detail)
	}
}

func TestABadFileIsRefusedWithTheMend(t *testing.T) {
	good := twilioAt("https://api.twilio.example")
	for name, c := range map[string]struct{ text, say string }{
		"another field":  {`{"segments": 2}`, "segments"},
		"none":           {`{}`, "the voice gateways: none"},
		"rings for ever": {`{"ring": 600, "gateways": [` + good + `]}`, "600 seconds"},
		"no currency":    {`{"gateways": [` + good + `], "prices": [{"prefix": "+44", "per_minute": 0.02}]}`, "currency"},
		"no voice":       {`{"gateways": [` + good + `], "voices": {"Persian": {"language": "fa-IR"}}}`, "Persian"},
		"unsigned":       {`{"gateways": [` + strings.Replace(jsonAt("https://gw.example"), `"secret": "`+secret+`", `, "", 1) + `]}`, "needs a secret"},
		"speechless":     {`{"gateways": [` + strings.Replace(jsonAt("https://gw.example"), `{words}`, "", 1) + `]}`, "{words}"},
	} {
		_, err := read(c.text)
		if vedette.ErrorCode(err) != vedette.CodeInvalid || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: %v, want %q in it", name, err, c.say)
		}
	}
}

func TestPriceAndMinutes(t *testing.T) {
	c := config(t, `{"currency": "EUR", "gateways": [`+twilioAt("https://api.twilio.example")+`],
		"prices": [{"prefix": "+44", "per_minute": 0.02}, {"prefix": "+4479", "per_minute": 0.1}]}`)
	if got, ok := c.Price("+447900900123"); !ok || got != 0.1 {
		t.Errorf("%v %v", got, ok)
	}
	short, long := voice.Minutes("Stay indoors.", "en"), voice.Minutes(strings.Repeat("Stay indoors until further notice. ", 30), "en")
	if short != 1 || long < 2 || long > 3 {
		t.Errorf("a short call takes %d minutes, a long one %d", short, long)
	}
}

const at = "https://alerts.example.org/base/voice/one/answer/0123abcd"

func speaks(t testing.TB) (*voice.Config, *gateway.Gateway) {
	c := config(t, `{"gateways": [`+twilioAt("https://api.twilio.example")+`]}`)
	g, _ := c.Gateway("one")
	return c, g
}

func texts(list []voice.Saying) (out string) {
	for _, s := range list {
		out += s.Language + ": " + s.Text + "\n"
	}
	return out
}

// Whoever takes a call hears that there is a message; who presses a key, what
// it is and how to answer.
func TestNothingPersonalBeforeAKey(t *testing.T) {
	c, _ := speaks(t)
	s := deliver.Spoken{Language: "fr", Text: "Élevé, Bassora : restez à l'abri."}
	p := voice.At("https://alerts.example.org/base/voice/one/hello/0123abcd", "one", voice.StepHello, "0123abcd")
	hello := c.Hello(s, p)
	first, _ := voice.Write(gateway.FormTwilio, hello)
	if strings.Contains(string(first), "Bassora") || !strings.Contains(string(first), "message de sécurité") || hello.Ask.Then != "https://alerts.example.org/base/voice/one/told/0123abcd" {
		t.Errorf("%s", first)
	}
	if n := strings.Count(string(first), "<Gather"); n != 3 || !strings.HasSuffix(string(first), "</Gather><Hangup/></Response>") {
		t.Errorf("it waits %d times, and ends %s", n, first[len(first)-40:])
	}
	told := c.Tell(s, p)
	if got := texts(told.Ask.Says); !strings.HasPrefix(got, "fr-FR: Élevé, Bassora : restez à l'abri.") || !strings.Contains(got, "Appuyez sur 2 si vous avez besoin d'aide") {
		t.Error(got)
	}
}

func TestKeys(t *testing.T) {
	c, _ := speaks(t)
	s := deliver.Spoken{Language: "en", Text: "Stay <indoors> & wait."}
	p := voice.At(at, "one", voice.StepAnswer, "0123abcd")
	for digit, want := range map[string]vedette.ReplyKind{"1": vedette.ReplySafe, "2": vedette.ReplyHelp, "3": vedette.ReplyNotThere} {
		kind, talk := c.Answer(s, p, digit)
		if kind != want || talk.Ask != nil || !strings.HasPrefix(texts(talk.Says), "en-GB: Noted") {
			t.Errorf("%s: %q %+v", digit, kind, talk)
		}
	}
	heard := 0
	for _, digit := range []string{"9", "7", "9", "#", ""} { // hearing it again costs nothing
		kind, talk := c.Answer(s, p, digit)
		if kind != "" {
			t.Fatalf("%q is %q", digit, kind)
		}
		if digit != "9" {
			heard++
		}
		if heard > voice.MaxUnclear {
			if talk.Ask != nil || !strings.Contains(texts(talk.Says), "Goodbye") {
				t.Errorf("after %d keys it goes on: %+v", heard, talk)
			}
			break
		}
		if p = voice.At(talk.Ask.Then, "one", voice.StepAnswer, "0123abcd"); p.Heard != heard {
			t.Errorf("after %q it has counted %d", digit, p.Heard)
		}
		if xml, _ := voice.Write(gateway.FormTwilio, talk); !strings.Contains(string(xml), "Stay &lt;indoors&gt; &amp; wait.") {
			t.Errorf("%s", xml)
		}
	}
	if voice.At(at+"?n=99999", "one", voice.StepAnswer, "x").Heard != 0 || voice.At(at+"?n=-3", "one", voice.StepAnswer, "x").Heard != 0 {
		t.Error("a count of somebody else's is believed")
	}
}

// A key that could not be noted is asked for once more, and in the end it is
// said whom to ring.
func TestAKeyThatCouldNotBeNoted(t *testing.T) {
	c, _ := speaks(t)
	s := deliver.Spoken{Language: "en", Text: "Stay indoors."}
	p := voice.At(at, "one", voice.StepAnswer, "0123abcd")
	for range voice.MaxUnclear {
		talk := c.Trouble(s, p)
		if talk.Ask == nil || !strings.Contains(texts(talk.Ask.Says), "could not note your answer") || !strings.Contains(texts(talk.Ask.Else), "Ring your security desk") {
			t.Fatalf("%+v", talk)
		}
		p = voice.At(talk.Ask.Then, "one", voice.StepAnswer, "0123abcd")
	}
	if talk := c.Trouble(s, p); talk.Ask != nil || !strings.Contains(texts(talk.Says), "Ring your security desk") {
		t.Errorf("it goes on: %+v", talk)
	}
}

// What is English within a text of another script is said by an English voice,
// and a language without a voice in English.
func TestWhoSaysWhat(t *testing.T) {
	c, _ := speaks(t)
	got := texts(c.Tell(deliver.Spoken{Language: "ru", Text: "Высокий, \u2068Basra 12 km\u2069: оставайтесь дома."}, voice.Place{}).Ask.Says[:3])
	if got != "ru-RU: Высокий,\nen-GB: Basra 12 km:\nru-RU: оставайтесь дома.\n" {
		t.Error(got)
	}
	for language, want := range map[string]string{"fa": "en", "ar": "ar", "de": "en"} {
		if c.Spoken(language) != want {
			t.Errorf("%s is spoken as %s", language, c.Spoken(language))
		}
	}
	own := config(t, `{"voices": {"fa": {"language": "fa-IR"}}, "gateways": [`+twilioAt("https://api.twilio.example")+`]}`)
	if own.Spoken("fa") != "fa" {
		t.Error("a voice of the operator's own is not used")
	}
}
