package vedette

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FlashTemplate is what is said where something of a kind happens, written before it
// does: an organisation's own, or one that is built in.
type FlashTemplate struct {
	Key      string   `json:"key"`                // "strike"; see CleanFlashKey
	Name     string   `json:"name"`               // what the desk calls it
	Category string   `json:"category,omitempty"` // one of Categories, "" for none
	Urgency  Urgency  `json:"urgency"`
	Risk     Risk     `json:"risk"`
	Language string   `json:"language"` // of Says: what whoever reads a language that it lacks is told in
	Do       []Action `json:"do"`       // what each line of advice tells to do
	Says     []Tongue `json:"says"`     // a language each, that of Language among them
}

// Tongue is what an update, or a template of one, says in a language, written in it by a
// person.
type Tongue struct {
	Language string   `json:"language"`          // BCP 47
	Headline string   `json:"headline"`          // in a template PlaceMark stands for where it is
	Advice   []string `json:"advice"`            // a line for each advice, in order
	InError  string   `json:"in_error"`          // what is said should it turn out to be sent in error
	ReadBy   string   `json:"read_by,omitempty"` // who, that speaks the language, answers for it; "" for nobody yet
}

// PlaceMark is what a template writes where the place is to stand.
const PlaceMark = "{place}"

// The bounds of a template: characters of a text, lines of advice, and templates of an
// organisation.
const (
	maxFlashName     = 60
	maxFlashHeadline = 120
	maxFlashAdvice   = 240
	maxFlashLines    = 6
	MaxFlashes       = 40
)

// MaxFlashLine bounds the one line of a flash, in characters.
const MaxFlashLine = 300

// CleanFlashKey is a key as it is compared.
func CleanFlashKey(s string) string { return CleanHandle(s) }

// In gives what a template says in a language, nil for nothing.
func (t *FlashTemplate) In(language string) *Tongue { return tongueOf(t.Says, language) }

// Lacks gives the languages, of some, in which a template says nothing.
func (t *FlashTemplate) Lacks(of []string) (out []string) {
	for _, l := range of {
		if t.In(l) == nil {
			out = append(out, l)
		}
	}
	return out
}

// At gives what a tongue of a template says of a place.
func (t *Tongue) At(place string) Tongue {
	out := Tongue{Language: t.Language, Headline: strings.ReplaceAll(t.Headline, PlaceMark, place), InError: strings.ReplaceAll(t.InError, PlaceMark, place), ReadBy: t.ReadBy}
	for _, a := range t.Advice {
		out.Advice = append(out.Advice, strings.ReplaceAll(a, PlaceMark, place))
	}
	return out
}

// Validate says what is wrong with a template, as CodeInvalid. languages are those that
// people are told in.
func (t *FlashTemplate) Validate(languages []string) error {
	switch {
	case !goodHandle(t.Key):
		return Errorf(CodeInvalid, "%q is no key of a template; write %d to %d small letters a to z, figures and hyphens, a letter first and no hyphen last", clip(t.Key), minHandle, maxHandle)
	case !oneLine(t.Name, maxFlashName):
		return Errorf(CodeInvalid, "the template needs a name: at most %d characters, in one line", maxFlashName)
	case t.Category != "" && !IsCategory(t.Category):
		return Errorf(CodeInvalid, "%q is no category; the closed list has them", clip(t.Category))
	case t.Urgency < UrgencyUnknown || t.Urgency > UrgencyImmediate || t.Risk <= RiskUnknown || t.Risk > RiskExtreme:
		return Errorf(CodeInvalid, "the template says no urgency or no risk; give both")
	case len(t.Do) == 0 || len(t.Do) > maxFlashLines:
		return Errorf(CodeInvalid, "the template has %d lines of advice; give 1 to %d", len(t.Do), maxFlashLines)
	case t.In(t.Language) == nil:
		return Errorf(CodeInvalid, "the template says nothing in its own language, %q; write that first: it is what everybody is told whose language it lacks", clip(t.Language))
	}
	for _, a := range t.Do {
		if !slices.Contains(FlashActions, a) {
			return Errorf(CodeInvalid, "%q is nothing that a flash can tell to do", clip(string(a)))
		}
	}
	for i := range t.Says {
		if err := t.validTongue(&t.Says[i], languages); err != nil {
			return err
		}
	}
	return nil
}

