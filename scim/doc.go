// Package scim reads what identity providers send to keep who may sign in, by SCIM 2.0
// (RFC 7643, RFC 7644), and writes what they read: users alone. It is pure: what a body
// says is put on an identity, and whoever calls keeps it.
//
// Providers depart from the texts, and what Okta and Entra send is read as they mean
// it: operations in capitals, a truth as the word "False", changes without a path whose
// names have dots. Attributes of a user that are not ours are passed over, as the texts
// let us; a path that names none is refused.
package scim
