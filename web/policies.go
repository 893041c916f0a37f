package web

import (
	"net/http"
	"strings"

	"vedette"
	"vedette/web/messages"
)

const policiesPath = "/policies"

// restrictedRisk stands, where a risk is chosen, for every risk of restricted people.
const restrictedRisk = "restricted"

// policiesView is what is done while nobody answers.
type policiesView struct {
	frame
	Rows          []policyLine
	Urgent, Risks []option
	Words         string
	By            byline
	Problem       problem
	Done          string
}

// policyLine is what holds for an urgency and a risk.
type policyLine struct {
	Urgency, Risk string
	Does          messages.Said
	Words         string // by which it is set
	Default       bool
}

func (p *portal) showPolicies(w http.ResponseWriter, r *http.Request) error {
	return p.policiesPage(w, r, http.StatusOK, policiesView{Done: doneWords[r.URL.Query().Get("done")]})
}

func (p *portal) policiesPage(w http.ResponseWriter, r *http.Request, status int, v policiesView) error {
	s, err := p.Desk.Settings(r.Context())
	if err != nil {
		return err
	}
	v.frame, v.By = p.frame(r, "Policies", vedette.StatusActual), bylineOf(r)
	v.Place = "house"
	for u := vedette.UrgencyImmediate; u > vedette.UrgencyUnknown; u-- {
		rest := policyLine{Urgency: u.String(), Risk: messages.Mark("any other"), Does: worded(policySaid(vedette.DefaultPolicy(u))), Words: vedette.DefaultPolicy(u).String(), Default: true}
		for risk := vedette.RiskExtreme; risk >= vedette.RiskUnknown; risk-- {
			for _, f := range s.Policies {
				switch {
				case f.Urgency != u || f.Risk != risk:
				case risk == vedette.RiskUnknown:
					rest.Does, rest.Words, rest.Default = worded(policySaid(f.Policy)), f.Policy.String(), false
				default:
					v.Rows = append(v.Rows, policyLine{Urgency: u.String(), Risk: risk.String(), Does: worded(policySaid(f.Policy)), Words: f.Policy.String()})
				}
			}
		}
		v.Rows = append(v.Rows, rest)
	}
	for _, own := range s.RestrictedPolicies {
		v.Rows = append(v.Rows, policyLine{Urgency: own.Urgency.String(), Risk: messages.Mark("any, of restricted people"), Does: worded(policySaid(own.Policy)), Words: own.Policy.String()})
	}
	f := r.PostForm
	v.Urgent = options(f.Get("urgency"), "immediate", messages.Mark("immediate"), "expected", messages.Mark("expected"), "future", messages.Mark("future"), "past", messages.Mark("past"))
	v.Risks = options(f.Get("risk"), "", messages.Mark("any that has none of its own"), "low", messages.Mark("low"), "moderate", messages.Mark("moderate"), "high", messages.Mark("high"), "extreme", messages.Mark("extreme"), restrictedRisk, messages.Mark("any, of restricted people alone"))
	return p.show(w, status, "policies", v)
}

// setPolicy sets a policy, or takes back what was set.
func (p *portal) setPolicy(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	if err != nil {
		return err
	}
	f := r.PostForm
	v := policiesView{Words: typed(f.Get("words"))}
	u, err := vedette.ParseUrgency(f.Get("urgency"))
	if err == nil && u == vedette.UrgencyUnknown {
		err = vedette.Errorf(vedette.CodeInvalid, "choose the urgency it is for")
	}
	restricted := f.Get("risk") == restrictedRisk
	var risk vedette.Risk
	if err == nil && !restricted {
		risk, err = vedette.ParseRisk(f.Get("risk"))
	}
	var policy *vedette.Policy
	if err == nil && f.Get("do") != "default" {
		var read vedette.Policy
		read, err = vedette.ParsePolicy(strings.TrimSpace(f.Get("words")))
		policy = &read
	}
	switch {
	case err != nil:
	case restricted:
		_, err = p.Desk.SetRestrictedPolicy(r.Context(), u, policy, by)
	default:
		_, err = p.Desk.SetPolicy(r.Context(), u, risk, policy, by)
	}
	switch {
	case err == nil:
		http.Redirect(w, r, policiesPath+"?done=saved", http.StatusSeeOther)
		return nil
	case mends(err), vedette.ErrorCode(err) == vedette.CodeNotFound:
		v.Problem = nothingSaved(err)
		return p.policiesPage(w, r, http.StatusBadRequest, v)
	}
	return err
}
