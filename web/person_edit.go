package web

import (
	"net/http"
	"strings"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// fieldFormView is a form that a person or a site is edited or added with.
type fieldFormView struct {
	frame
	Heading, Name string
	Address, Back string
	Version       string
	Groups        []fieldGroup
	Ticks         bool // it asks whether they are still where they are kept
	Confirm       bool
	Button        string
	Problem       problem
	Newer         bool // another saved it meanwhile
}

// fieldGroup are fields that belong together.
type fieldGroup struct {
	Name   string
	Fields []formField
}

// formField is a field of a form: what is typed, what is held now where that is
// another since, and what is wrong with it.
type formField struct {
	ID, Name, Label, Help, Value, Now string
	Shown                             bool // that it is another
	Problems                          []problem
	Choices                           []option
	Secret                            bool
}

// groupOf are fields of a form that belong together.
type groupOf struct {
	name   string
	fields []string
}

// personGroups are the fields of a person as the form has them.
var personGroups = []groupOf{
	{messages.Mark("Who"), []string{"name", "email", "mobile", "voice", "language", "id", "manager", "citizenship", "standing"}},
	{messages.Mark("Where they are kept"), []string{"site", "country", "state or province", "city", "coordinates", "precision"}},
	{messages.Mark("How they are told"), []string{"check-ins", "discreet", "restricted", "quiet hours", "channels", "digest", "duress word"}},
	{messages.Mark("Who goes with them, and whom to ask"), []string{"dependants", "emergency contact", "companion"}},
}

// fieldChoices are the fields that have but a few values.
var fieldChoices = map[string][]string{
	"standing":  {"", messages.Mark("not known"), "resident", messages.Mark("resident, from elsewhere"), "visitor", messages.Mark("visitor"), "local", messages.Mark("local")},
	"precision": {"", messages.Mark("exact"), "city", messages.Mark("city"), "country", messages.Mark("country")},
	"check-ins": {"", messages.Mark("no"), "yes", messages.Mark("yes")},
	"discreet":  {"", messages.Mark("no"), "yes", messages.Mark("yes")}, "restricted": {"", messages.Mark("no"), "yes", messages.Mark("yes")},
}

// editPersonForm shows the form that somebody is edited with.
func (p *portal) editPersonForm(w http.ResponseWriter, r *http.Request) error {
	f, err := p.Desk.PersonForm(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return p.personForm(w, r, http.StatusOK, fieldFormView{Version: f.Version}, f.Held, f, nil)
}

// addPersonForm shows the form that somebody is added with.
func (p *portal) addPersonForm(w http.ResponseWriter, r *http.Request) error {
	return p.personForm(w, r, http.StatusOK, fieldFormView{}, nil, nil, nil)
}

// personForm shows a form of what was typed; held is who it is of, nil for
// somebody new.
func (p *portal) personForm(w http.ResponseWriter, r *http.Request, status int, v fieldFormView, typed map[string]string, held *desk.PersonForm, wrong []desk.FieldProblem) error {
	v.Heading, v.Address, v.Back, v.Button = messages.Mark("Add somebody"), peoplePath, peoplePath, messages.Mark("Add them")
	var now map[string]string
	if held != nil {
		v.Name, now = safe(held.Person.Record.Name), held.Held
		v.Heading, v.Address, v.Button, v.Ticks = messages.Mark("Edit"), personAddress(held.Person.ID), messages.Mark("Save"), true
		v.Back = v.Address
	}
	return p.fieldForm(w, r, status, v, personGroups, typed, now, wrong)
}

// fieldForm shows a form of fields: what was typed, beside it what is held now where
// another saved that meanwhile, and what is wrong with each.
func (p *portal) fieldForm(w http.ResponseWriter, r *http.Request, status int, v fieldFormView, groups []groupOf, typed, held map[string]string, wrong []desk.FieldProblem) error {
	v.frame = p.frame(r, v.Heading, vedette.StatusActual)
	v.Place = "house"
	met := map[string]bool{}
	for _, g := range groups {
		group := fieldGroup{Name: g.name}
		for _, name := range g.fields {
			f := formField{ID: "f-" + strings.ReplaceAll(name, " ", "-"), Name: name, Label: fieldLabels[name][0], Help: fieldLabels[name][1], Value: safe(typed[name])}
			if choices := fieldChoices[name]; choices != nil {
				f.Choices = options(f.Value, choices...)
			}
			if v.Newer && held[name] != typed[name] {
				f.Now, f.Shown = safe(held[name]), true
			}
			for _, x := range wrong {
				if x.Field == name {
					f.Problems, met[name] = append(f.Problems, refusal(x.Says)), true
				}
			}
			group.Fields = append(group.Fields, f)
		}
		v.Groups = append(v.Groups, group)
	}
	for _, x := range wrong {
		if !met[x.Field] {
			v.Problem = refusal(x.Says)
		}
	}
	if len(wrong) > 0 && len(v.Problem) == 0 {
		v.Problem = saying(messages.Of("Nothing was saved: mend what is marked below."))
	}
	return p.show(w, status, "fieldform", v)
}

// savePerson keeps what was typed of somebody, new or known.
func (p *portal) savePerson(w http.ResponseWriter, r *http.Request) error {
	if _, err := readForm(w, r); err != nil {
		return err
	}
	e := desk.PersonEdit{Person: vedette.ID(r.PathValue("id")), Version: r.PostForm.Get("version"), Typed: map[string]string{}, Confirm: r.PostForm.Get("confirm") != ""}
	for _, f := range desk.PersonFields {
		e.Typed[f] = r.PostForm.Get(f)
	}
	who, wrong, err := p.Desk.EditPerson(r.Context(), e)
	switch code := vedette.ErrorCode(err); {
	case err == nil && len(wrong) == 0 && e.Person == "":
		http.Redirect(w, r, personAddress(who.ID)+"?done=added", http.StatusSeeOther)
		return nil
	case err == nil && len(wrong) == 0:
		http.Redirect(w, r, personAddress(who.ID)+"?done=saved", http.StatusSeeOther)
		return nil
	case err != nil && code != vedette.CodeInvalid && code != vedette.CodeConflict:
		return err
	}
	v := fieldFormView{Version: e.Version, Confirm: e.Confirm}
	status := http.StatusBadRequest
	var held *desk.PersonForm
	if e.Person != "" {
		var gone error
		if held, gone = p.Desk.PersonForm(r.Context(), e.Person); gone != nil {
			return gone
		}
		// Whoever saves once more saves over what stands beside their words now.
		v.Newer = held.Version != e.Version
		v.Version = held.Version
	}
	if err != nil {
		v.Problem = refusal(err)
		if vedette.ErrorCode(err) == vedette.CodeConflict {
			status = http.StatusConflict
			v.Problem = nothingSaved(err)
		}
	}
	return p.personForm(w, r, status, v, e.Typed, held, wrong)
}
