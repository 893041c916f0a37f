package paper

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"sync"

	"github.com/go-text/typesetting/font"
)

// The typeface is DejaVu Sans, which has the letters of every language that Vedette
// writes in; its licence lies beside it.
var (
	//go:embed fonts/DejaVuSans.ttf.gz
	plainPacked []byte
	//go:embed fonts/DejaVuSans-Bold.ttf.gz
	boldPacked []byte
)

// family is what fpdf calls the typeface.
const family = "dejavu"

// face is one weight of the typeface: for fpdf, its bytes, and for go-text, read.
type face struct {
	style string // as fpdf has it
	bytes []byte
	font  *font.Font
}

// weight is a face for the making of one document: go-text's faces keep what they look
// up, and are not to be shared.
type weight struct {
	style string
	face  *font.Face
}

func newWeight(of *face) weight { return weight{of.style, font.NewFace(of.font)} }

// ResolveFace is that all letters are of it: one that it lacks is drawn as a box.
func (s *weight) ResolveFace(rune) *font.Face { return s.face }

var faces = sync.OnceValues(func() (out [2]face, err error) {
	for i, of := range []struct {
		style  string
		packed []byte
	}{{"", plainPacked}, {"B", boldPacked}} {
		out[i].style = of.style
		r, err := gzip.NewReader(bytes.NewReader(of.packed))
		if err == nil {
			out[i].bytes, err = io.ReadAll(r)
		}
		if err != nil {
			return out, err
		}
		parsed, err := font.ParseTTF(bytes.NewReader(out[i].bytes))
		if err != nil {
			return out, err
		}
		out[i].font = parsed.Font
	}
	return out, nil
})
