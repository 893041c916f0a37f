package web

import (
	"io"
	"net/http"
	"strings"

	"vedette/httpd"
)

// maxReceipt bounds what a device says that has a message, in bytes.
const maxReceipt = 200

// deviceHas notes that a device has a message. It says nothing of its owner, who
// may be asleep.
func (p *portal) deviceHas(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err == nil {
		receipt, of := strings.TrimSpace(string(body)), p.Desk
		if d, err2 := p.Desks.OfLink(r.Context(), receipt); err2 == nil && d != nil {
			of = d
		}
		err = of.DeviceHas(r.Context(), receipt)
	}
	if err != nil {
		p.refuseDevice(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// serveWorker serves what shows messages on a device while no page is open. It
// lies under the reply pages, for it may act for no others.
func (p *portal) serveWorker(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Security-Policy", httpd.ScriptPolicy)
	p.serveNamed(w, r, "sw.js")
}
