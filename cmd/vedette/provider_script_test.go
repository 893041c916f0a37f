package main

import (
	"bytes"
	"cmp"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"vedette/deliver/provider"
	"vedette/deliver/webhook"
)

// providerSecret signs what a provider of our own form tells; scripts write it.
const providerSecret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

var sendGridKey, _ = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)

func sendGridPublic() string {
	der, err := x509.MarshalPKIXPublicKey(&sendGridKey.PublicKey)
	if err != nil {
		panic(err)
	}
	return base64.StdEncoding.EncodeToString(der)
}

type providerCall struct {
	url    string
	header http.Header
	body   []byte
}

// tells FORM ADDRESS EVENT WANT [WORDS]: a provider, called as its form is, tells
// of the last mail to an address, and is answered with a status | tells again WANT:
// it tells the same once more | tells altered WANT: somebody changes it on the way.
func cmdTells(ts *testscript.TestScript, neg bool, args []string) {
	o := fakes(ts)
	var want string
	switch args[0] {
	case "again", "altered":
		want = args[1]
	default:
		o.told = providerTells(ts, args[0], args[1], args[2], strings.Join(args[4:], " "))
		want = args[3]
	}
	body := o.told.body
	if args[0] == "altered" {
		body = append(bytes.Clone(body), ' ')
	}
	req, err := http.NewRequest(http.MethodPost, o.told.url, bytes.NewReader(body))
	ts.Check(err)
	req.Header = o.told.header.Clone()
	res, err := http.DefaultClient.Do(req)
	ts.Check(err)
	res.Body.Close()
	if strconv.Itoa(res.StatusCode) != want {
		ts.Fatalf("the provider was answered %s, want %s", res.Status, want)
	}
}

func providerTells(ts *testscript.TestScript, form, to, event, words string) *providerCall {
	m := lastMail(ts, to)
	base, _, _ := strings.Cut(linkInMail.FindString(m.Text), "/r/")
	at := strconv.FormatInt(scriptClock(ts.Getenv("CLOCK"))().Unix(), 10)
	id := make([]byte, 8)
	rand.Read(id)
	name := hex.EncodeToString(id)
	c := &providerCall{url: base + "/mail/" + form + "/events", header: http.Header{"Content-Type": {"application/json"}}}
	switch form {
	case "mailgun":
		vars := cmp.Or(m.Header.Get("X-Mailgun-Variables"), "{}")
		severity := map[bool]string{true: "temporary", false: "permanent"}[strings.HasPrefix(words, "4")]
		c.body = fmt.Appendf(nil, `{"signature": {"timestamp": %q, "token": %q, "signature": %q}, "event-data": {"event": %q, "severity": %q, "recipient": %q, "delivery-status": {"message": %q}, "user-variables": %s}}`,
			at, name, provider.SignMailgun("swordfish", at, name), event, severity, to, words, vars)
	case "sendgrid":
		_, vars, _ := strings.Cut(m.Header.Get("X-SMTPAPI"), `"unique_args":{`)
		vars, _, _ = strings.Cut(vars, "}")
		c.body = fmt.Appendf(nil, `[{"event": "processed", %s}, {"event": %q, "sg_event_id": %q, "email": %q, "reason": %q, %s}]`, vars, event, name, to, words, vars)
		sum := sha256.Sum256([]byte(at + string(c.body)))
		sig, err := ecdsa.SignASN1(rand.Reader, sendGridKey, sum[:])
		ts.Check(err)
		c.header.Set(provider.HeaderSendGridTimestamp, at)
		c.header.Set(provider.HeaderSendGridSignature, base64.StdEncoding.EncodeToString(sig))
	default:
		c.body = fmt.Appendf(nil, `{"delivery": %q, "event": %q, "address": %q, "why": %q}`, m.Header.Get("Vedette-Delivery"), event, to, words)
		secs, _ := strconv.ParseInt(at, 10, 64)
		sig, err := webhook.Sign(providerSecret, name, time.Unix(secs, 0), c.body)
		ts.Check(err)
		c.header.Set(webhook.HeaderID, name)
		c.header.Set(webhook.HeaderTimestamp, at)
		c.header.Set(webhook.HeaderSignature, sig)
	}
	return c
}
