package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"vedette"
	"vedette/deliver/words"
	"vedette/desk"
	"vedette/web/messages"
)

const flashTemplatesPath = flashPath + "/templates"

// flashTemplatesView lists the templates of flashes.
type flashTemplatesView struct {
	frame
	Rows    []flashTemplateRow
	Done    string
	Problem problem
}

type flashTemplateRow struct {
	Key, Name, Address string
	Risk               badge
	Headline           string
	Whose              string // "built in", "yours, instead of what is built in", "yours"
	Lacks, Unread      messages.Said
	By                 string
	At                 moment
}

// listFlashTemplates lists them.
func (p *portal) listFlashTemplates(w http.ResponseWriter, r *http.Request) error {
	list, err := p.Desk.Flashes(r.Context())
	if err != nil {
		return err
	}
	v := flashTemplatesView{frame: p.frame(r, "Templates of flashes", vedette.StatusActual), Done: doneWords[r.URL.Query().Get("done")]}
	v.Place = "house"
	for i := range list {
		t := &list[i]
		row := flashTemplateRow{Key: t.Key, Name: safe(t.Name), Address: flashTemplatesPath + "/" + url.PathEscape(t.Key), Risk: riskBadge(t.Risk), Headline: safe(t.In(t.Language).Headline),
			Whose: messages.Mark("built in"), Lacks: languageNames(t.Lacks), Unread: languageNames(t.Unread), By: safe(t.By)}
		switch {
		case t.Own && t.BuiltIn:
			row.Whose = messages.Mark("yours, instead of what is built in")
		case t.Own:
			row.Whose = messages.Mark("yours")
		}
		if t.Own {
			row.At = when(t.At, p.Now(), "")
		}
		v.Rows = append(v.Rows, row)
	}
	return p.show(w, http.StatusOK, "flash-templates", v)
}

// writeFlashTemplate leads to the form of a template that there is not yet.
func (p *portal) writeFlashTemplate(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	key := vedette.CleanFlashKey(typed(q.Get("key")))
	if key == "" {
		return vedette.Errorf(vedette.CodeInvalid, "give the template a key: small letters, figures and hyphens")
	}
	http.Redirect(w, r, flashTemplatesPath+"/"+url.PathEscape(key)+"?"+url.Values{"as": {q.Get("as")}, "name": {q.Get("name")}}.Encode(), http.StatusSeeOther)
	return nil
}

// flashTemplateView is the form of one.
type flashTemplateView struct {
	frame
	Key, Name        string
	Version          string
	Own, BuiltIn     bool
	New              bool
	Categories       []option
	Urgencies, Risks []option
	Languages        []option
	Lines            []flashLineView
	Tongues          []flashTongueView
	By               byline
	Problem          problem
	Address          string
}

// flashLineView is what a line of advice tells to do.
type flashLineView struct {
	No      int
	Actions []option
}

// flashTongueView is what it says in a language, as the form has it.
type flashTongueView struct {
	Language, Direction       string
	Name                      messages.Said // of the language
	Headline, Advice, InError string        // the advice a line each
	Read                      bool
	ReadBy                    string
	Open                      bool
}

// maxAdviceLines is how many lines of advice the form takes.
const maxAdviceLines = 6

// showFlashTemplate shows a template, to be changed; one of a key that there is not yet, as
// another says it.
func (p *portal) showFlashTemplate(w http.ResponseWriter, r *http.Request) error {
	key := vedette.CleanFlashKey(r.PathValue("key"))
	t, err := p.Desk.FlashOf(r.Context(), key)
	if as := r.URL.Query().Get("as"); vedette.ErrorCode(err) == vedette.CodeInvalid && as != "" {
		if t, err = p.Desk.FlashOf(r.Context(), as); err == nil {
			from := *t
			from.Key, from.Name, from.Own, from.BuiltIn, from.Version = key, typed(r.URL.Query().Get("name")), false, false, ""
			return p.flashTemplatePage(w, r, http.StatusOK, &from, true, nil)
		}
	}
	if vedette.ErrorCode(err) == vedette.CodeInvalid {
		return vedette.Errorf(vedette.CodeNotFound, "there is no such template; it may have been taken back")
	}
	if err != nil {
		return err
	}
	return p.flashTemplatePage(w, r, http.StatusOK, t, false, nil)
}

