package voice

import (
	"net/url"
	"strconv"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/gateway"
)

// New makes a sender of calls. m.Return names the call where the gateway asks
// what to say; nothing of what is said goes with it. patience bounds one request
// to a gateway, 0 for 12 s.
func New(cfg *Config, patience time.Duration) *gateway.Sender {
	door := func(g *gateway.Gateway, s Step, m deliver.Message) string {
		return Place{Base: cfg.Callback, Gateway: g.Name, Step: s, Ref: m.Return}.String()
	}
	return gateway.New(gateway.Carries{
		Channel: vedette.ChannelVoice,
		Wrong: func(m deliver.Message) string {
			if m.Return == "" {
				return "the call has no name by which the gateway could ask what to say"
			}
			return ""
		},
		Twilio: func(g *gateway.Gateway, m deliver.Message, form url.Values) string {
			form.Set("Url", door(g, StepHello, m))
			form.Set("StatusCallback", door(g, StepStatus, m))
			form["StatusCallbackEvent"] = []string{"initiated", "ringing", "answered", "completed"}
			form.Set("Timeout", strconv.Itoa(cfg.Ring))
			if cfg.Machines { // beside the call: nobody waits in silence for it
				form.Set("MachineDetection", "Enable")
				form.Set("AsyncAmd", "true")
				form.Set("AsyncAmdStatusCallback", door(g, StepStatus, m))
			}
			return "Calls"
		},
		Words: func(g *gateway.Gateway, m deliver.Message) []string {
			return []string{"{words}", door(g, StepHello, m), "{callback}", door(g, StepStatus, m), "{ring}", strconv.Itoa(cfg.Ring)}
		},
	}, &cfg.Config, patience)
}
