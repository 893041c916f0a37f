package match

import "vedette"

// Tells says whether somebody of this exposure is to be told, and why, in
// words. risk is that of their place; one that is not known counts as extreme.
// Who is in is always told; who may be in when it is immediate or the risk is
// high or more; who asked to be told is; who is out is not.
func (p *Prepared) Tells(e vedette.Exposure, risk vedette.Risk, urgency vedette.Urgency) (told bool, reason string) {
	switch e.Relation {
	case vedette.RelationIn:
		return true, "they are in"
	case vedette.RelationWatches:
		return true, "they are not in, but asked to be told"
	case vedette.RelationMayBe:
		switch {
		case urgency.Effective() == vedette.UrgencyImmediate:
			return true, "they may be in, and it is immediate"
		case risk == vedette.RiskUnknown:
			return true, "they may be in, and no risk is given, which counts as extreme"
		case risk >= vedette.RiskHigh:
			return true, "they may be in, and the risk is " + risk.String()
		}
		return false, "they may be in, but the risk is only " + risk.String() + " and nothing is immediate"
	}
	return false, "they are not in, and did not ask to be told"
}
