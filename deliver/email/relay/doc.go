// Package relay speaks SMTP (RFC 5321) to the server that mails are handed to.
//
// It is a client of our own for two reasons. Where the server lets it
// (PIPELINING, RFC 2920) it names sender and recipient and asks to send in one
// write, which halves what a mail costs both sides; the client libraries ask one
// by one. And every step is apart, so that "certainly not accepted" and "may
// have been accepted" are never mixed up.
package relay
