package sms

import (
	"net/url"
	"strings"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/gateway"
)

// New makes a sender of short messages: m.Text is what is said. patience bounds
// one call of a gateway, 0 for 12 s.
func New(cfg *Config, patience time.Duration) *gateway.Sender {
	back := func(g *gateway.Gateway, m deliver.Message) string {
		if cfg.Callback == "" || m.Return == "" {
			return ""
		}
		return cfg.Callback + ReceiptPath(g.Name, m.Return)
	}
	return gateway.New(gateway.Carries{
		Channel: vedette.ChannelSMS,
		Wrong: func(m deliver.Message) string {
			if m.Text == "" {
				return "the text message is empty"
			}
			return ""
		},
		Twilio: func(g *gateway.Gateway, m deliver.Message, form url.Values) string {
			form.Set("Body", m.Text)
			if from := form.Get("From"); strings.HasPrefix(from, "MG") {
				form.Del("From")
				form.Set("MessagingServiceSid", from)
			}
			if to := back(g, m); to != "" {
				form.Set("StatusCallback", to)
			}
			return "Messages"
		},
		Words: func(g *gateway.Gateway, m deliver.Message) []string {
			return []string{"{text}", m.Text, "{callback}", back(g, m)}
		},
	}, &cfg.Config, patience)
}

// ReceiptPath is where receipts of a gateway come in that name a message.
func ReceiptPath(gateway, ref string) string { return "/sms/" + gateway + "/receipt/" + ref }
