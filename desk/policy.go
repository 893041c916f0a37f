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
	return d.setPolicy(ctx, func(s *vedette.Settings) *[]vedette.PolicyFor { return &s.Policies }, u, r, p, by)
}

// SetRestrictedPolicy says what is done while a restricted person does not answer what
// is of an urgency, whatever its risk: instead of the policy of everybody. Nil takes the
// setting back.
func (d *Desk) SetRestrictedPolicy(ctx context.Context, u vedette.Urgency, p *vedette.Policy, by string) (vedette.Settings, error) {
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
	return d.setPolicy(ctx, func(s *vedette.Settings) *[]vedette.PolicyFor { return &s.RestrictedPolicies }, u, vedette.RiskUnknown, p, by)
}

// setPolicy changes one of a list of policies, in the settings as they are.
func (d *Desk) setPolicy(ctx context.Context, of func(*vedette.Settings) *[]vedette.PolicyFor, u vedette.Urgency, r vedette.Risk, p *vedette.Policy, by string) (vedette.Settings, error) {
	s, err := d.rows.Settings(ctx)
	if err != nil {
		return s, err
	}
	was, list := s, of(&s)
	kept := slices.DeleteFunc(slices.Clone(*list), func(f vedette.PolicyFor) bool { return f.Urgency == u && f.Risk == r })
	if p == nil && len(kept) == len(*list) {
		return s, vedette.Errorf(vedette.CodeNotFound, "no policy is set for that; `vedette policy` shows what holds")
	}
	if *list = kept; p != nil {
		*list = append(*list, vedette.PolicyFor{Urgency: u, Risk: r, Policy: *p})
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
