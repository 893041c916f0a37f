// Package delivertest holds the exam every Sender passes, and the fakes of
// the outside world it is held against: a mail relay, a receiver of
// hooks and a push service, real servers on loopback whose answers can be scripted.
package delivertest
