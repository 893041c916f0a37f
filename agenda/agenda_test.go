package agenda_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/agenda"
	"vedette/gazetteer"
)

var now = time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)

func claim(text string, area vedette.AreaID, ws ...vedette.When) vedette.Claim {
	c := vedette.Claim{Statement: vedette.Statement{Text: text, When: ws}}
	if area != "" {
		c.Places = []vedette.Place{{Text: string(area), Area: area}}
	}
	return c
}

func at(hours int) vedette.When {
	t := now.Add(time.Duration(hours) * time.Hour)
	return vedette.When{At: &t, Scheduled: true}
}

func on(day string) vedette.When { return vedette.When{Date: day, Scheduled: true} }

// What is to come in a place is what is said of it, of a part of it, or of what it lies
// in; what is over, what is not announced and what is said of elsewhere is not.
func TestWhatIsToCome(t *testing.T) {
	past := on("2026-02-05")
	past.Scheduled = false
	u := &vedette.Update{Key: 1, Content: vedette.Content{Affected: []vedette.Place{{Area: "IQ"}}, Topics: []vedette.Topic{{Claims: []vedette.Claim{
		claim("vote in Basra", "gn:99532", on("2026-02-09")), claim("regional summit", "mena", vedette.When{From: "2026-02-04", To: "2026-02-06", Scheduled: true}), claim("talks in Muscat", "OM", at(20)),
		claim("no place is named", "", at(3)), claim("it was", "IQ", past, on("2026-02-04"), at(-2)), claim("it runs", "IQ", at(0)), claim("no day", "IQ", vedette.When{Text: "soon", Scheduled: true}),
	}}}, Summary: []vedette.Statement{{Text: "the vote, again", When: []vedette.When{on("2026-02-09")}}, {Text: "only here", When: []vedette.When{on("2026-02-08")}}}}}
	for area, want := range map[vedette.AreaID]string{
		"IQ":    "regional summit, it runs, no place is named, only here, vote in Basra",
		"IQ-BA": "regional summit, it runs, no place is named, only here, vote in Basra",
		"OM":    "regional summit, talks in Muscat",
		"FR":    "",
	} {
		events, of := agenda.Of(gazetteer.Default(), []*vedette.Update{u}, area, now)
		var got []string
		for _, e := range events {
			got = append(got, e.Text)
		}
		if strings.Join(got, ", ") != want || of != len(got) {
			t.Errorf("%s: %s, %d in all; want %s", area, strings.Join(got, ", "), of, want)
		}
	}
}

// A day is over at its end by the clock of the place.
func TestADayEndsWhereItIs(t *testing.T) {
	for zone, want := range map[string]string{"": "2026-02-06 00:00", "Asia/Baghdad": "2026-02-05 21:00", "no/zone": "2026-02-06 00:00"} {
		end, ok := agenda.End(on("2026-02-05"), zone)
		if got := end.UTC().Format("2006-01-02 15:04"); !ok || got != want {
			t.Errorf("%q: %s, want %s", zone, got, want)
		}
	}
}

// However much is announced, it is bounded, and said how much it is.
func TestAnAgendaIsBounded(t *testing.T) {
	u := &vedette.Update{Content: vedette.Content{Topics: []vedette.Topic{{}}}}
	for i := range agenda.Most + 50 {
		u.Content.Topics[0].Claims = append(u.Content.Topics[0].Claims, claim(fmt.Sprint(i), "IQ", at(1+i)))
	}
	if events, of := agenda.Of(gazetteer.Default(), []*vedette.Update{u}, "IQ", now); len(events) != agenda.Most || of != agenda.Most+50 || events[0].Text != "0" {
		t.Errorf("%d of %d", len(events), of)
	}
}
