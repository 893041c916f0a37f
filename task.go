package vedette

import "time"

// Task is something a person must do: about, owner, due.
type Task struct {
	Key       int64
	ID        ID
	Kind      TaskKind
	State     TaskState
	About     ID     // of the update it comes from, "" for none
	Area      AreaID // "" for none
	Question  string // "Keep or lift “avoid all travel” for Iraq?"
	Default   string // what stands until it is decided: "keep"
	Owner     string // "" is the desk
	CreatedAt time.Time
	DueAt     time.Time
	DoneAt    time.Time
	DoneBy    string
	Outcome   string // "keep", "lift"
	Reason    string
}

// TaskKind is the sort of task.
type TaskKind string

// The kinds of task.
const (
	TaskKeepOrLift TaskKind = "keep_or_lift" // a posture that a later update no longer names
	TaskStopped    TaskKind = "stopped"      // somebody wants no more text messages
	TaskUnread     TaskKind = "unread"       // somebody wrote what is none of the answers
	TaskContact    TaskKind = "contact"      // contact with somebody who called for help is late
	TaskReceiver   TaskKind = "receiver"     // a system has taken nothing for long
	TaskUntended   TaskKind = "untended"     // nobody is on duty to take a call for help
	TaskSilence    TaskKind = "silence"      // an area's word of an update falls under its habit
	TaskUnreached  TaskKind = "unreached"    // an update did not get to somebody by any channel
	TaskCanary     TaskKind = "canary"       // a canary was not accepted in time
	TaskShut       TaskKind = "shut"         // somebody is compromised: reach them another way
	TaskDuress     TaskKind = "duress"       // a duress answer that is of nobody, or of no update, for sure
	TaskMailbox    TaskKind = "mailbox"      // the mailbox of what comes back cannot be read
	TaskCopied     TaskKind = "copied"       // another organisation published, or did, something that the desk is to look at
	TaskReview     TaskKind = "review"       // the glass was broken, and no second person looked yet
	TaskUnanswered TaskKind = "unanswered"   // people do not answer an update: they are on the call list
)

// TaskState is where a task is.
type TaskState string

// The states of a task.
const (
	TaskOpen TaskState = "open"
	TaskDone TaskState = "done"
)

// Tasks is the state machine of a task.
var Tasks = Machine[TaskState]{
	{"take", TaskOpen, TaskOpen},
	{"decide", TaskOpen, TaskDone},
}
