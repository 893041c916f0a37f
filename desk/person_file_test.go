package desk

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"vedette"
)

// A person's file has their words and what they were told, opened; nobody else's; not
// the word that is between them and the desk; and the record says that it left.
func TestAllOfOnePerson(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country,duress word\nAli Example,ali@example.org,Iraq,lighthouse\nMona Example,mona@example.org,Iraq,\n", ImportOptions{})
	if _, err := r.AddTrip(t.Context(), "ali@example.org", []vedette.Stay{{Area: "FR", From: r.at, To: r.at.AddDate(0, 0, 3)}}); err != nil {
		t.Fatal(err)
	}
	u := r.publish(alert)
	ali, err := r.Person(t.Context(), "ali@example.org")
	if err != nil {
		t.Fatal(err)
	}
	mona, err := r.Person(t.Context(), "mona@example.org")
	if err != nil {
		t.Fatal(err)
	}
	r.noticed(u, ali.Key)
	if err := r.answer(t.Context(), u, ali.Key, 1, vedette.ReplyHelp, "on the roof\n\nTheir record (person_records, 1)"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		who       vedette.Person
		has, lack []string
	}{
		{ali, []string{"Ali Example", "ali@example.org", "on the roof", "\"FR\"", "Strike on a power station", "help"}, []string{"Mona", "mona@", "lighthouse", "wrapped", unreadable}},
		{mona, []string{"Mona Example"}, []string{"Ali", "on the roof", "lighthouse", unreadable}},
	} {
		f, err := r.PersonFile(t.Context(), string(c.who.ID))
		if err != nil {
			t.Fatal(err)
		}
		var text, machine bytes.Buffer
		if err := f.WriteText(&text); err != nil {
			t.Fatal(err)
		}
		if err := f.WriteJSON(&machine); err != nil {
			t.Fatal(err)
		}
		for what, got := range map[string]string{"text": text.String(), "JSON": machine.String()} {
			for _, word := range c.has {
				if !strings.Contains(got, word) {
					t.Errorf("the %s of %s does not say %q:\n%s", what, c.who.Record.Name, word, got)
				}
			}
			for _, word := range c.lack {
				if strings.Contains(got, word) {
					t.Errorf("the %s of %s says %q", what, c.who.Record.Name, word)
				}
			}
		}
		if strings.Contains(text.String(), "\nTheir record (person_records, 1)\n\n  ") && strings.Count(text.String(), "(person_records, 1)\n") != 1 {
			t.Error("words of theirs look like a part of the file")
		}
		var back struct {
			Holds []struct {
				Table   string
				Columns []string
				Rows    [][]any
			}
			LeftOut []struct{ Table, Why string } `json:"left_out"`
		}
		if err := json.Unmarshal(machine.Bytes(), &back); err != nil || len(back.LeftOut) < 20 {
			t.Fatalf("the JSON does not read back: %v, %d left out", err, len(back.LeftOut))
		}
		for _, table := range back.Holds {
			for _, row := range table.Rows {
				if len(row) != len(table.Columns) {
					t.Errorf("%s: %d values of %d columns", table.Table, len(row), len(table.Columns))
				}
			}
		}
	}
	rows, err := r.Audit(t.Context(), LogQuery{Kind: vedette.LogExport})
	if err != nil || len(rows) != 2 || rows[1].Ref != string(ali.ID) || rows[1].Verb != ExportPerson {
		t.Errorf("the record says %+v, %v", rows, err)
	}
	if _, err := r.Erase(t.Context(), EraseOrder{Person: string(ali.ID), Why: vedette.EraseAsked, Anyway: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.PersonFile(t.Context(), string(ali.ID)); vedette.ErrorCode(err) != vedette.CodeNotFound {
		t.Errorf("of somebody erased: %v", err)
	}
}
