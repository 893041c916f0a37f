package desk

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
)

// refuses wants an error of a code that says words.
func (r *room) refuses(err error, code vedette.Code, words string) {
	r.t.Helper()
	if vedette.ErrorCode(err) != code || !strings.Contains(err.Error(), words) {
		r.t.Errorf("%v, want %s with %q", err, code, words)
	}
}

const flashPeople = `name,email,city,country,language
Ali Hassan,ali@people.example.org,Basra,IQ,ar
Ben Ito,ben@people.example.org,Basra,IQ,en
Claire Roy,claire@people.example.org,Basra,IQ,fr
Dana Weil,,Basra,IQ,de
Eva Lund,eva@people.example.org,Amman,JO,en
`

// Whoever is there is told in their language, what is known as it was said, and exactly
// they hear it should it be sent in error.
func TestAFlashTellsPeopleInTheirLanguage(t *testing.T) {
	onEngines(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		r.bring(flashPeople, ImportOptions{})
		area, _, err := r.ReadPlace("Basra")
		r.ok(err)
		dr, err := r.KeepFlash(ctx, FlashOrder{Template: "strike", Area: area, Line: "  Blasts heard at 02:10,\nby two of ours. ", By: "Ada"})
		r.ok(err)
		kept, err := r.Draft(ctx, dr.Update.ID)
		r.ok(err)
		if s := kept.Update.Content.Summary; len(s) != 1 || s[0].Text != "Blasts heard at 02:10, by two of ours." || len(kept.Update.Tongues) != 7 {
			t.Errorf("kept: %+v", kept.Update)
		}
		pv, err := r.Preview(ctx, kept, PublishOrder{})
		r.ok(err)
		if pv.In != 4 || pv.Unreachable.N != 1 || pv.Bare != 0 || len(pv.Unplaced) > 0 {
			t.Errorf("preview: %+v", pv)
		}
		said := map[string]ToldIn{}
		for _, l := range pv.ToldIn {
			said[l.Language] = l
		}
		if ar := said["ar"]; len(said) != 3 || ar.N != 1 || ar.Lacks || !ar.Unread || !strings.Contains(ar.Subject, "قصف جوي أو صاروخي") || len(ar.Advice) != 3 {
			t.Errorf("told in: %+v", said)
		}
		u, err := r.PublishDraft(ctx, kept, PublishOrder{By: "Ada", Seen: 1})
		r.ok(err)
		if u.Number != 1 || u.Situation.Title != "Air or missile strike: Basra, Iraq" || u.Flash != "strike" || len(u.Tongues) != 7 {
			t.Errorf("published: %+v", u)
		}
		v := vedette.Variant{Lines: []vedette.NoticeLine{{Area: area}, {Item: 1, Area: area}}, Areas: []vedette.AreaID{area}, Risk: vedette.RiskExtreme}
		m, err := deliver.Render(deliver.Notice{Update: u, Variant: v, Language: "fr", AreaName: r.Gaz.NameIn})
		r.ok(err)
		text := m.Message(deliver.Personal{Relation: vedette.RelationIn}).Text
		for _, want := range []string{"Frappe aérienne ou de missile : Basra, Iraq", "Ce que sait le service de sécurité : Blasts heard at 02:10, by two of ours.", "• Abritez-vous maintenant"} {
			if !strings.Contains(text, want) {
				t.Errorf("the mail does not say %q:\n%s", want, text)
			}
		}
		// The second of the desk who presses, and a command that was repeated.
		again, err := r.ComposeFlash(ctx, FlashOrder{Template: "strike", Area: area})
		r.ok(err)
		_, err = r.PublishDraft(ctx, again, PublishOrder{By: "Ben"})
		r.refuses(err, vedette.CodeConflict, "the very same flash was published")
		r.jump(31 * time.Minute)
		pv, err = r.Preview(ctx, again, PublishOrder{})
		if r.ok(err); pv.Again != nil {
			t.Error("half an hour later it is taken for the same")
		}
		body, err := r.rows.Retraction(ctx, u.Key)
		r.ok(err)
		ready, err := deliver.Thaw(body)
		r.ok(err)
		for language, want := range map[string]string{"ar": "تحذيرنا من قصف (Basra, Iraq) كان خطأً منا.", "fr": "Notre alerte de frappe (Basra, Iraq) était une erreur.", "en": "Our warning of a strike (Basra, Iraq) was a mistake."} {
			if text := ready.Mail(language, false).Message(deliver.Personal{}).Text; !strings.Contains(text, want) {
				t.Errorf("%s: not %q:\n%s", language, want, text)
			}
			if line := ready.Brief(language, false, 3).Text("https://x.example.org/r/abc"); !strings.Contains(line, want) {
				t.Errorf("%s: not %q: %s", language, want, line)
			}
			if quiet := ready.Mail(language, true).Message(deliver.Personal{}).Text; strings.Contains(quiet, want) {
				t.Errorf("%s: discreetly it says %q", language, want)
			}
		}
		gone, err := r.Retract(ctx, RetractOrder{Update: u.ID})
		if r.ok(err); len(gone.Tongues) != 7 || gone.Flash != "" {
			t.Errorf("retracted: %+v", gone)
		}
	})
}

