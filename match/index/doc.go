// Package index finds who is where, out of millions, without looking at all.
// It holds one organisation's presences and watches in memory and is changed
// in place; the rule (package match) decides about those it finds, by what
// it gives back of them.
//
// People have numbers, in the order of their keys. For each area there are
// sets of the numbers of those who are kept at it and of those in anything
// inside it, as far as their presences have begun and have no end: a region is
// answered by copying a set. Presences with an end, or that begin later, are
// in lists by their beginning, for each division or country (spell). Points are
// in a grid of the earth's map (grid); which countries and divisions a shape may
// meet is told by what they cover (cover). All that is held of a person is
// packed in rows (row). doc/decisions/0012-index.md says why.
package index
