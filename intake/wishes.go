package intake

import (
	"regexp"
	"slices"
	"strings"

	"vedette"
	"vedette/intake/sheet"
)

// channelWords are what channels are called in people files.
var channelWords = map[string]vedette.Channel{
	"email": vedette.ChannelEmail, "e-mail": vedette.ChannelEmail, "mail": vedette.ChannelEmail, "courriel": vedette.ChannelEmail, "correo": vedette.ChannelEmail,
	"sms": vedette.ChannelSMS, "text": vedette.ChannelSMS, "texts": vedette.ChannelSMS, "text message": vedette.ChannelSMS, "text messages": vedette.ChannelSMS,
	"voice": vedette.ChannelVoice, "call": vedette.ChannelVoice, "phone": vedette.ChannelVoice, "calls": vedette.ChannelVoice,
	"push": vedette.ChannelPush, "device": vedette.ChannelPush, "web push": vedette.ChannelPush,
}

var between = regexp.MustCompile(`\s*(?:[,;>/+]|->|→|\bthen\b|\bpuis\b|\bdann\b|\bluego\b)\s*`)

// order reads over which channel somebody wishes to be told first, and next:
// "sms, email", "text then mail".
func (in *reader) order(c sheet.Cell) vedette.Order {
	text := strings.Join(strings.Fields(strings.ToLower(c.Value)), " ")
	if sheet.None(text) == "" || text == "all" || text == "no" || text == "none" {
		return ""
	}
	var out []vedette.Channel
	for _, word := range between.Split(text, -1) {
		channel, ok := channelWords[word]
		switch {
		case word == "":
			continue
		case !ok:
			in.Problem(c, "names a channel we do not know: write email, sms, push or voice, the first first, or leave it empty for all at once")
			return ""
		case slices.Contains(out, channel):
			in.Problem(c, "names a channel twice: write each once, the first first")
			return ""
		}
		out = append(out, channel)
	}
	return vedette.OrderOf(out...)
}

// digestHour is when a digest is sent to whoever says no time.
const digestHour = 7 * 60

var clockTime = regexp.MustCompile(`^(?:at |à |um |a las )?(\d{1,2})(?:[:.h]?(\d{2})|h)? ?(am|pm|uhr)?$`)

// digest reads at what time somebody wishes what merely informs gathered: "7:00",
// "yes" for seven in the morning.
func (in *reader) digest(c sheet.Cell) vedette.Daily {
	text := strings.Join(strings.Fields(strings.ToLower(c.Value)), " ")
	switch text {
	case "no", "none", "never", "non", "nein":
		return 0
	case "yes", "daily", "x", "oui", "ja", "sí", "si":
		return vedette.DailyAt(digestHour)
	}
	if sheet.None(text) == "" {
		return 0
	}
	if m := clockTime.FindStringSubmatch(text); m != nil {
		if at, ok := minutes(m[1], m[2], m[3]); ok {
			return vedette.DailyAt(at)
		}
	}
	in.Problem(c, "is no time of day: write 07:00, yes for seven in the morning, or leave it empty for no digest")
	return 0
}
