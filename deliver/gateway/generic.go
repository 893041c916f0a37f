package gateway

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"vedette/deliver"
)

// generic makes a request of JSON in the shape the operator wrote down. Words
// are put into its strings as they are read, so that none can break out of one.
func (s *Sender) generic(ctx context.Context, w *way, no int, m deliver.Message) (*http.Request, error) {
	var shape any
	in := json.NewDecoder(bytes.NewReader(w.Body))
	in.UseNumber()
	if err := in.Decode(&shape); err != nil {
		return nil, s.cfg.Bad("the body of %s is no JSON: %v", w.Name, err)
	}
	words := strings.NewReplacer(append(s.carries.Words(w.Gateway, m), "{to}", m.To, "{digits}", strings.TrimPrefix(m.To, "+"),
		"{from}", w.from(no), "{id}", m.ID, "{ref}", m.Return)...)
	var body bytes.Buffer
	out := json.NewEncoder(&body)
	out.SetEscapeHTML(false)
	if err := out.Encode(filled(shape, words)); err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.URL, &body)
	if err != nil {
		return nil, err
	}
	for k, v := range w.Headers {
		req.Header.Set(k, v)
	}
	req.Header.Set("Content-Type", "application/json")
	return req, nil
}

// filled gives a shape with the words in the strings of it.
func filled(v any, words *strings.Replacer) any {
	switch t := v.(type) {
	case string:
		return words.Replace(t)
	case []any:
		out := make([]any, len(t))
		for i := range t {
			out[i] = filled(t[i], words)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(t))
		for k := range t {
			out[k] = filled(t[k], words)
		}
		return out
	}
	return v
}
