package web

import (
	"errors"
	"io"
	"net/http"
	"slices"

	"vedette"
	"vedette/deliver/gateway"
	"vedette/deliver/voice"
	"vedette/desk"
	"vedette/httpd"
)

// hearCall takes what a gateway tells of a call, or answers what the call says
// next. It is a machine: it gets what it can read, no page.
func (p *portal) hearCall(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	step := voice.Step(r.PathValue("step"))
	if !slices.Contains(voice.Steps, step) {
		http.NotFound(w, r)
		return
	}
	var form string
	var say voice.Talk
	if err == nil {
		call := gateway.Call{URL: p.BaseURL + r.URL.RequestURI(), Header: r.Header, Body: body}
		form, say, err = p.Desks.HearCall(r.Context(), r.PathValue("gateway"), step, r.PathValue("ref"), call)
	}
	if err != nil && say.Silent() {
		p.refuseCall(w, r, err)
		return
	}
	if err != nil {
		p.Log.Error("what somebody pressed on the phone was not kept; they are told", "gateway", r.PathValue("gateway"), "step", step, "err", err)
	}
	if step == voice.StepStatus {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	said, mime := voice.Write(form, say)
	w.Header().Set("Content-Type", mime)
	w.Write(said)
}

// refuseCall says why a gateway hears nothing. The log names neither number nor
// delivery.
func (p *portal) refuseCall(w http.ResponseWriter, r *http.Request, err error) {
	status, name := httpd.Status(err), r.PathValue("gateway")
	if len(name) > 40 {
		name = "…"
	}
	var known *vedette.Error
	if errors.Is(err, desk.ErrEarly) {
		p.Log.Warn("the end of a call that is being placed still is asked for again", "gateway", name)
	} else if errors.As(err, &known) && status < http.StatusInternalServerError {
		p.Log.Warn("a voice gateway's call was refused", "gateway", name, "step", r.PathValue("step"), "status", status, "why", known.Sentence)
	} else {
		p.Log.Error("a voice gateway's call could not be taken", "gateway", name, "step", r.PathValue("step"), "err", err)
	}
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "30") // before a phone is rung again
	}
	http.Error(w, httpd.Sentence(err), status)
}
