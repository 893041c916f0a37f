package web

import (
	"errors"
	"io"
	"net/http"

	"vedette"
	"vedette/desk"
	"vedette/httpd"
)

// pushView is the part of a reply page about the devices that show what
// somebody is told.
type pushView struct {
	Key     string // what a browser subscribes to, "" where the link adds no device
	To      string // where it says so
	Script  string // address of what asks the browser; "" where the link adds no device
	Hidden  bool   // there is nothing to say until the script finds that the browser can
	Removed bool   // one was removed just now
	Devices []deviceLine
}

type deviceLine struct {
	Slot  int
	Words string
}

// showReply shows a reply page, with a script only where it may add a device.
func (p *portal) showReply(w http.ResponseWriter, r *http.Request, pg *desk.ReplyPage, v replyView) error {
	v.Push = p.pushView(r.PathValue("token"), pg, &v)
	if v.Push != nil && v.Push.Script != "" {
		w.Header().Set("Content-Security-Policy", httpd.ScriptPolicy)
	}
	return p.show(w, http.StatusOK, "reply", v)
}

func (p *portal) pushView(token string, pg *desk.ReplyPage, v *replyView) *pushView {
	if pg.PushKey == "" && len(pg.Devices) == 0 && !v.removed {
		return nil
	}
	out := &pushView{Key: pg.PushKey, To: replyPath + "devices/" + token, Removed: v.removed, Hidden: len(pg.Devices) == 0 && !v.removed}
	if pg.PushKey != "" {
		out.Script = p.static.url("push.js")
	}
	for _, a := range pg.Devices {
		out.Devices = append(out.Devices, deviceLine{a.No, v.Says.Say("page.push.of", v.Says.Isolate(a.Since.UTC().Format(v.Says.Say("time"))))})
	}
	return out
}

// addDevice takes what a browser says of its subscription. A script asks: it
// gets a sentence, no page.
func (p *portal) addDevice(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err == nil {
		_, err = p.Desk.AddDevice(r.Context(), r.PathValue("token"), body)
	}
	if err != nil {
		p.refuseDevice(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// refuseDevice says why nothing was done. The log names no device.
func (p *portal) refuseDevice(w http.ResponseWriter, err error) {
	status := httpd.Status(err)
	var known *vedette.Error
	if errors.As(err, &known) && status < http.StatusInternalServerError {
		p.Log.Warn("what a device said was refused", "status", status, "why", known.Sentence)
	} else {
		p.Log.Error("what a device said could not be taken", "err", err)
	}
	http.Error(w, httpd.Sentence(err), status)
}
