package web

import (
	"strings"

	"vedette"
)

// postureWords are the steps of travel advice as a line says them.
var postureWords = map[vedette.Action]string{
	vedette.AvoidAllTravel:               "avoid all travel",
	vedette.AvoidNonessentialTravel:      "avoid non-essential travel",
	vedette.ReconsiderTravel:             "reconsider travel",
	vedette.ReconsiderNonessentialTravel: "reconsider non-essential travel",
	vedette.TravelWithCaution:            "travel with caution",
	vedette.NoRestriction:                "no travel restriction",
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

var kindWords = map[vedette.ReportKind]string{
	vedette.KindAlert: "alert", vedette.KindTactical: "tactical report", vedette.KindSituationUpdate: "situation update",
	vedette.KindAnalysis: "analysis", vedette.KindDailySummary: "daily summary", vedette.KindRegionalSummary: "regional summary",
	vedette.KindSpecialReport: "special report", vedette.KindUnknown: "update",
}

func kindWord(k vedette.ReportKind) string {
	if w, ok := kindWords[k]; ok {
		return w
	}
	return kindWords[vedette.KindUnknown]
}

var urgencyWords = map[vedette.Urgency]string{
	vedette.UrgencyImmediate: "immediate: now or within the hour",
	vedette.UrgencyExpected:  "expected: within two days, or at any time",
	vedette.UrgencyFuture:    "future: later than two days",
	vedette.UrgencyPast:      "past",
	vedette.UrgencyUnknown:   "not set; taken as expected",
}

var sourceWords = map[vedette.SourceStrength]string{
	vedette.SourceConfirmed: "confirmed", vedette.SourceCredible: "credible",
	vedette.SourceUnconfirmed: "unconfirmed", vedette.SourceUnknown: "strength not given",
}

var answerWords = map[vedette.ReplyKind]string{
	vedette.ReplySafe: "safe", vedette.ReplyHelp: "need help", vedette.ReplyNotThere: "not there",
}

// standingWords are how a member of a roll-call stands.
var standingWords = map[vedette.RollStanding]string{
	vedette.RollHelp: "need help", vedette.RollSilent: "silent", vedette.RollStale: "stale", vedette.RollSafe: "safe", vedette.RollNotThere: "not there",
}

var cancelWords = map[vedette.Cancel]string{vedette.CancelError: "Sent in error", vedette.CancelOver: "Over"}

var relationWords = map[vedette.Relation]string{
	vedette.RelationIn: "in", vedette.RelationMayBe: "may be in", vedette.RelationOut: "not concerned",
	vedette.RelationWatches: "asked to be told",
}

// stateWords are the states of a delivery, each with what it means.
var stateWords = map[vedette.DeliveryState][2]string{
	vedette.DeliveryQueued:   {"queued", "waits to be sent"},
	vedette.DeliveryAccepted: {"accepted", "the next mail server has it; not yet told"},
	vedette.DeliveryReceived: {"received", "at their end: told"},
	vedette.DeliverySeen:     {"seen", "they said they have read it"},
	vedette.DeliveryAnswered: {"answered", "they answered"},
	vedette.DeliveryFailed:   {"failed", "could not be delivered"},
	vedette.DeliveryWithheld: {"withheld", "stopped or overtaken before it went out"},
	vedette.DeliveryUnknown:  {"unknown", "given up without knowing whether it arrived"},
}

var channelWords = map[vedette.Channel]string{
	vedette.ChannelEmail: "e-mail", vedette.ChannelPhone: "phone", vedette.ChannelSMS: "text message", vedette.ChannelVoice: "call", vedette.ChannelWebhook: "webhook", vedette.ChannelPush: "push to a device",
}

var fanoutWords = map[vedette.FanoutState]string{
	vedette.FanoutQueued:   "not yet planned",
	vedette.FanoutPlanning: "being planned",
	vedette.FanoutPlanned:  "all planned",
	vedette.FanoutHalted:   "stopped before all was planned",
}

var accountWords = map[string]string{
	vedette.AsIssuedAt: "issue time", vedette.AsTitle: "title", vedette.AsHeading: "heading", vedette.AsStatement: "statement",
	vedette.AsMetadata: "panel", vedette.AsSetAside: "set aside", vedette.AsBlank: "", vedette.AsUnread: "not read",
}

var asideWords = map[string]string{
	vedette.AsideContact: "the provider's contact", vedette.AsidePromotion: "promotion", vedette.AsideByline: "byline",
	vedette.AsidePageFurniture: "page furniture", vedette.AsideDuplicate: "the same words again",
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
