package app

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"vedette"
	"vedette/auth"
	"vedette/deliver"
	"vedette/deliver/voice"
	"vedette/httpd"
)

// voiceFile is where the gateways of calls are written down, beside those of
// text messages.
const voiceFile = "voice.json"

// readVoice reads the gateways of calls; nil where there are none. A file that
// is named has to be there. key opens the sealed words in it; into old goes which an
// earlier one sealed.
func (c Config) readVoice(key *auth.Key, old *[]string) (*voice.Config, error) {
	path := c.VoiceFile
	if path == "" {
		path = filepath.Join(c.Data, voiceFile)
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) && c.VoiceFile == "" {
		return nil, nil
	}
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "the voice gateways cannot be read from %s", path)
	}
	defer f.Close()
	return readWords(f, key, old, path, voice.Read)
}

// caller is what calls people, nil for nothing: a gateway asks us what to say,
// and one out there finds no machine by a name of its own. What would be called
// waits meanwhile, as mails wait for a mail server.
func (a *App) caller(base string) deliver.Sender {
	if a.Voice == nil {
		return nil
	}
	u, err := url.Parse(base)
	if err != nil || !a.Voice.AllowPrivate && httpd.Loopback(u.Hostname()) {
		a.Log.Warn("nobody is called: the voice gateways cannot ask this machine what to say; name a public address with --base-url", "links", base)
		return nil
	}
	calls := *a.Voice
	calls.Callback = base
	return voice.New(&calls, 0)
}

// speaks gives the language that whoever is told in the first of some is spoken to in.
func (a *App) speaks(languages ...string) string {
	if a.Voice == nil {
		return languages[0]
	}
	return a.Voice.Spoken(languages...)
}

// Called counts the people whose record holds a number that is called.
func (a *App) Called(ctx context.Context) (called, of int, err error) {
	r, err := a.Desk.Roster(ctx)
	if err != nil {
		return 0, 0, err
	}
	for _, key := range r.Everyone() {
		f, ok := r.Facts(key)
		if !ok {
			continue
		}
		of++
		for _, s := range f.Slots {
			if s.Channel == vedette.ChannelVoice {
				called++
			}
		}
	}
	return called, of, nil
}
