package reports

import "strings"

// Hostile are pieces of text that, said over and over, make a careless pass
// go over the same words again.
var Hostile = map[string]string{
	"words": "word ", "lines": "a line of text\n", "bullets": "- Avoid all travel to Iran, if it happens, until May 3.\n", "commas": ",", "quotes": "\"”",
	"conditions": "if ", "dates": "February 4 ", "clocks": "10:00 ", "headings": "Current Situation:\n", "titles": "Iran ALERT: x\n", "tags": "<p>", "open tags": "<",
	"entities": "&#", "labels": "AFFECTED AREA\n", "places": "Iran Georgia ", "stops": ". A", "gaps": "ensure plan for prepare for adhere to ", "said": "He said that ",
	"blank": "\n", "dashes": "-", "nested": "advise those who must avoid except within 5 km of ", "avoided": "avoid Iran ", "sentences": "avoid Iran. ",
	"sheltered": "shelter in Iran and ", "ladder": "avoid all travel to Iran, ", "unknown": "relocate to Xanadu, ", "told if": "if avoid, ", "whom": "those who must stay should ",
	"excepted": "except Iran, ", "spoken": "officials said on Friday at 10:00 ", "capitals": "Tehran and ",
	"codes": "to LHR, ", "slight codes": "ULM ", "spans of days": "1 May to ", "namesakes": "in Santa Ana, ",
	"passive": "bars should be avoided and ", "leads": "Staff in Basra should:\n- stay in Iran\n",
}

// Longest says a piece for as many bytes as are asked for, under headings: as
// lines, as items just short of the longest that is read as one, as one
// endless line.
func Longest(piece string, size int) map[string][]byte {
	const head = "Iran ALERT: a test of size\nRecommendations:\n"
	bare := strings.TrimSuffix(piece, "\n")
	out := map[string][]byte{}
	for form, unit := range map[string]string{
		"lines":    bare + "\n",
		"items":    "- " + strings.Repeat(bare, 15_000/len(piece)) + "\n",
		"one line": piece,
	} {
		out[form] = []byte(head + strings.Repeat(unit, (size-len(head))/len(unit)))
	}
	return out
}
