// Package match decides who is concerned by an update, and why.
//
// One rule decides (Prepared.Relate); an index finds whom to ask it about
// (Index). Whatever the index leaves out, Relate would call out.
//
// The rule, from the project's words (doc/decisions/0013-who-is-in.md):
//
//   - Somebody is in when an affected area, a drawn shape, or a target of an
//     advice contains where they are; they may be in when where they are
//     contains such an area, or overlaps it, because we do not know it closer
//     ("kept as Israel", the update names Ashdod); all others are out.
//   - Advice on travel concerns also those whose trip is still ahead.
//   - A site is in as well when an event's place is within the distance that
//     the organisation set for its risk.
//   - Who is in by an old word, or by one that a better one speaks against,
//     may be in. No presence takes another away.
//   - Who is out and asked to be told watches.
//
// Countries and seas stand beside each other, so an office ashore does not meet
// a sea, and a ship does not meet a country. What advice somebody is then shown
// is another rule's: package advise.
package match
