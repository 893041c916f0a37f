package vedette

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// A policy in words, as it is set, shown and stored:
//
//	tell after 5m, 4 times, up to 20m; task after 10m
//	tell after 10m over sms and email; task after 30m

// NoPolicy is how a policy without steps is written.
const NoPolicy = "once"

// maxPolicyText bounds the words of a policy, in bytes.
const maxPolicyText = 1000

// String writes a policy in words.
func (p Policy) String() string {
	if len(p.Steps) == 0 {
		return NoPolicy
	}
	steps := make([]string, len(p.Steps))
	for i := range p.Steps {
		steps[i] = p.Steps[i].String()
	}
	return strings.Join(steps, "; ")
}

// String writes a step in words.
func (s Step) String() string {
	out := string(s.Do) + " after " + short(s.After)
	if len(s.Over) > 0 {
		names := make([]string, len(s.Over))
		for i, c := range s.Over {
			names[i] = string(c)
		}
		out += " over " + strings.Join(names, " and ")
	}
	if s.Times > 1 {
		out += fmt.Sprintf(", %d times", s.Times)
	}
	if s.Most > 0 {
		out += ", up to " + short(s.Most)
	}
	return out
}

// short writes a duration without the units that are nothing: 90m as 1h30m.
func short(d time.Duration) string {
	out := d.String()
	if strings.HasSuffix(out, "m0s") {
		out = strings.TrimSuffix(out, "0s")
	}
	if strings.HasSuffix(out, "h0m") {
		out = strings.TrimSuffix(out, "0m")
	}
	return out
}

// ParsePolicy reads a policy in words. It does not say whether that can be
// kept: Validate does.
func ParsePolicy(text string) (p Policy, err error) {
	if len(text) > maxPolicyText {
		return p, Errorf(CodeInvalid, "the policy is longer than %d characters; say it shorter", maxPolicyText)
	}
	if strings.EqualFold(strings.TrimSpace(text), NoPolicy) {
		return p, nil
	}
	for i, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '\n' }) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		s, err := parseStep(part)
		if err != nil {
			return Policy{}, Wrap(err, CodeInvalid, "step %d, %q", i+1, strings.TrimSpace(part))
		}
		p.Steps = append(p.Steps, s)
	}
	if len(p.Steps) == 0 {
		return p, Errorf(CodeInvalid, "the policy says nothing; write “tell after 5m, 4 times, up to 20m; task after 10m”, or “%s” for one telling", NoPolicy)
	}
	return p, nil
}

// stepWords cuts a step into words; commas and plus signs only part them.
func stepWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '+' })
}

func parseStep(text string) (Step, error) {
	s := Step{Times: 1}
	ws := stepWords(text)
	next := func() (w string) {
		if len(ws) > 0 {
			w, ws = ws[0], ws[1:]
		}
		return w
	}
	s.Do = Deed(next())
	if s.Do != DeedTell && s.Do != DeedTask {
		return s, Errorf(CodeInvalid, "%q is nothing to do; begin with tell or task", s.Do)
	}
	var err error
	for w := next(); w != "" && err == nil; w = next() {
		switch w {
		case "after":
			s.After, err = wait(next())
		case "up":
			if w = next(); w != "to" {
				return s, Errorf(CodeInvalid, "after “up” comes “to” and a time: up to 20m")
			}
			s.Most, err = wait(next())
		case "over":
			for len(ws) > 0 && !keyword(ws[0]) {
				if c := next(); c != "and" {
					s.Over = append(s.Over, Channel(c))
				}
			}
			if len(s.Over) == 0 {
				return s, Errorf(CodeInvalid, "after “over” come channels: over sms and email")
			}
		default:
			n, bad := strconv.Atoi(w)
			if bad != nil || next() != "times" {
				return s, Errorf(CodeInvalid, "%q is not understood; a step is like “tell after 5m over sms, 4 times, up to 20m”", w)
			}
			s.Times = n
		}
	}
	if err == nil && s.After == 0 {
		err = Errorf(CodeInvalid, "it does not say after how long; add “after 5m”")
	}
	return s, err
}

// keyword says whether a word ends a list of channels.
func keyword(w string) bool {
	return w == "after" || w == "up" || unicode.IsDigit(rune(w[0]))
}

func wait(w string) (time.Duration, error) {
	d, err := time.ParseDuration(w)
	if err != nil || d <= 0 {
		return 0, Errorf(CodeInvalid, "%q is no time; write 5m, 90m or 2h", w)
	}
	return d, nil
}

// MarshalText writes it in words.
func (p Policy) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads it from words.
func (p *Policy) UnmarshalText(b []byte) (err error) {
	*p, err = ParsePolicy(string(b))
	return err
}
