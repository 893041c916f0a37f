package main

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
)

var offerLink = regexp.MustCompile(`https?://\S+/r/(?:take|approve)/[A-Za-z0-9_-]+`)

// take ADDRESS STATUS FILE presses the button of the page behind the offer, or what asks an approver, in
// the last mail to an address; the page that comes goes into a file.
func cmdTake(ts *testscript.TestScript, neg bool, args []string) {
	link := offerLink.FindString(lastMail(ts, args[0]).Text)
	if link == "" {
		ts.Fatalf("the last mail to %s has no offer", args[0])
	}
	res, err := http.PostForm(link, url.Values{"take": {"yes"}})
	offered(ts, res, err, args)
}

// offer ADDRESS STATUS FILE opens that page, as a mail scanner would.
func cmdOffer(ts *testscript.TestScript, neg bool, args []string) {
	res, err := http.Get(offerLink.FindString(lastMail(ts, args[0]).Text))
	offered(ts, res, err, args)
}

func offered(ts *testscript.TestScript, res *http.Response, err error, args []string) {
	ts.Check(err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	ts.Check(err)
	if strconv.Itoa(res.StatusCode) != args[1] {
		ts.Fatalf("the offer was answered %s, want %s", res.Status, args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), b, 0o600))
}
