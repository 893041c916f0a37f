package store_test

import (
	"testing"
	"time"

	"vedette"
)

// second is another organisation of the store.
func (w *world) second(name string) vedette.Organisation {
	w.t.Helper()
	o, err := w.s.AddOrganisation(w.ctx, name, t0)
	w.ok(err)
	return o
}

func TestOrganisationsHaveNamesOfTheirOwn(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ridge := w.second("Ridge Aid, e.V.")
		equal(t, "short name", ridge.Handle, "ridge-aid-e-v")
		again := w.second("Ridge Aid, e.V.")
		if again.Handle == ridge.Handle || again.Handle == "" {
			t.Errorf("two are called %s", again.Handle)
		}
		if o := w.second("منظمة الإغاثة"); o.Handle == "" || o.Name != "منظمة الإغاثة" {
			t.Errorf("%+v", o)
		}
		for _, bad := range []vedette.Organisation{{Name: " "}, {Name: "x", Handle: "Ridge"}, {Name: "x", Handle: "9x"}, {Name: "x", Handle: "x-"}, {Name: "x\ny", Handle: "x/.."}} {
			_, err := w.s.AddOrganisationAs(w.ctx, bad, t0)
			w.code(err, vedette.CodeInvalid)
		}
		_, err := w.s.AddOrganisationAs(w.ctx, vedette.Organisation{Name: "x", Handle: ridge.Handle}, t0)
		w.code(err, vedette.CodeTaken)
		_, err = w.s.ChangeOrganisation(w.ctx, again.Key, "renamed", t0, func(o *vedette.Organisation) error { o.Handle = ridge.Handle; return nil })
		w.code(err, vedette.CodeTaken)
		o, err := w.s.ChangeOrganisation(w.ctx, again.Key, "closed", t0, func(o *vedette.Organisation) error { o.Closed = t0; return nil })
		w.ok(err)
		list, err := w.s.Organisations(w.ctx)
		w.ok(err)
		all, err := w.s.AllOrganisations(w.ctx)
		w.ok(err)
		if len(all) != len(list)+1 || !o.Closed.Equal(t0) {
			t.Errorf("%d open, %d in all", len(list), len(all))
		}
		log, err := w.s.In(again.Key).Log(w.ctx, 0, 0)
		w.ok(err)
		if len(log) != 1 || log[0].Kind != vedette.LogOrganisation || log[0].Verb != "closed" {
			t.Errorf("the record has %+v", log)
		}
	})
}

// Somebody joins by an invitation once, all or nothing.
func TestJoining(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		i := vedette.Invitation{ID: vedette.NewID(t0), Note: "Ridge", By: "Ada", Until: t0.Add(time.Hour)}
		w.ok(w.o.Invite(w.ctx, i, []byte{7}, t0))
		join := func(handle, login string, hash byte, at time.Time) (vedette.Organisation, error) {
			o, _, err := w.s.Join(w.ctx, []byte{hash}, vedette.Organisation{Name: "Ridge Aid", Handle: handle}, vedette.User{ID: vedette.NewID(at), Name: "Eve", Login: login, By: "Eve"}, "$argon", at)
			return o, err
		}
		_, err := join("ridge", "eve", 8, t0)
		w.code(err, vedette.CodeExpired)
		_, err = join("ridge", "eve", 7, t0.Add(2*time.Hour))
		w.code(err, vedette.CodeExpired)
		_, err = join("ridge", "two words", 7, t0)
		w.code(err, vedette.CodeInvalid)
		first, err := w.s.Organisations(w.ctx)
		w.ok(err)
		_, err = join(first[0].Handle, "eve", 7, t0)
		w.code(err, vedette.CodeTaken)
		o, err := join("ridge", "eve", 7, t0)
		w.ok(err)
		u, password, found, err := w.s.In(o.Key).UserByLogin(w.ctx, "eve")
		w.ok(err)
		if !found || password != "$argon" || u.Role != vedette.RoleAdministrator {
			t.Errorf("%+v %v %q", u, found, password)
		}
		_, err = join("ridge-two", "eve", 7, t0)
		w.code(err, vedette.CodeExpired)
		list, err := w.s.Organisations(w.ctx)
		w.ok(err)
		equal(t, "organisations", len(list), len(first)+1)
		sent, err := w.o.Invitations(w.ctx)
		w.ok(err)
		if len(sent) != 1 || sent[0].Joined != "Ridge Aid" || !sent[0].Used.Equal(t0) {
			t.Errorf("%+v", sent)
		}
		w.code(w.o.EndInvitation(w.ctx, i.ID, t0), vedette.CodeConflict)
	})
}

// What is noted as copied is noted by one, and a copy is kept once.
func TestACopyIsKeptOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ridge := w.second("Ridge Aid")
		there := w.s.In(ridge.Key)
		w.code(there.Subscribe(w.ctx, 1, vedette.CopyPublish, "Eve", t0), vedette.CodeNotFound)
		host, err := w.s.Organisations(w.ctx)
		w.ok(err)
		_, err = w.s.ChangeOrganisation(w.ctx, host[0].Key, "offers", t0, func(o *vedette.Organisation) error { o.Offers = true; return nil })
		w.ok(err)
		w.ok(there.Subscribe(w.ctx, host[0].Key, vedette.CopyPublish, "Eve", t0))
		w.ok(there.Subscribe(w.ctx, host[0].Key, vedette.CopyDraft, "Eve", t0))
		list, err := there.Subscriptions(w.ctx)
		w.ok(err)
		if len(list) != 1 || list[0].Mode != vedette.CopyDraft || list[0].CopiedTo != w.seq() {
			t.Fatalf("%+v", list)
		}
		for i, want := range []bool{true, false} {
			noted, err := there.Taken(w.ctx, host[0].Key, list[0].CopiedTo, list[0].CopiedTo+5)
			w.ok(err)
			if noted != want {
				t.Errorf("noted %v, the time %d", noted, i)
			}
		}
		source := vedette.NewID(t0)
		u := &vedette.Update{ID: vedette.NewID(t0), Content: vedette.Content{Title: "x"}}
		w.ok(there.SaveCopy(w.ctx, u, host[0].Key, source, t0))
		w.code(there.SaveCopy(w.ctx, &vedette.Update{ID: vedette.NewID(t0), Content: vedette.Content{Title: "x"}}, host[0].Key, source, t0), vedette.CodeConflict)
		drafts, err := there.Drafts(w.ctx, 10)
		w.ok(err)
		equal(t, "drafts", len(drafts), 1)
		w.ok(there.RemoveDraft(w.ctx, u.ID, 0, "Eve", t0))
		w.ok(w.o.Dismiss(w.ctx, ridge.Key, t0))
		w.code(there.Unsubscribe(w.ctx, host[0].Key, t0), vedette.CodeNotFound)
	})
}