// What is drawn: whoever is in the circle, and what it advises is for them.
func TestAFlashOfWhatIsDrawn(t *testing.T) {
	onEngines(t, func(t *testing.T, r *room) {
		r.bring(flashPeople, ImportOptions{})
		_, shapes, err := r.ReadPlace("30.51, 47.78, 25")
		r.ok(err)
		dr, err := r.ComposeFlash(t.Context(), FlashOrder{Template: "attack", Shapes: shapes, Risk: vedette.RiskHigh, Status: vedette.StatusExercise})
		r.ok(err)
		pv, err := r.Preview(t.Context(), dr, PublishOrder{})
		r.ok(err)
		if pv.Concerned != 4 || pv.Bare != 0 || len(pv.Unplaced) > 0 || dr.Update.Content.Risk != vedette.RiskHigh || !strings.Contains(dr.Update.Content.Headline, "circle of 25 km near Basra") {
			t.Errorf("%+v %+v", pv, dr.Update.Content)
		}
	})
}

// A flash that is made anew under its id is the same draft, with what was changed.
func TestAFlashIsMadeAnew(t *testing.T) {
	r := newRoom(t)
	ctx := t.Context()
	id := vedette.NewID(r.now())
	o := FlashOrder{Template: "strike", Area: "IQ", ID: id, By: "Ada"}
	_, err := r.KeepFlash(ctx, o)
	r.ok(err)
	_, err = r.KeepFlash(ctx, o) // pressed twice
	r.ok(err)
	o.Area, o.Line, o.Seen = "JO", "It is Jordan", 1
	dr, err := r.KeepFlash(ctx, o)
	r.ok(err)
	if dr.Update.ID != id || len(dr.Update.Edits) != 2 || dr.Update.Content.Affected[0].Area != "JO" || dr.Update.Before(1).Content.Affected[0].Area != "IQ" {
		t.Errorf("%+v", dr.Update)
	}
	o.Area = "IQ"
	_, err = r.KeepFlash(ctx, o)
	r.refuses(err, vedette.CodeConflict, "changed by Ada")
	list, err := r.Drafts(ctx)
	if r.ok(err); len(list) != 1 {
		t.Errorf("%d drafts", len(list))
	}
	d, err := r.NewDraft(ctx, KeepOrder{DraftOrder: DraftOrder{Text: []byte(alert), Origin: "test"}, By: "Ada"})
	r.ok(err)
	o.ID, o.Seen = d.Update.ID, 0
	_, err = r.KeepFlash(ctx, o)
	r.refuses(err, vedette.CodeConflict, "no flash")
	for _, x := range []struct {
		o     FlashOrder
		words string
	}{{FlashOrder{Template: "nothing", Area: "IQ"}, "there is no template"}, {FlashOrder{Template: "strike"}, "say where"}, {FlashOrder{Template: "strike", Area: "XX"}, "say where"},
		{FlashOrder{Template: "strike", Area: "IQ", Line: strings.Repeat("x", 301)}, "longer than 300"}, {FlashOrder{Template: "strike", Area: "IQ", Risk: 9}, "risk"}} {
		_, err := r.ComposeFlash(ctx, x.o)
		r.refuses(err, vedette.CodeInvalid, x.words)
	}
}

