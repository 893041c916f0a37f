package web

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"

	"vedette"
	"vedette/deliver/gateway"
	"vedette/desk"
	"vedette/httpd"
)

// textPath is where gateways of text messages bring receipts and answers; what
// follows names a delivery.
const textPath = "/sms/"

// hearText takes what a gateway tells. It is a machine: it gets a sentence, no
// page.
func (p *portal) hearText(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	name, say := r.PathValue("gateway"), ""
	if err == nil {
		say, err = p.Desks.HearText(r.Context(), name, r.PathValue("ref"), gateway.Call{URL: p.BaseURL + r.URL.RequestURI(), Header: r.Header, Body: body})
	}
	if err != nil {
		p.refuseText(w, r, err)
		return
	}
	if say == "" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	io.WriteString(w, xml.Header+"<Response><Message>")
	xml.EscapeText(w, []byte(say))
	io.WriteString(w, "</Message></Response>")
}

// refuseText says why a call changes nothing. The log names neither number nor
// delivery.
func (p *portal) refuseText(w http.ResponseWriter, r *http.Request, err error) {
	status, gateway := httpd.Status(err), r.PathValue("gateway")
	if len(gateway) > 40 {
		gateway = "…"
	}
	var known *vedette.Error
	if errors.Is(err, desk.ErrEarly) {
		p.Log.Warn("a receipt of a text message that is on its way still is asked for again", "gateway", gateway)
	} else if errors.As(err, &known) && status < http.StatusInternalServerError {
		p.Log.Warn("a text message gateway's call was refused", "gateway", gateway, "status", status, "why", known.Sentence)
	} else {
		p.Log.Error("a text message gateway's call could not be taken", "gateway", gateway, "err", err)
	}
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "30") // before a phone is rung again
	}
	http.Error(w, httpd.Sentence(err), status)
}
