package deliver_test

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/segment"
)

const replyLink = "https://desk.example.org/r/" + "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGhIjKlMnOpQrStU"

// told is a notice of one advice, for somebody in Port Alba, Freedonia.
func told(text string, act vedette.Action, more func(*deliver.Notice, *vedette.Advice)) deliver.Notice {
	u := coast()
	a := vedette.Advice{Statement: vedette.Statement{Text: text}, Actions: []vedette.AdviceAction{{Action: act, Targets: []vedette.Place{{Area: "XF"}}}}}
	n := deliver.Notice{Update: u, AreaName: areaName, Variant: vedette.Variant{Risk: vedette.RiskExtreme, Areas: []vedette.AreaID{"gn:1"},
		Lines: []vedette.NoticeLine{{Area: "XF"}}}}
	if more != nil {
		more(&n, &a)
	}
	u.Content.Recommendations = []vedette.AdviceGroup{{Heading: "Freedonia", Area: "XF", Advice: []vedette.Advice{a}}}
	return n
}

func TestLine(t *testing.T) {
	long := strings.Repeat("The road is bad and the rain is hard. ", 12)
	strikes := func(n *deliver.Notice, a *vedette.Advice) {
		a.Condition = "In the event of military strikes against the country"
	}
	correction := func(c vedette.Cancel) func(*deliver.Notice, *vedette.Advice) {
		return func(n *deliver.Notice, _ *vedette.Advice) {
			n.Correction = &deliver.Correction{Number: 2, At: time.Date(2026, 3, 9, 9, 30, 0, 0, time.UTC), Cancels: c}
		}
	}
	for name, c := range map[string]struct {
		n        deliver.Notice
		segments int
		want     string
	}{
		"a short form, the place once": {told("Avoid all travel to Freedonia at this time, given the storm. "+long, vedette.AvoidAllTravel, func(n *deliver.Notice, a *vedette.Advice) {
			n.Variant.Areas = []vedette.AreaID{"XF"}
			a.Actions[0].Targets = []vedette.Place{{Text: "Freedonia", Area: "XF"}}
		}), 1, "Extreme risk: Avoid all travel to Freedonia."},
		"an exercise": {told("Leave the country.", vedette.Leave, func(n *deliver.Notice, _ *vedette.Advice) { n.Update.Status = vedette.StatusExercise }),
			1, "EXERCISE Extreme risk, Port Alba: Leave Freedonia."},
		"the condition first": {told("In the event of military strikes against the country, shelter in place and avoid the vicinity of government installations.", vedette.Shelter, strikes),
			2, "Extreme risk, Port Alba: In the event of military strikes against the country: Take shelter where you are."},
		"the condition stays, the place and the risk go": {told("Take shelter should strikes resume near the port or the old town.", vedette.Shelter, func(n *deliver.Notice, a *vedette.Advice) {
			a.Condition = "should strikes resume near the port"
		}), 1, "Take shelter should strikes resume near the port or the old town."},
		"what would mislead when cut is not cut": {told("In the event of military strikes against the country, shelter in place and avoid the vicinity of government installations.", vedette.Shelter, strikes),
			1, "Extreme risk, Port Alba: What to do, open this:"},
		"for whom": {told("Foreign nationals operating in Freedonia are advised to leave the country at this time.", vedette.Leave, func(n *deliver.Notice, a *vedette.Advice) {
			a.Audience = "Foreign nationals operating in Freedonia"
		}), 2, "Extreme risk, Port Alba: Foreign nationals operating in Freedonia: Leave Freedonia."},
		"if one is of them": {told("Stay where you are.", vedette.StayPut, func(n *deliver.Notice, a *vedette.Advice) {
			a.Audience, n.Variant.Lines[0].Asks = "crews of small boats", true
			a.Text = "Stay put, as crews of small boats have to."
		}), 2, "Extreme risk, Port Alba: If you are one of: crews of small boats - Stay where you are."},
		"who may be there": {told("Evacuate immediately.", vedette.Evacuate, func(n *deliver.Notice, a *vedette.Advice) {
			n.Variant.Lines[0] = vedette.NoticeLine{Area: "gn:1", MayBe: true}
			n.Variant.Areas = []vedette.AreaID{"XF"}
			a.Actions[0].Targets = []vedette.Place{{Area: "gn:1"}}
		}), 2, "Extreme risk, Freedonia: If you are in or near Port Alba: Evacuate Port Alba."},
		"another evacuation": {told("Evacuate ground floors.", vedette.Evacuate, nil), 2, "Extreme risk, Port Alba: Evacuate ground floors."},
		"not is kept":        {told("Do not leave your shelter. "+long, vedette.OtherAction, nil), 1, "Extreme risk, Port Alba: Do not leave your shelter."},
		"never without what takes it back": {told("Stay in the harbour. "+long+"This does not hold for crews.", vedette.OtherAction, nil), 2,
			"Extreme risk, Port Alba: What to do, open this:"},
		"an exception has no short form": {told("Avoid all travel to Freedonia except the capital.", vedette.AvoidAllTravel, func(n *deliver.Notice, a *vedette.Advice) {
			a.Actions[0].Targets = []vedette.Place{{Text: "Freedonia", Area: "XF"}}
			a.Except = []vedette.Place{{Text: "the capital"}}
		}), 2, "Extreme risk, Port Alba: Avoid all travel to Freedonia except the capital."},
		"kinds of place": {told("Avoid travel to military installations in the region, especially those hosting foreign forces. Adhere to authorities’ updates.", vedette.AvoidPlaces,
			func(n *deliver.Notice, a *vedette.Advice) {
				a.Actions[0].Kinds = []string{"military"}
			}), 2, "Extreme risk, Port Alba: Stay away from military sites in Freedonia."},
		"what saves comes before what else it tells": {told("Monitor the situation and shelter in place.", vedette.Monitor, func(n *deliver.Notice, a *vedette.Advice) {
			a.Actions = append(a.Actions, vedette.AdviceAction{Action: vedette.Shelter, Targets: []vedette.Place{{Area: "XF"}}})
		}), 2, "Extreme risk, Port Alba: Monitor the situation and shelter in place."},
		"a condition of the second thing": {told("Shelter in place, and evacuate to a helipad if instructed.", vedette.Shelter, func(n *deliver.Notice, a *vedette.Advice) {
			a.Condition = "if instructed"
			a.Actions = append(a.Actions, vedette.AdviceAction{Action: vedette.Evacuate, Targets: []vedette.Place{{Area: "XF"}}})
		}), 2, "Extreme risk, Port Alba: Shelter in place, and evacuate to a helipad if instructed."},
		"a condition of a later clause": {told("Stay clear of protests; should a crowd form, leave on foot.", vedette.AvoidPlaces, func(n *deliver.Notice, a *vedette.Advice) {
			a.Condition, a.Actions[0].Kinds = "should a crowd form", []string{"protest"}
		}), 2, "Extreme risk, Port Alba: Stay clear of protests; should a crowd form, leave on foot."},
		"what is suspended is not told": {told("Leave the country.", vedette.Leave, func(n *deliver.Notice, _ *vedette.Advice) {
			n.Variant.Lines = []vedette.NoticeLine{{Area: "XF", Suspended: true}}
		}), 2, "Extreme risk, Port Alba: Storm closes the coast road."},
		"what is declared": {told("In the event of military strikes against the country, shelter in place.", vedette.Shelter, func(n *deliver.Notice, a *vedette.Advice) {
			strikes(n, a)
			n.Variant.Lines[0].Met = true
		}), 2, "Extreme risk, Port Alba: This holds from now on: In the event of military strikes against the country: Take shelter where you are."},
		"a correction": {told("Leave the country.", vedette.Leave, correction("")), 2, "Correction: Extreme risk, Port Alba: Leave Freedonia."},
		"over": {told("Leave the country.", vedette.Leave, correction(vedette.CancelOver)), 2,
			"It is over, Port Alba: What our update of 9 Mar 2026 09:30 UTC told you to do no longer stands."},
		"sent in error, in one": {told("Leave the country.", vedette.Leave, correction(vedette.CancelError)), 1,
			"Sent in error, Port Alba: Disregard it and what it told you to do."},
		"withdrawn": {told("Leave the country.", vedette.Leave, func(n *deliver.Notice, _ *vedette.Advice) {
			n.Gone, n.Variant = true, vedette.Variant{}
		}), 2, "Not where you are now, Freedonia: What we told you to do no longer stands where you are now."},
	} {
		got, err := deliver.Line(c.n, replyLink, c.segments)
		if err != nil {
			t.Fatal(err)
		}
		if want := c.want + " " + replyLink; got != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
		if !segment.Fits(got, c.segments) {
			t.Errorf("%s: it takes more than %d segments", name, c.segments)
		}
	}
}

