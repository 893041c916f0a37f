package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// auditRows is how many rows of the record a page shows.
const auditRows = 100

const auditPath = "/audit"

// auditView is the record: who did what.
type auditView struct {
	frame
	Kinds         []option
	Kind, Who, Of string
	Rows          []auditLine
	Older         string // address of the next page, "" for none
	Filtered      bool
}

// These are the doors as a page names them.
var _ = []string{messages.Mark("portal"), messages.Mark("command line"), messages.Mark("link"), messages.Mark("gateway"), messages.Mark("token"), messages.Mark("vedette")}

// auditLine is a row of the record.
type auditLine struct {
	Seq      int64
	At       moment
	What     messages.Said
	Address  string // of the thing, or of what else was done to it; "" for neither
	Who, Via string
	WhoLink  string // what they did besides
}

// showAudit lists the record, newest first.
func (p *portal) showAudit(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	before, _ := strconv.ParseInt(q.Get("before"), 10, 64) // what is no number is the first page
	v := auditView{frame: p.frame(r, "Record", vedette.StatusActual), Kind: typed(q.Get("kind")), Who: typed(q.Get("who")), Of: typed(q.Get("of"))}
	v.Place, v.Filtered = "audit", v.Kind != "" || v.Who != "" || v.Of != ""
	for _, k := range vedette.LogKinds {
		v.Kinds = append(v.Kinds, option{string(k), firstOf(kindNames[k], string(k)), string(k) == v.Kind})
	}
	if v.Kind != "" && !slices.Contains(vedette.LogKinds, vedette.LogKind(v.Kind)) {
		return vedette.Errorf(vedette.CodeInvalid, "there are no rows about %q; choose one of the list", v.Kind)
	}
	rows, err := p.Desk.Audit(r.Context(), desk.LogQuery{Before: max(before, 0), Kind: vedette.LogKind(v.Kind), Ref: vedette.ID(v.Of), Actor: v.Who, Limit: auditRows + 1})
	if err != nil {
		return err
	}
	if len(rows) > auditRows {
		rows = rows[:auditRows]
		v.Older = auditAddress(v.Kind, v.Who, v.Of, rows[auditRows-1].Seq)
	}
	for _, e := range rows {
		v.Rows = append(v.Rows, auditLineOf(&e, p.Now()))
	}
	return p.show(w, http.StatusOK, "audit", v)
}

func auditLineOf(e *vedette.LogEntry, now time.Time) auditLine {
	l := auditLine{Seq: e.Seq, At: when(e.At, now, ""), What: rowWords(e), Who: safe(e.By.Name), Via: string(e.By.Via)}
	switch {
	case l.Who != "":
		l.WhoLink = auditAddress("", e.By.Name, "", 0)
	case e.By.Via == "":
		l.Via = messages.Mark("not kept##who did it")
	}
	if of, ok := auditPages[e.Kind]; ok && e.Ref != "" {
		l.Address = of + url.PathEscape(e.Ref)
	} else if e.Ref != "" {
		l.Address = auditAddress("", "", e.Ref, 0)
	}
	return l
}

// auditPages are where the things of a kind are shown.
var auditPages = map[vedette.LogKind]string{
	vedette.LogUpdate: "/updates/", vedette.LogFanout: "/updates/", vedette.LogDelivery: "/updates/", vedette.LogReply: "/updates/", vedette.LogCondition: "/updates/", vedette.LogHandout: "/updates/",
	vedette.LogFlash: "/flash/templates/", vedette.LogDraft: "/drafts/", vedette.LogApproval: "/drafts/", vedette.LogCase: "/cases/", vedette.LogFile: "/reports/", vedette.LogSitrep: sitrepsPath, vedette.LogRollcall: "/rollcalls/", vedette.LogHandover: "/handover/",
}

func auditAddress(kind, who, of string, before int64) string {
	q := url.Values{}
	for k, v := range map[string]string{"kind": kind, "who": who, "of": of} {
		if v != "" {
			q.Set(k, v)
		}
	}
	if before > 0 {
		q.Set("before", strconv.FormatInt(before, 10))
	}
	return auditPath + "?" + q.Encode()
}

// auditCheckView is what the record was found to be.
type auditCheckView struct {
	frame
	Rows   int64
	Head   string
	Faults []string
	More   int
	Sealed int64
	At     moment
	Known  string // the head it was held against
}

// checkAudit goes through the whole record.
func (p *portal) checkAudit(w http.ResponseWriter, r *http.Request) error {
	v := auditCheckView{frame: p.frame(r, messages.Mark("Record, gone through"), vedette.StatusActual), Known: typed(r.URL.Query().Get("head"))}
	v.Place = "audit"
	c, err := p.Desk.CheckLog(r.Context(), r.URL.Query().Get("head"))
	if err != nil {
		return err
	}
	v.Rows, v.Head, v.More, v.Sealed, v.At = c.Head.Seq, c.Head.String(), c.More, c.Sealed, when(c.At, p.Now(), "")
	for _, f := range c.Faults {
		v.Faults = append(v.Faults, f.String())
	}
	return p.show(w, http.StatusOK, "audit-check", v)
}
