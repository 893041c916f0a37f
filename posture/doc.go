// Package posture keeps the organisation's board: which travel advice stands
// for which area.
//
// A posture rises by publishing and falls only by a person, with a reason;
// silence about an area changes nothing. The rules:
//
//   - What stands for an area is its own posture, else that of the narrowest
//     area holding it: who set a city apart meant it. So that a city is never
//     forgotten below a country that rose, Adopt raises what lies inside.
//   - Publishing an actual update adopts each posture it tells everybody
//     outright: no audience, no distance, no condition but one declared met.
//   - What the update says less of, leaves out or no longer names is a
//     question to the desk, and stands until that is answered.
//   - The board has a row without an action for a part that an advice leaves
//     out where nothing stood before: nothing of ours stands there. The same
//     from a person's hand takes the row away: what stands around holds again.
//   - Providers' and governments' postures stand beside it (Beside) and change
//     nothing.
package posture
