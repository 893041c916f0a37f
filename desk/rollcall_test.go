package desk

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// crowd brings n people to Iraq, each with a phone.
func (r *room) crowd(n int) {
	csv := "name,email,phone,site,city,country\n"
	for i := range n {
		csv += fmt.Sprintf("Member %d,m%d@example.org,+336123456%02d,Basra office,Basra,Iraq\n", i, i, i)
	}
	r.bring(csv, ImportOptions{})
}

func (r *room) rollcall(id vedette.ID) *Roll {
	r.t.Helper()
	c, err := r.Rollcall(r.t.Context(), id)
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}

// tells plays the engine: everyone in a roll-call has a notice of an update.
func (r *room) tells(u *vedette.Update, c *Roll) {
	r.t.Helper()
	chunk := store.Chunk{Variants: []vedette.Variant{{No: 1}}}
	for _, p := range c.People {
		chunk.Notices = append(chunk.Notices, vedette.Notice{Recipient: p.RollMember.Person, Relation: vedette.RelationIn, Variant: 1})
		chunk.Deliveries = append(chunk.Deliveries, vedette.Delivery{Recipient: p.RollMember.Person, Address: 1, Channel: vedette.ChannelEmail})
	}
	r.plans(chunk)
}

// whole fails where a member is lost, in two states, or on no sheet though they
// are not accounted for.
func (r *room) whole(id vedette.ID, after string, members map[int64]bool) {
	r.t.Helper()
	c := r.rollcall(id)
	seen, sum := map[int64]bool{}, 0
	for _, n := range c.Counts {
		sum += n
	}
	for i := range c.People {
		p := &c.People[i]
		if seen[p.RollMember.Person] || !slices.Contains(vedette.RollStandings, p.Is) {
			r.t.Fatalf("after %s: member %d is there twice, or %q", after, p.RollMember.Person, p.Is)
		}
		seen[p.RollMember.Person] = true
	}
	for key := range members {
		if !seen[key] {
			r.t.Fatalf("after %s: member %d is lost", after, key)
		}
	}
	if sum != len(c.People) || c.Members != len(c.People) {
		r.t.Fatalf("after %s: %d people, %d members, %v", after, len(c.People), c.Members, c.Counts)
	}
	sheets, err := r.CallSheets(r.t.Context(), id)
	if err != nil {
		r.t.Fatal(err)
	}
	on := map[int64]int{}
	for i := range sheets.Sheets {
		for j := range sheets.Sheets[i].Rows {
			on[sheets.Sheets[i].Rows[j].RollMember.Person]++
		}
	}
	for i := range c.People {
		want := 1
		if c.People[i].Is.Accounted() {
			want = 0
		}
		if got := on[c.People[i].RollMember.Person]; got != want {
			r.t.Fatalf("after %s: %s is %s and on %d sheets", after, c.People[i].Person.Record.Name, c.People[i].Is, got)
		}
	}
}

