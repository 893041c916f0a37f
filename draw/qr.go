package draw

import (
	"fmt"
	"strings"

	qr "github.com/piglig/go-qr"

	"vedette"
)

// quiet is how many modules stay white around a QR code, so that it is found.
const quiet = 4

// QR draws a text as a QR code: the path of what is dark, in a square of so many units
// a side.
func QR(text string) (path string, side int, err error) {
	code, err := qr.EncodeText(text, qr.Medium)
	if err != nil {
		return "", 0, vedette.Wrap(err, vedette.CodeInvalid, "that text does not fit a QR code")
	}
	var b strings.Builder
	for y := range code.Size() {
		for x := 0; x < code.Size(); x++ {
			n := 0
			for x+n < code.Size() && code.Module(x+n, y) {
				n++
			}
			if n > 0 {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", x+quiet, y+quiet, n, n)
				x += n
			}
		}
	}
	return b.String(), code.Size() + 2*quiet, nil
}
