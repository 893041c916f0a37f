// Package rights says who may do what: one table. It is pure; the desk asks it.
package rights

import (
	"slices"

	"vedette"
)

// Act is what somebody may want to do.
type Act string

// The acts.
const (
	Look       Act = "look"            // at updates, reports, the board, hand-overs, how channels do
	SeePeople  Act = "see people"      // who they are, where they are, what became of their messages
	Draft      Act = "draft"           // make, edit and remove drafts
	Publish    Act = "publish"         // publish, and what tells people of an update: stop, correct, tell again, all-clear
	Account    Act = "account"         // roll-calls and call sheets
	Ask        Act = "ask people"      // of a roll-call, whether they are safe
	TakeCases  Act = "take cases"      // calls for help
	HandOver   Act = "hand over"       // give and take a shift
	Drill      Act = "drill"           // ask people to answer a test
	KeepPeople Act = "keep people"     // who they are, where they are kept, their trips and watches; erase them
	RunHouse   Act = "run the house"   // sites, settings, policies, channels and hooks
	Administer Act = "administer"      // users and their roles
	Audit      Act = "read the record" // who did what
	Self       Act = "own account"     // sign out, everywhere too
)

// Acts are all of them.
var Acts = []Act{Look, SeePeople, Draft, Publish, Account, Ask, TakeCases, HandOver, Drill, KeepPeople, RunHouse, Administer, Audit, Self}

// table is who may do what. A role that is not in a line may not.
var table = map[Act][]vedette.UserRole{
	Look:       {vedette.RoleAnalyst, vedette.RoleApprover, vedette.RoleAdministrator},
	SeePeople:  {vedette.RoleAnalyst, vedette.RoleApprover, vedette.RoleAdministrator},
	Draft:      {vedette.RoleAnalyst, vedette.RoleApprover, vedette.RoleAdministrator},
	Publish:    {vedette.RoleApprover, vedette.RoleAdministrator},
	Account:    {vedette.RoleAnalyst, vedette.RoleApprover, vedette.RoleAdministrator},
	Ask:        {vedette.RoleAnalyst, vedette.RoleApprover, vedette.RoleAdministrator},
	TakeCases:  {vedette.RoleAnalyst, vedette.RoleApprover, vedette.RoleAdministrator},
	HandOver:   {vedette.RoleAnalyst, vedette.RoleApprover, vedette.RoleAdministrator},
	Drill:      {vedette.RoleApprover, vedette.RoleAdministrator},
	KeepPeople: {vedette.RoleApprover, vedette.RoleAdministrator},
	RunHouse:   {vedette.RoleAdministrator},
	Administer: {vedette.RoleAdministrator},
	Audit:      {vedette.RoleAdministrator},
	Self:       {vedette.RoleAnalyst, vedette.RoleApprover, vedette.RoleAdministrator},
}

// May says whether a role may do something.
func May(r vedette.UserRole, a Act) bool { return slices.Contains(table[a], r) }

// Who are the roles that may do something, least first.
func Who(a Act) []vedette.UserRole { return slices.Clone(table[a]) }
