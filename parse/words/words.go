// Package words holds the word tables of the reader: plain files, one a
// subject, each saying what its labels mean. The way phrases are written is
// told in package phrase.
package words

import (
	"embed"
	"strings"
	"sync"

	"vedette"
	"vedette/parse/phrase"
)

//go:embed *.txt
var files embed.FS

// Tables are the word tables, one a file. They are never changed.
type Tables struct {
	Sections, Kinds, Labels, Risks, Strengths *phrase.Table
	Confidence, Judgements, Voices, Speakers  *phrase.Table
	Actions, Placekinds, Advised, Conditions  *phrase.Table
	Urgency, Lasting                          *phrase.Table
	Categories, Calendar, States              *phrase.Table
	Noise, Metonyms, Shapes, Months           *phrase.Table
	Abbreviations                             *phrase.Table
	odds                                      map[vedette.Scale]*phrase.Table
}

// All gives the tables, which load at the first call.
func All() *Tables { return loaded() }

var loaded = sync.OnceValue(loadTables)

func loadTables() *Tables {
	load := func(name string) *phrase.Table { return phrase.Load(file(name)) }
	return &Tables{
		Sections: load("sections"), Kinds: load("kinds"), Labels: load("labels"), Risks: load("risks"), Strengths: load("strengths"),
		Confidence: load("confidence"), Judgements: load("judgements"), Voices: load("voices"), Speakers: load("speakers"),
		Actions: load("actions"), Placekinds: load("placekinds"), Advised: load("advised"), Conditions: load("conditions"),
		Urgency: load("urgency"), Lasting: load("lasting"), Categories: load("categories"), Calendar: load("calendar"), States: load("states"),
		Noise: load("noise"), Metonyms: load("metonyms"), Shapes: load("shapes"), Months: load("months"),
		Abbreviations: load("abbreviations"),
		odds: map[vedette.Scale]*phrase.Table{
			vedette.ScaleICD203: oddsTable(vedette.ScaleICD203),
			vedette.ScalePHIA:   oddsTable(vedette.ScalePHIA),
		},
	}
}

func file(name string) string {
	b, err := files.ReadFile(name + ".txt")
	if err != nil {
		panic(err) // the file is embedded under this very name
	}
	return string(b)
}

// Sizes says whether a token is a word for a sort of place or a part of one, as
// stands before and after names: "the city of Reading", "northern Mali".
func (t *Tables) Sizes(ts []phrase.Token, i int) bool {
	return t.Shapes.Is(ts, i, "part") || t.Shapes.Is(ts, i, "sort") || t.Shapes.Is(ts, i, "sorts")
}

// Odds gives the estimative words as read on a scale.
func (t *Tables) Odds(s vedette.Scale) *phrase.Table { return t.odds[s] }

// oddsTable puts the lines of one scale first, so that a word of both scales
// is read on that one.
func oddsTable(s vedette.Scale) *phrase.Table {
	var own, rest []string
	for line := range strings.Lines(file("odds")) {
		if strings.HasPrefix(line, string(s)+" ") {
			own = append(own, line)
		} else {
			rest = append(rest, line)
		}
	}
	return phrase.Load(strings.Join(own, "") + strings.Join(rest, ""))
}
