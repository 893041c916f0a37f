package web

import (
	"sync"

	"vedette/web/messages"
)

// keptReasons are why a message waits, is withheld or has failed, as deliveries and
// letters are kept with it, and why somebody is not where they were; what a mail server or a gateway answered is in its own words.
// The longer of two that begin alike stands first.
var keptReasons = []string{
	messages.Mark("%s; an earlier try may have been accepted"), messages.Mark("%s; it is rung again"), messages.Mark("%s; rung once"), messages.Mark("%s; rung %d times"),
	messages.Mark("stopped: %s"), messages.Mark("stopped before it was sent"), messages.Mark("overtaken by update %d"), messages.Mark("an all-clear was given"), messages.Mark("compromised"),
	messages.Mark("the person was erased"), messages.Mark("the traveller was erased"), messages.Mark("they are not the traveller's manager any more"), messages.Mark("they have left the organisation since, or were erased"),
	messages.Mark("the person has no such address any more"), messages.Mark("the turn has no such address"), messages.Mark("the hook was removed"), messages.Mark("the device was removed"), messages.Mark("taken off the rota"),
	messages.Mark("somebody has taken it"), messages.Mark("%s has it##a case"), messages.Mark("the case is closed"), messages.Mark("the links to their page were ended since"),
	messages.Mark("it waits for nobody's word any more"), messages.Mark("they may not approve it any more"), messages.Mark("they are rung elsewhere now"),
	messages.Mark("not sent: its owner wants nothing there (%s)"), messages.Mark("not sent: the address is dead (%s: %s)"), messages.Mark("not sent: the address is dead (%s)"), messages.Mark("not sent: only what warns goes there (%s)"),
	messages.Mark("not sent: somebody who is compromised has the same address; reach them another way"), messages.Mark("somebody who is compromised has this address"), messages.Mark("it is the address of whoever it is about"),
	messages.Mark("waits for its turn: only so many go to its mail domain at once"), messages.Mark("waits: the system has not answered what it was sent before"),
	messages.Mark("passed over: the system took nothing the last times; it is tried again"),
	messages.Mark("their quiet hours end at %s there, %s"), messages.Mark("it is in their digest at %s there, %s"), messages.Mark("goes if they are not reached over %s before, at %s"),
	messages.Mark("somebody took the call and pressed a key"), messages.Mark("answered without a key: a machine, or somebody who did not press"), messages.Mark("answered without a key: by a machine, as the gateway holds"),
	messages.Mark("came back: the line was engaged"), messages.Mark("came back: nobody took the call"), messages.Mark("came back: the gateway says the call failed %s"), messages.Mark("came back: the gateway says it was not delivered %s"),
	messages.Mark("by their answer at %s: not there"), messages.Mark("by an account in a roll-call (%s) at %s: not there"), messages.Mark("by the desk (%s): %s"),
	messages.Mark("came back: %s"), messages.Mark("the line was engaged"), messages.Mark("nobody took the call"), messages.Mark("the gateway says the call failed %s"),
}

// reasonParts are what may stand in them: a reason, what is longer than it begins; the
// word of a channel; a day.
var reasonParts = append([]string{messages.Mark("email##a way"), messages.Mark("sms##a way"), messages.Mark("voice##a way"), messages.Mark("push")}, keptReasons[4:]...)

var reasonsAs = sync.OnceValues(func() (whole, parts []keptSentence) { return keptSentences(keptReasons), keptSentences(reasonParts) })

// readReason is why a message is where it is, as a page says it; nothing where it is not
// kept why.
func readReason(text string) messages.Said {
	if text == "" {
		return messages.Said{}
	}
	whole, parts := reasonsAs()
	if s, ok := readBack(whole, parts, text); ok {
		return s
	}
	return asItIs(safe(text))
}

// readReasons says the reasons within a sentence of another package.
func readReasons(s messages.Said) messages.Said {
	for i, a := range s.Args {
		switch a := a.(type) {
		case string:
			s.Args[i] = readReason(a)
		case messages.Said:
			s.Args[i] = readReasons(a)
		}
	}
	return s
}
