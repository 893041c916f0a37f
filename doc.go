// Package vedette holds the nouns of Vedette: reports and what was read of
// them, updates, people and where they are, and what was told to whom.
//
// The nouns know nothing: this package reads no clock, opens no file, speaks
// neither SQL nor HTTP. Rules over the nouns live in packages of their own
// (parse, match, advise); they are pure and take the time as an argument.
//
// Times are time.Time in UTC. Text is UTF-8. Spans are byte offsets,
// half open. Lines are counted from 1, ranges are inclusive.
package vedette
