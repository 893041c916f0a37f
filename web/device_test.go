package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver/delivertest"
	"vedette/desk"
	"vedette/httpd"
	"vedette/store"
)

// pushing is a world that sends to devices, with a push service.
func pushing(t *testing.T) (*world, *delivertest.PushService) {
	w := newWorld(t)
	_, w.desk.PushKey = w.key.PushKey()
	w.desk.AllowPrivateHooks = true
	return w, delivertest.NewPushService(t)
}

// devices are those of somebody that anything is sent to.
func (w *world) devices(who string) []vedette.Address {
	p := w.person(who)
	return p.Record.Devices()
}

func TestADeviceIsAddedAndRemoved(t *testing.T) {
	w, far := pushing(t)
	u := w.publish(harbours())
	token := w.token(u, "Chiara")
	rec := w.ask("GET", "/r/"+token, "")
	page := rec.Body.String()
	wants(t, page, "Show alerts here", "does not break the silence of a phone")
	for _, in := range []string{`data-key="` + w.desk.PushKey + `"`, `data-to="/r/devices/` + token + `"`, `src="/static/push.`} {
		if !strings.Contains(page, in) {
			t.Errorf("the page lacks %s", in)
		}
	}
	if rec.Header().Get("Content-Security-Policy") != httpd.ScriptPolicy || strings.Contains(page, "<script>") {
		t.Errorf("the policy is %s", rec.Header().Get("Content-Security-Policy"))
	}
	_, sub := far.Subscribe(w.desk.PushKey)
	for range 2 { // pressed twice it is the same device
		if rec := w.ask("POST", "/r/devices/"+token, string(sub)); rec.Code != http.StatusNoContent {
			t.Fatalf("%d %s", rec.Code, rec.Body)
		}
	}
	got := w.devices("Chiara")
	if len(got) != 1 || got[0].No != vedette.AddressDevice || !got[0].Since.Equal(w.now) || len(w.devices("Bo")) != 0 {
		t.Fatalf("%+v", got)
	}
	letters, err := w.rows.ClaimLetters(w.ctx, "test", vedette.ChannelEmail, 10, w.now, time.Minute)
	if err != nil || len(letters) != 1 || letters[0].Kind != vedette.LetterDevice || letters[0].Recipient != w.person("Chiara").Key || letters[0].Entry != vedette.AddressDevice {
		t.Errorf("they are not told of it once: %+v %v", letters, err)
	}
	page = w.get("/r/" + token)
	wants(t, page, "A device that shows alerts since 11 Mar 2026 18:20 UTC", "Remove it")
	if strings.Contains(page, far.URL()) {
		t.Error("the page shows where the device is reached")
	}
	// A file that is imported anew names no device, and takes none away.
	if _, err := w.desk.ImportPeople(w.ctx, strings.NewReader(strings.Replace(peopleFile, "Chiara Fonti", "Chiara Fonti-Rossi", 1)), desk.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	if len(w.devices("Chiara Fonti-Rossi")) != 1 {
		t.Error("an import took the device away")
	}
	wants(t, w.ask("POST", "/r/devices/"+token+"/remove", "slot=11").Body.String(), "It shows no more alerts.")
	if len(w.devices("Chiara Fonti-Rossi")) != 0 {
		t.Error("it was not removed")
	}
}

func TestWhatIsNoDeviceOfTheirsIsRefused(t *testing.T) {
	w, far := pushing(t)
	u := w.publish(harbours())
	token := w.token(u, "Chiara")
	_, good := far.Subscribe(w.desk.PushKey)
	public := strings.Replace(string(good), far.URL(), "https://push.example.org", 1)
	for name, c := range map[string]struct {
		path, body string
		header     []string
		open       bool
		status     int
	}{
		"an altered link":      {"/r/devices/x" + token, public, nil, false, 403},
		"another site":         {"/r/devices/" + token, public, []string{"Sec-Fetch-Site", "cross-site"}, false, 403},
		"a private address":    {"/r/devices/" + token, string(good), nil, false, 400},
		"the host's metadata":  {"/r/devices/" + token, strings.Replace(string(good), far.URL(), "https://169.254.169.254", 1), nil, false, 400},
		"no TLS":               {"/r/devices/" + token, strings.Replace(public, "https:", "http:", 1), nil, false, 400},
		"no subscription":      {"/r/devices/" + token, "{}", nil, false, 400},
		"no JSON":              {"/r/devices/" + token, "x", nil, false, 400},
		"long":                 {"/r/devices/" + token, `{"endpoint":"` + strings.Repeat("x", 5000), nil, false, 400},
		"far too long":         {"/r/devices/" + token, strings.Repeat("x", 20<<10), nil, false, 413},
		"a forged receipt":     {"/r/received", strings.Repeat("a", 40), nil, false, 403},
		"a mail's receipt":     {"/r/received", w.key.SignReturn(auth.Return{Org: w.org.Key, Update: u.Key, Recipient: w.person("Chiara").Key, Round: 1, Address: 1}), nil, false, 403},
		"a receipt too long":   {"/r/received", strings.Repeat("a", 400), nil, false, 413},
		"no slot":              {"/r/devices/" + token + "/remove", "", nil, false, 400},
		"a forged letter link": {"/r/device/" + token, "", nil, false, 403},
	} {
		w.desk.AllowPrivateHooks = c.open
		if rec := w.ask("POST", c.path, c.body, c.header...); rec.Code != c.status {
			t.Errorf("%s: %d %s, want %d", name, rec.Code, text(rec.Body.String()), c.status)
		}
	}
	w.desk.AllowPrivateHooks = true
	for i := range vedette.MaxDevices {
		_, sub := far.Subscribe(w.desk.PushKey)
		if rec := w.ask("POST", "/r/devices/"+token, string(sub)); rec.Code != http.StatusNoContent {
			t.Fatalf("device %d: %d %s", i+1, rec.Code, rec.Body)
		}
	}
	if rec := w.ask("POST", "/r/devices/"+token, string(good)); rec.Code != http.StatusConflict {
		t.Errorf("one too many: %d", rec.Code)
	}
	w.ask("POST", "/r/devices/"+token+"/remove", "slot=12")
	if rec := w.ask("POST", "/r/devices/"+token, string(good)); rec.Code != http.StatusConflict {
		t.Errorf("in the place of one just removed, each time with a letter: %d", rec.Code)
	}
	w.now = w.now.Add(time.Hour)
	if rec := w.ask("POST", "/r/devices/"+token, string(good)); rec.Code != http.StatusNoContent || len(w.devices("Chiara")) != vedette.MaxDevices {
		t.Errorf("an hour later: %d, %d devices", rec.Code, len(w.devices("Chiara")))
	}
	// The link still answers after three days, and adds no device.
	w.now = w.now.Add(desk.DevicesWithin)
	_, sub := far.Subscribe(w.desk.PushKey)
	fresh := w.key.SignLink(auth.Link{Org: w.org.Key, Update: u.ID, Recipient: w.person("Bo").Key, Address: vedette.AddressEmail, Expires: w.now.Add(desk.LinkLife)})
	if rec := w.ask("POST", "/r/devices/"+fresh, string(sub)); rec.Code != http.StatusNoContent {
		t.Errorf("a new link: %d", rec.Code)
	}
	if rec := w.ask("POST", "/r/devices/"+token, string(sub)); rec.Code != http.StatusGone {
		t.Errorf("an old link: %d", rec.Code)
	}
	if page := w.get("/r/" + token); strings.Contains(page, "<script") || !strings.Contains(page, "Remove it") {
		t.Error("an old link offers to add a device, or none to remove")
	}
}

// Whoever hears of a device that is not theirs removes it in one press; then
// none is added for a while, and somebody rings them.
func TestADeviceThatIsNotTheirs(t *testing.T) {
	w, far := pushing(t)
	u := w.publish(harbours())
	token := w.token(u, "Chiara")
	_, sub := far.Subscribe(w.desk.PushKey)
	w.ask("POST", "/r/devices/"+token, string(sub))
	of := auth.Device{Org: w.org.Key, Person: w.person("Chiara").Key, Slot: vedette.AddressDevice, Since: w.devices("Chiara")[0].Since, Expires: w.now.Add(time.Hour)}
	link := "/r/device/" + w.key.SignDevice(of)
	page := w.get(link)
	wants(t, page, "If that was not you, remove it here:", "Remove it")
	if strings.Contains(page, "Chiara") || strings.Contains(page, "<script") || len(w.devices("Chiara")) != 1 {
		t.Error("opening the link did something, or told whose it is")
	}
	later := of
	later.Since = of.Since.Add(time.Second)
	w.ask("POST", "/r/device/"+w.key.SignDevice(later), "")
	if len(w.devices("Chiara")) != 1 {
		t.Error("the link of another device removed it")
	}
	for range 2 {
		wants(t, w.ask("POST", link, "").Body.String(), "It shows no more alerts.")
	}
	tasks, err := w.rows.Tasks(w.ctx, store.TaskFilter{State: vedette.TaskOpen, Kind: vedette.TaskUnread})
	must(t, err)
	if len(tasks) != 1 || !strings.Contains(tasks[0].Question, "Ring person "+string(w.person("Chiara").ID)) {
		t.Errorf("tasks: %+v", tasks)
	}
	_, sub = far.Subscribe(w.desk.PushKey)
	if rec := w.ask("POST", "/r/devices/"+token, string(sub)); rec.Code != http.StatusForbidden || len(w.devices("Chiara")) != 0 {
		t.Errorf("another was added by the same link: %d", rec.Code)
	}
}