// Whatever is done in whatever order, every member is in exactly one state, and
// whoever is not accounted for is on exactly one call sheet.
func TestNobodyIsLostInARollcall(t *testing.T) {
	for seed := range uint64(4) {
		r, rnd := newRoom(t), rand.New(rand.NewPCG(seed, 1))
		r.crowd(8)
		u := r.publish(alert)
		c, err := r.OpenRollcall(t.Context(), RollcallOrder{Update: u.ID, By: "Ada"})
		if err != nil {
			t.Fatal(err)
		}
		members, people := map[int64]bool{}, []RollPerson(nil)
		for _, p := range c.People {
			members[p.RollMember.Person], people = true, append(people, p)
		}
		r.tells(u, c)
		name := func() string { return people[rnd.IntN(len(people))].Person.Record.Name }
		one := func() int64 { return people[rnd.IntN(len(people))].RollMember.Person }
		did := ""
		for range 40 {
			r.jump(time.Duration(1+rnd.IntN(20)) * time.Minute)
			var err error
			switch act := rnd.IntN(10); act {
			case 0, 1:
				kind := []vedette.ReplyKind{vedette.ReplySafe, vedette.ReplyHelp, vedette.ReplyNotThere}[rnd.IntN(3)]
				did = "an answer: " + string(kind)
				r.reply(u, one(), kind)
			case 2, 3:
				kind := []vedette.AccountKind{vedette.AccountSafe, vedette.AccountHelp, vedette.AccountNotThere, vedette.AccountBack}[rnd.IntN(4)]
				did = "an account: " + string(kind)
				_, err = r.Account(t.Context(), AccountOrder{Rollcall: c.ID, Persons: []string{name()}, Kind: kind, How: vedette.VerifiedVoice, Who: "Ben", Text: "said", As: vedette.AsDesk, By: "Ada"})
			case 4:
				did = "an account of a site"
				_, err = r.Account(t.Context(), AccountOrder{Rollcall: c.ID, Site: "Basra office", Kind: vedette.AccountSafe, How: vedette.VerifiedSaw, Who: "Ben", As: vedette.AsWarden, By: "Ben"})
				if vedette.ErrorCode(err) == vedette.CodeInvalid {
					err = nil // nobody is held to be there any more
				}
			case 5:
				did = "a try"
				_, err = r.KeepTry(t.Context(), TryOrder{Rollcall: c.ID, Person: name(), Line: vedette.LineOwn, Outcome: vedette.TryOutcomes[rnd.IntN(len(vedette.TryOutcomes))], By: "Ada"})
			case 6:
				did = "callers"
				_, err = r.DivideCalls(t.Context(), c.ID, []string{"Ada", "Ben", "Cleo"}[:1+rnd.IntN(3)])
			case 7:
				did = "a further round"
				_, err = r.AskRound(t.Context(), AskOrder{Rollcall: c.ID, By: "Ada"})
			case 8:
				did = "somebody who comes"
				r.bring(fmt.Sprintf("name,email,city,country\nNew %d,new%d@example.org,Basra,Iraq\n", len(members), len(members)), ImportOptions{})
				_, err = r.RefreshRollcall(t.Context(), c.ID, nil)
				for _, p := range r.rollcall(c.ID).People {
					members[p.RollMember.Person] = true
				}
			case 9:
				did = "an erasure"
				p := people[rnd.IntN(len(people))]
				if len(people) > 3 {
					_, err = r.Erase(t.Context(), EraseOrder{Person: string(p.Person.ID), Why: vedette.EraseLeft, Anyway: true})
					people = slices.DeleteFunc(people, func(o RollPerson) bool { return o.RollMember.Person == p.RollMember.Person })
				}
			}
			if err != nil {
				t.Fatalf("seed %d, %s: %v", seed, did, err)
			}
			r.whole(c.ID, did, members)
		}
	}
}

// An old "safe" says nothing of the second wave.
func TestAnImmediateUpdateMakesASafeAnswerOld(t *testing.T) {
	r := newRoom(t)
	r.crowd(2)
	u := r.publish(alert)
	c, err := r.OpenRollcall(t.Context(), RollcallOrder{Update: u.ID, By: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	r.tells(u, c)
	r.jump(time.Minute)
	r.reply(u, c.People[0].RollMember.Person, vedette.ReplySafe)
	r.reply(u, c.People[1].RollMember.Person, vedette.ReplyHelp)
	if got := r.rollcall(c.ID).Counts; got[vedette.RollSafe] != 1 || got[vedette.RollHelp] != 1 {
		t.Fatalf("at first %v", got)
	}
	r.jump(time.Hour)
	wave := strings.NewReplacer("11:56 UTC", "13:20 UTC", "local reports stated that a power station near Basra was hit", "local reports stated at 13:15 UTC that rockets are hitting Basra and sirens are sounding").Replace(alert)
	w := r.publish(wave)
	if w.Content.Urgency != vedette.UrgencyImmediate {
		t.Fatalf("the second wave is %s", w.Content.Urgency)
	}
	r.tells(w, c)
	got := r.rollcall(c.ID)
	if got.Counts[vedette.RollStale] != 1 || got.Counts[vedette.RollHelp] != 1 || got.Open() != 1 {
		t.Errorf("after the second wave: %v", got.Counts)
	}
}
