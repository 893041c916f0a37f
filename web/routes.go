package web

import (
	"net/http"

	"vedette/auth/rights"
	"vedette/deliver/voice"
	"vedette/scim"
)

// route is one entry of the list of all the portal answers.
type route struct {
	pattern string
	act     rights.Act // what one has to be allowed for it; "" where it is open
	open    string     // why it is
	export  bool       // people are taken away by it: it asks for a fresh second factor
	answer  http.Handler
}

// room is a page for those who may do what it does.
func (p *portal) room(pattern string, act rights.Act, do action) route {
	return route{pattern: pattern, act: act, answer: p.page(act, do)}
}

// export is a room that people are taken away from, as a table.
func (p *portal) export(pattern string, act rights.Act, do action) route {
	rt := p.room(pattern, act, p.freshly(do))
	rt.export = true
	return rt
}

// Why a route asks nobody to sign in.
const (
	byLink   = "whoever holds its secret link may"
	bySign   = "what comes to it is signed"
	toEnter  = "one signs in there"
	isPublic = "it says nothing of anybody"
)

// routes is everything the portal answers: one list, to be read from top to bottom, so it
// is as long as it is.
func (p *portal) routes() []route {
	list := []route{
		p.room("GET /{$}", rights.Look, p.listUpdates),
		p.room("GET /updates/{id}", rights.Look, p.showUpdate),
		p.room("GET /updates/{id}/update.pdf", rights.Look, p.printUpdate),
		p.room("POST /updates/{id}/share", rights.Draft, p.shareUpdate),
		p.room("POST /updates/{id}/acts", rights.Draft, p.actOnUpdate),
		p.room("GET /updates/{id}/board", rights.SeePeople, p.showBoard),
		p.room("GET /updates/{id}/sitrep.pdf", rights.SeePeople, p.printSitrep),
		p.room("GET /updates/{id}/sitrep", rights.SeePeople, p.showSitrep),
		p.room("POST /updates/{id}/sitrep", rights.HandOver, p.keepSitrep),
		p.room("GET "+sitrepsPath+"{id}", rights.SeePeople, p.showKeptSitrep),
		p.room("GET "+sitrepsPath+"{id}/report.pdf", rights.SeePeople, p.printKeptSitrep),
		p.room("GET /updates/{id}/board/live", rights.SeePeople, p.followBoard),
		p.room("GET "+nightPath, rights.SeePeople, p.showNight),
		p.room("GET "+nightPath+"/live", rights.SeePeople, p.followNight),
		p.room("POST "+decisionPath, rights.KeepLog, p.decide),
		p.export("GET /updates/{id}/board.csv", rights.Export, p.saveBoard),
		p.room("GET /updates/{id}/people", rights.SeePeople, p.listPeople),
		p.room("GET /updates/{id}/why/{person}", rights.SeePeople, p.showWhy),
		p.room("GET "+flashPath, rights.Draft, p.showFlash),
		p.room("POST "+flashPath, rights.Draft, p.keepFlash),
		p.room("GET "+flashPath+"/look", rights.SeePeople, p.lookFlash),
		p.room("GET /drafts", rights.Look, p.listDrafts),
		p.room("GET "+inboxPath, rights.Look, p.showInbox),
		p.room("POST "+inboxPath, rights.Draft, p.addToInbox),
		p.room("GET "+inboxPath+"/{id}", rights.SeePeople, p.showSignal),
		p.room("POST "+inboxPath+"/{id}", rights.Draft, p.actOnSignal),
		p.room("GET "+inboxPath+"/{id}/alert.cap.xml", rights.Look, p.sendSignal),
		p.room("POST /drafts", rights.Draft, p.newDraft),
		p.room("GET /drafts/{id}", rights.SeePeople, p.showDraft),
		p.room("GET /drafts/{id}/reading", rights.SeePeople, p.showReading),
		p.room("GET /drafts/{id}/draw", rights.SeePeople, p.openDrawing),
		p.room("GET /drafts/{id}/tells", rights.SeePeople, p.showTells),
		p.room("GET /drafts/{id}/clashes/{file}", rights.SeePeople, p.serveClashGround),
		p.room("POST /drafts/{id}/reading", rights.Draft, p.actOnReading),
		p.room("POST /drafts/{id}", rights.Draft, p.editDraft),
		p.room("POST /drafts/{id}/publish", rights.Publish, p.publishDraft),
		p.room("POST /drafts/{id}/ask", rights.Draft, p.askDraft),
		p.room("POST /drafts/{id}/break", rights.BreakGlass, p.breakGlass),
		p.room("GET "+approvalsPath, rights.Look, p.listApprovals),
		p.room("GET "+approvalsPath+"/{id}", rights.SeePeople, p.showApproval),
		p.room("POST "+approvalsPath+"/{id}", rights.Approve, p.actOnApproval),
		p.room("POST "+approvalsPath+"/{id}/withdraw", rights.Draft, p.withdrawApproval),
		p.room("POST /drafts/{id}/remove", rights.Draft, p.removeDraft),
		p.room("GET /posture", rights.Look, p.showPostureBoard),
		p.room("GET /posture/{area}", rights.Look, p.showPosture),
		p.room("GET "+worldPath, rights.Look, p.showWorld),
		p.room("GET "+worldGroundPath+"{file}", rights.Look, p.serveWorldGround),
		p.room("GET "+worldPath+"/{area}", rights.Look, p.showArea),
		p.room("GET "+worldPath+"/{area}/calendar.ics", rights.Look, p.saveCalendar),
		p.room("GET /cases", rights.SeePeople, p.listCases),
		p.room("GET /cases/{id}", rights.SeePeople, p.showCase),
		p.room("POST /cases/{id}", rights.TakeCases, p.actOnCase),
		p.room("GET /rollcalls", rights.SeePeople, p.listRollcalls),
		p.room("POST /rollcalls", rights.Account, p.openRollcall),
		p.room("GET /rollcalls/{id}", rights.SeePeople, p.showRollcall),
		p.room("POST /rollcalls/{id}", rights.Account, p.actOnRollcall),
		p.room("POST /rollcalls/{id}/account", rights.Account, p.accountFor),
		p.room("GET /rollcalls/{id}/ask", rights.Ask, p.showAsk),
		p.room("POST /rollcalls/{id}/ask", rights.Ask, p.askRound),
		p.room("GET /rollcalls/{id}/calls", rights.SeePeople, p.showCalls),
		p.export("GET /rollcalls/{id}/calls.csv", rights.Export, p.saveCalls),
		p.room("POST /rollcalls/{id}/calls", rights.Account, p.actOnCalls),
		p.room("GET /who", rights.SeePeople, p.showWho),
		p.room("GET "+whoPeoplePath, rights.SeePeople, p.listWho),
		p.room("GET /handover", rights.SeePeople, p.showHandover),
		p.room("POST /handover", rights.HandOver, p.actOnHandover),
		p.room("GET /handover/{id}", rights.SeePeople, p.showHandoverOf),
		p.room("GET /reach", rights.SeePeople, p.showReach),
		p.room("GET /drills", rights.SeePeople, p.listDrills),
		p.room("POST /drills", rights.Drill, p.holdDrill),
		p.room("GET /canary", rights.Look, p.showCanary),
		p.room("GET /reports/{id}", rights.Look, p.showReport),
		p.room("GET /reports/{id}/file", rights.Look, p.sendReportFile),
		{pattern: "GET " + replyPath + "sw.js", open: isPublic, answer: http.HandlerFunc(p.serveWorker)},
		{pattern: "POST " + replyPath + "received", open: byLink, answer: http.HandlerFunc(p.deviceHas)},
		{pattern: "POST " + replyPath + "devices/{token}", open: byLink, answer: http.HandlerFunc(p.addDevice)},
		{pattern: "POST " + replyPath + "devices/{token}/remove", open: byLink, answer: p.bare(p.removeDevice)},
		{pattern: "GET " + replyPath + "device/{token}", open: byLink, answer: p.bare(p.openDevice)},
		{pattern: "POST " + replyPath + "device/{token}", open: byLink, answer: p.bare(p.disownDevice)},
		{pattern: "GET " + replyPath + "take/{token}", open: byLink, answer: p.bare(p.openOffer)},
		{pattern: "POST " + replyPath + "take/{token}", open: byLink, answer: p.bare(p.takeOffer)},
		{pattern: "GET " + replyPath + "update/{token}", open: byLink, answer: p.bare(p.openHandout)},
		{pattern: "GET " + replyPath + "update/{token}/update.pdf", open: byLink, answer: p.bare(p.printHandout)},
		{pattern: "GET " + replyPath + "approve/{token}", open: byLink, answer: p.bare(p.openWord)},
		{pattern: "POST " + replyPath + "approve/{token}", open: byLink, answer: p.bare(p.giveWord)},
		{pattern: "GET " + MinePath + "sw.js", open: isPublic, answer: http.HandlerFunc(p.serveMineWorker)},
		{pattern: "GET " + MinePath + "{token}", open: byLink, answer: p.bare(p.openMine)},
		{pattern: "GET " + MinePath + "{token}/app.webmanifest", open: byLink, answer: p.bare(p.mineManifest)},
		{pattern: "POST " + MinePath + "{token}/answer", open: byLink, answer: p.bare(p.answerMine)},
		{pattern: "POST " + MinePath + "{token}/here", open: byLink, answer: p.bare(p.hereMine)},
		{pattern: "POST " + MinePath + "{token}/ask", open: byLink, answer: p.bare(p.askMine)},
		{pattern: "GET " + MinePath + "{token}/file.json", open: byLink, answer: p.bare(p.mineFile)},
		{pattern: "POST " + MinePath + "{token}/wishes", open: byLink, answer: p.bare(p.wishMine)},
		{pattern: "GET " + replyPath + "{token}", open: byLink, answer: p.bare(p.openReply)},
		{pattern: "POST " + replyPath + "{token}", open: byLink, answer: p.bare(p.saveReply)},
		{pattern: "POST " + textPath + "{gateway}/message", open: bySign, answer: http.HandlerFunc(p.hearText)},
		{pattern: "POST " + textPath + "{gateway}/receipt", open: bySign, answer: http.HandlerFunc(p.hearText)},
		{pattern: "POST " + textPath + "{gateway}/receipt/{ref}", open: bySign, answer: http.HandlerFunc(p.hearText)},
		{pattern: "POST " + mailPath + "{provider}/events", open: bySign, answer: http.HandlerFunc(p.hearMail)},
		{pattern: "POST " + voice.Path + "{gateway}/{step}/{ref}", open: bySign, answer: http.HandlerFunc(p.hearCall)},
		{pattern: "GET " + signInPath, open: toEnter, answer: p.door(p.openSignIn)},
		{pattern: "POST " + signInPath, open: toEnter, answer: p.door(p.signIn)},
		{pattern: "POST " + signInAskPath, open: toEnter, answer: p.door(p.askSignIn)},
		{pattern: "POST " + signInPasskeyPath, open: toEnter, answer: p.door(p.signInByPasskey)},
		{pattern: "GET " + signInProviderPath, open: toEnter, answer: p.door(p.askProvider)},
		{pattern: "GET " + ProviderBack, open: toEnter, answer: p.door(p.signInByProvider)},
		p.room("GET "+usersPath, rights.Administer, p.listUsers),
		p.room("POST "+usersPath, rights.Administer, p.actOnUsers),
		p.room("GET "+ownPath, rights.SeeOwn, p.listOwn),
		p.room("GET "+ownPath+"/{person}", rights.SeeOwn, p.showOwn),
		p.room("POST "+ownPath+"/{person}", rights.AccountOwn, p.accountOwn),
		p.room("GET /audit", rights.Audit, p.showAudit),
		p.room("GET /audit/check", rights.Audit, p.checkAudit),
		p.room("GET "+tokensPath, rights.Administer, p.listTokens),
		p.room("POST "+tokensPath, rights.Administer, p.actOnTokens),
		p.room("POST /sign-out", rights.Self, p.signOut),
		p.room("GET "+accountPath, rights.Self, p.showAccount),
		p.room("POST "+accountPath, rights.Self, p.actOnAccount),
		p.room("POST "+newPasskeyPath, rights.Self, p.askNewPasskey),
		p.room("POST "+showPasskeyPath, rights.Self, p.askShown),
		p.room("GET "+againPath, rights.Self, p.openAgain),
		p.room("POST "+againPath, rights.Self, p.again),
		{pattern: "GET " + WelcomePath + "{link}", open: byLink, answer: p.door(p.openWelcome)},
		{pattern: "POST " + WelcomePath + "{link}", open: byLink, answer: p.door(p.setPassword)},
		{pattern: "GET " + JoinPath + "{link}", open: byLink, answer: p.door(p.openJoin)},
		{pattern: "POST " + JoinPath + "{link}", open: byLink, answer: p.door(p.join)},
		{pattern: "GET " + firstPath, open: toEnter, answer: p.door(p.openFirst)},
		{pattern: "POST " + firstPath, open: toEnter, answer: p.door(p.makeFirst)},
		p.room("GET "+stepsPath, rights.Administer, p.showSteps),
		{pattern: "GET /static/{file}", open: isPublic, answer: http.HandlerFunc(p.serveStatic)},
		{pattern: "GET /robots.txt", open: isPublic, answer: http.HandlerFunc(robots)},
		p.machine("GET Users", p.listIdentities),
		p.machine("POST Users", p.addIdentity),
		p.machine("GET Users/{id}", p.readIdentity),
		p.machine("PUT Users/{id}", p.putIdentity),
		p.machine("PATCH Users/{id}", p.patchIdentity),
		p.machine("DELETE Users/{id}", p.removeIdentity),
		p.machine("GET Groups", p.noGroups),
		p.machine("GET ServiceProviderConfig", p.scimConfig),
		p.machine("GET ResourceTypes", p.scimKnown(scim.Type)),
		p.machine("GET ResourceTypes/{id}", p.scimKnown(scim.Type)),
		p.machine("GET Schemas", p.scimKnown(scim.Schema)),
		p.machine("GET Schemas/{id}", p.scimKnown(scim.Schema)),
		p.machine("", noSuchResource),
		p.room("/", rights.Look, noSuchPage),
	}
	list = append(list, p.houseRoutes()...)
	if p.Demo != nil {
		list = append(list, p.room("/demo/", rights.Look, func(w http.ResponseWriter, r *http.Request) error {
			p.Demo.ServeHTTP(w, r)
			return nil
		}))
	}
	return list
}
