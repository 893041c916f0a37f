package web

import (
	"net/http"
	"strings"
	"time"

	"vedette/deliver/provider"
	"vedette/deliver/voice"
	"vedette/httpd"
	"vedette/scim"
)

// bound is how much may be sent to a route, in bytes, and within which time all of it
// has to be here. What is more, or slower, is refused before anything is done.
type bound struct {
	most   int64
	within time.Duration
}

// The kinds there are. Words of other scripts than ours take six bytes a letter in a form.
var (
	noBody    = bound{4 << 10, 10 * time.Second}     // nothing is read of it
	fewWords  = bound{16 << 10, 20 * time.Second}    // a name, a password, an answer
	anAct     = bound{256 << 10, 20 * time.Second}   // buttons, reasons, notes, and what a page says again
	aReport   = bound{1 << 20, 2 * time.Minute}      // a report, long lists of names; over a line by satellite, too
	aDocument = bound{maxDocument, 5 * time.Minute}  // a report as a file
	aFile     = bound{maxForm, 5 * time.Minute}      // of people, sites or trips
	aReceipt  = bound{maxReceipt, 10 * time.Second}  // what a device says by itself
	aCall     = bound{64 << 10, 20 * time.Second}    // what a gateway tells
	aUser     = bound{maxIdentity, 20 * time.Second} // what an identity provider says of one
	manyMails = bound{provider.MaxCall, 30 * time.Second}
)

// bounds are those of the routes that something is sent to.
var bounds = map[string]bound{
	"POST /updates/{id}/acts": anAct, "POST /updates/{id}/share": fewWords, "POST /updates/{id}/sitrep": fewWords, "POST /cases/{id}": fewWords, "POST /handover": anAct, "POST " + decisionPath: fewWords, "POST /drills": anAct,
	"POST " + flashPath: anAct, "POST " + flashTemplatesPath + "/{key}": anAct, "POST " + inboxPath: aReport, "POST " + inboxPath + "/{id}": anAct, "POST /drafts": aDocument, "POST /drafts/{id}": aReport, "POST /drafts/{id}/reading": aReport, "POST /drafts/{id}/publish": aReport, "POST /drafts/{id}/remove": anAct,
	"POST /drafts/{id}/ask": aReport, "POST /drafts/{id}/break": aReport, "POST " + approvalsPath + "/{id}": anAct, "POST " + approvalsPath + "/{id}/withdraw": fewWords, "POST " + replyPath + "approve/{token}": fewWords,
	"POST /rollcalls": aReport, "POST /rollcalls/{id}": aReport, "POST /rollcalls/{id}/account": anAct, "POST /rollcalls/{id}/ask": anAct, "POST /rollcalls/{id}/calls": anAct,
	"POST " + replyPath + "{token}": fewWords, "POST " + replyPath + "take/{token}": fewWords, "POST " + replyPath + "received": aReceipt,
	"POST " + replyPath + "devices/{token}": fewWords, "POST " + replyPath + "devices/{token}/remove": fewWords, "POST " + replyPath + "device/{token}": fewWords,
	"POST " + MinePath + "{token}/answer": fewWords, "POST " + MinePath + "{token}/here": fewWords, "POST " + MinePath + "{token}/wishes": fewWords, "POST " + MinePath + "{token}/ask": fewWords,
	"POST /people/{id}/page":                 fewWords,
	"POST " + textPath + "{gateway}/message": aCall, "POST " + textPath + "{gateway}/receipt": aCall, "POST " + textPath + "{gateway}/receipt/{ref}": aCall,
	"POST " + mailPath + "{provider}/events": manyMails, "POST " + voice.Path + "{gateway}/{step}/{ref}": aCall,
	"POST " + signInPath: fewWords, "POST " + WelcomePath + "{link}": fewWords, "POST " + firstPath: fewWords, "POST " + usersPath: fewWords, "POST /sign-out": fewWords,
	"POST " + tokensPath: fewWords, "POST " + ownPath + "/{person}": fewWords,
	"POST /scim/v2/Users": aUser, "PUT /scim/v2/Users/{id}": aUser, "PATCH /scim/v2/Users/{id}": aUser, "/scim/v2/": aUser,
	"POST " + accountPath: fewWords, "POST " + newPasskeyPath: fewWords, "POST " + showPasskeyPath: fewWords, "POST " + againPath: aReport, "POST " + signInAskPath: fewWords, "POST " + signInPasskeyPath: aCall,
	"POST /people": anAct, "POST /people/{id}": anAct, "POST /people/{id}/erase": fewWords, "POST /people/import": aFile,
	"POST /sites": anAct, "POST /sites/{id}": anAct, "POST /sites/{id}/remove": fewWords, "POST /sites/import": aFile,
	"POST /trips": anAct, "POST /trips/{id}": anAct, "POST /trips/{id}/cancel": fewWords, "POST /trips/import": aFile,
	"POST /watches": anAct, "POST /watches/{id}": anAct,
	"POST " + settingsPath: anAct, "POST " + policiesPath: anAct, "POST " + rotaPath: fewWords, "POST " + tasksPath: fewWords, "POST " + channelsPath: fewWords,
	"POST " + JoinPath + "{link}": fewWords, "POST " + organisationsPath: fewWords,
	"/": noBody, "/demo/": anAct,
}

// bounded has a route answer within its bound.
func (p *portal) bounded(rt route) http.Handler {
	b, ok := bounds[rt.pattern]
	if !ok {
		b = noBody
	}
	return httpd.Bound(b.most, b.within, func(w http.ResponseWriter, r *http.Request, err error) {
		if rt.open == bySign { // a machine: it gets a sentence, no page
			http.Error(w, httpd.Sentence(err), httpd.Status(err))
			return
		}
		if strings.HasPrefix(rt.pattern[strings.IndexByte(rt.pattern, '/'):], scim.Path) {
			p.scimProblem(w, r, err)
			return
		}
		p.problem(w, r, err, rt.open != "")
	}, rt.answer)
}
