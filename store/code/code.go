// Package code holds the small numbers that the nouns' words are stored as,
// and the words for states that SQL texts use. It knows no database.
//
// Numbers are for ever: a list only grows at its end.
package code

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"vedette"
)

// Words are the words of one kind. The number of a word is its place in the
// list, from 1.
type Words[S ~string] struct{ list []S }

// Delivery states are numbered by how far they got, so that the greatest of
// a person's deliveries is the one that counts.
var (
	Delivery = words(vedette.ByReach...)
	Fanout   = words(vedette.FanoutQueued, vedette.FanoutPlanning, vedette.FanoutPlanned, vedette.FanoutHalted)
	Update   = words(vedette.UpdateDraft, vedette.UpdatePublished, vedette.UpdateOvertaken, vedette.UpdateStopped)
	Relation = words(vedette.RelationIn, vedette.RelationMayBe, vedette.RelationOut, vedette.RelationWatches)
	Channel  = words(vedette.ChannelEmail, vedette.ChannelPhone, vedette.ChannelWebhook, vedette.ChannelSMS, vedette.ChannelPush, vedette.ChannelVoice)
	Because  = words(vedette.BecauseHome, vedette.BecauseSite, vedette.BecauseTrip, vedette.BecauseCheckin, vedette.BecauseAnswer,
		vedette.BecauseLeg, vedette.BecauseDesk)
	Reply   = words(vedette.ReplySafe, vedette.ReplyHelp, vedette.ReplyNotThere)
	Log     = words(vedette.LogKinds...)
	Via     = words(vedette.Vias...)
	Posture = words(vedette.AvoidAllTravel, vedette.AvoidNonessentialTravel, vedette.ReconsiderTravel, vedette.ReconsiderNonessentialTravel,
		vedette.TravelWithCaution, vedette.NoRestriction)
	Task      = words(vedette.TaskOpen, vedette.TaskDone)
	TaskKind  = words(vedette.TaskKeepOrLift, vedette.TaskStopped, vedette.TaskUnread, vedette.TaskUntended, vedette.TaskSilence, vedette.TaskContact, vedette.TaskUnreached, vedette.TaskReceiver, vedette.TaskUnanswered, vedette.TaskCanary, vedette.TaskShut, vedette.TaskDuress, vedette.TaskMailbox, vedette.TaskCopied, vedette.TaskReview)
	Case      = words(vedette.CaseOpen, vedette.CaseTaken, vedette.CaseClosed)
	CaseEntry = words(vedette.CaseCall, vedette.CaseSafe, vedette.CaseNotThere, vedette.CaseTake, vedette.CaseHandOver, vedette.CaseNote,
		vedette.CasePlace, vedette.CaseClose, vedette.CaseOffer, vedette.CaseWrite, vedette.CaseSay, vedette.CaseShut, vedette.CaseTrust)
	Letter = words(vedette.LetterKinds...)
	Cause  = words(vedette.CausePublished, vedette.CauseExposed, vedette.CauseAhead, vedette.CauseArrived, vedette.CauseCondition, vedette.CauseAgain,
		vedette.CauseReminder)
	Cancel    = words(vedette.CancelError, vedette.CancelOver)
	News      = words(vedette.NewsNew, vedette.NewsChanged, vedette.NewsUnchanged, vedette.NewsWithdrawn, vedette.NewsShut)
	Condition = words(vedette.ConditionAwaited, vedette.ConditionMet, vedette.ConditionPassed)
	Rollcall  = words(vedette.RollcallOpen, vedette.RollcallClosed)
	Account   = words(vedette.AccountSafe, vedette.AccountHelp, vedette.AccountNotThere, vedette.AccountBack)
	Verified  = words(vedette.VerifiedSaw, vedette.VerifiedVoice, vedette.VerifiedMessage, vedette.VerifiedOther)
	Role      = words(vedette.AsDesk, vedette.AsManager, vedette.AsWarden)
	Line      = words(vedette.LineKinds...)
	Try       = words(vedette.TryOutcomes...)
	Belief    = words(vedette.Untrusted, vedette.UnderDuress)
	Way       = words(vedette.WayPage, vedette.WayText, vedette.WayMail, vedette.WayVoice)
	UserRole  = words(vedette.RoleAnalyst, vedette.RoleApprover, vedette.RoleAdministrator, vedette.RoleTraveller, vedette.RoleManager, vedette.RoleWarden, vedette.RoleRegional)
	Closing   = words(vedette.ClosingInactive, vedette.ClosingRemoved)
	CopyMode  = words(vedette.CopyModes...)
	Challenge = words(vedette.ChallengeSignIn, vedette.ChallengeAdd, vedette.ChallengeShow, vedette.ChallengeCode, vedette.ChallengeProvider)
	Key       = words(vedette.KeyNext, vedette.KeyCurrent, vedette.KeyLeaving, vedette.KeyEnded)
	Approval  = words(vedette.ApprovalStates...)
	Signal    = words(vedette.SignalStates...)
	// Escalation states.
	Escalation = words(vedette.EscalationRunning, vedette.EscalationAnswered, vedette.EscalationLapsed, vedette.EscalationOver)
)

