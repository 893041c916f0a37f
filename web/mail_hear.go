package web

import (
	"errors"
	"io"
	"net/http"

	"vedette"
	"vedette/deliver/provider"
	"vedette/desk"
	"vedette/httpd"
)

// mailPath is where providers of mail tell what became of mails.
const mailPath = "/mail/"

// hearMail takes what a provider tells. It is a machine: it gets a status, no page.
// The log names the provider and how many mails, never whose.
func (p *portal) hearMail(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	name := r.PathValue("provider")
	var t desk.MailTold
	if err == nil {
		var err2 error
		t, err2 = p.Desks.HearMail(r.Context(), name, provider.Call{Header: r.Header, Body: body})
		if err = err2; err == nil {
			p.Log.Info("a mail provider told of mails", "provider", name, "events", t.Events, "moved", t.Moved, "dead", t.Dead, "spared", t.Spared, "left", t.Left)
			w.WriteHeader(http.StatusNoContent)
			return
		}
	}
	if len(name) > 40 {
		name = "…"
	}
	status := httpd.Status(err)
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "60")
	}
	var known *vedette.Error
	if t.Early > 0 {
		p.Log.Warn("a mail provider told of mails that are on their way still, and is asked to tell it again", "provider", name, "early", t.Early, "events", t.Events)
	} else if errors.As(err, &known) && status < http.StatusInternalServerError {
		p.Log.Warn("a mail provider's call was refused", "provider", name, "status", status, "why", known.Sentence)
	} else {
		p.Log.Error("a mail provider's call could not be taken", "provider", name, "err", err)
	}
	http.Error(w, httpd.Sentence(err), status)
}
