package web

import (
	"net/http"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

const settingsPath = "/settings"

// settingsView is the organisation's own figures.
type settingsView struct {
	frame
	Fields  []settingLine
	Version string
	By      byline
	Newer   bool
	Problem problem
	Done    string
}

// settingLine is one of them.
type settingLine struct {
	ID, Name, Value, Now string
	Label, Help          messages.Said
	Shown                bool // that another value is held now
	Problems             []problem
	Who                  string // changed it last
	At                   moment
}

// showSettings shows the figures, what each means, and who changed it last.
func (p *portal) showSettings(w http.ResponseWriter, r *http.Request) error {
	return p.settingsPage(w, r, http.StatusOK, settingsView{Done: doneWords[r.URL.Query().Get("done")]}, nil, nil)
}

func (p *portal) settingsPage(w http.ResponseWriter, r *http.Request, status int, v settingsView, typed map[string]string, wrong []desk.FieldProblem) error {
	s, err := p.Desk.SettingsPage(r.Context())
	if err != nil {
		return err
	}
	v.frame, v.By, v.Newer = p.frame(r, "Settings", vedette.StatusActual), bylineOf(r), v.Version != "" && v.Version != s.Version
	v.Place, v.Version = "house", s.Version
	for _, f := range s.Fields {
		l := settingLine{ID: "s-" + f.Name, Name: f.Name, Label: worded(f.Label.And(f.Unit)), Help: worded(f.Help), Value: safe(f.Value), Who: safe(f.By), At: when(f.At, p.Now(), "")}
		if text, ok := typed[f.Name]; ok {
			l.Value = safe(text)
			if v.Newer && text != f.Value {
				l.Now, l.Shown = safe(f.Value), true
			}
		}
		for _, x := range wrong {
			if x.Field == f.Name {
				l.Problems = append(l.Problems, refusal(x.Says))
			}
		}
		v.Fields = append(v.Fields, l)
	}
	return p.show(w, status, "settings", v)
}

// saveSettings keeps the figures as they were typed.
func (p *portal) saveSettings(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	if err != nil {
		return err
	}
	typed := map[string]string{}
	for name, values := range r.PostForm {
		if name != "by" && name != "version" {
			typed[name] = values[0]
		}
	}
	wrong, err := p.Desk.EditSettings(r.Context(), typed, r.PostForm.Get("version"), by)
	if err == nil && len(wrong) == 0 {
		http.Redirect(w, r, settingsPath+"?done=saved", http.StatusSeeOther)
		return nil
	}
	if err != nil && !mends(err) {
		return err
	}
	v, status := settingsView{Version: r.PostForm.Get("version"), Problem: saying(messages.Of("Nothing was saved: mend what is marked below."))}, http.StatusBadRequest
	if err != nil {
		v.Problem, status = refusal(err), http.StatusConflict
	}
	return p.settingsPage(w, r, status, v, typed, wrong)
}
