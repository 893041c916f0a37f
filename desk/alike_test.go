package desk

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vedette"
	"vedette/tell"
)

// What is worked out once for many is what each of them would be told by
// themselves: whatever is known of them, wherever they are.
func TestWhoIsAlikeIsToldAlike(t *testing.T) {
	r := newRoom(t)
	var csv strings.Builder
	csv.WriteString("name,email,site,city,country,citizenship,standing,latitude,longitude\n")
	at := []string{",Basra,Iraq", "Basra camp,Basra,Iraq", ",Baghdad,Iraq", ",,Iraq", ",Beirut,Lebanon", ",Paris,France"}
	who := []string{",", "IR,", "IQ,local", "GB,visitor", "GB;IR,resident"}
	for i := range 300 {
		point := ","
		if i%7 == 0 && i%6 < 2 {
			point = "30.5085,47.7804"
		}
		fmt.Fprintf(&csv, "Person %d,p%d@example.org,%s,%s,%s\n", i, i, at[i%6], who[i/6%5], point)
	}
	r.bring(csv.String(), ImportOptions{})
	// Long ago by now for all but those whom a newer file names.
	r.at = r.at.AddDate(0, 0, vedette.DefaultSettings().StaleDays+1)
	r.bring(strings.Join(strings.SplitAfter(csv.String(), "\n")[:200], ""), ImportOptions{})
	for i := 2; i < 300; i += 29 {
		if _, err := r.AddTrip(t.Context(), fmt.Sprintf("Person %d", 200+i%90), []vedette.Stay{{Area: "IQ", From: r.at.AddDate(0, 0, 2), To: r.at.AddDate(0, 0, 5)}}); err != nil {
			t.Fatal(err)
		}
	}
	dr, err := r.Compose(DraftOrder{Text: []byte(alert), Origin: "test"})
	if err != nil {
		t.Fatal(err)
	}
	c, err := r.census(t.Context(), dr.Update, PublishOrder{}, tell.Published)
	if err != nil {
		t.Fatal(err)
	}
	seen, told := 0, 0
	c.beside(nil, nil, func(j *judged) {
		seen++
		want := c.record.Of(j.who, c.people.Watches(j.key), c.record.Held(j.key))
		if d := cmp.Diff(want, j.out); d != "" {
			t.Errorf("person %d, %+v: by themselves (-), with others (+)\n%s", j.key, j.who, d)
		}
		if want.Tell {
			told++
		}
	})
	kinds := 0
	c.worked.Range(func(any, any) bool { kinds++; return true })
	if seen < 200 || told < 50 || kinds < 10 || kinds > seen/3 {
		t.Errorf("%d judged, %d told, of %d kinds", seen, told, kinds)
	}
}
