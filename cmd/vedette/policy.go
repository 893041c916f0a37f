package main

import (
	"strings"

	"vedette"
	"vedette/app"
)

type policyCmd struct {
	Show policyShowCmd `cmd:"" default:"1" help:"What holds, by urgency and risk."`
	Set  policySetCmd  `cmd:"" help:"Set one; what is under way goes on as it began."`
}

type policyShowCmd struct{}

// Run shows the policies.
func (c *policyShowCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		v, err := a.Desk.Settings(s.ctx)
		if err != nil {
			return err
		}
		s.policies(v)
		return nil
	})
}

// policies shows the policy of each urgency, and of the risks that have their
// own.
func (s *session) policies(v vedette.Settings) {
	table := [][]string{{"URGENCY", "RISK", "WHILE NOBODY ANSWERS"}}
	for u := vedette.UrgencyImmediate; u > vedette.UrgencyUnknown; u-- {
		rest, own := vedette.DefaultPolicy(u), []string{}
		origin := " (default)"
		for r := vedette.RiskExtreme; r >= vedette.RiskUnknown; r-- {
			for _, f := range v.Policies {
				switch {
				case f.Urgency != u || f.Risk != r:
				case r == vedette.RiskUnknown:
					rest, origin = f.Policy, ""
				default:
					own = append(own, r.String())
					table = append(table, []string{u.String(), r.String(), f.Policy.String()})
				}
			}
		}
		risk := "any"
		if len(own) > 0 {
			risk = "any but " + strings.Join(own, ", ")
		}
		table = append(table, []string{u.String(), risk, rest.String() + origin})
	}
	for _, f := range v.RestrictedPolicies {
		table = append(table, []string{f.Urgency.String(), "any, of restricted people", f.Policy.String()})
	}
	s.paper().table(table)
}

type policySetCmd struct {
	Urgency    string   `arg:"" help:"immediate, expected, future or past."`
	Words      []string `arg:"" optional:"" help:"Steps, as in: \"tell after 5m over sms, 4 times, up to 20m; task after 10m\". once is one telling and no more."`
	Risk       string   `help:"Only for this risk: low, moderate, high or extreme." placeholder:"RISK"`
	Restricted bool     `help:"Only for restricted people, whatever the risk."`
	Default    bool     `help:"Take back what was set."`
	By         string   `help:"Who sets it." default:"${user}"`
}

// Run sets a policy.
func (c *policySetCmd) Run(s *session) error {
	u, err := vedette.ParseUrgency(strings.ToLower(c.Urgency))
	if err != nil {
		return err
	}
	r, err := vedette.ParseRisk(strings.ToLower(c.Risk))
	if err != nil {
		return err
	}
	var p *vedette.Policy
	words := strings.Join(c.Words, " ")
	switch {
	case c.Restricted && c.Risk != "":
		return vedette.Errorf(vedette.CodeInvalid, "of restricted people a policy is for every risk; say --restricted or --risk, not both")
	case c.Default && words != "":
		return vedette.Errorf(vedette.CodeInvalid, "say what is done, or --default, not both")
	case !c.Default:
		read, err := vedette.ParsePolicy(words)
		if err != nil {
			return err
		}
		p = &read
	}
	return s.open(func(a *app.App) error {
		var v vedette.Settings
		var err error
		if c.Restricted {
			v, err = a.Desk.SetRestrictedPolicy(s.ctx, u, p, c.By)
		} else {
			v, err = a.Desk.SetPolicy(s.ctx, u, r, p, c.By)
		}
		if err != nil {
			return err
		}
		s.policies(v)
		return nil
	})
}
