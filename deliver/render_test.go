package deliver_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/delivertest"
)

var rewrite = flag.Bool("update", false, "rewrite the golden files")

func advice(text, audience, condition string) vedette.Advice {
	return vedette.Advice{Statement: vedette.Statement{Text: text}, Audience: audience, Condition: condition}
}

// coast is a small invented update.
func coast() *vedette.Update {
	issued := time.Date(2026, 3, 9, 14, 5, 0, 0, time.UTC)
	u := &vedette.Update{ID: "0195f000-0000-7000-8000-000000000001", Number: 3, Situation: vedette.Situation{Title: "Storm on the north coast"}}
	u.Content = vedette.Content{
		Title:    "Freedonia Alert: Storm closes the coast road; Postpone journeys north",
		Headline: "Storm closes the coast road", CallToAction: "Postpone journeys north",
		IssuedAt: &issued, Urgency: vedette.UrgencyExpected, Risk: vedette.RiskHigh, SourceStrength: vedette.SourceCredible,
		Affected: []vedette.Place{{Text: "Freedonia", Area: "XF"}},
		Summary:  []vedette.Statement{{Text: "The harbour authority expects waves of seven metres from Tuesday."}, {Text: "The coast road is shut between Port Alba and Cape Rue."}},
		Recommendations: []vedette.AdviceGroup{
			{Heading: "Freedonia", Area: "XF", Advice: []vedette.Advice{
				advice("Avoid nonessential travel to Freedonia until the storm has passed.", "", ""),
				advice("Stay in port, as crews of small boats are advised to.", "crews of small boats", ""),
			}},
			{Heading: "Port Alba", Area: "gn:1", Advice: []vedette.Advice{
				advice("In the event of flooding in the lower town, move to an upper floor & stay there.", "", "In the event of flooding in the lower town"),
				advice("Keep away from the sea wall.", "", ""),
			}},
		},
	}
	return u
}

func areaName(id vedette.AreaID, _ string) string {
	return map[vedette.AreaID]string{"XF": "Freedonia", "gn:1": "Port Alba"}[id]
}

func notice(u *vedette.Update) deliver.Notice {
	return deliver.Notice{
		Update: u, Org: "Acme Shipping", AreaName: areaName, PageURL: "https://desk.example.org/updates/3",
		Variant: vedette.Variant{
			Risk: vedette.RiskExtreme, Posture: vedette.AvoidNonessentialTravel, Area: "XF", Areas: []vedette.AreaID{"gn:1", "XF"},
			Lines: []vedette.NoticeLine{
				{Group: 1, Item: 0, Area: "gn:1"},
				{Group: 1, Item: 1, Area: "gn:1", MayBe: true},
				{Group: 0, Item: 1, Area: "XF", Asks: true},
				{Group: 0, Item: 0, Area: "XF", Trip: true},
			},
		},
	}
}

var anna = deliver.Personal{
	ID: "d-1", Name: "Anna <Berg>", To: "anna@example.org", ReplyURL: "https://desk.example.org/r/abc?x=1&y=2",
	Because: "you are based in Port Alba, Freedonia", Relation: vedette.RelationIn,
}

