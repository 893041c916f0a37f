package web

import (
	"net/http"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/httpd"
	"vedette/scim"
)

// machine is what is for machines alone, by a token that may do an act: what is wrong is
// answered as SCIM has it.
func (p *portal) machine(pattern string, do action) route {
	method, path, ok := strings.Cut(pattern, " ")
	if ok {
		pattern = method + " " + scim.Path + path
	} else {
		pattern = scim.Path + pattern
	}
	return route{pattern: pattern, act: rights.Scim, answer: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := p.byToken(w, r, do); err != nil {
			p.scimProblem(w, r, err)
		}
	})}
}

func (p *portal) byToken(w http.ResponseWriter, r *http.Request, do action) error {
	secret, ok := bearer(r)
	if !ok {
		if err := p.covered(r); err != nil {
			return err
		}
		return vedette.Errorf(vedette.CodeNoSession, "this is for machines: send a token that may scim, as Authorization: Bearer")
	}
	return p.enterByToken(w, r, secret, rights.Scim, do)
}

const scimKind = "application/scim+json"

func (p *portal) scimProblem(w http.ResponseWriter, r *http.Request, err error) {
	status := httpd.Status(err)
	if status >= http.StatusInternalServerError {
		p.failed(r, err)
	}
	challenge(w, r, status)
	p.showJSON(w, status, scimKind, scim.Explain(err, sentence(httpd.Sentence(err)), status))
}

func (p *portal) scimConfig(w http.ResponseWriter, r *http.Request) error {
	p.showJSON(w, http.StatusOK, scimKind, scim.Config(p.BaseURL))
	return nil
}

// scimKnown answers with the one of a kind that there is, or the list of it.
func (p *portal) scimKnown(of func(id, base string) (any, bool)) action {
	return func(w http.ResponseWriter, r *http.Request) error {
		one, is := of(r.PathValue("id"), p.BaseURL)
		switch {
		case r.PathValue("id") == "":
			p.showJSON(w, http.StatusOK, scimKind, scim.NewList(1, 1, []any{one}))
		case is:
			p.showJSON(w, http.StatusOK, scimKind, one)
		default:
			return noSuchResource(w, r)
		}
		return nil
	}
}

// noGroups says that there are none: what somebody may do is their role.
func (p *portal) noGroups(w http.ResponseWriter, r *http.Request) error {
	p.showJSON(w, http.StatusOK, scimKind, scim.NewList(0, 1, nil))
	return nil
}

func noSuchResource(w http.ResponseWriter, r *http.Request) error {
	return vedette.Errorf(vedette.CodeNotFound, "there is nothing here; Users, Schemas, ResourceTypes and ServiceProviderConfig are all there is")
}
