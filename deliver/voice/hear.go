package voice

import (
	"cmp"
	"encoding/json"
	"regexp"
	"strings"
	"time"

	"vedette"
	"vedette/deliver/gateway"
)

// Outcome is what became of a call.
type Outcome string

// The outcomes; "" is that it is on its way.
const (
	Ended    Outcome = "ended"    // somebody or something took it, and it is over
	Busy     Outcome = "busy"     // the line was engaged
	NoAnswer Outcome = "noanswer" // it rang, and nobody took it
	Failed   Outcome = "failed"   // it never rang
)

// Told is what a gateway tells of a call, or by what it asks what to say.
type Told struct {
	Key     string // the same when it is told again
	Digit   string // the key that was pressed, at most one
	Outcome Outcome
	Code    string // why it failed, by the gateway's own number
	Machine bool   // it listened, and holds that a machine took the call
}

// callName is what a gateway calls a call; codes are numbers or short words.
var (
	callName = regexp.MustCompile(`^[A-Za-z0-9._-]{1,80}$`)
	codeForm = regexp.MustCompile(`^[A-Za-z0-9._-]{1,20}$`)
)

// Hear reads what a gateway tells at one step of a call, once it is proved to
// be its own.
func Hear(g *gateway.Gateway, s Step, c gateway.Call, now time.Time) (Told, error) {
	var in struct {
		Call, Status, Digits, Code string
		Machine                    bool
	}
	if g.Form == gateway.FormTwilio {
		form, err := g.Fields(c)
		if err != nil {
			return Told{}, err
		}
		in.Call, in.Status, in.Digits = form.Get("CallSid"), form.Get("CallStatus"), form.Get("Digits")
		in.Code = cmp.Or(form.Get("ErrorCode"), form.Get("SipResponseCode"))
		by := form.Get("AnsweredBy")
		in.Machine = strings.HasPrefix(by, "machine") || by == "fax"
	} else {
		if _, err := g.Signed(c, now); err != nil {
			return Told{}, err
		}
		if err := json.Unmarshal(c.Body, &in); err != nil {
			return Told{}, vedette.Errorf(vedette.CodeInvalid, "the call is no JSON with call, status and digits")
		}
	}
	if !callName.MatchString(in.Call) {
		return Told{}, vedette.Errorf(vedette.CodeInvalid, "the gateway names no call")
	}
	t := Told{Digit: digit(in.Digits), Machine: in.Machine}
	if codeForm.MatchString(in.Code) {
		t.Code = in.Code
	}
	state := ""
	if s == StepStatus {
		t.Outcome = outcomes[in.Status]
		if state = string(t.Outcome); state == "" && in.Machine {
			state = "machine"
		}
	}
	t.Key = strings.Join([]string{in.Call, string(s), state, t.Digit}, " ")
	return t, nil
}

// digit is the first key of several; "" where it is none of a phone's.
func digit(keys string) string {
	if keys == "" || !strings.Contains("0123456789*#", keys[:1]) {
		return ""
	}
	return keys[:1]
}

var outcomes = map[string]Outcome{"completed": Ended, "busy": Busy, "no-answer": NoAnswer, "failed": Failed, "canceled": Failed}
