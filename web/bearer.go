package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/httpd"
)

// bearer is the secret that a machine sent, and whether it sent any: then nothing else
// says who it is.
func bearer(r *http.Request) (secret string, ok bool) {
	scheme, secret, _ := strings.Cut(strings.TrimSpace(r.Header.Get("Authorization")), " ")
	return strings.TrimSpace(secret), strings.EqualFold(scheme, "Bearer")
}

// enterByToken lets in a machine whose token may do what a page does. It is never led
// to where one signs in.
func (p *portal) enterByToken(w http.ResponseWriter, r *http.Request, secret string, act rights.Act, do action) error {
	if err := p.covered(r); err != nil {
		return err
	}
	k, err := p.Desk.Bearer(r.Context(), secret, p.peer(r))
	if vedette.ErrorCode(err) == vedette.CodeNoSession {
		p.Log.Warn("a token was not good", "from", p.peer(r))
	}
	if err != nil {
		return err
	}
	if err := p.Desk.TokenMay(k, act); err != nil {
		return err
	}
	return as(actor{token: k}, w, r, do)
}

// challenge says, in the headers of a refusal, that a token is asked for, and what is
// wrong with the one that came.
func challenge(w http.ResponseWriter, r *http.Request, status int) {
	const ask = `Bearer realm="vedette"`
	switch _, came := bearer(r); {
	case status == http.StatusUnauthorized && came:
		w.Header().Set("WWW-Authenticate", ask+`, error="invalid_token"`)
	case status == http.StatusUnauthorized:
		w.Header().Set("WWW-Authenticate", ask)
	case status == http.StatusForbidden && came:
		w.Header().Set("WWW-Authenticate", ask+`, error="insufficient_scope"`)
	case status == http.StatusTooManyRequests:
		w.Header().Set("Retry-After", "60")
	}
}

// machineProblem is problem for who came with a token: the sentence, and the code of
// the error, as JSON.
func (p *portal) machineProblem(w http.ResponseWriter, r *http.Request, err error) {
	status := httpd.Status(err)
	says := struct {
		Code     vedette.Code `json:"code"`
		Sentence string       `json:"sentence"`
		ID       string       `json:"id,omitempty"` // of the request in the log, when the fault is ours
	}{Code: vedette.ErrorCode(err), Sentence: sentence(httpd.Sentence(err))}
	if status >= http.StatusInternalServerError {
		says.ID = p.failed(r, err)
	}
	challenge(w, r, status)
	p.showJSON(w, status, "application/json", says)
}

// failed writes down that a page could not be made, and gives the name of the request
// in the log.
func (p *portal) failed(r *http.Request, err error) string {
	id := httpd.RequestID(r.Context())
	p.Log.Error("page failed", "id", id, "route", r.Pattern, "err", err)
	return id
}

// showJSON answers a machine.
func (p *portal) showJSON(w http.ResponseWriter, status int, kind string, view any) {
	b, err := json.Marshal(view)
	if err != nil {
		p.Log.Error("an answer cannot be written", "err", err)
		httpd.Refuse(w, http.StatusInternalServerError, "Something went wrong here, not with you.", "")
		return
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	if _, err := w.Write(append(b, '\n')); err != nil {
		p.Log.Debug("an answer was not read to its end", "err", err)
	}
}
