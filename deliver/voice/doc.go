// Package voice carries notices as telephone calls over gateways. A call says
// first only that it is a safety message; what it is, it says to whoever presses
// a key, so that no answering machine hears it. The gateway fetches what is said
// from us, step by step, and tells what became of the call.
package voice
