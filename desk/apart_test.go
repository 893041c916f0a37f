package desk

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"vedette"
)

// filledWith makes a value of a type with a word in every text of it.
func filledWith(t reflect.Type, word string, depth int) reflect.Value {
	v := reflect.New(t).Elem()
	switch t.Kind() {
	case reflect.String:
		v.SetString(word)
	case reflect.Int, reflect.Int64, reflect.Int32:
		v.SetInt(1)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Slice:
		if depth > 0 && t.Elem().Kind() != reflect.Func {
			v = reflect.Append(v, filledWith(t.Elem(), word, depth-1))
		}
	case reflect.Pointer:
		if depth > 0 && t.Elem().Kind() == reflect.Struct {
			p := reflect.New(t.Elem())
			p.Elem().Set(filledWith(t.Elem(), word, depth-1))
			v.Set(p)
		}
	case reflect.Struct:
		for i := range t.NumField() {
			if depth > 0 && v.Field(i).CanSet() && t.Field(i).Type != reflect.TypeFor[time.Time]() {
				v.Field(i).Set(filledWith(t.Field(i).Type, word, depth-1))
			}
		}
	case reflect.Func:
		v.Set(reflect.MakeFunc(t, func([]reflect.Value) []reflect.Value {
			out := make([]reflect.Value, t.NumOut())
			for i := range out {
				out[i] = reflect.Zero(t.Out(i))
			}
			return out
		}))
	}
	return v
}

// Every act of a desk, with every id and name of another organisation in every text that
// it is given: it gives nothing of that one, and that one's record gets no row.
func TestNoActReachesAnotherOrganisation(t *testing.T) {
	shared(t, vedette.CopyDraft, func(t *testing.T, w *two) {
		w.bring("name,email,country\nMona Planted,mona@example.org,Iraq\n", ImportOptions{})
		u := w.publish(alert)
		d, err := w.NewDraft(w.ctx, KeepOrder{DraftOrder: DraftOrder{Text: []byte(alert), Origin: "test"}, By: "Ana"})
		w.ok(err)
		mona, err := w.Person(w.ctx, "mona@example.org")
		w.ok(err)
		trip, err := w.AddTrip(w.ctx, string(mona.ID), []vedette.Stay{{Area: "LY", From: w.now(), To: w.now().Add(time.Hour)}})
		w.ok(err)
		watch, err := w.AddWatch(w.ctx, string(mona.ID), vedette.Watch{Areas: []vedette.AreaID{"LY"}})
		w.ok(err)
		roll, err := w.OpenRollcall(w.ctx, RollcallOrder{Areas: []vedette.AreaID{"IQ"}, By: "Ada"})
		w.ok(err)
		shift, err := w.GiveHandover(w.ctx, "Ada", "Ben", false)
		w.ok(err)
		hook, err := w.AddHook(w.ctx, "https://hooks.harbour.example.org/in", "")
		w.ok(err)
		user, _, err := w.AddUser(w.ctx, UserOrder{Name: "Ada Harbour", Login: "ada@harbour.example.org", Role: vedette.RoleAdministrator, By: "Ada"})
		w.ok(err)
		w.ok(w.rows.AddTask(w.ctx, vedette.Task{Kind: vedette.TaskUnread, Question: "Ring Mona of Harbour", Default: "nothing is done", DueAt: w.now()}, w.now()))
		tasks, err := w.Tasks(w.ctx, false)
		w.ok(err)
		seq, err := w.rows.Seq(w.ctx)
		w.ok(err)
		words := []string{string(u.ID), string(u.Situation.ID), string(d.Update.ID), string(u.Reports[0]), string(mona.ID), "mona@example.org", string(trip.ID), string(watch.ID), string(roll.ID), string(shift.ID), string(hook.ID),
			string(user.ID), user.Login, string(tasks[0].ID)}
		acting := vedette.Acting(t.Context(), vedette.Actor{Via: vedette.ViaPortal, Role: vedette.RoleAdministrator, Name: "Eve"})
		ridge := reflect.ValueOf(w.ridge)
		for i := range ridge.NumMethod() {
			name, m := ridge.Type().Method(i).Name, ridge.Method(i)
			if m.Type().NumIn() == 0 || m.Type().In(0) != reflect.TypeFor[context.Context]() || m.Type().IsVariadic() || name == "TakeShared" || name == "SendingYet" {
				continue // it is given nothing, or takes what is offered, which is the other's word
			}
			for _, word := range words {
				said := strings.ReplaceAll(does(m, acting, word), word, "")
				for _, theirs := range []string{"Planted", "Ring Mona", "hooks.harbour", "Ada Harbour", "Basra"} {
					if strings.Contains(said, theirs) { // none of which was in what it was given
						t.Errorf("%s of %s gives %q: %.300s", name, word, theirs, said)
					}
				}
			}
		}
		if now, err := w.rows.Seq(w.ctx); err != nil || now != seq {
			list, _ := w.rows.Log(w.ctx, seq, 0)
			t.Errorf("the other organisation changed it: %+v, %v", list, err)
		}
		own, shown := reflect.ValueOf(w.Desk), 0
		for i := range own.NumMethod() {
			m := own.Method(i)
			if m.Type().NumIn() < 2 || m.Type().In(0) != reflect.TypeFor[context.Context]() || m.Type().IsVariadic() || own.Type().Method(i).Name == "SendingYet" {
				continue
			}
			for _, word := range words {
				if said := does(m, acting, word); strings.Contains(said, "Planted") || strings.Contains(said, "Basra") {
					shown++
					break
				}
			}
		}
		if shown < 12 {
			t.Errorf("of its own %d acts give anything: the test says little", shown)
		}
	})
}

// does calls an act with a word in every text, and gives all that it gave.
func does(m reflect.Value, ctx context.Context, word string) (said string) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	in := []reflect.Value{reflect.ValueOf(ctx)}
	for i := 1; i < m.Type().NumIn(); i++ {
		in = append(in, filledWith(m.Type().In(i), word, 3))
	}
	defer func() { _ = recover() }() // it is given what no page gives
	var out []any
	for _, v := range m.Call(in) {
		out = append(out, v.Interface())
	}
	for _, v := range out {
		if err, ok := v.(error); ok {
			said += err.Error()
			continue
		}
		b, _ := json.Marshal(v)
		said += string(b)
	}
	return said
}
