// Package advise decides which advice applies to a person, over everything
// that stands, and why some of it does not.
//
// The rules, from the project's lists and doc/decisions/0014-what-applies.md:
//
//   - An advice applies by its actions' targets, never by the heading it
//     stands under: to somebody in a target; to somebody whose place contains
//     a target they may be in, and who is told "if you are in or near"; and,
//     where it restricts travel, to somebody with a trip ahead into a target.
//     One without any place applies to whoever is in what its update draws, and
//     so does one for the affected area, where that is a single one.
//   - An advice for an audience is not told to who is known not to belong to
//     it, with that reason; who may belong is told with the audience said
//     first, and never as the strongest word; who belongs is told plainly.
//   - A condition stays with its advice. Until it is declared met the advice
//     ranks with the rest and sets no posture. Met, it holds at once and
//     suspends what tells the opposite at the same place; passed, what waited
//     for it is withheld.
//   - An all-clear ends what protects people in its area (shelter, stay put,
//     evacuate) by what was told before it; an advice that tells more goes on
//     with the rest, marked. What waits for a condition goes on waiting.
//   - The most specific area comes first, within it the report's order. When
//     something is immediate: protect now, leave, posture, the rest. What is
//     suspended comes last, and is never dropped.
//   - The strongest posture over all that stands, the organisation's board
//     with it, is the headline of the notice, not a re-ordering.
//   - The risk is that of the person's own area (vedette.Update.RiskAt),
//     raised by what else stands there.
//
// Nothing is told twice: an advice is one line however often it applies, and
// the very same advice of two updates is the own or newer one's.
//
// Who hears of a later update is package advise/news; for whom an advice is,
// advise/audience; where its condition is, advise/condition.
package advise
