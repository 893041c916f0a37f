// Package gateway carries what goes to telephone numbers over HTTP gateways:
// such as speak the form of Twilio (a POST of a form, JSON in answer), and such
// as take JSON of a shape the operator writes down. A number's longest prefix
// says which gateways serve it, in which order; one that is down is passed over.
// What is carried, text messages or calls, is its users' own.
package gateway
