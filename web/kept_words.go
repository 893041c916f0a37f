package web

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"vedette/web/messages"
	"vedette/wording"
)

// keptWords are the sentences that tasks are kept with. What is in the database is
// English, for it is on record and compared; a page reads it back into the sentence and
// what was filled in. What it does not know it shows as it is kept. The longer of two
// that begin alike stands first.
var keptWords = []string{
	// Somebody is to be found, rung, or left alone.
	messages.Mark("Be in contact with whoever called in case %d, and note it there: it was due %s"),
	messages.Mark("Note what is done in case %d, which is of DURESS (do not ring them): it was due %s"),
	messages.Mark("Nobody is on duty to take case %d; see that somebody does, and put somebody on the rota"),
	messages.Mark("Ring whoever called in case %d: no message reaches them, and they are to hear: %s"),
	messages.Mark("Decide in case %d, which is of DURESS (do not ring them): no message reaches them, and they were to hear: %s"),
	messages.Mark("Nobody answers: call whoever is on the call list of update %d, “%s” (vedette status %s --people call)"),
	messages.Mark("Find another way to the people in %s: %s"),
	messages.Mark("Reach another way whomever update %d of “%s” did not get to: vedette status %s --people %s"),
	messages.Mark("Reach person %s another way than by their own phone and mail: they are compromised since %s, by %s, and were not told of this update"),
	messages.Mark("Reach person %s another way: they are compromised, and nothing is sent to their own phone and mail. Ring whom they gave as second contacts; take them off the rota if they are on it"),
	messages.Mark("Tell person %s what they missed: they are trusted again, and what was withheld meanwhile is not sent by itself"),
	messages.Mark("DURESS by a text message from the number of person %s: somebody makes them answer. Do not ring or write to them"),
	messages.Mark("DURESS by a mail of person %s that answers one of long ago: somebody makes them answer. Do not ring or write to them"),
	messages.Mark("See to person %s, who is compromised: a mail from them answers one of long ago, or of a case that is closed, and calls for help or is none of the three answers"),
	messages.Mark("Ring person %s: they call for help by a mail that answers one of long ago, or of a case that is closed, so no case was opened"),
	messages.Mark("Ring person %s: they wrote a mail that is none of the three answers, to one of long ago or of a case that is closed"),
	messages.Mark("Ring person %s: they wrote a mail that is none of the three answers"),
	messages.Mark("Ring person %s: they wrote a text message that is none of the three answers"),
	messages.Mark("Ring person %s: a mail to them was answered, and the answer cannot be read"),
	messages.Mark("Ring person %s: a mail to them was answered from an address that is not theirs, so it counts for nothing"),
	messages.Mark("Ring person %s: they answered, and their words could not be kept, for their record cannot be opened with this installation key; import them anew"),
	messages.Mark("Ring person %s: they removed a device that was added to theirs and is not; somebody else may have the link of a message to them"),
	messages.Mark("Agree another way with person %s: they wrote STOP, so no text message reaches them"),
	messages.Mark("Agree another way with %s on the rota: they wrote STOP, so no text message reaches them"),
	messages.Mark("Agree with person %s how they are told: somebody their mail is passed on to called a mail from here spam"),
	messages.Mark("Agree with person %s how they are told: somebody their mail is passed on to unsubscribed"),
	messages.Mark("Agree with person %s how they are told: they called a mail from here spam, so only what warns goes there"),
	messages.Mark("Agree with person %s how they are told: they unsubscribed, so only what warns goes there"),
	messages.Mark("Person %s asks on their own page to be erased: ask them first, another way, whether it is they who ask; then `vedette people erase %s`"),

	// Something of the installation.
	messages.Mark("See to the system of webhook %s: it has taken nothing since %s (%s); when it is well again: vedette hooks replay %s"),
	messages.Mark("See to the sending over %s: the canary of %s was not accepted within %d min"),
	messages.Mark("Mend the mailbox of %s: for a quarter of an hour and more it could not be read, or not tidied, so people's answers by mail may be in it unheard; the log of serve says why"),
	messages.Mark("Read mail %s in the mailbox of %s: it could not be taken, and somebody may call for help in it; the log of serve says why"),

	// Something is to be decided.
	messages.Mark("Look at what %s published alone: is it fine, or is it to be stopped?"),
	messages.Mark("The board says %s since %s; %s no longer names it: keep or lift?"),
	messages.Mark("The board says %s since %s; %s cancels that: keep or lift?"),
	messages.Mark("The board says %s since %s; %s of %s said so, and that ended at %s: keep or lift?"),
	messages.Mark("The board says %s since %s; %s says %s: keep or lift?"),

	// Another organisation did something.
	messages.Mark("%s gave an all-clear (“%s”): look whether it is one for your people, and give it yourself"),
	messages.Mark("%s published “%s”: it lies before you as a draft"),
	messages.Mark("%s published “%s” %s, and it came late: it lies before you as a draft"),
	messages.Mark("%s published “%s”. It lies before you as a draft, for it could not be published by itself (%s)"),
	messages.Mark("%s took back “%s”, which is a draft of yours"),
	messages.Mark("%s took back “%s”, which is a draft of yours (%s)"),
	messages.Mark("%s stopped “%s”: %s. You published it, too: look whether to stop it"),
	messages.Mark("%s stopped “%s”: %s"),
	messages.Mark("%s says that “%s” was sent in error: %s You published it, too: say so to your people"),
	messages.Mark("%s says that “%s” was sent in error: %s"),
	messages.Mark("%s says that “%s” is over: %s You published it, too: say so to your people"),
	messages.Mark("%s says that “%s” is over: %s"),
	messages.Mark("%s declared a condition of “%s” met: %s"),
	messages.Mark("%s declared a condition of “%s” passed: %s"),
	messages.Mark("%s declared a condition of “%s” awaited: %s"),

	// What is the case until somebody decides.
	messages.Mark("nothing is done"), messages.Mark("nobody calls"), messages.Mark("nobody else tries"), messages.Mark("they are not told"), messages.Mark("they do not hear it"),
	messages.Mark("they are held not to know"), messages.Mark("it stands"), messages.Mark("it is tried every ten minutes"), messages.Mark("the next canary shows whether it still is so"),
	messages.Mark("keep##what stands"),
}

