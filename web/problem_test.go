package web

import (
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"vedette"
	"vedette/intake"
	"vedette/intake/sheet"
	"vedette/web/messages"
)

// TestAnErrorIsSaidInTheReadersLanguage: on a page of another language nothing of an error is
// in English, and what the page says of its own stands before it.
func TestAnErrorIsSaidInTheReadersLanguage(t *testing.T) {
	w := newWorld(t)
	for _, tag := range messages.Languages() {
		for path, body := range map[string]string{
			"/tasks": filled("task", "7", "do", "done", "by", "Ada").Encode(), "/rota": filled("do", "add", "name", "").Encode(), "/handover": filled("do", "give").Encode(),
			"/reach?person=nobody%40example.org": "", "/who?area=Xyzzyburgh": "", "/cases/7": "", "/updates/7/board": "", "/nothing": "",
			"/people": filled("name", "Ada Byron", "email", "foo@", "mobile", "12", "country", "Irak").Encode(),
		} {
			method := "GET"
			if body != "" {
				method = "POST"
			}
			rec := w.ask(method, path, body, "Accept-Language", tag)
			page := rec.Body.String()
			if rec.Code < http.StatusBadRequest {
				t.Errorf("%s in %s was done: %d", path, tag, rec.Code)
			}
			for _, wrong := range []string{`<span lang="en" dir="ltr">`, "%!", `\u20`, "&lt;span", "ZgotmplZ"} {
				if strings.Contains(page, wrong) {
					t.Errorf("%s in %s has %s in it: %s", path, tag, wrong, text(page))
				}
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

// said is a problem in a language, as a page has it.
func said(t *testing.T, tag string, of any) string {
	t.Helper()
	got, err := problemIn(messages.In(tag), of)
	if err != nil {
		t.Fatal(err)
	}
	return string(got)
}

// An error that a language has no sentence for is said in English, and marked as English.
func TestAnUnknownErrorIsMarkedAsEnglish(t *testing.T) {
	unknown := errors.New("no place is “<b>x”")
	for of, want := range map[*problem]string{
		{unknown}: `<span lang="en" dir="ltr">No place is “&lt;b&gt;x”.</span>`,
		{messages.Of("Nothing was saved."), errors.New("it is <i>late</i>")}:                                                                 `Rien n’a été enregistré. <span lang="en" dir="ltr">It is &lt;i&gt;late&lt;/i&gt;.</span>`,
		{vedette.Errorf(vedette.CodeInvalid, "a sentence that nobody wrote a row for: %q", "<b>")}:                                           `<span lang="en" dir="ltr">A sentence that nobody wrote a row for: &#34;&lt;b&gt;&#34;.</span>`,
		{vedette.Wrap(unknown, vedette.CodeInvalid, "the form could not be read; send it again, a file of at most %d MB", 3)}:                `<span lang="en" dir="ltr">no place is “&#60;b&gt;x”</span>.`,
		{vedette.Errorf(vedette.CodeInvalid, "%s: %s", vedette.Errorf(vedette.CodeInvalid, "nobody wrote this one"), messages.Of("Nobody"))}: `<span lang="en" dir="ltr">nobody wrote this one</span>`,
	} {
		if got := said(t, "fr", *of); !strings.Contains(got, want) {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	if got := said(t, "en", problem{unknown}); got != "No place is “&lt;b&gt;x”." {
		t.Errorf("in English: %s", got)
	}
}

// What stands in an error is text, whatever is in it, and turns no sentence.
func TestAProblemMakesNoElement(t *testing.T) {
	hostile := "<1>\u202e<b onclick=x>%s"
	for _, tag := range messages.Languages() {
		for _, err := range []error{
			vedette.Errorf(vedette.CodeNotFound, "%q is nobody's id; the list of people leads to each", hostile),
			vedette.Errorf(vedette.CodeInvalid, "“%s” %s", hostile, vedette.Errorf(vedette.CodeInvalid, "is not an address: %q may not stand before the @", '<')),
		} {
			got := said(t, tag, problem{err})
			if strings.Contains(got, "<b onclick") || strings.Contains(got, "\u202e") || strings.Contains(got, "%!") || tag != messages.English && (strings.Contains(got, `\u`) || strings.Contains(got, "&lt;1&gt;")) {
				t.Errorf("in %s it makes %s", tag, got)
			}
		}
	}
	if got := said(t, "ar", problem{vedette.Errorf(vedette.CodeNotFound, "%q is nobody's id; the list of people leads to each", "x7")}); !strings.Contains(got, "\u2068x7\u2069") {
		t.Errorf("what is filled in is not kept apart: %s", got)
	}
}

// A sentence begins with a large letter and ends with a stop, in whatever language.
func TestASaidErrorStandsAlone(t *testing.T) {
	for from, want := range map[string]string{"ça va": "Ça va.", "пусто": "Пусто.", "آیا؟": "آیا؟", "est-ce lui ?": "Est-ce lui ?", "fin…": "Fin…", "<span>a</span>": "<span>a</span>.", "\u2068x\u2069": "\u2068x\u2069."} {
		if got := begun(ended(from)); got != want {
			t.Errorf("%q becomes %q, want %q", from, got, want)
		}
	}
}

// What is wrong with a row of a file is said whole, with where it stands.
func TestARowsProblemIsSaid(t *testing.T) {
	_, why := intake.Email("foo@")
	x := sheet.Problem{Line: 7, Column: 3, Header: "email", Value: "foo@", Reason: why}
	if got := said(t, "en", refusal(x)); got != "Line 7, column 3 (email): &#34;foo@&#34; is not an address: nothing stands after the @." {
		t.Errorf("in English: %s", got)
	}
	for _, tag := range messages.Languages() {
		got := said(t, tag, refusal(x))
		if tag != messages.English && (strings.Contains(got, "<span") || strings.Contains(got, "&#34;") || !strings.Contains(got, messages.In(tag).Text("is not an address: nothing stands after the @"))) {
			t.Errorf("in %s: %s", tag, got)
		}
	}
}

// What the script of a page shows of a refusal is text, in the reader's language.
func TestAScriptIsToldInTheReadersLanguage(t *testing.T) {
	p := told(vedette.Errorf(vedette.CodeForbidden, "“%s” %s", "<x>", messages.Of("Nobody")))
	if got := p.text(messages.In("fr")); !strings.Contains(got, "<x>") || strings.Contains(got, "&") {
		t.Errorf("it is told %q", got)
	}
}
