package web

import (
	"strings"

	"vedette"
	"vedette/web/messages"
	"vedette/wording"
)

// postureWords are the steps of travel advice as a line says them.
var postureWords = map[vedette.Action]string{
	vedette.AvoidAllTravel:               messages.Mark("avoid all travel"),
	vedette.AvoidNonessentialTravel:      messages.Mark("avoid non-essential travel"),
	vedette.ReconsiderTravel:             messages.Mark("reconsider travel"),
	vedette.ReconsiderNonessentialTravel: messages.Mark("reconsider non-essential travel"),
	vedette.TravelWithCaution:            messages.Mark("travel with caution"),
	vedette.NoRestriction:                messages.Mark("no travel restriction"),
}

// postureRisk is the colour, hatch and shape a posture is drawn with.
func postureRisk(a vedette.Action) vedette.Risk {
	switch a {
	case vedette.AvoidAllTravel:
		return vedette.RiskExtreme
	case vedette.AvoidNonessentialTravel:
		return vedette.RiskHigh
	case vedette.ReconsiderTravel:
		return vedette.RiskModerate
	case vedette.ReconsiderNonessentialTravel, vedette.TravelWithCaution:
		return vedette.RiskLow
	}
	return vedette.RiskUnknown
}

// These are words of closed lists that their own types write: levels of risk, what is no
// real thing, what a report is about, how its affair stands and what days it names, and
// what the reader was unsure of.
var (
	_ = []string{messages.Mark("low"), messages.Mark("moderate"), messages.Mark("high"), messages.Mark("extreme")}
	_ = []string{messages.Mark("EXERCISE"), messages.Mark("TEST")}
	_ = []string{messages.Mark("active shooter"), messages.Mark("airstrike"), messages.Mark("arbitrary detention"), messages.Mark("armed conflict"), messages.Mark("civil unrest"), messages.Mark("crime"), messages.Mark("cyber attack"), messages.Mark("earthquake"), messages.Mark("economics"), messages.Mark("fire"), messages.Mark("flood"), messages.Mark("health"), messages.Mark("kidnapping"), messages.Mark("labor action"), messages.Mark("maritime"), messages.Mark("militancy"), messages.Mark("organized crime"), messages.Mark("piracy"), messages.Mark("politics"), messages.Mark("protest"), messages.Mark("rocket mortar"), messages.Mark("security operations"), messages.Mark("service failure"), messages.Mark("storm"), messages.Mark("supply chain"), messages.Mark("transport"), messages.Mark("volcano"), messages.Mark("wildfire"), messages.Mark("other")}
	_ = []string{messages.Mark("developing"), messages.Mark("ongoing"), messages.Mark("holiday"), messages.Mark("election"), messages.Mark("anniversary"), messages.Mark("summit"), messages.Mark("trial"), messages.Mark("deadline")}
	_ = []string{messages.Mark("not a report"), messages.Mark("no issue time"), messages.Mark("no title type"), messages.Mark("ambiguous place"), messages.Mark("unknown place"), messages.Mark("ambiguous date"), messages.Mark("copies differ"), messages.Mark("several reports"), messages.Mark("unknown heading"), messages.Mark("off scale likelihood"), messages.Mark("mixed scales"), messages.Mark("missing risk"), messages.Mark("unknown risk word"), messages.Mark("odd encoding"), messages.Mark("too long"), messages.Mark("contradiction")}
)

var kindWords = map[vedette.ReportKind]string{
	vedette.KindAlert: messages.Mark("alert"), vedette.KindTactical: messages.Mark("tactical report"), vedette.KindSituationUpdate: messages.Mark("situation update"),
	vedette.KindAnalysis: messages.Mark("analysis"), vedette.KindDailySummary: messages.Mark("daily summary"), vedette.KindRegionalSummary: messages.Mark("regional summary"),
	vedette.KindSpecialReport: messages.Mark("special report"), vedette.KindUnknown: messages.Mark("update"),
}

func kindWord(k vedette.ReportKind) string {
	if w, ok := kindWords[k]; ok {
		return w
	}
	return kindWords[vedette.KindUnknown]
}

var urgencyWords = map[vedette.Urgency]string{
	vedette.UrgencyImmediate: messages.Mark("immediate: now or within the hour"),
	vedette.UrgencyExpected:  messages.Mark("expected: within two days, or at any time"),
	vedette.UrgencyFuture:    messages.Mark("future: later than two days"),
	vedette.UrgencyPast:      messages.Mark("past"),
	vedette.UrgencyUnknown:   messages.Mark("not set; taken as expected"),
}

// urgencySaid is an urgency in one word, within a sentence.
func urgencySaid(u vedette.Urgency) messages.Said {
	switch u {
	case vedette.UrgencyImmediate:
		return messages.Of("immediate##urgency")
	case vedette.UrgencyExpected:
		return messages.Of("expected##urgency")
	case vedette.UrgencyFuture:
		return messages.Of("future##urgency")
	case vedette.UrgencyPast:
		return messages.Of("past##urgency")
	}
	return messages.Of("not set##risk or urgency")
}

var sourceWords = map[vedette.SourceStrength]string{
	vedette.SourceConfirmed: messages.Mark("confirmed"), vedette.SourceCredible: messages.Mark("credible"),
	vedette.SourceUnconfirmed: messages.Mark("unconfirmed"), vedette.SourceUnknown: messages.Mark("strength not given"),
}

var answerWords = map[vedette.ReplyKind]string{
	vedette.ReplySafe: messages.Mark("safe"), vedette.ReplyHelp: messages.Mark("need help"), vedette.ReplyNotThere: messages.Mark("not there"),
}

