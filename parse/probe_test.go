package parse

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestProbe(t *testing.T) {
	f, err := os.Open("/tmp/probe.txt")
	if err != nil {
		t.Skip()
	}
	s := bufio.NewScanner(f)
	for s.Scan() {
		h, x, ok := strings.Cut(s.Text(), "|")
		if !ok {
			continue
		}
		a, r := oneAdvice(t, h, x)
		out := said(a)
		if a.Audience != "" {
			out += "; FOR " + a.Audience
		}
		if a.Condition != "" {
			out += "; IF " + a.Condition
		}
		if a.Until != nil {
			out += "; UNTIL " + a.Until.Text
		}
		if a.Near != nil {
			out += fmt.Sprintf("; NEAR %v %s %s", a.Near.KM, a.Near.Of.Area, a.Near.What)
		}
		for _, act := range a.Actions {
			if len(act.Kinds) > 0 {
				out += fmt.Sprintf("; %s KINDS %v", act.Action, act.Kinds)
			}
		}
		for _, fd := range r.Findings {
			if fd.Code != "missing_risk" {
				out += fmt.Sprintf("; !%s(%v)", fd.Code, fd.Blocks)
			}
		}
		fmt.Printf("%s | %s\n    => %s\n", h, x, out)
	}
}
