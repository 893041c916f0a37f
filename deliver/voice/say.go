package voice

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/words"
)

// Talk is what a call says next.
type Talk struct {
	Says []Saying // said first
	Ask  *Ask     // then a key is waited for; nil: it ends
}

// Saying is words in one language.
type Saying struct {
	Voice
	Text string
}

// Ask waits for a key.
type Ask struct {
	Says    []Saying // said while it waits
	Then    string   // who is told of the key
	Seconds int      // how long it waits after the words
	Times   int      // how often it is said
	Else    []Saying // said where no key comes, before the call ends
}

// How long and how often is waited. Whoever is woken looks for the key first.
const (
	waits     = 8
	helloes   = 3
	tellings  = 2
	untilSaid = 10 * time.Second // what is said beside the message: the greeting, and a key's pause
)

// MaxUnclear is how often a key may be none of the answers before the call
// ends.
const MaxUnclear = 2

// say says a key of the words.
func (c *Config) say(language, key string) []Saying {
	return c.runs(words.In(language).Say(key), language)
}

// Hello says that there is a message, and no more: it may be a machine that
// listens, or somebody else.
func (c *Config) Hello(s deliver.Spoken, at Place) Talk {
	return Talk{Ask: &Ask{Says: c.say(s.Language, "voice.hello"), Then: at.to(StepTold, 0), Seconds: waits, Times: helloes}}
}

// Tell says the message, and how it is answered.
func (c *Config) Tell(s deliver.Spoken, at Place) Talk {
	return Talk{Ask: c.ask(s, at, 0)}
}

func (c *Config) ask(s deliver.Spoken, at Place, heard int) *Ask {
	says := append(c.runs(s.Text, s.Language), c.say(s.Language, "voice.choices")...)
	return &Ask{Says: says, Then: at.to(StepAnswer, heard), Seconds: waits, Times: tellings, Else: c.say(s.Language, "voice.bye")}
}

// again is the key by which a message is heard again.
const again = "9"

// Answer says what became of a key: it was one of the answers, whose words are
// said; or the message again, until too many were none. "" is no answer.
func (c *Config) Answer(s deliver.Spoken, at Place, digit string) (kind vedette.ReplyKind, say Talk) {
	kind, err := vedette.ParseReplyKind(digit)
	switch {
	case err == nil && len(digit) == 1:
		return kind, Talk{Says: c.say(s.Language, "voice."+string(kind))}
	case digit != again && at.Heard >= MaxUnclear:
		return "", Talk{Says: append(c.say(s.Language, "voice.unclear"), c.say(s.Language, "voice.bye")...)}
	case digit != again:
		return "", Talk{Says: c.say(s.Language, "voice.unclear"), Ask: c.ask(s, at, at.Heard+1)}
	}
	return "", Talk{Ask: c.ask(s, at, at.Heard)}
}

// TellDesk says what a letter to one of the desk's own says. Nothing is decided by a key.
func (c *Config) TellDesk(text string, at Place) Talk {
	says := append(c.runs(text, English), c.runs("Press 9 to hear this again, or hang up.", English)...)
	return Talk{Ask: &Ask{Says: says, Then: at.to(StepAnswer, 0), Seconds: waits, Times: tellings, Else: c.runs("Goodbye.", English)}}
}

// DeskKey says what becomes of a key after that: the same again, or an end.
func (c *Config) DeskKey(text string, at Place, digit string) Talk {
	if digit == again {
		return c.TellDesk(text, at)
	}
	return Talk{Says: c.runs("Noted that you heard it. Nothing is decided by this call. Goodbye.", English)}
}

// Settled says that what was rung about waits for nobody any more.
func (c *Config) Settled() Talk {
	return Talk{Says: c.runs("What we rang about is settled. Goodbye.", English)}
}

// Gone says that the message was taken back since it rang.
func (c *Config) Gone(s deliver.Spoken) Talk { return Talk{Says: c.say(s.Language, "voice.gone")} }

// Trouble says that a key could not be noted here, and asks for it once more;
// in the end, whom to ring.
func (c *Config) Trouble(s deliver.Spoken, at Place) Talk {
	if at.Heard >= MaxUnclear {
		return Talk{Says: c.say(s.Language, "voice.lost")}
	}
	return Talk{Ask: &Ask{Says: c.say(s.Language, "voice.trouble"), Then: at.to(StepAnswer, at.Heard+1), Seconds: waits, Times: tellings,
		Else: c.say(s.Language, "voice.lost")}}
}

// Silent says that there is nothing to say.
func (t *Talk) Silent() bool { return len(t.Says) == 0 && t.Ask == nil }

// latin are the languages that are written as English is: what is English in
// them cannot be told by its letters.
var latin = map[string]bool{English: true, "fr": true, "es": true}

// runs cuts a text by who can say it: a report's own words, where they are
// English in a text of another script, are said by an English voice.
func (c *Config) runs(text, language string) (out []Saying) {
	own := c.Voices[c.Spoken(language)]
	foreign := c.Voices[English]
	text = strings.Map(spoken, text)
	if latin[language] || own == foreign {
		return []Saying{{own, strings.Join(strings.Fields(text), " ")}}
	}
	for word := range strings.FieldsSeq(text) {
		v := own
		switch {
		case strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Latin, r) }):
			v = foreign
		case !strings.ContainsFunc(word, unicode.IsLetter) && len(out) > 0:
			v = out[len(out)-1].Voice // figures go with what is before them
		}
		if n := len(out); n > 0 && out[n-1].Voice == v {
			out[n-1].Text += " " + word
			continue
		}
		out = append(out, Saying{v, word})
	}
	return out
}

// spoken leaves out of a text what is only for the eye: marks of direction, and
// what no voice says.
func spoken(r rune) rune {
	switch {
	case unicode.Is(unicode.Cf, r), r == utf8.RuneError, unicode.IsControl(r) && !unicode.IsSpace(r):
		return -1
	}
	return r
}

// perSecond is how many characters of a text are said in a second.
const perSecond = 13

// Minutes is how many begun minutes a call takes about in which a text is heard
// once.
func Minutes(text, language string) int {
	chars := utf8.RuneCountInString(text)
	for _, key := range []string{"voice.hello", "voice.choices", "voice.safe"} {
		chars += utf8.RuneCountInString(words.In(language).Say(key))
	}
	took := time.Duration(chars)*time.Second/perSecond + untilSaid
	return int((took + time.Minute - 1) / time.Minute)
}
