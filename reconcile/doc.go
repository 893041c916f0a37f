// Package reconcile holds the ledger of an update against itself and against
// a provider's log: everyone who was to be told is in exactly one state, and
// whoever is not told has a name and a reason. It is pure.
package reconcile
