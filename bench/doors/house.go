package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"vedette/bench/child"
	"vedette/bench/load"
)

// house is an installation that another process serves, with somebody signed in to each
// organisation.
type house struct {
	served
	server  *child.Child
	client  *http.Client
	cookies []string
}

func newHouse(ctx context.Context, orgs, people int) (h *house, err error) {
	h = &house{client: load.Client()}
	defer func() {
		if err != nil {
			h.close()
		}
	}()
	if h.server, err = child.Start(ctx, &h.served, nil, asServer, strconv.Itoa(orgs), strconv.Itoa(people)); err != nil {
		return nil, err
	}
	for i := range h.Handles {
		cookie, err := h.signIn(i, fmt.Sprintf("10.1.%d.%d", i/250, i%250+1))
		if err != nil {
			return nil, err
		}
		h.cookies = append(h.cookies, cookie)
	}
	return h, nil
}

func (h *house) close() {
	if h.server != nil {
		_ = h.server.End()
	}
}

// signIn signs the user of an organisation in from an address, and gives their cookie.
func (h *house) signIn(org int, from string) (cookie string, err error) {
	res, err := h.post(h.Handles[org], "ada", password, from)
	if err != nil {
		return "", err
	}
	for _, c := range res.Cookies() {
		if strings.HasSuffix(c.Name, "vedette-session") && c.Value != "" {
			return c.Name + "=" + c.Value, nil
		}
	}
	return "", fmt.Errorf("a right password was answered %s", res.Status)
}

// post tries to sign in.
func (h *house) post(org, login, word, from string) (*http.Response, error) {
	r, err := http.NewRequest(http.MethodPost, h.Base+"/sign-in", strings.NewReader(url.Values{"org": {org}, "login": {login}, "password": {word}}.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", h.Base)
	r.Header.Set("X-Forwarded-For", from)
	res, err := h.client.Do(r)
	if err != nil {
		return nil, load.Turned(err)
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return res, load.Turned(err)
}

// get asks for a page as the user of an organisation, and gives how long it is.
func (h *house) get(path string, org int) (int, error) {
	r, err := http.NewRequest(http.MethodGet, h.Base+path, nil)
	if err != nil {
		return 0, err
	}
	r.Header.Set("Cookie", h.cookies[org])
	return load.Ask(h.client, r)
}

// alone is a page asked for a hundred times, one after the other.
func (h *house) alone(path string) ([]time.Duration, error) {
	return load.Each(100, func(i int) error { _, err := h.get(path, i%len(h.cookies)); return err })
}

// load begins something at the rate, and gives how long each took from when it was due.
func (h *house) load(lasts time.Duration, do func(i int) error) ([]time.Duration, error) {
	return load.Every(time.Second/rate, lasts, do)
}
