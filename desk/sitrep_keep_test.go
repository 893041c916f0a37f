package desk

import (
	"strings"
	"testing"

	"vedette"
	"vedette/store"
)

// What is kept of a situation is what was signed, or nobody is shown it.
func TestWhatIsNotWhatWasSignedIsNotShown(t *testing.T) {
	r := newRoom(t)
	u := r.publish(alert)
	o := SitrepOrder{ID: vedette.NewID(r.now()), Update: u.ID, By: "Ada", Language: "en", Page: []byte("<article>all is known</article>"), Paper: []byte("%PDF")}
	s, err := r.KeepSitrep(t.Context(), o)
	r.ok(err)
	got, err := r.OpenSitrep(t.Context(), s.ID)
	if r.ok(err); string(got.HTML) != string(o.Page) || string(got.PDF) != "%PDF" || got.By != "Ada" || got.Situation != u.Situation.ID || got.Digest == "" {
		t.Errorf("%+v", got)
	}
	o.By = "Ben"
	if again, err := r.KeepSitrep(t.Context(), o); err != nil || again.By != "Ada" {
		t.Errorf("a form that was sent twice: %+v, %v", again, err)
	}
	for _, bad := range []func(o *SitrepOrder){
		func(o *SitrepOrder) { o.By = " " }, func(o *SitrepOrder) { o.ID = "x" }, func(o *SitrepOrder) { o.Page = nil },
		func(o *SitrepOrder) { o.Paper = make([]byte, maxSitrepPaper+1) },
	} {
		x := o
		x.ID = vedette.NewID(r.now())
		if bad(&x); true {
			if _, err := r.KeepSitrep(t.Context(), x); vedette.ErrorCode(err) != vedette.CodeInvalid {
				t.Errorf("%+v: %v", x.ID, err)
			}
		}
	}

	// Somebody writes into the database.
	rows := r.Store.In(r.Org.Key)
	k, err := rows.Sitrep(t.Context(), s.ID)
	r.ok(err)
	for name, forge := range map[string]func(k *store.KeptSitrep){
		"another page":  func(k *store.KeptSitrep) { k.Page = []byte("<script>") },
		"another paper": func(k *store.KeptSitrep) { k.Paper = []byte("%PDF-2") },
		"another name":  func(k *store.KeptSitrep) { k.Body = []byte(strings.Replace(string(k.Body), `"Ada"`, `"Eve"`, 1)) },
		"no record":     func(k *store.KeptSitrep) { k.Verb = "kept" },
	} {
		x := k
		x.ID = vedette.NewID(r.now())
		x.Body = []byte(strings.Replace(string(x.Body), string(k.ID), string(x.ID), 1))
		x.Digest = r.Key.Identity("sitrep", string(x.Body))
		forge(&x)
		r.ok(rows.AddSitrep(t.Context(), x))
		if _, err := r.OpenSitrep(t.Context(), x.ID); vedette.ErrorCode(err) != vedette.CodeInternal {
			t.Errorf("%s: %v", name, err)
		}
	}
}
