package draw

import (
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"

	qr "github.com/piglig/go-qr"
)

// What is drawn is read again.
func TestAQRCodeIsRead(t *testing.T) {
	for _, text := range []string{"x", "otpauth://totp/Harbour%20Relief:ada@relief.example.org?issuer=Harbour%20Relief&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "وحدة الأمن"} {
		path, side, err := QR(text)
		if err != nil {
			t.Fatal(err)
		}
		const scale = 4
		img := image.NewGray(image.Rect(0, 0, side*scale, side*scale))
		for i := range img.Pix {
			img.Pix[i] = 255
		}
		for _, row := range strings.SplitAfter(path, "z") {
			var x, y, n, back int
			if row == "" {
				continue
			}
			if _, err := fmt.Sscanf(row, "M%d %dh%dv1h-%dz", &x, &y, &n, &back); err != nil || n != back || x < quiet || y < quiet || x+n > side-quiet {
				t.Fatalf("%q: %v", row, err)
			}
			for py := y * scale; py < (y+1)*scale; py++ {
				for px := x * scale; px < (x+n)*scale; px++ {
					img.SetGray(px, py, color.Gray{})
				}
			}
		}
		if got, err := qr.Decode(img); err != nil || got != text {
			t.Errorf("%q is read as %q, %v", text, got, err)
		}
	}
	if _, _, err := QR(strings.Repeat("x", 5000)); err == nil {
		t.Error("a text that is too long was drawn")
	}
}