func (p *portal) flashTemplatePage(w http.ResponseWriter, r *http.Request, code int, t *desk.FlashTemplate, isNew bool, wrong error) error {
	v := flashTemplateView{frame: p.frameOf(r, messages.Of("Template of flashes: %s", safe(firstOf(t.Name, t.Key))), vedette.StatusActual), Key: safe(t.Key), Name: safe(t.Name), Version: t.Version, Own: t.Own, BuiltIn: t.BuiltIn,
		New: isNew, By: bylineOf(r), Address: flashTemplatesPath + "/" + url.PathEscape(t.Key)}
	v.Place = "house"
	if wrong != nil {
		v.Problem = nothingSaved(wrong)
	}
	pairs := []string{"", messages.Mark("none")}
	for _, c := range vedette.Categories {
		pairs = append(pairs, c, plain(c))
	}
	v.Categories = options(t.Category, pairs...)
	v.Urgencies = options(t.Urgency.String(), "immediate", messages.Mark("immediate"), "expected", messages.Mark("expected"), "future", messages.Mark("future"))
	v.Risks = options(t.Risk.String(), "low", messages.Mark("low"), "moderate", messages.Mark("moderate"), "high", messages.Mark("high"), "extreme", messages.Mark("extreme"))
	var tongues, acts []string
	for _, l := range words.Languages() {
		tongues = append(tongues, l, words.Name(l))
	}
	v.Languages = options(t.Language, tongues...)
	acts = append(acts, "", messages.Mark("no such line"))
	for _, a := range vedette.FlashActions {
		acts = append(acts, string(a), firstOf(actionWords[a], plain(string(a))))
	}
	for i := range maxAdviceLines {
		do := ""
		if i < len(t.Do) {
			do = string(t.Do[i])
		}
		v.Lines = append(v.Lines, flashLineView{i + 1, options(do, acts...)})
	}
	for _, l := range words.Languages() {
		line := flashTongueView{Language: l, Name: languageName(l), Direction: words.In(l).Direction(), Open: l == t.Language}
		if s := t.In(l); s != nil {
			line.Headline, line.Advice, line.InError, line.Read, line.ReadBy = safe(s.Headline), adviceText(s.Advice), safe(s.InError), s.ReadBy != "", safe(s.ReadBy)
		}
		v.Tongues = append(v.Tongues, line)
	}
	return p.show(w, code, "flash-template", v)
}

// actionWords are what a line of advice may tell to do.
var actionWords = map[vedette.Action]string{
	vedette.Shelter: messages.Mark("shelter"), vedette.StayPut: messages.Mark("stay put"), vedette.Evacuate: messages.Mark("evacuate"), vedette.Leave: messages.Mark("leave"),
	vedette.AvoidPlaces: messages.Mark("avoid places"), vedette.LowProfile: messages.Mark("low profile"), vedette.TakePrecautions: messages.Mark("take precautions"),
	vedette.ExpectDisruption: messages.Mark("expect disruption"), vedette.SuspendOperations: messages.Mark("suspend operations"), vedette.UpdatePlans: messages.Mark("update plans"),
	vedette.Monitor: messages.Mark("monitor"), vedette.FollowAuthorities: messages.Mark("follow authorities"), vedette.ContactEmbassy: messages.Mark("contact embassy"),
	vedette.CheckIn: messages.Mark("check in"), vedette.OtherAction: messages.Mark("other"), vedette.AvoidAllTravel: messages.Mark("avoid all travel"),
	vedette.AvoidNonessentialTravel: messages.Mark("avoid nonessential travel"), vedette.ReconsiderTravel: messages.Mark("reconsider travel"),
	vedette.ReconsiderNonessentialTravel: messages.Mark("reconsider nonessential travel"), vedette.TravelWithCaution: messages.Mark("travel with caution"),
}

