package vedette

import "time"

// LogKind says what a log row is about.
type LogKind string

// The kinds of log row.
const (
	LogUpdate    LogKind = "update"   // published, stopped, overtaken
	LogDraft     LogKind = "draft"    // a draft was saved
	LogPeople    LogKind = "people"   // people, presences or trips changed
	LogFanout    LogKind = "fanout"   // planned or halted
	LogDelivery  LogKind = "delivery" // a chunk of deliveries changed
	LogReply     LogKind = "reply"
	LogHook      LogKind = "hook"
	LogPosture   LogKind = "posture"   // the posture of an area rose or fell
	LogTask      LogKind = "task"      // a task was made or decided
	LogCondition LogKind = "condition" // a condition was declared met or passed
	LogSettings  LogKind = "settings"
	LogCase      LogKind = "case"     // a call for help, and what is done about it
	LogRollcall  LogKind = "rollcall" // opened, refreshed, asked, accounted, called, divided, closed
	LogHandover  LogKind = "handover" // given, taken
	LogRota      LogKind = "rota"     // somebody was put on the rota, or taken off
	LogShut      LogKind = "shut"     // somebody is held to be compromised, or is trusted again
	LogUser      LogKind = "user"     // somebody may sign in, or a token is good, or not any more; a role, a password
	LogSession   LogKind = "session"  // somebody signed in, or out
	LogExport    LogKind = "export"   // who people are left the house as a file
	LogKey       LogKind = "key"      // another key of the installation seals, or one before seals nothing any more

	LogOrganisation LogKind = "organisation" // it itself: its names, what it offers, takes and whom it invited
	LogApproval     LogKind = "approval"     // a second person was asked, rung, said yes or no; the glass was broken, and looked at
	LogFlash        LogKind = "flash"        // a template of flashes was saved, or taken back
	LogHandout      LogKind = "handout"      // a link was given by which an update is read, or ended
	LogDecision     LogKind = "decision"     // a line was written into the log of a situation
	LogFile         LogKind = "file"         // the file that a report came in was kept
	LogSitrep       LogKind = "sitrep"       // a report of a situation was kept, signed
	LogSignal       LogKind = "signal"       // a signal came in, and what was done about it
)

// LogKinds are the kinds of log row, in the order they came to be.
var LogKinds = []LogKind{LogUpdate, LogDraft, LogPeople, LogFanout, LogDelivery, LogReply, LogHook, LogPosture, LogTask, LogCondition, LogSettings, LogCase,
	LogRollcall, LogHandover, LogRota, LogShut, LogUser, LogSession, LogExport, LogKey, LogOrganisation, LogApproval, LogFlash, LogHandout, LogDecision, LogFile, LogSitrep, LogSignal}

// LogEntry is one row of an organisation's log. Seq orders by commit.
type LogEntry struct {
	Seq  int64
	Kind LogKind
	Ref  string // id of the thing
	Verb string // "published", "stopped" …
	At   time.Time
	By   Actor
}
