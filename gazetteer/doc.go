// Package gazetteer knows the places of Vedette: countries, first-level
// divisions, cities and towns from 1,000 inhabitants, seas, regions and
// airports; their names, what contains what, time zones and geometry.
//
// Everything is inside the binary. Texts under tables/ are written by hand
// and read as they are; the files under data/ are made by the program in
// build/ from public data (see NOTICE at the root of the module, and
// doc/decisions/0009-gazetteer.md for how). Names load at the first call of
// Default, geometry at the first call that needs it. Towns lie in columns and
// areas are made of them on demand, so that loading 125,000 takes a tenth of a
// second.
//
// The tables take no side in a dispute; tables/disputed.txt says how disputed
// land is kept, Disputes gives it for drawing, DisputesOf and DisputesAt for
// saying.
//
// All methods are safe for concurrent use.
package gazetteer

import _ "time/tzdata" // zones resolve on machines without a zone database