// A short form that nobody has reviewed is not said, but where the operator
// wishes it: the frame is in their language, the advice in the report's words.
func TestLineInTheirLanguage(t *testing.T) {
	strikes := func(n *deliver.Notice, a *vedette.Advice) {
		a.Condition = "In the event of military strikes"
	}
	for _, c := range []struct {
		language   string
		unreviewed bool
		n          deliver.Notice
		want       string
	}{
		{"fr", false, told("Leave the country.", vedette.Leave, nil), "Risque extrême, Port Alba : Leave the country."},
		{"fr", true, told("Leave the country.", vedette.Leave, nil), "Risque extrême, Port Alba : Quittez Freedonia."},
		{"fr", true, told("In the event of military strikes, shelter in place.", vedette.Shelter, strikes),
			"Risque extrême, Port Alba : In the event of military strikes : Mettez-vous à l'abri là où vous êtes."},
		{"ar", false, told("Leave the country.", vedette.Leave, nil), "خطر شديد، \u2068Port Alba\u2069: \u2068Leave the country.\u2069"},
		{"ar", true, told("Leave the country.", vedette.Leave, nil), "خطر شديد، \u2068Port Alba\u2069: غادر \u2068Freedonia\u2069."},
		{"ar", true, told("In the event of military strikes, shelter in place.", vedette.Shelter, strikes),
			"خطر شديد، \u2068Port Alba\u2069: \u2068In the event of military strikes\u2069: احتمِ حيث أنت."},
		{"ar", false, told("Leave the country.", vedette.Leave, func(n *deliver.Notice, _ *vedette.Advice) {
			n.Update.Status = vedette.StatusExercise
			n.Correction = &deliver.Correction{Number: 2, At: time.Date(2026, 3, 9, 9, 30, 0, 0, time.UTC), Cancels: vedette.CancelError}
		}), "تمرين أُرسل بالخطأ، \u2068Port Alba\u2069: تجاهل تحديثنا بتاريخ \u20682026-03-09 09:30 UTC\u2069 وما طلبه منك."},
	} {
		c.n.Language, c.n.Unreviewed = c.language, c.unreviewed
		if got, err := deliver.Line(c.n, replyLink, 4); err != nil || got != c.want+" "+replyLink {
			t.Errorf("%s: %s, %v\nwant %s", c.language, got, err, c.want)
		}
	}
}

