package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"io"
)

// decode unpacks a stream, nil for one that it cannot. What is packed twice, in
// whatever way, counts twice.
func (r *reader) decode(s stream) []byte {
	filters, parms := r.list(s.dict["Filter"]), r.list(s.dict["DecodeParms"])
	if len(filters) > 4 {
		return nil
	}
	body := s.raw
	for i, f := range filters {
		var p dict
		if i < len(parms) {
			p = r.dictOf(parms[i])
		}
		if body = r.filter(r.get(f), p, body); body == nil {
			return nil
		}
	}
	return body
}

// list gives a list, of one where it stands alone.
func (r *reader) list(v any) array {
	switch v := r.get(v).(type) {
	case nil:
		return nil
	case array:
		return v
	default:
		return array{v}
	}
}

func (r *reader) filter(f any, parms dict, body []byte) []byte {
	switch f {
	case name("FlateDecode"), name("Fl"):
		return r.unpredict(r.inflate(body), parms)
	case name("ASCII85Decode"), name("A85"):
		body = bytes.TrimPrefix(bytes.TrimSpace(body), []byte("<~"))
		if i := bytes.Index(body, []byte("~")); i >= 0 {
			body = body[:i]
		}
		out, _ := io.ReadAll(ascii85.NewDecoder(bytes.NewReader(body))) // what came before a fault
		return r.counted(out)
	case name("ASCIIHexDecode"), name("AHx"):
		l := lexer{r: r, b: body}
		return r.counted([]byte(l.hex()))
	case name("RunLengthDecode"), name("RL"):
		return r.runs(body)
	}
	return nil // a picture, or of a kind that is out of use
}

// inflate gives what a stream unpacks to; of a broken one what comes before the fault.
func (r *reader) inflate(body []byte) []byte {
	z, err := zlib.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil
	}
	out, _ := io.ReadAll(io.LimitReader(z, int64(maxUnpacked-r.unpack)+1))
	return r.counted(out)
}

// counted counts what was unpacked against the bound of the file.
func (r *reader) counted(out []byte) []byte {
	if r.unpack += len(out); r.unpack > maxUnpacked {
		panic(errMuch)
	}
	return out
}

func (r *reader) runs(body []byte) (out []byte) {
	for i := 0; i < len(body); {
		n := int(body[i])
		i++
		switch {
		case n == 128:
			return r.counted(out)
		case n < 128:
			end := min(i+n+1, len(body))
			out = append(out, body[i:end]...)
			i = end
		case i < len(body):
			out = append(out, bytes.Repeat(body[i:i+1], 257-n)...)
			i++
		}
		if len(out) > maxUnpacked {
			panic(errMuch)
		}
	}
	return r.counted(out)
}

// unpredict takes back what PNG's filters did to rows; others are not met in text.
func (r *reader) unpredict(body []byte, parms dict) []byte {
	if r.number(parms["Predictor"], 1) < 10 {
		return body
	}
	columns := r.number(parms["Columns"], 1)
	if !whole(columns) || columns < 1 || columns > 1<<16 || r.number(parms["Colors"], 1) != 1 || r.number(parms["BitsPerComponent"], 8) != 8 {
		return nil
	}
	n := int(columns)
	var out []byte
	above := make([]byte, n)
	for ; len(body) > n; body = body[n+1:] {
		row := bytes.Clone(body[1 : n+1])
		for i := range row {
			var left, corner byte
			if i > 0 {
				left, corner = row[i-1], above[i-1]
			}
			switch body[0] {
			case 1:
				row[i] += left
			case 2:
				row[i] += above[i]
			case 3:
				row[i] += byte((int(left) + int(above[i])) / 2)
			case 4:
				row[i] += paeth(left, above[i], corner)
			}
		}
		out, above = append(out, row...), row
	}
	return r.counted(out)
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	da, db, dc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	switch {
	case da <= db && da <= dc:
		return a
	case db <= dc:
		return b
	}
	return c
}

func abs(n int) int { return max(n, -n) }
