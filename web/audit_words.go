package web

import (
	"strings"

	"vedette"
	"vedette/web/messages"
)

// rowWords say what a row of the record is about, and what was done. What was done with a
// name or a reason in it stays as it was written down.
func rowWords(e *vedette.LogEntry) messages.Said {
	kind := messages.Said{English: firstOf(kindNames[e.Kind], string(e.Kind))}
	if verb := verbNames[e.Verb]; verb != "" {
		return messages.Of("%s %s##a row of the record", kind, messages.Said{English: verb})
	}
	return messages.Of("%s %s##a row of the record", kind, safe(e.Verb))
}

// kindNames are the kinds of row as a page names them.
var kindNames = map[vedette.LogKind]string{
	vedette.LogUpdate: messages.Mark("update##in the record"), vedette.LogDraft: messages.Mark("draft##in the record"), vedette.LogPeople: messages.Mark("people##in the record"),
	vedette.LogFanout: messages.Mark("fanout##in the record"), vedette.LogDelivery: messages.Mark("delivery##in the record"), vedette.LogReply: messages.Mark("reply##in the record"),
	vedette.LogHook: messages.Mark("hook##in the record"), vedette.LogPosture: messages.Mark("posture##in the record"), vedette.LogTask: messages.Mark("task##in the record"),
	vedette.LogCondition: messages.Mark("condition##in the record"), vedette.LogSettings: messages.Mark("settings##in the record"), vedette.LogCase: messages.Mark("case##in the record"),
	vedette.LogRollcall: messages.Mark("rollcall##in the record"), vedette.LogHandover: messages.Mark("handover##in the record"), vedette.LogRota: messages.Mark("rota##in the record"),
	vedette.LogShut: messages.Mark("shut##in the record"), vedette.LogUser: messages.Mark("user##in the record"), vedette.LogSession: messages.Mark("session##in the record"),
	vedette.LogExport: messages.Mark("export##in the record"), vedette.LogKey: messages.Mark("key##in the record"), vedette.LogOrganisation: messages.Mark("organisation##in the record"),
	vedette.LogApproval: messages.Mark("approval##in the record"), vedette.LogFlash: messages.Mark("flash##in the record"), vedette.LogHandout: messages.Mark("handout##in the record"),
	vedette.LogDecision: messages.Mark("decision##in the record"), vedette.LogFile: messages.Mark("file##in the record"), vedette.LogSitrep: messages.Mark("sitrep##in the record"), vedette.LogSignal: messages.Mark("signal##in the record"),
}

// verbNames are what was done, as a page says it.
var verbNames = byWord(
	messages.Mark("published##in the record"), messages.Mark("stopped##in the record"), messages.Mark("overtaken##in the record"), messages.Mark("saved##in the record"),
	messages.Mark("edited##in the record"), messages.Mark("added##in the record"), messages.Mark("removed##in the record"), messages.Mark("queued##in the record"),
	messages.Mark("planned##in the record"), messages.Mark("halted##in the record"), messages.Mark("withheld##in the record"), messages.Mark("settled##in the record"),
	messages.Mark("rung again##in the record"), messages.Mark("answered##in the record"), messages.Mark("seen##in the record"), messages.Mark("replayed##in the record"),
	messages.Mark("reminded##in the record"), messages.Mark("received##in the record"), messages.Mark("bounced##in the record"),
	messages.Mark("an address is no mailbox##in the record"), messages.Mark("an address is written to only to warn##in the record"),
	messages.Mark("an address is written to again##in the record"), messages.Mark("safe##in the record"), messages.Mark("help##in the record"),
	messages.Mark("not_there##in the record"), messages.Mark("call##in the record"), messages.Mark("offer##in the record"), messages.Mark("say##in the record"),
	messages.Mark("take##in the record"), messages.Mark("set_aside##in the record"), messages.Mark("reopen##in the record"), messages.Mark("hand_over##in the record"), messages.Mark("note##in the record"), messages.Mark("place##in the record"),
	messages.Mark("close##in the record"), messages.Mark("write##in the record"), messages.Mark("shut##in the record"), messages.Mark("opened##in the record"),
	messages.Mark("asked##in the record"), messages.Mark("closed##in the record"), messages.Mark("divided##in the record"), messages.Mark("given##in the record"),
	messages.Mark("taken##in the record"), messages.Mark("decided##in the record"), messages.Mark("made##in the record"), messages.Mark("set##in the record"),
	messages.Mark("met##in the record"), messages.Mark("passed##in the record"), messages.Mark("restored##in the record"), messages.Mark("trusted again##in the record"),
	messages.Mark("links ended##in the record"), messages.Mark("link given##in the record"), messages.Mark("link ended##in the record"),
	messages.Mark("site saved##in the record"), messages.Mark("sites saved##in the record"), messages.Mark("sites removed##in the record"),
	messages.Mark("trip saved##in the record"), messages.Mark("watch saved##in the record"), messages.Mark("watch removed##in the record"),
	messages.Mark("presence added##in the record"), messages.Mark("presence ended##in the record"), messages.Mark("signed in##in the record"),
	messages.Mark("signed in by a passkey##in the record"), messages.Mark("signed in by the identity provider##in the record"),
	messages.Mark("signed in by the identity provider, with a second factor##in the record"), messages.Mark("signed out##in the record"),
	messages.Mark("signed out everywhere##in the record"), messages.Mark("signed out elsewhere##in the record"), messages.Mark("password set##in the record"),
	messages.Mark("password changed##in the record"), messages.Mark("reset##in the record"), messages.Mark("role changed##in the record"),
	messages.Mark("let in again##in the record"), messages.Mark("passkey added##in the record"), messages.Mark("passkey removed##in the record"),
	messages.Mark("one-time codes added##in the record"), messages.Mark("one-time codes removed##in the record"),
	messages.Mark("asked for a second factor at each sign-in##in the record"), messages.Mark("asked for a second factor when it matters##in the record"),
	messages.Mark("may know who is restricted##in the record"), messages.Mark("may not know who is restricted##in the record"),
	messages.Mark("chose a language for their pages##in the record"), messages.Mark("where they are rung was set##in the record"), messages.Mark("PIN set##in the record"),
	messages.Mark("token added##in the record"), messages.Mark("token ended##in the record"), messages.Mark("comes by the identity provider##in the record"),
	messages.Mark("added by the identity provider##in the record"), messages.Mark("role changed by the identity provider##in the record"),
	messages.Mark("in no group of the identity provider##in the record"), messages.Mark("named##in the record"), messages.Mark("renamed##in the record"),
	messages.Mark("joined##in the record"), messages.Mark("invited##in the record"), messages.Mark("invitation ended##in the record"),
	messages.Mark("unsubscribed from##in the record"), messages.Mark("subscription ended of##in the record"), messages.Mark("another took over##in the record"),
	messages.Mark("the one before ended##in the record"), messages.Mark("approved##in the record"), messages.Mark("approved, by link##in the record"),
	messages.Mark("refused##in the record"), messages.Mark("withdrawn##in the record"), messages.Mark("looked at: fine##in the record"),
	messages.Mark("looked at: to be stopped##in the record"), messages.Mark("ended: it was published without it##in the record"),
)

// byWord gives marked words by what they are without what says which is meant.
func byWord(marked ...string) map[string]string {
	m := map[string]string{}
	for _, w := range marked {
		word, _, _ := strings.Cut(w, "##")
		m[word] = w
	}
	return m
}
