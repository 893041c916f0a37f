// Package address brings e-mail addresses and phone numbers into one form,
// or says in words why they are none. It guesses at nothing.
package address
