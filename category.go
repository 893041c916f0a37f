package vedette

import "slices"

// Categories lists what a report or update may be about.
var Categories = []string{"active_shooter", "airstrike", "arbitrary_detention", "armed_conflict", "civil_unrest", "crime", "cyber_attack",
	"earthquake", "economics", "fire", "flood", "health", "kidnapping", "labor_action", "maritime", "militancy", "organized_crime", "piracy",
	"politics", "protest", "rocket_mortar", "security_operations", "service_failure", "storm", "supply_chain", "transport", "volcano",
	"wildfire", "other"}

// IsCategory says whether a slug is one of Categories.
func IsCategory(s string) bool { return slices.Contains(Categories, s) }
