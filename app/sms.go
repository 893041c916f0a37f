package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"vedette"
	"vedette/auth"
	"vedette/deliver/sms"
	"vedette/intake"
)

// smsFile is where the gateways of short messages are written down, beside the
// installation key: every command reads it, so that a preview and whoever sends
// mean the same people when they say who is reached.
const smsFile = "sms.json"

// readSMS reads the gateways; nil where there are none. A file that is named
// has to be there. key opens the sealed words in it; into old goes which an earlier
// one sealed.
func (c Config) readSMS(key *auth.Key, old *[]string) (*sms.Config, error) {
	path := c.SMSFile
	if path == "" {
		path = filepath.Join(c.Data, smsFile)
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) && c.SMSFile == "" {
		return nil, nil
	}
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "the text message gateways cannot be read from %s", path)
	}
	defer f.Close()
	return readWords(f, key, old, path, sms.Read)
}

// channels are those of the installation.
func (a *App) channels() vedette.Channels {
	out := append(vedette.Channels{}, vedette.PlainChannels...)
	if a.SMS != nil {
		out = append(out, vedette.ChannelSMS)
	}
	if a.Voice != nil {
		out = append(out, vedette.ChannelVoice)
	}
	if a.Push != "" {
		out = append(out, vedette.ChannelPush)
	}
	return out
}

// segments bounds a short message.
func (a *App) segments() int {
	if a.SMS == nil {
		return 0
	}
	return a.SMS.Segments
}

// blocked tells the desk of an address whose owner wants nothing more there.
func (a *App) blocked(ctx context.Context, org, person int64, address int) error {
	d, err := a.Desks.Of(ctx, org)
	if err != nil || d == nil {
		return err // of one that is closed nothing is sent any more
	}
	return d.StopAddress(ctx, person, address)
}

// Number brings a number into the form gateways take, or says why it is none.
func Number(s string) (number string, wrong error) { return intake.Phone(s) }
