package desk

import (
	"context"
	"slices"
	"strings"

	"vedette"
	"vedette/auth/rights"
)

// SetPolicy says what is done while nobody answers what is of an urgency and a
// risk, unknown for every risk that has no policy of its own. Nil takes the
// setting back. What is under way goes on as it began.
func (d *Desk) SetPolicy(ctx context.Context, u vedette.Urgency, r vedette.Risk, p *vedette.Policy, by string) (vedette.Settings, error) {
	if err := d.asks(&ctx, rights.RunHouse); err != nil {
		return vedette.Settings{}, err
	}
	if strings.TrimSpace(by) == "" {
		return vedette.Settings{}, vedette.Errorf(vedette.CodeInvalid, "say who sets it; it is kept on record")
	}
	if p != nil {
		if err := d.checkPolicy(u, p); err != nil {
			return vedette.Settings{}, err
		}
	}
	s, err := d.rows.Settings(ctx)
	if err != nil {
		return s, err
	}
	was := s
	was.Policies = slices.Clone(s.Policies)
	n := len(s.Policies)
	s.Policies = slices.DeleteFunc(s.Policies, func(f vedette.PolicyFor) bool { return f.Urgency == u && f.Risk == r })
	if p == nil && len(s.Policies) == n {
		return s, vedette.Errorf(vedette.CodeNotFound, "no policy is set for that; `vedette policy` shows what holds")
	}
	if p != nil {
		s.Policies = append(s.Policies, vedette.PolicyFor{Urgency: u, Risk: r, Policy: *p})
	}
	return s, d.rows.EditSettings(ctx, was, s, by, d.Now())
}

// checkPolicy refuses a policy that cannot be kept. Whoever does not answer an
// immediate warning must come before somebody's eyes.
func (d *Desk) checkPolicy(u vedette.Urgency, p *vedette.Policy) error {
	over := slices.DeleteFunc(slices.Clone(d.people.Over()), func(c vedette.Channel) bool { return c == vedette.ChannelWebhook })
	if err := p.Validate(over...); err != nil {
		return err
	}
	if u == vedette.UrgencyImmediate && !p.Asks() {
		return vedette.Errorf(vedette.CodeInvalid, "an immediate warning that nobody answers has to come to the desk: end the policy with a task, like “; task after 10m”")
	}
	return nil
}
