package browser

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// others is where pages are served that are not the portal's, which is at localhost: an
// identity provider of the tests has letters from elsewhere.
const others = "http://127.0.0.1:"

// complaints are what went wrong in a window while a test looked at something else.
type complaints struct {
	mu   sync.Mutex
	said []string
}

func (c *complaints) add(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if line := fmt.Sprintf(format, args...); !slices.Contains(c.said, line) {
		c.said = append(c.said, line)
	}
}

// watched has the test fail that a window is of, where a script of a page fails or
// complains, where the page's policy forbids something that is on it, and where anything is
// asked of another machine. That the portal refuses is no fault: tests want it to.
func (w *window) watched() {
	w.t.Helper()
	c := &complaints{}
	w.must(chromedp.Listen(w.tab, c.hear))
	_, err := chromedp.Call(w.tab, cdplog.Enable, cdp.Empty{})
	w.must(err)
	_, err = chromedp.Call(w.tab, network.Enable, network.EnableParams{})
	w.must(err)
	w.t.Cleanup(func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, line := range c.said {
			w.t.Errorf("in the browser: %s", line)
		}
	})
}

func (c *complaints) hear(ev any) {
	switch e := ev.(type) {
	case *runtime.EventExceptionThrown:
		c.add("a script failed: %s", e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			c.add("a script complained: %s", args(e.Args))
		}
	case *cdplog.EventEntryAdded:
		if e.Entry.Level == cdplog.EntryLevelError && e.Entry.Source != cdplog.EntrySourceNetwork {
			c.add("%s: %s (%s)", e.Entry.Source, e.Entry.Text, e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		if !here(e.Request.URL) && !strings.HasPrefix(e.DocumentURL, others) {
			c.add("%s was asked of another machine by %s", e.Request.URL, e.DocumentURL)
		}
	}
}

func args(list []*runtime.RemoteObject) string {
	var out []string
	for _, a := range list {
		out = append(out, string(a.Value)+a.Description)
	}
	return strings.Join(out, " ")
}

// here says whether an address is of this machine, or of none.
func here(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	return slices.Contains([]string{"data", "blob", "about"}, u.Scheme) || slices.Contains([]string{"localhost", "127.0.0.1"}, u.Hostname())
}
