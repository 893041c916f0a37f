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
	KeepLog    Act = "keep the log"    // write down what was decided in a situation
	HandOver   Act = "hand over"       // give and take a shift
	Drill      Act = "drill"           // ask people to answer a test
	KeepPeople Act = "keep people"     // import and change people, sites, trips, check-ins and watches; erase somebody
	RunHouse   Act = "run the house"   // sites, settings, policies, channels and hooks
	Export     Act = "export people"   // who they are, as a file
	Administer Act = "administer"      // users and their roles
	Audit      Act = "read the record" // who did what
	Self       Act = "own account"     // sign out, everywhere too
	Approve    Act = "approve"         // be the second person who says that a draft goes out, and look at what went out on one person's word
	BreakGlass Act = "break the glass" // publish an immediate warning alone where a second person is wanted
	Scim       Act = "scim"            // keep who may sign in, as an identity provider does
)

// SeeOwn and AccountOwn are for the roles that see their own people alone: each of
// their questions is of those, and of nobody else.
const (
	SeeOwn     Act = "see own people"
	AccountOwn Act = "account for own people"
)

// Acts are all of them.
var Acts = []Act{Look, SeePeople, Draft, Publish, Account, Ask, TakeCases, KeepLog, HandOver, Drill, KeepPeople, RunHouse, Export, Administer, Audit, Self, Approve, BreakGlass, Scim, SeeOwn, AccountOwn}

// table is who may do what. A role that is not in a line may not.
var table = map[Act][]vedette.UserRole{
	Look:       {vedette.RoleAnalyst, vedette.RoleApprover, vedette.RoleAdministrator},
	SeePeople:  {vedette.RoleAnalyst, vedette.RoleApprover, vedette.RoleAdministrator},
	Draft:      {vedette.RoleAnalyst, vedette.RoleApprover, vedette.RoleAdministrator},
	Publish:    {vedette.RoleApprover, vedette.RoleAdministrator},
	Account:    {vedette.RoleAnalyst, vedette.RoleApprover, vedette.RoleAdministrator},
	Ask:        {vedette.RoleAnalyst, vedette.RoleApprover, vedette.RoleAdministrator},
	TakeCases:  {vedette.RoleAnalyst, vedette.RoleApprover, vedette.RoleAdministrator},
	KeepLog:    {vedette.RoleAnalyst, vedette.RoleApprover, vedette.RoleAdministrator},
	HandOver:   {vedette.RoleAnalyst, vedette.RoleApprover, vedette.RoleAdministrator},
	Drill:      {vedette.RoleApprover, vedette.RoleAdministrator},
	KeepPeople: {vedette.RoleApprover, vedette.RoleAdministrator},
	RunHouse:   {vedette.RoleAdministrator},
	Export:     {vedette.RoleAnalyst, vedette.RoleApprover, vedette.RoleAdministrator},
	Administer: {vedette.RoleAdministrator},
	Audit:      {vedette.RoleAdministrator},
	Self:       vedette.UserRoles,
	Approve:    {vedette.RoleApprover, vedette.RoleAdministrator},
	BreakGlass: {vedette.RoleAnalyst, vedette.RoleApprover, vedette.RoleAdministrator},
	Scim:       {}, // tokens alone
	SeeOwn:     vedette.OwnRoles,
	AccountOwn: {vedette.RoleManager, vedette.RoleWarden, vedette.RoleRegional},
}

// Allows says whether who acts may do something. Whoever works on the machine that
// holds the key, and the program itself, may do all; a token, what it was made for;
// whoever comes by a link or a gateway nothing of the table: what they may is open.
func Allows(a vedette.Actor, act Act) bool {
	switch a.Via {
	case "", vedette.ViaCommand, vedette.ViaProgram:
		return true
	case vedette.ViaToken:
		return TokenMay(a.Acts, act)
	}
	return May(a.Role, act)
}

// tokens are the acts that a token can be given: none of what is of a person's own,
// nor of the pages by which people and tokens are let in, nor what wants the judgement of a
// person.
var tokens = []Act{Look, SeePeople, Draft, Publish, Account, Ask, TakeCases, KeepLog, HandOver, Drill, KeepPeople, Export, Audit, Scim}

// May says whether a role may do something.
func May(r vedette.UserRole, a Act) bool { return slices.Contains(table[a], r) }

// Who are the roles that may do something, least first.
func Who(a Act) []vedette.UserRole { return slices.Clone(table[a]) }

// ForTokens are the acts that a token can be given.
func ForTokens() []Act { return slices.Clone(tokens) }

// TokenMay says whether a token that was given some acts may do one: what is kept of a
// token opens nothing that no token may do.
func TokenMay(given []string, a Act) bool {
	return slices.Contains(tokens, a) && slices.Contains(given, string(a))
}
