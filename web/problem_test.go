package web

import (
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"vedette/web/messages"
)

// TestAnErrorIsMarkedAsEnglish: on a page of another language, an error's sentence is
// marked as English, and what the page says of its own stands before it in its language.
func TestAnErrorIsMarkedAsEnglish(t *testing.T) {
	w := newWorld(t)
	for _, tag := range messages.Languages() {
		for path, body := range map[string]string{
			"/tasks": filled("task", "7", "do", "done", "by", "Ada").Encode(), "/rota": filled("do", "add", "name", "").Encode(), "/handover": filled("do", "give").Encode(),
			"/reach?person=nobody%40example.org": "", "/who?area=Xyzzyburgh": "", "/cases/7": "", "/updates/7/board": "",
		} {
			method := "GET"
			if body != "" {
				method = "POST"
			}
			rec := w.ask(method, path, body, "Accept-Language", tag)
			page := rec.Body.String()
			marked := strings.Contains(page, `<span lang="en" dir="ltr">`)
			switch {
			case rec.Code == http.StatusSeeOther:
				t.Errorf("%s in %s was done", path, tag)
			case tag == messages.English && marked:
				t.Errorf("%s marks English on an English page", path)
			case tag != messages.English && !marked:
				t.Errorf("%s in %s has an error that is not marked as English: %s", path, tag, text(page))
			}
		}
		page := text(w.ask("POST", "/tasks", filled("task", "7", "do", "done", "by", "Ada").Encode(), "Accept-Language", tag).Body.String())
		if said := messages.In(tag).Text("Nothing was done."); !strings.Contains(page, said) {
			t.Errorf("the tasks in %s do not say %q", tag, said)
		}
	}
}

// TestEveryProblemIsShownAsOne: no template shows an error's sentence without saying in
// which language it is.
func TestEveryProblemIsShownAsOne(t *testing.T) {
	bare := regexp.MustCompile(`\{\{(?:t )?(?:\$v)?\.(?:Typed\.|View\.Typed\.)?(?:Share)?Problem\}\}|\{\{(?:with|range) \.(?:Share)?Problems?\}\}<p[^>]*>\{\{(?:t )?\.\}\}|\{\{\.Sentence\}\}`)
	for _, name := range templateNames(t) {
		b, err := templateFS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range bare.FindAllString(string(b), -1) {
			t.Errorf("%s has %s; write {{problem …}}", name, found)
		}
	}
}

// What stands in an error is text, whatever is in it.
func TestAProblemMakesNoElement(t *testing.T) {
	got, err := problemIn(messages.In("ar"), problem{errors.New("no place is “<b>x”")})
	if want := `<span lang="en" dir="ltr">No place is “&lt;b&gt;x”.</span>`; err != nil || string(got) != want {
		t.Errorf("%v, %s", err, got)
	}
	if got, err := problemIn(messages.In("fr"), nothingSaved(errors.New("it is <i>late</i>"))); err != nil || string(got) != `Rien n’a été enregistré. <span lang="en" dir="ltr">It is &lt;i&gt;late&lt;/i&gt;.</span>` {
		t.Errorf("%v, %s", err, got)
	}
}
