// Package paper puts text and maps on pages, as PDF: with a text layer, so that it can be
// searched, copied and read out, and with Arabic, Hebrew and Persian shaped and in their
// order.
//
// Text that is read from left to right is set by fpdf, in a typeface that lies within.
// fpdf knows neither shapes of letters by their place in a word nor two directions, so
// what is read from right to left is shaped by go-text, drawn as outlines, and written a
// second time, unseen, where each letter stands: that is what a reader copies
// (doc/decisions/0059-paper-and-links.md).
package paper
