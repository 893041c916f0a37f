package store

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"vedette"
)

// codes gives words the small numbers they are stored as: the index in the
// list. Numbers are for ever: a list only grows at its end.
type codes[S ~string] []S

// Delivery states are numbered by how far they got, so that the greatest of
// a person's deliveries is the one that counts.
var (
	deliveryCodes = codes[vedette.DeliveryState]{"", vedette.DeliveryWithheld, vedette.DeliveryFailed, vedette.DeliveryUnknown,
		vedette.DeliveryQueued, vedette.DeliveryAccepted, vedette.DeliveryReceived, vedette.DeliverySeen, vedette.DeliveryAnswered}
	fanoutCodes   = codes[vedette.FanoutState]{"", vedette.FanoutQueued, vedette.FanoutPlanning, vedette.FanoutPlanned, vedette.FanoutHalted}
	updateCodes   = codes[vedette.UpdateState]{"", vedette.UpdateDraft, vedette.UpdatePublished, vedette.UpdateOvertaken, vedette.UpdateStopped}
	relationCodes = codes[vedette.Relation]{"", vedette.RelationIn, vedette.RelationMayBe, vedette.RelationOut}
	channelCodes  = codes[vedette.Channel]{"", vedette.ChannelEmail, vedette.ChannelPhone, vedette.ChannelWebhook}
	becauseCodes  = codes[vedette.Because]{"", vedette.BecauseHome, vedette.BecauseSite, vedette.BecauseTrip, vedette.BecauseCheckin, vedette.BecauseAnswer}
	replyCodes    = codes[vedette.ReplyKind]{"", vedette.ReplySafe, vedette.ReplyHelp, vedette.ReplyNotThere}
	logCodes      = codes[vedette.LogKind]{"", vedette.LogUpdate, vedette.LogDraft, vedette.LogPeople, vedette.LogFanout,
		vedette.LogDelivery, vedette.LogReply, vedette.LogHook}
)

// The kinds of recipient.
const (
	kindPerson = 1
	kindHook   = 2
)

// of gives the number of a word, 0 for none, -1 for one that is not stored:
// a CHECK of the schema refuses it.
func (c codes[S]) of(s S) int64 { return int64(slices.Index(c, s)) }

// word gives the word of a number, "" for one that is not known.
func (c codes[S]) word(n int64) S {
	if n < 0 || n >= int64(len(c)) {
		return ""
	}
	return c[n]
}

// list writes the numbers of words for an IN of SQL.
func (c codes[S]) list(words []S) string {
	var out []string
	for _, w := range words {
		out = append(out, fmt.Sprint(c.of(w)))
	}
	return strings.Join(out, ", ")
}

// stateWords are the words in braces that SQL texts use for states: a state
// by its name ({queued}, {fanout planned}, {update stopped}), and the states
// in which the machine allows an event ({on accept}, {fanout on stop}).
func stateWords() map[string]string {
	words := map[string]string{"log people": fmt.Sprint(logCodes.of(vedette.LogPeople))}
	addStates(words, "", deliveryCodes, vedette.Deliveries)
	addStates(words, "fanout ", fanoutCodes, vedette.Fanouts)
	addStates(words, "update ", updateCodes, vedette.Updates)
	return words
}

func addStates[S ~string](words map[string]string, prefix string, c codes[S], m vedette.Machine[S]) {
	for n, s := range c[1:] {
		words[prefix+string(s)] = fmt.Sprint(n + 1)
	}
	for _, mv := range m {
		words[prefix+"on "+mv.Event] = c.list(m.From(mv.Event))
	}
}

// micros gives a time as it is stored: microseconds UTC, 0 for the zero time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// moment gives a stored time.
func moment(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// plain makes a text that both engines can hold: valid UTF-8 without NUL,
// and at most max bytes where max is not 0.
func plain(s string, max int) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
	if max > 0 && len(s) > max {
		s = strings.ToValidUTF8(s[:max], "")
	}
	return s
}