// adviceText are lines of text as a field of many lines has them.
func adviceText(lines []string) string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = safe(l)
	}
	return strings.Join(out, "\n")
}

// saveFlashTemplate saves a template, or takes back what was saved.
func (p *portal) saveFlashTemplate(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	if err != nil {
		return err
	}
	f := r.PostForm
	key := vedette.CleanFlashKey(r.PathValue("key"))
	if f.Get("do") == "restore" {
		if err = p.Desk.RestoreFlash(r.Context(), key, f.Get("version"), by); err == nil {
			http.Redirect(w, r, flashTemplatesPath+"?done=saved", http.StatusSeeOther)
		}
		return err
	}
	before, err := p.Desk.FlashOf(r.Context(), key)
	isNew := vedette.ErrorCode(err) == vedette.CodeInvalid
	if err != nil && !isNew {
		return err
	}
	t, err := readFlashTemplate(f, key)
	if err == nil {
		var old *vedette.FlashTemplate
		if before != nil {
			old = &before.FlashTemplate
		}
		readBy(&t, old, f, by)
		err = p.Desk.SaveFlash(r.Context(), t, f.Get("version"), by)
	}
	switch {
	case err == nil:
		http.Redirect(w, r, flashTemplatesPath+"?done=saved", http.StatusSeeOther)
		return nil
	case mends(err):
		shown := desk.FlashTemplate{FlashTemplate: t, Version: f.Get("version")}
		if before != nil {
			shown.Own, shown.BuiltIn = before.Own, before.BuiltIn
		}
		code := http.StatusBadRequest
		if vedette.ErrorCode(err) == vedette.CodeConflict {
			code = http.StatusConflict
		}
		return p.flashTemplatePage(w, r, code, &shown, isNew, err)
	}
	return err
}

// readFlashTemplate reads the form of a template. What is wrong with it is said by
// [vedette.FlashTemplate.Validate], but for words that are none of their list.
func readFlashTemplate(f url.Values, key string) (t vedette.FlashTemplate, err error) {
	t = vedette.FlashTemplate{Key: key, Name: strings.TrimSpace(f.Get("name")), Category: f.Get("category"), Language: f.Get("language")}
	for i := range maxAdviceLines {
		if do := f.Get("do-" + strconv.Itoa(i+1)); do != "" {
			t.Do = append(t.Do, vedette.Action(do))
		}
	}
	for _, l := range words.Languages() {
		s := vedette.Tongue{Language: l, Headline: strings.TrimSpace(f.Get("headline-" + l)), InError: strings.TrimSpace(f.Get("error-" + l))}
		for line := range strings.Lines(strings.ReplaceAll(f.Get("advice-"+l), "\r\n", "\n")) {
			if line = strings.TrimSpace(line); line != "" {
				s.Advice = append(s.Advice, line)
			}
		}
		if s.Headline != "" || s.InError != "" || len(s.Advice) > 0 {
			t.Says = append(t.Says, s)
		}
	}
	if t.Urgency, err = vedette.ParseUrgency(f.Get("urgency")); err == nil {
		t.Risk, err = vedette.ParseRisk(f.Get("risk"))
	}
	return t, err
}

// readBy says who answers for each language: whoever did and still does, where nothing of
// it was changed, else who ticks it.
func readBy(t, before *vedette.FlashTemplate, f url.Values, by string) {
	for i := range t.Says {
		s := &t.Says[i]
		if f.Get("read-"+s.Language) == "" {
			continue
		}
		s.ReadBy = strings.TrimSpace(by)
		if before == nil {
			continue
		}
		if was := before.In(s.Language); was != nil && was.ReadBy != "" && was.Headline == s.Headline && was.InError == s.InError && slices.Equal(was.Advice, s.Advice) {
			s.ReadBy = was.ReadBy
		}
	}
}
