package desk

import (
	"reflect"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// What a list shows is what is so, whatever happened since it was shown before: by
// comparison with what is read anew, after everything that can change it.
func TestAListShowsWhatIsSo(t *testing.T) {
	onEngines(t, func(t *testing.T, r *room) {
		r.bring("name,email,country\nAli,ali@example.org,Iraq\nNoor,noor@example.org,Iraq\nPaul,paul@example.org,Iraq\n", ImportOptions{})
		us := []*vedette.Update{r.publish(alert), r.publish(reportOf("Ferries cancelled", "Norway", "Storms."))}
		same := func(what string) {
			t.Helper()
			for range 2 { // as it is read, and as it is kept
				page, err := r.FindUpdates(t.Context(), UpdateQuery{Number: 9})
				r.ok(err)
				for _, u := range page.Updates {
					if want, err := r.Update(t.Context(), u.ID); err != nil || !reflect.DeepEqual(u, want) {
						t.Errorf("%s: it is shown as %+v, and is %+v, %v", what, u, want, err)
					}
				}
				got, err := r.Tallies(t.Context(), us)
				r.ok(err)
				for i, u := range us {
					want, err := r.Tally(t.Context(), u)
					r.ok(err)
					if !reflect.DeepEqual(got[i], want) {
						t.Errorf("%s: update %d: %+v, and it is %+v", what, i+1, got[i], want)
					}
				}
			}
		}
		same("before anything")
		roll, err := r.people.Current(t.Context())
		r.ok(err)
		keys := roll.Everyone()
		c := store.Chunk{Variants: []vedette.Variant{{No: 1}}}
		for _, key := range keys {
			c.Notices = append(c.Notices, vedette.Notice{Recipient: key, Relation: vedette.RelationIn, Variant: 1})
			c.Deliveries = append(c.Deliveries, vedette.Delivery{Recipient: key, Address: 1, Channel: vedette.ChannelEmail})
		}
		r.plans(c)
		same("planned")
		for i, k := range []vedette.ReplyKind{vedette.ReplySafe, vedette.ReplyHelp, vedette.ReplyHelp, vedette.ReplySafe} {
			r.jump(time.Minute)
			r.reply(us[0], keys[i%3], k)
			same("an answer")
		}
		_, err = r.rows.Bounce(t.Context(), store.Bounce{Update: us[0].Key, Recipient: keys[2], Round: 1, Address: 1, Arrived: true, At: r.now()})
		r.ok(err)
		same("a receipt")
		p, err := r.Person(t.Context(), "paul@example.org")
		r.ok(err)
		r.ok(r.rows.ErasePerson(t.Context(), p.ID, r.now()))
		same("somebody was erased")
		_, err = r.Stop(t.Context(), us[0].ID, "wrong")
		r.ok(err)
		same("stopped")
	})
}
