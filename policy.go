package vedette

import (
	"slices"
	"time"
)

// Policy is what to do while nobody answers: steps, one after the other, until
// somebody does or they are done. Without steps nothing is done: the usual one
// telling.
type Policy struct{ Steps []Step }

// Step is one thing to do while nobody answers, done so many times.
type Step struct {
	Do    Deed
	After time.Duration // since what was done before it; of the first, since the notice was made
	Times int           // at least 1; each further time waits twice as long as the one before
	Most  time.Duration // longest wait; 0: every time waits as long as the first
	Over  []Channel     // of a telling: over which; none is every one that reaches them
}

// Deed is what a step does.
type Deed string

// The deeds.
const (
	DeedTell Deed = "tell" // the same again, as a reminder
	DeedTask Deed = "task" // the desk is asked to call
)

// Act is one time of a step.
type Act struct {
	Do   Deed
	Wait time.Duration // since what was done before it
	Over []Channel
	Nth  int // telling of the policy, from 1; of a task 0
}

// Acts are all that a policy does, in order.
func (p *Policy) Acts() (out []Act) {
	told := 0
	for _, s := range p.Steps {
		wait := s.After
		for range max(s.Times, 1) {
			a := Act{Do: s.Do, Wait: wait, Over: s.Over}
			if s.Do == DeedTell {
				told++
				a.Nth = told
			}
			out = append(out, a)
			if s.Most > 0 {
				wait = min(2*wait, s.Most)
			}
		}
	}
	return out
}

// Tells is how often a policy tells again over a channel; over "", at all.
func (p *Policy) Tells(over Channel) (n int) {
	for _, s := range p.Steps {
		if s.Do == DeedTell && (over == "" || len(s.Over) == 0 || slices.Contains(s.Over, over)) {
			n += max(s.Times, 1)
		}
	}
	return n
}

// Asks says whether the policy ends with the desk.
func (p *Policy) Asks() bool {
	return len(p.Steps) > 0 && p.Steps[len(p.Steps)-1].Do == DeedTask
}

// The bounds of a policy. Whoever does not answer is asked again, not flooded.
const (
	MinWait    = time.Minute
	MaxWait    = 24 * time.Hour
	MaxTimes   = 20
	MaxSteps   = 10
	MaxActs    = 40
	MaxPatient = 7 * 24 * time.Hour // all waits together
)

// Validate says whether a policy can be kept; channels are those it may name.
func (p *Policy) Validate(channels ...Channel) error {
	if len(p.Steps) > MaxSteps {
		return Errorf(CodeInvalid, "the policy has %d steps; give %d at most", len(p.Steps), MaxSteps)
	}
	for i := range p.Steps {
		if err := p.Steps[i].validate(channels); err != nil {
			return Wrap(err, CodeInvalid, "step %d", i+1)
		}
		if p.Steps[i].Do == DeedTask && i < len(p.Steps)-1 && slices.ContainsFunc(p.Steps[i+1:], func(s Step) bool { return s.Do == DeedTask }) {
			return Errorf(CodeInvalid, "step %d asks the desk, and a later one does again; the desk is asked once", i+1)
		}
	}
	acts := p.Acts()
	all := time.Duration(0)
	for _, a := range acts {
		all += a.Wait
	}
	switch {
	case len(acts) > MaxActs:
		return Errorf(CodeInvalid, "the policy does %d things in all; %d are the most", len(acts), MaxActs)
	case all > MaxPatient:
		return Errorf(CodeInvalid, "the policy takes %s in all; %s is the longest", all, MaxPatient)
	}
	return nil
}

func (s *Step) validate(channels []Channel) error {
	switch {
	case s.Do != DeedTell && s.Do != DeedTask:
		return Errorf(CodeInvalid, "%q is nothing to do; say tell or task", s.Do)
	case s.After < MinWait || s.After > MaxWait:
		return Errorf(CodeInvalid, "after %s: give %s to %s", s.After, MinWait, MaxWait)
	case s.Times < 1 || s.Times > MaxTimes:
		return Errorf(CodeInvalid, "%d times: give 1 to %d", s.Times, MaxTimes)
	case s.Most != 0 && (s.Most < s.After || s.Most > MaxWait):
		return Errorf(CodeInvalid, "up to %s: give no less than the %s it begins with and no more than %s", s.Most, s.After, MaxWait)
	case s.Do == DeedTask && (s.Times > 1 || len(s.Over) > 0):
		return Errorf(CodeInvalid, "the desk is asked once, over no channel; leave out times and over")
	}
	for i, c := range s.Over {
		if !slices.Contains(channels, c) {
			return Errorf(CodeInvalid, "%q is no channel that tells people; say %v, or leave it out for every one that reaches them", c, channels)
		}
		if slices.Contains(s.Over[:i], c) {
			return Errorf(CodeInvalid, "%s is named twice", c)
		}
	}
	return nil
}

// PolicyFor is a policy for what is of one urgency, and of one risk or, where
// that is unknown, of every risk that has none of its own.
type PolicyFor struct {
	Urgency Urgency `json:"urgency"`
	Risk    Risk    `json:"risk"`
	Policy  Policy  `json:"policy"`
}

// DefaultPolicy is that of an organisation that has set none. What is immediate
// is told again after 5, 15, 35 and 55 minutes over every channel that reaches
// them, and 10 minutes later the desk is asked to call. All else is told once.
func DefaultPolicy(u Urgency) Policy {
	if u.Effective() != UrgencyImmediate {
		return Policy{}
	}
	return Policy{Steps: []Step{
		{Do: DeedTell, After: 5 * time.Minute, Times: 4, Most: 20 * time.Minute},
		{Do: DeedTask, After: 10 * time.Minute, Times: 1},
	}}
}

// PolicyOf gives the policy for what is of an urgency and a risk: the one set
// for both, else the one set for the urgency, else the default. An unknown risk
// counts as extreme.
func (s *Settings) PolicyOf(u Urgency, r Risk) Policy {
	if r == RiskUnknown {
		r = RiskExtreme
	}
	for _, risk := range []Risk{r, RiskUnknown} {
		for _, f := range s.Policies {
			if f.Urgency.Effective() == u.Effective() && f.Risk == risk {
				return f.Policy
			}
		}
	}
	return DefaultPolicy(u)
}

// PolicyFor gives the policy for somebody: of a restricted person the one set for them
// and the urgency, where there is one; else as for everybody.
func (s *Settings) PolicyFor(restricted bool, u Urgency, r Risk) Policy {
	if restricted {
		for _, f := range s.RestrictedPolicies {
			if f.Urgency.Effective() == u.Effective() {
				return f.Policy
			}
		}
	}
	return s.PolicyOf(u, r)
}