// The kinds of recipient.
const (
	Person = 1
	Hook   = 2 // a hook, or the manager of somebody: whoever is told and is no person here
)

func words[S ~string](list ...S) Words[S] { return Words[S]{append([]S{""}, list...)} }

// Of gives the number of a word, 0 for none, -1 for one that is not stored:
// a CHECK of the schema refuses it.
func (w Words[S]) Of(s S) int64 { return int64(slices.Index(w.list, s)) }

// Word gives the word of a number, "" for one that is not known.
func (w Words[S]) Word(n int64) S {
	if n < 0 || n >= int64(len(w.list)) {
		return ""
	}
	return w.list[n]
}

// Into scans a number and sets its word.
func (w Words[S]) Into(s *S) sql.Scanner { return &target[S]{w, s} }

type target[S ~string] struct {
	words Words[S]
	s     *S
}

// Scan takes what the driver gives.
func (t *target[S]) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("a %T is stored as an integer, not as a %T", *t.s, v)
	}
	*t.s = t.words.Word(n)
	return nil
}

// States are the words in braces that SQL texts use: a state by its name
// ({queued}, {fanout planned}, {update stopped}), the states in which the
// machine allows an event ({on accept}, {fanout on stop}), {log people},
// {log update}, {log draft}, {cause published}, {cause reminder}, the kinds of log row that leave what stands alone,
// {log aside}, or people and how they are reached, {log far from reach}, or what came in, {log far from inbox}, or no counts but those of the
// update they name, {log of updates}, what situations' logs show, {log written}, {trust none}, {news shut}, and the reasons of a presence that come from an
// itinerary, {because travels}; {because checkin}; {closing inactive} and {closing removed}.
func States() map[string]string {
	states := map[string]string{"log people": fmt.Sprint(Log.Of(vedette.LogPeople)), "log draft": fmt.Sprint(Log.Of(vedette.LogDraft)), "log update": fmt.Sprint(Log.Of(vedette.LogUpdate)), "cause published": fmt.Sprint(Cause.Of(vedette.CausePublished)),
		"cause reminder": fmt.Sprint(Cause.Of(vedette.CauseReminder)), "account taken back": fmt.Sprint(Account.Of(vedette.AccountBack)),
		"because travels": travels(), "because checkin": fmt.Sprint(Because.Of(vedette.BecauseCheckin)), "log aside": aside(), "log far from reach": farFromReach(), "log far from inbox": farFromInbox(), "log of updates": ofUpdates(), "log written": written(), "trust none": fmt.Sprint(Belief.Of(vedette.Untrusted)), "news shut": fmt.Sprint(News.Of(vedette.NewsShut)), "closing inactive": fmt.Sprint(Closing.Of(vedette.ClosingInactive)), "closing removed": fmt.Sprint(Closing.Of(vedette.ClosingRemoved)), "letter untaken": fmt.Sprint(Letter.Of(vedette.LetterUntaken))}
	add(states, "", Delivery, vedette.Deliveries)
	add(states, "fanout ", Fanout, vedette.Fanouts)
	add(states, "update ", Update, vedette.Updates)
	add(states, "task ", Task, vedette.Tasks)
	add(states, "case ", Case, vedette.Cases)
	add(states, "rollcall ", Rollcall, vedette.Rollcalls)
	add(states, "approval ", Approval, vedette.Approvals)
	add(states, "signal ", Signal, vedette.Signals)
	add(states, "escalation ", Escalation, vedette.Escalations)
	add(states, "key ", Key, vedette.Keys)
	return states
}

