package web

import (
	"net/http"

	"vedette/deliver/voice"
)

// route is one entry of the list of all the portal answers.
type route struct {
	pattern string
	answer  http.Handler
}

// routes is everything the portal answers.
func (p *portal) routes() []route {
	list := []route{
		{"GET /{$}", p.page(p.listUpdates)},
		{"GET /updates/{id}", p.page(p.showUpdate)},
		{"POST /updates/{id}/acts", p.page(p.actOnUpdate)},
		{"GET /updates/{id}/board", p.page(p.showBoard)},
		{"GET /updates/{id}/people", p.page(p.listPeople)},
		{"GET /updates/{id}/why/{person}", p.page(p.showWhy)},
		{"GET /drafts", p.page(p.listDrafts)},
		{"POST /drafts", p.page(p.newDraft)},
		{"GET /drafts/{id}", p.page(p.showDraft)},
		{"POST /drafts/{id}", p.page(p.editDraft)},
		{"POST /drafts/{id}/publish", p.page(p.publishDraft)},
		{"POST /drafts/{id}/remove", p.page(p.removeDraft)},
		{"GET /posture", p.page(p.showPostureBoard)},
		{"GET /posture/{area}", p.page(p.showPosture)},
		{"GET /cases", p.page(p.listCases)},
		{"GET /cases/{id}", p.page(p.showCase)},
		{"POST /cases/{id}", p.page(p.actOnCase)},
		{"GET /rollcalls", p.page(p.listRollcalls)},
		{"POST /rollcalls", p.page(p.openRollcall)},
		{"GET /rollcalls/{id}", p.page(p.showRollcall)},
		{"POST /rollcalls/{id}", p.page(p.actOnRollcall)},
		{"POST /rollcalls/{id}/account", p.page(p.accountFor)},
		{"GET /rollcalls/{id}/ask", p.page(p.showAsk)},
		{"POST /rollcalls/{id}/ask", p.page(p.askRound)},
		{"GET /rollcalls/{id}/calls", p.page(p.showCalls)},
		{"GET /rollcalls/{id}/calls.csv", p.page(p.saveCalls)},
		{"POST /rollcalls/{id}/calls", p.page(p.actOnCalls)},
		{"GET /who", p.page(p.showWho)},
		{"GET /handover", p.page(p.showHandover)},
		{"POST /handover", p.page(p.actOnHandover)},
		{"GET /handover/{id}", p.page(p.showHandoverOf)},
		{"GET /reach", p.page(p.showReach)},
		{"GET /drills", p.page(p.listDrills)},
		{"POST /drills", p.page(p.holdDrill)},
		{"GET /canary", p.page(p.showCanary)},
		{"GET /reports/{id}", p.page(p.showReport)},
		{"GET " + replyPath + "sw.js", http.HandlerFunc(p.serveWorker)},
		{"POST " + replyPath + "received", http.HandlerFunc(p.deviceHas)},
		{"POST " + replyPath + "devices/{token}", http.HandlerFunc(p.addDevice)},
		{"POST " + replyPath + "devices/{token}/remove", p.bare(p.removeDevice)},
		{"GET " + replyPath + "device/{token}", p.bare(p.openDevice)},
		{"POST " + replyPath + "device/{token}", p.bare(p.disownDevice)},
		{"GET " + replyPath + "take/{token}", p.bare(p.openOffer)},
		{"POST " + replyPath + "take/{token}", p.bare(p.takeOffer)},
		{"GET " + replyPath + "{token}", p.bare(p.openReply)},
		{"POST " + replyPath + "{token}", p.bare(p.saveReply)},
		{"POST " + textPath + "{gateway}/message", http.HandlerFunc(p.hearText)},
		{"POST " + textPath + "{gateway}/receipt", http.HandlerFunc(p.hearText)},
		{"POST " + textPath + "{gateway}/receipt/{ref}", http.HandlerFunc(p.hearText)},
		{"POST " + mailPath + "{provider}/events", http.HandlerFunc(p.hearMail)},
		{"POST " + voice.Path + "{gateway}/{step}/{ref}", http.HandlerFunc(p.hearCall)},
		{"GET /static/{file}", http.HandlerFunc(p.serveStatic)},
		{"GET /robots.txt", http.HandlerFunc(robots)},
		{"/", p.page(noSuchPage)},
	}
	if p.Demo != nil {
		list = append(list, route{"/demo/", p.Demo})
	}
	return list
}
