package pdf

import (
	"bytes"
)

// scan reads every object of the file, in its order: a later one of the same number is
// the newer.
func (r *reader) scan() {
	trailer := -1 // the next one, looked for once however many objects stand before it
	for at := 0; ; {
		if trailer < at {
			trailer = r.find("trailer", at)
		}
		i := r.find("obj", at)
		if trailer < i {
			l := lexer{r: r, b: r.file, at: trailer + len("trailer"), refs: true}
			v, _ := l.value(0)
			r.trailer(v)
			at = l.at
			continue
		}
		if i == len(r.file) {
			break
		}
		no, ok := r.numbered(i)
		if at = i + len("obj"); ok {
			at = r.object(no, at)
		}
	}
	if r.objects[r.root.no] == nil { // no trailer says where to begin
		for no, v := range r.objects {
			if d, ok := v.(dict); ok && d["Type"] == name("Catalog") && no >= r.root.no {
				r.root = ref{no, 0}
			}
		}
	}
}

// find gives where a word stands from a byte on, the length of the file where it does
// not.
func (r *reader) find(word string, at int) int {
	if i := bytes.Index(r.file[at:], []byte(word)); i >= 0 {
		return at + i
	}
	return len(r.file)
}

// numbered reads the number that stands before "obj", "12 0 ".
func (r *reader) numbered(end int) (int, bool) {
	var n [2]int
	for i := range n {
		for end > 0 && white(r.file[end-1]) {
			end--
		}
		digits, factor := 0, 1
		for end > 0 && r.file[end-1] >= '0' && r.file[end-1] <= '9' && digits < 9 {
			n[i] += int(r.file[end-1]-'0') * factor
			factor *= 10
			digits++
			end--
		}
		if digits == 0 {
			return 0, false
		}
	}
	return n[1], true
}

// object reads the object that begins at a byte, and gives where it ends.
func (r *reader) object(no, at int) int {
	l := lexer{r: r, b: r.file, at: at, refs: true}
	v, ok := l.value(0)
	if !ok {
		return len(r.file)
	}
	if d, isDict := v.(dict); isDict {
		if s, end, ok := r.streamOf(d, l.at); ok {
			r.objects[no] = s
			r.holds(s)
			return end
		}
	}
	r.objects[no] = v
	return l.at
}

// streamOf gives the stream that follows its dictionary.
func (r *reader) streamOf(d dict, at int) (stream, int, bool) {
	l := lexer{r: r, b: r.file, at: at}
	l.blank()
	rest := r.file[l.at:]
	if !bytes.HasPrefix(rest, []byte("stream")) {
		return stream{}, 0, false
	}
	from := l.at + len("stream")
	if from < len(r.file) && r.file[from] == '\r' {
		from++
	}
	if from < len(r.file) && r.file[from] == '\n' {
		from++
	}
	if n, ok := d["Length"].(float64); ok && whole(n) && from+int(n) <= len(r.file) {
		end := from + int(n)
		if bytes.HasPrefix(bytes.TrimLeft(r.file[end:min(end+20, len(r.file))], "\r\n\t "), []byte("endstream")) {
			return stream{d, r.file[from:end]}, end, true
		}
	}
	end := bytes.Index(r.file[from:], []byte("endstream"))
	if end < 0 {
		return stream{d, r.file[from:]}, len(r.file), true
	}
	return stream{d, r.file[from : from+end]}, from + end, true
}

// holds takes what a stream holds of objects, or of what a trailer says.
func (r *reader) holds(s stream) {
	switch s.dict["Type"] {
	case name("XRef"):
		r.trailer(s.dict)
	case name("ObjStm"):
		body := r.decode(s)
		first, _ := s.dict["First"].(float64)
		if !whole(first) || int(first) > len(body) {
			return
		}
		head := lexer{r: r, b: body[:int(first)]}
		for {
			no, ok1 := head.value(0)
			at, ok2 := head.value(0)
			n, isNo := no.(float64)
			a, isAt := at.(float64)
			if !ok1 || !ok2 || !isNo || !isAt || !whole(n) || !whole(a) || int(first)+int(a) > len(body) {
				return
			}
			l := lexer{r: r, b: body, at: int(first) + int(a), refs: true}
			if v, ok := l.value(0); ok {
				r.objects[int(n)] = v
			}
		}
	}
}

// trailer takes where the document begins, and refuses what is locked.
func (r *reader) trailer(v any) {
	d, _ := v.(dict)
	if d["Encrypt"] != nil {
		panic(errLocked)
	}
	if root, ok := d["Root"].(ref); ok {
		r.root = root
	}
}

// get follows references to what they name, nil for nothing.
func (r *reader) get(v any) any {
	for range maxDepth {
		to, ok := v.(ref)
		if !ok {
			return v
		}
		r.step()
		v = r.objects[to.no]
	}
	return nil
}

// dictOf gives a dictionary, that of a stream too; nil for none.
func (r *reader) dictOf(v any) dict {
	switch v := r.get(v).(type) {
	case dict:
		return v
	case stream:
		return v.dict
	}
	return nil
}

func (r *reader) number(v any, or float64) float64 {
	if n, ok := r.get(v).(float64); ok {
		return n
	}
	return or
}

// page is a page with the resources that it, or one above it, has.
type page struct {
	dict
	resources any
}

// pages gives the pages of the document in their order.
func (r *reader) pages() (out []page) {
	seen := map[ref]bool{}
	var walk func(v, resources any, depth int)
	walk = func(v, resources any, depth int) {
		if to, ok := v.(ref); ok {
			if seen[to] {
				return
			}
			seen[to] = true
		}
		d := r.dictOf(v)
		if d == nil || depth > maxDepth {
			return
		}
		if d["Resources"] != nil {
			resources = d["Resources"]
		}
		kids, ok := r.get(d["Kids"]).(array)
		if !ok {
			if out = append(out, page{d, resources}); len(out) > maxPages {
				panic(errPages)
			}
			return
		}
		for _, k := range kids {
			r.step()
			walk(k, resources, depth+1)
		}
	}
	if root := r.dictOf(r.root); root != nil {
		walk(root["Pages"], nil, 0)
	}
	return out
}
