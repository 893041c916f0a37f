package main

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"time"

	"vedette/bench/figure"
	"vedette/bench/load"
)

// ownFile is a file of ours that a page needs.
var ownFile = regexp.MustCompile(`(?:href|src)="(/static/[^"]+)"`)

// weighed is what the page of an update weighs, with all it needs, and the second time.
func (h *house) weighed(context.Context, size) ([]figure.Figure, error) {
	path := "/updates/" + string(h.last.ID)
	page, err := h.get(path)
	if err != nil {
		return nil, err
	}
	body, err := h.read(path)
	if err != nil {
		return nil, err
	}
	all, files := page, map[string]bool{}
	for _, m := range ownFile.FindAllStringSubmatch(body, -1) {
		if files[m[1]] {
			continue
		}
		files[m[1]] = true
		n, err := h.get(m[1])
		if err != nil {
			return nil, err
		}
		all += n
	}
	note := fmt.Sprintf("with its map; %d bytes that are not compressed, and %d files that are kept", len(body), len(files))
	return []figure.Figure{
		{Name: "an update's page, the first time", Value: float64(all), Unit: "bytes", Asked: askedFirst, AtMost: true, Note: note},
		{Name: "the second time", Value: float64(page), Unit: "bytes", Asked: askedSecond, AtMost: true},
	}, nil
}

// read gives the text of a page.
func (h *house) read(path string) (string, error) {
	r, err := http.NewRequest(http.MethodGet, h.base+path, nil)
	if err != nil {
		return "", err
	}
	r.Header.Set("Accept-Encoding", "gzip")
	res, err := h.client.Do(r)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	z, err := gzip.NewReader(res.Body)
	if err != nil {
		return "", fmt.Errorf("%s is not compressed: %w", path, err)
	}
	body, err := io.ReadAll(z)
	return string(body), err
}

// pages is what whoever works waits for, each page under load by itself.
func (h *house) pages(ctx context.Context, s size) (list []figure.Figure, err error) {
	update := "/updates/" + string(h.last.ID)
	paths := []string{"/", "/?risk=high&area=Europe", "/?q=rocket+convoy", update, update + "/board", "/night", "/inbox", "/posture", "/who?area=Germany", "/world", "/world/" + string(h.town().Country)}
	for _, p := range paths {
		if _, err := h.get(p); err != nil {
			return nil, err
		}
	}
	n, err := h.get("/")
	if err != nil {
		return nil, err
	}
	limit, err := load.Echo(h.client, n, time.Second/rate, s.lasts)
	if err != nil {
		return nil, err
	}
	for _, p := range paths {
		alone, err := load.Each(50, func(int) error { _, err := h.get(p); return err })
		if err != nil {
			return nil, err
		}
		took, err := load.Every(time.Second/rate, s.lasts, func(int) error { _, err := h.get(p); return err })
		if err != nil {
			return nil, err
		}
		name := regexp.MustCompile(`[0-9a-f-]{36}`).ReplaceAllString(p, "…")
		list = append(list, figure.Figure{Name: name + ", p99", Value: load.At(took, 99), Unit: "ms", Asked: askedPage, AtMost: true, Limit: load.At(limit, 99), Of: "a page out of memory",
			Note: fmt.Sprintf("half within %.1f ms; one at a time %.1f ms", load.At(took, 50), load.At(alone, 50))})
	}
	return list, nil
}

// looked is what whoever looks for words among many updates waits for.
func (h *house) looked(ctx context.Context, s size) ([]figure.Figure, error) {
	begin := time.Now()
	if err := h.publish(ctx, s.found); err != nil {
		return nil, err
	}
	note := fmt.Sprintf("%.0f s to publish and shelve them", time.Since(begin).Seconds())
	if _, err := h.get("/?q=port"); err != nil { // the cards are read by who looks first
		return nil, err
	}
	ask := func(int) error {
		q := h.word()
		for range h.r.IntN(3) {
			q += " " + h.word()
		}
		_, err := h.get("/?q=" + url.QueryEscape(q))
		return err
	}
	took, err := load.Each(400, ask)
	if err != nil {
		return nil, err
	}
	return []figure.Figure{{Name: fmt.Sprintf("words among %d updates, p95", s.found), Value: load.At(took, 95), Unit: "ms", Asked: askedFound, AtMost: true,
		Note: fmt.Sprintf("one at a time, through the portal, half within %.1f ms; %s", load.At(took, 50), note)}}, nil
}