func (t *FlashTemplate) validTongue(s *Tongue, languages []string) error {
	switch {
	case !slices.Contains(languages, s.Language):
		return Errorf(CodeInvalid, "nobody is told in %q; the languages are %s", clip(s.Language), strings.Join(languages, ", "))
	case t.In(s.Language) != s:
		return Errorf(CodeInvalid, "the template has %q twice", s.Language)
	case len(s.Advice) != len(t.Do):
		return Errorf(CodeInvalid, "in %q are %d lines of advice, and the template has %d; write each in every language", s.Language, len(s.Advice), len(t.Do))
	case !strings.Contains(s.Headline, PlaceMark):
		return Errorf(CodeInvalid, "the headline in %q does not say where it is; write %s where the place is to stand", s.Language, PlaceMark)
	case s.ReadBy != "" && !oneLine(s.ReadBy, maxUserName):
		return Errorf(CodeInvalid, "who has read it in %q is to be a name, in one line", s.Language)
	}
	for _, x := range []struct {
		what, text string
		most       int
	}{{"headline", s.Headline, maxFlashHeadline}, {"word that it was sent in error", s.InError, maxFlashAdvice}} {
		if err := flashText(s.Language, x.what, x.text, x.most); err != nil {
			return err
		}
	}
	for i, a := range s.Advice {
		if err := flashText(s.Language, "line "+string(rune('1'+i))+" of advice", a, maxFlashAdvice); err != nil {
			return err
		}
	}
	return nil
}

func flashText(language, what, text string, most int) error {
	switch {
	case !oneLine(text, most):
		return Errorf(CodeInvalid, "the %s in %q is missing, or longer than %d characters, or not one line", what, language, most)
	case strings.ContainsAny(strings.ReplaceAll(text, PlaceMark, ""), "{}"):
		return Errorf(CodeInvalid, "the %s in %q has a brace; only %s is filled in", what, language, PlaceMark)
	}
	return nil
}

// oneLine says whether a text is of something, in one line, of at most so many characters.
func oneLine(s string, most int) bool {
	return strings.TrimSpace(s) != "" && utf8.RuneCountInString(s) <= most && utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r)
	})
}

// clip shortens what is quoted in an error.
func clip(s string) string {
	if r := []rune(s); len(r) > maxFlashName {
		return string(r[:maxFlashName]) + "…"
	}
	return s
}

// FlashActions are what a line of a flash may tell to do, in the order they are shown.
var FlashActions = []Action{Shelter, StayPut, Evacuate, Leave, AvoidPlaces, LowProfile, TakePrecautions, ExpectDisruption, SuspendOperations, UpdatePlans, Monitor,
	FollowAuthorities, ContactEmbassy, CheckIn, OtherAction, AvoidAllTravel, AvoidNonessentialTravel, ReconsiderTravel, ReconsiderNonessentialTravel, TravelWithCaution}

func tongueOf(list []Tongue, language string) *Tongue {
	i := slices.IndexFunc(list, func(t Tongue) bool { return t.Language == language })
	if i < 0 {
		return nil
	}
	return &list[i]
}

// Tongue gives what an update says in a language as somebody wrote it, nil where nobody
// did.
func (u *Update) Tongue(language string) *Tongue { return tongueOf(u.Tongues, language) }

// Reads gives what whoever reads a language is shown of an update: in that language, else
// in its own. Nil where it has the words of a report alone.
func (u *Update) Reads(language string) *Tongue {
	if t := u.Tongue(language); t != nil || len(u.Tongues) == 0 {
		return t
	}
	return &u.Tongues[0]
}

// AdviceNo is the number of an advice among all of an update, from 0.
func (u *Update) AdviceNo(group, item int) int {
	for _, g := range u.Content.Recommendations[:group] {
		item += len(g.Advice)
	}
	return item
}
