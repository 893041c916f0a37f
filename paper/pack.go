package paper

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"

	"vedette"
)

// The parts of a document as fpdf writes it: where its table begins, a line of the table,
// and what stands before a stream that is packed.
var (
	tableAt = regexp.MustCompile(`startxref\n(\d+)\n%%EOF\s*$`)
	entry   = regexp.MustCompile(`(?m)^(\d{10}) 00000 n ?$`)
	begins  = regexp.MustCompile(`^\d+ 0 obj\n(?s:<<[^>]*)/Length (\d+)(?s:[^>]*>>)\nstream\n`)
)

// packed is a document with its streams packed as well as they can be: fpdf packs in
// haste, and a page of signs as outlines packs to two thirds of that.
func packed(pdf []byte) ([]byte, error) {
	m := tableAt.FindSubmatch(pdf)
	if m == nil {
		return nil, odd("it has no table")
	}
	at, err := strconv.Atoi(string(m[1]))
	if err != nil || at > len(pdf) {
		return nil, odd("its table is not where it says")
	}
	table := pdf[at:]
	offsets := map[int]int{} // of an object → of it in what is made
	var order []int
	for _, e := range entry.FindAllSubmatch(table, -1) {
		n, err := strconv.Atoi(string(e[1]))
		if err != nil || n > at {
			return nil, odd("an object is not where its table says")
		}
		order = append(order, n)
	}
	if len(order) == 0 {
		return nil, odd("its table is empty")
	}
	slices.Sort(order)
	var out bytes.Buffer
	out.Write(pdf[:order[0]])
	for i, from := range order {
		to := at
		if i+1 < len(order) {
			to = order[i+1]
		}
		offsets[from] = out.Len()
		if err := repack(&out, pdf[from:to]); err != nil {
			return nil, err
		}
	}
	start := out.Len()
	table = entry.ReplaceAllFunc(table, func(e []byte) []byte {
		n, _ := strconv.Atoi(string(e[:10])) // it was read above
		return append(fmt.Appendf(nil, "%010d", offsets[n]), e[10:]...)
	})
	out.Write(tableAt.ReplaceAll(table, fmt.Appendf(nil, "startxref\n%d\n%%%%EOF\n", start)))
	return out.Bytes(), nil
}

// repack writes an object, its stream packed anew where that makes it smaller.
func repack(out *bytes.Buffer, object []byte) error {
	m := begins.FindSubmatchIndex(object)
	if m == nil || !bytes.Contains(object[:m[1]], []byte("/Filter /FlateDecode")) {
		out.Write(object)
		return nil
	}
	n, err := strconv.Atoi(string(object[m[2]:m[3]]))
	if err != nil || m[1]+n > len(object) {
		return odd("a stream is not as long as it says")
	}
	stream, err := again(object[m[1] : m[1]+n])
	if err != nil {
		return err
	}
	out.Write(object[:m[2]])
	out.WriteString(strconv.Itoa(len(stream)))
	out.Write(object[m[3]:m[1]])
	out.Write(stream)
	out.Write(object[m[1]+n:])
	return nil
}

// again packs what is packed.
func again(stream []byte) ([]byte, error) {
	r, err := zlib.NewReader(bytes.NewReader(stream))
	if err != nil {
		return nil, odd("a stream is not packed: " + err.Error())
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		return nil, odd("a stream is not packed: " + err.Error())
	}
	var b bytes.Buffer
	w, err := zlib.NewWriterLevel(&b, zlib.BestCompression)
	if err == nil {
		_, err = w.Write(plain)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil || b.Len() >= len(stream) {
		return stream, err
	}
	return b.Bytes(), nil
}

func odd(what string) error {
	return vedette.Errorf(vedette.CodeInternal, "the document is not as fpdf writes it, and cannot be packed: %s", what)
}
