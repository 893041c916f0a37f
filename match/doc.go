// Package match decides who is concerned by an update, and why.
//
// One rule decides (Relate); an index finds whom to ask it about (Index).
// Whatever the index leaves out, Relate would call out.
//
// The rule, from the project's words: somebody is in when an affected area,
// or a target of an advice, contains where they are; they may be in when
// where they are contains such an area, because we do not know it closer
// ("kept as Israel", the update names Ashdod); all others are out. Advice on
// travel concerns also those whose trip is still ahead. What advice somebody
// is then shown is another rule's: package advise.
//
// Containment alone decides. Countries and seas stand beside each other, so
// an office ashore does not meet a sea, and a ship does not meet a country.
package match