// standingWords are how a member of a roll-call stands.
var standingWords = map[vedette.RollStanding]string{
	vedette.RollHelp: messages.Mark("need help"), vedette.RollSilent: messages.Mark("silent"), vedette.RollStale: messages.Mark("stale"), vedette.RollSafe: messages.Mark("safe"), vedette.RollNotThere: messages.Mark("not there"),
}

var cancelWords = map[vedette.Cancel]string{vedette.CancelError: messages.Mark("Sent in error"), vedette.CancelOver: messages.Mark("Over")}

// cancelsWords are they within a line.
var cancelsWords = map[vedette.Cancel]string{vedette.CancelError: messages.Mark("sent in error"), vedette.CancelOver: messages.Mark("over")}

// befellWords are what became of an update that was published and stands no more.
var befellWords = map[vedette.UpdateState]string{vedette.UpdateOvertaken: messages.Mark("overtaken"), vedette.UpdateStopped: messages.Mark("stopped")}

// stateOf is where an update is, and statusOf what it is, within a sentence.
var (
	stateOf = map[vedette.UpdateState]string{vedette.UpdateDraft: messages.Mark("draft##in the record"), vedette.UpdatePublished: messages.Mark("published"),
		vedette.UpdateOvertaken: messages.Mark("overtaken"), vedette.UpdateStopped: messages.Mark("stopped")}
	statusOf = map[vedette.Status]string{vedette.StatusActual: messages.Mark("actual"), vedette.StatusExercise: messages.Mark("EXERCISE"), vedette.StatusTest: messages.Mark("TEST")}
)

var relationWords = map[vedette.Relation]string{
	vedette.RelationIn: messages.Mark("in"), vedette.RelationMayBe: messages.Mark("may be in"), vedette.RelationOut: messages.Mark("not concerned"),
	vedette.RelationWatches: messages.Mark("asked to be told"),
}

// stateWords are the states of a delivery, each with what it means.
var stateWords = map[vedette.DeliveryState][2]string{
	vedette.DeliveryQueued:   {messages.Mark("queued"), messages.Mark("waits to be sent")},
	vedette.DeliveryAccepted: {messages.Mark("accepted"), messages.Mark("the next mail server has it; not yet told")},
	vedette.DeliveryReceived: {messages.Mark("received"), messages.Mark("at their end: told")},
	vedette.DeliverySeen:     {messages.Mark("seen"), messages.Mark("they said they have read it")},
	vedette.DeliveryAnswered: {messages.Mark("answered"), messages.Mark("they answered")},
	vedette.DeliveryFailed:   {messages.Mark("failed"), messages.Mark("could not be delivered")},
	vedette.DeliveryWithheld: {messages.Mark("withheld"), messages.Mark("stopped or overtaken before it went out")},
	vedette.DeliveryUnknown:  {messages.Mark("unknown"), messages.Mark("given up without knowing whether it arrived")},
}

var channelWords = map[vedette.Channel]string{
	vedette.ChannelEmail: messages.Mark("e-mail"), vedette.ChannelPhone: messages.Mark("phone"), vedette.ChannelSMS: messages.Mark("text message"), vedette.ChannelVoice: messages.Mark("call"), vedette.ChannelWebhook: messages.Mark("webhook"), vedette.ChannelPush: messages.Mark("push to a device"),
}

var fanoutWords = map[vedette.FanoutState]string{
	vedette.FanoutQueued:   messages.Mark("not yet planned"),
	vedette.FanoutPlanning: messages.Mark("being planned"),
	vedette.FanoutPlanned:  messages.Mark("all planned"),
	vedette.FanoutHalted:   messages.Mark("stopped before all was planned"),
}

var accountWords = map[string]string{
	vedette.AsIssuedAt: messages.Mark("issue time"), vedette.AsTitle: messages.Mark("title"), vedette.AsHeading: messages.Mark("heading"), vedette.AsStatement: messages.Mark("statement"),
	vedette.AsMetadata: messages.Mark("panel"), vedette.AsSetAside: messages.Mark("set aside"), vedette.AsBlank: "", vedette.AsUnread: messages.Mark("not read"),
}

var asideWords = map[string]string{
	vedette.AsideContact: messages.Mark("the provider's contact"), vedette.AsidePromotion: messages.Mark("promotion"), vedette.AsideByline: messages.Mark("byline"),
	vedette.AsidePageFurniture: messages.Mark("page furniture"), vedette.AsideDuplicate: messages.Mark("the same words again"),
}

// asItIs is what no language says otherwise: a name, what somebody wrote; nothing for "".
func asItIs(text string) messages.Said {
	if text == "" {
		return messages.Said{}
	}
	return messages.Said{English: "%s", Args: []any{text}}
}

// worded is a sentence of another package, what is filled into it made safe.
func worded(s wording.Said) messages.Said {
	out := messages.Said{English: s.English, Args: make([]any, len(s.Args))}
	for i, a := range s.Args {
		switch a := a.(type) {
		case string:
			out.Args[i] = safe(a)
		case wording.Said:
			out.Args[i] = worded(a)
		default:
			out.Args[i] = a
		}
	}
	return out
}

func wordedAll(list []wording.Said) (out []messages.Said) {
	for _, s := range list {
		out = append(out, worded(s))
	}
	return out
}

// plain turns a slug of a closed list into words: "armed_conflict".
func plain(slug string) string { return safe(strings.ReplaceAll(slug, "_", " ")) }

func plainAll(slugs []string) []string {
	out := make([]string, len(slugs))
	for i, s := range slugs {
		out[i] = plain(s)
	}
	return out
}

// firstOf gives the first text that is not blank.
func firstOf(texts ...string) string {
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}