// aside lists the kinds of log row that change neither an update that stands,
// nor a condition, nor the board, nor the figures. A kind that is new is none
// of them until somebody says so.
func aside() string {
	return kinds(vedette.LogPeople, vedette.LogDraft, vedette.LogFanout, vedette.LogDelivery, vedette.LogReply, vedette.LogHook, vedette.LogTask, vedette.LogCase, vedette.LogRollcall, vedette.LogHandover, vedette.LogRota, vedette.LogShut, vedette.LogUser, vedette.LogSession, vedette.LogExport, vedette.LogKey, vedette.LogOrganisation, vedette.LogApproval, vedette.LogFlash, vedette.LogHandout, vedette.LogDecision, vedette.LogFile, vedette.LogSitrep, vedette.LogSignal)
}

// farFromReach lists the kinds that change neither people nor what is known of how they
// are reached. A kind that is new is none of them until somebody says so.
func farFromReach() string {
	return kinds(vedette.LogDraft, vedette.LogHook, vedette.LogTask, vedette.LogCase, vedette.LogRollcall, vedette.LogHandover, vedette.LogRota, vedette.LogUser, vedette.LogSession, vedette.LogExport, vedette.LogOrganisation, vedette.LogApproval, vedette.LogFlash, vedette.LogHandout, vedette.LogDecision, vedette.LogFile, vedette.LogSitrep, vedette.LogSignal)
}

// farFromInbox lists the kinds that change neither what came in nor what became of it. A
// kind that is new is none of them until somebody says so.
func farFromInbox() string {
	return kinds(vedette.LogPeople, vedette.LogFanout, vedette.LogDelivery, vedette.LogReply, vedette.LogHook, vedette.LogPosture, vedette.LogTask, vedette.LogCondition, vedette.LogSettings, vedette.LogCase, vedette.LogRollcall, vedette.LogHandover, vedette.LogRota, vedette.LogShut, vedette.LogUser, vedette.LogSession, vedette.LogExport, vedette.LogKey, vedette.LogApproval, vedette.LogFlash, vedette.LogHandout, vedette.LogDecision, vedette.LogSitrep)
}

// ofUpdates lists the kinds that change the counts of no update, or of none but the one
// they name: an answer names itself. A kind that is new is none of them until somebody
// says so.
func ofUpdates() string {
	return kinds(vedette.LogUpdate, vedette.LogFanout, vedette.LogDelivery, vedette.LogDraft, vedette.LogTask, vedette.LogHandover, vedette.LogRota, vedette.LogUser, vedette.LogSession, vedette.LogExport, vedette.LogOrganisation, vedette.LogApproval, vedette.LogDecision, vedette.LogFile, vedette.LogSitrep, vedette.LogSignal)
}

// written lists the kinds that change what stands in the log of a situation.
func written() string {
	return kinds(vedette.LogUpdate, vedette.LogCondition, vedette.LogPosture, vedette.LogHandover, vedette.LogDecision)
}

func kinds(of ...vedette.LogKind) string {
	list := make([]string, len(of))
	for i, k := range of {
		list[i] = fmt.Sprint(Log.Of(k))
	}
	return strings.Join(list, ", ")
}

func travels() string {
	var list []string
	for n, b := range Because.list {
		if b.Travels() {
			list = append(list, fmt.Sprint(n))
		}
	}
	return strings.Join(list, ", ")
}

func add[S ~string](states map[string]string, prefix string, w Words[S], m vedette.Machine[S]) {
	for n, s := range w.list[1:] {
		states[prefix+string(s)] = fmt.Sprint(n + 1)
	}
	for _, mv := range m {
		var from []string
		for _, s := range m.From(mv.Event) {
			from = append(from, fmt.Sprint(w.Of(s)))
		}
		states[prefix+"on "+mv.Event] = strings.Join(from, ", ")
	}
}
