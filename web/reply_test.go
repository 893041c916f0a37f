package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/desk"
)

func TestOpeningAReplyLinkAnswersForNobody(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	path := "/r/" + w.token(u, "Chiara")
	seq, err := w.rows.Seq(w.ctx)
	must(t, err)
	for _, method := range []string{"GET", "HEAD", "GET"} {
		if rec := w.ask(method, path, ""); rec.Code != http.StatusOK {
			t.Errorf("%s: %d", method, rec.Code)
		}
	}
	if now, _ := w.rows.Seq(w.ctx); now != seq {
		t.Errorf("looking wrote %d log rows", now-seq)
	}
	tally, err := w.desk.Tally(w.ctx, u)
	must(t, err)
	if tally.Silent != tally.Concerned || tally.Deliveries[vedette.DeliveryAccepted] != 6 {
		t.Errorf("looking changed the counts: %+v", tally)
	}
}

func TestAReplyPageShowsOnlyWhatIsNeeded(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	page := w.get("/r/" + w.token(u, "Chiara"))
	wants(t, page, "Harbour Relief", "Dock walk-out closes Tunisian ports", "Are you safe?", "1 I am safe", "2 I need help", "3 I am not there", "I have read this")
	for _, private := range []string{"Chiara", "chiara@", "Avoid", "Keep away", "/updates", `href="/"`, "<nav", "<script", "Tunis office"} {
		if strings.Contains(page, private) {
			t.Errorf("the page shows %q", private)
		}
	}
	if !strings.Contains(page, `content="noindex`) {
		t.Error("the page may be indexed")
	}
}

func TestAnAnswerIsRecordedAndCanBeChanged(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	path := "/r/" + w.token(u, "Chiara")
	count := func() desk.Tally {
		tally, err := w.desk.Tally(w.ctx, u)
		must(t, err)
		return tally
	}
	wants(t, w.ask("POST", path, "answer=read").Body.String(), "You have read it.", "Are you safe?")
	if c := count(); c.Deliveries[vedette.DeliverySeen] != 1 || c.Silent != 7 {
		t.Errorf("after reading: %+v", c)
	}
	rec := w.ask("POST", path, "answer=2&text="+url.QueryEscape("on the roof\r\n<script>alert(1)</script>"), "Sec-Fetch-Site", "same-origin", "Origin", "null")
	wants(t, rec.Body.String(), "You need help.", "Recorded at 18:20 UTC", "on the roof")
	if strings.Contains(rec.Body.String(), "<script") {
		t.Error("what was written came back as markup")
	}
	if c := count(); c.Answers[vedette.ReplyHelp] != 1 || c.Silent != 6 {
		t.Errorf("after the call for help: %+v", c)
	}
	w.now = w.now.Add(time.Minute)
	wants(t, w.ask("POST", path, "answer=1").Body.String(), "I am safe", "Recorded at 18:21 UTC", "Answer again")
	if c := count(); c.Answers[vedette.ReplyHelp] != 0 || c.Answers[vedette.ReplySafe] != 1 {
		t.Errorf("after the change: %+v", c)
	}
}

func TestAWrongReplyIsRefusedInPlainWords(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	token := w.token(u, "Chiara")
	for _, c := range []struct {
		name, method, path, body string
		header                   []string
		status                   int
		say                      string
	}{
		{"altered", "GET", "/r/x" + token, "", nil, 403, "not complete or was altered"},
		{"altered post", "POST", "/r/x" + token, "answer=1", nil, 403, "local emergency number"},
		{"no answer", "POST", "/r/" + token, "text=hello", nil, 400, "Press one of the three buttons"},
		{"another answer", "POST", "/r/" + token, "answer=9", nil, 400, "Press one of the three buttons"},
		{"too long", "POST", "/r/" + token, "answer=1&text=" + strings.Repeat("x", 1001), nil, 400, "at most 1000"},
		{"far too long", "POST", "/r/" + token, "answer=1&text=" + strings.Repeat("x", 20<<10), nil, 413, "16384 bytes"},
		{"from another site", "POST", "/r/" + token, "answer=1", []string{"Sec-Fetch-Site", "cross-site"}, 403, "another site"},
		{"from another site, old browser", "POST", "/r/" + token, "answer=1", []string{"Origin", "https://evil.example"}, 403, "another site"},
	} {
		rec := w.ask(c.method, c.path, c.body, c.header...)
		if rec.Code != c.status || !strings.Contains(text(rec.Body.String()), c.say) {
			t.Errorf("%s: %d, want %d and %q:\n%s", c.name, rec.Code, c.status, c.say, text(rec.Body.String()))
		}
		if strings.Contains(rec.Body.String(), `href="/"`) {
			t.Errorf("%s: the page leads into the portal", c.name)
		}
	}
	if tally, err := w.desk.Tally(w.ctx, u); err != nil || tally.Silent != 7 {
		t.Errorf("something was recorded: %+v %v", tally, err)
	}
	w.now = w.now.Add(desk.LinkLife + time.Hour)
	rec := w.ask("POST", "/r/"+token, "answer=1")
	if rec.Code != http.StatusGone {
		t.Errorf("an old link: %d", rec.Code)
	}
	wants(t, rec.Body.String(), "This link is too old", "was good until", "Nothing was recorded")
}

// The page speaks the language of whoever opens it, from its own side, and to
// whoever is told discreetly it names neither the organisation nor what it is
// about.
func TestAReplyPageSpeaksToItsReader(t *testing.T) {
	w := newWorld(t)
	path := "/r/" + w.token(w.publish(harbours()), "Chiara")
	wish := func(language, discreet string) {
		_, err := w.desk.ImportPeople(w.ctx, strings.NewReader("name,email,city,country,language,discreet\n"+
			"Chiara Fonti,chiara@people.example.org,Tunis,TN,"+language+","+discreet+"\n"), desk.ImportOptions{})
		must(t, err)
	}
	wish("Arabic", "")
	page := w.get(path)
	wants(t, page, "هل أنت بأمان؟", "2 أحتاج إلى مساعدة", "Harbour Relief", "Dock walk-out closes Tunisian ports")
	if !strings.Contains(page, `<html lang="ar" dir="rtl">`) {
		t.Error("the page is not in Arabic from right to left")
	}
	for _, ours := range []string{"Are you safe", "I need help", "I have read this", "not needed", "sent ", "Skip to"} {
		if strings.Contains(page, ours) {
			t.Errorf("the page says %q in English", ours)
		}
	}
	wants(t, w.ask("POST", path, "answer=2").Body.String(), "تحتاج إلى مساعدة.", "رقم الطوارئ المحلي")
	wish("fr", "yes")
	page = w.get(path)
	wants(t, page, "Êtes-vous en sécurité ?")
	for _, told := range []string{"Harbour Relief", "Dock walk-out", "Tunis"} {
		if strings.Contains(page, told) {
			t.Errorf("the page names %q", told)
		}
	}
}