// Without a link nobody is bidden to open one; and one that leaves no room stands
// whole, marked.
func TestLineWithoutRoom(t *testing.T) {
	n := told(strings.Repeat("Do not go there ", 60), vedette.OtherAction, func(n *deliver.Notice, _ *vedette.Advice) { n.Update.Status = vedette.StatusTest })
	for link, want := range map[string]string{
		"": "TEST Extreme risk, Port Alba: Ask your security desk what to do.",
		"https://x.example/" + strings.Repeat("y", 200): "TEST https://x.example/" + strings.Repeat("y", 200),
	} {
		if got, err := deliver.Line(n, link, 1); err != nil || got != want {
			t.Errorf("%q, %v; want %q", got, err, want)
		}
	}
}

// Whatever a report says, the line fits, keeps its link whole, and says no
// advice without its condition.
func FuzzLine(f *testing.F) {
	f.Add("In the event of rain, shelter in place. Carry water.", "In the event of rain", "crews", 1)
	f.Add("Leave. Leave now\x00. If you cannot, shelter in place.", "If you cannot", "", 3)
	f.Fuzz(func(t *testing.T, text, condition, audience string, segments int) {
		n := told(text, vedette.Shelter, func(n *deliver.Notice, a *vedette.Advice) { a.Condition, a.Audience = condition, audience })
		got, err := deliver.Line(n, replyLink, min(max(segments, 1), 6))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(got, " "+replyLink) || strings.ContainsAny(got, "\r\n\x00") || !segment.Fits(got, min(max(segments, 1), 6)) {
			t.Fatalf("%q", got)
		}
		if c := deliver.Clean(condition); strings.Contains(got, "Take shelter") && !strings.Contains(deliver.Clean(text), "Take shelter") && len(c) > 1 &&
			!strings.Contains(segment.Plain(got), segment.Plain(c[1:])) {
			t.Fatalf("%q drops %q", got, c)
		}
	})
}
