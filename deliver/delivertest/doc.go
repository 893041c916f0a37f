// Package delivertest holds the exam every Sender passes, and the fakes of
// the outside world it is held against: a mail relay and a receiver of
// hooks, real servers on loopback whose answers can be scripted.
package delivertest
