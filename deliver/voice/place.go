package voice

import (
	"strconv"
	"strings"
)

// Step is how far a call is when the gateway asks or tells something.
type Step string

// The steps.
const (
	StepHello  Step = "hello"  // it was taken: by whom is not known
	StepTold   Step = "told"   // somebody pressed a key: now it is said what it is
	StepAnswer Step = "answer" // they pressed another
	StepStatus Step = "status" // what became of the call
)

// Steps lists them.
var Steps = []Step{StepHello, StepTold, StepAnswer, StepStatus}

// Path is where our doors of calls are.
const Path = "/voice/"

// Place is one of our doors of a call.
type Place struct {
	Base    string // the address of our own pages
	Gateway string
	Step    Step
	Ref     string // names the delivery, signed
	Heard   int    // how often a key was not understood
}

// String writes its address. What names the delivery is a token of ours;
// nothing private is in it.
func (p Place) String() string {
	out := p.Base + Path + p.Gateway + "/" + string(p.Step) + "/" + p.Ref
	if p.Heard > 0 {
		out += "?n=" + strconv.Itoa(p.Heard)
	}
	return out
}

// At gives the place of a door by the address that a gateway called, which
// holds the address of our own pages as it knows it.
func At(address, gateway string, s Step, ref string) Place {
	base, _, _ := strings.Cut(address, Path+gateway+"/"+string(s)+"/")
	_, query, _ := strings.Cut(address, "?n=")
	n, err := strconv.Atoi(query)
	if err != nil || n < 0 || n > MaxUnclear {
		n = 0
	}
	return Place{Base: base, Gateway: gateway, Step: s, Ref: ref, Heard: n}
}

// to is the same call's door of another step.
func (p Place) to(s Step, heard int) string {
	p.Step, p.Heard = s, heard
	return p.String()
}