// keptParts are what may be filled into them, and is itself said in each language.
var keptParts = []string{
	messages.Mark("nothing received from %s since %s (%d of %d had it, by habit about %d would by now): assume they do not know"),
	messages.Mark("only %d of %d in %s are known to have it, by habit about %d would by now: assume the others do not know"),
	messages.Mark("nobody has their call yet, and whom to ring meanwhile"), messages.Mark("%s has their call, and by when they hear more"), messages.Mark("what the desk wrote (entry %d)"),
	messages.Mark("failed; --people unknown lists of whom nobody knows"),
	messages.Mark("all; the others were not planned for when a newer one came that is stopped now: publish it anew"),
	messages.Mark("avoid all travel to %s"), messages.Mark("avoid nonessential travel to %s"), messages.Mark("reconsider travel to %s"), messages.Mark("reconsider nonessential travel to %s"),
	messages.Mark("travel with caution in %s"), messages.Mark("no restriction for %s"),
	messages.Mark("avoid all travel"), messages.Mark("avoid nonessential travel##a step of travel advice"), messages.Mark("reconsider travel"),
	messages.Mark("reconsider nonessential travel##a step of travel advice"), messages.Mark("travel with caution"), messages.Mark("no restriction##a step of travel advice"),
	messages.Mark("%s (set by %s)"), messages.Mark("%s (update %d of %s)"), messages.Mark("%s (update %d)##a day"),
	messages.Mark("this update##it says so"), messages.Mark("update %d##it says so"),
	messages.Mark("no answer##of a system"),
}

// keptSentence is one of them, as it is found.
type keptSentence struct {
	english string
	form    *regexp.Regexp
	filled  []byte // in order: s, d, or q where straight quotes are about it
}

var keptAs = sync.OnceValues(func() (whole, parts []keptSentence) { return keptSentences(keptWords), keptSentences(keptParts) })

func keptSentences(list []string) []keptSentence {
	out := make([]keptSentence, len(list))
	for i, english := range list {
		shown, _, _ := strings.Cut(english, "##")
		k := keptSentence{english: english}
		form := strings.NewReplacer(`"%s"`, `("(?:[^"\\]|\\.)*")`, "%s", "(.+?)", "%d", "([0-9]{1,12})").Replace(regexp.QuoteMeta(shown))
		k.form = regexp.MustCompile("(?s)^" + form + "$")
		for at := range shown {
			switch {
			case shown[at] != '%':
			case at > 0 && shown[at-1] == '"':
				k.filled = append(k.filled, 'q')
			default:
				k.filled = append(k.filled, shown[at+1])
			}
		}
		out[i] = k
	}
	return out
}

// readKept is a text of a task as a page says it.
func readKept(text string) messages.Said {
	whole, parts := keptAs()
	for _, mark := range []string{"EXERCISE", "TEST"} {
		if rest, ok := strings.CutPrefix(text, mark+": "); ok {
			return messages.Of("%s: %s", messages.Said{English: mark}, readKept(rest))
		}
		if rest, ok := strings.CutPrefix(text, mark+" "); ok {
			return messages.Of("%s: %s", messages.Said{English: mark}, readKept(rest))
		}
	}
	if s, ok := readBack(whole, parts, text); ok {
		return s
	}
	return asItIs(safe(text))
}

// keptDefault is what is the case until somebody decides, nothing where that is not said.
func keptDefault(text string) messages.Said {
	if text == "" {
		return messages.Said{}
	}
	return readKept(text)
}

// readBack finds the sentence that a text is.
func readBack(list, parts []keptSentence, text string) (messages.Said, bool) {
	for i := range list {
		k := &list[i]
		m := k.form.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		s := messages.Said{English: k.english}
		for n, is := range m[1:] {
			s.Args = append(s.Args, keptPart(k.filled[n], is, parts))
		}
		return s, true
	}
	return messages.Said{}, false
}

// keptPart is what was filled into a sentence.
func keptPart(verb byte, text string, parts []keptSentence) any {
	if verb == 'd' {
		n, _ := strconv.Atoi(text) // of at most twelve digits
		return n
	}
	if verb == 'q' {
		words, err := strconv.Unquote(text)
		if err != nil {
			words = strings.Trim(text, `"`)
		}
		return safe(words)
	}
	if s, ok := readBack(parts, parts, text); ok {
		return s
	}
	if at, err := time.Parse("2 Jan 2006 15:04 UTC", text); err == nil {
		return worded(wording.Minute(at))
	}
	if at, err := time.Parse("2 January 2006", text); err == nil {
		return worded(wording.Day(at))
	}
	if at, err := time.Parse("2 Jan 15:04 UTC", text); err == nil {
		return messages.Of("%s %s", shortDay(at, 0), at.Format("15:04 UTC"))
	}
	if at, err := time.Parse("2 Jan 15:04", text); err == nil {
		return messages.Of("%s %s", shortDay(at, 0), at.Format("15:04"))
	}
	if at, err := time.Parse("2 Jan", text); err == nil {
		return shortDay(at, 0)
	}
	return safe(text)
}
