package web

import (
	"html/template"
	"reflect"
	"sync"
)

// mostWritten is how many parts of pages are kept as they were written.
const mostWritten = 32

// written keeps parts of pages as they were written last: what would say the same is not
// written again. It is asked for with all that it says, so it needs no word of a change.
type written struct {
	mu sync.Mutex
	of map[string]writtenPart
}

// writtenPart is a part, and what it says.
type writtenPart struct {
	view any
	html template.HTML
}

// give gives a part that says what a view does: the one that was written last under a
// key, where that said the same. The view is not changed any more.
func (k *written) give(key string, view any, write func() ([]byte, error)) (template.HTML, error) {
	k.mu.Lock()
	last, ok := k.of[key]
	k.mu.Unlock()
	if ok && reflect.DeepEqual(last.view, view) {
		return last.html, nil
	}
	b, err := write()
	if err != nil {
		return "", err
	}
	html := template.HTML(b) // a template wrote it
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.of == nil || len(k.of) >= mostWritten {
		k.of = map[string]writtenPart{}
	}
	k.of[key] = writtenPart{view, html}
	return html, nil
}

// writes gives a part of a page, in the language of a request, which many ask for with the
// same in it. key is that of the page and whoever may see it so; what a part says may
// differ all the same.
func (p *portal) writes(language, name, key string, view any) (template.HTML, error) {
	return p.written.give(language+" "+name+" "+key, view, func() ([]byte, error) { return p.part(language, name, view) })
}
