// Package email carries messages over SMTP.
//
// Mails are written here, with the standard library, and handed in by package
// relay, one transaction a mail over reused connections. Their bodies come in
// quoted-printable, most of it written once for all who get the like
// ([deliver.Message.Bodies]).
package email
