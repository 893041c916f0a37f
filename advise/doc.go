// Package advise decides which advice of an update applies to a person, and
// why some of it does not.
//
// The rules, from the project's lists:
//
//   - An advice applies by its actions' targets, never by the heading it
//     stands under: to somebody in a target; to somebody whose place contains
//     a target they may be in, and who is told "if you are in or near"; and,
//     where it restricts travel, to somebody with a trip ahead into a target.
//   - An advice for an audience is not told to who is known not to belong to
//     it, with that reason; who may belong is told with the audience said
//     first, and never as the strongest word; who belongs is told plainly.
//   - A condition stays with its advice. Until it is met the advice ranks
//     with the rest and sets no posture.
//   - The most specific area comes first, within it the report's order. When
//     something is immediate: protect now, leave, posture, the rest.
//   - The strongest posture is the headline of the notice, not a re-ordering.
//   - The risk is that of the person's own area (vedette.Update.RiskAt).
//
// Nothing is told twice: an advice is one line however often it applies.
package advise