func TestGolden(t *testing.T) {
	exercise := coast()
	exercise.Status = vedette.StatusExercise

	corrected := notice(coast())
	corrected.Correction = &deliver.Correction{Number: 2, At: time.Date(2026, 3, 9, 9, 30, 0, 0, time.UTC)}

	nothing := corrected
	nothing.Variant = vedette.Variant{Risk: vedette.RiskHigh, Areas: []vedette.AreaID{"XF"}}

	sentInError := nothing
	sentInError.Correction = &deliver.Correction{Number: 2, At: time.Date(2026, 3, 9, 9, 30, 0, 0, time.UTC), Cancels: vedette.CancelError}
	withdrawn := notice(coast())
	withdrawn.Variant, withdrawn.Gone = vedette.Variant{}, true
	flood := coast()
	flood.ID, flood.Number, flood.Situation.Title = "0195f000-0000-7000-8000-000000000002", 1, "River Alba rises"
	flood.PublishedAt = time.Date(2026, 3, 8, 8, 0, 0, 0, time.UTC)
	standing := notice(coast())
	standing.Cause, standing.Others = vedette.CauseCondition, []*vedette.Update{flood}
	standing.Variant.Lines = []vedette.NoticeLine{{Group: 1, Item: 0, Area: "gn:1", Met: true}, {Group: 0, Item: 0, Area: "XF", Suspended: true}}
	standing.Variant.Others = []vedette.NoticeLine{{Update: flood.ID, Group: 1, Item: 1, Area: "gn:1", MayBe: true}}

	hostile := coast()
	hostile.Content.Headline = "Storm\r\nBcc: eve@example.org\r\n\r\n• Go to the harbour"
	hostile.Situation.Title = "x\" onload=\"alert(1)\n"
	hostile.Content.Summary[0].Text = "• Go to the harbour\u202e now {{.Mark}} \x01" + "1\x02"
	hostile.Content.Recommendations[0].Advice[0].Text = "<script>alert(1)</script> Stay\n• Go to the harbour"
	hostile.Content.Recommendations[1].Advice[1].Text = "ابتعدوا عن كاسر الأمواج، وابقوا في الطابق العلوي."
	arabic, french := notice(exercise), notice(coast())
	arabic.Language, french.Language = "ar-EG", "fr"
	french.Correction, french.Cause = corrected.Correction, vedette.CauseAgain
	arabic.Variant.Others, arabic.Others = standing.Variant.Others, standing.Others
	hebrew := french
	hebrew.Language = "he"
	byRecord := anna // why they get it is said in their language
	byRecord.Because = ""

	maybe := anna
	maybe.Relation = vedette.RelationMayBe
	maybe.Name = "Eve\r\n<b>"
	nobody := deliver.Personal{ID: "d-2", To: "x@example.org"}

	for name, c := range map[string]struct {
		n deliver.Notice
		p deliver.Personal
	}{
		"plain":              {notice(coast()), anna},
		"exercise":           {notice(exercise), anna},
		"correction":         {corrected, anna},
		"correction_nothing": {nothing, anna},
		"hostile":            {notice(hostile), maybe},
		"sent_in_error":      {sentInError, anna},
		"withdrawn":          {withdrawn, anna},
		"standing":           {standing, anna},
		"bare":               {notice(coast()), nobody},
		"arabic":             {arabic, byRecord},
		"french":             {french, byRecord},
		"hebrew":             {hebrew, byRecord},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := deliver.Render(c.n)
			if err != nil {
				t.Fatal(err)
			}
			m := deliver.Mailed(t, r, c.p)
			golden(t, name+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
			golden(t, name+".html", m.HTML)
			if len(m.HTML) > 20<<10 {
				t.Errorf("the HTML has %d bytes", len(m.HTML))
			}
			if strings.ContainsAny(m.Subject+m.ToName, "\r\n") || strings.ContainsAny(m.Text+m.HTML, "\x00\x01\x02\r") {
				t.Error("control characters are left")
			}
			sameAdvice(t, c.n, m.Text)
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *rewrite {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s differs (-want +got); if it is right, run with -update\n%s", name, d)
	}
}

// sameAdvice holds a mail to the variant: every line, in order, and no other.
func sameAdvice(t *testing.T, n deliver.Notice, text string) {
	t.Helper()
	var want []string
	for _, l := range n.Variant.Lines {
		s, err := n.AdviceText(l)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, s)
	}
	if got := delivertest.AdviceIn(text); !slices.Equal(got, want) {
		t.Errorf("the mail advises\n%q\nwant\n%q", got, want)
	}
}

// Whoever reads one line of an exercise sees that it is one.
func TestExerciseMarksEveryLine(t *testing.T) {
	for _, status := range []vedette.Status{vedette.StatusExercise, vedette.StatusTest} {
		u := coast()
		u.Status = status
		n := notice(u)
		n.Correction = &deliver.Correction{Number: 2}
		r, err := deliver.Render(n)
		if err != nil {
			t.Fatal(err)
		}
		m, mark := deliver.Mailed(t, r, anna), status.Mark()
		if !strings.HasPrefix(m.Subject, mark+" ") {
			t.Errorf("subject %q", m.Subject)
		}
		for line := range strings.SplitSeq(m.Text, "\n") {
			if line == "" || strings.HasPrefix(strings.TrimPrefix(line, deliver.Bullet), mark+" ") {
				continue
			}
			t.Errorf("unmarked line %q", line)
		}
		if i := strings.Index(m.HTML, ">"+mark+"<"); i < 0 || i > strings.Index(m.HTML, "<h1") {
			t.Error("the word does not stand on top of the HTML")
		}
	}
}

func TestLongThingsAreCutWhereTheyMayBe(t *testing.T) {
	u := coast()
	u.Content.Headline = strings.Repeat("très long ", 2000)
	long := strings.Repeat("Stay away from the shore. ", 400) + "In the event of flooding, leave."
	u.Content.Recommendations[1].Advice[0].Text = long
	u.Content.Summary = append(u.Content.Summary, vedette.Statement{Text: long})
	n := notice(u)
	r, err := deliver.Render(n)
	if err != nil {
		t.Fatal(err)
	}
	m := deliver.Mailed(t, r, anna)
	if len([]rune(m.Subject)) > 200 || !strings.HasSuffix(m.Subject, "…") {
		t.Errorf("subject of %d characters", len([]rune(m.Subject)))
	}
	if !strings.Contains(m.Text, strings.TrimSpace(long)) {
		t.Error("an advice was cut")
	}
	if strings.Count(m.Text, "In the event of flooding, leave.") != 1 || !strings.Contains(m.Text, "There is more in the whole update.") {
		t.Error("the summary is not bounded")
	}
	sameAdvice(t, n, m.Text)
}

func TestRenderRefusesAdviceThatIsNotThere(t *testing.T) {
	for _, l := range []vedette.NoticeLine{{Group: 2}, {Group: -1}, {Group: 0, Item: 2}, {Group: 0, Item: -1}} {
		n := notice(coast())
		n.Variant.Lines = []vedette.NoticeLine{l}
		if _, err := deliver.Render(n); vedette.ErrorCode(err) != vedette.CodeInternal {
			t.Errorf("%+v: %v", l, err)
		}
	}
}

// A line of an update that is not at hand is an error, never left out.
func TestRenderRefusesAnUpdateThatIsNotThere(t *testing.T) {
	n := notice(coast())
	n.Variant.Others = []vedette.NoticeLine{{Update: "0195f000-0000-7000-8000-000000000009"}}
	if _, err := deliver.Render(n); vedette.ErrorCode(err) != vedette.CodeInternal {
		t.Error(err)
	}
}

func TestPlaceIsShort(t *testing.T) {
	n := notice(coast())
	n.AreaName = nil
	for _, c := range []struct {
		areas []vedette.AreaID
		want  string
	}{
		{nil, "Extreme risk, XF: Storm"},
		{[]vedette.AreaID{"AA"}, "Extreme risk, AA: Storm"},
		{[]vedette.AreaID{"AA", "BB"}, "Extreme risk, AA and BB: Storm"},
		{[]vedette.AreaID{"AA", "BB", "CC", "DD"}, "Extreme risk, AA, BB and 2 more: Storm"},
	} {
		n.Variant.Areas = c.areas
		if got := n.Subject(100); !strings.HasPrefix(got, c.want) {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func FuzzRender(f *testing.F) {
	f.Add("Storm\r\n", "<b>\x000", "If\x01", "Anna\x02", "https://x/\"")
	f.Add("", "", "", "", "")
	f.Add("\xff\xfe", "•\u2028• ", "{{.}}", "</title>", "javascript:alert(1)")
	f.Fuzz(func(t *testing.T, headline, text, audience, name, because string) {
		u := coast()
		u.Content.Headline, u.Content.CallToAction = headline, text
		u.Content.Recommendations[0].Advice[1] = advice(text, audience, "")
		u.Content.Summary[0].Text = text
		n := notice(u)
		r, err := deliver.Render(n)
		if err != nil {
			t.Fatal(err)
		}
		p := anna
		p.Name, p.Because = name, because
		m := deliver.Mailed(t, r, p)
		if strings.ContainsAny(m.Subject, "\r\n") || strings.ContainsAny(m.Text+m.HTML, "\x00\x01\x02\r") {
			t.Fatal("control characters are left")
		}
		sameAdvice(t, n, m.Text)
	})
}

func BenchmarkMessage(b *testing.B) {
	r, err := deliver.Render(notice(coast()))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		r.Message(anna)
	}
}

func BenchmarkRender(b *testing.B) {
	for b.Loop() {
		if _, err := deliver.Render(notice(coast())); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleDecide() {
	fmt.Println(deliver.Decide(deliver.Result{Kind: deliver.Retry}, 1, 0, 0.5))
	fmt.Println(deliver.Decide(deliver.Result{Kind: deliver.Doubt}, deliver.MaxDoubtful, deliver.MaxDoubtful-1, 0.5))
	// Output:
	// retry 10s
	// doubt 0s
}

func TestAReportThatOpensWithItsAudienceIsNotOpenedTwice(t *testing.T) {
	u := &vedette.Update{Content: vedette.Content{Recommendations: []vedette.AdviceGroup{{Advice: []vedette.Advice{
		{Statement: vedette.Statement{Text: "Foreign nationals in Freedonia should leave."}, Audience: "Foreign nationals in Freedonia"},
		{Statement: vedette.Statement{Text: "Leave, if you are a foreign national."}, Audience: "a foreign national"},
	}}}}}
	n := deliver.Notice{Update: u}
	for item, want := range []string{"Foreign nationals in Freedonia should leave.", "If you are one of: a foreign national — Leave, if you are a foreign national."} {
		got, err := n.AdviceText(vedette.NoticeLine{Item: item, Asks: true})
		if err != nil || got != want {
			t.Errorf("got %q, %v; want %q", got, err, want)
		}
	}
}

// What a manager is told holds nothing of the traveller but name and trip, and
// says whether the traveller knows.
func TestTripToAManager(t *testing.T) {
	day := func(_ vedette.AreaID, at time.Time) string { return at.Format("2 Jan 2006") }
	trip := vedette.Clash{Area: "gn:1", Target: "XF", Action: vedette.AvoidNonessentialTravel, Group: 0, Item: 0,
		From: time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC)}
	drawn := trip
	drawn.Target, drawn.Shape = "", "Port <fire>\u202e"
	boss := deliver.Personal{ID: "d-2", Name: "Boss", To: "boss@example.org", Because: "our records name you as the manager of Anna <Berg>"}
	exercise := coast()
	exercise.Status = vedette.StatusExercise
	at := time.Date(2026, 3, 9, 9, 30, 0, 0, time.UTC)
	for name, n := range map[string]deliver.Trip{
		"trip":          {Notice: notice(coast()), Clashes: []vedette.Clash{trip}, Known: deliver.OnItsWay},
		"trip_exercise": {Notice: notice(exercise), Clashes: []vedette.Clash{trip}, Known: deliver.NotTold},
		"trip_drawn":    {Notice: notice(coast()), Clashes: []vedette.Clash{drawn}, Known: deliver.NotTold},
		"trip_gone":     {Notice: notice(coast()), Known: deliver.HasIt},
		"trip_error": {Notice: deliver.Notice{Update: coast(), Org: "Acme Shipping", Correction: &deliver.Correction{Number: 2, At: at, Cancels: vedette.CancelError}},
			Known: deliver.NotReached},
		"trip_discreet":      {Notice: discreet(notice(exercise)), Clashes: []vedette.Clash{trip}, Known: deliver.OnItsWay},
		"trip_discreet_gone": {Notice: discreet(notice(coast())), Known: deliver.HasIt},
		"trip_discreet_error": {Notice: discreet(deliver.Notice{Update: coast(), Org: "Acme Shipping", Correction: &deliver.Correction{Number: 2, At: at, Cancels: vedette.CancelError}}),
			Known: deliver.NotReached},
	} {
		n.Traveller, n.Day = "Anna <Berg>", day
		r, err := deliver.RenderTrip(n)
		if err != nil {
			t.Fatal(err)
		}
		m := deliver.Mailed(t, r, boss)
		golden(t, name+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
		golden(t, name+".html", m.HTML)
		if n.Discreet && (!m.Discreet || m.ListName != "" || regexp.MustCompile(`Anna|Berg|Acme|Alba|Freedonia|Storm|avoid`).MatchString(m.Subject+m.Text+m.HTML+m.ToName)) {
			t.Errorf("%s tells more than to ring the desk:\n%s\n%s", name, m.Subject, m.Text)
		}
	}
}

func discreet(n deliver.Notice) deliver.Notice {
	n.Discreet = true
	return n
}
