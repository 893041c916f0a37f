package deliver

import "vedette"

// because says in words, for each way to be concerned, why somebody gets it.
func (n Notice) because() map[vedette.Relation]string {
	w, v := n.words(), &n.Variant
	out := map[vedette.Relation]string{vedette.RelationWatches: w.Say("because.watches"), vedette.RelationOut: w.Say("because.earlier")}
	switch {
	case n.cancels() != "", n.clears():
		out[vedette.RelationOut] = w.Say("because.told")
	case n.Correction != nil:
		out[vedette.RelationOut] = w.Say("because.corrected")
	}
	if n.asks() {
		for _, r := range []vedette.Relation{vedette.RelationIn, vedette.RelationMayBe, vedette.RelationOut} {
			out[r] = w.Say("because.asked")
		}
		return out
	}
	in, may := "because.in", "because.may_be"
	if n.byTrip() {
		in, may = "because.trip", "because.trip"
	}
	if len(v.Areas) == 0 {
		in, may = "because.area", "because.area"
		out[vedette.RelationIn], out[vedette.RelationMayBe] = w.Say(in), w.Say(may)
		return out
	}
	place := n.placed()
	out[vedette.RelationIn], out[vedette.RelationMayBe] = w.Say(in, place), w.Say(may, place)
	return out
}

// byTrip says whether all that applies does so by a trip ahead.
func (n Notice) byTrip() bool {
	for _, l := range n.Variant.Lines {
		if !l.Trip {
			return false
		}
	}
	return len(n.Variant.Lines) > 0
}
