// Package gazetteer knows the places of Vedette: countries, regions, seas and
// cities, their names, what contains what, time zones and geometry.
//
// Everything is inside the binary. Texts under tables/ are written by hand
// and read as they are; the files under data/ are made by the program in
// build/ from public data (see NOTICE at the root of the module). Names load
// at the first call of Default, geometry at the first call that needs it.
//
// The tables take no side in a dispute; tables/disputed.txt says how disputed
// land is kept, and Disputed gives it for drawing. First-level divisions are
// not here yet.
//
// All methods are safe for concurrent use.
package gazetteer

import _ "time/tzdata" // zones resolve on machines without a zone database