// Where the organisation wants the word of two, a flash asks for it, or breaks the glass.
func TestAFlashAndASecondPerson(t *testing.T) {
	r := newRoom(t)
	ctx := t.Context()
	r.bring(flashPeople, ImportOptions{})
	set, err := r.Settings(ctx)
	r.ok(err)
	set.Approval = vedette.ApproveExtreme
	r.ok(r.SaveSettings(ctx, set, "Ada"))
	dr, err := r.KeepFlash(ctx, FlashOrder{Template: "strike", Area: "IQ", By: "Ada"})
	r.ok(err)
	_, err = r.PublishDraft(ctx, dr, PublishOrder{By: "Ada"})
	r.refuses(err, vedette.CodeConflict, "second person")
	a, err := r.AskApproval(ctx, dr, PublishOrder{By: "Ada"})
	r.ok(err)
	u, err := r.Approve(ctx, a.ID, "Ben")
	if r.ok(err); len(u.Tongues) != 7 {
		t.Errorf("approved: %+v", u)
	}
	dr, err = r.KeepFlash(ctx, FlashOrder{Template: "attack", Area: "IQ", By: "Ada"})
	r.ok(err)
	_, err = r.BreakGlass(ctx, dr, PublishOrder{By: "Ada", Reason: "nobody answers"}, false)
	r.ok(err)
}

// An organisation's own word goes before what is built in, until it is taken back.
func TestTemplatesOfAnOrganisation(t *testing.T) {
	onEngines(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		list, err := r.Flashes(ctx)
		r.ok(err)
		if len(list) != 5 || list[0].Key != "strike" || list[0].Own || len(list[0].Lacks) > 0 || len(list[0].Unread) != 6 {
			t.Fatalf("%+v", list)
		}
		own := vedette.FlashTemplate{Key: "Gas", Name: "Gas leak", Urgency: vedette.UrgencyImmediate, Risk: vedette.RiskHigh, Language: "fr", Do: []vedette.Action{vedette.Evacuate},
			Says: []vedette.Tongue{{Language: "fr", Headline: "Fuite de gaz : {place}", Advice: []string{"Sortez et éloignez-vous."}, InError: "Il n'y a pas de fuite ({place})."}}}
		r.ok(r.SaveFlash(ctx, own, "", "Ada"))
		got, err := r.FlashOf(ctx, "gas")
		r.ok(err)
		if !got.Own || got.BuiltIn || len(got.Lacks) != 6 || got.By != "Ada" || got.Version == "" {
			t.Errorf("%+v", got)
		}
		r.refuses(r.SaveFlash(ctx, own, "", "Ben"), vedette.CodeConflict, "somebody else")
		// Who reads a language that it lacks is told in its own, and the preview says so.
		r.bring(flashPeople, ImportOptions{})
		dr, err := r.ComposeFlash(ctx, FlashOrder{Template: "gas", Area: "IQ"})
		r.ok(err)
		pv, err := r.Preview(ctx, dr, PublishOrder{})
		r.ok(err)
		for _, l := range pv.ToldIn {
			if l.Lacks != (l.Language != "fr") || !strings.Contains(strings.Join(l.Advice, ""), "Sortez") {
				t.Errorf("%+v", l)
			}
		}
		strike := list[0].FlashTemplate
		strike.Name = "Air raid"
		r.ok(r.SaveFlash(ctx, strike, "", "Ada"))
		got, err = r.FlashOf(ctx, "strike")
		r.ok(err)
		if got.Name != "Air raid" || !got.Own || !got.BuiltIn {
			t.Errorf("%+v", got)
		}
		r.refuses(r.RestoreFlash(ctx, "strike", "older", "Ada"), vedette.CodeConflict, "somebody else")
		r.ok(r.RestoreFlash(ctx, "strike", got.Version, "Ada"))
		got, err = r.FlashOf(ctx, "strike")
		if r.ok(err); got.Name != "Strike" || got.Own {
			t.Errorf("%+v", got)
		}
		r.refuses(r.RestoreFlash(ctx, "strike", "", "Ada"), vedette.CodeNotFound, "nothing of your own")
		strike.Says = nil
		r.refuses(r.SaveFlash(ctx, strike, "", "Ada"), vedette.CodeInvalid, "own language")
	})
}
