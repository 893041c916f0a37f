package reports

// Hostile are pieces of text that, said over and over, make a careless pass
// go over the same words again.
var Hostile = map[string]string{
	"words": "word ", "lines": "a line of text\n", "bullets": "- Avoid all travel to Iran, if it happens, until May 3.\n", "commas": ",", "quotes": "\"”",
	"conditions": "if ", "dates": "February 4 ", "clocks": "10:00 ", "headings": "Current Situation:\n", "titles": "Iran ALERT: x\n", "tags": "<p>", "open tags": "<",
	"entities": "&#", "labels": "AFFECTED AREA\n", "places": "Iran Georgia ", "stops": ". A", "gaps": "ensure plan for prepare for adhere to ", "said": "He said that ",
	"blank": "\n", "dashes": "-", "nested": "advise those who must avoid except within 5 km of ", "avoided": "avoid Iran ", "sentences": "avoid Iran. ",
	"sheltered": "shelter in Iran and ", "ladder": "avoid all travel to Iran, ", "unknown": "relocate to Xanadu, ", "told if": "if avoid, ", "whom": "those who must stay should ",
	"excepted": "except Iran, ", "spoken": "officials said on Friday at 10:00 ", "capitals": "Tehran and ",
}
