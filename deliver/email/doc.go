// Package email carries messages over SMTP.
//
// Messages are composed with wneessen/go-mail and handed in by package relay,
// one transaction a message over reused connections. The sending half of
// go-mail asks NOOP before and RSET after every message, does not follow a
// context once connected, and gives one error for the final dot and its answer.
package email
